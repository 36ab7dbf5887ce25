"""The main job, from question to answer. Read this file first.

scenario -> contributions -> timeline of each policy -> prices -> ledger or kernel -> comparison
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from simulator.comparison import Comparison, PolicyResult
from simulator.conversion.ledger import Ledger, ledger, ledger_outcome
from simulator.conversion.outcome import Outcome, YearOutcome
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Timeline, all_sessions, timeline
from simulator.distribution import standard_error
from simulator.document import Mistake, Mistakes, Place
from simulator.fast.choice import engine as chosen_engine
from simulator.payroll.contributions import ContributionYear, contributions
from simulator.payroll.replay import deposits_in
from simulator.returns.model import AMOUNT, MOST_PATHS, paths_at_a_time
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from simulator.conversion.kernel import Paths

BLOCK = 4_096
"""Paths that are simulated at a time, at most: their rows stay in the processor's cache."""

LEAST_UNTIL, MOST_UNTIL = 1 << 10, 1 << 21
"""Where the search for an accuracy begins, and where it gives up. [paths]"""

ENDS = ("left_value", "left_basis", "roth_end", "ira_end")

Progress = Callable[[int, int], None]
"""Is told how many paths are done, of how many."""


class TooManyPaths(MemoryError):
    """What is known of every path does not find room in the memory of this machine."""

    def __init__(self, paths: int, needed: int, there: int):
        gigabytes = f"about {needed / 1e9:,.0f} GB of memory, and there are {there / 1e9:,.0f}"
        super().__init__(f"{paths:,} paths need {gigabytes}")


MOST_FOLLOWED = 2_000_000
"""Deposits that are followed at the same time: each of them under each policy."""


class NoPath(ValueError):
    """A path was asked for that there is not."""

    def __init__(self, path: int, count: int):
        known = f"there are {count:,}, 0 to {count - 1:,}" if count > 1 else "there is one, 0"
        super().__init__(f"there is no path {path:,}; {known}")


def compare(
    scenario: Scenario,
    progress: Progress | None = None,
    until: float | None = None,
    engine: str = "auto",
) -> Comparison:
    """Every policy of a scenario side by side, on the same money and the same prices.

    Args:
        scenario: The question.
        progress: Is told how many paths are done, of how many.
        until: Doubles the paths, from at least `LEAST_UNTIL` on, until the standard error of every policy's
            mean Box 2a is below this, or there are `MOST_UNTIL` of them. Above 0. [dollars]
        engine: `numpy`, `fast`, or `auto`: as the work is large enough. No cent depends on it.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
        TooManyPaths: There is not enough memory for them.
    """
    if until is not None and not (isfinite(until) and until > 0):
        raise ValueError(f"until is {until}; write dollars above 0")
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    timelines = timelines_of(scenario, deposits)
    paths, outcomes = simulated(scenario, timelines, progress, until, engine)
    results = map(PolicyResult, scenario.policies, timelines, outcomes)
    return Comparison(scenario, years, deposits, tuple(results), paths)


def went_in(scenario: Scenario) -> tuple[ContributionYear, ...]:
    """The contributions of a scenario, year by year; none in a replay."""
    if scenario.pay is None:
        return ()
    return contributions(
        scenario.pay,
        scenario.elections,
        scenario.plan,
        scenario.limits,
        scenario.birth_year,
        scenario.years,
    )


def after_tax_deposits(
    scenario: Scenario, years: tuple[ContributionYear, ...]
) -> tuple[tuple[date, int], ...]:
    """Pay date and amount of each after-tax contribution: of the payroll, or replayed. [cents]"""
    if scenario.deposits is not None:
        return deposits_in(scenario.deposits, scenario.years)
    paid = (one for year in years for one in year.contributions)
    return tuple((one.pay_date, one.after_tax) for one in paid if one.after_tax)


def timelines_of(scenario: Scenario, deposits: Sequence[tuple[date, int]]) -> list[Timeline]:
    """When the contributions of a scenario land and leave under each of its policies.

    Args:
        scenario: The question.
        deposits: Pay date and amount of each after-tax contribution. [cents]

    Raises:
        Mistakes: There are too many of them for so many policies.
    """
    return followed(scenario, deposits, scenario.policies)


def followed(
    scenario: Scenario, deposits: Sequence[tuple[date, int]], policies: Sequence[Policy]
) -> list[Timeline]:
    """When some contributions land and leave under some policies and the plan of a scenario.

    Args:
        scenario: The question.
        deposits: Pay date and amount of each after-tax contribution. [cents]
        policies: The policies, its own or others.

    Raises:
        Mistakes: There are too many of them for so many policies.
    """
    if len(deposits) * len(policies) > MOST_FOLLOWED:
        many = f"{len(deposits):,} deposits under {len(policies):,} policies"
        wrong = f"{many} are too many; at most {MOST_FOLLOWED:,} are followed together"
        raise Mistakes([Mistake(Place(scenario.source), (), wrong)])
    return [timeline(deposits, one, scenario.plan, scenario.years) for one in policies]


def simulated(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    progress: Progress | None = None,
    until: float | None = None,
    engine: str = "auto",
) -> tuple[int, list[Outcome[Any]]]:
    """How many paths there are, and what each timeline comes to on all of them.

    One path goes through the ledger, many through the kernel, block by block. `until` and `engine`: see
    `compare`.
    """
    sessions = all_sessions(timelines)
    paths = scenario.returns.count(sessions)
    if paths == 1 and (until is None or not scenario.returns.stochastic):
        chosen_engine(engine, 0)
        return 1, [came_to(scenario, plan) for plan in timelines]
    from simulator.conversion.kernel import joined

    if until is not None:
        paths = max(paths, LEAST_UNTIL)
    demand_memory(paths, 2 * size(scenario, paths))  # blocks, and what they are joined to
    blocks: list[list[Outcome[Any]]] = [[] for _ in timelines]
    done = 0
    while True:
        for outcomes in _outcome_blocks(scenario, timelines, range(done, paths), progress, engine):
            for earlier, outcome in zip(blocks, outcomes, strict=True):
                earlier.append(outcome)
        results = []
        for outcomes in blocks:
            results.append(joined(outcomes))
            outcomes.clear()  # many years of many paths are not kept twice
        accurate = until is None or _error(scenario, results) < until * 100
        if accurate or paths >= MOST_UNTIL or not scenario.returns.stochastic:
            return paths, results
        blocks = [[result] for result in results]
        done, paths = paths, min(2 * paths, MOST_UNTIL)


def size(scenario: Scenario, paths: int) -> int:
    """How large the outcomes of a scenario are on some paths. [bytes]"""
    years = len(list(scenario.years)) + 1  # the run-off's
    each = len(YearOutcome.__slots__) * years + len(ENDS)
    return AMOUNT * each * len(scenario.policies) * paths


def demand_memory(paths: int, needed: int) -> None:
    """Raises `TooManyPaths` where what is known of so many paths is larger than the memory. [bytes]"""
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # this system does not say
        return
    if needed > there:
        raise TooManyPaths(paths, needed, there)


def outcomes_on(
    scenario: Scenario, timelines: Sequence[Timeline], paths: range
) -> list[Outcome[Any]]:
    """What each timeline comes to on some paths of a stochastic scenario, whichever others there are.

    Args:
        scenario: The question.
        timelines: Deposits and conversions of each policy.
        paths: Consecutive paths.
    """
    from simulator.conversion.kernel import joined

    blocks = _outcome_blocks(scenario, timelines, paths, None, "auto")
    return [joined(of_one) for of_one in zip(*blocks, strict=True)]


def _outcome_blocks(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    paths: range,
    progress: Progress | None,
    engine: str,
) -> Iterator[list[Outcome[Any]]]:
    """What each timeline comes to on some paths, a block of them at a time."""
    from simulator.conversion.kernel import Bought, kernel

    fast = chosen_engine(engine, len(paths) * len(timelines) * len(list(scenario.years)))
    if fast:
        yield from fast.outcomes(scenario.returns, scenario.years, timelines, paths, progress)
        return
    bought: Bought = {}
    for price in price_blocks(scenario, timelines, paths, progress):
        bought.clear()
        yield [
            kernel(plan, [price[session] for session in plan.sessions], bought)
            for plan in timelines
        ]


def _error(scenario: Scenario, results: Iterable[Outcome[Any]]) -> float:
    """The largest standard error of the mean Box 2a among some results. [cents]"""
    randomisations = scenario.returns.randomisations
    return max(standard_error(result.total("box_2a"), randomisations) for result in results)


def price_blocks(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    paths: range,
    progress: Progress | None = None,
    most: int | None = None,
) -> Iterator[dict[date, Paths]]:
    """The prices of some paths, a block of them at a time: session -> price on each path of the block.

    Every policy of a comparison and every point of a sweep sees the same ones.

    Args:
        scenario: The question.
        timelines: Whose sessions need prices.
        paths: Consecutive paths.
        progress: Is told how many paths are done, of how many.
        most: Paths of a block, at most; by default `BLOCK`.
    """
    sessions = all_sessions(timelines)
    bought = {(one.lands, one.amount) for plan in timelines for one in plan.deposits}
    rows = scenario.returns.held(sessions) + len(bought)
    block = paths_at_a_time(rows, BLOCK if most is None else most)
    for start in range(paths.start, paths.stop, block):
        stop = min(start + block, paths.stop)
        closes = scenario.returns.closes(sessions, scenario.years, range(start, stop))
        yield dict(zip(sessions, closes, strict=True))
        if progress:
            progress(stop, paths.stop)


def converted(scenario: Scenario, plan: Timeline) -> dict[date, float]:
    """What each conversion of a timeline is expected to move: its mean over the paths, after the fee. [cents]

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    paths = scenario.returns.count(plan.sessions)
    if paths == 1:
        postings = posted(scenario, plan).postings
        return {one.session: one.amount for one in postings if one.event == "conversion"}
    from simulator.conversion.kernel import amounts_moved

    sums = dict.fromkeys((close.session for close in plan.closes if close.leaving), 0.0)
    for price in price_blocks(scenario, [plan], range(paths)):
        for day, amount in amounts_moved(plan, price):
            sums[day] += float(amount.sum())
    return {day: total / paths for day, total in sums.items()}


def came_to(scenario: Scenario, plan: Timeline) -> Outcome[int]:
    """What the only path comes to under one policy."""
    return ledger_outcome(plan, scenario.returns.path(plan.sessions, scenario.years, 0))


def posted(scenario: Scenario, plan: Timeline, path: int = 0) -> Ledger:
    """The ledger of one path under one policy."""
    return ledger(plan, scenario.returns.path(plan.sessions, scenario.years, path))


def ledger_of(scenario: Scenario, policy: Policy, path: int = 0) -> Ledger:
    """Every posting of one path of a scenario under one of its policies.

    Of a stochastic model there is any path, however many the scenario asks for.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
        NoPath: There is no such path.
    """
    deposits = after_tax_deposits(scenario, went_in(scenario))
    plan = timeline(deposits, policy, scenario.plan, scenario.years)
    returns = scenario.returns
    count = MOST_PATHS if returns.stochastic else returns.count(plan.sessions)
    if not 0 <= path < count:
        raise NoPath(path, count)
    return posted(scenario, plan, path)
