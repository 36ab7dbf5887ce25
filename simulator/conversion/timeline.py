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

from simulator.conversion.amounts import Ways
from simulator.conversion.departures import all_payments, departures
from simulator.conversion.payments import REFUND, ROLLOVER, Payment
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
        paid_out: The session at whose close a life event pays it out, whole; None where none does.
    """

    pay_date: date
    lands: date
    leaves: date | None
    amount: int
    basis: int
    paid_out: date | None = None

    @property
    def gone(self) -> date | None:
        """The session at whose close it is no longer there; None if it stays."""
        return self.leaves or self.paid_out


class Due(NamedTuple):
    """A payment of a life event, and the places of the deposits that leave with it whole."""

    payment: Payment
    leaving: tuple[int, ...]


class Close(NamedTuple):
    """What happens at the close of one session, after the price has moved.

    Attributes:
        session: The day.
        landing: Places of the deposits that land, in `Timeline.deposits`.
        leaving: Places of the deposits that are converted together.
        year_end: The last session of its calendar year where it is that one, or stands for it: a run-off
            that leaves nothing behind ends with its last conversion, and needs no later price.
        due: What life events pay, in their order: before the conversions, but for what exceeds 415(c).
    """

    session: date
    landing: tuple[int, ...]
    leaving: tuple[int, ...]
    year_end: date | None
    due: tuple[Due, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """A policy's deposits and conversions, compiled for the arithmetic.

    Attributes:
        years: The simulated calendar years.
        terms: The plan's fee, destination, loss rule and opening balances.
        deposits: Every deposit, in the order of landing; the opening balance first.
        passed_over: Conversion dates that the plan's rules forbade, by year.
        payments: What life events pay, in order; those that find nothing inside to clear are left out.
    """

    years: Years
    terms: ConversionTerms
    deposits: tuple[Deposit, ...]
    passed_over: Mapping[int, int]
    payments: tuple[Payment, ...] = ()

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
                self._due.get(session, ()),
            )
            for session in sorted({first, *landing, *self.leaving, *year_ends, *self._due})
        )

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
        for place, deposit in enumerate(self.deposits):
            if deposit.paid_out:
                paid_out.setdefault(deposit.paid_out, []).append(place)
        return {session: tuple(places) for session, places in paid_out.items()}

    @cached_property
    def refunded(self) -> dict[int, tuple[int, ...]]:
        """Of each year of which contributions come back, its deposits that have landed by its end."""
        opening = bool(self.terms.opening.after_tax)
        return {
            payment.year: tuple(
                place
                for place, deposit in enumerate(self.deposits)
                if deposit.pay_date.year == deposit.lands.year == payment.year
                and not (opening and place == 0)
            )
            for payment in self.payments
            if payment.event == REFUND
        }

    def ways(self, year: int | None = None) -> Ways:
        """By which ways life events take money out, in a year or in all."""
        some = (payment for payment in self.payments if year in (None, payment.session.year))
        return frozenset(way for payment in some for way in payment.ways)

    @cached_property
    def rollovers(self) -> frozenset[int]:
        """The years in which a payout is on the form of the conversions."""
        return frozenset(
            payment.session.year for payment in self.payments if payment.code == ROLLOVER
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
        return any(deposit.gone is None for deposit in self.deposits)

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
        """The last session that is waited for: deposits with a date have left, events and years are over.

        Where money stays behind, what it is worth is taken at the last session of this one's year.
        """
        left = (deposit.gone for deposit in self.deposits if deposit.gone is not None)
        paid = (payment.session for payment in self.payments)
        return max((self.last_session, *left, *paid))

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

    @cached_property
    def years_moved(self) -> set[int]:
        """The years in which something is converted or paid out: those with a form."""
        return set(self.conversions) | {payment.session.year for payment in self.payments}


def all_sessions(timelines: Iterable[Timeline]) -> list[date]:
    """The sessions whose prices matter to any of some timelines, in order."""
    return sorted({session for plan in timelines for session in plan.sessions})


def timeline(
    contributed: Iterable[tuple[date, int]],
    policy: Policy,
    terms: ConversionTerms,
    years: Years,
    payments: Sequence[Payment] = (),
) -> Timeline:
    """When each contribution lands and leaves under a policy.

    Args:
        contributed: Pay dates and after-tax contributions. [cents]
        policy: The conversion policy.
        terms: The plan's lag, eligibility, rules and opening balance.
        years: The simulated calendar years.
        payments: What life events pay, in order.
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
    landed = [lands for _, lands, _, _ in arrivals]
    payments = all_payments(payments, landed)
    clearings = [payment.session for payment in payments if payment.clears]
    left = departures(landed, policy, terms, clearings)
    deposits = tuple(
        Deposit(pay_date, lands, leaves, amount, basis, paid_out)
        for (pay_date, lands, amount, basis), leaves, paid_out in zip(
            arrivals, left.converted, left.paid_out, strict=True
        )
    )
    found = {deposit.paid_out for deposit in deposits}
    paid = []
    for payment in payments:
        if not payment.clears or payment.session in found:
            found -= {payment.session} if payment.clears else set()  # a second one finds nothing
            paid.append(payment)
    return Timeline(years, terms, deposits, left.passed_over, tuple(paid))
