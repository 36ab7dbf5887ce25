"""A table of people: a CSV, XLSX or Parquet file whose rows are jobs.

Its columns are fields of a scenario, or those of an HR export: what is recognised sets a field, what is not
is kept beside the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from simulator.batches import parquet
from simulator.batches.column_names import name_fault
from simulator.batches.duck import duck_errors
from simulator.batches.people_row import Row, kept_name, row_of
from simulator.batches.personal import PERSONAL
from simulator.files.opened import Unreadable, opened
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistakes, few_lines
from simulator.readers.named_file import same_words
from simulator.readers.nearly import nearly
from simulator.readers.people import (
    HIRED,
    KEPT,
    SALARY,
    Decided,
    PersonColumn,
    is_field_name,
    no_salary,
    open_order,
    open_share,
    person_columns,
)
from simulator.readers.people_file import PeopleHeader, people_header, people_rows
from simulator.readers.written import Asked, column_said
from simulator.refusal import Refused
from simulator.scenario.question import Question

LARGEST = 4 << 30
"""Bytes of a table, at most; it is read row by row, and ten million people take 280 MB."""

MOST_COLUMNS = 200
KNOWN = frozenset(Question.model_fields) | PERSONAL.keys()
"""The fields at the top of a scenario, and what a table may say of a person besides."""

MOST_KEPT = 16
"""Tables whose headers are kept."""

FIRST = 60
"""Rows by which a column of salaries is judged."""


class UnusableTable(Refused):
    """A table that cannot be used at all: where, and what to write instead."""


@dataclass(frozen=True)
class Table:
    """A table in a file.

    Attributes:
        file: CSV in UTF-8 or UTF-16, XLSX, or Parquet by its ending.
        mapping: Names of columns, and the fields that they set.
        asked: Who asks: what is to be written is told as they write it.
    """

    file: Path
    mapping: tuple[tuple[str, str], ...] = ()
    asked: Asked = "arguments"

    @property
    def shown(self) -> str:
        """Its name as it is told."""
        return visible(str(self.file))

    def columns(self) -> list[str]:
        """What each column is called here: a field, or a name that is kept beside the results."""
        return [kept_name(column) for column in self.person_columns()]

    def person_columns(self) -> tuple[PersonColumn, ...]:
        """Each column, and what it sets."""
        if self._parquet:
            names = parquet.columns(self.file)
        else:
            names = [name.strip() for name in self.header().row.cells]
        return person_columns(names, dict(self.mapping), KNOWN)

    def header(self) -> PeopleHeader:
        """The header of a file that is no Parquet; it is looked for once while the file stays as it was."""
        try:
            known = self.file.stat()
        except (OSError, ValueError):  # what is wrong with it is said where it is opened
            return people_header(self.file, LARGEST, self.known)
        return _header(self, known.st_mtime_ns, known.st_size)

    def known(self, names: Sequence[str]) -> int:
        """How many of some names are those of fields, or of columns that exports have."""
        columns = person_columns([name.strip() for name in names], dict(self.mapping), KNOWN)
        return sum(bool(column.name) and _sets(column) for column in columns)

    def check(self) -> None:
        """Raises `UnusableTable` where the file cannot be read or its header is wrong."""
        with self._said():
            line = 1
            if self._parquet:
                parquet.demand_duck(self.file)
                with opened(self.file, LARGEST, "a table"):
                    pass  # else DuckDB would look for it elsewhere too
            elif (header := self.header()).row.fault:
                raise UnusableTable(f"{self.shown}:1:{header.row.column}: {header.row.fault}")
            else:
                line = header.row.line
            written = self.person_columns()
        self.demand_fields(written, line)
        _ = self._decided
        self._demand_salaries(line)

    def demand_rows(self) -> None:
        """Raises `UnusableTable` where nothing stands below the header."""
        if next(self.rows(), None) is None:
            raise UnusableTable(f"{self.shown}: the table has no rows; write one for each person")

    def _demand_salaries(self, line: int) -> None:
        """Raises `UnusableTable` where no salary of the first rows is enough for a year's."""
        columns = self.person_columns()
        for place, column in enumerate(columns):
            if column.converted and column.field == SALARY:
                rows = islice(self._written(), FIRST)
                texts = [cells[place] for _, cells, _, _ in rows if len(cells) == len(columns)]
                asked = [no_salary(column, text) for text in texts if text.strip()]
                if len(asked) > 1 and all(asked):
                    where = f"{self.shown}:{line}:{place + 1}"
                    raise UnusableTable(f"{where}: '{visible(column.name)}': {asked[0]}")

    def demand_fields(self, written: Sequence[PersonColumn], line: int = 1) -> None:
        """Raises `UnusableTable` where a column is no field, or none is.

        Args:
            written: The columns.
            line: Where their names stand.
        """
        columns = [kept_name(column) for column in written]
        here = f"{self.shown}:{line}"
        if not any(column.name for column in written):
            wrong = "no header; its first line names fields, like name,pay.salary"
            raise UnusableTable(f"{here}:1: {wrong}")
        if len(columns) > MOST_COLUMNS:
            wrong = f"{len(columns):,} columns; at most {MOST_COLUMNS}"
            raise UnusableTable(f"{here}:1: {wrong}")
        faults = [
            wrong
            for place, column in enumerate(written)
            if (wrong := name_fault(written, place, self.asked) or self._slip(column, place))
        ]
        if faults:
            raise UnusableTable(few_lines([f"{here}:{line}" for line in faults]))
        said = "--map" if self.asked == "options" else "mapping"
        for name, _ in self.mapping:
            if not any(same_words(name, column.name) for column in written):
                raise UnusableTable(f"{here}:1: {said}: there is no column '{visible(name)}'")
        if not any(map(_sets, written)):
            example = column_said(self.asked, "", "pay.salary", "Annual Salary")
            wrong = (
                "no column is called like a field or like one of an HR export; write fields, like "
                f"name,pay.salary, or name them, like {example}"
            )
            raise UnusableTable(f"{here}:1: {wrong}")

    def _slip(self, column: PersonColumn, place: int) -> str:
        """What a column was perhaps to be called, where it would be kept and nobody said so."""
        said = column.name.startswith(KEPT) or not column.field.startswith(KEPT)
        if said or any(same_words(name, column.name) for name, _ in self.mapping):
            return ""
        if not (near := nearly(column.name)):
            return ""
        name, (known, field) = visible(column.name), near
        keep = f"or {KEPT}{name} to keep it beside the results"
        return f"{place + 1}: '{name}': did you mean '{known}'? write {field} in its place, {keep}"

    def rows(self) -> Iterator[Row]:
        """Each row, those that cannot be read among them; empty lines are left out.

        Raises:
            UnusableTable: The file is gone, or is not what it was.
        """
        with self._said():
            columns, decided = self.person_columns(), self._decided
            for line, written, fault, column in self._written():
                if fault:
                    yield Row(line, (), fault, column)
                else:
                    yield row_of(columns, line, written, decided)

    def _written(self) -> Iterator[tuple[int, Sequence[str], str, int]]:
        """Line, cells, fault and its column of each row that is not empty."""
        for line, written, fault, column in self._every():
            if fault or any(map(str.strip, written)):
                yield line, written, fault, column

    def _every(self) -> Iterator[tuple[int, Sequence[str], str, int]]:
        """The same of each row."""
        if self._parquet:
            for line, cells in enumerate(parquet.rows(self.file), start=2):
                yield line, cells, "", 1
            return
        for row in people_rows(self.file, LARGEST, self.header()):
            yield row.line, row.cells, row.fault, row.column

    @cached_property
    def _decided(self) -> Decided:
        """What only whole columns tell, from one look through the file where a column needs it.

        Raises:
            UnusableTable: A column leaves it open.
        """
        columns = self.person_columns()
        asked = [
            (place, column)
            for place, column in enumerate(columns)
            if column.converted and (column.field == HIRED or column.says_percent)
        ]
        if not asked:
            return Decided()
        texts: dict[int, dict[str, None]] = {place: {} for place, _ in asked}
        for _, written, fault, _ in self._written():
            if not fault and len(written) == len(columns):
                for place, _ in asked:
                    texts[place][written[place].strip()] = None
        order = None
        for place, column in asked:
            there = [text for text in texts[place] if text]
            order, question = (
                open_order(there) if column.field == HIRED else (order, open_share(there))
            )
            if question:
                hint = "; write them like 2025-01-31" if column.field == HIRED else ""
                line = 1 if self._parquet else self.header().row.line
                where = f"{self.shown}:{line}:{place + 1}"
                raise UnusableTable(f"{where}: '{visible(column.name)}': {question}{hint}")
        return Decided(order)

    def count(self) -> int:
        """How many rows there are."""
        with self._said():
            if self._parquet:
                return parquet.count(self.file)
            return sum(1 for _ in self._written())

    @property
    def _parquet(self) -> bool:
        return self.file.suffix.lower() in parquet.ENDINGS

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what the system or DuckDB refuses into a line that names the table."""
        try:
            yield
        except Unreadable as why:
            raise UnusableTable(f"{self.shown}: cannot be read: {why}") from None
        except Mistakes as why:
            raise UnusableTable(str(why)) from None
        except duck_errors() as error:
            first = str(error).partition("\n")[0]
            raise UnusableTable(f"{self.shown}: not Parquet: {first}") from None


@lru_cache(maxsize=MOST_KEPT)
def _header(table: Table, changed: int, size: int) -> PeopleHeader:  # noqa: ARG001
    return people_header(table.file, LARGEST, table.known)


def _sets(column: PersonColumn) -> bool:
    """Whether a column sets a field, or is kept because its name says so."""
    named = column.field == column.name and (
        column.name.startswith(KEPT) or is_field_name(column.name, KNOWN)
    )
    return column.converted or named
