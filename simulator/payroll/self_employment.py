"""Earned income of the self-employed: what of a profit is pay, and what the employer's share of it is."""

from fractions import Fraction
from typing import NamedTuple

from pydantic import Field

from simulator.law.limits import Limits
from simulator.money import half_up
from simulator.notation.fields import Dollars, Specification

SUBJECT_TO_TAX = Fraction(9235, 10_000)
SOCIAL_SECURITY = Fraction(124, 1_000)
MEDICARE = Fraction(29, 1_000)
"""Law: IRC 1402(a)(12), 1401(a), 1401(b)(1)."""


class EarnedIncome(NamedTuple):
    """What a year's profit comes to. [cents]

    Attributes:
        net: Profit less the deductible half of the self-employment tax.
        employer: The employer's contribution out of it.
    """

    net: int
    employer: int

    @property
    def compensation(self) -> int:
        """What contributions are held against: it is earned after the employer's own share.

        Law: IRC 401(c)(2)(A)(v), 415(c)(3)(B).
        """
        return self.net - self.employer


class SelfEmployment(Specification):
    """The profit of one's own business, in place of a salary. No spouse, no employees, no S corporation."""

    profit: Dollars = Field(
        description="Net profit of each year, before the self-employment tax. [$ a year]",
        examples=["90_000"],
    )
    w2_wages: Dollars = Field(
        0, description="Wages elsewhere that Social Security tax is taken from. [$ a year]"
    )

    def earned(self, rate: Fraction, limits: Limits) -> EarnedIncome:
        """What the profit of a year comes to, rounded at each line.

        Args:
            rate: The plan's contribution rate; of net earnings it is rate / (1 + rate).
            limits: Those of the year, with its Social Security wage base.
        """
        assert limits.social_security_wage_base is not None, "required by the scenario"
        earnings = half_up(self.profit * SUBJECT_TO_TAX)
        below_base = min(earnings, max(0, limits.social_security_wage_base - self.w2_wages))
        tax = SOCIAL_SECURITY * below_base + MEDICARE * earnings
        net = self.profit - half_up(tax / 2)
        employer = half_up(min(net * rate / (1 + rate), rate * limits.compensation))
        return EarnedIncome(net, employer)
