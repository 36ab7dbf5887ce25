"""What is said of an amount over all paths: mean, spread, percentiles, and how sure the mean is."""

from __future__ import annotations

from fractions import Fraction
from math import floor, sqrt
from typing import TYPE_CHECKING

from simulator.money import half_up

if TYPE_CHECKING:
    from simulator.conversion.kernel import Paths

PERCENTILES = (5, 25, 50, 75, 95)
NEARLY_HALF = 0.500001


def distribution(cents: int | Paths, taxable: bool = False) -> dict[str, float]:
    """Statistics of an amount, each rounded half-up to the cent. [dollars]

    `sd` divides by n, percentiles interpolate linearly, `se` is the standard error of the mean.

    Args:
        cents: One amount, or one on each path. [cents; path]
        taxable: Whether to say on which share of the paths it is zero.
    """
    if isinstance(cents, int):
        point = cents / 100
        result = {"mean": point, "sd": 0.0, "se": 0.0}
        result |= {f"p{percentile}": point for percentile in PERCENTILES}
        zero = float(cents == 0)
    else:
        import numpy as np

        sd = float(cents.std())
        result = {
            "mean": _dollars(float(cents.mean())),
            "sd": _dollars(sd),
            "se": _dollars(sd / sqrt(cents.size)),
        }
        points = np.percentile(cents, PERCENTILES)
        result |= {
            f"p{percentile}": _dollars(float(point))
            for percentile, point in zip(PERCENTILES, points, strict=True)
        }
        zero = float((cents == 0).mean())
    return result | ({"zero_share": zero} if taxable else {})


def _dollars(cents: float) -> float:
    return floor(cents + NEARLY_HALF) / 100


def taxed(cents: int | Paths, rate: Fraction) -> int | Paths:
    """The tax on an amount at a rate, half-up to the cent on each path. [cents; path]"""
    if isinstance(cents, int):
        return half_up(cents * rate)
    import numpy as np

    return np.floor(cents * float(rate) + NEARLY_HALF)
