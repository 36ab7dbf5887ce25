"""A data frame of people: its columns are fields of a scenario, each row changes the template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from simulator.batches.job import Cell
from simulator.batches.people_row import Row
from simulator.batches.table import Table
from simulator.notation.python_values import text_of, value_of
from simulator.readers.named_file import same_words
from simulator.readers.people import PersonColumn

if TYPE_CHECKING:
    import pandas as pd

NAME = Path("<DataFrame>")
"""What its mistakes are in."""

_TRUTH = {True: "true", False: "false"}


@dataclass(frozen=True, eq=False)
class FrameTable(Table):
    """A table in memory: numbers are dollars, or shares as fractions; texts are those of a CSV's cells.

    Attributes:
        frame: The data frame; a cell that is missing (None, NaN) changes nothing.
    """

    frame: Any = None

    @classmethod
    def of(cls, frame: pd.DataFrame, mapping: tuple[tuple[str, str], ...] = ()) -> FrameTable:
        """A data frame as a table; the mapping names fields of columns that are called otherwise."""
        return cls(NAME, mapping, frame=frame)

    def columns(self) -> list[str]:
        """What each column is called here: by the mapping, or as in the frame."""
        return [column.field for column in self.person_columns()]

    def person_columns(self) -> tuple[PersonColumn, ...]:
        """Each column, and what it sets."""
        names = [str(name).strip() for name in self.frame.columns]
        return tuple(map(self._column, names))

    def _column(self, name: str) -> PersonColumn:
        said = (field for column, field in self.mapping if same_words(column, name))
        field = next(said, name)
        return PersonColumn(name, field, converted=field != name)

    def check(self) -> None:
        """Raises `UnusableTable` where a column is no field."""
        self.demand_fields(self.person_columns())

    def rows(self) -> Iterator[Row]:
        """Each row; its line is that of a CSV made of the frame, the first row's being 2."""
        columns = self.columns()
        for line, values in enumerate(self.frame.itertuples(index=False, name=None), 2):
            cells = []
            for place, (name, value) in enumerate(zip(columns, values, strict=True), 1):
                try:
                    if not _is_missing(value):
                        cells.append(_cell(name, value, place))
                except PydanticCustomError as error:
                    yield Row(line, (), f"{name}: {error.message()}", place)
                    break
            else:
                yield Row(line, tuple(cells))

    def count(self) -> int:
        """How many rows there are."""
        return len(self.frame)


def _is_missing(value: Any) -> bool:
    """Whether nothing stands in a cell: None, NaN, NaT, NA, or an empty text as in a CSV."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    return type(value).__name__ in ("NaTType", "NAType") or (
        isinstance(value, float | Decimal) and value != value
    )


def _cell(name: str, value: object, place: int) -> Cell:
    """A cell; raises `PydanticCustomError` where its value is of no kind that a file has."""
    read = value_of(value)
    if isinstance(read, bool):
        return Cell(name, _TRUTH[read], place)
    if isinstance(read, Decimal | Fraction):
        return Cell(name, text_of(read), place, share=True)
    return Cell(name, read if isinstance(read, str) else text_of(read), place)
