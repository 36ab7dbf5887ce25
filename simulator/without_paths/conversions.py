"""A timeline as a row of conversions that each empty the account, or why it is none.

A conversion that empties the account starts afresh, so the gains of successive conversions are independent.
That is decided on the timeline, never on a policy's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from simulator.conversion.close import Deposit
from simulator.conversion.timeline import Timeline
from simulator.days.calendars import sessions_of
from simulator.distribution.batch import BatchValue, Growth, batch_value
from simulator.distribution.lattice import Gain
from simulator.returns.lognormal import SESSIONS_A_YEAR, Lognormal, places_of


class NotExact(Exception):
    """A policy has no exact distribution here: why, in a phrase."""


class Conversion(NamedTuple):
    """A conversion that empties the account. [cents]

    Attributes:
        session: Its day.
        value: What has grown since it landed; None where nothing has.
        landing: What lands on the day itself.
        basis: The basis that it brings, without what is carried.
        fee: Taken out of it.
    """

    session: date
    value: BatchValue | None
    landing: int
    basis: int
    fee: int

    @property
    def less(self) -> int:
        """What its value exceeds by its gain."""
        return self.basis + self.fee - self.landing

    @property
    def gain(self) -> Gain | None:
        """What it gains, where something has grown."""
        return Gain(self.value, self.less) if self.value else None

    @property
    def mean(self) -> float:
        """The mean of what it gains."""
        return (self.value.mean if self.value else 0.0) - self.less

    @property
    def low(self) -> float:
        """It never gains less."""
        return (self.value.low if self.value else 0.0) - self.less

    @property
    def amount(self) -> float:
        """The mean of what it moves, after the fee."""
        return (self.value.mean if self.value else 0.0) + self.landing - self.fee

    @property
    def variance(self) -> float:
        """The variance of that."""
        return self.value.variance if self.value else 0.0


class Held:
    """What a timeline holds from close to close in a lognormal fund, and when it converts all of it.

    Args:
        plan: The timeline.
        fund: What it holds.
    """

    def __init__(self, plan: Timeline, fund: Lognormal):
        self.plan = plan
        self._parks = fund.after_tax is not None
        self.growth = Growth(float(1 + fund.annual_return) ** (1 / SESSIONS_A_YEAR), fund.step()[0])
        self._place = dict(zip(plan.sessions, places_of(plan.sessions), strict=True))

    @cached_property
    def conversions(self) -> list[Conversion]:
        """The conversions, in order.

        Raises:
            NotExact: One of them leaves money behind, or a fee may take all of it.
            NotResolved: The value of one is spread too widely.
        """
        opening = self.plan.terms.opening
        carried = 0 if opening.after_tax else opening.basis
        found = []
        for session, places in sorted(self.plan.leaving.items()):
            leaving = [self.plan.deposits[place] for place in places]
            value = self.value(leaving, session)
            landing = sum(one.amount for one in leaving if one.lands == session)
            basis = sum(one.basis for one in leaving) + carried
            fee = self.plan.terms.conversion.fee
            if (value.low if value else 0.0) + landing < fee:
                raise NotExact("a fee may exceed what is converted")
            found.append(Conversion(session, value, landing, basis, fee))
            carried = 0
        return found

    def value(self, deposits: Iterable[Deposit], session: date) -> BatchValue | None:
        """What some deposits that landed before a session are worth at its close; None where none did."""
        landed: dict[int, int] = {}
        for one in deposits:
            if one.lands < session:
                place = self._place[one.lands]
                landed[place] = landed.get(place, 0) + one.amount
        if not landed:
            return None
        gaps = pairwise([*sorted(landed), self._place[session]])
        return batch_value([(landed[here], later - here) for here, later in gaps], self.growth)

    def grown(self, cents: float, since: date, until: date) -> float:
        """What an amount is worth on average at a later session's close. [cents]"""
        return cents * self.growth.rate ** (self._place[until] - self._place[since])

    def inside(self, session: date) -> list[Deposit]:
        """The deposits that are there after a session's close."""
        return [
            one
            for one in self.plan.deposits
            if one.lands <= session and (one.leaves is None or one.leaves > session)
        ]

    def demand_exact(self) -> None:
        """Raises `NotExact` where the conversions do not each start afresh, or something else interferes."""
        for reason in self._reasons():
            raise NotExact(reason)

    def _reasons(self) -> Iterator[str]:
        plan = self.plan
        if self._parks:
            yield "money is parked in another fund"
        if not self.growth.spread:
            yield "the fund does not vary"
        if plan.payments:
            yield "a life event or a refund pays something out"
        days = sorted(plan.leaving)
        if days and not self._empties(days):
            yield "a conversion leaves younger money behind"
        if plan.terms.basis_after_loss == "carry-within-year":
            yield from self._over_a_year(days)

    def _empties(self, days: Sequence[date]) -> bool:
        """Whether each conversion takes all that has landed by then."""
        ahead = iter(days)
        day = next(ahead, None)
        for one in self.plan.deposits:
            while day is not None and day < one.lands:
                day = next(ahead, None)
            if day is None:
                return True
            if one.leaves != day:
                return False
        return True

    def _over_a_year(self, days: Sequence[date]) -> Iterator[str]:
        """Why what a year's end cuts of the basis is not known."""
        opening, first = self.plan.terms.opening, self.plan.years.first
        if any(self.inside(sessions_of(year)[-1]) for year in {day.year for day in days}):
            yield "money is inside at the end of a year whose losses are not carried over"
        if opening.basis and not opening.after_tax and not (days and days[0].year == first):
            yield "basis without value is cut at the end of a year without a conversion"
