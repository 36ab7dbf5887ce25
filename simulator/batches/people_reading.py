"""How a table of people is understood: what each column sets, and how its rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.batches.people_row import Row, kept_name
from simulator.batches.table import Table
from simulator.notation.letters import plain_lines, visible
from simulator.readers.people import HIRED, KEPT, PersonColumn
from simulator.readers.reading import samples
from simulator.readers.written import Asked

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class PeopleReading:
    """What was understood of a table of people.

    Attributes:
        file: Its name.
        columns: Its columns.
        rows: Its rows.
        faults: Those that cannot be read.
    """

    file: str
    columns: tuple[PersonColumn, ...]
    rows: tuple[Row, ...]
    faults: tuple[Row, ...]

    @property
    def samples(self) -> list[Row]:
        """Three rows that show the rest."""
        return [self.rows[place] for place in samples(self.rows)]

    def to_dict(self) -> dict[str, Any]:
        """What was understood, for JSON."""
        return {
            "file": self.file,
            "read_as": "people",
            "columns": {column.name: sets(column) for column in self.columns},
            "rows": len(self.rows),
            "faults": [{"line": row.line, "why": row.fault} for row in self.faults],
            "samples": [{"line": row.line, **self.record(row)} for row in self.samples],
        }

    def record(self, row: Row) -> dict[str, str]:
        """A row as a table of a batch has it; a hire date stays one, a template tells the pay date."""
        there = {cell.field: cell.text for cell in row.cells}
        return {_clean_name(column): there.get(kept_name(column), "") for column in self.columns}

    def clean_rows(self) -> list[dict[str, str]]:
        """The rows as a table of a batch has them."""
        return [self.record(row) for row in self.rows]

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each person, texts as a table of a batch has them."""
        import pandas as pd

        return pd.DataFrame(self.clean_rows())

    def __repr__(self) -> str:
        people = f"{len(self.rows):,} row" + "s" * (len(self.rows) != 1)
        wrong = f", {len(self.faults):,} that cannot be read" if self.faults else ""
        return visible(f"<Reading of people: {Path(self.file).name}, {people}{wrong}>")

    def _repr_html_(self) -> str:
        return plain_lines(self.to_frame().to_html())


def passed_through(file: Path, mapping: Mapping[str, str]) -> list[str]:
    """The columns of a table that set nothing, though their names do not say so: they are kept.

    Args:
        file: The table.
        mapping: Names of columns, and the fields that they set.
    """
    columns = Table(file, tuple(mapping.items())).person_columns()
    return [one.name for one in columns if one.field.startswith(KEPT) and one.name != one.field]


def _clean_name(column: PersonColumn) -> str:
    return column.name if column.converted and column.field == HIRED else column.field


def sets(column: PersonColumn) -> str:
    """What a column sets, or that it is kept beside the results."""
    if column.converted and column.field == HIRED:
        return f"{HIRED}, the first of the cycle from then on"
    return f"kept as {column.field}" if column.field.startswith(KEPT) else column.field


def people_read(
    file: Path, mapping: Mapping[str, str], asked: Asked = "arguments"
) -> PeopleReading:
    """How a table of people is understood.

    Args:
        file: CSV, XLSX or Parquet.
        mapping: Names of columns, and the fields that they set.
        asked: Who asks: what is to be written is told as they write it.

    Raises:
        UnusableTable: It cannot be read.
    """
    table = Table(file, tuple(mapping.items()), asked)
    table.check()
    rows = tuple(table.rows())
    good = tuple(row for row in rows if not row.fault)
    return PeopleReading(
        str(file), table.person_columns(), good, tuple(row for row in rows if row.fault)
    )
