"""The timeline: which money lands and leaves at which close. All below it is arithmetic.

Schedules, lags, holidays, cadences and the plan's rules are compiled here into sessions, deposits and
the session each deposit leaves on. The ledger and the kernel both read nothing else but prices.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter

from simulator.conversion.amounts import Ways
from simulator.conversion.arrivals import arrivals, first_session
from simulator.conversion.close import Close, Days, Deposit
from simulator.conversion.course import MOST_KEPT, Course, course
from simulator.conversion.departures import all_payments, departures
from simulator.conversion.payments import ROLLOVER, Payment
from simulator.conversion.policy import Policy
from simulator.conversion.so_far import MovedSoFar
from simulator.conversion.terms import ConversionTerms
from simulator.days.calendars import sessions_of
from simulator.days.years import Years

DAYS = attrgetter(*Days._fields)
"""The days of a deposit, without its amounts."""


@dataclass(frozen=True)
class Timeline:
    """A policy's deposits and conversions, compiled for the arithmetic.

    Attributes:
        years: The simulated calendar years.
        terms: The plan's fee, destination, loss rule and opening balances.
        deposits: Every deposit, in the order of landing; the opening balance first.
        passed_over: Conversion dates that the plan's rules forbade, by year.
        payments: What life events pay, in order; those that find nothing inside to clear are left out.
        so_far: What was moved before the first session, where that is not the first of the years.
        until: The last day on which anything happens; None: the end of the last year, and its run-off.
        parked: Whether the subaccount holds another fund than the one that it is converted to.
    """

    years: Years
    terms: ConversionTerms
    deposits: tuple[Deposit, ...]
    passed_over: Mapping[int, int]
    payments: tuple[Payment, ...] = ()
    so_far: MovedSoFar | None = None
    until: date | None = None
    parked: bool = False

    @cached_property
    def course(self) -> Course:
        """On which closes the deposits land and leave: that of all who are paid on the same days."""
        opening = self.terms.opening
        return course(
            tuple(map(DAYS, self.deposits)),
            self.years,
            self.payments,
            first_session(self.years, self.so_far),
            self.so_far.conversions.count if self.so_far else 0,
            self.until,
            self.terms.basis_after_loss == "carry-within-year",
            (bool(opening.after_tax), bool(opening.roth)),
        )

    @property
    def closes(self) -> tuple[Close, ...]:
        """The sessions that matter, in order: landings, conversions, and the years' last sessions."""
        return self.course.closes

    @property
    def leaving(self) -> dict[date, tuple[int, ...]]:
        """The places of the deposits that each conversion takes, by its session."""
        return self.course.leaving

    @property
    def refunded(self) -> dict[int, tuple[int, ...]]:
        """Of each year of which contributions come back, its deposits that have landed by its end."""
        return self.course.refunded

    @property
    def sessions(self) -> tuple[date, ...]:
        """The days of `closes`: those whose prices matter."""
        return self.course.sessions

    @property
    def reported_years(self) -> tuple[int, ...]:
        """Every simulated year, and every year of the run-off."""
        return self.course.reported_years

    @property
    def leaves_money(self) -> bool:
        """Whether some money has no date to leave on."""
        return self.course.leaves_money

    @property
    def first_session(self) -> date:
        """The first session of the first year, or the first one after what came so far."""
        return self.course.first_session

    @property
    def last_session(self) -> date:
        """The last session of the last year, or of what is simulated of it: there policies are compared."""
        return self.course.last_session

    @property
    def horizon(self) -> date:
        """The last session that is waited for: deposits with a date have left, events and years are over."""
        return self.course.horizon

    @property
    def conversions(self) -> Counter[int]:
        """How many conversions there are, by year; those so far included."""
        return self.course.conversions

    @property
    def priced(self) -> frozenset[date]:
        """The sessions that need a price: money moves, a loss or gain is judged, a refund opens the Roth."""
        return self.course.priced

    @property
    def priced_inside(self) -> frozenset[date]:
        """Those on which the fund in the subaccount needs one, whatever the Roth holds."""
        return self.course.priced_inside

    def ends(self, year: int) -> date:
        """The last session of a year that is simulated."""
        return self.course.ends(year)

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

    def converted_within(self, year: int, place: int) -> date | None:
        """When a deposit of a year of which contributions come back has left, before the year's end."""
        leaves = self.deposits[place].leaves
        return leaves if leaves is not None and leaves < sessions_of(year)[-1] else None

    @property
    def unconverted(self) -> int:
        """The deposits that have not left. [cents]"""
        return sum(deposit.amount for deposit in self.deposits if deposit.gone is None)

    @cached_property
    def in_transit_after(self) -> Counter[int]:
        """Deposits that are paid by a year's last session and land after it, by year. [cents]"""
        return Counter(
            {
                year: sum(self.deposits[place].amount for place in places)
                for year, places in self.course.in_transit_after.items()
            }
        )

    @property
    def in_transit(self) -> int:
        """Deposits that have not landed by the last session of the last year. [cents]"""
        return self.in_transit_after[self.years.last]

    @property
    def converted_so_far(self) -> Mapping[int, Mapping[str, int]]:
        """What was converted before the first session, by year and column. [cents]"""
        return {self.years.first: self.so_far.conversions.flows} if self.so_far else {}

    @property
    def taxable_so_far(self) -> int:
        """What of it is taxable. [cents]"""
        return sum(flows["box_2a"] for flows in self.converted_so_far.values())

    def ends_year(self, session: date) -> bool:
        """Whether a session is the last of its year, rather than the last that is simulated of it."""
        return session == sessions_of(session.year)[-1]

    @cached_property
    def years_moved(self) -> set[int]:
        """The years in which something is converted or paid out: those with a form."""
        return set(self.conversions) | {payment.session.year for payment in self.payments}


def all_sessions(timelines: Iterable[Timeline]) -> list[date]:
    """The sessions whose prices matter to any of some timelines, in order."""
    return list(_in_order(tuple([plan.sessions for plan in timelines])))


@lru_cache(maxsize=MOST_KEPT)
def _in_order(sessions: tuple[tuple[date, ...], ...]) -> tuple[date, ...]:
    """All of some days once, in order: the same for everyone who is paid on the same days."""
    return tuple(sorted(set[date]().union(*sessions)))


def each_timeline(
    contributed: Iterable[tuple[date, int]],
    policies: Iterable[Policy],
    terms: ConversionTerms,
    years: Years,
    payments: Sequence[Payment] = (),
    so_far: MovedSoFar | None = None,
    until: date | None = None,
    parked: bool = False,
) -> list[Timeline]:
    """When each contribution lands, and when it leaves under each of some policies.

    Args:
        contributed: Pay dates and after-tax contributions. [cents]
        policies: The conversion policies.
        terms: The plan's lag, eligibility, rules and opening balance.
        years: The simulated calendar years.
        payments: What life events pay, in order.
        so_far: What was moved before, where the simulation begins in the middle of the first year.
        until: The last day on which anything happens; by default what has a date leaves after the years too.
        parked: Whether the subaccount holds another fund than the one that it is converted to.
    """
    arriving = arrivals(contributed, terms, years, so_far, until)
    pay_dates, landed, amounts, bases = zip(*arriving, strict=True) if arriving else ((),) * 4
    payments = [
        payment
        for payment in all_payments(payments, landed)
        if until is None or payment.session <= until
    ]
    clearings = [payment.session for payment in payments if payment.clears]
    found = []
    for policy in policies:
        left = departures(landed, policy, terms, clearings, so_far, until)
        deposits = tuple(
            map(Deposit, pay_dates, landed, left.converted, amounts, bases, left.paid_out)
        )
        paid = tuple(_with_something(payments, left.paid_out))
        plan = Timeline(years, terms, deposits, left.passed_over, paid, so_far, until, parked)
        found.append(plan)
    return found


def _with_something(
    payments: Iterable[Payment], paid_out: Iterable[date | None]
) -> Iterator[Payment]:
    """The payments without those that clear and find nothing inside."""
    found = set(paid_out)
    for payment in payments:
        if not payment.clears:
            yield payment
        elif payment.session in found:
            found.remove(payment.session)  # a second one finds nothing
            yield payment


def timeline(
    contributed: Iterable[tuple[date, int]],
    policy: Policy,
    terms: ConversionTerms,
    years: Years,
    payments: Sequence[Payment] = (),
    so_far: MovedSoFar | None = None,
    until: date | None = None,
    parked: bool = False,
) -> Timeline:
    """When each contribution lands and leaves under one policy: see `each_timeline`."""
    (plan,) = each_timeline(contributed, [policy], terms, years, payments, so_far, until, parked)
    return plan
