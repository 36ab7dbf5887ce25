"""After-tax contributions: within the plan's cap, the year's room, and what the paycheck has left."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from simulator.money import NOTHING, exact, half_up
from simulator.payroll.contribution import (
    NET_PAY,
    PLAN_CAP,
    Contribution,
    ContributionYear,
)
from simulator.payroll.elections import InForce, asked_of_each
from simulator.payroll.matching import Matching
from simulator.payroll.pay_to_come import pay_to_come, share_of
from simulator.payroll.plan import ContributionRules
from simulator.payroll.room import ReservedRoom, Room, RoomToDate, Unbounded
from simulator.payroll.running_totals import RunningTotal


def grant_after_tax(
    year: ContributionYear, in_force: Sequence[InForce], plan: ContributionRules
) -> None:
    """Fills in the after-tax contributions of a year, and the room after each. Law: IRC 415(c).

    Where the plan matches them too, their match is filled in with them.
    """
    room: Room = ReservedRoom(year.room)
    if plan.room == "year-to-date":
        room = RoomToDate(year)
    elif plan.match_after_tax:
        # The room is what the match leaves that all that is asked would draw.
        asked = replace(year, contributions=tuple(map(_copy, year.contributions)))
        _pour(asked, in_force, plan, Unbounded())
        room = ReservedRoom(asked.room)
    _pour(year, in_force, plan, room)


def _copy(paid: Contribution) -> Contribution:
    return replace(paid, clipped=dict(paid.clipped))


def _count_for_match(year: ContributionYear, paid: Contribution, unrounded: Fraction) -> None:
    """What the match counts: unrounded under year-to-date rounding while no limit bites, else as granted."""
    unbitten = year.year_to_date and not paid.bitten
    paid.matchable = unrounded if unbitten else exact(paid.deferrals + paid.after_tax)


def _pour(
    year: ContributionYear, in_force: Sequence[InForce], plan: ContributionRules, room: Room
) -> None:
    """Grants what is asked of each paycheck, as far as cap, room and paycheck go."""
    rule = plan.after_tax
    paychecks = [paid.paycheck for paid in year.contributions]
    to_come = pay_to_come(paychecks, in_force, "after_tax")
    elected = asked_of_each(paychecks, [elections.after_tax for elections in in_force])
    of_pay = isinstance(rule.cap, Fraction)  # else it is no matter how much pay there is
    pays = [rule.pay_of(paid) if of_pay else NOTHING for paid in year.contributions]
    whole_year = rule.most(sum(pays, start=NOTHING) if of_pay else NOTHING)
    aim = year.room if whole_year is None else min(year.room, half_up(whole_year))
    total, matching = RunningTotal(year.year_to_date), Matching(year, plan)
    contributed, pay_to_date = 0, NOTHING
    for paid, unrounded, pay, counts in zip(
        year.contributions, elected, to_come, pays, strict=True
    ):
        pay_to_date = pay_to_date + counts if counts else pay_to_date
        if paid.given:
            contributed += paid.after_tax
            if plan.match_after_tax:
                matching.grant(paid)
            room.take(paid)
            continue
        if paid.paycheck.elections:
            asked = total.add(unrounded) + (paid.spilled if plan.spillover else 0)
            asked += share_of(aim - contributed, paid.paycheck.counted, pay)
            cap = rule.most(pay_to_date)
            left = None if cap is None else half_up(cap) - contributed
            paid.after_tax = paid.pour(asked, {PLAN_CAP: left})
        if plan.match_after_tax:
            deferral = paid.matchable
            _count_for_match(year, paid, deferral + unrounded)
            paid.match = matching.due(paid)  # at the amount asked, before the room is known
        if limits := room.limits(paid):
            left_of_pay = {NET_PAY: year.most_of(paid) - paid.deferrals}
            paid.after_tax = paid.pour(paid.after_tax, {**limits, **left_of_pay})
        if plan.match_after_tax:
            _count_for_match(year, paid, deferral + unrounded)
            matching.grant(paid)
        contributed += paid.after_tax
        room.take(paid)
