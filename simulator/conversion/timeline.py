"""The timeline: which money lands and leaves at which close. All below it is arithmetic.

Schedules, lags, holidays, cadences and the plan's rules are compiled here into sessions, deposits and
the session each deposit leaves on. The ledger and the kernel both read nothing else but prices.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.days.calendars import bank_days_after, session_on_or_after, sessions_of
from simulator.days.years import Years


class Deposit(NamedTuple):
    """Money on its way into the after-tax subaccount.

    Attributes:
        pay_date: The pay date it comes from; for the opening balance the first session.
        lands: The session at whose close it buys.
        leaves: The session at whose close it is converted; None if never.
        amount: What it buys for. [cents]
        basis: The contributions it brings; its amount, except in an opening balance. [cents]
    """

    pay_date: date
    lands: date
    leaves: date | None
    amount: int
    basis: int


class Close(NamedTuple):
    """What happens at the close of one session, after the price has moved.

    Attributes:
        session: The day.
        landing: Places of the deposits that land, in `Timeline.deposits`.
        leaving: Places of the deposits that are converted together.
        year_end: The last session of its calendar year where it is that one, or stands for it: a run-off
            that leaves nothing behind ends with its last conversion, and needs no later price.
    """

    session: date
    landing: tuple[int, ...]
    leaving: tuple[int, ...]
    year_end: date | None


@dataclass(frozen=True)
class Timeline:
    """A policy's deposits and conversions, compiled for the arithmetic.

    Attributes:
        years: The simulated calendar years.
        terms: The plan's fee, destination, loss rule and opening balances.
        deposits: Every deposit, in the order of landing; the opening balance first.
        passed_over: Conversion dates that the plan's rules forbade, by year.
    """

    years: Years
    terms: ConversionTerms
    deposits: tuple[Deposit, ...]
    passed_over: Mapping[int, int]

    @cached_property
    def closes(self) -> tuple[Close, ...]:
        """The sessions that matter, in order: landings, conversions, and the years' last sessions."""
        landing: dict[date, list[int]] = {}
        last_year = self.horizon.year
        for place, deposit in enumerate(self.deposits):
            if deposit.lands.year <= last_year:  # also after the last conversion: it stays inside
                landing.setdefault(deposit.lands, []).append(place)
        year_ends = dict(self._year_ends())
        first = sessions_of(self.years.first)[0]
        return tuple(
            Close(
                session,
                tuple(landing.get(session, ())),
                self.leaving.get(session, ()),
                year_ends.get(session),
            )
            for session in sorted({first, *landing, *self.leaving, *year_ends})
        )

    @cached_property
    def leaving(self) -> dict[date, tuple[int, ...]]:
        """The places of the deposits that each conversion takes, by its session."""
        leaving: dict[date, list[int]] = {}
        for place, deposit in enumerate(self.deposits):
            if deposit.leaves is not None:
                leaving.setdefault(deposit.leaves, []).append(place)
        return {session: tuple(places) for session, places in leaving.items()}

    @cached_property
    def sessions(self) -> tuple[date, ...]:
        """The days of `closes`: those whose prices matter."""
        return tuple(close.session for close in self.closes)

    @cached_property
    def reported_years(self) -> tuple[int, ...]:
        """Every simulated year, and every year of the run-off."""
        return tuple(close.year_end.year for close in self.closes if close.year_end)

    @property
    def leaves_money(self) -> bool:
        """Whether some money has no date to leave on."""
        return any(deposit.leaves is None for deposit in self.deposits)

    @cached_property
    def last_session(self) -> date:
        """The last session of the last year, at which policies are compared."""
        return sessions_of(self.years.last)[-1]

    @cached_property
    def in_transit_after(self) -> Counter[int]:
        """Deposits that are paid by a year's last session and land after it, by year. [cents]"""
        on_the_way = Counter[int]()
        for deposit in self.deposits:
            for year in range(deposit.pay_date.year, deposit.lands.year):
                on_the_way[year] += deposit.amount
        return on_the_way

    @property
    def in_transit(self) -> int:
        """Deposits that have not landed by the last session of the last year. [cents]"""
        return self.in_transit_after[self.years.last]

    @cached_property
    def horizon(self) -> date:
        """The last session that is waited for: the last deposit with a date has left, the last year is over.

        Where money stays behind, what it is worth is taken at the last session of this one's year.
        """
        leaves = (deposit.leaves for deposit in self.deposits if deposit.leaves is not None)
        return max(self.last_session, max(leaves, default=self.last_session))

    def _year_ends(self) -> Iterator[tuple[date, date]]:
        """The closes at which the years end, each with the year's last session."""
        for year in range(self.years.first, self.horizon.year):
            yield sessions_of(year)[-1], sessions_of(year)[-1]
        last = sessions_of(self.horizon.year)[-1]
        within_year = self.terms.basis_after_loss == "carry-within-year"
        yield last if within_year or self.leaves_money else self.horizon, last

    @cached_property
    def conversions(self) -> Counter[int]:
        """How many conversions there are, by year."""
        return Counter(day.year for day in {deposit.leaves for deposit in self.deposits} if day)


def all_sessions(timelines: Iterable[Timeline]) -> list[date]:
    """The sessions whose prices matter to any of some timelines, in order."""
    return sorted({session for plan in timelines for session in plan.sessions})


def timeline(
    contributed: Iterable[tuple[date, int]], policy: Policy, terms: ConversionTerms, years: Years
) -> Timeline:
    """When each contribution lands and leaves under a policy.

    Args:
        contributed: Pay dates and after-tax contributions. [cents]
        policy: The conversion policy.
        terms: The plan's lag, eligibility, rules and opening balance.
        years: The simulated calendar years.
    """
    arrivals = [
        (pay_date, session_on_or_after(bank_days_after(pay_date, terms.deposit_lag)), cents, cents)
        for pay_date, cents in contributed
        if cents > 0
    ]
    opening, first = terms.opening, sessions_of(years.first)[0]
    if opening.after_tax > 0:
        arrivals.insert(0, (first, first, opening.after_tax, opening.basis))
    arrivals.sort(key=lambda arrival: arrival[1])
    leaves, passed_over = departures([lands for _, lands, _, _ in arrivals], policy, terms)
    deposits = (
        Deposit(pay_date, lands, left, amount, basis)
        for (pay_date, lands, amount, basis), left in zip(arrivals, leaves, strict=True)
    )
    return Timeline(years, terms, tuple(deposits), passed_over)


def departures(
    landed: Sequence[date], policy: Policy, terms: ConversionTerms
) -> tuple[list[date | None], Counter[int]]:
    """The day on which each deposit leaves, and the conversion dates passed over, by year.

    A date that the plan's rules forbid is passed over: what was due on it waits for the next one allowed.

    Args:
        landed: Landing sessions, in order.
        policy: The conversion policy.
        terms: The plan's eligibility and thinning rules.
    """
    leaves: list[date | None] = [None] * len(landed)
    passed_over, converted = Counter[int](), Counter[int]()
    left, last = 0, None
    dates = policy.dates(landed, terms.eligibility_days) if terms.conversion.allowed else ()
    for day, due in dates:
        # A date on which nothing is due comes before the rules: it is not passed over, and uses nothing up.
        if due == left:
            continue
        if _forbidden(day, last, converted[day.year], terms):
            passed_over[day.year] += 1
            continue
        leaves[left:due] = [day] * (due - left)
        left, last = due, day
        converted[day.year] += 1
        if left == len(landed):
            break
    return leaves, passed_over


def _forbidden(day: date, last: date | None, this_year: int, terms: ConversionTerms) -> bool:
    """Whether the plan's rules pass a date over; a gap equal to the minimum is allowed."""
    rules = terms.conversion
    too_many = rules.max_per_year is not None and this_year >= rules.max_per_year
    return too_many or (last is not None and (day - last).days < rules.min_days_between)
