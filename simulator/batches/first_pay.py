"""The first pay date of somebody who was hired on a day, on the cycle of the template's pay dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from simulator.batches.job import Cell, Job
from simulator.batches.people_row import Row
from simulator.batches.template import parsed
from simulator.notation.mistakes import Mistakes
from simulator.notation.numbers import read_day
from simulator.readers.people import HIRED

STEPS = {"weekly": timedelta(7), "biweekly": timedelta(14)}
"""Days between the pay dates of a cycle."""


def with_first_pay(row: Row, template: Job, settings: tuple[str, ...]) -> tuple[Cell, ...]:
    """The cells of a row, with the first pay date that its hire date means.

    Who was hired before the simulated years is paid as the template says. A cycle of weeks goes on as the
    template's does: the first pay date is its first one on or after the hire date.

    Args:
        row: A row with a hire date.
        template: The scenario file under it.
        settings: What is set in every job alike.
    """
    assert row.hired is not None, "only such a row is asked for"
    given = {cell.field: cell.text.strip() for cell in row.cells}
    given = {name: value for name, _, value in (one.partition("=") for one in settings)} | given
    try:
        data = parsed(template.content, template.file).data
    except Mistakes:  # which the job says itself
        return row.cells
    if HIRED in given or row.hired.year < _first_year(given.get("years", _at(data, "years"))):
        return row.cells
    day = row.hired
    step = STEPS.get(str(given.get("pay.frequency", _at(data, "pay", "frequency"))))
    anchor = _day(_at(data, "pay", "first_pay_date"))
    if step is not None and anchor is not None:
        day = max(anchor, anchor - (anchor - row.hired) // step * step)
    return (*row.cells, Cell(HIRED, str(day), 1))


def _at(data: Any, *path: str) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _first_year(years: object) -> int:
    written = str(years).strip()[:4]
    return int(written) if written.isdecimal() else 0


def _day(value: object) -> date | None:
    try:
        return read_day(value)
    except ValueError:
        return None
