"""Departures: the day on which each deposit leaves, by policy and plan, or with a life event."""

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from simulator.conversion.payments import PAYOUT, Payment
from simulator.conversion.policy import Policy
from simulator.conversion.so_far import MovedSoFar
from simulator.conversion.terms import ConversionTerms


class Departures(NamedTuple):
    """When deposits leave.

    Attributes:
        converted: The day on which each is converted; None where it is not.
        paid_out: The day on which a life event pays it out whole; None where none does.
        passed_over: The conversion dates that the plan's rules forbid, by year.
    """

    converted: list[date | None]
    paid_out: list[date | None]
    passed_over: Counter[int]


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

    Args:
        landed: Landing sessions, in order.
        policy: The conversion policy.
        terms: The plan's eligibility and thinning rules.
        clearings: The sessions on which a life event pays out all that is inside, rising.
        so_far: The conversions before them, which the rules count.
        until: The last day on which anything happens; None: whatever has a date leaves.
    """
    leaves: list[date | None] = [None] * len(landed)
    paid_out: list[date | None] = [None] * len(landed)
    passed_over, converted = Counter[int](), Counter[int]()
    left, last = 0, None
    if so_far:
        converted[so_far.through.year], last = so_far.conversions.count, so_far.conversions.last
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

    dates = policy.dates(landed, terms.eligibility_days) if terms.conversion.allowed else ()
    for day, due in dates:
        left = clear(day)  # an event comes before the session's conversions
        if left == len(landed) or (until and day > until):
            break
        # A date on which nothing is due comes before the rules: it is not passed over, and uses nothing up.
        if due <= left:
            continue
        if _forbidden(day, last, converted[day.year], terms):
            passed_over[day.year] += 1
            continue
        leaves[left:due] = [day] * (due - left)
        left, last = due, day
        converted[day.year] += 1
        if left == len(landed):
            break
    clear(date.max)
    return Departures(leaves, paid_out, passed_over)


def _forbidden(day: date, last: date | None, this_year: int, terms: ConversionTerms) -> bool:
    """Whether the plan's rules pass a date over; a gap equal to the minimum is allowed."""
    rules = terms.conversion
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
