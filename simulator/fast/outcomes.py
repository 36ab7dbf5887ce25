"""What timelines come to on all paths: blocks of them on threads, with the same result on any number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import numba
import numpy as np

from simulator.conversion.outcome import Outcome
from simulator.conversion.timeline import Timeline
from simulator.fast.blocks import blocks
from simulator.fast.program import Program, program
from simulator.fast.sums import Sums, every_column, taxable_alone
from simulator.fast.walk import Walk, walk
from simulator.notation import Years
from simulator.returns.draws import RANDOMISATIONS, Floats
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import TOGETHER, ReturnsModel, paths_at_a_time

TASK = 4_096
"""Paths that a thread takes at a time, at most."""

BLOCK = 1_024
"""Paths of a block, at most: more would drop out of the caches, fewer leave each loop over them too short."""

PART = 1 << 27
"""Sums that are made room for at once: 1 GiB of them."""

NO_PRICES: Floats = np.empty((0, 0))
NO_WALK = Walk(
    {},
    np.empty((0, 5), np.int64),
    np.empty((0, 3)),
    np.empty((0, RANDOMISATIONS), np.uint32),
    np.uint64(0),
    np.empty(0),
    0.0,
)

Progress = Callable[[int, int], None]


def outcomes(
    returns: ReturnsModel,
    years: Years,
    timelines: Sequence[Timeline],
    paths: range,
    progress: Progress | None = None,
) -> Iterator[list[Outcome[Any]]]:
    """The outcome of each timeline, as `simulator.conversion.kernel` gives it, part after part of the paths.

    Args:
        returns: The model of the prices.
        years: The simulated years.
        timelines: Deposits and conversions of each policy.
        paths: Consecutive paths.
        progress: Is told how many paths are done, of how many.
    """
    free = count()
    sums = [every_column(plan, free) for plan in timelines]
    for rows in _summed(returns, years, timelines, sums, next(free), paths, progress):
        yield [one.outcome(plan, rows) for one, plan in zip(sums, timelines, strict=True)]


def taxable(
    returns: ReturnsModel,
    years: Years,
    timelines: Sequence[Timeline],
    paths: range,
    progress: Progress | None = None,
) -> Iterator[Floats]:
    """Box 2a over all forms of each timeline, part after part of the paths. [cents; timeline, path]

    The arguments are those of `outcomes`.
    """
    free = count()
    sums = [taxable_alone(plan, free) for plan in timelines]
    yield from _summed(returns, years, timelines, sums, next(free), paths, progress)


def _summed(
    returns: ReturnsModel,
    years: Years,
    timelines: Sequence[Timeline],
    sums: Sequence[Sums],
    rows: int,
    paths: range,
    progress: Progress | None,
) -> Iterator[Floats]:
    """The sums of some timelines, part after part of the paths. [row, path]"""
    sessions = sorted({session for plan in timelines for session in plan.sessions})
    inside = isinstance(returns, Lognormal)
    way = walk(returns, sessions, years) if isinstance(returns, Lognormal) else NO_WALK
    price_rows = way.rows or {session: row for row, session in enumerate(sessions)}
    events = program(timelines, sums, price_rows)
    threads = _threads()
    room = PART // rows // TOGETHER * TOGETHER
    given_rows = 0 if inside else returns.held(sessions) * threads
    few_paths = min(paths_at_a_time(given_rows, TASK), max(TOGETHER, room))
    rows_of_block = max(len(way.drifts), len(sessions)) + len(events.lots)
    size = paths_at_a_time(rows_of_block * threads, BLOCK)
    most = max(few_paths, room // few_paths * few_paths)
    for start in range(0, len(paths), most):
        asked = paths[start : start + most]
        whole = _whole_groups(asked) if inside else asked
        found = np.zeros((rows, len(whole)))

        def task(few: range, found: Floats = found, first: int = whole.start) -> int:
            given = NO_PRICES if inside else returns.closes(sessions, years, few)
            _run(few, size, given, way, events, found, few.start - first)
            return few.stop

        parts = [whole[n : n + few_paths] for n in range(0, len(whole), few_paths)]
        for stop in _in_order(task, parts, threads):
            if progress:
                progress(min(stop, asked.stop), paths.stop)
        skipped = asked.start - whole.start
        yield found[:, skipped : skipped + len(asked)]


def _whole_groups(paths: range) -> range:
    """Some paths, and those that complete the lattice's groups at both ends."""
    first, last = paths.start // RANDOMISATIONS, -(-paths.stop // RANDOMISATIONS)
    return range(first * RANDOMISATIONS, last * RANDOMISATIONS)


def _run(
    few: range, size: int, given: Floats, way: Walk, events: Program, sums: Floats, origin: int
) -> None:
    blocks(
        few.start,
        few.stop,
        size,
        given,
        way.steps,
        way.weights,
        way.shifts,
        way.seed,
        way.drifts,
        way.spread,
        events.lots,
        events.lot_amounts,
        events.events,
        events.amounts,
        events.starts,
        events.members,
        sums,
        origin,
    )


def _threads() -> int:
    """How many threads numba may use."""
    settings: Any = numba.config
    return int(settings.NUMBA_NUM_THREADS)


def _in_order(task: Callable[[range], int], parts: Iterable[range], threads: int) -> Iterator[int]:
    """The results of a task on each part, on some threads."""
    if threads == 1:
        yield from map(task, parts)
        return
    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(task, parts)
    finally:
        pool.shutdown(cancel_futures=True)
