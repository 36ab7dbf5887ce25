"""One table holds the amounts of all paths: a row for each amount of a timeline, a column for each path.

Numpy fills it block by block, the compiled engine on threads; a large batch has it on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from simulator.answer.statistics import standard_error
from simulator.conversion.account_on_paths import Bought
from simulator.conversion.alike import alike, post_alike
from simulator.conversion.amounts import Outcome
from simulator.conversion.kernel import post_all
from simulator.conversion.range import BOX_2A, demand_amounts, demand_range
from simulator.conversion.rows import Rows, rows_of_all, rows_of_taxable
from simulator.conversion.timeline import Timeline
from simulator.paths.blocks import Progress, price_blocks
from simulator.paths.engine import engine as chosen_engine
from simulator.paths.memory import demand_memory, size
from simulator.returns.draws import RANDOMISATIONS, Floats
from simulator.returns.model import AMOUNT
from simulator.scenario.scenario import Scenario

LEAST_UNTIL, MOST_UNTIL = 1 << 10, 1 << 21
"""Where the search for an accuracy begins, and where it gives up. [paths]"""


def table(rows: int, paths: int) -> Floats:
    """An empty table; it has columns for the whole groups of a lattice. [row, path]"""
    return np.zeros((rows, -(-paths // RANDOMISATIONS) * RANDOMISATIONS))


def fill(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    rows: Sequence[Rows],
    amounts: Floats,
    paths: range,
    first: int = 0,
    progress: Progress | None = None,
    engine: str = "auto",
) -> None:
    """Fills a table with what timelines come to on some paths, whichever others there are.

    Args:
        scenario: The question.
        timelines: Deposits and conversions of each policy.
        rows: Where the amounts of each stand.
        amounts: The table, zeros from the first of the paths on. [cents; row, path]
        paths: Consecutive paths.
        first: The path of the table's first column, a multiple of `RANDOMISATIONS`.
        progress: Is told how many paths are done, of how many.
        engine: See `simulator.compare`.

    Raises:
        OutOfRange: A price or an amount leaves the range.
    """
    returns = scenario.returns

    def demand(columns: Floats, start: int) -> None:
        """Raises `OutOfRange` where an amount of some paths leaves the range."""
        if rows[0].ends:
            outcomes = (of.outcome(plan, columns) for of, plan in zip(rows, timelines, strict=True))
            demand_range(outcomes, returns.name, start)
        else:
            demand_amounts(((BOX_2A, row) for row in columns), returns.name, start)

    work = len(paths) * len(timelines) * len(list(scenario.years))
    if fast := chosen_engine(engine, work):
        where = rows, amounts, paths, first, demand, progress
        fast.fill(returns, scenario.years, timelines, *where)
        return
    alone, together = ([*range(len(timelines))], []) if rows[0].ends else alike(timelines)
    for prices in price_blocks(scenario, timelines, paths, progress):
        shared: tuple[Bought, Bought] = {}, {}  # of either fund
        start, count = prices.start, next(iter(prices.outside.values())).size
        columns = amounts[:, start - first : start - first + count]
        for place in alone:
            plan = timelines[place]
            outside, inside = prices.of(plan)
            post_all(plan, outside, rows[place], columns, shared[plan.parked], inside)
            del outside, inside
        for parked, closes in enumerate((prices.outside, prices.inside)):
            groups = [group for group in together if group.one.parked == parked]
            post_alike(groups, closes, columns, shared[parked])
        demand(columns, start)
        del prices, shared, closes  # the next block's are made before this name would take them


def simulated(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    paths: int,
    progress: Progress | None = None,
    until: float | None = None,
    engine: str = "auto",
) -> tuple[int, list[Outcome[Any]]]:
    """How many paths there are, and what each timeline comes to on all of them.

    The arguments are those of `simulator.compare`; `until` doubles the paths.

    Raises:
        NoEngine: The engine is not installed.
        TooManyPaths: There is not enough memory for them.
    """
    if not scenario.returns.drawn:
        until = None  # there are as many paths as there are
    done, paths = 0, paths if until is None else max(paths, LEAST_UNTIL)
    rows, count = rows_of_all(timelines)
    demand_memory(paths, size(scenario, paths))
    amounts = table(count, paths)
    while True:
        fill(scenario, timelines, rows, amounts, range(done, paths), 0, progress, engine)
        outcomes = [
            of.outcome(plan, amounts[:, :paths]) for of, plan in zip(rows, timelines, strict=True)
        ]
        accurate = until is None or _error(scenario, outcomes) < until * 100
        if accurate or paths >= MOST_UNTIL:
            return paths, outcomes
        done, paths = paths, min(2 * paths, MOST_UNTIL)
        larger = table(count, paths)
        larger[:, :done] = amounts[:, :done]
        amounts = larger


def taxable_earnings(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    paths: int,
    progress: Progress | None = None,
    engine: str = "auto",
) -> list[Floats]:
    """Box 2a over all forms of each timeline on each path, which is all that a sweep asks for. [cents; path]

    Raises:
        NoEngine: The engine is not installed.
        TooManyPaths: There is not enough memory for them.
    """
    demand_memory(paths, AMOUNT * paths * len(timelines))
    amounts = table(len(timelines), paths)
    rows = rows_of_taxable(timelines)
    fill(scenario, timelines, rows, amounts, range(paths), 0, progress, engine)
    so_far = [plan.taxable_so_far for plan in timelines]
    return [
        row + cents if cents else row for row, cents in zip(amounts[:, :paths], so_far, strict=True)
    ]


def _error(scenario: Scenario, outcomes: Iterable[Outcome[Any]]) -> float:
    """The largest standard error of the mean Box 2a among some outcomes. [cents]"""
    randomisations = scenario.returns.randomisations
    return max(standard_error(outcome.taxable, randomisations) for outcome in outcomes)
