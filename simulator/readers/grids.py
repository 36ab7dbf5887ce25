"""The rows of a file, cut into cells in each way that they may be: by a separator, or sheet by sheet."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from simulator.files.csv_rows import Row, csv_rows
from simulator.readers.decoded import text_of
from simulator.readers.workbook import is_workbook, sheets

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""What stands between columns; commas first."""


class Grid(NamedTuple):
    """The rows of a file in one way of cutting it.

    Attributes:
        separator: What stands between the cells; empty in a workbook.
        rows: Reads them from the first on.
        sheet: The sheet of a workbook.
    """

    separator: str
    rows: Callable[[], Iterator[Row]]
    sheet: str = ""


def grids(file: Path, content: bytes) -> Iterator[Grid]:
    """Each way to cut a file into rows of cells.

    Raises:
        Mistakes: It is no text and no workbook.
    """
    if is_workbook(content):
        for name, rows in sheets(file, content):
            yield Grid("", rows.__iter__, name)
        return
    text = text_of(file, content)
    for separator in SEPARATORS:
        if separator == "," or separator in text:
            yield Grid(separator, _reader(text, separator))


def _reader(text: str, separator: str) -> Callable[[], Iterator[Row]]:
    return lambda: csv_rows(StringIO(text, newline="").readline, separator)
