"""After-tax contributions: within the plan's cap, the year's room, and what the paycheck has left."""

from collections.abc import Iterator

from simulator.money import half_up
from simulator.payroll.contribution import ANNUAL_ADDITIONS, NET_PAY, PLAN_CAP, ContributionYear
from simulator.payroll.elections import Elections, asked_of
from simulator.payroll.pay import LUMP_SUM
from simulator.payroll.plan import ContributionRules
from simulator.payroll.running_totals import Pace, RunningTotal


def grant_after_tax(year: ContributionYear, elections: Elections, plan: ContributionRules) -> None:
    """Fills in the after-tax contributions of a year, and the room after each. Law: IRC 415(c)."""
    pace = Pace(paid.paycheck.counted for paid in year.contributions)
    total = RunningTotal(year.year_to_date)
    cap = plan.after_tax.cap_on(pace.gross)
    aim = max(0, year.room if cap is None else min(year.room, half_up(cap)))
    contributed = 0
    for paid, room in zip(year.contributions, _rooms(year, plan), strict=True):
        left = room - contributed
        pace.to_date += paid.paycheck.counted
        if paid.paycheck.elections:
            election = elections.on(paid.pay_date).after_tax
            asked = (
                pace.due(aim, contributed)
                if election == "max"
                else total.add(asked_of(paid.paycheck.counted, election))
            )
            cap = plan.after_tax.cap_on(pace.to_date)
            limits = {
                PLAN_CAP: None if cap is None else half_up(cap) - contributed,
                ANNUAL_ADDITIONS: left,
                NET_PAY: paid.paycheck.gross - paid.deferrals,
            }
            paid.after_tax = paid.pour(asked + (paid.spilled if plan.spillover else 0), limits)
            contributed += paid.after_tax
        paid.room_after = max(0, left - paid.after_tax)


def _rooms(year: ContributionYear, plan: ContributionRules) -> Iterator[int]:
    """What 415(c) leaves on each paycheck, after-tax contributions not counted. [cents]

    Under `room: reserve` the employer money of the whole year is held back, else what came so far.
    """
    lump = next((paid for paid in year.contributions if paid.paycheck.kind == LUMP_SUM), None)
    whole_year, to_date = year.room, year.annual_additions_limit
    for paid in year.contributions:
        to_date -= 0 if paid is lump else paid.additions
        # Employer money of a day comes before the day's after-tax contributions, a lump sum's too.
        alone = lump.additions if lump and lump.pay_date <= paid.pay_date else 0
        yield whole_year if plan.room == "reserve" else to_date - alone
