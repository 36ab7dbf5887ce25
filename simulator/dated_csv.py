"""A CSV of dates and numbers: prices of a fund, deposits that really went in.

A scenario may come from a stranger and name any file. So of what is wrong in a file nothing is quoted but
what looks like a date or a number.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from simulator.csv_rows import Row, csv_rows
from simulator.document import Mistake, Mistakes, Place
from simulator.files import Unreadable
from simulator.files import content as bounded_content
from simulator.notation import read_day

LARGEST = 16 << 20
"""Bytes of a CSV, at most: prices of a century, twenty columns of them, take a third of it."""

KEPT = 1_000
"""Mistakes that are kept of a file; the others are counted."""

QUOTABLE = re.compile(r"(\d{4}|\d\d?)[-/.]\d\d?[-/.](\d{4}|\d\d?)|[-+$]{0,2}\d[\d,._]{0,14}%?")
"""What looks like a date or a number, and is short."""

NO_DATE = "this is not a date; write it like 2025-01-03"

Number = TypeVar("Number")


class Dated(NamedTuple, Generic[Number]):
    """One row: its line in the file, its date, its number."""

    line: int
    day: date
    number: Number


class Numbers(NamedTuple, Generic[Number]):
    """The column of numbers.

    Attributes:
        column: Its name.
        read: Turns a text into a number, or raises `ValueError` with the reason.
        otherwise: The reason where the text must not be quoted.
    """

    column: str
    read: Callable[[str], Number]
    otherwise: str


def content(file: Path) -> bytes:
    """The bytes of a file: what was read from it is kept by them, so that an edited file is read anew.

    Raises:
        Mistakes: It cannot be read, is no plain file, or is larger than `LARGEST`.
    """
    try:
        return bounded_content(file, LARGEST, "a CSV of dates")
    except Unreadable as why:
        raise Mistakes([Mistake(Place(str(file)), (), f"cannot be read: {why}")]) from None


def digest(file: Path) -> str:
    """The hash of a file's bytes, for those who want to know whether they have the same.

    Raises:
        Mistakes: It cannot be read.
    """
    return sha256(content(file)).hexdigest()


def dated_csv(file: Path, content: bytes, numbers: Numbers[Number]) -> list[Dated[Number]]:
    """The rows of a CSV whose header names the columns `date` and another one; other columns are left alone.

    Args:
        file: The file.
        content: Its bytes.
        numbers: The other column.

    Raises:
        Mistakes: The file, its header or any row cannot be read; rows that cannot are listed or counted.
    """
    table = csv_rows(StringIO(_text(file, content), newline="").readline)
    places = _places(file, next(table, Row(1, [])), numbers.column)
    rows: list[Dated[Number]] = []

    def mistakes() -> Iterator[Mistake]:
        for row in table:
            try:
                if row.fault or "".join(row.cells).strip():
                    rows.append(_dated(row, places, numbers))
            except ValueError as error:
                yield Mistake(Place(str(file), row.line, row.column), (), str(error))

    demand_none(mistakes())
    return rows


def demand_none(mistakes: Iterable[Mistake]) -> None:
    """Raises `Mistakes` where there are some: the first of them and how many others, of any number."""
    kept: list[Mistake] = []
    more = 0
    for mistake in mistakes:
        if len(kept) < KEPT:
            kept.append(mistake)
        else:
            more += 1
    if kept:
        raise Mistakes(kept, more)


def _text(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        wrong = "is not UTF-8 text; save it as CSV in UTF-8"
        raise Mistakes([Mistake(Place(str(file)), (), wrong)]) from None


def _places(file: Path, header: Row, column: str) -> tuple[int, int]:
    """Where the header has the date and the number."""
    names = [name.strip().lower() for name in header.cells]
    absent = [name for name in ("date", column) if name not in names]
    if header.fault or absent:
        missing = f"the header has no column {' and no column '.join(absent)}; write date,{column}"
        place = Place(str(file), 1, header.column)
        raise Mistakes([Mistake(place, (), header.fault or missing)])
    return names.index("date"), names.index(column)


def _dated(row: Row, places: tuple[int, int], numbers: Numbers[Number]) -> Dated[Number]:
    if row.fault:
        raise ValueError(row.fault)
    if len(row.cells) <= max(places) or not row.cells[places[1]].strip():
        raise ValueError("a value is missing in this row")
    day, number = (row.cells[place].strip() for place in places)
    return Dated(
        row.line, _read(day, _day, NO_DATE), _read(number, numbers.read, numbers.otherwise)
    )


Value = TypeVar("Value")

_day = lru_cache(maxsize=1 << 12)(read_day)
"""Many deposits share a day."""


def _read(text: str, read: Callable[[str], Value], otherwise: str) -> Value:
    """What a cell says; the reason why it says nothing quotes nothing that might be anything."""
    try:
        return read(text)
    except ValueError:
        if QUOTABLE.fullmatch(text):
            raise
        raise ValueError(otherwise) from None
