"""A table: rows of amounts under headers, and sentences below. How it looks is for `terminal`, `markdown`."""

from dataclasses import dataclass, replace
from typing import Any

from simulator.conversion.amounts import is_unknown
from simulator.money import dollars

TEXT, WORD, AMOUNT, COUNT = "text", "word", "amount", "count"
"""Kinds of columns: words that may wrap, a word or date that may not, cents, whole numbers."""

MARK = "*"


@dataclass(frozen=True)
class Column:
    """A column: its header and its kind."""

    header: str
    kind: str = AMOUNT


@dataclass(frozen=True)
class Table:
    """Rows under headers, with a title above and sentences below.

    Attributes:
        title: What the table shows.
        columns: One for each value of a row.
        rows: Texts, amounts in cents (or estimates of them), counts; None stays empty.
        marked: The rows to set off.
        notes: Sentences under the table.
        paste: Lines to copy, below all; they are never wrapped.
        yields: Headers of columns that may be left out where it is narrow, the first one first.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    marked: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    paste: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()

    def without_empty(self) -> "Table":
        """The table without the columns of amounts that are zero in every row."""
        kept = [
            place
            for place, column in enumerate(self.columns)
            if column.kind != AMOUNT or any(row[place] for row in self.rows)
        ]
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return replace(self, columns=columns, rows=rows)

    def without(self, header: str) -> "Table":
        """The table without the columns that have a header."""
        kept = [n for n, column in enumerate(self.columns) if column.header != header]
        if len(kept) == len(self.columns):
            return self
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return replace(self, columns=columns, rows=rows)

    def only(self, header: str) -> "Table":
        """The table with its first column and one other."""
        kept = [0, *(n for n, column in enumerate(self.columns) if n and column.header == header)]
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return replace(self, columns=columns, rows=rows)


def cell(value: Any, kind: str) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if is_unknown(value):
        return "-"
    if kind == AMOUNT and isinstance(value, int):
        return dollars(value)
    return str(value)
