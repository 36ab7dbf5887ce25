"""Prices of many paths, a block of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from simulator.conversion.timeline import Timeline, all_sessions
from simulator.days.years import Years
from simulator.paths.shared_prices import is_shared, shared_closes
from simulator.returns.model import ReturnsModel, paths_at_a_time
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    from simulator.conversion.on_paths import Paths

BLOCK = 4_096
"""Paths that are simulated at a time, at most: their rows stay in the processor's cache."""

Progress = Callable[[int, int], None]
"""Is told how many paths are done, of how many."""


class Block(NamedTuple):
    """Prices of consecutive paths.

    Attributes:
        start: The first path.
        outside: Session -> price of the fund on each path; of that in the Roth, where money is parked.
        inside: The same of the fund that money is parked in; where none is, the same prices.
    """

    start: int
    outside: dict[date, Paths]
    inside: dict[date, Paths]

    def of(self, plan: Timeline) -> tuple[list[Paths], list[Paths]]:
        """The prices of the sessions of a timeline, outside and in its subaccount. [session][path]"""
        outside = [self.outside[session] for session in plan.sessions]
        inside = [self.inside[session] for session in plan.sessions] if plan.parked else outside
        return outside, inside


def price_blocks(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    paths: range,
    progress: Progress | None = None,
    more: Collection[date] = (),
) -> Iterator[Block]:
    """The prices of some paths, a block at a time.

    Every policy of a comparison and every point of a sweep sees the same ones.

    Args:
        scenario: The question.
        timelines: Whose sessions need prices.
        paths: Consecutive paths.
        progress: Is told how many paths are done, of how many.
        more: Other sessions whose prices are asked for, none before theirs.
    """
    sessions = sorted({*all_sessions(timelines), *more})
    bought = {
        (deposit.lands, deposit.amount, plan.parked)
        for plan in timelines
        for deposit in plan.deposits
    }
    parked = any(plan.parked for plan in timelines)
    funds = scenario.returns.funds[: 1 + parked]
    rows = sum(fund.rows for fund in funds) * len(sessions) + len(bought)
    block = paths_at_a_time(rows, BLOCK)
    shared = is_shared(len(sessions), paths)
    for start in range(paths.start, paths.stop, block):
        stop = min(start + block, paths.stop)
        yield _block(funds, sessions, scenario.years, range(start, stop), shared)
        if progress:
            progress(stop, paths.stop)


def _block(
    funds: Sequence[ReturnsModel],
    sessions: Sequence[date],
    years: Years,
    paths: range,
    shared: bool,
) -> Block:
    # used up, an iterator holds nothing: the block is gone before the next one is made
    made = (
        iter(shared_closes(fund, tuple(sessions), years, paths))
        if shared and fund.stochastic and fund.reads is None
        else iter(fund.closes(sessions, years, paths))
        for fund in funds
    )
    outside, *other = (dict(zip(sessions, closes, strict=True)) for closes in made)
    return Block(paths.start, outside, *(other or [outside]))
