"""What waiting comes to, the longer and the faster the fund grows: a sweep over both together."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.answer.grid import Cell, Grid
from simulator.answer.sweep import BOX_2A
from simulator.conversion.policy import Policy
from simulator.scenario.scenario import Scenario
from simulator.sweeps.by_delay import sweep_delay
from simulator.sweeps.varied import SweepError, number_of, varied_to

RETURN = "returns.annual_return"


def sweep_delay_and_return(
    scenario: Scenario,
    policy: Policy,
    returns: Sequence[str],
    delays: Sequence[int],
    of: str = BOX_2A,
) -> Grid:
    """What one policy comes to for each growth of the fund with each delay of a deposit.

    Args:
        scenario: The question.
        policy: The policy whose delay varies; its other fields stay.
        returns: Growth of the fund, as a file has it. [a year]
        delays: Calendar days.
        of: What is told of it: a name of `MEASURES`.

    Raises:
        SweepError: The scenario's model has no growth of its own that could vary, or there are no delays.
        Mistakes: A file that the scenario names cannot be used.
        OutOfRange: A price or an amount leaves the range that is computed with.
    """
    if "annual_return" in scenario.returns.unread:
        words = (
            f"the {scenario.returns.name} model has no growth of its own; say which two fields vary"
        )
        raise SweepError(f"{words}, for example pay.salary=150_000,200_000 and another")
    swept = [
        sweep_delay(varied_to(scenario, RETURN, each), policy, delays, of=of) for each in returns
    ]
    cells = tuple(
        Cell((number_of(each), point.value), point.amount, point.leaves_money)
        for each, sweep in zip(returns, swept, strict=True)
        for point in sweep.points
    )
    named = swept[0].policy
    return Grid((RETURN, "delay"), named, cells, of, swept[0].paths, scenario, swept[0].warnings)
