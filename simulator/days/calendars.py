"""Two calendars: bank days move pay dates, NYSE sessions invest, grow and convert.

They differ: Columbus Day and Veterans Day are sessions and no bank days, Good Friday the other way
round; a holiday on a Saturday closes the exchange on the Friday but not the Federal Reserve.
The days on which each is closed come from the library `holidays`. Loading that library takes longer
than a whole deterministic comparison, so its answers for 1999 to 2060 are kept in `closures.csv`
(`python -m simulator.days.calendars` writes it, a test compares it); other years ask the library itself.

Source: Federal Reserve Financial Services holiday schedule; NYSE Rule 7.2 and its special closures.
"""

import sys
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 1999, 2100
"""The years that the library knows both calendars for; run-off needs some beyond a scenario's last."""

TABLE = Path(__file__).with_name("closures.csv")
TABLE_YEARS = range(FIRST_YEAR, 2061)
ONE_DAY = timedelta(days=1)


@cache
def _table() -> dict[str, dict[int, frozenset[date]]]:
    """The shipped closures: calendar -> year -> days."""
    days: dict[str, dict[int, set[date]]] = {
        calendar: {year: set() for year in TABLE_YEARS} for calendar in ("bank", "exchange")
    }
    for line in TABLE.read_text(encoding="ascii").splitlines()[1:]:
        day, calendar = line.split(",")
        days[calendar][int(day[:4])].add(date.fromisoformat(day))
    return {
        calendar: {year: frozenset(of_year) for year, of_year in years.items()}
        for calendar, years in days.items()
    }


def library_closures(calendar: str, year: int) -> frozenset[date]:
    """The weekdays of a year on which a calendar is closed, as the library `holidays` has them.

    Args:
        calendar: `bank` (the Federal Reserve's rule) or `exchange` (NYSE, special closures included).
        year: Calendar year.
    """
    from holidays import financial_holidays

    name = {"bank": "XFED", "exchange": "NYSE"}[calendar]
    # The exchange's New Year's Day may be observed in the December before, so both years are asked.
    holidays = financial_holidays(name, years=(year, year + 1))
    return frozenset(day for day in holidays if day.year == year and day.weekday() < 5)


@cache
def _closures(calendar: str, year: int) -> frozenset[date]:
    if year in TABLE_YEARS:
        return _table()[calendar][year]
    return library_closures(calendar, year)


def is_bank_day(day: date) -> bool:
    """Whether the Federal Reserve moves money on a day."""
    return day.weekday() < 5 and day not in _closures("bank", day.year)


def preceding_bank_day(day: date) -> date:
    """The day itself if banks are open, else the last one before it on which they are."""
    while not is_bank_day(day):
        day -= ONE_DAY
    return day


def bank_days_after(day: date, lag: int) -> date:
    """The bank day that lies `lag` bank days after a day; without a lag the day itself."""
    for _ in range(lag):
        day += ONE_DAY
        while not is_bank_day(day):
            day += ONE_DAY
    return day


@cache
def sessions_of(year: int) -> tuple[date, ...]:
    """The NYSE sessions of a year, in order. Half-days count as whole ones."""
    closed = _closures("exchange", year)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return tuple(
        day for day in days if day.year == year and day.weekday() < 5 and day not in closed
    )


def sessions_between(first: date, last: date) -> Iterator[date]:
    """Every NYSE session from `first` to `last`, both included."""
    for year in range(first.year, last.year + 1):
        yield from (day for day in sessions_of(year) if first <= day <= last)


@cache
def session_on_or_after(day: date) -> date:
    """The first NYSE session on or after a day."""
    sessions = sessions_of(day.year)
    place = bisect_left(sessions, day)
    return sessions[place] if place < len(sessions) else sessions_of(day.year + 1)[0]


@cache
def session_on_or_before(day: date) -> date:
    """The last NYSE session on or before a day."""
    sessions = sessions_of(day.year)
    place = bisect_left(sessions, day + ONE_DAY)
    return sessions[place - 1] if place else sessions_of(day.year - 1)[-1]


def month_end(year: int, month: int) -> date:
    """The last calendar day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def main() -> None:
    """Print `closures.csv` as the installed library has it."""
    lines = ["day,calendar"]
    for calendar in ("bank", "exchange"):
        for year in TABLE_YEARS:
            lines += [f"{day},{calendar}" for day in sorted(library_closures(calendar, year))]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
