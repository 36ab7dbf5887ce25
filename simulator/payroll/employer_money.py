"""Employer money whatever the employee defers: eligible pay, and the nonelective contributions."""

from fractions import Fraction

from simulator.money import half_up
from simulator.payroll.contribution import COMPENSATION, ContributionYear
from simulator.payroll.plan import ContributionRules
from simulator.payroll.running_totals import RunningTotal


def count_eligible_pay(year: ContributionYear) -> None:
    """First dollars count until the year's limit, then nothing. Law: IRC 401(a)(17)."""
    most = sum(paid.paycheck.gross + 1 for paid in year.contributions)  # unrounded it is no more
    if most <= year.limits.compensation and not any(paid.given for paid in year.contributions):
        for paid in year.contributions:
            if paid.paycheck.matched:
                paid.eligible = paid.paycheck.counted
        return
    left = Fraction(year.limits.compensation)
    for paid in year.contributions:
        if paid.given:
            left -= paid.eligible
        elif paid.paycheck.matched:
            paid.eligible = paid.pour(paid.paycheck.counted, {COMPENSATION: left})
            left -= paid.eligible


def grant_nonelective(year: ContributionYear, plan: ContributionRules) -> None:
    """Shares of each paycheck's eligible pay, each rounded by itself; lump sums on their dates.

    The self-employed, who learn their profit at the year's end, pay the employer's share with the last draw.
    """
    if year.earned:
        if not (last := year.contributions[-1]).given:
            last.nonelective = max(0, year.earned.employer - year.total("nonelective"))
        return
    shares = [
        (share, RunningTotal(year.year_to_date)) for share in plan.nonelective_shares if share
    ]
    for paid in year.contributions:
        if lump := paid.paycheck.lump:
            eligible = sum((paid.eligible for paid in year.contributions), start=Fraction(0))
            paid.nonelective = half_up(lump.of(eligible))
        elif not paid.given:
            paid.nonelective = sum(total.add(share * paid.eligible) for share, total in shares)
