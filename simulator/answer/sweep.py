"""The answer of a sweep: taxable earnings of one policy while one thing varies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from math import floor
from typing import Any, NamedTuple

from simulator.scenario.scenario import Scenario


class Point(NamedTuple):
    """One value of what varies.

    Attributes:
        value: The value.
        box_2a: Statistics of Box 2a over all forms. [dollars]
        over_first: By how much it exceeds the first point's, path by path: `mean`, and its own, much smaller
            error `se`; None on one path. [dollars]
        leaves_money: Whether some money has no date to leave on.
    """

    value: int | float | str
    box_2a: dict[str, float]
    over_first: dict[str, float] | None = None
    leaves_money: bool = False


class Mark(NamedTuple):
    """A policy of the scenario, beside the points of a sweep over the delay.

    Attributes:
        policy: Its name.
        box_2a: Statistics of Box 2a over all forms. [dollars]
        leaves_money: Whether some money has no date to leave on.
    """

    policy: str
    box_2a: dict[str, float]
    leaves_money: bool


@dataclass(frozen=True)
class Sweep:
    """The taxable earnings of one policy for each value of a field.

    Attributes:
        field: What varies: `delay`, or the path of a field of the scenario.
        policy: The policy's name; where its delay varies, without it.
        points: Each value and what it comes to.
        marks: The scenario's own policies; of a sweep over the delay.
        closed_form: For each value the mean gain converted, where it has a closed form. [dollars]
        paths: How many paths the statistics are over, the most of any point.
        scenario: The question.
        warnings: What of the question looks like a slip, a sentence each.
    """

    field: str
    policy: str
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    closed_form: tuple[float, ...] | None
    paths: int
    scenario: Scenario
    warnings: tuple[str, ...] = ()

    @property
    def values(self) -> list[int | float | str]:
        """The values of the field, in order."""
        return [point.value for point in self.points]

    def to_dict(self) -> dict[str, Any]:
        """The sweep in the shape of the JSON output. [dollars]"""
        points: list[dict[str, Any]] = []
        for point, mean in zip_longest(self.points, self.closed_form or ()):
            record: dict[str, Any] = {"value": point.value, "box_2a": point.box_2a}
            if point.over_first is not None:
                record["box_2a_over_first"] = point.over_first
            if mean is not None:
                record["closed_form"] = floor(mean * 100 + 0.5) / 100
            points.append(record)
        return {
            "field": self.field,
            "policy": self.policy,
            "points": points,
            **({"warnings": list(self.warnings)} if self.warnings else {}),
        }
