"""What an addition to an income adds to its tax: exact for one amount, in arrays for one on each path."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.distribution.bent import Bent
from simulator.distribution.known import Known
from simulator.money import half_up, nearly_half_up
from simulator.taxes.piecewise import Number, PiecewiseLinear

if TYPE_CHECKING:
    from numpy.typing import NDArray

UP = 0.500001
"""Added before the fraction of a cent is dropped, as in the kernel: `money.NEARLY_HALF` in arrays."""


class Increment:
    """T(income + x) - T(income) as a function of x, half-up to the cent.

    Args:
        tax: T. [cents of an income in cents]
        income: What is there before anything is added. [cents]
    """

    def __init__(self, tax: PiecewiseLinear, income: int):
        self.marginal = tax.slope(income)
        self.beyond: list[tuple[Number, Number, Number]] = [
            (at - income, jump, bend if at > income else 0)
            for at, (jump, bend) in tax.knots
            if at >= income and (jump or at > income)
        ]

    def on(self, added: int | NDArray[Any] | Known) -> Any:
        """The tax on what is added. [cents; path]

        Args:
            added: Whole cents, not negative; or known without paths. [cents; path]
        """
        if isinstance(added, int):
            return nearly_half_up(self.unrounded(added))
        if isinstance(added, Known):
            return added.through(self._bent)
        import numpy as np

        tax = self.unrounded(added)
        tax += UP
        return np.floor(tax, out=tax)

    def unrounded(self, added: int | Fraction | NDArray[Any]) -> Any:
        """The tax on what is added before it is rounded; a fraction of an exact amount. [cents; path]

        Args:
            added: Not negative. [cents; path]
        """
        if isinstance(added, int | Fraction):
            return self._exact(added)
        import numpy as np

        tax = added * float(self.marginal)
        highest = float(added.max(initial=0.0))
        for distance, jump, bend in self.beyond:
            begins = float(distance)
            if begins >= highest:
                break
            if bend:
                above = added - begins
                np.maximum(above, 0.0, out=above)
                above *= float(bend)
                tax += above
            if jump:
                tax += (added > begins) * float(jump)
        return tax

    @cached_property
    def _bent(self) -> Bent:
        """It in floating point."""
        bends = ((float(at), float(jump), float(bend)) for at, jump, bend in self.beyond)
        return Bent.of(0.0, float(self.marginal), bends)

    def _exact(self, added: Number) -> Fraction:
        """The tax on one amount before it is rounded. [cents]"""
        tax: Number = self.marginal * added
        for distance, jump, bend in self.beyond:
            if distance >= added:
                break
            tax += jump + bend * (added - distance)
        return Fraction(tax)


def at_rate(added: int | NDArray[Any] | Known, rate: Fraction) -> Any:
    """The tax at a flat rate, half-up to the cent. [cents; path]"""
    if isinstance(added, int):
        return half_up(added * rate)
    if isinstance(added, Known):
        return added * float(rate)
    import numpy as np

    return np.floor(added * float(rate) + UP)


def times(added: int | Fraction | NDArray[Any], rate: Fraction) -> Any:
    """An amount at a rate, unrounded: exact where it is. [cents; path]"""
    return added * (rate if isinstance(added, int | Fraction) else float(rate))
