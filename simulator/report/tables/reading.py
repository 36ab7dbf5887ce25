"""How a file was understood, as tables: columns taken, kinds counted, rows left out, three rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from simulator.batches.people_reading import PeopleReading, sets
from simulator.money import in_dollars
from simulator.readers.reading import Kind, Reading
from simulator.report.tables.table import AMOUNT, CENTS, COUNT, TEXT, WORD, Column, Table

MOST_KINDS = 40
"""Values of columns of kinds that are shown."""


def reading_tables(reading: Reading[Any] | PeopleReading) -> Iterator[Table]:
    """What was understood of a file."""
    if isinstance(reading, PeopleReading):
        yield people_table(reading)
        return
    first, last = reading.first, reading.last
    cents = 0 if reading.what == "prices" else sum(row.number for row in reading.rows)
    total = "" if reading.what == "prices" else f", {in_dollars(cents)} in all"
    days = f", from {first.day} to {last.day}" if first and last else ""
    said = [f"{one[:1].upper()}{one[1:]}." for one in (*reading.told, *reading.notes)]
    yield Table(
        f"{Path(reading.file).name}, read as {reading.what}",
        (Column("What", WORD), Column("Column of the file", TEXT)),
        tuple((one.thing, one.column) for one in reading.columns),
        notes=(f"{_rows(len(reading.rows))}{days}{total}.", *said),
    )
    if reading.kinds:
        yield kinds_table(reading.kinds)
    if reading.left_out:
        yield Table(
            "Left out",
            (Column("Why", TEXT), Column("Rows", COUNT), Column("First line", COUNT)),
            tuple((one.why, f"{one.rows:,}", one.line) for one in reading.left_out),
        )
    if shown := reading.to_dict()["samples"]:
        heads = list(dict.fromkeys(name for record in shown for name in record))
        prices = [str(record["price"]) for record in shown if "price" in record]
        digits = max((len(price.partition(".")[2]) for price in prices), default=CENTS)
        yield Table(
            "The first row, one in the middle, the last",
            tuple(Column(name.capitalize(), COUNT) for name in heads),
            tuple(
                tuple(
                    _shown(record.get(name), digits if name == "price" else CENTS) for name in heads
                )
                for record in shown
            ),
        )


def _shown(value: Any, decimals: int) -> str | None:
    """A value of a sample row: an amount with cents, a price with the digits that the longest one has."""
    if isinstance(value, float):
        return f"{value:,.{decimals}f}"
    return None if value is None else str(value)


def kinds_table(kinds: Sequence[Kind], notes: Sequence[str] = ()) -> Table:
    """The values of columns of kinds, each with count and sum, and whether its rows are taken.

    Args:
        kinds: They.
        notes: Sentences below.
    """
    more = len(kinds) - MOST_KINDS
    return Table(
        "Kinds of rows",
        (
            Column("Column", TEXT),
            Column("Value", TEXT),
            Column("Rows", COUNT),
            Column("Sum", AMOUNT),
            Column("Taken", WORD),
        ),
        tuple(
            (one.column, one.value or "(empty)", f"{one.rows:,}", one.sum, _taken(one))
            for one in kinds[:MOST_KINDS]
        ),
        notes=(*([f"And {more:,} more."] if more > 0 else []), *notes),
    )


def _taken(kind: Kind) -> str:
    if kind.taken is None:
        return "?"
    return "yes" if kind.taken else "no"


def people_table(reading: PeopleReading) -> Table:
    """What each column of a table of people sets, and three rows."""
    rows = reading.samples
    records = [list(reading.record(row).values()) for row in rows]
    faults = [f"Line {row.line} cannot be read: {row.fault}." for row in reading.faults[:3]]
    more = len(reading.faults) - 3
    return Table(
        f"{Path(reading.file).name}, read as people",
        (
            Column("Column of the file", TEXT),
            Column("Sets", TEXT),
            *(Column(f"Line {row.line}", WORD) for row in rows),
        ),
        tuple(
            (column.name, sets(column), *(record[place] for record in records))
            for place, column in enumerate(reading.columns)
        ),
        notes=(
            f"{_rows(len(reading.rows))}.",
            *faults,
            *([f"{more:,} more rows cannot be read."] if more > 0 else []),
        ),
    )


def _rows(count: int) -> str:
    return f"{count:,} row" + "s" * (count != 1)
