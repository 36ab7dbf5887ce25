"""Functions of an amount that are straight between bends and jumps, like a tax by brackets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple


class Bend(NamedTuple):
    """Where a function bends or jumps.

    Attributes:
        at: From above this amount on.
        jump: By how much it rises at once.
        steeper: By how much its slope grows.
    """

    at: float
    jump: float
    steeper: float


@dataclass(frozen=True)
class Bent:
    """A function of amounts from 0 on.

    Attributes:
        start: Its value at 0.
        slope: There.
        bends: Rising, all above 0 or at it.
    """

    start: float = 0.0
    slope: float = 1.0
    bends: tuple[Bend, ...] = ()

    @classmethod
    def of(cls, start: float, slope: float, bends: Iterable[tuple[float, float, float]]) -> Bent:
        """A function with bends in any order, those at one amount together."""
        together: dict[float, tuple[float, float]] = {}
        for at, jump, steeper in bends:
            jumps, slopes = together.get(at, (0.0, 0.0))
            together[at] = jumps + jump, slopes + steeper
        return cls(start, slope, tuple(Bend(at, *together[at]) for at in sorted(together)))

    def at(self, amount: float) -> float:
        """Its value at an amount."""
        over = ((bend, amount - bend.at) for bend in self.bends if amount > bend.at)
        bent = sum(bend.jump + bend.steeper * above for bend, above in over)
        return self.start + self.slope * amount + bent

    @property
    def rises(self) -> bool:
        """Whether it never falls."""
        slopes = accumulate((bend.steeper for bend in self.bends), initial=self.slope)
        return min(slopes) >= -FLAT and min((bend.jump for bend in self.bends), default=0.0) >= 0

    def plus(self, other: Bent, times: float = 1.0) -> Bent:
        """The sum with so many times another."""
        more = ((at, times * jump, times * steeper) for at, jump, steeper in other.bends)
        start, slope = self.start + times * other.start, self.slope + times * other.slope
        return Bent.of(start, slope, [*self.bends, *more])

    def times(self, factor: float) -> Bent:
        """So many times it."""
        return Bent(0.0, 0.0).plus(self, factor)

    def after(self, inner: Bent) -> Bent | None:
        """It as a function of what a straight and rising one makes of an amount; None where that bends."""
        if inner.bends or inner.slope <= 0 or inner.start < 0:
            return None
        passed = [bend for bend in self.bends if bend.at < inner.start]
        slope = self.slope + sum(bend.steeper for bend in passed)
        ahead = (
            ((at - inner.start) / inner.slope, jump, steeper * inner.slope)
            for at, jump, steeper in self.bends[len(passed) :]
        )
        return Bent.of(self.at(inner.start), slope * inner.slope, ahead)


FLAT = 1e-12
"""A slope is none below this: sums of rates miss by less."""

SAME = Bent()
"""The amount itself."""
