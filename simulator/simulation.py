"""The main job, from question to answer. Read this file first.

scenario -> contributions -> timeline of each policy -> prices -> ledger or kernel -> comparison
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.comparison import Comparison, PolicyResult
from simulator.conversion.ledger import Ledger, ledger
from simulator.conversion.outcome import Outcome
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Timeline, all_sessions, timeline
from simulator.distribution import standard_error
from simulator.fast.choice import engine as chosen_engine
from simulator.payroll.contributions import ContributionYear, contributions
from simulator.payroll.replay import deposits_in
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from simulator.conversion.kernel import Paths

BLOCK = 4_096
"""Paths that are simulated at a time: their rows stay in the processor's cache."""

MOST_UNTIL = 1 << 21
"""Where the search for an accuracy gives up. [paths]"""

Progress = Callable[[int, int], None]
"""Is told how many paths are done, of how many."""


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
        until: Doubles the paths until the standard error of every policy's mean Box 2a is below this, or
            there are `MOST_UNTIL` of them. [dollars]
        engine: `numpy`, `fast`, or `auto`: as the work is large enough. No cent depends on it.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
    """
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
    """
    return [timeline(deposits, one, scenario.plan, scenario.years) for one in scenario.policies]


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
    if paths == 1:
        chosen_engine(engine, 0)
        return 1, [posted(scenario, plan).outcome for plan in timelines]
    from simulator.conversion.kernel import joined

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
    for price in price_blocks(scenario, all_sessions(timelines), paths, progress):
        bought: Bought = {}
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
    sessions: Sequence[date],
    paths: range,
    progress: Progress | None = None,
    block: int = BLOCK,
) -> Iterator[dict[date, Paths]]:
    """The prices of some paths, a block of them at a time: session -> price on each path of the block.

    Every policy of a comparison and every point of a sweep sees the same ones.
    """
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
    for price in price_blocks(scenario, plan.sessions, range(paths)):
        for day, amount in amounts_moved(plan, price):
            sums[day] += float(amount.sum())
    return {day: total / paths for day, total in sums.items()}


def posted(scenario: Scenario, plan: Timeline, path: int = 0) -> Ledger:
    """The ledger of one path under one policy."""
    return ledger(plan, scenario.returns.path(plan.sessions, scenario.years, path))


def ledger_of(scenario: Scenario, policy: Policy, path: int = 0) -> Ledger:
    """Every posting of one path of a scenario under one of its policies.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    deposits = after_tax_deposits(scenario, went_in(scenario))
    return posted(scenario, timeline(deposits, policy, scenario.plan, scenario.years), path)
