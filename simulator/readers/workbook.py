"""The sheets of an XLSX workbook as rows of texts, read by openpyxl, of the extra `excel`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.files.csv_rows import Row
from simulator.notation.mistakes import Mistake, Mistakes, Place

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MARK = b"PK\x03\x04"
"""How a ZIP begins, which a workbook is."""

OLD_MARK = b"\xd0\xcf\x11\xe0"
"""How a workbook of before 2007 begins."""

LARGEST = 256 << 20
"""Bytes of a workbook unpacked, at most: a small ZIP may unpack to any size."""

MOST_CELLS = 4_000_000
"""Cells of a sheet, at most, empty ones among others included: one cell may stand in the last row of all."""

EXTRA = (
    "an XLSX workbook needs the extra excel: pip install 'mbdr-simulator[excel]', or save it as CSV"
)


def is_workbook(content: bytes) -> bool:
    """Whether bytes are those of a workbook, by how they begin."""
    return content.startswith((MARK, OLD_MARK))


def sheets(file: Path, content: bytes) -> Iterator[tuple[str, list[Row]]]:
    """The name and the rows of each sheet that holds something.

    A date is written `2025-01-31`, a share that is shown as a percent `6%`, other numbers as they are.

    Raises:
        Mistakes: It is no workbook, unpacks to more than `LARGEST`, or the extra is not installed.
    """
    from zipfile import BadZipFile

    book = _book(file, content)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # which the file may overstate
            rows, left = [], MOST_CELLS
            for line, cells in enumerate(sheet.iter_rows(), start=1):
                left -= len(cells) + 1
                if left < 0:
                    wrong = f"has more than {MOST_CELLS:,} cells; save what is needed of it as CSV"
                    raise Mistakes([Mistake(Place(str(file)), (), wrong)])
                rows.append(Row(line, [_text(cell) for cell in cells]))
            if any(any(row.cells) for row in rows):
                yield str(sheet.title), rows
    except Mistakes:
        raise
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError, BadZipFile, OSError):
        raise _no_workbook(file) from None
    finally:
        book.close()


def _book(file: Path, content: bytes) -> Workbook:
    if content.startswith(OLD_MARK):
        wrong = "is a workbook of before 2007 (XLS); save it as XLSX or CSV"
        raise Mistakes([Mistake(Place(str(file)), (), wrong)])
    from zipfile import ZipFile

    try:
        from openpyxl import load_workbook
    except ImportError:
        raise Mistakes([Mistake(Place(str(file)), (), EXTRA)]) from None
    try:
        with ZipFile(BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > LARGEST:
            wrong = f"unpacks to {unpacked:,} bytes; a workbook has at most {LARGEST:,}"
            raise Mistakes([Mistake(Place(str(file)), (), wrong)])
        return load_workbook(BytesIO(content), read_only=True, data_only=True)
    except Mistakes:
        raise
    except Exception:  # of a damaged file the library raises whatever its parser does
        raise _no_workbook(file) from None


def _no_workbook(file: Path) -> Mistakes:
    wrong = "is no XLSX workbook that can be read; save it again, or as CSV"
    return Mistakes([Mistake(Place(str(file)), (), wrong)])


def _text(cell: Any) -> str:
    """What a cell says, as a CSV would have it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{_plain(Decimal(repr(value)) * 100)}%"
        return _plain(Decimal(repr(value)))
    return str(value)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
