"""A CSV of dates and numbers: prices of a fund, deposits that really went in."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from simulator.document import Mistake, Mistakes, Place
from simulator.notation import read_day

Number = TypeVar("Number")


class Dated(NamedTuple, Generic[Number]):
    """One row: its line in the file, its date, its number."""

    line: int
    day: date
    number: Number


def content(file: Path) -> bytes:
    """The bytes of a file: what was read from it is kept by them, so that an edited file is read anew.

    Raises:
        Mistakes: It cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        wrong = f"cannot be read: {error.strerror}"
        raise Mistakes([Mistake(Place(str(file)), (), wrong)]) from None


def dated_csv(
    file: Path, content: bytes, column: str, read: Callable[[str], Number]
) -> list[Dated[Number]]:
    """The rows of a CSV whose header names the columns `date` and another one; other columns are left alone.

    Args:
        file: The file.
        content: Its bytes.
        column: The name of the number's column.
        read: Turns its text into a number, or raises `ValueError` with the reason.

    Raises:
        Mistakes: The file, its header or any row cannot be read; all rows that cannot are listed.
    """
    table = csv.reader(StringIO(_text(file, content), newline=""))
    header = [name.strip().lower() for name in next(table, [])]
    absent = [name for name in ("date", column) if name not in header]
    if absent:
        wrong = f"the header has no column {' and no column '.join(absent)}; write date,{column}"
        raise Mistakes([Mistake(Place(str(file), 1, 1), (), wrong)])
    places = header.index("date"), header.index(column)
    rows: list[Dated[Number]] = []
    mistakes: list[Mistake] = []
    for cells in _lines(table):
        try:
            rows.append(_row(table.line_num, cells, places, read))
        except ValueError as error:
            mistakes.append(Mistake(Place(str(file), table.line_num, 1), (), str(error)))
    if mistakes:
        raise Mistakes(mistakes)
    return rows


def _text(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        wrong = "is not UTF-8 text; save it as CSV in UTF-8"
        raise Mistakes([Mistake(Place(str(file)), (), wrong)]) from None


def _lines(table: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows that are not blank."""
    return (cells for cells in table if any(cell.strip() for cell in cells))


def _row(
    line: int, cells: list[str], places: tuple[int, int], read: Callable[[str], Number]
) -> Dated[Number]:
    if len(cells) <= max(places) or not cells[places[1]].strip():
        raise ValueError("a value is missing in this row")
    return Dated(line, read_day(cells[places[0]]), read(cells[places[1]].strip()))
