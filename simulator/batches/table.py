"""A table of people: a CSV or Parquet file whose columns are fields of a scenario and whose rows are jobs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from simulator.batches.duck import duck, duck_name
from simulator.batches.job import KEPT, Cell
from simulator.document import has_half_letters, is_field

MOST_COLUMNS = 200
PARQUET = (".parquet", ".pq")
QUOTES = set('"\\')
"""What no name of a column has, as each becomes one of the results."""

A_READING = 2_000
"""Rows of a Parquet file that are read at a time."""


class UnusableTable(ValueError):
    """A table that cannot be used at all: where, and what to write instead."""


class Row(NamedTuple):
    """One row.

    Attributes:
        line: Its first line in the file; of a Parquet file its place, the first row's being 2.
        cells: Its cells that are not empty.
        fault: Why it cannot be read, where it cannot.
    """

    line: int
    cells: tuple[Cell, ...]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """A table in a file.

    Attributes:
        file: CSV in UTF-8, or Parquet by its ending.
    """

    file: Path

    def columns(self) -> list[str]:
        """The names of the columns."""
        if self._parquet:
            read = duck("a Parquet table").execute(
                "DESCRIBE SELECT * FROM read_parquet(?)", [duck_name(self.file)]
            )
            return [str(row[0]) for row in read.fetchall()]
        with self._open() as lines:
            return [name.strip() for name in next(csv.reader(lines), [])]

    def check(self) -> None:
        """Raises `UnusableTable` where the file cannot be read or its header is wrong."""
        try:
            columns = self.columns()
        except OSError as error:
            raise UnusableTable(f"{self.file}: cannot be read: {error.strerror}") from None
        except csv.Error as error:
            raise UnusableTable(f"{self.file}:1: not CSV: {error}") from None
        if not any(columns):
            wrong = "no header; its first line names fields, like name,pay.salary"
            raise UnusableTable(f"{self.file}:1:1: {wrong}")
        if len(columns) > MOST_COLUMNS:
            wrong = f"{len(columns):,} columns; at most {MOST_COLUMNS}"
            raise UnusableTable(f"{self.file}:1:1: {wrong}")
        told = [
            wrong for place, _ in enumerate(columns) if (wrong := _header_fault(columns, place))
        ]
        if told:
            raise UnusableTable("\n".join(f"{self.file}:1:{line}" for line in told))

    def rows(self) -> Iterator[Row]:
        """Each row, those that cannot be read among them; empty lines are left out."""
        columns = self.columns()
        if self._parquet:
            yield from self._parquet_rows(columns)
            return
        with self._open() as lines:
            reader = csv.reader(lines)
            next(reader, None)
            while True:
                line = reader.line_num + 1
                try:
                    written = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Row(line, (), f"not CSV: {error}")
                    continue
                if written:
                    yield _row(columns, line, written)

    def count(self) -> int:
        """How many rows there are."""
        if self._parquet:
            read = duck("a Parquet table").execute(
                "SELECT count(*) FROM read_parquet(?)", [duck_name(self.file)]
            )
            return int(read.fetchall()[0][0])
        return sum(1 for _ in self.rows())

    @property
    def _parquet(self) -> bool:
        return self.file.suffix.lower() in PARQUET

    def _open(self) -> Any:
        return self.file.open(encoding="utf-8-sig", errors="surrogateescape", newline="")

    def _parquet_rows(self, columns: Sequence[str]) -> Iterator[Row]:
        read = duck("a Parquet table").execute(
            "SELECT * FROM read_parquet(?)", [duck_name(self.file)]
        )
        line = 1
        while found := read.fetchmany(A_READING):
            for values in found:
                line += 1
                yield _row(columns, line, [_text(value) for value in values])


def _header_fault(columns: Sequence[str], place: int) -> str:
    """What is wrong with a column's name, where something is."""
    name = columns[place]
    if not name.isprintable() or set(name) & QUOTES:
        return f"{place + 1}: the name of column {place + 1} is not plain text without quotes"
    if not name or (not name.startswith(KEPT) and not is_field(name)):
        return (
            f"{place + 1}: '{name}' is no field; write one like pay.salary, or {KEPT} and any name"
        )
    if name in columns[:place]:
        return f"{place + 1}: the column '{name}' stands twice"
    return ""


def _row(columns: Sequence[str], line: int, written: Sequence[str]) -> Row:
    if len(written) != len(columns):
        return Row(line, (), f"{len(written)} cells; the header has {len(columns)}")
    cells = tuple(
        Cell(name, text, place)
        for place, (name, text) in enumerate(zip(columns, written, strict=True), 1)
        if text.strip()
    )
    if any(has_half_letters(cell.text) for cell in cells):
        return Row(line, (), "not UTF-8; save the file as UTF-8")
    return Row(line, cells)


def _text(value: Any) -> str:
    """A value of a Parquet file as a CSV file would have it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, default=str) if isinstance(value, list | dict) else str(value)
