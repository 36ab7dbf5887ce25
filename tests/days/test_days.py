"""Bank days and sessions: which days are closed, where pay dates move, and the years of 27 and 53."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from simulator.days.calendars import (
    TABLE_YEARS,
    bank_days_after,
    is_bank_day,
    preceding_bank_day,
    session_on_or_after,
    session_on_or_before,
    sessions_of,
)
from simulator.days.years import Years
from simulator.payroll.pay import Pay

ONE_DAY = timedelta(days=1)
MONDAY, THURSDAY = 0, 3


def weekdays(year: int) -> Iterator[date]:
    """Monday to Friday of a year."""
    days = (date(year, 1, 1) + n * ONE_DAY for n in range(366))
    return (day for day in days if day.year == year and day.weekday() < 5)


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second, ... such weekday of a month."""
    first = date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (number - 1)) * ONE_DAY


def last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - last.weekday() * ONE_DAY


def federal_reserve_closures(year: int) -> set[date]:
    """The Federal Reserve's rule by hand: a Sunday closes the Monday, a Saturday closes nothing.

    Source: Federal Reserve Financial Services, holiday schedule. Martin Luther King's birthday is kept
    since 1986, Juneteenth since 2021 (Public Law 117-17).
    """
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    if year >= 2021:
        fixed.append(date(year, 6, 19))
    moved = {day + ONE_DAY if day.weekday() == 6 else day for day in fixed if day.weekday() != 5}
    return moved | {
        nth(year, 1, MONDAY, 3),
        nth(year, 2, MONDAY, 3),
        last_monday_of_may(year),
        nth(year, 9, MONDAY, 1),
        nth(year, 10, MONDAY, 2),
        nth(year, 11, THURSDAY, 4),
    }


def easter(year: int) -> date:
    """Easter Sunday. Source: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return date(year, month, day + 1)


# The table and the library


def test_the_shipped_table_covers_1999_to_2060() -> None:
    assert (TABLE_YEARS[0], TABLE_YEARS[-1]) == (1999, 2060)


@pytest.mark.parametrize("year", [2061, 2070, 2082])
def test_years_beyond_the_table_follow_the_same_rules(year: int) -> None:
    assert {day for day in weekdays(year) if not is_bank_day(day)} == federal_reserve_closures(year)
    assert easter(year) - 2 * ONE_DAY not in sessions_of(year)


# Sessions


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2001, 9, 11), "attacks of September 11"),
        (date(2001, 9, 12), "attacks of September 11"),
        (date(2001, 9, 13), "attacks of September 11"),
        (date(2001, 9, 14), "attacks of September 11"),
        (date(2004, 6, 11), "mourning for President Reagan"),
        (date(2007, 1, 2), "mourning for President Ford"),
        (date(2012, 10, 29), "Hurricane Sandy"),
        (date(2012, 10, 30), "Hurricane Sandy"),
        (date(2018, 12, 5), "mourning for President Bush"),
        (date(2025, 1, 9), "mourning for President Carter"),
    ],
)
def test_the_exchange_was_closed_on_special_days_and_the_banks_were_open(
    day: date, reason: str
) -> None:
    """Source: NYSE, special closings."""
    assert day not in sessions_of(day.year), reason
    assert is_bank_day(day), reason


def test_the_sessions_around_special_closures_were_held() -> None:
    assert session_on_or_before(date(2001, 9, 16)) == date(2001, 9, 10)
    assert session_on_or_after(date(2001, 9, 11)) == date(2001, 9, 17)
    assert session_on_or_after(date(2012, 10, 29)) == date(2012, 10, 31)
    assert session_on_or_before(date(2025, 1, 9)) == date(2025, 1, 8)


def test_a_year_has_the_sessions_that_the_exchange_counted() -> None:
    """Source: NYSE trading days: 248 in 2001, 250 in 2012 and 2025, 252 in 2024, 251 in 2026."""
    counted = {year: len(sessions_of(year)) for year in (2001, 2012, 2024, 2025, 2026)}
    assert counted == {2001: 248, 2012: 250, 2024: 252, 2025: 250, 2026: 251}


def test_the_next_session_may_lie_in_the_next_year_and_the_last_one_in_the_year_before() -> None:
    assert session_on_or_after(date(2023, 12, 30)) == date(2024, 1, 2)
    assert session_on_or_before(date(2024, 1, 1)) == date(2023, 12, 29)


# Bank days


@pytest.mark.parametrize("year", range(1999, 2061))
def test_bank_days_follow_the_federal_reserves_rule(year: int) -> None:
    """From the first year that may be simulated to the table's end."""
    assert {day for day in weekdays(year) if not is_bank_day(day)} == federal_reserve_closures(year)


def test_no_weekend_is_a_bank_day_or_a_session() -> None:
    weekend = [date(2026, 7, 4), date(2026, 7, 5), date(2025, 11, 1), date(2025, 11, 2)]
    assert not any(is_bank_day(day) or day in sessions_of(day.year) for day in weekend)


@pytest.mark.parametrize(
    ("holiday", "friday"),
    [
        (date(2026, 7, 4), date(2026, 7, 3)),
        (date(2021, 12, 25), date(2021, 12, 24)),
        (date(2027, 6, 19), date(2027, 6, 18)),
    ],
)
def test_a_holiday_on_a_saturday_closes_no_bank_and_closes_the_exchange_on_the_friday(
    holiday: date, friday: date
) -> None:
    assert holiday.weekday() == 5
    assert is_bank_day(friday)
    assert friday not in sessions_of(friday.year)


def test_new_years_day_on_a_saturday_closes_neither_on_the_friday() -> None:
    """NYSE Rule 7.2 keeps December 31 open, the end of an accounting period."""
    assert date(2022, 1, 1).weekday() == 5
    assert is_bank_day(date(2021, 12, 31))
    assert date(2021, 12, 31) in sessions_of(2021)


@pytest.mark.parametrize(
    "monday", [date(2021, 7, 5), date(2022, 6, 20), date(2022, 12, 26), date(2023, 1, 2)]
)
def test_a_holiday_on_a_sunday_closes_banks_and_exchange_on_the_monday(monday: date) -> None:
    assert not is_bank_day(monday)
    assert monday not in sessions_of(monday.year)


@pytest.mark.parametrize("year", range(2000, 2036))
def test_columbus_day_and_veterans_day_are_sessions_and_no_bank_days(year: int) -> None:
    columbus, veterans = nth(year, 10, MONDAY, 2), date(year, 11, 11)
    assert columbus in sessions_of(year) and not is_bank_day(columbus)
    if veterans.weekday() < 5:
        assert veterans in sessions_of(year) and not is_bank_day(veterans)
    assert veterans.weekday() != 6 or not is_bank_day(veterans + ONE_DAY)


@pytest.mark.parametrize("year", range(2000, 2036))
def test_good_friday_is_a_bank_day_and_no_session(year: int) -> None:
    good_friday = easter(year) - 2 * ONE_DAY
    assert is_bank_day(good_friday)
    assert good_friday not in sessions_of(year)


def test_juneteenth_closes_banks_from_2021_and_the_exchange_from_2022() -> None:
    """It fell on a Saturday in 2021 and on a Sunday in 2022."""
    assert is_bank_day(date(2020, 6, 19)) and date(2020, 6, 19) in sessions_of(2020)
    assert is_bank_day(date(2021, 6, 18)) and date(2021, 6, 18) in sessions_of(2021)
    assert not is_bank_day(date(2022, 6, 20)) and date(2022, 6, 20) not in sessions_of(2022)
    assert not is_bank_day(date(2025, 6, 19)) and date(2025, 6, 19) not in sessions_of(2025)


@pytest.mark.parametrize(
    ("day", "lag", "lands"),
    [
        (date(2025, 7, 3), 0, date(2025, 7, 3)),
        (date(2025, 7, 3), 1, date(2025, 7, 7)),  # the 4th is a holiday, then a weekend
        (date(2026, 7, 2), 1, date(2026, 7, 3)),  # a Saturday holiday leaves the Friday open
        (date(2026, 7, 2), 2, date(2026, 7, 6)),
        (date(2025, 10, 10), 1, date(2025, 10, 14)),  # Columbus Day is no bank day
        (date(2025, 12, 31), 1, date(2026, 1, 2)),
        (date(2025, 7, 4), 0, date(2025, 7, 4)),  # without a lag nothing moves
        (date(2025, 7, 4), 1, date(2025, 7, 7)),
    ],
)
def test_a_lag_counts_bank_days(day: date, lag: int, lands: date) -> None:
    assert bank_days_after(day, lag) == lands


# Pay dates


def pay(frequency: str, first: date | None = None, **more: object) -> Pay:
    """A salary of $52,000 in a pay cycle."""
    return Pay.model_validate(
        {"salary": 52_000, "frequency": frequency, "first_pay_date": first, **more}
    )


@pytest.mark.parametrize(
    ("nominal", "moved"),
    [
        (date(2027, 1, 1), date(2026, 12, 31)),
        (date(2023, 1, 1), date(2022, 12, 30)),  # Sunday: back over the weekend
        (date(2022, 1, 1), date(2021, 12, 31)),  # Saturday
        (date(2025, 12, 25), date(2025, 12, 24)),
        (date(2026, 7, 3), date(2026, 7, 3)),  # no session, but a bank day
        (date(2025, 10, 13), date(2025, 10, 10)),  # Columbus Day
        (date(2025, 9, 1), date(2025, 8, 29)),  # Labor Day, a Monday
        (date(2025, 4, 18), date(2025, 4, 18)),  # Good Friday
    ],
)
def test_a_pay_date_moves_to_the_preceding_bank_day(nominal: date, moved: date) -> None:
    assert preceding_bank_day(nominal) == moved


def test_a_friday_cycle_from_2026_01_02_has_27_pay_dates_in_2026_and_26_in_2027() -> None:
    """Source: the moved date decides the year; the last one is nominally 2027-01-01."""
    dates = pay("biweekly", date(2026, 1, 2)).pay_dates(Years(2026, 2027))
    assert Counter(day.year for day in dates) == {2026: 27, 2027: 26}
    assert dates[26] == date(2026, 12, 31)
    assert dates[27] == date(2027, 1, 15)


def test_a_pay_date_moved_out_of_the_years_is_not_theirs() -> None:
    assert pay("biweekly", date(2026, 1, 2)).pay_dates(Years(2027, 2027))[0] == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("frequency", "cycle", "usual", "long_years"),
    [
        ("biweekly", date(2026, 1, 2), 26, {2015, 2026}),
        ("biweekly", date(2026, 1, 9), 26, {2020, 2032}),
        ("biweekly", date(2026, 1, 1), 26, {2014, 2025}),
        ("weekly", date(2026, 1, 2), 52, {2015, 2020, 2026, 2032}),
        ("weekly", date(2026, 1, 1), 52, {2014, 2020, 2025, 2031}),
    ],
)
def test_the_years_of_27_and_53_pay_dates_are_those_of_the_moved_dates(
    frequency: str, cycle: date, usual: int, long_years: set[int]
) -> None:
    """Years 2013 to 2035. Source: a calendar run over Federal Reserve holidays, preceding day."""
    anchor = cycle - 364 * 14 * ONE_DAY
    dates = pay(frequency, anchor).pay_dates(Years(2013, 2035))
    expected = {year: usual + (year in long_years) for year in range(2013, 2036)}
    assert Counter(day.year for day in dates) == expected


def test_every_pay_date_is_a_bank_day_and_none_comes_twice() -> None:
    for frequency in ("weekly", "biweekly", "semimonthly", "monthly"):
        dates = pay(frequency, date(2013, 1, 4)).pay_dates(Years(2013, 2035))
        assert all(map(is_bank_day, dates))
        assert dates == sorted(set(dates))


def test_semimonthly_pay_is_on_the_15th_and_the_last_day_unless_days_are_given() -> None:
    dates = pay("semimonthly").pay_dates(Years(2025, 2025))
    assert len(dates) == 24
    # 2025-02-15 is a Saturday, 2025-03-15 too; February ends on a Friday.
    assert dates[2:6] == [
        date(2025, 2, 14),
        date(2025, 2, 28),
        date(2025, 3, 14),
        date(2025, 3, 31),
    ]


def test_a_pay_day_past_the_months_end_means_its_last_day() -> None:
    dates = pay("monthly", pay_days=["31"]).pay_dates(Years(2024, 2024))
    assert dates[1] == date(2024, 2, 29)
    assert dates[3] == date(2024, 4, 30)


def test_monthly_pay_is_on_the_last_bank_day_unless_a_day_is_given() -> None:
    dates = pay("monthly").pay_dates(Years(2025, 2025))
    # 2025-05-31 and 2025-08-31 fall on a weekend.
    assert (dates[4], dates[7], len(dates)) == (date(2025, 5, 30), date(2025, 8, 29), 12)


def test_pay_on_the_first_of_january_is_always_paid_in_the_year_before() -> None:
    """The day is a holiday: 2029-01-01 is paid on 2028-12-29, 2027-01-01 on 2026-12-31."""
    dates = pay("monthly", pay_days=["1"]).pay_dates(Years(2027, 2028))
    assert Counter(day.year for day in dates) == {2027: 12, 2028: 12}
    assert (dates[0], dates[11]) == (date(2027, 2, 1), date(2027, 12, 31))
    assert (dates[12], dates[-1]) == (date(2028, 2, 1), date(2028, 12, 29))


def test_the_anchor_is_compared_with_nominal_dates_and_the_last_day_with_moved_ones() -> None:
    # Nominal 2025-08-31 is a Sunday, paid on 2025-08-29.
    started = pay("monthly", date(2025, 8, 31)).pay_dates(Years(2025, 2025))
    assert started[0] == date(2025, 8, 29)
    assert pay("monthly", date(2025, 9, 1)).pay_dates(Years(2025, 2025))[0] == date(2025, 9, 30)
    ended = pay("monthly", last_pay_date=date(2025, 8, 29)).pay_dates(Years(2025, 2025))
    assert ended[-1] == date(2025, 8, 29)
    ended = pay("monthly", last_pay_date=date(2025, 8, 28)).pay_dates(Years(2025, 2025))
    assert ended[-1] == date(2025, 7, 31)


def test_an_anchor_long_before_or_within_the_years_keeps_the_cycle_and_nothing_precedes_it() -> (
    None
):
    early = pay("biweekly", date(1999, 1, 8)).pay_dates(Years(2025, 2025))
    assert {(day - date(1999, 1, 8)).days % 14 for day in early if day.weekday() == 4} == {0}
    late = pay("biweekly", date(2025, 7, 11)).pay_dates(Years(2025, 2025))
    assert late[0] == date(2025, 7, 11)
    assert len(late) == 13
