"""The figures of an answer that are not as they were expected, and what did it."""

from __future__ import annotations

from typing import Any

from simulator.answer.phrases import lower
from simulator.answer.statistics import STATISTICS
from simulator.decisions.moved_figures import Moved
from simulator.report.tables.table import COUNT, TEXT, Column, Table

MOST = 20
"""Figures that are shown; the JSON has all."""


def moved_table(name: str, found: Moved) -> Table:
    """The figures that moved, means before what is told of their spread.

    Args:
        name: The scenario's.
        found: What moved.
    """
    first, *rest = found.sentences
    columns = (Column("Figure", TEXT), *(Column(head, COUNT) for head in ("Expected", "Now", "By")))
    ordered = sorted(found.figures, key=lambda one: one.path.rpartition(".")[2] in STATISTICS[1:])
    rows = tuple(
        (one.path, *map(_told, (one.expected, one.now, one.difference))) for one in ordered[:MOST]
    )
    left = len(ordered) - MOST
    more = (f"{left:,} more moved; --format json has all.",) if left > 0 else ()
    return Table(f"{name}: {lower(first)}", columns, rows, notes=(*more, *rest))


def _told(value: Any) -> str:
    """A figure as people read it; nothing where there is none."""
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "" if value is None else str(value)
