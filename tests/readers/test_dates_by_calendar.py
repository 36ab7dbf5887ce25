"""Dates of a column: every notation of exports; the whole column tells day and month apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.readers.dates import days_of

NEW_YEAR = date(2025, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        *("2025-01-02", "2025/1/2", "2025.01.02", "20250102", "02-Jan-2025", "2 January 2025"),
        *("2-Jan-25", "Jan 2, 2025", "January 2, 2025", "Jan. 2, 2025", "Thu, Jan 2, 2025"),
        *("Thursday, January 2, 2025", "2025-01-02T00:00:00", "2025-01-02 16:00:00-05:00"),
        *("2025-01-02T21:00:00Z", "2025-01-02 4:00 PM ET", "Jan 2, 2025 4:00 PM", "45659"),
        *("45659.6875",),
    ],
)
def test_one_day_in_every_notation(text: str) -> None:
    assert days_of([text]).of == {text: NEW_YEAR}
    assert days_of([text]).question == ""


def test_a_spreadsheets_day_60_000_is_in_2064() -> None:
    """Microsoft's documentation: 1 is January 1, 1900, and 39,448 is January 1, 2008."""
    assert days_of(["39448"]).of == {"39448": date(2008, 1, 1)}
    assert days_of(["39448", "2008-01-01"]).faults.keys() == {"39448"}


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["1/17/2025", "2/3/2025"], date(2025, 1, 17)),
        (["17/1/2025", "3/2/2025"], date(2025, 1, 17)),
        (["02/03/2025", "13/03/2025"], date(2025, 3, 2)),
        (["02-03-25", "02-13-25"], date(2025, 2, 3)),
        (["1.2.2025", "31.1.2025"], date(2025, 2, 1)),
        (["3/3/2025", "4/4/2025"], date(2025, 3, 3)),
    ],
)
def test_the_whole_column_tells_day_and_month_apart(texts: list[str], first: date) -> None:
    read = days_of(texts)
    assert read.of[texts[0]] == first
    assert read.question == ""


def test_a_column_that_fits_both_is_asked_about() -> None:
    read = days_of(["01/02/2025", "03/04/2025"])
    assert (
        read.question == "dates like 01/02/2025 fit month first and day first, and no row decides"
    )
    assert days_of(["01/02/2025"], "day-first").of == {"01/02/2025": date(2025, 2, 1)}
    assert days_of(["01/02/2025"], "month-first").of == {"01/02/2025": date(2025, 1, 2)}


def test_a_column_that_contradicts_itself_is_asked_about() -> None:
    assert "some dates have the month first" in days_of(["01/17/2025", "17/01/2025"]).question


def test_days_of_trading_are_no_saturdays() -> None:
    """1/2, 1/3, 1/6 and 1/7 of 2025: Thursday to Tuesday. The other way February 1 would be a Saturday."""
    texts = ["01/07/2025", "01/06/2025", "01/03/2025", "01/02/2025"]
    assert days_of(texts).question
    read = days_of(texts, sessions=True)
    assert min(read.of.values()) == NEW_YEAR
    assert date(2025, 2, 1).weekday() == 5
    assert read.told.endswith("(the other way some would be Saturdays or Sundays)")


@pytest.mark.parametrize(
    "text", ["soon", "2025-02-30", "13/32/2025", "Jan 32, 2025", "123456", "1/2", ""]
)
def test_what_is_no_date_is_a_fault(text: str) -> None:
    assert days_of([text]).faults.keys() == {text}


@given(st.lists(st.dates(date(2000, 1, 1), date(2068, 12, 31)), min_size=1, max_size=20))
def test_a_column_is_read_right_or_asked_about(days: list[date]) -> None:
    for written in ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%y"):
        texts = [day.strftime(written) for day in days]
        read = days_of(texts)
        assert read.question or [read.of[text] for text in texts] == days
