"""The rows of a table of amounts: one for each amount of a timeline that is not always 0. [row, path]

Numpy and the compiled engine fill the same rows, and a large batch has them on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from simulator.conversion.amounts import COLUMNS, ENDS, Outcome, YearOutcome
from simulator.conversion.timeline import Timeline

NOWHERE = -1
"""In place of a row, for an amount that is always 0, or that nobody asked for."""


@dataclass(frozen=True)
class Rows:
    """Where the amounts of one timeline stand.

    Attributes:
        years: The rows of each year, by column.
        ends: The rows of the balances at the last session, by name; none where Box 2a alone is asked for.
    """

    years: Mapping[int, Mapping[str, int]]
    ends: Mapping[str, int]

    def row(self, year: int, column: str) -> int:
        """Where a column of a year stands."""
        return self.years[year].get(column, NOWHERE)

    def outcome(self, timeline: Timeline, amounts: Any) -> Outcome[Any]:
        """The outcome of the timeline: views of its rows of a table. [row, path]"""
        years = {
            year: YearOutcome(**{name: amounts[of[name]] if name in of else 0 for name in COLUMNS})
            for year, of in self.years.items()
        }
        ends = {name: amounts[row] for name, row in self.ends.items()}
        outcome = Outcome(years=years, in_transit=timeline.in_transit, **ends)
        return outcome.and_so_far(timeline.converted_so_far)


def rows_of_all(timelines: Iterable[Timeline]) -> tuple[list[Rows], int]:
    """The rows of every amount of some timelines, and how many there are."""
    free = count()
    rows = []
    for plan in timelines:
        years = {
            year: {name: next(free) for name in possible(plan, year)}
            for year in plan.reported_years
        }
        rows.append(Rows(years, {name: next(free) for name in ENDS}))
    return rows, next(free)


def possible(plan: Timeline, year: int | None = None) -> Iterator[str]:
    """The amounts that a year of a timeline can have, or any of its years."""
    ways = plan.ways(year)
    return (name for name, column in COLUMNS.items() if column.possible(plan.terms, ways))


def rows_of_taxable(timelines: Sequence[Timeline]) -> list[Rows]:
    """One row a timeline: its Box 2a over all forms, which is all that a sweep asks for."""
    return [
        Rows({year: {"box_2a": row} for year in plan.reported_years}, {})
        for row, plan in enumerate(timelines)
    ]
