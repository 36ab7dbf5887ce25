"""The rules of one year's contributions: its limits, the elections, the plan, and the pace of `max`."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from simulator.law.limits import Limits
from simulator.money import half_up
from simulator.payroll.elections import Elections
from simulator.payroll.pay import Paycheck
from simulator.payroll.plan import ContributionRules


@dataclass(frozen=True, slots=True)
class YearRules:
    """All that one year's contributions are worked out from, besides the paychecks.

    Attributes:
        limits: The law's limits of the year.
        age: The age reached in the year. [years]
        already_deferred: Deferred to another employer's plan in the year. [cents]
        wages_before: FICA wages of the year before. [cents]
        gross: The year's wages as paid. [cents]
        elections: What the employee asks.
        plan: What the plan lets in and the employer adds.
        year_to_date: Whether running totals are rounded, rather than each amount.
    """

    limits: Limits
    age: int
    already_deferred: int
    wages_before: int
    gross: int
    elections: Elections
    plan: ContributionRules
    year_to_date: bool

    @property
    def elective_deferral(self) -> int:
        """What is left of the person's limit. [cents] Law: IRC 402(g)."""
        return max(0, self.limits.elective_deferral - self.already_deferred)

    @property
    def catch_up(self) -> int:
        """What may be deferred beyond it at the age. [cents] Law: IRC 414(v)."""
        return self.limits.catch_up_at(self.age)

    @property
    def roth_catch_up(self) -> bool:
        """Whether catch-up must be Roth. Law: IRC 414(v)(7)."""
        return self.limits.roth_catch_up_required(self.wages_before)

    @property
    def annual_additions(self) -> int:
        """The dollar limit or the year's gross, the lower. [cents] Law: IRC 415(c)."""
        return min(self.limits.annual_additions, self.gross)


class Pace:
    """The year's gross to date, by which `max` spreads a total over the year in proportion.

    Args:
        paychecks: Every paycheck of the year.

    Attributes:
        gross: What shares of the year are taken of. [cents]
        to_date: The part of it paid so far. [cents]
    """

    def __init__(self, paychecks: Iterable[Paycheck]) -> None:
        self.gross = sum((paycheck.counted for paycheck in paychecks), start=Fraction(0))
        self.to_date = Fraction(0)

    def pay(self, paycheck: Paycheck) -> None:
        """Takes the next paycheck into account."""
        self.to_date += paycheck.counted

    def due(self, total: int, contributed: int) -> int:
        """What should go in now of a year's total, if so much is in already. [cents]"""
        target = half_up(total * self.to_date / self.gross) if self.gross else 0
        return max(0, target - contributed)


def asked_of(paycheck: Paycheck, election: Fraction | int | str) -> Fraction:
    """What a share or dollars ask of a paycheck, unrounded; `max` asks by the pace, nothing here. [cents]"""
    if isinstance(election, Fraction):
        return election * paycheck.counted
    return Fraction(0 if isinstance(election, str) else election)
