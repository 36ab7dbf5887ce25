"""What a sweep tells of a policy: its taxable earnings, the tax on them, or wealth after tax."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean_and_error
from simulator.answer.sweep import BOX_2A, TAX, WEALTH
from simulator.conversion.amounts import is_unknown
from simulator.conversion.policy import Policy
from simulator.distribution.known import Known
from simulator.notation.specification import replaced
from simulator.notation.wording import shown, suggestion
from simulator.refusal import Refused
from simulator.scenario.scenario import Scenario

MEASURES: dict[str, Callable[[Comparison, PolicyResult], Any]] = {
    BOX_2A: lambda _, result: result.taxable,
    TAX: lambda comparison, result: comparison.all_tax(result),
    WEALTH: lambda comparison, result: _wealth(comparison, result),
}
"""By name, what it is of a policy, on each path. [cents; path]"""


class NoMeasure(Refused):
    """What was to be told of a policy is none of these, or the scenario does not say enough for it."""

    argument = "of"


def demand_measure(scenario: Scenario, of: str) -> None:
    """Raises `NoMeasure` where there is no such measure, or the scenario does not say what it needs."""
    if not (isinstance(of, str) and of in MEASURES):
        raise NoMeasure(f"{shown(of)} is nothing to sweep{suggestion(of, tuple(MEASURES))}")
    if of == TAX and scenario.taxes is None:
        raise NoMeasure("the scenario has no taxes; write for example taxes: {federal: 24%}")
    if of == WEALTH and scenario.wealth is None:
        example = "wealth: {outside_return: 4%, hold: 30}"
        raise NoMeasure(f"the scenario asks for no wealth; write for example {example}")


def narrowed(scenario: Scenario, of: str, policies: tuple[Policy, ...]) -> Scenario:
    """A scenario with other policies that is asked for one measure alone: wealth is a pass of its own.

    What was really done does not vary, and is left out.
    """
    wealth = scenario.wealth if of == WEALTH else None
    return replaced(scenario, policies=policies, wealth=wealth, conversions=None)


def _wealth(comparison: Comparison, result: PolicyResult) -> Any:
    """Wealth after tax under a policy. [cents; path]"""
    assert comparison.worth is not None, "demanded"
    wealth = comparison.worth.of(result)
    if is_unknown(wealth):
        raise NoMeasure("a price is missing, so it is not known what is held")
    return wealth


def over_first(cents: Any, first: Any, scenario: Scenario) -> dict[str, float] | None:
    """By how much an amount exceeds another on average, and how sure that is; None on one path. [dollars]"""
    known = isinstance(cents, Known) or isinstance(first, Known)
    numbers = isinstance(cents, int) and isinstance(first, int)
    many = scenario.returns.drawn and scenario.returns.paths > 1
    if known or (numbers and many):  # exact, but for one path
        return mean_and_error(cents - first, scenario.returns.randomisations)
    if isinstance(cents, int) or isinstance(first, int) or cents.size != first.size:
        return None
    return mean_and_error(cents - first, scenario.returns.randomisations)
