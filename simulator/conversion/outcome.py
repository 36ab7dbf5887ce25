"""What a policy came to: the same amounts from the ledger (one path) and from the kernel (all paths)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Amount = TypeVar("Amount")
"""Whole cents: an int for one path, an array over paths for many. [cents; path]"""


@dataclass(frozen=True, slots=True)
class YearOutcome(Generic[Amount]):
    """One calendar year of conversions, as Form 1099-R will report it, and what was left behind. [cents]

    Attributes:
        box_1: Amounts converted.
        box_2a: Taxable earnings in them.
        box_5: Basis recovered.
        fees: Fees taken out.
        ira: Earnings sent to a traditional IRA by a split rollover.
        forfeited: Basis that a loss rule cut.
        left_value: Market value of the subaccount at the year's last session.
        left_basis: Its basis then.
    """

    box_1: Amount
    box_2a: Amount
    box_5: Amount
    fees: Amount
    ira: Amount
    forfeited: Amount
    left_value: Amount
    left_basis: Amount

    @property
    def left_earnings(self) -> Amount:
        """What of the left value is more than basis. [cents]"""
        return earnings(self.left_value, self.left_basis)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Amount]):
    """All years of a policy, and the balances at the last session of the last simulated year. [cents]

    Attributes:
        years: Every simulated year, and every year of the run-off.
        left_value: Market value of the after-tax subaccount.
        left_basis: Its basis.
        roth_end: Market value of the Roth.
        ira_end: Market value of what a split rollover sent to the traditional IRA.
        in_transit: Deposits on their way.
    """

    years: Mapping[int, YearOutcome[Amount]]
    left_value: Amount
    left_basis: Amount
    roth_end: Amount
    ira_end: Amount
    in_transit: int

    def total(self, column: str) -> Any:
        """The sum of a column of `YearOutcome` over all years, the run-off's included. [cents]"""
        return sum(getattr(year, column) for year in self.years.values())

    @property
    def left_earnings(self) -> Amount:
        """What of the left value is more than basis. [cents]"""
        return earnings(self.left_value, self.left_basis)


def earnings(value: Amount, basis: Amount) -> Amount:
    """What of a market value is more than its basis, on each path. [cents; path]"""
    if isinstance(value, int):
        return max(0, value - basis)  # type: ignore[return-value,operator]
    return (value - basis).clip(0)  # type: ignore[operator,no-any-return]
