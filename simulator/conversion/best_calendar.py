"""The best calendar: the dates on which to convert, under the rules of a plan, found without looking ahead.

The fund is expected to grow evenly; of all calendars that the rules allow, the one is found that costs least
on that path: exactly, not by trying some. A calendar is then followed whatever the fund does.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from simulator.conversion.calendar_costs import Costs, Problem
from simulator.days.calendars import session_on_or_after
from simulator.refusal import Refused


class BestCalendar(NamedTuple):
    """The dates that cost least.

    Attributes:
        dates: The sessions on which to convert, rising; the tail's is not among them.
        tail: The session after the last year on which what was not convertible by its end leaves; None where
            there is no such money.
        cost: Expected tax on the gains and fees of the dates, exact; without a rate the gains. [cents]
        searched: How many sessions were open to choose from.
    """

    dates: tuple[date, ...]
    tail: date | None
    cost: Fraction
    searched: int

    @property
    def all_dates(self) -> tuple[date, ...]:
        """The tail's session too."""
        return self.dates if self.tail is None else (*self.dates, self.tail)


class NoCalendar(Refused):
    """The rules of a plan leave no date for money that is due."""

    def __init__(self, problem: Problem, year: int):
        often = f"at most {problem.max_per_year} a year" if problem.max_per_year else ""
        apart = f"{problem.min_days_between} days between" if problem.min_days_between else ""
        rules = " and ".join(filter(None, (often, apart)))
        if problem.made and year == problem.sessions[0].year:
            rules += f", and {problem.made} made so far"
        super().__init__(f"best: with {rules}, nothing can be converted in {year}")


class Begun(NamedTuple):
    """A calendar up to a session. Of two the lesser is better: cost, then how many, then the earlier dates.

    Attributes:
        cost: What they cost. [units of `Costs`]
        number: How many they are.
        dates: Their sessions.
    """

    cost: int
    number: int
    dates: tuple[date, ...]


class Made(NamedTuple):
    """A calendar that ends with a conversion.

    Attributes:
        of_year: Which of its year's conversions it ends with, from 1; always 1 where none is counted.
        left: How many deposits have left.
        begun: The calendar up to it.
    """

    of_year: int
    left: int
    begun: Begun


Pool = dict[int, Begun]
"""The best calendar begun, by how many deposits have left."""


@lru_cache(maxsize=64)
def best_calendar(problem: Problem) -> BestCalendar:
    """The calendar that costs least; of equals the one with fewer conversions, then the earlier dates.

    What a conversion costs depends on those before it only by which deposits they have taken. So of all
    calendars that have taken as many, with as many conversions in the year, only the best is followed.

    Args:
        problem: Money, sessions, growth, rates and rules.

    Raises:
        NoCalendar: The rules leave no date for money that is due by a year's end.
    """
    costs = Costs(problem)
    search = _Search(problem, costs)
    for year, sessions in groupby(problem.sessions, key=lambda day: day.year):
        day = None
        for day in sessions:
            search.admit(day)
            search.convert(day)
        assert day is not None, "a group has a session"
        if not search.close(day):
            raise NoCalendar(problem, year)
    end = problem.sessions[-1]
    best = min(search.ended(end))
    tail = _tail(problem, costs, end, best.dates[-1] if best.dates else problem.last)
    cost = Fraction(best.cost, costs.unit)
    return BestCalendar(best.dates, tail, cost, len(problem.sessions))


class _Search:
    """All calendars that are still followed.

    Attributes:
        earlier: Those that may go on with the first conversion of a year.
        this_year: Those that have converted in the year, by how often.
        waiting: Those whose last conversion is too near, in its order.
        least: How many deposits have left under the one that has moved fewest.
        begins: The first day on which the last conversion before lets another be.
    """

    def __init__(self, problem: Problem, costs: Costs):
        self.problem, self.costs = problem, costs
        self.earlier: Pool = {0: Begun(0, 0, ())}
        self.this_year: dict[int, Pool] = {}
        if problem.made and problem.max_per_year is not None:
            self.earlier, self.this_year = {}, {problem.made: self.earlier}
        self.begins = problem.last and problem.last + timedelta(days=problem.min_days_between)
        self.waiting: deque[Made] = deque()
        self.least = 0

    def admit(self, day: date) -> None:
        """Lets those go on whose last conversion is long enough ago."""
        gap, counts = self.problem.min_days_between, self.problem.max_per_year is not None
        while self.waiting and (day - self.waiting[0].begun.dates[-1]).days >= gap:
            made = self.waiting.popleft()
            same_year = counts and made.begun.dates[-1].year == day.year
            pool = self.this_year.setdefault(made.of_year, {}) if same_year else self.earlier
            _keep(pool, made.left, made.begun)

    def convert(self, day: date) -> None:
        """Every calendar goes on with a conversion, where something is due and the rules allow."""
        costs, most = self.costs, self.problem.max_per_year
        due, paid_out = costs.due(day), costs.paid_out(day)
        if max(self.least, paid_out) >= due or (self.begins and day < self.begins):
            return
        running = costs.running(day, self.least)

        def together(left: int, begun: Begun) -> int:
            """What a calendar costs with the tax on all that is due; the fee is the same for each. [units]"""
            inside = max(left, paid_out)
            gains = running[-1] - running[inside - self.least]
            return begun.cost + gains + costs.of_paid_out(left, inside)

        pools = [(1, self.earlier)]
        pools += [
            (made + 1, pool) for made, pool in self.this_year.items() if most is None or made < most
        ]
        for of_year, pool in pools:
            able = [one for one in pool.items() if one[0] < due]
            if not able:
                continue
            cost, number, dates = min((together(left, begun), *begun[1:]) for left, begun in able)
            begun = Begun(cost + costs.fee, number + 1, (*dates, day))
            self.waiting.append(Made(of_year, due, begun))

    def close(self, day: date) -> bool:
        """Ends a year: those that leave something inside that is due are given up. Whether one remains."""
        for pool in self.this_year.values():
            for left, begun in pool.items():
                _keep(self.earlier, left, begun)
        self.this_year = {}
        due = self.costs.due(day)
        if self.costs.paid_out(day) < due:
            self.earlier = {left: one for left, one in self.earlier.items() if left >= due}
            self.waiting = deque(made for made in self.waiting if made.left >= due)
        lefts = [*self.earlier, *(made.left for made in self.waiting)]
        self.least = min(lefts, default=due)
        return bool(lefts)

    def ended(self, day: date) -> Iterator[Begun]:
        """All of them, with what life events have paid out since their last conversion."""
        paid_out = self.costs.paid_out(day)
        waiting = ((made.left, made.begun) for made in self.waiting)
        for left, begun in (*self.earlier.items(), *waiting):
            rest = self.costs.of_paid_out(left, max(left, paid_out))
            yield begun._replace(cost=begun.cost + rest)


def _keep(pool: Pool, left: int, begun: Begun) -> None:
    """Puts a calendar into a pool where it is the best of those that have moved as many deposits."""
    pool[left] = min(begun, pool.get(left, begun))


def _tail(problem: Problem, costs: Costs, end: date, last: date | None) -> date | None:
    """The session after the last year on which the rest leaves: all of it is convertible by then."""
    rest = costs.deposits[costs.due(end) :]
    if not rest:
        return None
    days = [date(end.year + 1, 1, 1), *(deposit.lands + costs.waits for deposit in rest)]
    if last is not None:
        days.append(last + timedelta(days=problem.min_days_between))
    day = session_on_or_after(max(days))
    return day if any(one.paid_out is None or one.paid_out > day for one in rest) else None
