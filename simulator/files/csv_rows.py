"""The rows of a CSV, one after another: of one that cannot be read the place and the reason, and the next."""

import csv
from collections.abc import Callable, Iterator
from typing import NamedTuple

LONGEST_LINE = 1 << 20
"""Letters of a line, at most: a file may be one line of any length."""


class Row(NamedTuple):
    """One row.

    Attributes:
        line: Its first line in the file.
        cells: Its cells; none in an empty line.
        fault: Why it cannot be read, where it cannot.
        column: Which cell that is, from 1.
    """

    line: int
    cells: list[str]
    fault: str = ""
    column: int = 1


def csv_rows(readline: Callable[[int], str], separator: str = ",") -> Iterator[Row]:
    """The rows of a CSV.

    Args:
        readline: Reads a line, or as much of it as it is told, of a text that is opened with newline="".
        separator: What stands between the cells.
    """
    lines = _Lines(readline)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        line = lines.begin()
        try:
            yield Row(line, next(reader))
        except StopIteration:
            return
        except _TooLong:
            yield Row(line, [], f"a line of more than {LONGEST_LINE:,} letters; this is no table")
        except csv.Error as error:
            yield _faulty(line, "".join(lines.of_row), separator, error)


class _TooLong(Exception):
    """A line is longer than any of a table."""


class _Lines:
    """The lines of a file as `csv.reader` asks for them; those of the row that is being read are kept."""

    def __init__(self, readline: Callable[[int], str]) -> None:
        self.of_row: list[str] = []
        self._readline = readline
        self._count = 0
        self._within = False

    def begin(self) -> int:
        """The next line begins a row; gives its number."""
        self.of_row.clear()
        return self._count + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while self._within:
            self._read()
        line = self._read()
        if not line:
            raise StopIteration
        self._count += 1
        if self._within:
            raise _TooLong
        self.of_row.append(line)
        return line

    def _read(self) -> str:
        """A line, or as much of it as is read at a time: then its rest is to come."""
        part = self._readline(LONGEST_LINE)
        self._within = len(part) == LONGEST_LINE and part[-1] not in "\r\n"
        return part


def _faulty(line: int, row: str, separator: str, error: csv.Error) -> Row:
    """A row that is not CSV; where a cell is too long, which one."""
    most = csv.field_size_limit()
    column, length, quoted = 1, 0, False
    for letter in row:
        if letter == '"':
            quoted = not quoted
        elif letter == separator and not quoted:
            column, length = column + 1, 0
        else:
            length += 1
        if length > most:
            hint = "a quotation mark may be missing" if '"' in row else "this is no table"
            return Row(line, [], f"a cell of more than {most:,} letters; {hint}", column)
    return Row(line, [], f"not CSV: {error}")
