"""The distribution of an amount that is never negative: an atom at 0, and a density on equidistant points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GREGORY = (95 / 288, 317 / 240, 23 / 30, 793 / 720, 157 / 160)
"""Weights of the first points: the density jumps at 0, and plain sums would lose four digits."""

NEWTON_STEPS = 4


def weighed(density: Floats) -> Floats:
    """A density from a jump on, with the weights that make its sum an integral of sixth order. [point]"""
    result = density.copy()
    result[: len(GREGORY)] *= GREGORY[: density.size]
    return result


@dataclass(frozen=True)
class HalfLine:
    """The distribution of an amount that is never negative.

    Attributes:
        atom: The probability of 0.
        density: At 0 (from above), `delta`, 2 `delta` and so on. [point]
        delta: From one point to the next.
        mean: Its first moment; sums of the density would miss the tail beyond the last point.
        square: Its second moment.
    """

    atom: float
    density: Floats
    delta: float
    mean: float
    square: float

    @property
    def points(self) -> Floats:
        """Where the density stands. [point]"""
        return np.arange(self.density.size) * np.float64(self.delta)

    @cached_property
    def masses(self) -> Floats:
        """The probability that each point stands for. [point]"""
        masses = weighed(self.density) * self.delta
        masses[0] += self.atom
        return masses

    @cached_property
    def below(self) -> Floats:
        """The probability of being at most each point. [point]"""
        return self.atom + _integral(self.density, self.delta, self._slope)

    @cached_property
    def _slope(self) -> Floats:
        return np.gradient(self.density, self.delta, edge_order=2)

    @cached_property
    def _put(self) -> Floats:
        """The mean of what it falls short of each point: the integral of `below`. [point]"""
        return _integral(self.below, self.delta, self.density)

    @cached_property
    def _put_square(self) -> Floats:
        """The mean of the square of that, halved: the integral of `_put`. [point]"""
        return _integral(self._put, self.delta, self.below)

    def share_up_to(self, amount: float) -> float:
        """The probability of being at most an amount."""
        if not 0 <= amount < self.points[-1]:
            return float(amount > 0)
        return self._between(self.below, self.density, amount)

    def percentile(self, percent: float) -> float:
        """The amount that it is at most with a probability. [in a hundred]"""
        share = percent / 100
        if share <= self.atom:
            return 0.0
        place = int(np.searchsorted(self.below, share))
        if place >= self.below.size:
            return float(self.points[-1])
        left, right = max(place - 1, 0), max(place, 1)
        low, high = self.below[left], self.below[right]
        at = (share - low) / (high - low) if high > low else 0.0
        ends = low, high, self.delta * self.density[left], self.delta * self.density[right]
        for _ in range(NEWTON_STEPS):
            value, slope = _hermite(at, *ends)
            if slope > 0:
                at = min(max(at - (value - share) / slope, 0.0), 1.0)
        return float(self.delta * (left + at))

    def over(self, amount: float) -> tuple[float, float]:
        """First and second moment of what exceeds an amount: by complement, so that no tail is missing.

        Beyond the last point, where next to nothing is left, the tail is taken to fall off evenly.
        """
        if amount <= 0:
            return self.mean - amount, self.square - 2 * amount * self.mean + amount**2
        last = float(self.points[-1])
        at = min(amount, last)
        short, short_square = (
            self._between(*of, at)
            for of in ((self._put, self.below), (self._put_square, self._put))
        )
        mean = max(0.0, self.mean - at + short)
        square = max(0.0, self.square - 2 * at * self.mean + at**2 - 2 * short_square)
        if amount > last:
            fallen = (
                exp(-(amount - last) * max(0.0, 1 - float(self.below[-1])) / mean) if mean else 0
            )
            return mean * fallen, square * fallen
        return mean, square

    def less(self, amount: float) -> HalfLine:
        """What exceeds an amount; 0 where nothing does."""
        density = np.interp(self.points + amount, self.points, self.density, right=0.0)
        return HalfLine(self.share_up_to(amount), density, self.delta, *self.over(amount))

    def on(self, points: Floats) -> HalfLine:
        """The same on other points. [point]"""
        density = np.interp(points, self.points, self.density, right=0.0)
        return HalfLine(self.atom, density, float(points[1] - points[0]), self.mean, self.square)

    def _between(self, values: Floats, slopes: Floats, amount: float) -> float:
        """A function at an amount: the cubic through its values and slopes at the points beside it."""
        left = min(int(amount / self.delta), values.size - 2)
        ends = (
            values[left],
            values[left + 1],
            self.delta * slopes[left],
            self.delta * slopes[left + 1],
        )
        return float(_hermite(amount / self.delta - left, *ends)[0])


def nothing(points: int, delta: float) -> HalfLine:
    """An amount that is 0.

    Args:
        points: How many points its density, which is nothing, stands on.
        delta: From one to the next.
    """
    return HalfLine(1.0, np.zeros(points), delta, 0.0, 0.0)


def _integral(values: Floats, delta: float, slopes: Floats) -> Floats:
    """The integral of a function up to each point: trapezoids, corrected by their slopes. [point]"""
    pieces = delta * (values[1:] + values[:-1]) / 2 - delta**2 * (slopes[1:] - slopes[:-1]) / 12
    return np.concatenate([[0.0], np.cumsum(pieces)])


def _hermite(
    at: float, left: float, right: float, left_slope: float, right_slope: float
) -> tuple[float, float]:
    """A cubic and its slope at a place from 0 to 1, of its values and slopes at both ends."""
    rise = right - left
    bend = left_slope + right_slope - 2 * rise
    square = 3 * rise - 2 * left_slope - right_slope
    value = left + at * (left_slope + at * (square + at * bend))
    return value, left_slope + at * (2 * square + 3 * at * bend)
