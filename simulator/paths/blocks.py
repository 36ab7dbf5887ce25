"""Prices of many paths, a block of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from simulator.conversion.timeline import Timeline, all_sessions
from simulator.returns.model import paths_at_a_time
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    from simulator.conversion.on_paths import Paths

BLOCK = 4_096
"""Paths that are simulated at a time, at most: their rows stay in the processor's cache."""

Progress = Callable[[int, int], None]
"""Is told how many paths are done, of how many."""


def price_blocks(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    paths: range,
    progress: Progress | None = None,
    most: int | None = None,
    more: Collection[date] = (),
) -> Iterator[tuple[int, dict[date, Paths]]]:
    """The prices of some paths, a block at a time: its first path, and session -> price on each of its paths.

    Every policy of a comparison and every point of a sweep sees the same ones.

    Args:
        scenario: The question.
        timelines: Whose sessions need prices.
        paths: Consecutive paths.
        progress: Is told how many paths are done, of how many.
        most: Paths of a block, at most; by default `BLOCK`.
        more: Other sessions whose prices are asked for, none before theirs.
    """
    sessions = sorted({*all_sessions(timelines), *more})
    bought = {(deposit.lands, deposit.amount) for plan in timelines for deposit in plan.deposits}
    rows = scenario.returns.rows * len(sessions) + len(bought)
    block = paths_at_a_time(rows, BLOCK if most is None else most)
    for start in range(paths.start, paths.stop, block):
        stop = min(start + block, paths.stop)
        # used up, an iterator holds nothing: the block is gone before the next one is made
        closes = iter(scenario.returns.closes(sessions, scenario.years, range(start, stop)))
        yield start, dict(zip(sessions, closes, strict=True))
        if progress:
            progress(stop, paths.stop)
