"""What is said of an amount over all paths: mean, spread, percentiles, and how sure the mean is."""

from __future__ import annotations

from functools import lru_cache
from math import floor, log10, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.order import PERCENTILES, in_order, percentiles_of, whole_of
from simulator.distribution.known import Known
from simulator.money import dollars

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.answer.order import Rising
    from simulator.conversion.on_paths import Paths

SPREAD = (5, 50, 95)
"""Those that tables tell."""

STATISTICS = ("mean", "sd", "se", *(f"p{percentile}" for percentile in PERCENTILES))
UP = 0.500001
"""Added before the fraction of a cent is dropped, as in the kernel."""


class Estimate(NamedTuple):
    """An amount that is only known up to an error; it is written with the digits that the error supports.

    Attributes:
        value: The amount. [cents]
        error: Its standard error. [cents]
    """

    value: float
    error: float

    @property
    def decimals(self) -> int:
        """How many the error supports: 2 at most, below 0 where not even the dollars are known."""
        return 2 if self.error < 0.5 else min(2, 2 - floor(log10(self.error)))

    def __str__(self) -> str:
        return self.written(self.decimals)

    def written(self, decimals: int) -> str:
        """It with so many decimals, or fewer where the error supports no more. [dollars]"""
        known = min(decimals, self.decimals)
        if known == 2:
            return dollars(floor(self.value + UP))
        return f"{round(self.value / 100, known):,.{max(0, decimals)}f}"


def distribution(
    cents: int | Paths | Known,
    randomisations: int = 0,
    taxable: bool = False,
) -> dict[str, Any]:
    """Statistics of an amount, each rounded half-up to the cent. [dollars]

    `sd` divides by n, percentiles interpolate linearly, `se` is the standard error of the mean. Of an amount
    that is known without paths what is not known is None.

    Args:
        cents: One amount, or one on each path. [cents; path]
        randomisations: See `standard_error`.
        taxable: Whether to say on which share of the paths it is zero.
    """
    if isinstance(cents, Known):
        return _of_known(cents, randomisations, taxable)
    if isinstance(cents, int):
        point = cents / 100
        result = dict.fromkeys(STATISTICS, point)
        result["sd"] = result["se"] = 0.0
        if taxable:
            result["zero_share"] = float(cents == 0)
        return result
    if not cents.any():  # nothing on every path, such as what stays behind where all is converted
        return distribution(0, randomisations, taxable)
    import numpy as np

    rising = in_order(cents)
    whole = rising.dtype == np.int32
    average = average_of(cents)
    result = {
        "mean": to_the_cent(float(average[0])),
        "sd": to_the_cent(float(sd_of(cents, average, 0))),
        "se": to_the_cent(float(errors_of(cents, randomisations, whole))),
    }
    points = zip(PERCENTILES, percentiles_of(rising), strict=True)
    result |= {f"p{percentile}": to_the_cent(point) for percentile, point in points}
    zero = cents.size - np.count_nonzero(rising)
    return result | ({"zero_share": zero / cents.size} if taxable else {})


def _of_known(cents: Known, randomisations: int, taxable: bool) -> dict[str, Any]:
    result = {"mean": cents.mean(), "sd": cents.sd, "se": standard_error(cents, randomisations)}
    result |= {f"p{percentile}": cents.percentile(percentile) for percentile in PERCENTILES}
    told = {name: None if one is None else to_the_cent(one) for name, one in result.items()}
    return told | ({"zero_share": cents.zero_share} if taxable else {})


def percentile_errors(cents: int | Paths | Known, randomisations: int = 0) -> dict[str, float]:
    """How far each percentile of `SPREAD` may be from the true one: its standard error. [cents]

    The share of the paths up to a percentile has a standard error; this is how far the percentiles of that
    much more and less lie apart, halved.

    Args:
        cents: One amount, or one on each path. [cents; path]
        randomisations: See `standard_error`.
    """
    if isinstance(cents, int | float | Known):
        return {f"p{percentile}": 0.0 for percentile in SPREAD}
    import numpy as np

    rising = in_order(cents)
    percentiles = dict(zip(PERCENTILES, percentiles_of(rising), strict=True))
    amounts = np.array([[percentiles[percentile]] for percentile in SPREAD])
    errors = errors_of(cents <= amounts, randomisations, whole=True)
    return between(rising, errors)


def between(rising: Rising, errors: NDArray[Any]) -> dict[str, float]:
    """How far the percentiles of `SPREAD` may be off, where their shares are off so far. [cents]

    Args:
        rising: Amounts in rising order. [cents; path]
        errors: The standard error of the share of the paths up to each. [percentile]
    """
    import numpy as np

    shares = np.array(SPREAD) / 100
    low, high = np.interp([shares - errors, shares + errors], _places(rising.size), rising)
    halves = ((high - low) / 2).tolist()
    return {f"p{percentile}": half for percentile, half in zip(SPREAD, halves, strict=True)}


@lru_cache(maxsize=1)
def _places(paths: int) -> Paths:
    """Which share of the paths lies below each, in rising order. [path]"""
    import numpy as np

    return np.arange(paths) / max(1, paths - 1)


def mean_and_error(cents: int | Paths | Known, randomisations: int = 0) -> dict[str, float]:
    """The mean of an amount and its standard error, each rounded half-up to the cent. [dollars]

    Args:
        cents: One amount on each path. [cents; path]
        randomisations: See `standard_error`.
    """
    error = standard_error(cents, randomisations)
    return {"mean": mean_in_dollars(cents), "se": to_the_cent(error)}


def per_day(cents: int | Paths, days: int) -> dict[str, float]:
    """Mean and 95th percentile of an amount, each divided by some days, half-up to the cent. [dollars]

    Args:
        cents: One amount, or one on each path. [cents; path]
        days: How many days it is of.
    """
    if isinstance(cents, int | float):
        return dict.fromkeys(("mean", "p95"), to_the_cent(cents / days))
    points = dict(zip(PERCENTILES, percentiles_of(in_order(cents)), strict=True))
    return {"mean": to_the_cent(float(cents.mean()) / days), "p95": to_the_cent(points[95] / days)}


def standard_error(cents: int | Paths | Known, randomisations: int = 0) -> float:
    """How far the mean over the paths may be from the true one: its standard error. [cents]

    Points of a lattice are not independent of each other, only its randomisations are. The error is then
    taken from the means of those that are complete.

    Args:
        cents: One amount, or one on each path. [cents; path]
        randomisations: How many independent sets the paths fall into, path i into set i modulo this;
            0 where each path is its own.
    """
    if isinstance(cents, Known):
        cents = 0 if cents.sampled is None else cents.sampled
    if isinstance(cents, int | float):
        return 0.0
    return float(errors_of(cents, randomisations, whole_of(cents) is not None))


def errors_of(amounts: NDArray[Any], randomisations: int, whole: bool) -> Any:
    """The standard errors of means over the last axis: see `standard_error`. [..., path]

    Whole numbers, which truths are too, come to the same in any order of summing: a matrix product sums them.
    """
    import numpy as np

    *several, paths = amounts.shape
    if paths == 1:
        return 0.0
    independent = amounts
    layers = paths // randomisations if randomisations else 0
    if layers:
        complete = amounts[..., : layers * randomisations]
        complete = complete.reshape(*several, layers, randomisations)
        independent = np.ones(layers) @ complete / layers if whole else complete.mean(axis=-2)
    return sd_of(independent, average_of(independent), 1) / sqrt(independent.shape[-1])


def average_of(amounts: NDArray[Any]) -> Any:
    """The means over the last axis, as numpy.mean has them. [..., 1]"""
    import numpy as np

    return np.add.reduce(amounts, axis=-1, keepdims=True) / amounts.shape[-1]


def sd_of(amounts: NDArray[Any], average: NDArray[Any], less: int) -> Any:
    """The standard deviations over the last axis; the sum of squares is divided by n less some. [...]

    As numpy.std has them, in a third of the time on few numbers.
    """
    import numpy as np

    deviation = amounts - average
    deviation *= deviation
    return np.sqrt(np.add.reduce(deviation, axis=-1) / (amounts.shape[-1] - less))


def mean(cents: float | Paths | Known) -> float:
    """The mean of an amount over the paths. [cents]"""
    return float(cents) if isinstance(cents, int | float) else float(cents.mean())


def mean_in_dollars(cents: float | Paths | Known) -> float:
    """It rounded half-up to the cent. [dollars]"""
    return to_the_cent(mean(cents))


def to_the_cent(cents: float) -> float:
    """An amount rounded half-up to the cent. [dollars]"""
    return floor(cents + UP) / 100
