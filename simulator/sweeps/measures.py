"""What a sweep tells of a policy: its taxable earnings, or the tax on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean_and_error
from simulator.answer.sweep import BOX_2A, TAX
from simulator.notation.wording import suggestion
from simulator.scenario.scenario import Scenario
from simulator.sweeps.varied import SweepError

MEASURES: dict[str, Callable[[Comparison, PolicyResult], Any]] = {
    BOX_2A: lambda _, result: result.taxable,
    TAX: lambda comparison, result: comparison.all_tax(result),
}
"""By name, what it is of a policy, on each path. [cents; path]"""


def demand_measure(scenario: Scenario, of: str) -> None:
    """Raises `SweepError` where there is no such measure, or the scenario does not say what it needs."""
    if of not in MEASURES:
        raise SweepError(f"{of!r} is nothing to sweep{suggestion(of, tuple(MEASURES))}")
    if of == TAX and scenario.taxes is None:
        raise SweepError(
            "of tax: the scenario has no taxes; write for example taxes: {federal: 24%}"
        )


def over_first(cents: Any, first: Any, scenario: Scenario) -> dict[str, float] | None:
    """By how much an amount exceeds another on average, and how sure that is; None on one path. [dollars]"""
    if isinstance(cents, int) or isinstance(first, int) or cents.size != first.size:
        return None
    return mean_and_error(cents - first, scenario.returns.randomisations)
