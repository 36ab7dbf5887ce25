"""The kinds of pictures of a comparison."""

from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.sweep import Sweep
from simulator.refusal import Refused
from simulator.report.pictures.balance import balance
from simulator.report.pictures.cadence import cadence
from simulator.report.pictures.contributions import contributions
from simulator.report.pictures.delay import delay_picture
from simulator.report.pictures.style import styled
from simulator.sweeps import sweep_delay

KINDS = ("cadence", "delay", "balance", "contributions")

DELAYS = range(0, 121, 2)
"""The delays of a picture of a comparison; a sweep has its own. [days]"""


class UnknownKind(Refused):
    """A picture was asked for that there is none of."""

    def __init__(self, kind: str):
        super().__init__(f"'{kind}' is not a kind of picture; write one of {', '.join(KINDS)}")


def picture(kind: str, comparison: Comparison, policy: str | None = None, path: int = 0) -> Figure:
    """A picture of a comparison.

    Args:
        kind: `cadence`, `delay`, `balance` or `contributions`.
        comparison: The answer to draw.
        policy: Whose delay or balances; without it the first one's delay, and the balances of the first
            policy that lets money wait.
        path: Whose balances, where there are many paths.

    Raises:
        UnknownKind: Another kind.
        UnknownPolicy: The scenario has no such policy.
        NoPath: There is no such path.
    """
    if kind not in KINDS:
        raise UnknownKind(kind)
    if kind == "delay":
        scenario = comparison.scenario
        chosen = scenario.policy(policy) if policy is not None else scenario.policies[0]
        return delay_picture(sweep_delay(scenario, chosen, DELAYS))
    with styled():
        if kind == "balance":
            return balance(comparison, policy, path)
        return cadence(comparison) if kind == "cadence" else contributions(comparison)


def plot(
    answer: Comparison | Sweep, kind: str = "cadence", policy: str | None = None, path: int = 0
) -> Figure:
    """A picture of an answer; a notebook shows it. A sweep has one; for a comparison see `picture`.

    Raises:
        TooManyRows: A sweep has more values than there is room for.
        UnknownKind, UnknownPolicy, NoPath: See `picture`.
    """
    return (
        delay_picture(answer) if isinstance(answer, Sweep) else picture(kind, answer, policy, path)
    )


def alt_text(kind: str, comparison: Comparison, policy: str | None = None) -> str:
    """What a picture shows, in sentences, the finding first; the arguments are those of `picture`."""
    return str(picture(kind, comparison, policy).get_label())
