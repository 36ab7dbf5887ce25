"""The best dates, and every calendar there is: of a few sessions all subsets can be tried."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.conversion.best_calendar import NoCalendar, best_calendar
from simulator.conversion.calendar_costs import Costs, Landing, Problem
from simulator.days.calendars import sessions_of
from tests.how_many import times
from tests.reference.slow_calendar import calendars

RATES = [Fraction(0), Fraction(1, 4), Fraction(413, 1000), Fraction(1)]
YEARS = (2024, 2025, 2026)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Some deposits, some sessions of one to three years, and any rules."""
    years = YEARS[: draw(st.integers(1, 3))]
    all_sessions = [day for year in years for day in sessions_of(year)]
    near = draw(st.booleans())  # all within some weeks, so that gaps and ties are met
    start = draw(st.integers(0, len(all_sessions) - 30)) if near else 0
    some = st.sampled_from(all_sessions[start : start + 30] if near else all_sessions)
    open_to = set(draw(st.lists(some, min_size=1, max_size=8, unique=True)))
    open_to |= {sessions_of(year)[-1 - draw(st.integers(0, 20))] for year in years}
    amounts = st.sampled_from([1, 100, 100, 200, 250_000]) | st.integers(1, 10**7)
    lands = sorted(draw(st.lists(some, min_size=1, max_size=6)))
    event = draw(st.none() | some)
    apart = st.tuples(st.sampled_from(sorted(open_to)), st.sampled_from(sorted(open_to)))
    made = draw(st.sampled_from([0, 0, 1, 2]))
    before = st.integers(1, 60).map(lambda days: min(open_to) - timedelta(days=days))
    exact = apart.map(lambda days: abs((days[1] - days[0]).days))
    return Problem(
        landings=tuple(_landing(day, draw(amounts), event) for day in lands),
        sessions=tuple(sorted(open_to)),
        annual_return=draw(st.sampled_from([Fraction(0), Fraction(7, 100), Fraction(1, 3)])),
        rates=tuple((year, draw(st.sampled_from(RATES))) for year in years),
        fee=draw(st.sampled_from([0, 0, 1, 10, 2500])),
        waits=draw(st.sampled_from([0, 0, 3, 30, 400])),
        max_per_year=draw(st.sampled_from([None, 1, 1, 2, 3])),
        min_days_between=draw(st.sampled_from([0, 0, 7, 30, 365, 400]) | exact),
        made=made,
        last=draw(before) if made else None,
    )


def _landing(day: date, cents: int, event: date | None) -> Landing:
    return Landing(day, cents, cents, event if event is not None and event >= day else None)


@times(4)
@given(problems())
def test_no_calendar_is_better_nor_as_good_with_fewer_or_earlier_dates(problem: Problem) -> None:
    every = list(calendars(problem))
    if not every:
        with pytest.raises(NoCalendar):
            best_calendar(problem)
        return
    found = best_calendar(problem)
    cost, _, dates = min(every)
    assert found.dates == dates
    assert abs(Fraction(cost) - found.cost) < Fraction(1, 10**8)


@times(1)
@given(problems(), st.integers(1, 10**7), st.integers(0, 2 * 10**7))
def test_an_opening_balance_is_weighed_with_its_own_basis(
    problem: Problem, value: int, basis: int
) -> None:
    first = min(problem.sessions[0], problem.landings[0].lands)
    opening = Landing(first, value, basis)
    rest = tuple(one._replace(paid_out=None) for one in problem.landings)
    problem = problem._replace(landings=(opening, *rest))
    every = list(calendars(problem))
    if every:
        assert best_calendar(problem).dates == min(every)[2]


@times(1)
@given(problems())
def test_the_cost_is_that_of_what_each_conversion_moves(problem: Problem) -> None:
    problem = problem._replace(
        landings=tuple(one._replace(paid_out=None) for one in problem.landings)
    )
    try:
        found = best_calendar(problem)
    except NoCalendar:
        return
    moved = list(Costs(problem).moved(found.dates))
    assert sum(one.tax + problem.fee for one in moved) == found.cost
    basis = sum(one.contributed for one in Costs(problem).moved(found.all_dates))
    assert basis == sum(one.basis for one in problem.landings), "with the tail all of it leaves"


@times(1)
@given(problems())
def test_the_tail_keeps_the_gap_and_begins_after_the_last_year(problem: Problem) -> None:
    try:
        found = best_calendar(problem)
    except NoCalendar:
        return
    if found.tail is None:
        return
    assert found.tail.year > problem.sessions[-1].year
    waits = timedelta(days=problem.waits)
    assert any(one.lands + waits <= found.tail for one in problem.landings)
    if found.dates:
        assert (found.tail - found.dates[-1]).days >= problem.min_days_between
