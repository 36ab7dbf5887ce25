"""Employer money: eligible pay, the match on each paycheck's deferrals, nonelective, and the true-up."""

from fractions import Fraction

from simulator.money import half_up
from simulator.payroll.contribution import (
    COMPENSATION,
    ELECTIVE_DEFERRAL,
    NET_PAY,
    Contribution,
    ContributionYear,
)
from simulator.payroll.pay import LUMP_SUM
from simulator.payroll.plan import ContributionRules
from simulator.payroll.running_totals import RunningTotal


def count_eligible_pay(year: ContributionYear) -> None:
    """First dollars count until the year's limit, then nothing. Law: IRC 401(a)(17)."""
    left = Fraction(year.limits.compensation)
    for paid in year.contributions:
        if paid.paycheck.matched:
            paid.eligible = paid.pour(paid.paycheck.counted, {COMPENSATION: left})
            left -= paid.eligible


def grant_employer_money(year: ContributionYear, plan: ContributionRules) -> None:
    """Match on each paycheck's own deferrals, nonelective on its eligible pay, then the true-up."""
    match, nonelective = RunningTotal(year.year_to_date), RunningTotal(year.year_to_date)
    matched = 0
    for paid in year.contributions:
        formula = plan.matched(_matched_deferral(paid, plan), paid.eligible)
        paid.match = _capped(match.add(formula), matched, plan.match_cap)
        matched += paid.match
        paid.nonelective = nonelective.add(plan.nonelective_on(paid.paycheck, paid.eligible))
    if plan.true_up:
        _true_up(year, plan, matched)


def _matched_deferral(paid: Contribution, plan: ContributionRules) -> Fraction:
    """The part of a paycheck's deferrals that the match counts. [cents]"""
    if not paid.paycheck.matched:
        return Fraction(0)
    if paid.catch_up and not plan.match_catch_up:
        return Fraction(paid.deferrals - paid.catch_up)
    return paid.matchable


def _capped(match: int, matched: int, cap: int | None) -> int:
    return match if cap is None else max(0, min(match, cap - matched))


def _true_up(year: ContributionYear, plan: ContributionRules, matched: int) -> None:
    """What the formula gives on the year's totals beyond what was matched, on the last pay date."""
    counted = [paid for paid in year.contributions if paid.paycheck.matched]
    deferral = sum((_matched_deferral(paid, plan) for paid in counted), start=Fraction(0))
    if any({ELECTIVE_DEFERRAL, NET_PAY} & paid.clipped.keys() for paid in counted):
        deferral = Fraction(
            sum(paid.deferrals - (0 if plan.match_catch_up else paid.catch_up) for paid in counted)
        )
    eligible = sum((paid.eligible for paid in counted), start=Fraction(0))
    owed = half_up(plan.matched(deferral, eligible)) - matched
    paychecks = [paid for paid in year.contributions if paid.paycheck.kind != LUMP_SUM]
    if paychecks:
        paychecks[-1].match += _capped(max(0, owed), matched, plan.match_cap)
