"""The course of the deposits: on which closes which of them land and leave, whatever their amounts.

Everyone who is paid on the same days has the same one, so it is made once for many.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from simulator.conversion.close import Close, Days, Due
from simulator.conversion.payments import REFUND, Payment
from simulator.days.calendars import session_on_or_before, sessions_of
from simulator.days.years import Years

MOST_KEPT, LONGEST_KEPT = 64, 150
"""Courses that are kept, and the deposits of one, at most: those of many employees and few years."""


@dataclass(frozen=True)
class Course:
    """On which closes deposits land and leave.

    Attributes:
        days: Of every deposit, in the order of landing; the opening balance first.
        years: The simulated calendar years.
        payments: What life events pay, in order.
        first_session: The first session of the first year, or the first one after what came so far.
        so_far: Conversions before it.
        until: The last day on which anything happens; None: the end of the last year, and its run-off.
        within_year: Whether a year's end cuts the basis after a loss.
        opens: Whether the after-tax subaccount, and the Roth, hold something when it begins.
    """

    days: tuple[Days, ...]
    years: Years
    payments: tuple[Payment, ...]
    first_session: date
    so_far: int
    until: date | None
    within_year: bool
    opens: tuple[bool, bool]

    @cached_property
    def closes(self) -> tuple[Close, ...]:
        """The sessions that matter, in order: landings, conversions, and the years' last sessions."""
        landing, leaving, year_ends, due = self._landing, self.leaving, self.year_ends, self._due
        return tuple(
            [
                Close(
                    session,
                    tuple(landing.get(session, ())),
                    leaving.get(session, ()),
                    year_ends.get(session),
                    due.get(session, ()),
                )
                for session in self.sessions
            ]
        )

    @cached_property
    def sessions(self) -> tuple[date, ...]:
        """The days of `closes`: those whose prices matter."""
        first = self.first_session
        days = {first, *self._landing, *self.leaving, *self.year_ends, *self._due}
        return tuple(sorted(days))

    @cached_property
    def _landing(self) -> dict[date, list[int]]:
        """The places of the deposits that land at each close."""
        landing: dict[date, list[int]] = {}
        last_close = self.ends(self.horizon.year)
        for place, deposit in enumerate(self.days):
            if deposit.lands <= last_close:  # also after the last conversion: it stays inside
                landing.setdefault(deposit.lands, []).append(place)
        return landing

    @cached_property
    def _due(self) -> dict[date, tuple[Due, ...]]:
        """What life events pay at each close."""
        due: dict[date, tuple[Due, ...]] = {}
        for payment in self.payments:
            paid = due.get(payment.session, ())
            places = self._paid_out.get(payment.session, ()) if payment.clears else ()
            due[payment.session] = (*paid, Due(payment, places))
        return due

    @cached_property
    def _paid_out(self) -> dict[date, tuple[int, ...]]:
        """The places of the deposits that each payment takes whole, by its session."""
        paid_out: dict[date, list[int]] = {}
        for place, deposit in enumerate(self.days):
            if deposit.paid_out:
                paid_out.setdefault(deposit.paid_out, []).append(place)
        return {session: tuple(places) for session, places in paid_out.items()}

    @cached_property
    def leaving(self) -> dict[date, tuple[int, ...]]:
        """The places of the deposits that each conversion takes, by its session."""
        leaving: dict[date, list[int]] = {}
        for place, deposit in enumerate(self.days):
            if deposit.leaves is not None:
                leaving.setdefault(deposit.leaves, []).append(place)
        return {session: tuple(places) for session, places in leaving.items()}

    @cached_property
    def refunded(self) -> dict[int, tuple[int, ...]]:
        """Of each year of which contributions come back, its deposits that have landed by its end."""
        opening, _ = self.opens
        return {
            payment.year: tuple(
                place
                for place, deposit in enumerate(self.days)
                if deposit.pay_date.year == deposit.lands.year == payment.year
                and not (opening and place == 0)
            )
            for payment in self.payments
            if payment.event == REFUND
        }

    @cached_property
    def reported_years(self) -> tuple[int, ...]:
        """Every simulated year, and every year of the run-off."""
        return tuple([last.year for last in self.year_ends.values()])

    @cached_property
    def leaves_money(self) -> bool:
        """Whether some money has no date to leave on."""
        return any(deposit.gone is None for deposit in self.days)

    @cached_property
    def last_session(self) -> date:
        """The last session of the last year, or of what is simulated of it: there policies are compared."""
        return self.ends(self.years.last)

    def ends(self, year: int) -> date:
        """The last session of a year that is simulated."""
        last = sessions_of(year)[-1]
        return min(last, session_on_or_before(self.until)) if self.until else last

    @cached_property
    def horizon(self) -> date:
        """The last session that is waited for: deposits with a date have left, events and years are over.

        Where money stays behind, what it is worth is taken at the last session of this one's year.
        """
        left = [gone for deposit in self.days if (gone := deposit.gone)]
        paid = [payment.session for payment in self.payments]
        return max((self.last_session, *left, *paid))

    @cached_property
    def year_ends(self) -> dict[date, date]:
        """The closes at which the years end, in order, each with the year's last session."""
        before = range(self.years.first, self.horizon.year)
        ends = {sessions_of(year)[-1]: sessions_of(year)[-1] for year in before}
        last = self.ends(self.horizon.year)
        ends[last if self.within_year or self.leaves_money else self.horizon] = last
        return ends

    @cached_property
    def in_transit_after(self) -> dict[int, tuple[int, ...]]:
        """The places of the deposits that are paid by a year's last session and land after it, by year."""
        on_the_way: dict[int, list[int]] = {}
        for place, deposit in enumerate(self.days):
            for year in range(deposit.pay_date.year, deposit.lands.year + 1):
                if deposit.lands > self.ends(year):
                    on_the_way.setdefault(year, []).append(place)
        return {year: tuple(places) for year, places in on_the_way.items()}

    @cached_property
    def conversions(self) -> Counter[int]:
        """How many conversions there are, by year; those so far included."""
        counted = Counter(day.year for day in {deposit.leaves for deposit in self.days} if day)
        if self.so_far:
            counted[self.years.first] += self.so_far
        return counted

    @cached_property
    def priced(self) -> frozenset[date]:
        """The sessions that need a price: money moves, a loss or gain is judged, a refund opens the Roth."""
        _, roth = self.opens
        return self.priced_inside | ({self.first_session} if roth and self.refunded else set())

    @cached_property
    def priced_inside(self) -> frozenset[date]:
        """Those on which the fund in the subaccount needs one, whatever the Roth holds."""
        needed = {
            close.session for close in self.closes if close.landing or close.leaving or close.due
        }
        needed |= {sessions_of(year)[-1] for year, places in self.refunded.items() if places}
        if self.within_year:
            needed |= {end for end in map(self.ends, self.reported_years) if self._holds(end)}
        return frozenset(needed)

    def _holds(self, session: date) -> bool:
        """Whether something is inside after a session."""
        return any(
            deposit.lands <= session and (deposit.gone is None or deposit.gone > session)
            for deposit in self.days
        )


def course(days: tuple[tuple[date | None, ...], ...], *rest: Any) -> Course:
    """A course, which may have been made before.

    Args:
        days: Of every deposit, in the order of landing: what `Days` has.
        rest: What else a course has, in its order.
    """
    return (_course if len(days) > LONGEST_KEPT else _kept)(days, *rest)


def _course(days: Iterable[tuple[date | None, ...]], *rest: Any) -> Course:
    return Course(tuple(map(Days._make, days)), *rest)


_kept = lru_cache(maxsize=MOST_KEPT)(_course)
