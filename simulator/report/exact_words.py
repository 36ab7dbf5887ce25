"""What figures are over: paths, or where they are exact none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import one_line

if TYPE_CHECKING:
    from simulator.answer.known_outcome import Exactness

ALL_EXACT = "Exact distribution, no paths; percentiles too."


def paths_words(comparison: Comparison) -> Iterator[str]:
    """What the paths are, and which policies need none; nothing on one path."""
    if comparison.paths > 1:
        yield comparison.scenario.returns.described(comparison.paths, comparison.sessions)
    named = ((result.policy.name, result.exactness) for result in comparison.results)
    yield from exact_words(named, "policies")


def exact_words(told: Iterable[tuple[object, Exactness | None]], others: str) -> Iterator[str]:
    """Which figures are exact, and why the others are not; nothing where that was not asked for.

    Args:
        told: What each figure is of, and whether it is exact.
        others: What the rest are called.
    """
    names: dict[str, list[str]] = {}
    for name, exactness in told:
        if exactness is not None:
            names.setdefault(exactness.why_not, []).append(one_line(str(name)))
    exact = names.pop("", [])
    if exact and not names:
        yield ALL_EXACT
        return
    for why, simulated in names.items():
        yield f"Simulated: {', '.join(simulated)}: {why}."
    if names:
        yield f"The other {others} are exact." if exact else f"None of the {others} is exact."
