"""A table: rows of amounts under headers, sentences above and below. `terminal` and `markdown` show it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from simulator.answer.statistics import Estimate
from simulator.conversion.amounts import is_unknown
from simulator.money import dollars, half_up_to_dollars

TEXT, WORD, AMOUNT, COUNT = "text", "word", "amount", "count"
"""Kinds of columns: words that may wrap, a word or date that may not, cents, whole numbers."""

MARK = "*"

CENTS = 2
"""Decimals of an amount of dollars."""


class Column(NamedTuple):
    """A column: its header and its kind."""

    header: str
    kind: str = AMOUNT


class Table(NamedTuple):
    """Rows under headers, with a title and sentences above, and sentences below.

    Attributes:
        title: What the table shows.
        columns: One for each value of a row.
        rows: Texts, amounts in cents (or estimates of them), counts; None stays empty.
        marked: The rows to set off.
        notes: Sentences under the table.
        paste: Lines to copy, below all; they are never wrapped.
        yields: Headers of columns that may be left out where it is narrow, the first one first.
        lead: Sentences above the headers: what the table comes to.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    marked: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    paste: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()

    @property
    def cells(self) -> list[list[str]]:
        """The rows as people read them; a column has one number of decimals."""
        decimals = [self._decimals(place) for place in range(len(self.columns))]
        return [
            [
                cell(value, column.kind, places)
                for value, column, places in zip(row, self.columns, decimals, strict=True)
            ]
            for row in self.rows
        ]

    def _decimals(self, place: int) -> int:
        values = (row[place] for row in self.rows)
        return fewest_decimals(value for value in values if isinstance(value, Estimate))

    def without_empty(self) -> "Table":
        """The table without the columns of amounts that are zero in every row."""
        kept = [
            place
            for place, column in enumerate(self.columns)
            if column.kind != AMOUNT or any(row[place] for row in self.rows)
        ]
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return self._replace(columns=columns, rows=rows)

    def without(self, header: str) -> "Table":
        """The table without the columns that have a header."""
        kept = [n for n, column in enumerate(self.columns) if column.header != header]
        if len(kept) == len(self.columns):
            return self
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return self._replace(columns=columns, rows=rows)

    def only(self, header: str) -> "Table":
        """The table with its first column and one other."""
        kept = [0, *(n for n, column in enumerate(self.columns) if n and column.header == header)]
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return self._replace(columns=columns, rows=rows)


def fewest_decimals(estimates: Iterable[Estimate]) -> int:
    """Of some amounts side by side: cents, or none where one of them does not support cents."""
    known = (one for one in estimates if not is_unknown(one.value))
    return CENTS if all(one.decimals == CENTS for one in known) else 0


def cell(value: Any, kind: str, decimals: int = CENTS) -> str:
    """A value as people read it.

    Args:
        value: The value.
        kind: The kind of its column.
        decimals: Of an amount of dollars.
    """
    if value is None:
        return ""
    if is_unknown(value):
        return "-"
    if isinstance(value, Estimate):
        return value.written(decimals)
    if kind == AMOUNT and isinstance(value, int):
        return dollars(value) if decimals else f"{half_up_to_dollars(value):,}"
    return str(value)
