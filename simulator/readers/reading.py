"""How a file was understood: columns taken, rows counted, rows left out and why, what was converted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from simulator.readers.dated_csv import Dated
from simulator.readers.dated_table import LeftOut

Number = TypeVar("Number")


class Taken(NamedTuple):
    """A thing, and what its column is called in the file."""

    thing: str
    column: str
    note: str = ""


class Kind(NamedTuple):
    """The rows of one value of a column.

    Attributes:
        column: The column.
        value: What stands there; empty where nothing does.
        rows: How many rows.
        sum: What their numbers add up to; None for prices. [cents]
        taken: Whether they are among the rows that are taken.
    """

    column: str
    value: str
    rows: int
    sum: int | None
    taken: bool = True


@dataclass(frozen=True)
class Reading(Generic[Number]):
    """What was understood of a file.

    Attributes:
        file: Its name.
        what: What it was read as: `prices`, `deposits`, `conversions`.
        columns: Which columns were taken.
        rows: Its rows, by date.
        beside: What stands beside each row, by the things that were found: `to`, `fee`.
        kinds: The values of columns of kinds, counted.
        left_out: Rows that were left out.
        told: What was converted, in sentences.
        notes: What a user should know before the figures are used.
    """

    file: str
    what: str
    columns: tuple[Taken, ...]
    rows: tuple[Dated[Number], ...]
    beside: tuple[dict[str, Any], ...] = ()
    kinds: tuple[Kind, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> Dated[Number] | None:
        """The first row by date."""
        return self.rows[0] if self.rows else None

    @property
    def last(self) -> Dated[Number] | None:
        """The last row by date."""
        return self.rows[-1] if self.rows else None


def samples(rows: Sequence[Any]) -> list[int]:
    """The places of three rows that show the rest: the first, one in the middle, the last."""
    return sorted({0, len(rows) // 2, len(rows) - 1}) if rows else []
