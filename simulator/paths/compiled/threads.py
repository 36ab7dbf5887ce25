"""What timelines come to on all paths: blocks of them on threads, with the same result on any number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from typing import Any

import numba
import numpy as np

from simulator.conversion.rows import Rows
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.days.years import Years
from simulator.paths.compiled.entry import blocks
from simulator.paths.compiled.lognormal_steps import Walk, walk
from simulator.paths.compiled.program import Program
from simulator.paths.compiled.space import space
from simulator.paths.compiled.writer import program
from simulator.paths.shared_prices import MOST_KEPT, is_shared
from simulator.returns.draws import RANDOMISATIONS, Floats
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import ReturnsModel, paths_at_a_time

TASK = 4_096
"""Paths that a thread takes at a time, at most: few enough that 10,000 keep two threads busy to the end."""

BLOCK = 512
"""Paths of a block, at most: more would drop out of the caches, fewer leave each loop over them too short."""

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


def fill(
    returns: ReturnsModel,
    years: Years,
    timelines: Sequence[Timeline],
    rows: Sequence[Rows],
    amounts: Floats,
    paths: range,
    first: int,
    demand: Callable[[Floats, int], None],
    progress: Progress | None = None,
) -> None:
    """Fills a table with the amounts of timelines on some paths, as `simulator.conversion.kernel` does.

    Prices that may leave the range are numpy's, which looks at each.

    Args:
        returns: The model of the prices.
        years: The simulated years.
        timelines: Deposits and conversions of each policy.
        rows: Where the amounts of each stand.
        amounts: The table, zeros from the first of the paths on. A lattice's paths come in whole groups:
            those that complete the last one need columns too. [cents; row, path]
        paths: Consecutive paths.
        first: The path of the table's first column, a multiple of a group.
        demand: Raises `OutOfRange` where an amount leaves it, given some columns and the first path.
        progress: Is told how many paths are done, of how many.
    """
    sessions = tuple(all_sessions(timelines))
    parked = any(plan.parked for plan in timelines)
    model = returns if isinstance(returns, Lognormal) else None
    inside = model is not None and model.bounded(sessions, years)
    way = _walk(model, sessions, years) if model and inside else NO_WALK
    price_rows = way.rows or {session: row for row, session in enumerate(sessions)}
    whole = _whole_groups(paths) if inside else paths
    shared = model if inside and not parked and is_shared(len(sessions), whole) else None
    if shared:
        in_order = sorted(sessions, key=way.rows.__getitem__)
        price_rows = {session: row for row, session in enumerate(in_order)}
    funds = (returns.funds if parked else (returns,))[inside:]  # whose prices are not made there
    after = (len(way.drifts) or len(sessions)) if parked else 0  # their rows come last
    inside_rows = {day: after + row for row, day in enumerate(sessions)} if parked else price_rows
    events = program(timelines, rows, price_rows, inside_rows)
    threads = _threads()
    held = sum(fund.rows for fund in funds) * len(sessions)
    few_paths = paths_at_a_time(held * threads, TASK)
    all_rows = len(way.drifts) + len(sessions) * len(funds)
    rows_of_block = all_rows + len(events.lots) + events.carried
    size = paths_at_a_time(rows_of_block * threads, BLOCK)
    amounts[:, whole.start - first : paths.start - first] = 0.0  # of a group that was begun before

    def task(few: range) -> int:
        origin = few.start - first
        if shared:
            given = _kept(shared, sessions, years, few)
            beyond = _run(few, size, given, NO_WALK, events, amounts, origin)
        else:
            given = _closes(funds, sessions, years, few)
            beyond = _run(few, size, given, way, events, amounts, origin)
        if beyond:
            some = range(max(few.start, paths.start), min(few.stop, paths.stop))
            demand(amounts[:, some.start - first : some.stop - first], some.start)
        return few.stop

    parts = [whole[n : n + few_paths] for n in range(0, len(whole), few_paths)]
    for stop in _in_order(task, parts, threads):
        if progress:
            progress(min(stop, paths.stop), paths.stop)


@lru_cache(maxsize=MOST_KEPT)
def _walk(model: Lognormal, sessions: tuple[date, ...], years: Years) -> Walk:
    return walk(model, sessions, years)


@lru_cache(maxsize=MOST_KEPT)
def _kept(model: Lognormal, sessions: tuple[date, ...], years: Years, paths: range) -> Floats:
    """The prices of some paths, in the order of a walk, once for all who ask for the same. [row, path]"""
    way = _walk(model, sessions, years)
    kept = np.empty((len(sessions), len(paths)))
    nothing = program([], [], {}, {})
    _run(paths, BLOCK, NO_PRICES, way, nothing, NO_PRICES, 0, kept)
    return kept


def _closes(
    funds: Sequence[ReturnsModel], sessions: Sequence[date], years: Years, paths: range
) -> Floats:
    """The prices of no fund, of one, or of two, one below the other. [row, path]"""
    closes = [fund.closes(sessions, years, paths) for fund in funds]
    if not closes:
        return NO_PRICES
    return closes[0] if len(closes) == 1 else np.concatenate(closes)


def _whole_groups(paths: range) -> range:
    """Some paths, and those that complete the lattice's groups at both ends."""
    first, last = paths.start // RANDOMISATIONS, -(-paths.stop // RANDOMISATIONS)
    return range(first * RANDOMISATIONS, last * RANDOMISATIONS)


def _run(
    few: range,
    size: int,
    given: Floats,
    way: Walk,
    events: Program,
    sums: Floats,
    origin: int,
    kept: Floats = NO_PRICES,
) -> int:
    """Posts some paths; gives how many amounts leave the range, those of completed groups among them."""
    beyond = np.zeros(1, np.int64)
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
        events.carried,
        sums,
        origin,
        beyond,
        kept,
        *space(size, len(way.drifts), len(given), events),
    )
    return int(beyond[0])


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
