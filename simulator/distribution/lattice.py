"""Sums of independent gains on one lattice of amounts: their densities, and how amounts go on by them.

One lattice serves all gains of a policy, with 0 on it. Densities are convolved by Fourier transforms; points
below 0 stand at the end of an array. What lies above 0 is cut there, so it is summed with weights; what falls
below 0 is lost money, which the basis bounds: moments by way of it miss no tail.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.distribution.batch import WIDTHS, BatchValue, NotResolved
from simulator.distribution.half_line import GREGORY, HalfLine, nothing, weighed

Floats = NDArray[np.float64]
Spectrum = NDArray[np.complex128]

FINE, FEWEST, MOST, LEAST = 12, 1_536, 24_576, 8
"""Points within a gain's narrow side, wanted and at least; cells of a lattice, at least and at most."""

MOST_KEPT = 256
"""Transforms that are kept: each serves the sums of its year, of all years, and what is carried."""

CANCELS = 1e-3
"""Where a second moment by complement is so small a share of its terms, it is summed instead."""


class Gain(NamedTuple):
    """What a conversion gains: the value of what grew in it, less a known amount.

    Attributes:
        value: The value.
        less: What is taken off it: basis and fee, less what has not grown.
    """

    value: BatchValue
    less: float

    @property
    def mean(self) -> float:
        """Its mean."""
        return self.value.mean - self.less

    @property
    def square(self) -> float:
        """Its second moment."""
        return self.mean**2 + self.value.variance

    @property
    def low(self) -> float:
        """It is never below this."""
        return self.value.low - self.less

    def lowered(self, loss: float) -> Gain:
        """The same after a loss."""
        return Gain(self.value, self.less + loss)


class Lattice:
    """The lattice of some gains, each of which it resolves.

    Attributes:
        delta: From one point to the next.
        cells: How many of them make the half-line of what is never negative.

    Args:
        gains: All that are added up on it.
        deepest: The largest loss that comes before one of them.

    Raises:
        NotResolved: Their scales lie too far apart.
    """

    def __init__(self, gains: Sequence[Gain], deepest: float = 0.0):
        reach = sum(abs(one.mean) for one in gains) + deepest
        reach += WIDTHS * sqrt(sum(one.value.variance for one in gains))
        narrow = min(_narrow_side(one.value) for one in gains)
        self.delta = max(min(narrow / FINE, reach / FEWEST), reach / MOST)
        if narrow < LEAST * self.delta:
            raise NotResolved("gains of scales too far apart")
        self.cells = ceil(reach / self.delta)
        low = min(one.low for one in gains) - deepest
        high = max(one.value.high - one.less for one in gains)
        self._below_0 = max(0, ceil(-low / self.delta))
        self._above_0 = min(self.cells, max(0, ceil(high / self.delta)))
        self._length = _smooth(1 + self.cells + self._below_0 + self._above_0)
        self._spectra: dict[tuple[int, float], Spectrum] = {}

    def _spectrum(self, gain: Gain) -> Spectrum:
        """The transform of a gain's density. [frequency]"""
        key = id(gain.value), gain.less
        if key not in self._spectra:
            density = np.zeros(self._length)
            points = np.arange(-self._below_0, self._above_0 + 1)
            values = points * np.float64(self.delta) + gain.less
            first = int(np.searchsorted(values, gain.value.low))
            last = int(np.searchsorted(values, gain.value.high, side="right"))
            density[points[first:last]] = gain.value.density(values[first:last])
            spectrum = np.fft.rfft(density)
            if len(self._spectra) >= MOST_KEPT:
                return spectrum
            self._spectra[key] = spectrum
        return self._spectra[key]

    @property
    def nothing(self) -> HalfLine:
        """The amount 0, on this lattice."""
        return nothing(self.cells + 1, self.delta)

    def up(self, one: Gain, after: HalfLine) -> HalfLine:
        """A gain and what comes after, together, but not below 0: the largest sum of gains from here on."""
        sums = self._inverse(self._spectrum(one) * self._transform(after))
        below = self._below(sums)
        losses = self.delta * np.arange(below.size)
        atom, lost, lost_square = (float(below @ losses**power) * self.delta for power in range(3))
        mean = one.mean + after.mean + lost
        whole = one.square + after.square
        square = whole + 2 * one.mean * after.mean - lost_square
        density = sums[: self.cells + 1]
        if square < CANCELS * whole:
            return self._summed(atom, density)
        return HalfLine(atom, density, self.delta, mean, square)

    def down(self, one: Gain, before: HalfLine) -> HalfLine:
        """What is left of an amount when a gain is taken off or a loss put on it: basis carried on."""
        sums = self._inverse(np.conj(self._spectrum(one)) * self._transform(before))
        density = sums[: self.cells + 1]
        return self._summed(1 - float(weighed(density).sum()) * self.delta, density)

    def over(self, most: HalfLine, carried: HalfLine) -> HalfLine:
        """By how much one amount exceeds another that is independent of it; 0 where it does not."""
        length = _smooth(2 * (self.cells + 1))
        first, second = (
            (np.fft.rfft(one.density, length), np.fft.rfft(one.masses, length))
            for one in (most, carried)
        )
        above = np.fft.irfft(first[0] * np.conj(second[1]), length)[: self.cells + 1]
        below = weighed(np.fft.irfft(second[0] * np.conj(first[1]), length)[: self.cells + 1])
        short = self.delta * np.arange(below.size)
        probability, lost, lost_square = (
            float(below @ short**power) * self.delta for power in range(3)
        )
        atom = most.atom * carried.atom + probability
        mean = most.mean - carried.mean + lost
        square = most.square - 2 * most.mean * carried.mean + carried.square - lost_square
        return HalfLine(atom, above, self.delta, mean, max(square, mean**2))

    def plus(self, one: HalfLine, other: HalfLine) -> HalfLine:
        """The sum of two amounts that are independent of each other."""
        length = _smooth(2 * (self.cells + 1))
        product = np.fft.rfft(weighed(one.density), length) * np.fft.rfft(
            weighed(other.density), length
        )
        both = np.fft.irfft(product, length)[: self.cells + 1] * self.delta
        for place in range(2 * len(GREGORY) - 1):  # too few points for the weights of both jumps
            pairs = one.density[: place + 1] * other.density[place::-1]
            both[place] = self.delta * float(pairs @ _newton_cotes(place))
        density = one.atom * other.density + other.atom * one.density + both
        mean = one.mean + other.mean
        square = one.square + 2 * one.mean * other.mean + other.square
        return HalfLine(one.atom * other.atom, density, self.delta, mean, square)

    def _transform(self, amount: HalfLine) -> Spectrum:
        return np.fft.rfft(amount.masses, self._length)

    def _inverse(self, spectrum: Spectrum) -> Floats:
        return np.fft.irfft(spectrum, self._length)

    def _below(self, sums: Floats) -> Floats:
        """The density below 0, from there down, weighed. [point]"""
        longest = self._below_0
        return weighed(np.concatenate([sums[:1], sums[: -longest - 1 : -1]]))

    def _summed(self, atom: float, density: Floats) -> HalfLine:
        """A distribution with the moments that its points have."""
        masses = weighed(density) * self.delta
        points = self.delta * np.arange(density.size)
        return HalfLine(
            atom, density, self.delta, float(masses @ points), float(masses @ points**2)
        )


def _narrow_side(value: BatchValue) -> float:
    """The width of the sharper side of a value's distribution: the lower one, where it is skewed."""
    skewed = 1 + value.variance / value.mean**2
    return sqrt(value.variance) / (skewed**2 * sqrt(skewed))


@cache
def _newton_cotes(intervals: int) -> Floats:
    """Weights that integrate the polynomial through the ends of so many intervals. [point]"""
    powers = np.arange(intervals + 1.0)
    moments = np.array([float(intervals) ** (power + 1) / (power + 1) for power in powers])
    return np.linalg.solve(powers[None, :] ** powers[:, None], moments)


@lru_cache(maxsize=256)
def _smooth(least: int) -> int:
    """The least number from another on whose only factors are 2, 3 and 5: transforms of it are fast."""
    best = 1 << (least - 1).bit_length()
    fives = 1
    while fives < best:
        threes = fives
        while threes < best:
            power = max(0, -(-least // threes) - 1).bit_length()
            best = min(best, threes << power)
            threes *= 3
        fives *= 5
    return best
