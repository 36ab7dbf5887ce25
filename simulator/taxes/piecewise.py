"""Functions of income that are made of straight pieces, exact: a schedule of brackets is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, Self

Number = int | Fraction


class Knot(NamedTuple):
    """Where a piece ends and the next one begins.

    Attributes:
        jump: By how much the function rises just above; 0 where it is continuous.
        bend: By how much it is steeper above than below.
    """

    jump: Number
    bend: Number


class PiecewiseLinear:
    """A function of an amount from 0 on. What begins above an amount does not count at it.

    Args:
        start: Its value at 0. [cents]
        knots: Where it jumps or bends; one at 0 has the slope of the first piece.
    """

    def __init__(self, start: Number = 0, knots: Mapping[Number, Knot] | None = None):
        self.start = start
        kept = {at: knot for at, knot in (knots or {}).items() if any(knot)}
        self.knots: tuple[tuple[Number, Knot], ...] = tuple(sorted(kept.items()))

    @classmethod
    def identity(cls) -> Self:
        """The amount itself."""
        return cls(0, {0: Knot(0, 1)})

    def at(self, amount: Number) -> Number:
        """The value at an amount. [cents]"""
        value = self.start
        for at, (jump, bend) in self.knots:
            if at >= amount:
                break
            value += jump + bend * (amount - at)
        return value

    def slope(self, amount: Number) -> Fraction:
        """The slope just above an amount."""
        return Fraction(sum(bend for at, (_, bend) in self.knots if at <= amount))

    def __add__(self, other: PiecewiseLinear | Number) -> PiecewiseLinear:
        if not isinstance(other, PiecewiseLinear):
            return PiecewiseLinear(self.start + other, dict(self.knots))
        knots: defaultdict[Number, list[Number]] = defaultdict(lambda: [0, 0])
        for at, (jump, bend) in (*self.knots, *other.knots):
            knots[at][0] += jump
            knots[at][1] += bend
        return PiecewiseLinear(
            self.start + other.start, {at: Knot(*sums) for at, sums in knots.items()}
        )

    def __mul__(self, factor: Number) -> PiecewiseLinear:
        knots = {at: Knot(jump * factor, bend * factor) for at, (jump, bend) in self.knots}
        return PiecewiseLinear(self.start * factor, knots)

    def __sub__(self, other: PiecewiseLinear | Number) -> PiecewiseLinear:
        return self + other * -1

    def positive(self) -> PiecewiseLinear:
        """The larger of 0 and the function, which is continuous."""
        edges: list[Number] = [0, *(at for at, _ in self.knots if at > 0)]
        points = [(at, self.at(at)) for at in edges]
        crossings = [
            left + (right - left) * Fraction(below, below - above)
            for (left, below), (right, above) in pairwise(points)
            if below < 0 < above or above < 0 < below
        ]
        last, value = points[-1]
        slope = self.slope(last)
        if value * slope < 0:
            crossings.append(last - value / slope)
        knots: dict[Number, Knot] = {}
        steepness: Number = 0
        for at in sorted({*edges, *crossings}):
            here = self.at(at)
            steeper = self.slope(at) if here > 0 or (here == 0 and self.slope(at) > 0) else 0
            knots[at] = Knot(0, steeper - steepness)
            steepness = steeper
        return PiecewiseLinear(max(0, self.start), knots)

    def at_most(self, other: PiecewiseLinear) -> PiecewiseLinear:
        """The smaller of two continuous functions."""
        return self - (self - other).positive()


def schedule(
    income: PiecewiseLinear, brackets: Iterable[tuple[Number, Fraction]]
) -> PiecewiseLinear:
    """The tax of a schedule on a taxable income.

    Args:
        income: Taxable income, not negative. [cents]
        brackets: From which income on which rate is taken, rising. [cents]
    """
    tax, before = PiecewiseLinear(), Fraction(0)
    for above, rate in brackets:
        tax += (income - above).positive() * (rate - before)
        before = rate
    return tax


def joined(pieces: Sequence[tuple[Number, PiecewiseLinear]]) -> PiecewiseLinear:
    """One function made of several: each holds above its start, up to and with the next one's.

    Args:
        pieces: Where each begins, rising, the first at 0; continuous, each for itself.
    """
    knots: dict[Number, Knot] = {}
    ends: list[Number | None] = [*(start for start, _ in pieces[1:]), None]
    steepness: Number = 0
    before: PiecewiseLinear | None = None
    for (start, piece), end in zip(pieces, ends, strict=True):
        jump = piece.at(start) - before.at(start) if before else 0
        knots[start] = Knot(jump, piece.slope(start) - steepness)
        within = [
            (at, knot) for at, knot in piece.knots if start < at and (end is None or at < end)
        ]
        knots |= dict(within)
        steepness = piece.slope(start) + sum(knot.bend for _, knot in within)
        before = piece
    return PiecewiseLinear(pieces[0][1].start, knots)
