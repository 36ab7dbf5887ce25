"""An answer drawn: what a picture needs beside it is worked out here, and handed to the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.answer.comparison import Comparison
from simulator.answer.grid import Grid
from simulator.answer.phrases import whole_dollars
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.answer.sweep import BOX_2A, TAX, Sweep
from simulator.conversion.policy import Policy
from simulator.notation.specification import replaced
from simulator.notation.taken import demand_flag, demand_kind
from simulator.notation.wording import shown, suggestion
from simulator.refusal import Refused
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of
from simulator.sweeps import sweep_delay, sweep_delay_and_return

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from simulator.report.pictures import Look

KINDS = ("verdict", "cadence", "delay", "balance", "contributions", "wealth", "heat")

DELAYS = range(0, 121, 2)
"""Of the picture of a comparison; a sweep has its own. [calendar days]"""

HEAT_DELAYS, HEAT_RETURNS = (0, 7, 14, 30, 60, 90, 120), ("3%", "5%", "7%", "9%", "11%")
"""Of the heat map of a comparison. [calendar days; a year]"""


class UnknownKind(Refused):
    """A picture was asked for that there is none of."""

    argument = "kind"

    def __init__(self, kind: str):
        super().__init__(f"{shown(kind)} is not a kind of picture{suggestion(kind, KINDS)}")


def plot(
    answer: Comparison | Sweep | Grid,
    kind: str = "cadence",
    policy: str | None = None,
    path: int = 0,
    *,
    narrow: bool = False,
    dark: bool = False,
) -> Figure:
    """A picture of an answer; a notebook shows it. Its label says the same to those who do not see it.

    Args:
        answer: A comparison; or a sweep, of one field or of two, which has one picture.
        kind: `verdict`, what each policy costs; `cadence`, what each makes taxable; `delay`; `balance`;
            `contributions`; `wealth`, where the scenario asks for it; `heat`, by delay and the fund's growth.
        policy: Whose delay, balances or heat map; without it the recommended one's.
        path: Whose balances, where there are many paths.
        narrow: For a telephone or a column of text.
        dark: On a dark ground.

    Raises:
        UnknownKind: Another kind.
        UnknownPolicy: The scenario has no such policy.
        NoPath: There is no such path.
        NoWealth: The scenario does not ask what all comes to.
        SweepError: A heat map of a model without a growth that could vary.
        TooManyRows, TooManySquares: A sweep has more values than there is room for.
    """
    demand_kind("plot", answer, Comparison, Sweep, Grid)
    demand_flag("narrow", narrow)
    demand_flag("dark", dark)
    from simulator.report import pictures

    look = pictures.look(narrow, dark)
    if isinstance(answer, Grid):
        return pictures.grid_picture(answer, look=look)
    if isinstance(answer, Sweep):
        return drawn_sweep(answer)(look)
    return drawn(answer, kind, policy, path)(look)


def drawn(
    comparison: Comparison, kind: str, policy: str | None = None, path: int = 0
) -> Callable[[Look], Figure]:
    """A picture in any look; what it shows is worked out once. See `plot`."""
    from simulator.report import pictures

    if not (isinstance(kind, str) and kind in KINDS):
        raise UnknownKind(kind)
    scenario = comparison.scenario
    result = comparison.result(policy) if policy is not None else recommended(comparison)
    if kind in ("delay", "heat") and policy is not None:
        scenario.compared(policy)  # what was done waits no longer
    if kind == "delay":
        return drawn_sweep(sweep_delay(scenario, result.policy, DELAYS))
    if kind == "heat":
        of = BOX_2A if scenario.taxes is None else TAX
        grid = sweep_delay_and_return(scenario, result.policy, HEAT_RETURNS, HEAT_DELAYS, of)
        return lambda look: pictures.grid_picture(grid, look=look)
    if kind == "balance":
        if result is comparison.done and comparison.paths != 1:
            raise Refused(
                f"'{result.policy.name}': no price says what it held on many paths", "policy"
            )
        ledger = ledger_of(scenario, result.policy, path)
        return lambda look: pictures.balance(comparison, result, ledger, path, look=look)
    of_all = {
        "verdict": pictures.verdict_picture,
        "cadence": pictures.cadence,
        "contributions": pictures.contributions,
        "wealth": pictures.wealth,
    }
    return lambda look: of_all[kind](comparison, look=look)


def drawn_sweep(sweep: Sweep) -> Callable[[Look], Figure]:
    """The picture of a sweep in any look."""
    from simulator.report import pictures

    tax = _tax_of_waiting(sweep)
    return lambda look: pictures.delay_picture(sweep, tax, look=look)


def recommended(comparison: Comparison) -> PolicyResult:
    """The policy that the verdict is for, or the first where it is for none."""
    return comparison.verdict.best or comparison.results[0]


def _tax_of_waiting(sweep: Sweep) -> str:
    """What the last delay of a sweep adds of tax to the first, or takes off; empty where it is not known."""
    scenario = sweep.scenario
    untold = sweep.field != "delay" or sweep.of != BOX_2A or len(sweep.points) < 2
    if untold or scenario.taxes is None or scenario.plan.conversion.to == "split":
        return ""
    swept = (one for one in scenario.policies if replaced(one, delay=0).name == sweep.policy)
    policy = next(swept, None)
    if policy is None:
        return ""
    ends = tuple(_delayed(policy, sweep.points[end].value) for end in (0, -1))
    comparison = compare(_alone(scenario, ends))
    first, last = (comparison.all_tax(result) for result in comparison.results)
    added = last - first
    return comparison.known(added if mean(added) > 0 else -added, whole_dollars)


def _delayed(policy: Policy, delay: int | float | str) -> Policy:
    return replaced(policy, delay=int(delay), label=f"{delay} days, of this picture")


def _alone(scenario: Scenario, policies: tuple[Policy, ...]) -> Scenario:
    return replaced(scenario, policies=policies, wealth=None)
