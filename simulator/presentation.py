"""An answer presented: what is shown beside it is worked out here, and handed to whatever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.answer.comparison import Comparison
from simulator.answer.grid import Grid
from simulator.answer.policy_result import PolicyResult
from simulator.answer.sweep import Sweep
from simulator.conversion.policy import Policy
from simulator.notation.mistakes import Mistakes
from simulator.refusal import Refused
from simulator.report import checklist as checklists
from simulator.report import reminders as reminding
from simulator.report.reminder import Reminder
from simulator.simulation import MOST_FOLLOWED, converted, ledger_of, match_lost, posted
from simulator.sweeps import sweep_delay

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS = ("cadence", "delay", "balance", "contributions")

DELAYS, PAGE_DELAYS = range(0, 121, 2), range(0, 121, 5)
"""Of the picture of a comparison, and of the one on its page; a sweep has its own. [calendar days]"""


class UnknownKind(Refused):
    """A picture was asked for that there is none of."""

    argument = "kind"

    def __init__(self, kind: str):
        super().__init__(f"'{kind}' is not a kind of picture; write one of {', '.join(KINDS)}")


def plot(
    answer: Comparison | Sweep | Grid,
    kind: str = "cadence",
    policy: str | None = None,
    path: int = 0,
) -> Figure:
    """A picture of an answer; a notebook shows it. Its label says the same to those who do not see it.

    Args:
        answer: A comparison; or a sweep, of one field or of two, which has one picture.
        kind: `cadence`, `delay`, `balance` or `contributions`.
        policy: Whose delay or balances; without it the first one's delay, and the balances of the first
            policy that lets money wait.
        path: Whose balances, where there are many paths.

    Raises:
        UnknownKind: Another kind.
        UnknownPolicy: The scenario has no such policy.
        NoPath: There is no such path.
        TooManyRows, TooManySquares: A sweep has more values than there is room for.
    """
    from simulator.report import pictures

    if isinstance(answer, Grid):
        return pictures.grid_picture(answer)
    if isinstance(answer, Sweep):
        return pictures.delay_picture(answer)
    if kind not in KINDS:
        raise UnknownKind(kind)
    scenario = answer.scenario
    if kind == "delay":
        chosen = scenario.policy(policy) if policy is not None else scenario.policies[0]
        return pictures.delay_picture(sweep_delay(scenario, chosen, DELAYS))
    if kind == "balance":
        result = answer.result(policy) if policy is not None else _waiting(answer)
        return pictures.balance(answer, result, ledger_of(scenario, result.policy, path), path)
    return pictures.cadence(answer) if kind == "cadence" else pictures.contributions(answer)


def _waiting(comparison: Comparison) -> PolicyResult:
    """The first policy that lets money wait, or the first."""
    waits = (
        result
        for result in comparison.results
        if any(deposit.leaves != deposit.lands for deposit in result.timeline.deposits)
    )
    return next(waits, comparison.results[0])


def page(comparison: Comparison, delays: Sweep | None = None) -> str:
    """One self-contained HTML page of a comparison: answer, pictures, forms, checklist, assumptions.

    It loads nothing and runs nothing; the same comparison gives the same text.

    Args:
        comparison: The answer to tell.
        delays: Taxable earnings against the delay; without it those of 0 to 120 days after each paycheck,
            where anything is taxed.
    """
    from simulator.report.page import page as written

    pictures = {kind: plot(comparison, kind) for kind in ("cadence", "balance")}
    if comparison.contributions:
        pictures["contributions"] = plot(comparison, "contributions")
    delays = delays or _delays(comparison)
    if delays:
        pictures["delay"] = plot(delays)
    return written(comparison, pictures, checklist(comparison))


def _delays(comparison: Comparison) -> Sweep | None:
    scenario = comparison.scenario
    followed = len(comparison.deposits) * (len(PAGE_DELAYS) + len(scenario.policies))
    if comparison.splits or not comparison.deposits or not scenario.plan.conversion.allowed:
        return None
    if followed > MOST_FOLLOWED:
        return None
    own = (policy for policy in scenario.policies if policy.cadence == "per-paycheck")
    try:
        return sweep_delay(scenario, next(own, Policy(cadence="per-paycheck")), PAGE_DELAYS)
    except Mistakes:  # no prices on days on which the scenario's own policies move nothing
        return None


def checklist(comparison: Comparison) -> list[checklists.Item]:
    """The answers that a scenario gives to who the strategy suits, one line each, with the figure."""
    return list(checklists.checklist(comparison, match_lost(comparison)))


def reminders(comparison: Comparison, result: PolicyResult) -> list[Reminder]:
    """What to do under a policy, in the order of the days; nothing where no money ever comes in.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    scenario, timeline = comparison.scenario, result.timeline
    ledger = posted(scenario, timeline) if comparison.paths == 1 else None
    return reminding.reminders(comparison, result, converted(scenario, timeline), ledger)
