"""The best dates where they are known: worked examples, and rules whose outcome a calendar shows.

The examples are twelve deposits of $2,500.00 on the 20th of each month of 2025, or the session after it, at
7% and 41.3%. Their figures were worked out by another program.
"""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from simulator.conversion.best_calendar import BestCalendar, NoCalendar, best_calendar
from simulator.conversion.calendar_costs import Landing, Problem
from simulator.days.calendars import session_on_or_after, sessions_of
from simulator.money import half_up


def twelve(growth: Fraction = Fraction(7, 100), /, cutoff: int = 0, **rules: Any) -> BestCalendar:
    """The best calendar of the examples under some rules."""
    landings = tuple(
        Landing(session_on_or_after(date(2025, month, 20)), 2_500_00, 2_500_00)
        for month in range(1, 13)
    )
    sessions = sessions_of(2025)
    return best_calendar(
        Problem(
            landings,
            sessions[: len(sessions) - cutoff],
            growth,
            ((2025, Fraction(413, 1000)),),
            **rules,
        )
    )


def days(*written: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, written))


EXAMPLES = [
    ({"max_per_year": 1}, ["2025-12-22"], 396_52),
    ({"max_per_year": 2}, ["2025-06-20", "2025-12-22"], 177_33),
    ({"max_per_year": 2, "min_days_between": 90}, ["2025-06-20", "2025-12-22"], 177_33),
    (
        {"max_per_year": 4, "min_days_between": 90},
        ["2025-03-20", "2025-06-20", "2025-09-22", "2025-12-22"],
        70_77,
    ),
    (
        {"fee": 10_00},
        [f"2025-{day}" for day in ("02-20", "04-21", "06-20", "08-20", "10-20", "12-22")],
        95_12,
    ),
    (
        {"min_days_between": 45, "fee": 15_00},
        [f"2025-{day}" for day in ("02-20", "04-21", "06-20", "08-20", "10-20", "12-22")],
        125_12,
    ),
    ({"max_per_year": 3, "fee": 25_00}, ["2025-04-21", "2025-08-20", "2025-12-22"], 181_15),
    ({"max_per_year": 2, "waits": 30}, ["2025-06-20", "2025-12-22"], 213_36),
]


@pytest.mark.parametrize(("rules", "dates", "objective"), EXAMPLES)
def test_the_examples_have_these_dates_and_this_cost(
    rules: dict[str, Any], dates: list[str], objective: int
) -> None:
    found = twelve(**rules)
    assert found.dates == days(*dates)
    assert half_up(found.cost) == objective
    assert (
        found.searched == 250
    )  # sessions of 2025: 365 days, less 104 of weekends, 10 holidays, Jan. 9


def test_without_growth_one_conversion_is_enough_on_the_earliest_day_that_takes_all() -> None:
    found = twelve(Fraction(0), max_per_year=4)
    assert (found.dates, found.cost) == (days("2025-12-22"), Fraction(0))


def test_what_must_wait_beyond_the_year_leaves_as_one_date_in_the_next() -> None:
    """December 22 and thirty days are January 21."""
    assert twelve(max_per_year=2, waits=30).tail == date(2026, 1, 21)
    assert twelve(max_per_year=2, waits=9).tail is None
    assert twelve(max_per_year=2, waits=10).tail == date(2026, 1, 2)  # after January 1


def test_the_tail_waits_for_the_gap_too() -> None:
    """November 20's deposit can first be converted on December 22; 60 days on is February 20."""
    found = twelve(max_per_year=1, waits=30, min_days_between=60)
    assert found.dates == days("2025-12-22")
    assert found.tail == date(2026, 2, 20)


def test_what_lands_after_the_cutoff_is_not_converted_in_its_year() -> None:
    """Six sessions before December 31 is December 22; seven before it is December 19."""
    assert twelve(max_per_year=1, cutoff=6).all_dates == days("2025-12-22")
    assert twelve(max_per_year=1, cutoff=7).all_dates == days("2025-11-20", "2026-01-02")


def test_of_dates_that_cost_the_same_the_earlier_ones_are_taken() -> None:
    """Three equal deposits thirty days apart, two conversions: the first or the second deposit waits."""
    lands = days("2025-03-03", "2025-04-02", "2025-05-02")
    landings = tuple(Landing(day, 1_000_00, 1_000_00) for day in lands)
    rates = ((2025, Fraction(1)),)
    problem = Problem(landings, sessions_of(2025), Fraction(7, 100), rates, max_per_year=2)
    assert best_calendar(problem).dates == days("2025-03-03", "2025-05-02")


@pytest.mark.parametrize(("fee", "number"), [(99_61, 2), (99_62, 1)])
def test_a_conversion_is_made_where_it_saves_more_than_its_fee(fee: int, number: int) -> None:
    """What doubles in a year: $100 gain $0.38 in two days, 100 (2^(2/365) - 1), and $100 in the year.

    A conversion after two days saves $99.6195.
    """
    landings = tuple(Landing(day, 100_00, 100_00) for day in days("2024-12-31", "2025-12-31"))
    sessions, rates = days("2025-01-02", "2025-12-31"), ((2025, Fraction(1)),)
    problem = Problem(landings, sessions, Fraction(1), rates, fee)
    assert len(best_calendar(problem).dates) == number


def test_a_gap_equal_to_the_minimum_is_allowed() -> None:
    """From June 20 to December 22, 2025 there are 185 days."""
    assert twelve(max_per_year=2, min_days_between=185).dates == days("2025-06-20", "2025-12-22")
    apart = twelve(max_per_year=2, min_days_between=186).dates
    assert (apart[1] - apart[0]).days >= 186


def test_a_lower_rate_in_the_next_year_does_not_keep_money_over_a_years_end() -> None:
    landings = tuple(Landing(day, 100_00, 100_00) for day in days("2025-06-02", "2026-06-02"))
    rates = ((2025, Fraction(1, 2)), (2026, Fraction(0)))
    sessions = (*sessions_of(2025), *sessions_of(2026))
    problem = Problem(landings, sessions, Fraction(7, 100), rates, fee=1)
    assert [day.year for day in best_calendar(problem).dates] == [2025, 2026]


def test_an_opening_below_its_basis_is_taxed_only_when_it_has_recovered() -> None:
    """$100 with a basis of $104: 4% at 7% take 0.04 / ln 1.07 x 365, some 211 days; July is soon enough."""
    opening = Landing(date(2025, 1, 2), 100_00, 104_00)
    later = Landing(date(2025, 7, 1), 100_00, 100_00)
    rates = ((2025, Fraction(1)),)
    problem = Problem((opening, later), sessions_of(2025), Fraction(7, 100), rates, max_per_year=2)
    found = best_calendar(problem)
    assert (found.dates, found.cost) == (days("2025-07-01"), Fraction(0))


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"max_per_year": 1, "min_days_between": 400}, "at most 1 a year and 400 days between"),
        ({"min_days_between": 400}, "400 days between"),
    ],
)
def test_where_the_rules_leave_no_date_the_year_is_named(rules: dict[str, Any], said: str) -> None:
    """What lands in December 2025 leaves then, and 400 days later it is 2027."""
    landings = tuple(Landing(day, 1_00, 1_00) for day in days("2025-12-22", "2026-06-22"))
    rates = ((2025, Fraction(1)), (2026, Fraction(1)))
    sessions = (*sessions_of(2025), *sessions_of(2026))
    problem = Problem(landings, sessions, Fraction(0), rates, **rules)
    with pytest.raises(NoCalendar, match=f"^best: with {said}, nothing can be converted in 2026$"):
        best_calendar(problem)


def test_what_a_life_event_pays_out_needs_no_conversion() -> None:
    """Paid out on June 2, a deposit of May is not waited for; one of July is converted."""
    event = date(2025, 6, 2)
    landings = (
        Landing(date(2025, 5, 1), 100_00, 100_00, event),
        Landing(date(2025, 7, 1), 100_00, 100_00),
    )
    problem = Problem(
        landings, sessions_of(2025), Fraction(7, 100), ((2025, Fraction(1)),), fee=50_00
    )
    assert best_calendar(problem).dates == days("2025-07-01")
