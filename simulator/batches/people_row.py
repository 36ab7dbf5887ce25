"""One row of a table of people: what its cells set, as a scenario has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from simulator.batches.job import Cell
from simulator.notation.yaml_reader import has_half_letters
from simulator.readers.people import (
    HIRED,
    KEPT,
    Decided,
    PersonColumn,
    cell_text,
    hired_on,
    no_salary,
)


class Row(NamedTuple):
    """One row.

    Attributes:
        line: Its first line in the file; of a Parquet file its place, the first row's being 2.
        cells: Its cells that are not empty.
        fault: Why it cannot be read, where it cannot.
        column: Which cell that is, from 1.
        hired: The day on which the person was hired, where a column says so.
    """

    line: int
    cells: tuple[Cell, ...]
    fault: str = ""
    column: int = 1
    hired: date | None = None


def kept_name(column: PersonColumn) -> str:
    """What a column is called beside the results: a hire date by its own name, as it tells one."""
    return f"{KEPT}{column.name}" if column.converted and column.field == HIRED else column.field


def row_of(
    columns: Sequence[PersonColumn], line: int, written: Sequence[str], decided: Decided
) -> Row:
    """A row of a table.

    Args:
        columns: Its columns.
        line: Its line in the file.
        written: Its cells.
        decided: What only whole columns tell.
    """
    if len(written) != len(columns):
        return Row(line, (), f"{len(written)} cells; the header has {len(columns)}")
    cells = tuple(
        Cell(
            kept_name(column),
            cell_text(column, text.strip(), decided) if column.converted else text,
            place,
        )
        for place, (column, text) in enumerate(zip(columns, written, strict=True), 1)
        if text.strip()
    )
    if any(has_half_letters(cell.text) for cell in cells):
        return Row(line, (), "not UTF-8; save the file as UTF-8")
    for place, (column, text) in enumerate(zip(columns, written, strict=True), 1):
        if why := no_salary(column, text):
            return Row(line, (), f"{column.name}: {why}", place)
    hired = next((place for place, column in enumerate(columns) if _is_hired(column)), None)
    if hired is None or not (text := written[hired].strip()):
        return Row(line, cells)
    day = hired_on(text, decided)
    if day is None:
        wrong = f"{columns[hired].name}: this is not a date; write it like 2025-01-03"
        return Row(line, (), wrong, hired + 1)
    return Row(line, cells, hired=day)


def _is_hired(column: PersonColumn) -> bool:
    return column.converted and column.field == HIRED
