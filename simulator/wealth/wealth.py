"""What a scenario says of wealth: what money outside earns, how long all is held, how a broker is taxed."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from simulator.notation.fields import Specification, share, whole

LONGEST_HOLD = 100
"""Years that all is left to grow at most."""

QUARTERS = 4


class Wealth(Specification):
    """Wealth after tax, beside the same money in a taxable account and beside not contributing."""

    outside_return: Annotated[Fraction, share(Fraction(-1, 2), 1)] = Field(
        description="What money outside the plan earns after tax; it pays the taxes. [a year]",
        examples=["4%"],
    )
    end_rate: Annotated[Fraction | None, share(0, 1, none=True)] = Field(
        None,
        description="Tax on what is untaxed at the end; default the flat rates, or with a status "
        "what it adds to the last year's tax.",
    )
    hold: Annotated[int, whole(0, LONGEST_HOLD)] = Field(
        0,
        description="Years after the last session in which all grows evenly by annual_return (7% "
        "where the model has none).",
    )
    dividends: Annotated[Fraction, share(0, 1)] = Field(
        Fraction(15, 1000),
        description="Taxable account: paid and reinvested, a quarter of it each quarter. [a year]",
    )
    dividend_rate: Annotated[Fraction, share(0, 1)] = Field(
        Fraction(15, 100), description="Taxable account: tax on dividends."
    )
    gain_rate: Annotated[Fraction, share(0, 1)] = Field(
        Fraction(15, 100),
        description="Taxable account: tax on the gain when it is sold at the end.",
    )

    @property
    def taken_quarterly(self) -> Fraction:
        """The tax on a quarter's dividends, of the value of a taxable account."""
        return self.dividends / QUARTERS * self.dividend_rate

    @property
    def kept_quarterly(self) -> Fraction:
        """By what share of the value a quarter's dividends less their tax raise its basis."""
        return self.dividends / QUARTERS - self.taken_quarterly
