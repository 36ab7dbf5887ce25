"""What has an exact distribution is told by it; the rest is simulated, and it is said why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from simulator.answer.known_outcome import Exactness, KnownOutcome
from simulator.conversion.range import LESS
from simulator.conversion.timeline import Timeline
from simulator.distribution.batch import NotResolved
from simulator.money import MOST_CENTS, beyond_range
from simulator.refusal import Refused
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import ReturnsModel
from simulator.without_paths.conversions import NotExact
from simulator.without_paths.outcome import known_outcome

Simulated = TypeVar("Simulated")


class NothingExact(Refused):
    """Exact figures were asked for of returns under which no policy has some: one line for the user."""

    argument = "engine"

    def __init__(self, model: str):
        why = f"the engine exact knows the distribution of lognormal returns, and these are {model}"
        hint = {"constant": ": one path, which is exact already"}.get(model, "")
        super().__init__(f"{why}{hint}; leave the engine out, or write returns.model: lognormal")


def exact_or(
    returns: ReturnsModel,
    timelines: Sequence[Timeline],
    simulated: Callable[[list[Timeline]], tuple[int, list[Simulated]]],
) -> tuple[int, list[KnownOutcome | Simulated], list[Exactness]]:
    """What each timeline comes to, without paths where that is known.

    Args:
        returns: What the fund does.
        timelines: Deposits and conversions of each policy.
        simulated: How many paths there are, and what some of them come to on all of them.

    Raises:
        NothingExact: These returns are not lognormal.
        OutOfRange: An amount leaves the range.
    """
    found = _found(returns, timelines)
    rest = [plan for plan, one in zip(timelines, found, strict=True) if isinstance(one, str)]
    paths, outcomes = simulated(rest) if rest else (0, [])
    ahead = iter(outcomes)
    told: list[KnownOutcome | Simulated] = [
        next(ahead) if isinstance(one, str) else one for one in found
    ]
    exactness = [
        Exactness(why_not=one) if isinstance(one, str) else Exactness(one.error) for one in found
    ]
    return paths, told, exactness


def needing_paths(returns: ReturnsModel, timelines: Sequence[Timeline]) -> list[Timeline]:
    """Those of some timelines that have no exact distribution: what `exact_or` simulates.

    Raises:
        NothingExact: These returns are not lognormal.
        OutOfRange: An amount leaves the range.
    """
    found = zip(timelines, _found(returns, timelines), strict=True)
    return [plan for plan, one in found if isinstance(one, str)]


def _found(returns: ReturnsModel, timelines: Sequence[Timeline]) -> list[KnownOutcome | str]:
    """What each timeline comes to without paths; or why that is not known."""
    if not isinstance(returns, Lognormal):
        raise NothingExact(returns.name)
    return [_known(returns, plan) for plan in timelines]


def _known(fund: Lognormal, plan: Timeline) -> KnownOutcome | str:
    """What a timeline comes to without paths; or why that is not known."""
    try:
        outcome = known_outcome(plan, fund)
    except (NotExact, NotResolved) as why:
        return str(why)
    _demand_range(outcome)
    return outcome


def _demand_range(outcome: KnownOutcome) -> None:
    """Raises `OutOfRange` where a mean exceeds `MOST_CENTS`."""
    amounts = [("Box 1", outcome.total("box_1"))]
    amounts += [("the Roth at the end", outcome.roth_end), ("what is left", outcome.left_value)]
    for what, cents in amounts:
        mean = float(cents if isinstance(cents, int) else cents.mean())
        if not mean <= MOST_CENTS:
            raise beyond_range(f"returns: {what}, on average,", mean, LESS)
