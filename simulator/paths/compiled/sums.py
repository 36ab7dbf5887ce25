"""Where a timeline's amounts are summed: a row for each column of its outcome, and none for what stays 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.conversion.outcome import Outcome, YearOutcome
from simulator.conversion.timeline import Timeline
from simulator.returns.draws import Floats

NOWHERE = -1
"""In place of a row, for an amount that nobody asked for."""

ENDS = ("left_value", "left_basis", "roth_end", "ira_end")


@dataclass(frozen=True)
class Sums:
    """The rows of one timeline.

    Attributes:
        years: The rows of each year, by column.
        ends: The rows of the balances at the last session, by column; none where forms alone are wanted.
    """

    years: dict[int, dict[str, int]]
    ends: dict[str, int]

    def row(self, year: int, column: str) -> int:
        """Where a column of a year is summed."""
        return self.years[year].get(column, NOWHERE)

    def outcome(self, plan: Timeline, rows: Floats) -> Outcome[Any]:
        """The outcome of a timeline from its sums. [row, path]"""
        years = {
            year: YearOutcome(
                **{name: rows[of[name]] if name in of else 0 for name in YearOutcome.__slots__}
            )
            for year, of in self.years.items()
        }
        ends = {name: rows[row] for name, row in self.ends.items()}
        return Outcome(years=years, in_transit=plan.in_transit, **ends)


def every_column(plan: Timeline, free: Iterator[int]) -> Sums:
    """A row for each amount of an outcome.

    Args:
        plan: The timeline.
        free: Rows that are not taken yet.
    """
    rule = plan.terms.basis_after_loss
    always = ["box_1", "box_2a", "box_5", "left_value", "left_basis"]
    always += ["forfeited"] * (rule == "carry-within-year")
    converting = ["fees"] * bool(plan.terms.conversion.fee)
    converting += ["ira"] * (plan.terms.conversion.to == "split")
    converting += ["forfeited"] * (rule == "forfeit")
    years = {}
    for year in _years(plan):
        columns = always + converting * (plan.conversions[year] > 0)
        years[year] = {column: next(free) for column in columns}
    return Sums(years, {column: next(free) for column in ENDS})


def taxable_alone(plan: Timeline, free: Iterator[int]) -> Sums:
    """One row for Box 2a over all forms of a timeline."""
    row = next(free)
    return Sums({year: {"box_2a": row} for year in _years(plan)}, {})


def _years(plan: Timeline) -> list[int]:
    return sorted(close.year_end.year for close in plan.closes if close.year_end)
