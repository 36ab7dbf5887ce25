"""The ACP test of a plan's people, and how much after-tax money it leaves room for.

A pure function of a list of people. Percentages are whole hundredths of a percent, as the test rounds them.
Law: IRC 401(m)(2), (3) and (6)(C); 26 CFR 1.401(m)-2(a).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import NamedTuple

from simulator.money import half_up

WHOLE = 10_000
"""100%, in hundredths of a percent."""

TWO_POINTS = 200


class Member(NamedTuple):
    """Somebody who may contribute, whether or not they do.

    Attributes:
        pay: The year's pay, at most what counts by 401(a)(17); above 0. [cents]
        match: Employer match. [cents]
        after_tax: After-tax contributions. [cents]
        highly_compensated: Whether they are. Law: IRC 414(q).
    """

    pay: int
    match: int
    after_tax: int
    highly_compensated: bool


class AcpTest:
    """The test of one year.

    Args:
        people: Those who may contribute.
        prior: Last year's average of the others, where the plan tests by it. [hundredths of a percent]
        match: Whether the match is tested; a safe harbor match is not.
    """

    def __init__(
        self, people: Sequence[Member], prior: int | None = None, match: bool = True
    ) -> None:
        self.people, self.prior, self.match = tuple(people), prior, match
        self.nhces = sum(not one.highly_compensated for one in people)
        self.hces = len(people) - self.nhces
        this_year = self._average(
            [self._ratio(one) for one in people if not one.highly_compensated]
        )
        self.nhce = this_year if prior is None else prior
        self.hce = self._average([self._ratio(one) for one in people if one.highly_compensated])

    @property
    def passes(self) -> bool:
        """Whether the plan passes; it is deemed to where one of the two groups is empty."""
        return self._allows(self.hce)

    @property
    def most(self) -> int | None:
        """The most that the average of the highly compensated may be; None where any may."""
        return None if self._bound is None else floor(self._bound)

    @cached_property
    def headroom(self) -> int | None:
        """The highest share of pay that passes if no highly compensated person's after-tax money is above it.

        In hundredths of a percent. None where the plan passes as it is, so that the test sets no limit, and
        where it fails even without after-tax money of theirs: see `hopeless`.
        """
        if self.passes or self.hopeless:
            return None
        levels = range(1, WHOLE + 1)  # at a whole paycheck nobody is cut, and that fails
        return bisect_left(levels, True, key=lambda level: not self._allows(self.hce_at(level)))

    @property
    def hopeless(self) -> bool:
        """Whether the plan fails even without after-tax money of the highly compensated."""
        return not self._allows(self.hce_at(0))

    def hce_at(self, level: int) -> int:
        """The average of the highly compensated if each has no more after-tax money than a level of pay.

        Args:
            level: Share of pay. [hundredths of a percent]
        """
        return self._average(
            [self._ratio(one, level) for one in self.people if one.highly_compensated]
        )

    @cached_property
    def over(self) -> int:
        """The after-tax money of the highly compensated above the headroom, in all. [cents]"""
        if self.passes:
            return 0
        level = Fraction(self.headroom or 0, WHOLE)
        return sum(
            max(0, one.after_tax - half_up(level * one.pay))
            for one in self.people
            if one.highly_compensated
        )

    @cached_property
    def excess(self) -> dict[int, int]:
        """Whose that is: place among the people, and cents, the largest contributions levelled down.

        Whoever has most (match and after-tax, as tested) comes first, down to the next, then both together;
        nobody loses more than their after-tax money. Law: IRC 401(m)(6)(C).
        """
        places = [
            place
            for place, one in enumerate(self.people)
            if one.highly_compensated and one.after_tax
        ]
        places.sort(key=lambda place: -self._tested(self.people[place]))
        if not self.over:
            return {}
        top = self._tested(self.people[places[0]])
        levels = range(top + 1)  # the lower the level, the more is cut
        level = top - bisect_left(
            levels, self.over, key=lambda down: sum(self._cuts(places, top - down).values())
        )
        cut = self._cuts(places, level + 1)
        lacks = self.over - sum(cut.values())  # cents of those who stand at the level together
        for place, most in self._cuts(places, level).items():
            if lacks and most > cut[place]:
                cut[place] += 1
                lacks -= 1
        return {place: cents for place, cents in cut.items() if cents}

    def _cuts(self, places: Sequence[int], level: int) -> dict[int, int]:
        """What of each person's after-tax money lies above a level of their contributions. [cents]"""
        people = ((place, self.people[place]) for place in places)
        return {
            place: min(one.after_tax, max(0, self._tested(one) - level)) for place, one in people
        }

    @cached_property
    def _bound(self) -> Fraction | None:
        """1.25 times the average of the others; or two points more, at most twice it, if that is more."""
        if not self.hces or (self.prior is None and not self.nhces):
            return None
        more = min(self.nhce + TWO_POINTS, 2 * self.nhce)
        return max(Fraction(5, 4) * self.nhce, Fraction(more))

    def _allows(self, hce: int) -> bool:
        return self._bound is None or hce <= self._bound

    def _tested(self, one: Member) -> int:
        """A person's contributions that the test looks at. [cents]"""
        return one.after_tax + (one.match if self.match else 0)

    def _ratio(self, one: Member, level: int = WHOLE) -> int:
        """A person's contributions to pay, after-tax money up to a level. [hundredths of a percent]"""
        after_tax = min(Fraction(one.after_tax), Fraction(level, WHOLE) * one.pay)
        tested = after_tax + (one.match if self.match else 0)
        return half_up(WHOLE * tested / one.pay)

    @staticmethod
    def _average(ratios: Sequence[int]) -> int:
        return half_up(Fraction(sum(ratios), len(ratios))) if ratios else 0
