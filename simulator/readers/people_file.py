"""A file of people, read row by row: how it is written, where its header stands, and what is no person."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from simulator.files.csv_rows import Row, csv_rows
from simulator.files.opened import bounded, opened
from simulator.readers.decoded import encoding
from simulator.readers.grids import SEPARATORS
from simulator.readers.workbook import is_workbook, sheets

LARGEST_BOOK = 64 << 20
"""Bytes of a workbook, at most; it is read whole."""

HEAD = 1 << 18
"""Bytes in which the header is looked for, and rows of it."""
ROWS = 60

_END = re.compile(
    r"((grand |sub)?totals?|(employee |head ?|row )?count|confidential|generated (on|by)|report (run|date))"
    r"\b[ :]?(?![a-z]+$)",
    re.IGNORECASE,
)
"""How a row begins that is a sum of people or words about the file."""

MOST_BEHIND = 20
"""Rows behind the people that may be words or sums."""


class PeopleHeader(NamedTuple):
    """The header of a table of people.

    Attributes:
        row: It.
        behind: Rows of the file up to it, itself included.
        separator: What stands between cells.
        sheet: The sheet of a workbook.
        encoding: What the file is written in.
    """

    row: Row
    behind: int
    separator: str = ","
    sheet: str = ""
    encoding: str = "utf-8-sig"


def people_header(file: Path, most: int, fits: Callable[[Sequence[str]], int]) -> PeopleHeader:
    """The header of a file: the row in which most names are known; without any the first.

    Args:
        file: CSV, or XLSX.
        most: Bytes of it, at most.
        fits: How many of some names are known.

    Raises:
        Unreadable: It cannot be read.
        Mistakes: It is a workbook that cannot be read.
    """
    with opened(file, most, "a table") as handle:
        head = handle.read(HEAD)
    best: PeopleHeader | None = None
    score = 0
    for found in _heads(file, head):
        for place, row in enumerate(found.rows):
            if best is None or (len(row.cells) > 0 and fits(row.cells) > score):
                best, score = found.header(row, place), fits(row.cells) if row.cells else 0
    return best or PeopleHeader(Row(1, []), 1, encoding=encoding(head))


class _Head(NamedTuple):
    rows: list[Row]
    separator: str
    sheet: str
    encoding: str

    def header(self, row: Row, place: int) -> PeopleHeader:
        return PeopleHeader(row, place + 1, self.separator, self.sheet, self.encoding)


def _heads(file: Path, head: bytes) -> Iterator[_Head]:
    """The first rows of a file, in each way of cutting it into cells."""
    if is_workbook(head):
        for name, rows in _sheets(file):
            yield _Head(rows[:ROWS], "", name, "")
        return
    written = encoding(head)
    text = head.decode(written, "replace" if written.startswith("utf-16") else "surrogateescape")
    for separator in SEPARATORS:
        if separator == "," or separator in text:
            first = csv_rows(io.StringIO(text, newline="").readline, separator)
            yield _Head(list(islice(first, ROWS)), separator, "", written)


def people_rows(file: Path, most: int, header: PeopleHeader) -> Iterator[Row]:
    """The rows under a header, but for words and sums behind them.

    Args:
        file: The file.
        most: Bytes of it, at most.
        header: Its header.

    Raises:
        Unreadable: It cannot be read.
    """
    if header.sheet:
        of_sheet = next((rows for name, rows in _sheets(file) if name == header.sheet), [])
        width = len(header.row.cells)
        whole = (row._replace(cells=row.cells[:width]) for row in of_sheet)
        yield from _without_end(islice(whole, header.behind, None), width)
        return
    with opened(file, most, "a table") as handle:
        errors = "replace" if header.encoding.startswith("utf-16") else "surrogateescape"
        text = io.TextIOWrapper(handle, header.encoding, errors, newline="")
        rows = csv_rows(text.readline, header.separator)
        yield from _without_end(islice(rows, header.behind, None), len(header.row.cells))


def _without_end(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Rows, without those at the end that have other numbers of cells and are words."""
    waiting: list[Row] = []
    for row in rows:
        if _may_end(row, width) and len(waiting) < MOST_BEHIND:
            waiting.append(row)
            continue
        yield from waiting
        waiting.clear()
        yield row


def _may_end(row: Row, width: int) -> bool:
    """Whether a row is empty, one line of words in a table of several columns, or a sum."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    if row.fault or width < 2:
        return False
    if not filled:
        return True
    alone = len(filled) == 1 and len(row.cells) == 1 and " " in filled[0]
    return alone or (len(row.cells[0].strip()) > 0 and bool(_END.match(filled[0])))


@lru_cache(maxsize=2)
def _known_sheets(file: Path, content: bytes) -> list[tuple[str, list[Row]]]:
    return [(name, [row for row in rows if any(row.cells)]) for name, rows in sheets(file, content)]


def _sheets(file: Path) -> list[tuple[str, list[Row]]]:
    with opened(file, LARGEST_BOOK, "a workbook") as handle:
        return _known_sheets(file, bounded(handle, LARGEST_BOOK, "a workbook"))
