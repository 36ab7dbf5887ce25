"""The answer of a sweep: what one policy comes to while one thing varies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.frames import frame_of
from simulator.answer.known_outcome import Exactness
from simulator.notation.letters import plain_lines, visible
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

BOX_2A, TAX, WEALTH = "box_2a", "tax", "wealth"
"""What a sweep tells of a policy."""

WORDS = {BOX_2A: "taxable earnings", TAX: "tax on the earnings", WEALTH: "wealth after tax"}
HEADS = {BOX_2A: "Box 2a", TAX: "tax", WEALTH: "wealth"}
MADE = {BOX_2A: "taxable", TAX: "of tax", WEALTH: "of wealth"}
"""It in a sentence, over a column, and after an amount that something makes."""


class Point(NamedTuple):
    """One value of what varies.

    Attributes:
        value: The value.
        amount: Statistics of what is told: Box 2a over all forms, or another measure. [dollars]
        over_first: By how much it exceeds the first point's, path by path: `mean`, and its own, much smaller
            error `se`; None on one path. [dollars]
        leaves_money: Whether some money has no date to leave on.
        errors: The standard errors of the percentiles. [cents]
        exactness: Whether it is exact, where that was asked for.
    """

    value: int | float | str
    amount: dict[str, Any]
    over_first: dict[str, float] | None = None
    leaves_money: bool = False
    errors: Mapping[str, float] = {}
    exactness: Exactness | None = None


class Mark(NamedTuple):
    """A policy of the scenario, beside the points of a sweep over the delay.

    Attributes:
        policy: Its name.
        amount: Statistics of the same. [dollars]
        leaves_money: Whether some money has no date to leave on.
    """

    policy: str
    amount: dict[str, float]
    leaves_money: bool


@dataclass(frozen=True, repr=False)
class Sweep:
    """What one policy comes to for each value of a field.

    Attributes:
        field: What varies: `delay`, or the path of a field of the scenario.
        policy: The policy's name; where its delay varies, without it.
        points: Each value and what it comes to.
        marks: The scenario's own policies; of a sweep over the delay.
        closed_form: For each value the mean gain converted, where it has a closed form. [dollars]
        paths: How many paths the statistics are over, the most of any point.
        scenario: The question.
        warnings: What of the question looks like a slip, a sentence each.
        of: What is told: `box_2a`, `tax` or `wealth`.
    """

    field: str
    policy: str
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    closed_form: tuple[float, ...] | None
    paths: int
    scenario: Scenario
    warnings: tuple[str, ...] = ()
    of: str = BOX_2A

    @property
    def values(self) -> list[int | float | str]:
        """The values of the field, in order."""
        return [point.value for point in self.points]

    def to_dict(self) -> dict[str, Any]:
        """The sweep in the shape of the JSON output. [dollars]"""
        points: list[dict[str, Any]] = []
        for point, mean in zip_longest(self.points, self.closed_form or ()):
            record: dict[str, Any] = {"value": point.value, self.of: point.amount}
            record |= point.exactness.record if point.exactness else {}
            if point.over_first is not None:
                record[f"{self.of}_over_first"] = point.over_first
            if mean is not None:
                record["closed_form"] = floor(mean * 100 + 0.5) / 100
            points.append(record)
        return {
            "field": self.field,
            "policy": self.policy,
            "points": points,
            **({"warnings": list(self.warnings)} if self.warnings else {}),
        }

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each value: statistics of what is told. [dollars]"""
        stays = [{"leaves_money": point.leaves_money} for point in self.points]
        points = zip(self.to_dict()["points"], stays, strict=True)
        return frame_of(point | left for point, left in points).rename(
            columns={"value": self.field}
        )

    def __repr__(self) -> str:
        count = "1 value" if len(self.points) == 1 else f"{len(self.points):,} values"
        paths = {0: "exact", 1: "one path"}.get(self.paths, f"{self.paths:,} paths")
        told = f"{WORDS[self.of]} of {self.policy} for {count} of {self.field}, {paths}"
        return visible(f"<Sweep: {told}>")

    def _repr_html_(self) -> str:
        return plain_lines(self.to_frame().to_html(float_format="{:,.2f}".format))
