"""Closed days against libraries that other people keep."""

from datetime import date

import exchange_calendars
import pytest

from simulator.days.calendars import TABLE, TABLE_YEARS, library_closures, main, sessions_between


@pytest.mark.parametrize("calendar", ["bank", "exchange"])
def test_the_shipped_table_has_what_the_library_gives_for_every_year(calendar: str) -> None:
    rows = [line.split(",") for line in TABLE.read_text(encoding="ascii").splitlines()[1:]]
    shipped = [date.fromisoformat(day) for day, name in rows if name == calendar]
    library = [day for year in TABLE_YEARS for day in sorted(library_closures(calendar, year))]
    assert shipped == library


def test_sessions_of_2000_to_2035_equal_the_exchange_calendars_xnys() -> None:
    """Source: exchange_calendars, XNYS, kept by other people from the exchange's own notices."""
    xnys = exchange_calendars.get_calendar("XNYS", start="2000-01-01", end="2035-12-31")
    expected = [session.date() for session in xnys.sessions]
    assert list(sessions_between(date(2000, 1, 1), date(2035, 12, 31))) == expected


def test_the_table_is_what_its_module_prints(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    assert capsys.readouterr().out == TABLE.read_text(encoding="ascii")
