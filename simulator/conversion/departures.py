"""Departures: the day on which each deposit leaves, by policy and plan, or with a life event."""

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from simulator.conversion.course import LONGEST_KEPT, MOST_KEPT
from simulator.conversion.payments import PAYOUT, Payment
from simulator.conversion.policy import Policy
from simulator.conversion.so_far import ConversionsSoFar, MovedSoFar
from simulator.conversion.terms import Conversion, ConversionTerms


class Departures(NamedTuple):
    """When deposits leave.

    Attributes:
        converted: The day on which each is converted; None where it is not.
        paid_out: The day on which a life event pays it out whole; None where none does.
        passed_over: The conversion dates that the plan's rules forbid, by year.
    """

    converted: tuple[date | None, ...]
    paid_out: tuple[date | None, ...]
    passed_over: Mapping[int, int]


def departures(
    landed: Sequence[date],
    policy: Policy,
    terms: ConversionTerms,
    clearings: Sequence[date] = (),
    so_far: MovedSoFar | None = None,
    until: date | None = None,
) -> Departures:
    """The day on which each deposit leaves, and the conversion dates passed over.

    A date that the plan's rules forbid is passed over: what was due on it waits for the next one allowed.
    Many who are paid on the same days have the same ones.

    Args:
        landed: Landing sessions, in order.
        policy: The conversion policy.
        terms: The plan's eligibility and thinning rules.
        clearings: The sessions on which a life event pays out all that is inside, rising.
        so_far: The conversions before them, which the rules count.
        until: The last day on which anything happens; None: whatever has a date leaves.
    """
    found = _departures if len(landed) > LONGEST_KEPT else _kept
    rules, eligibility = terms.conversion, terms.eligibility_days
    before = None if so_far is None else (so_far.through.year, so_far.conversions)
    return found(tuple(landed), policy, rules, eligibility, tuple(clearings), before, until)


def _departures(
    landed: tuple[date, ...],
    policy: Policy,
    rules: Conversion,
    eligibility: int,
    clearings: tuple[date, ...],
    so_far: tuple[int, ConversionsSoFar] | None,
    until: date | None,
) -> Departures:
    leaves: list[date | None] = [None] * len(landed)
    paid_out: list[date | None] = [None] * len(landed)
    passed_over, converted = Counter[int](), Counter[int]()
    left, last = 0, None
    if so_far:
        year, before = so_far
        converted[year], last = before.count, before.last
    ahead = deque(clearings)

    def clear(until: date) -> int:
        """How many deposits have left when life events have paid out what was inside until a day."""
        gone = left
        while ahead and ahead[0] <= until:
            session = ahead.popleft()
            inside = bisect_right(landed, session)
            if inside > gone:
                paid_out[gone:inside] = [session] * (inside - gone)
                gone = inside
        return gone

    dates = policy.dates(landed, eligibility) if rules.allowed else ()
    for day, due in dates:
        # A date on which nothing is due comes before the rules: it is not passed over, and uses nothing up.
        if due <= left:
            continue
        left = clear(day)  # an event comes before the session's conversions
        if left == len(landed) or (until and day > until):
            break
        if due <= left:
            continue
        if _forbidden(day, last, converted[day.year], rules):
            passed_over[day.year] += 1
            continue
        leaves[left:due] = [day] * (due - left)
        left, last = due, day
        converted[day.year] += 1
        if left == len(landed):
            break
    clear(date.max)
    return Departures(tuple(leaves), tuple(paid_out), passed_over)


_kept = lru_cache(maxsize=MOST_KEPT)(_departures)


def _forbidden(day: date, last: date | None, this_year: int, rules: Conversion) -> bool:
    """Whether the plan's rules pass a date over; a gap equal to the minimum is allowed."""
    too_many = rules.max_per_year is not None and this_year >= rules.max_per_year
    return too_many or (last is not None and (day - last).days < rules.min_days_between)


def all_payments(payments: Sequence[Payment], landed: Sequence[date]) -> list[Payment]:
    """Payments in order, with one for each session on which money lands after a separation paid out."""
    later = [
        payment.on(session)
        for payment in payments
        if payment.event == PAYOUT
        for session in sorted({session for session in landed if session > payment.session})
    ]
    return sorted([*payments, *later], key=lambda payment: (payment.session, payment.place))
