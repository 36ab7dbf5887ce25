"""The answer to when to convert: the best dates under a plan's rules, beside the scenario's policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from simulator.answer.comparison import SCHEMA, Comparison
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.conversion.best_calendar import BestCalendar
from simulator.conversion.calendar_costs import Costs, Moved, Problem
from simulator.money import half_up
from simulator.scenario.best_dates import expected_return


class Other(NamedTuple):
    """A policy of the scenario beside the dates that were found.

    Attributes:
        result: The policy.
        costs_more: What it costs more than they do, by the measure of the verdict. [cents; path]
        cheaper: The share of the paths on which it costs less.
    """

    result: PolicyResult
    costs_more: Amounts
    cheaper: float


@dataclass(frozen=True, repr=False)
class BestDates:
    """The dates that cost least under a plan's rules, if the fund grows as expected; followed on all paths.

    Attributes:
        comparison: The policy with these dates, then the scenario's own: what comes of each.
        calendar: The dates, and what they are expected to cost: what the search goes by.
        problem: What they were chosen for.
        cutoff: Sessions before each year's last on which the plan stops.
    """

    comparison: Comparison
    calendar: BestCalendar
    problem: Problem
    cutoff: int = 0

    @property
    def found(self) -> PolicyResult:
        """What comes of the dates on all paths."""
        return self.comparison.results[0]

    @property
    def dates(self) -> tuple[date, ...]:
        """The sessions on which to convert, the tail's too."""
        return self.calendar.all_dates

    @property
    def objective(self) -> int:
        """Expected tax on the gains and fees, but the tail's; without taxes the gains. [cents]"""
        return half_up(self.calendar.cost)

    @cached_property
    def expected(self) -> tuple[Moved, ...]:
        """What each conversion is expected to move; the tail's too."""
        return tuple(Costs(self.problem).moved(self.dates))

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """The scenario's policies that leave no money without a date, each beside the dates found."""
        costs = self.comparison.verdict.costs
        cost = next((cost for result, cost in costs if result is self.found), None)
        if cost is None:
            return ()
        return tuple(
            Other(result, other - cost, _share(other < cost))
            for result, other in costs
            if result is not self.found
        )

    def __repr__(self) -> str:
        days = ", ".join(map(str, self.dates[:3]))
        more = f" and {len(self.dates) - 3} more" if len(self.dates) > 3 else ""
        return f"<BestDates: {days}{more}>"

    @property
    def rules(self) -> dict[str, Any]:
        """The rules that the dates keep; the fee in dollars."""
        plan = self.comparison.scenario.plan
        return {
            "max_per_year": plan.conversion.max_per_year,
            "min_days_between": plan.conversion.min_days_between,
            "fee": plan.conversion.fee / 100,
            "eligibility_days": plan.eligibility_days,
            "cutoff": self.cutoff,
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything, in the shape of the JSON output; amounts in dollars."""
        comparison, tail = self.comparison, self.calendar.tail
        figures = comparison.figures()
        return {
            "schema": SCHEMA,
            "scenario": comparison.scenario_record(),
            "simulator": figures["simulator"],
            "rules": self.rules,
            "dates": [str(day) for day in self.dates],
            "tail": None if tail is None else str(tail),
            "objective": self.objective / 100,
            "annual_return": float(self.problem.annual_return),
            **self._outside_return(),
            "searched": self.calendar.searched,
            "expected": list(self.date_records()),
            "policies": figures["policies"],
            "measure": comparison.verdict.measure,
            "others": [
                {
                    "policy": other.result.policy.name,
                    "costs_more": comparison.statistics(other.costs_more),
                    "cheaper_share": other.cheaper,
                }
                for other in self.others
            ],
            **({"warnings": list(comparison.warnings)} if comparison.warnings else {}),
        }

    @property
    def misses_growth(self) -> Fraction | None:
        """By how much the fund after the conversion is expected to grow, where parked money grows less."""
        outside = expected_return(self.comparison.scenario.returns)
        parked = self.comparison.scenario.returns.after_tax is not None
        return outside if parked and outside > self.problem.annual_return else None

    def _outside_return(self) -> dict[str, float]:
        growth = self.misses_growth
        return {} if growth is None else {"outside_return": float(growth)}

    def date_records(self) -> Iterator[Mapping[str, Any]]:
        """Each conversion and what it is expected to move, a record each. [dollars]"""
        for moved in self.expected:
            amounts = self._amounts([moved])
            yield {"date": str(moved.day), **amounts, "tail": moved.day == self.calendar.tail}

    @property
    def expected_total(self) -> Mapping[str, float]:
        """What all of them are expected to move, the tail too; rounded once. [dollars]"""
        return self._amounts(self.expected)

    def _amounts(self, some: Sequence[Moved]) -> dict[str, float]:
        """Basis, gain, tax where there are taxes, and fees of some conversions. [dollars]"""
        tax = {"tax": half_up(sum((moved.tax for moved in some), Fraction(0))) / 100}
        return {
            "basis": sum(moved.contributed for moved in some) / 100,
            "gain": half_up(sum((moved.gain for moved in some), Fraction(0))) / 100,
            **(tax if self.comparison.scenario.taxes else {}),
            "fee": self.problem.fee * len(some) / 100,
        }


def _share(cheaper: Any) -> float:
    """The share of the paths on which something is so."""
    return float(cheaper) if isinstance(cheaper, bool) else float(cheaper.mean())
