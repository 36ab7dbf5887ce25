"""The federal income tax on an adjusted gross income: a function of it, exact, from the year's table.

Schedules, not the Tax Table; cents, not the form's whole dollars. Whoever adds a Box 2a of 30 dollars to an
income pays tax on 30 dollars, which the table's bands of 50 dollars would make nothing or twelve.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from simulator.law.income_tax import RATES, IncomeTaxTable, net_investment_tax, senior_deduction
from simulator.taxes.piecewise import PiecewiseLinear, schedule

GAINS = (Fraction(15, 100), Fraction(20, 100))
"""The rates of gains above 0%. Law: IRC 1(h)(1)(C), (D)."""


class Return(NamedTuple):
    """What a federal return has besides its adjusted gross income. [cents]

    Attributes:
        table: The table of its year and status.
        status: The filing status.
        itemized: The deduction in place of the standard one; None for that one.
        aged: How many persons of the return are 65 or more.
        qualified: Qualified dividends and long-term gains.
        net_investment: Net investment income, those among it.
    """

    table: IncomeTaxTable
    status: str
    itemized: int | None
    aged: int
    qualified: int
    net_investment: int


class FederalTax:
    """The tax of a return as its adjusted gross income varies. No credits, no alternative minimum tax.

    Law: IRC 1(h), 1(j), 63, 151(d)(5)(C), 1411.
    """

    def __init__(self, asked: Return):
        self.asked = asked

    @cached_property
    def deduction(self) -> PiecewiseLinear:
        """Standard or itemized, with what the aged have on top. [cents of an income in cents]"""
        asked, table = self.asked, self.asked.table
        fixed = asked.itemized
        if fixed is None:
            fixed = table.standard + asked.aged * table.additional_65
        senior = senior_deduction(table.year, asked.status) if asked.aged else None
        if senior is None:
            return PiecewiseLinear(fixed)
        over = (PiecewiseLinear.identity() - senior.threshold).positive()
        each = (over * -senior.rate + senior.amount).positive()
        return each * asked.aged + fixed

    @cached_property
    def taxable_income(self) -> PiecewiseLinear:
        """What the deduction leaves. [cents of an income in cents]"""
        return (PiecewiseLinear.identity() - self.deduction).positive()

    @cached_property
    def tax(self) -> PiecewiseLinear:
        """The whole tax. [cents of an income in cents]"""
        asked, income = self.asked, self.taxable_income
        brackets = tuple(zip((0, *asked.table.tops), RATES, strict=True))
        tax = schedule(income, brackets)
        if asked.qualified:
            ordinary = (income - asked.qualified).positive()
            gains = self._on_gains(income) - self._on_gains(ordinary)
            tax = (schedule(ordinary, brackets) + gains).at_most(tax)
        return tax + self._on_net_investment()

    def _on_gains(self, income: PiecewiseLinear) -> PiecewiseLinear:
        """The rates of gains on all of an income: 0%, then 15%, then 20%. Law: IRC 1(h)(1)."""
        table = self.asked.table
        fifteen, twenty = ((income - top).positive() for top in (table.zero_to, table.fifteen_to))
        return fifteen * GAINS[0] + twenty * (GAINS[1] - GAINS[0])

    def _on_net_investment(self) -> PiecewiseLinear:
        """The tax on net investment income: of that, or of what exceeds the threshold, the smaller.

        A conversion is no net investment income, and yet raises what exceeds the threshold.
        """
        if not self.asked.net_investment:
            return PiecewiseLinear()
        rate, threshold = net_investment_tax(self.asked.status)
        over = (PiecewiseLinear.identity() - threshold).positive()
        return over.at_most(PiecewiseLinear(self.asked.net_investment)) * rate


@lru_cache(maxsize=4096)
def federal_tax(asked: Return) -> FederalTax:
    """The tax of a return; of equal returns the same one, as many of a batch are."""
    return FederalTax(asked)
