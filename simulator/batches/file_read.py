"""How a file is understood that a scenario, or a batch, would name: what `mbdr read` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.batches.people_reading import PeopleReading, people_read
from simulator.notation.taken import demand_name, pairs_of, text_pairs, texts
from simulator.notation.wording import shown, suggestion
from simulator.readers.reading import Reading
from simulator.readers.understood import FILES, understood
from simulator.readers.written import Asked
from simulator.refusal import Refused

PEOPLE = "people"
KINDS = (*FILES, PEOPLE)
"""What a file may be read as."""


def read(
    file: str | Path,
    kind: str,
    *,
    mapping: Mapping[str, str] | None = None,
    where: Mapping[str, str | Sequence[str]] | None = None,
    dates: str | None = None,
) -> Reading[Any] | PeopleReading:
    """How a file is understood: columns taken, rows counted, rows left out and why.

    `read("history.csv", "deposits", where={"Transaction Type": "Contributions"}).to_frame()`

    Args:
        file: An export, as it comes: CSV of any separator, or XLSX; of people Parquet too.
        kind: What it is read as: `prices`, `deposits`, `conversions` or `people`.
        mapping: Names of its columns, and what each is, where an export has names that are not known:
            `{"Run Date": "date"}`; of people a field, `{"Annual Salary": "pay.salary"}`.
        where: Columns, and the value or the values of each of which rows are taken.
        dates: What comes first in 01/02/2025, where the column does not tell: `month-first` or `day-first`.

    Raises:
        Mistakes: The file or a row cannot be read, or it leaves something open. Where several kinds of rows
            may be meant, the exception's `kinds` has them, counted.
        UnusableTable: A table of people cannot be read.
        Refused: The kind, or what a column is said to be, is none.
    """
    demand_name("read", file, "a file", "simulator.read('history.csv', 'deposits')")
    text_pairs("mapping", mapping, '{"Run Date": "date"}')
    example = '{"Transaction Type": ["Contributions"]}'
    for column, values in pairs_of("where", where, example):
        texts(f"where[{column!r}]", values, "Contributions")
    if not (dates is None or isinstance(dates, str)):
        raise Refused(
            f"{shown(dates)} is no order of dates; write month-first or day-first", "dates"
        )
    return read_by("arguments", file, kind, mapping=mapping, where=where, dates=dates)


def read_by(
    asked: Asked,
    file: str | Path,
    kind: str,
    *,
    mapping: Mapping[str, str] | None = None,
    where: Mapping[str, str | Sequence[str]] | None = None,
    dates: str | None = None,
) -> Reading[Any] | PeopleReading:
    """The same, asked by somebody in whose words is said what the file leaves open: see `read`."""
    if not (isinstance(kind, str) and kind in KINDS):
        raise Refused(
            f"{shown(kind)} is nothing to read a file as{suggestion(kind, KINDS)}", "kind"
        )
    named = Path(file)
    if kind != PEOPLE:
        taken = {
            column: [values] if isinstance(values, str) else list(values)
            for column, values in (where or {}).items()
        }
        return understood(named, kind, mapping or {}, taken, dates, asked)
    if where or dates:
        idle = "where" if where else "dates"
        raise Refused("says nothing to people; leave it out", idle)
    return people_read(named, mapping or {}, asked)
