"""What a policy comes to where that is known without paths, and how exact an answer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from simulator.conversion.amounts import Outcome, YearOutcome


class Exactness(NamedTuple):
    """Whether a policy's figures are exact, where that was asked for.

    Attributes:
        error: How far the mean of Box 2a may be from that of amounts posted to the cent, at most. [cents]
        why_not: Why they are simulated, in a phrase; empty where they are exact.
    """

    error: float = 0.0
    why_not: str = ""

    @property
    def record(self) -> dict[str, Any]:
        """It for JSON. [dollars]"""
        if self.why_not:
            return {"method": "simulated", "reason": self.why_not}
        return {"method": "exact", "error": round(self.error / 100, 2)}


@dataclass(frozen=True, slots=True)
class KnownYear(YearOutcome[Any]):
    """One calendar year without paths. [cents]

    Attributes:
        earnings_left: The mean of what of the left value is more than basis.
    """

    earnings_left: float | int = 0

    @property
    def left_earnings(self) -> float | int:
        """What of the left value is more than basis. [cents]"""
        return self.earnings_left


@dataclass(frozen=True, slots=True)
class KnownOutcome(Outcome[Any]):
    """All years of a policy without paths. [cents]

    Attributes:
        totals: The sums over all years that are known better than by their parts, by column.
        error: How far a mean may be from the one of amounts posted to the cent, at most.
    """

    totals: Mapping[str, Any] = field(default_factory=dict)
    error: float = 0.0

    def total(self, column: str) -> Any:
        """The sum of a column over all years, the run-off's included. [cents]"""
        return self.totals[column] if column in self.totals else Outcome.total(self, column)

    def and_so_far(self, moved: Mapping[int, Mapping[str, int]]) -> Outcome[Any]:
        """With what was moved before the simulation, by year and column. [cents]"""
        totals = dict(self.totals)
        for flows in moved.values():
            totals |= {name: totals[name] + flows.get(name, 0) for name in totals}
        return replace(self, years=Outcome.and_so_far(self, moved).years, totals=totals)

    @property
    def taxable(self) -> Any:
        """Box 2a over all forms. [cents]"""
        return self.total("box_2a")
