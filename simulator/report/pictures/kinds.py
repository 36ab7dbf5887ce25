"""The kinds of pictures of a comparison; a sweep has its own."""

from collections.abc import Callable

from matplotlib.figure import Figure

from simulator.comparison import Comparison
from simulator.report.pictures.balance import balance
from simulator.report.pictures.cadence import cadence
from simulator.report.pictures.contributions import contributions
from simulator.report.pictures.style import styled

KINDS: dict[str, Callable[[Comparison, str | None], Figure]] = {
    "cadence": lambda comparison, _: cadence(comparison),
    "balance": balance,
    "contributions": lambda comparison, _: contributions(comparison),
}
"""How each kind is drawn, of a comparison and a policy's name."""


class UnknownKind(ValueError):
    """A picture was asked for that there is none of."""

    def __init__(self, kind: str):
        super().__init__(f"'{kind}' is not a kind of picture; write one of {', '.join(KINDS)}")


def picture(kind: str, comparison: Comparison, policy: str | None = None) -> Figure:
    """A picture of a comparison.

    Args:
        kind: `cadence`, `balance` or `contributions`.
        comparison: The answer to draw.
        policy: Whose balances; without it the first policy that lets money wait.

    Raises:
        UnknownKind: Another kind.
        UnknownPolicy: The scenario has no such policy.
    """
    if kind not in KINDS:
        raise UnknownKind(kind)
    with styled():
        return KINDS[kind](comparison, policy)


def alt_text(kind: str, comparison: Comparison, policy: str | None = None) -> str:
    """What a picture shows, in sentences, the finding first; the arguments are those of `picture`."""
    return str(picture(kind, comparison, policy).get_label())
