"""How a file was understood: columns taken, rows counted, rows left out and why, what was converted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from simulator.notation.letters import plain_lines, visible
from simulator.readers.dated_csv import Dated
from simulator.readers.dated_table import LeftOut

if TYPE_CHECKING:
    import pandas as pd

Number = TypeVar("Number", int, float)


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
        taken: Whether they are among the rows that are taken; None where nobody has said.
    """

    column: str
    value: str
    rows: int
    sum: int | None
    taken: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """The same for JSON. [dollars]"""
        return self._asdict() | {"sum": None if self.sum is None else self.sum / 100}


@dataclass(frozen=True, repr=False)
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

    def to_dict(self) -> dict[str, Any]:
        """What was understood, for JSON. [dollars]"""
        cents = self.what != "prices"
        first, last = self.first, self.last
        return {
            "file": self.file,
            "read_as": self.what,
            "columns": {one.thing: one.column for one in self.columns},
            "rows": len(self.rows),
            "first": str(first.day) if first else None,
            "last": str(last.day) if last else None,
            "sum": sum(row.number for row in self.rows) / 100 if cents else None,
            "kinds": [kind.to_dict() for kind in self.kinds],
            "left_out": [one._asdict() for one in self.left_out],
            "converted": list(self.told),
            "notes": list(self.notes),
            "samples": [self._record(place, line=True) for place in samples(self.rows)],
        }

    def clean_rows(self) -> list[dict[str, Any]]:
        """The rows as a scenario's file has them, by date. [dollars]"""
        return [self._record(place) for place in range(len(self.rows))]

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each row that is taken, by date. [dollars]"""
        import pandas as pd

        frame = pd.DataFrame(self.clean_rows())
        return frame.assign(date=pd.to_datetime(frame["date"])) if len(frame) else frame

    def __repr__(self) -> str:
        rows = f"{len(self.rows):,} row" + "s" * (len(self.rows) != 1)
        days = f" from {self.first.day} to {self.last.day}" if self.first and self.last else ""
        out = sum(one.rows for one in self.left_out)
        left = f", {out:,} left out" if out else ""
        return visible(f"<Reading of {self.what}: {Path(self.file).name}, {rows}{days}{left}>")

    def _repr_html_(self) -> str:
        return plain_lines(self.to_frame().to_html())

    def _record(self, place: int, line: bool = False) -> dict[str, Any]:
        row = self.rows[place]
        name = "price" if self.what == "prices" else "amount"
        number = row.number if self.what == "prices" else row.number / 100
        more = self.beside[place] if self.beside else {}
        beside = {thing: one / 100 if isinstance(one, int) else one for thing, one in more.items()}
        begins = {"line": row.line} if line else {}
        return {**begins, "date": str(row.day), name: number, **beside}

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
