"""The best calendar by trying every one: all subsets of some sessions, deposit by deposit."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import combinations, pairwise

from simulator.conversion.calendar_costs import Landing, Problem
from simulator.days.calendars import session_on_or_after

Ranked = tuple[Decimal, int, tuple[date, ...]]
"""What a calendar costs in cents, how many conversions it has, and their dates: the least is the best."""


def calendars(problem: Problem) -> Iterator[Ranked]:
    """Every calendar that the rules allow."""
    for number in range(len(problem.sessions) + 1):
        for dates in combinations(problem.sessions, number):
            if _allowed(problem, dates) and (cost := _cost(problem, dates)) is not None:
                yield cost, number, dates


def _allowed(problem: Problem, dates: tuple[date, ...]) -> bool:
    """Whether a calendar keeps the gap and the number a year."""
    all_dates = (problem.last, *dates) if problem.last else dates
    near = any((later - day).days < problem.min_days_between for day, later in pairwise(all_dates))
    numbers = Counter(day.year for day in dates)
    if dates and dates[0].year == problem.sessions[0].year:
        numbers[dates[0].year] += problem.made
    most = problem.max_per_year or max(numbers.values(), default=0)
    return not near and all(number <= most for number in numbers.values())


def _cost(problem: Problem, dates: tuple[date, ...]) -> Decimal | None:
    """What a calendar costs, to a billionth of a cent.

    None where a conversion has nothing to move, or something due stays inside at a year's end.
    """
    year_ends = {
        max(day for day in problem.sessions if day.year == year) for year, _ in problem.rates
    }
    inside = [one for one in problem.landings if _convertible(problem, one)]
    events = {one.paid_out for one in inside if one.paid_out and one.paid_out <= max(year_ends)}
    cost = Decimal(0)
    for day in sorted({*year_ends, *events, *dates}):
        for one in [one for one in inside if one.paid_out == day]:
            cost += _tax(problem, one, day)
            inside.remove(one)
        due = [one for one in inside if one.lands + timedelta(days=problem.waits) <= day]
        if day in dates:
            if not due:
                return None
            cost += problem.fee + sum(_tax(problem, one, day) for one in due)
            inside = [one for one in inside if one not in due]
        elif day in year_ends and due:
            return None
    return round(cost, 9)


def _convertible(problem: Problem, landing: Landing) -> bool:
    """Whether a deposit may leave before a life event takes it."""
    first = session_on_or_after(landing.lands + timedelta(days=problem.waits))
    return landing.paid_out is None or landing.paid_out > first


@lru_cache(10_000)
def _tax(problem: Problem, landing: Landing, day: date) -> Decimal:
    with localcontext(prec=50):
        grown = 1 + Decimal(problem.annual_return.numerator) / problem.annual_return.denominator
        growth = grown ** (Decimal((day - landing.lands).days) / 365)
        rate = dict(problem.rates)[day.year]
        gain = max(Decimal(0), landing.amount * growth - landing.basis)
        return gain * rate.numerator / rate.denominator
