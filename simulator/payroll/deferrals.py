"""Elective deferrals: pre-tax and Roth, within 402(g) and catch-up, then within the paycheck."""

from collections.abc import Sequence
from fractions import Fraction

from simulator.money import half_up
from simulator.payroll.contribution import ELECTIVE_DEFERRAL, NET_PAY, Contribution
from simulator.payroll.elections import InForce
from simulator.payroll.pay import RunningTotal
from simulator.payroll.year_rules import Pace, YearRules, asked_of


def grant_deferrals(contributions: Sequence[Contribution], rules: YearRules) -> None:
    """Fills in the deferrals of a year, and which part of them is catch-up. Law: IRC 402(g), 414(v)."""
    most = rules.elective_deferral + rules.catch_up
    pace = Pace(paid.paycheck for paid in contributions)
    totals = RunningTotal(rules.year_to_date), RunningTotal(rules.year_to_date)
    deferred = 0
    for paid in contributions:
        pace.pay(paid.paycheck)
        if paid.paycheck.elections:
            in_force = rules.elections.on(paid.pay_date)
            exact = _ask(
                paid, in_force, totals, pace.due(most, deferred) if "max" in in_force else 0
            )
            asked = paid.deferrals
            _clip(paid, most - deferred)
            unclipped = rules.year_to_date and paid.deferrals == asked
            paid.deferral = exact if unclipped else Fraction(paid.deferrals)
            _split_off_catch_up(paid, rules.elective_deferral - deferred, rules.roth_catch_up)
            deferred += paid.deferrals


def _ask(
    paid: Contribution, in_force: InForce, totals: tuple[RunningTotal, RunningTotal], due: int
) -> Fraction:
    """Fills in what the elections ask of a paycheck, and returns it unrounded. [cents]

    Args:
        paid: The paycheck.
        in_force: The elections in force on its date.
        totals: The running totals of pre-tax and Roth.
        due: What `max` aims at for both together. [cents]
    """
    pre_tax, roth = (
        asked_of(paid.paycheck, election) for election in (in_force.pre_tax, in_force.roth)
    )
    paid.pre_tax, paid.roth = totals[0].add(pre_tax), totals[1].add(roth)
    rest = max(0, due - paid.deferrals)
    if in_force.pre_tax == "max":
        paid.pre_tax += rest
    elif in_force.roth == "max":
        paid.roth += rest
    else:
        rest = 0
    return pre_tax + roth + rest


def _clip(paid: Contribution, left: int) -> None:
    """Both shrink in proportion to what 402(g) leaves; then the paycheck pays pre-tax first."""
    asked = paid.deferrals
    # 402(g) before the paycheck: what it takes may spill over into after-tax, what pay lacks may not.
    granted = paid.pour(asked, {ELECTIVE_DEFERRAL: left})
    if granted < asked:
        paid.spilled = asked - granted
        paid.pre_tax = half_up(Fraction(paid.pre_tax * granted, asked))
        paid.roth = granted - paid.pre_tax
    paid.pre_tax = paid.pour(paid.pre_tax, {NET_PAY: paid.paycheck.gross})
    paid.roth = paid.pour(paid.roth, {NET_PAY: paid.paycheck.gross - paid.pre_tax})


def _split_off_catch_up(paid: Contribution, left: int, roth_catch_up: bool) -> None:
    """What exceeds what is left of 402(g) is catch-up; all of it Roth, if it must be. Law: IRC 414(v)(7)."""
    granted = paid.deferrals
    paid.catch_up = max(0, granted - max(0, left))
    if paid.catch_up and roth_catch_up:
        paid.pre_tax = half_up(Fraction(paid.pre_tax * (granted - paid.catch_up), granted))
        paid.roth = granted - paid.pre_tax
