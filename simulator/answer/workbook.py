"""A workbook (XLSX) of sheets: numbers are numbers, and no text is run as a formula.

Written row by row, so that memory does not grow with the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from simulator.notation.letters import plain_lines
from simulator.refusal import Refused

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

EXTRA = (
    "a workbook needs the extra excel: pip install 'mbdr-simulator[excel]', or end the file in .csv"
)

MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 1_048_576, 16_384, 32_767
"""That a sheet holds, its header's among them, and letters of a cell. Source: ECMA-376, part 1, 18.3.1."""

MEASURED = 500
"""Rows that say how wide a column is."""

WIDEST, MARGIN = 60, 2
"""Letters that a column shows at most, and how much wider it is than its widest cell."""

DOLLARS, SHARE, COUNT, PLAIN, DAY, TEXT = (
    '"$"#,##0.00', "0.00%", "#,##0", "General", "yyyy-mm-dd", "@",
)  # fmt: skip
"""How a cell is shown, as workbooks say it. Years are plain: they have no comma."""

ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a reader would take for a letter by its number. Source: ECMA-376, part 1, 22.9.2.19."""


class NoExcel(Refused):
    """The extra that writes workbooks is not installed."""


class Shown(NamedTuple):
    """A value of a cell, and how it is shown.

    Attributes:
        value: A number, a share as a fraction, a date, a text; None stays empty.
        style: One of the styles above.
    """

    value: Any
    style: str


class Sheet(NamedTuple):
    """A table of a workbook.

    Attributes:
        title: Its name: at most 31 letters, none of `[]:*?/\\`.
        header: The names of its columns.
        rows: A cell for each column; texts, days and truths may stand as they are.
        lead: Sentences above the header, for whoever opens it.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    lead: Sequence[str] = ()


def demand_excel() -> None:
    """Raises `NoExcel` where the extra `excel` is not installed."""
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise NoExcel(EXTRA) from None


def write_workbook(out: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Writes a workbook: a header that is bold and stays in view, and columns as wide as their cells.

    Args:
        out: Where to.
        sheets: Its sheets, in order.

    Raises:
        NoExcel: The extra `excel` is not installed.
        Refused: A sheet has more rows or columns than a workbook holds.
        OSError: It cannot be written.
    """
    demand_excel()
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        for sheet in sheets:
            _write(book, sheet)
        book.save(out)
    except BaseException:
        _drop(book)
        raise


def demand_room(title: str, rows: int, columns: int) -> None:
    """Raises `Refused` where a sheet has no place for a table.

    Args:
        title: What the table is called.
        rows: How many rows it has, without a header.
        columns: How many columns.
    """
    if rows >= MOST_ROWS or columns > MOST_COLUMNS:
        has = f"{rows:,} rows and {columns:,} columns"
        most = f"a sheet has at most {MOST_ROWS - 1:,} and {MOST_COLUMNS:,}"
        raise Refused(f"{title}: {has}; {most}: end the file in .csv or .parquet")


def _write(book: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.title)
    above = [[Shown(words, TEXT)] for words in sheet.lead]
    above += [[]] if above else []
    page.freeze_panes = f"A{len(above) + 2}"
    demand_room(sheet.title, 0, len(sheet.header))
    rows = iter(sheet.rows)
    first = list(islice(rows, MEASURED))
    for place, name in enumerate(sheet.header):
        cells = (_length(row[place]) for row in first)
        widest = max(len(name), *cells, 0)
        page.column_dimensions[get_column_letter(place + 1)].width = min(widest, WIDEST) + MARGIN
    for line in above:
        page.append([_cell(page, words) for words in line])
    page.append([_cell(page, Shown(name, TEXT), Font(bold=True)) for name in sheet.header])
    for count, row in enumerate(chain(first, rows), start=len(above) + 1):
        if count >= MOST_ROWS:
            demand_room(sheet.title, count, len(sheet.header))
        page.append([_cell(page, _shown(value)) for value in row])


def _shown(value: Any) -> Shown:
    """A value with how it is shown, which texts, days and whole numbers say themselves."""
    if isinstance(value, Shown):
        return value
    if isinstance(value, str):
        return Shown(value, TEXT)
    if isinstance(value, date):
        return Shown(value, DAY)
    return Shown(value, COUNT if type(value) is int else PLAIN)


def _cell(page: Any, shown: Shown, font: Any = None) -> WriteOnlyCell | None:
    """A cell; the text of one stays a text also when somebody edits it, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    value, style = shown
    if value is None:
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(page, "")
        cell.value = _text(value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell = WriteOnlyCell(page, value)
    if style != PLAIN:
        cell.number_format = style
    if font is not None:
        cell.font = font
    return cell


def _text(words: str) -> str:
    """A text as a cell holds it, without letters that would steer what shows it."""
    text = ESCAPE.sub("_x005F_", plain_lines(words))
    return (
        text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}\N{HORIZONTAL ELLIPSIS}"
    )


def _length(value: Any) -> int:
    """How many letters a cell shows, about."""
    value, style = _shown(value)
    if value is None:
        return 0
    if isinstance(value, str):
        return max(map(len, value.split("\n")))
    if style == DOLLARS:
        return len(f"${value:,.2f}")
    if style == SHARE:
        return len(f"{value:.2%}")
    return len(f"{value:,}" if style == COUNT else str(value))


def _drop(book: Any) -> None:
    """Takes away the files aside in which the library has kept rows of a workbook that is not to be."""
    for page in book.worksheets:
        with suppress(Exception):
            if not page.closed:
                page.close()
            page._writer.cleanup()
