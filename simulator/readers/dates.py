"""The dates of a column: each notation that exports use; day and month are told apart by the whole column.

A library that reads one date at a time (dateutil) takes 01/02 for January 2 and 13/02 for February 13 in the
same column, so the notations stand here.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from simulator.notation.numbers import read_day

Order = Literal["month-first", "day-first"]
ORDERS: tuple[Order, Order] = ("month-first", "day-first")

NO_DATE = "this is not a date; write it like 2025-01-03"

DATE_LIKE = re.compile(r"(\d{4}|\d\d?)[-/.]\d\d?[-/.](\d{4}|\d\d?)")
"""What looks like a date in figures, and is short."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = {**{name: n for n, name in enumerate(_MONTHS, 1)}, "sept": 9}
_MONTH |= {name: n for n, name in enumerate(_LONG, 1)}

_CLOCK = re.compile(
    r"(?:T|,?\s+)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?"
    r"(?:\s*(?:Z|[A-Z]{2,4}|(?:UTC|GMT)?[+-]\d\d:?\d\d))?$"
)
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.I
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d\d?)\2(\d\d?)|(\d{4})(\d\d)(\d\d)")
_FIGURES = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)")
_DAY_NAMED = re.compile(r"(\d\d?)[-/ ]([A-Za-z]{3,9})\.?[-/, ]\s*(\d{4}|\d\d)")
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.?[- ](\d\d?)(?:,\s*|[- ])(\d{4})")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SERIALS = (36_526, 73_050)
"""Days of a spreadsheet, counted from the last but one of 1899: those of 2000 to 2099."""


class Figures(NamedTuple):
    """A date in figures of which the order is not known: two numbers and the year."""

    first: int
    second: int
    year: int

    def in_order(self, order: Order) -> date | None:
        """The day that it is in an order; None where it is none."""
        month, day = (
            (self.first, self.second) if order == "month-first" else (self.second, self.first)
        )
        return _day(self.year, month, day)


class Days(NamedTuple):
    """The dates of a column.

    Attributes:
        of: The day that each text states.
        faults: Why each of the others states none.
        told: What was read, in words; empty where all are ISO dates.
        question: What the column leaves open; empty where nothing.
    """

    of: Mapping[str, date]
    faults: Mapping[str, str]
    told: str = ""
    question: str = ""


def days_of(
    texts: Iterable[str], order: Order | None = None, sessions: bool = False, pivot: int = 68
) -> Days:
    """The days that the texts of a column state.

    Args:
        texts: What stands in it.
        order: Which comes first in 01/02/2025, where that is known.
        sessions: Whether a day is one of trading: then none is a Saturday or a Sunday, which may tell the
            order.
        pivot: The last year of this century that two figures stand for.
    """
    every = dict.fromkeys(texts)
    days: dict[str, date] = {}
    figures: dict[str, Figures] = {}
    faults: dict[str, str] = {}
    other = ""  # the first that is read and is no ISO date
    for text in every:
        if (day := _iso_day(text)) is not None:
            days[text] = day
            continue
        read = _read(text, pivot)
        if isinstance(read, date):
            days[text] = read
            other = other or ("" if _ISO.fullmatch(text) else text)
        elif isinstance(read, Figures):
            figures[text] = read
        else:
            faults[text] = read
    if faults and (serials := _serials(every)):
        return serials
    found, why = (order, "") if order else _order(figures.values(), sessions)
    for text, one in figures.items():
        day = one.in_order(found or "month-first")
        if day is None:
            faults[text] = NO_DATE if not DATE_LIKE.fullmatch(text) else _no_such_day(text)
        else:
            days[text] = day
    told = f"dates like {other} were read as {days[other]}" if other else ""
    if figures and found:
        how = f" ({why})" if why else ""
        told = f"dates like {next(iter(figures))} were read {found.replace('-', ' ')}{how}"
    return Days(days, faults, told, "" if found or not figures else why)


def _iso_day(text: str) -> date | None:
    """The day of a date as this program writes it, which most are; None of any other."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _order(figures: Iterable[Figures], sessions: bool) -> tuple[Order | None, str]:
    """Which order the dates of a column have, and why; where that is open, the question."""
    both = [(one.in_order(ORDERS[0]), one.in_order(ORDERS[1]), one) for one in figures]
    month = next((one for first, second, one in both if first and not second), None)
    day = next((one for first, second, one in both if second and not first), None)
    if month and day:
        return None, (
            f"some dates have the month first, like {_shown(month)}, and some the day, like {_shown(day)}"
        )
    if month or day:
        return (ORDERS[0], "") if month else (ORDERS[1], "")
    open_days = [pair for pair in both if pair[0] != pair[1]]
    if not open_days:
        return ORDERS[0], ""
    if sessions:
        fit = [
            order
            for place, order in enumerate(ORDERS)
            if all(pair[place].weekday() < 5 for pair in both if pair[place])  # type: ignore[union-attr]
        ]
        if len(fit) == 1:
            return fit[0], "the other way some would be Saturdays or Sundays"
    return (
        None,
        f"dates like {_shown(open_days[0][2])} fit month first and day first, and no row decides",
    )


def _shown(one: Figures) -> str:
    return f"{one.first:02}/{one.second:02}/{one.year}"


def _read(text: str, pivot: int) -> date | Figures | str:
    """A day; or figures whose order is open; or why it is neither."""
    if _ISO.fullmatch(text):
        try:
            return read_day(text)
        except ValueError as error:
            return str(error)
    bare = _WEEKDAY.sub("", _CLOCK.sub("", text.strip()), count=1).strip()
    if bare != text and _ISO.fullmatch(bare):
        return _read(bare, pivot)
    day: date | None = None
    if match := _YEAR_FIRST.fullmatch(bare):
        year, month, number = (match[1], match[3], match[4]) if match[1] else match.groups()[4:]
        day = _day(int(year), int(month), int(number))
    elif match := _FIGURES.fullmatch(bare):
        return Figures(int(match[1]), int(match[3]), _year(match[4], pivot))
    elif (match := _DAY_NAMED.fullmatch(bare)) and match[2].lower() in _MONTH:
        day = _day(_year(match[3], pivot), _MONTH[match[2].lower()], int(match[1]))
    elif (match := _MONTH_NAMED.fullmatch(bare)) and match[1].lower() in _MONTH:
        day = _day(_year(match[3], pivot), _MONTH[match[1].lower()], int(match[2]))
    return day or (_no_such_day(text) if DATE_LIKE.fullmatch(text) else NO_DATE)


def _no_such_day(text: str) -> str:
    return f"'{text}' is not a date; write it like 2025-01-03"


def _year(written: str, pivot: int) -> int:
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year <= pivot else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _serials(read: Mapping[str, object]) -> Days | None:
    """The days that the numbers of a spreadsheet stand for, where the column has nothing else."""
    days = {}
    for text in read:
        if not _SERIAL.fullmatch(text) or not _SERIALS[0] <= float(text) <= _SERIALS[1]:
            return None
        days[text] = date(1899, 12, 30) + timedelta(int(float(text)))
    first = next(iter(days), "")
    return Days(days, {}, f"numbers like {first} were read as a spreadsheet's dates: {days[first]}")
