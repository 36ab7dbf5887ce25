"""The answer of a sweep over two fields: one policy for each value of one with each of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.frames import frame_of
from simulator.answer.known_outcome import Exactness
from simulator.answer.sweep import WORDS
from simulator.notation.letters import plain_lines, visible
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


class Cell(NamedTuple):
    """A value of each field together.

    Attributes:
        values: The two values.
        amount: Statistics of what is asked for. [dollars]
        leaves_money: Whether some money has no date to leave on.
        exactness: Whether it is exact, where that was asked for.
    """

    values: tuple[int | float | str, int | float | str]
    amount: dict[str, float]
    leaves_money: bool
    exactness: Exactness | None = None

    @property
    def record(self) -> dict[str, Any]:
        """How it was worked out, where that was asked for."""
        return self.exactness.record if self.exactness else {}


@dataclass(frozen=True, repr=False)
class Grid:
    """What one policy comes to for each pair of values of two fields.

    Attributes:
        fields: The paths of the fields: down the rows, and across.
        policy: The policy's name.
        cells: Row by row; each row has the same values of the second field.
        of: What is told: a name of `MEASURES`.
        paths: How many paths the statistics are over, the most of any cell.
        scenario: The question.
        warnings: What of the question looks like a slip, a sentence each.
    """

    fields: tuple[str, str]
    policy: str
    cells: tuple[Cell, ...]
    of: str
    paths: int
    scenario: Scenario
    warnings: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The cells, a tuple for each value of the first field."""
        across = len(dict.fromkeys(cell.values[1] for cell in self.cells))
        return [self.cells[at : at + across] for at in range(0, len(self.cells), across)]

    def records(self) -> Iterator[dict[str, Any]]:
        """A record for each pair, with the fields by their names. [dollars]"""
        for cell in self.cells:
            values = dict(zip(self.fields, cell.values, strict=True))
            yield {**values, self.of: cell.amount, **cell.record}

    def to_dict(self) -> dict[str, Any]:
        """It in the shape of the JSON output. [dollars]"""
        points = [
            {"values": list(cell.values), self.of: cell.amount, **cell.record}
            for cell in self.cells
        ]
        return {
            "fields": list(self.fields),
            "policy": self.policy,
            "points": points,
            **({"warnings": list(self.warnings)} if self.warnings else {}),
        }

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each pair of values: statistics of what is told. [dollars]"""
        return frame_of(
            dict(zip(self.fields, cell.values, strict=True))
            | {self.of: cell.amount, "leaves_money": cell.leaves_money}
            for cell in self.cells
        )

    def __repr__(self) -> str:
        varied = " and ".join(self.fields)
        told = f"{WORDS[self.of]} of {self.policy} for {len(self.cells):,} values of {varied}"
        return visible(f"<Grid: {told}>")

    def _repr_html_(self) -> str:
        return plain_lines(self.to_frame().to_html(float_format="{:,.2f}".format))
