"""An amount that is known without paths: its mean, and where it is known its spread and its distribution.

It stands where else an amount on each path stands, and adds, subtracts and is taxed like one. What a sum's
distribution is can be said where both depend on the same amount, or one is a number; of others only the mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING, Any

from simulator.distribution.bent import SAME, Bent

if TYPE_CHECKING:
    from simulator.distribution.half_line import HalfLine

HALF_A_CENT = 0.5
"""What is less is rounded to nothing. [cents]"""

HALVINGS = 60
"""Until an amount is found to the last bit."""


@dataclass(frozen=True, eq=False)
class Known:
    """An amount that is known without paths. [cents]

    Attributes:
        expected: Its mean; where `sampled` is beside it, that of the rest.
        variance: None where it is not known.
        of: Whose distribution makes its own; None where it is not known.
        bent: What it is of that amount.
        sampled: What is added to it on each path, where a policy that is simulated has a part in it. [path]
    """

    expected: float
    variance: float | None = None
    of: HalfLine | None = field(default=None, repr=False)
    bent: Bent = SAME
    sampled: Any = field(default=None, repr=False)

    __array_ufunc__ = None  # numpy leaves sums with arrays to this class

    @classmethod
    def distributed(cls, of: HalfLine, bent: Bent = SAME) -> Known:
        """An amount that is a function of another whose distribution is known; itself by default."""
        mean, square = _moments(of, bent)
        return cls(mean, max(0.0, square - mean**2), of, bent)

    def mean(self) -> float:
        """Its mean. [cents]"""
        return self.expected + (0.0 if self.sampled is None else float(self.sampled.mean()))

    def any(self) -> bool:
        """Whether it is ever anything but 0."""
        return True

    @property
    def sd(self) -> float | None:
        """Its standard deviation, where that is known. [cents]"""
        return None if self.variance is None else sqrt(self.variance)

    @property
    def law(self) -> HalfLine | None:
        """The distribution that it is a rising function of; None where there is none."""
        return self.of if self.bent.rises else None

    def percentile(self, percent: float) -> float | None:
        """The amount that it is at most with a probability, where that is known. [in a hundred; cents]"""
        return None if self.law is None else self.bent.at(self.law.percentile(percent))

    @property
    def zero_share(self) -> float | None:
        """The probability that it is rounded to nothing, where that is known."""
        if self.law is None:
            return None
        low, high = 0.0, float(self.law.points[-1])
        if self.bent.at(low) >= HALF_A_CENT:
            return 0.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.bent.at(middle) < HALF_A_CENT else (low, middle)
        return min(1.0, max(0.0, self.law.share_up_to(low)))

    @property
    def shifted(self) -> tuple[HalfLine, float] | None:
        """The distribution that it has a number above; None where it is no such sum. [cents]"""
        if self.of is None or self.bent.bends or self.bent.slope != 1:
            return None
        return self.of, self.bent.start

    def through(self, bent: Bent) -> Known:
        """A function of it, like the tax on it."""
        if self.of is None or (both := bent.after(self.bent)) is None:
            raise ValueError("no distribution says what the mean of a function of it is")
        return Known.distributed(self.of, both)

    def __add__(self, other: Any) -> Any:
        return self._plus(other, 1)

    def __radd__(self, other: Any) -> Any:
        return self._plus(other, 1)

    def __sub__(self, other: Any) -> Any:
        return self._plus(other, -1)

    def __rsub__(self, other: Any) -> Any:
        return (-self)._plus(other, 1)

    def __neg__(self) -> Known:
        return self * -1

    def __mul__(self, factor: float) -> Known:
        variance = None if self.variance is None else factor**2 * self.variance
        sampled = None if self.sampled is None else factor * self.sampled
        return Known(factor * self.expected, variance, self.of, self.bent.times(factor), sampled)

    __rmul__ = __mul__

    def _plus(self, other: Any, sign: int) -> Any:
        """The sum with an amount, or the difference from it."""
        if isinstance(other, int | float):
            more = self.bent.plus(Bent(float(other), 0.0), sign)
            return replace(self, expected=self.expected + sign * other, bent=more)
        if not isinstance(other, Known):
            whole = sign * other if self.sampled is None else self.sampled + sign * other
            return Known(self.expected, sampled=whole)
        sampled = _together(self.sampled, other.sampled, sign)
        if self.of is not None and self.of is other.of and sampled is None:
            bent = self.bent.plus(other.bent, sign)
            return Known.distributed(self.of, bent) if bent != Bent(0.0, 0.0) else 0
        return Known(self.expected + sign * other.expected, sampled=sampled)


def _together(one: Any, other: Any, sign: int) -> Any:
    """What is added on each path, of two amounts together."""
    if other is None:
        return one
    return sign * other if one is None else one + sign * other


def _moments(of: HalfLine, bent: Bent) -> tuple[float, float]:
    """First and second moment of a function of an amount: no bend of it meets a tail that is missing."""
    mean = bent.start + bent.slope * of.mean
    square = bent.start**2 + 2 * bent.start * bent.slope * of.mean + bent.slope**2 * of.square
    value, slope, before = bent.start, bent.slope, 0.0
    for at, jump, steeper in bent.bends:
        value += slope * (at - before)
        before = at
        above, above_square = of.over(at)
        share = 1 - of.share_up_to(at)
        mean += steeper * above + jump * share
        after, steep = value + jump, slope + steeper
        square += share * (after**2 - value**2)
        square += above * 2 * (after * steep - value * slope) + above_square * (steep**2 - slope**2)
        value, slope = after, steep
    return mean, square
