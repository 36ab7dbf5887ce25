"""A table of people: a CSV or Parquet file whose columns are fields of a scenario and whose rows are jobs."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.batches.duck import duck, duck_errors, duck_name
from simulator.batches.job import KEPT, Cell, is_kept
from simulator.files import csv_rows
from simulator.files.opened import Unreadable, opened
from simulator.notation.letters import visible
from simulator.notation.mistakes import few_lines
from simulator.notation.yaml_document import is_field
from simulator.notation.yaml_reader import has_half_letters
from simulator.refusal import Refused

if TYPE_CHECKING:
    import duckdb

LARGEST = 4 << 30
"""Bytes of a table, at most; it is read row by row, and ten million people take 280 MB."""

MOST_COLUMNS = 200
PARQUET = (".parquet", ".pq")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
"""What other programs put between columns."""

QUOTES = set('"\\')
"""What no name of a column has, as each becomes one of the results."""

A_READING = 2_000
"""Rows of a Parquet file that are read at a time."""


class UnusableTable(Refused):
    """A table that cannot be used at all: where, and what to write instead."""


class Row(NamedTuple):
    """One row.

    Attributes:
        line: Its first line in the file; of a Parquet file its place, the first row's being 2.
        cells: Its cells that are not empty.
        fault: Why it cannot be read, where it cannot.
        column: Which cell that is, from 1.
    """

    line: int
    cells: tuple[Cell, ...]
    fault: str = ""
    column: int = 1


@dataclass(frozen=True)
class Table:
    """A table in a file.

    Attributes:
        file: CSV in UTF-8, or Parquet by its ending.
    """

    file: Path

    @property
    def shown(self) -> str:
        """Its name as it is told."""
        return visible(str(self.file))

    def columns(self) -> list[str]:
        """The names of the columns."""
        if self._parquet:
            found = self._asked("DESCRIBE SELECT *")
            return [str(row[0]) for row in found.fetchall()]
        return [name.strip() for name in self._header().cells]

    def check(self) -> None:
        """Raises `UnusableTable` where the file cannot be read or its header is wrong."""
        with self._said():
            if self._parquet:
                duck("a Parquet table").close()
                duck_name(self.file)
                with opened(self.file, LARGEST, "a table"):
                    pass  # else DuckDB would look for it elsewhere too
            elif fault := _separator_fault(header := self._header()) or header.fault:
                raise UnusableTable(f"{self.shown}:1:{header.column}: {fault}")
            columns = self.columns()
        self.check_columns(columns)

    def check_columns(self, columns: Sequence[str]) -> None:
        """Raises `UnusableTable` where a column is no field."""
        if not any(columns):
            wrong = "no header; its first line names fields, like name,pay.salary"
            raise UnusableTable(f"{self.shown}:1:1: {wrong}")
        if len(columns) > MOST_COLUMNS:
            wrong = f"{len(columns):,} columns; at most {MOST_COLUMNS}"
            raise UnusableTable(f"{self.shown}:1:1: {wrong}")
        faults = [
            wrong for place, _ in enumerate(columns) if (wrong := _header_fault(columns, place))
        ]
        if faults:
            raise UnusableTable(few_lines([f"{self.shown}:1:{line}" for line in faults]))

    def rows(self) -> Iterator[Row]:
        """Each row, those that cannot be read among them; empty lines are left out.

        Raises:
            UnusableTable: The file is gone, or is not what it was.
        """
        with self._said():
            columns = self.columns()
            if self._parquet:
                yield from self._parquet_rows(columns)
                return
            for row in islice(self._written(), 1, None):
                if row.fault:
                    yield Row(row.line, (), row.fault, row.column)
                elif row.cells:
                    yield _row(columns, row.line, row.cells)

    def count(self) -> int:
        """How many rows there are."""
        if self._parquet:
            with self._said():
                return int(self._asked("SELECT count(*)").fetchall()[0][0])
        return sum(1 for _ in self.rows())

    @property
    def _parquet(self) -> bool:
        return self.file.suffix.lower() in PARQUET

    def _header(self) -> csv_rows.Row:
        return next(self._written(), csv_rows.Row(1, []))

    def _written(self) -> Iterator[csv_rows.Row]:
        """The rows of a CSV as they are written, the header first."""
        with opened(self.file, LARGEST, "a table") as handle:
            text = io.TextIOWrapper(handle, "utf-8-sig", "surrogateescape", newline="")
            yield from csv_rows.csv_rows(text.readline)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what the system or DuckDB refuses into a line that names the table."""
        try:
            yield
        except Unreadable as why:
            raise UnusableTable(f"{self.shown}: cannot be read: {why}") from None
        except duck_errors() as error:
            first = str(error).partition("\n")[0]
            raise UnusableTable(f"{self.shown}: not Parquet: {first}") from None

    def _asked(self, select: str) -> duckdb.DuckDBPyConnection:
        """What DuckDB finds in a Parquet file; no letter of its name stands for others."""
        name = re.sub(r"[*?\[]", r"[\g<0>]", duck_name(self.file))
        return duck("a Parquet table").execute(f"{select} FROM read_parquet(?)", [name])

    def _parquet_rows(self, columns: Sequence[str]) -> Iterator[Row]:
        asked, line = self._asked("SELECT *"), 1
        while found := asked.fetchmany(A_READING):
            for values in found:
                line += 1
                yield _row(columns, line, [_text(value) for value in values])


def _separator_fault(header: csv_rows.Row) -> str:
    """That something else than a comma separates the columns, where it does: then there is one column."""
    if len(header.cells) != 1:
        return ""
    found = [word for mark, word in SEPARATORS.items() if mark in header.cells[0]]
    rule = "separate them by commas, like name,pay.salary"
    return f"{found[0]} stand between the columns; {rule}" if found else ""


def _header_fault(columns: Sequence[str], place: int) -> str:
    """What is wrong with a column's name, where something is."""
    name = columns[place]
    if not name.isprintable() or set(name) & QUOTES:
        return f"{place + 1}: the name of column {place + 1} is not plain text without quotes"
    if not name or (not is_kept(name) and not is_field(name)):
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
