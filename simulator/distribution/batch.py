"""The value of a batch: deposits that grow by independent normal log returns until they leave together.

One deposit is lognormal. More are followed on a grid of the logarithm of their value that moves along: each
grid has the centre and the width that the value will have, and is fine enough for the next step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, log, pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WIDTHS = 8.0
"""How far a grid reaches to either side. [standard deviations]"""

COARSEST, LAST = 0.25, 0.05
"""The widest distance of two points, and that of the last grid, whose density is read between its points."""

LEAST_LOG = -700.0
"""In place of the logarithm of a density that is nothing: its exponential is still a number."""

FARTHEST = 1e-5
"""How far the mean on the grid may be from the one in closed form; met up to volatilities far above 100%."""


class NotResolved(ArithmeticError):
    """A distribution does not go on the grid or the lattice that is kept for it."""


class Growth(NamedTuple):
    """What a dollar does in a session: its logarithm is normal.

    Attributes:
        rate: By what factor its mean grows.
        spread: Standard deviation of its logarithm.
    """

    rate: float
    spread: float

    @property
    def drift(self) -> float:
        """Mean of its logarithm."""
        return log(self.rate) - self.spread**2 / 2


@dataclass(frozen=True)
class BatchValue:
    """The distribution of a batch's value.

    Attributes:
        mean: In closed form.
        variance: In closed form.
        start: Logarithm of the value at the first point of the grid.
        step: From one point to the next.
        log_density: Logarithm of the density of the value's logarithm. [point]
    """

    mean: float
    variance: float
    start: float
    step: float
    log_density: Floats

    @property
    def low(self) -> float:
        """No value below it is counted with."""
        return exp(self.start)

    @property
    def high(self) -> float:
        """No value above it is counted with."""
        return exp(self.start + self.step * (self.log_density.size - 1))

    def density(self, value: Floats) -> Floats:
        """The density of some values above 0: its logarithm is nearly a parabola between four points."""
        logs = np.log(value)
        place = (logs - self.start) / self.step
        inside = (place >= 0) & (place <= self.log_density.size - 1)
        first = np.clip(place.astype(np.int64), 1, self.log_density.size - 3)
        t = place - first
        before, here, after, beyond = (self.log_density[first + n] for n in (-1, 0, 1, 2))
        between = (
            before * (-t * (t - 1) * (t - 2) / 6)
            + here * ((t + 1) * (t - 1) * (t - 2) / 2)
            + after * (-(t + 1) * t * (t - 2) / 2)
            + beyond * ((t + 1) * t * (t - 1) / 6)
        )
        return np.where(inside, np.exp(np.where(inside, between, LEAST_LOG)), 0.0) / value


def batch_value(deposits: Sequence[tuple[float, int]], growth: Growth) -> BatchValue:
    """The distribution of what some deposits are worth when they leave.

    Args:
        deposits: Amount of each, and the sessions until the next one lands, of the last until all leave; each
            above 0.
        growth: What a dollar does in a session.

    Raises:
        NotResolved: The grid's mean is not the true one.
    """
    mean, variance = moments(deposits, growth)
    points, masses = np.array([log(deposits[0][0])]), np.array([1.0])
    for place, (amount, sessions) in enumerate(deposits):
        if place:
            points = np.logaddexp(points, log(amount))
        shift, width = growth.drift * sessions, growth.spread * sqrt(sessions)
        centre = float(masses @ points)
        spread = sqrt(float(masses @ (points - centre) ** 2) + width**2)
        last = place == len(deposits) - 1
        fineness = (
            LAST if last else _fineness(growth.spread * sqrt(deposits[place + 1][1]) / spread)
        )
        reach = ceil(WIDTHS / fineness)
        grid = centre + shift + spread * fineness * np.arange(-reach, reach + 1)
        distances = (grid[:, None] - (points + shift)[None, :]) / width
        density = np.exp(-0.5 * distances**2) @ masses / (width * sqrt(2 * pi))
        points, masses = grid, density / density.sum()
    # a step too wide for `exp` is no distribution that anything is made of
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        found = float(masses @ np.exp(points))
        logs = np.maximum(np.log(density), LEAST_LOG)
    if not abs(found - mean) <= FARTHEST * mean:
        raise NotResolved("the value of a batch is spread too widely")
    return BatchValue(mean, variance, float(points[0]), float(points[1] - points[0]), logs)


def _fineness(next_width: float) -> float:
    """The distance of two points that resolves the next step. [standard deviations of this one]"""
    return min(COARSEST, next_width / sqrt(1 + next_width**2))


def moments(deposits: Sequence[tuple[float, int]], growth: Growth) -> tuple[float, float]:
    """Mean and variance of what some deposits are worth when they leave, in closed form."""
    mean = square = 0.0
    for amount, sessions in deposits:
        rise = growth.rate**sessions
        square += 2 * amount * mean + amount**2
        square *= rise**2 * exp(growth.spread**2 * sessions)
        mean = (mean + amount) * rise
    return mean, max(0.0, square - mean**2)
