"""Elective deferrals: pre-tax and Roth, within 402(g) and catch-up, then within the paycheck."""

from collections.abc import Sequence
from fractions import Fraction

from simulator.money import exact, half_up
from simulator.payroll.contribution import (
    ELECTIVE_DEFERRAL,
    NET_PAY,
    Contribution,
    ContributionYear,
)
from simulator.payroll.elections import InForce, asked_of_each
from simulator.payroll.pay_to_come import pay_to_come, share_of
from simulator.payroll.running_totals import RunningTotal


def grant_deferrals(year: ContributionYear, in_force: Sequence[InForce]) -> None:
    """Fills in the deferrals of a year, and which part of them is catch-up. Law: IRC 402(g), 414(v)."""
    most = year.elective_deferral_limit + year.catch_up_limit
    paychecks = [paid.paycheck for paid in year.contributions]
    to_come = pay_to_come(paychecks, in_force, "pre_tax", "roth")
    totals = RunningTotal(year.year_to_date), RunningTotal(year.year_to_date)
    pre_tax = asked_of_each(paychecks, [elections.pre_tax for elections in in_force])
    roth = asked_of_each(paychecks, [elections.roth for elections in in_force])
    deferred = 0
    each = zip(year.contributions, in_force, pre_tax, roth, to_come, strict=True)
    for paid, elected, *shares, pay in each:
        if paid.paycheck.elections:
            due = share_of(most - deferred, paid.paycheck.counted, pay)
            paid.matchable = _ask(paid, elected, shares, totals, due)
            asked = paid.deferrals
            _clip(paid, most - deferred, year.most_of(paid))
            if not year.year_to_date or paid.deferrals < asked:
                paid.matchable = exact(paid.deferrals)
        # A plan knows its own deferrals only: catch-up is what they exceed the whole limit by.
        paid.catch_up = max(0, paid.deferrals - max(0, year.elective_deferral - deferred))
        deferred += paid.deferrals
        if paid.catch_up and year.roth_catch_up and not paid.given:
            # Law: IRC 414(v)(7). Pre-tax keeps its share of what is not catch-up.
            _split(paid, paid.deferrals, 1 - Fraction(paid.catch_up, paid.deferrals))


def _ask(
    paid: Contribution,
    elected: InForce,
    shares: Sequence[Fraction],
    totals: tuple[RunningTotal, RunningTotal],
    due: int,
) -> Fraction:
    """Fills in what the elections ask of a paycheck, and returns it unrounded. [cents]

    Args:
        paid: The paycheck.
        elected: The elections in force on it.
        shares: What they ask for pre-tax and Roth; what `max` asks is not in it. [cents]
        totals: The running totals of pre-tax and Roth.
        due: What `max` asks for both together. [cents]
    """
    pre_tax, roth = shares
    paid.pre_tax, paid.roth = totals[0].add(pre_tax), totals[1].add(roth)
    asked = pre_tax + roth if roth else pre_tax
    if not isinstance(elected.pre_tax, str) and not isinstance(elected.roth, str):
        return asked
    rest = max(0, due - paid.deferrals)
    if elected.pre_tax == "max":
        paid.pre_tax += rest
    else:
        paid.roth += rest
    return asked + rest


def _clip(paid: Contribution, left: int, most: int) -> None:
    """Both shrink in proportion to what 402(g) leaves; then the paycheck pays pre-tax first."""
    asked = paid.deferrals
    # 402(g) before the paycheck: what it takes may spill over into after-tax, what pay lacks may not.
    granted = paid.pour(asked, {ELECTIVE_DEFERRAL: left})
    paid.spilled = asked - granted
    if paid.spilled:
        _split(paid, granted, Fraction(granted, asked))
    paid.pre_tax = paid.pour(paid.pre_tax, {NET_PAY: most})
    paid.roth = paid.pour(paid.roth, {NET_PAY: most - paid.pre_tax})


def _split(paid: Contribution, deferrals: int, share: Fraction) -> None:
    """Pre-tax keeps a share of what it was, and the rest of the deferrals is Roth."""
    paid.pre_tax = half_up(paid.pre_tax * share)
    paid.roth = deferrals - paid.pre_tax
