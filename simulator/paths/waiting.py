"""What waiting before each conversion adds to taxable earnings and to the tax on them, on the same paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.worth import WAITED, Waiting
from simulator.conversion.amounts import Outcome
from simulator.conversion.ledger import ledger_outcome
from simulator.conversion.policy import Policy
from simulator.conversion.range import demand_range
from simulator.conversion.timeline import Timeline, all_sessions, each_timeline
from simulator.notation.mistakes import Mistakes
from simulator.scenario.paid_out import payments_of
from simulator.scenario.prices import prices_of


def waiting(comparison: Comparison, engine: str = "auto") -> Waiting | None:
    """What `WAITED` days of waiting before each conversion after a paycheck add, on the same paths.

    None where nothing is converted, where some money has no date to leave on, or where a price, or the tax of
    a late conversion, is missing.

    Args:
        comparison: The question, and how many paths there are.
        engine: See `simulator.compare`.
    """
    scenario, deposits = comparison.scenario, comparison.deposits
    if not deposits or not scenario.plan.conversion.allowed:
        return None
    paid = payments_of(scenario, comparison.contributions, deposits)
    policies = [Policy(cadence="per-paycheck", delay=days) for days in (WAITED, 0)]
    terms, years, so_far, until = (
        scenario.plan,
        scenario.years,
        scenario.so_far,
        scenario.until,
    )
    parked = scenario.returns.after_tax is not None
    plans = each_timeline(deposits, policies, terms, years, paid, so_far, until, parked)
    if any(plan.leaves_money for plan in plans) or _untaxed(comparison, plans):
        return None
    try:
        outcomes = _outcomes(comparison, plans, engine)
    except Mistakes:  # no price on a day on which the scenario's own policies move nothing
        return None
    late, soon = map(PolicyResult, policies, plans, outcomes)
    taxes = comparison.tax(late) - comparison.tax(soon)
    return Waiting(late.taxable - soon.taxable, taxes)


def _untaxed(comparison: Comparison, plans: Iterable[Timeline]) -> bool:
    """Whether something leaves in a year whose tax is not known: later than any policy of the scenario."""
    taxation = comparison.taxation
    assert taxation is not None, "wealth needs taxes"
    return any(taxation.why_not(year) for plan in plans for year in plan.years_moved)


def _outcomes(comparison: Comparison, plans: Sequence[Timeline], engine: str) -> list[Outcome[Any]]:
    scenario = comparison.scenario
    returns = scenario.returns
    if comparison.paths == 1:
        found = [ledger_outcome(plan, *prices_of(scenario, plan)) for plan in plans]
        demand_range(found, returns.name)
        return found
    from simulator.paths import table

    paths = comparison.paths
    if (
        not returns.stochastic
    ):  # waiting goes on for longer: some start years may have no rows for it
        paths = min(paths, returns.count(all_sessions(plans)))
    return table.simulated(scenario, plans, paths, engine=engine)[1]
