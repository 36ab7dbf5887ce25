"""What a calendar of conversions costs on the expected path: tax on the gains that it moves, and fees.

Whole numbers of one small unit, so that sums are exact and equal calendars are equal.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import NamedTuple

from simulator.days.calendars import session_on_or_after

DIGITS = 40
"""Of which growth is worked out."""

ONE = 10**20
"""A dollar's growth is a whole number of these parts of it: a trillion dollars to a millionth of a cent."""

DAYS_A_YEAR = 365


class Landing(NamedTuple):
    """Money that lands in the after-tax subaccount.

    Attributes:
        lands: The session at whose close it buys.
        amount: What it buys for. [cents]
        basis: The contributions it brings; its amount, except in an opening balance. [cents]
        paid_out: The session on which a life event pays out what is inside then; None where none does.
    """

    lands: date
    amount: int
    basis: int
    paid_out: date | None = None


class Problem(NamedTuple):
    """What the dates are chosen for.

    Attributes:
        landings: The money, in the order of landing.
        sessions: Those open to choose from, rising; by the last one of a year what is due then has left.
        annual_return: By how much the fund is expected to grow, not below 0. [fraction a year]
        rates: Years, each with the tax on a dollar of gain in it; 1 where gains themselves are weighed.
        fee: Of one conversion. [cents]
        waits: From landing to the first possible conversion. [calendar days]
        max_per_year: Conversions in a calendar year at most; None for any number.
        min_days_between: From one conversion to the next at least. [calendar days]
        made: Conversions of the first year before its first session here.
        last: The day of the last one; None where none matters.
    """

    landings: tuple[Landing, ...]
    sessions: tuple[date, ...]
    annual_return: Fraction
    rates: tuple[tuple[int, Fraction], ...]
    fee: int = 0
    waits: int = 0
    max_per_year: int | None = None
    min_days_between: int = 0
    made: int = 0
    last: date | None = None


class Moved(NamedTuple):
    """What one conversion of a calendar is expected to move.

    Attributes:
        day: Its session.
        contributed: The basis in it. [cents]
        gain: What it has earned. [cents]
        tax: At the rate of its year; without one the gain. [cents]
    """

    day: date
    contributed: int
    gain: Fraction
    tax: Fraction


class Growth:
    """What a dollar grows to on the expected path: the same for as many days, whenever they are.

    Args:
        annual_return: By how much the fund grows, not below 0. [fraction a year]
    """

    def __init__(self, annual_return: Fraction):
        with localcontext(prec=DIGITS):
            grown = 1 + annual_return
            self._log = (Decimal(grown.numerator) / grown.denominator).ln()
        self._known: dict[int, int] = {}

    def after(self, days: int) -> int:
        """What it has become after some calendar days. [1 / `ONE`]"""
        if days not in self._known:
            with localcontext(prec=DIGITS):
                self._known[days] = round((self._log * days / DAYS_A_YEAR).exp() * ONE)
        return self._known[days]


class Costs:
    """The costs of a problem; a deposit is told by its place.

    Attributes:
        deposits: The money that can be converted at all, that of one session together.
        waits: From landing to the first possible conversion.
        unit: How many units a cent has.
        fee: Of one conversion. [units]
    """

    def __init__(self, problem: Problem):
        self.waits = timedelta(days=problem.waits)
        self.deposits = self._together(problem.landings)
        self._growth = Growth(problem.annual_return)
        whole = lcm(*(rate.denominator for _, rate in problem.rates))
        self._rates = {year: int(rate * whole) for year, rate in problem.rates}
        self.unit = whole * ONE
        self.fee = problem.fee * self.unit
        self._convertible = [deposit.lands + self.waits for deposit in self.deposits]
        # Each event takes all that is inside: those that are paid out come first, in their order.
        self._paid_out = [one.paid_out for one in self.deposits if one.paid_out is not None]
        last = problem.sessions[-1]
        paid = zip(self._paid_out, self.deposits, strict=False)
        by_event = (self._cost(one, day) if day <= last else 0 for day, one in paid)
        self._by_event = list(accumulate(by_event, initial=0))

    def _together(self, landings: Iterable[Landing]) -> list[Landing]:
        """Contributions of one session as one; without those that an event takes before they may leave."""
        found: list[Landing] = []
        for landing in landings:
            if landing.paid_out and landing.paid_out <= session_on_or_after(
                landing.lands + self.waits
            ):
                continue
            last = found[-1] if found else None
            if (
                last
                and last.lands == landing.lands
                and last.amount == last.basis
                and landing.amount == landing.basis
            ):
                cents = last.amount + landing.amount
                found[-1] = last._replace(amount=cents, basis=cents)
            else:
                found.append(landing)
        return found

    def due(self, day: date) -> int:
        """How many deposits are convertible by a day, gone or not."""
        return bisect_right(self._convertible, day)

    def paid_out(self, day: date) -> int:
        """How many are gone by a day by life events, if not by a conversion."""
        return bisect_right(self._paid_out, day)

    def running(self, day: date, since: int) -> list[int]:
        """The tax on the gains of the deposits due on a session, summed from one place on. [units]"""
        due = self.deposits[since : self.due(day)]
        return list(accumulate((self._cost(deposit, day) for deposit in due), initial=0))

    def of_paid_out(self, since: int, until: int) -> int:
        """The tax on the gains of deposits that life events have taken. [units]"""
        return self._by_event[until] - self._by_event[since] if until > since else 0

    def _cost(self, deposit: Landing, day: date) -> int:
        return self._gain(deposit, day) * self._rates[day.year]

    def _gain(self, deposit: Landing, day: date) -> int:
        """What a deposit has earned by a session, at least 0. [1 / `ONE` of a cent]"""
        grown = deposit.amount * self._growth.after((day - deposit.lands).days)
        return max(0, grown - deposit.basis * ONE)

    def moved(self, days: Sequence[date]) -> Iterator[Moved]:
        """What each conversion of a calendar is expected to move, and the tax on it.

        Args:
            days: Sessions, rising; one after the last year is taxed as that year is.
        """
        left = 0
        for day in days:
            due = self.due(day)
            leaving = self.deposits[max(left, self.paid_out(day)) : due]
            gain = Fraction(sum(self._gain(deposit, day) for deposit in leaving), ONE)
            rate = Fraction(self._rates[min(day.year, max(self._rates))] * ONE, self.unit)
            basis = sum(deposit.basis for deposit in leaving)
            yield Moved(day, basis, gain, gain * rate)
            left = max(left, due)
