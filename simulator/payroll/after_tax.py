"""After-tax contributions: within the plan's cap, the year's room, and what the paycheck has left."""

from collections.abc import Iterator, Sequence

from simulator.money import half_up
from simulator.payroll.contribution import ANNUAL_ADDITIONS, NET_PAY, PLAN_CAP, Contribution
from simulator.payroll.pay import LUMP_SUM, RunningTotal
from simulator.payroll.year_rules import Pace, YearRules, asked_of


def grant_after_tax(contributions: Sequence[Contribution], rules: YearRules) -> None:
    """Fills in the after-tax contributions of a year, and the room after each. Law: IRC 415(c)."""
    pace, total = Pace(paid.paycheck for paid in contributions), RunningTotal(rules.year_to_date)
    aim = _most_of_year(contributions, rules, pace)
    contributed = 0
    for paid, room in zip(contributions, _rooms(contributions, rules), strict=True):
        left = room - contributed
        pace.pay(paid.paycheck)
        if paid.paycheck.elections:
            election = rules.elections.on(paid.pay_date).after_tax
            asked = total.add(asked_of(paid.paycheck, election))
            if election == "max":
                asked = pace.due(aim, contributed)
            cap = rules.plan.after_tax.cap_on(pace.to_date)
            limits = {
                PLAN_CAP: None if cap is None else half_up(cap) - contributed,
                ANNUAL_ADDITIONS: left,
                NET_PAY: paid.paycheck.gross - paid.deferrals,
            }
            spilled = paid.spilled if rules.plan.spillover else 0
            paid.after_tax = paid.pour(asked + spilled, limits)
        contributed += paid.after_tax
        paid.room_after = max(0, left - paid.after_tax)


def _most_of_year(contributions: Sequence[Contribution], rules: YearRules, pace: Pace) -> int:
    """What `max` aims at: the year's room, or the plan's cap on the year's gross, the lower. [cents]"""
    room = rules.annual_additions - sum(paid.additions for paid in contributions)
    cap = rules.plan.after_tax.cap_on(pace.gross)
    return max(0, room if cap is None else min(room, half_up(cap)))


def _rooms(contributions: Sequence[Contribution], rules: YearRules) -> Iterator[int]:
    """What 415(c) leaves on each paycheck, after-tax contributions not counted. [cents]

    Under `room: reserve` the employer money of the whole year is held back, else what came so far.
    """
    lump = next((paid for paid in contributions if paid.paycheck.kind == LUMP_SUM), None)
    to_date = 0
    whole_year = sum(paid.additions for paid in contributions)
    for paid in contributions:
        if paid is not lump:
            to_date += paid.additions
        # Employer money of a day comes before the day's after-tax contributions, a lump sum's too.
        alone = lump.additions if lump and lump.pay_date <= paid.pay_date else 0
        counted = whole_year if rules.plan.room == "reserve" else to_date + alone
        yield rules.annual_additions - counted
