"""The prices of one path: of the fund in the Roth, and of the one that money is parked in."""

from __future__ import annotations

from simulator.conversion.timeline import Timeline
from simulator.scenario.scenario import Scenario


def prices_of(
    scenario: Scenario, plan: Timeline, path: int = 0
) -> tuple[list[float], list[float] | None]:
    """The prices at a timeline's sessions, outside and inside; None where they are the same. [session]

    Args:
        scenario: The question.
        plan: Deposits and conversions of a policy.
        path: Which path, from 0.

    Raises:
        Mistakes: The prices of a file cannot be used, or a session that needs one has none.
        OutOfRange: A price leaves the range.
    """
    returns, years = scenario.returns, scenario.years
    outside = returns.path(plan.sessions, years, path, plan.priced)
    if not plan.parked:
        return outside, None
    return outside, returns.inside.path(plan.sessions, years, path, plan.priced_inside)
