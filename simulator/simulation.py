"""The main job, from question to answer. Read this file first.

scenario -> contributions -> timeline of each policy -> prices -> ledger or kernel -> comparison
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, cycle, repeat
from math import isfinite
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.conversion.amounts import Outcome
from simulator.conversion.ledger import Ledger, ledger_outcome
from simulator.conversion.life_events import ALL, Withdrawal
from simulator.conversion.payments import Payment
from simulator.conversion.policy import AS_DONE, Policy
from simulator.conversion.range import demand_range
from simulator.conversion.timeline import Timeline, all_sessions, each_timeline
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.specification import replaced
from simulator.notation.taken import demand_kind, demand_progress
from simulator.notation.wording import shown
from simulator.paths.blocks import Progress
from simulator.paths.engine import EXACT, demand_engine
from simulator.paths.engine import engine as chosen_engine
from simulator.paths.postings import posted
from simulator.payroll.contribution import ContributionYear
from simulator.refusal import Refused
from simulator.returns.model import MOST_PATHS
from simulator.scenario.best_dates import dated
from simulator.scenario.contributed import after_tax_deposits as after_tax_deposits
from simulator.scenario.contributed import went_in as went_in
from simulator.scenario.late_taxes import demand_taxed
from simulator.scenario.paid_out import demand_held, payments_of
from simulator.scenario.prices import prices_of
from simulator.scenario.question import demand_choice
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    from simulator.answer.known_outcome import Exactness
    from simulator.scenario.done import Done

MOST_FOLLOWED = 2_000_000
"""Deposits that are followed at the same time: each of them under each policy."""


class NoPath(Refused):
    """A path was asked for that there is not."""

    argument = "path"

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
        engine: `numpy`, `fast`, or `auto`: as the work is large enough. No cent depends on it. With `exact`
            policies whose Box 2a has an exact distribution need no paths; the others are simulated.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
        NothingExact: `exact` is asked for, and these returns have no exact distribution.
        TooManyPaths: There is not enough memory for them.
        OutOfRange: A price or an amount leaves the range that is computed with.
    """
    demand_kind("compare", scenario, Scenario)
    demand_progress(progress)
    demand_engine(engine)
    return answered(scenario, progress, until, engine, beside_unparked=True)


def answered(
    scenario: Scenario,
    progress: Progress | None = None,
    until: float | None = None,
    engine: str = "auto",
    beside_unparked: bool = False,
) -> Comparison:
    """The same, where only some of the answer is asked for.

    Args:
        scenario: The question.
        progress: See `compare`.
        until: See `compare`.
        engine: See `compare`.
        beside_unparked: Whether parked money is told beside the same without parking, and weighed so.
    """
    if until is not None and not (isinstance(until, Real) and isfinite(until) and until > 0):
        raise Refused(f"{shown(until)} is no amount; write dollars above 0", "until")
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    timelines = timelines_of(scenario, deposits, payments_of(scenario, years, deposits))
    done = done_by(scenario, deposits)
    demand_taxed(scenario, [*timelines, *([done.timeline] if done else [])])
    every = [*timelines, *(unparked(timelines) if beside_unparked else [])]
    exactness: list[Exactness] = []
    if engine == EXACT:
        from simulator.without_paths.exact import exact_or

        rest = partial(simulated, scenario, progress=progress, until=until)
        paths, outcomes, exactness = exact_or(scenario.returns, every, rest)
    else:
        paths, outcomes = simulated(scenario, every, progress, until, engine)
    demand_held(scenario, timelines, outcomes[: len(timelines)])
    comparison = compared(scenario, years, deposits, every, outcomes, paths, done, exactness)
    if not scenario.wealth:
        return comparison
    from simulator.paths.worth import worth

    if engine == EXACT:  # wealth is told path by path
        on_paths = answered(scenario, progress, until, beside_unparked=beside_unparked)
        return replace(comparison, worth=on_paths.worth)
    return replace(comparison, worth=worth(comparison, engine))


def unparked(timelines: Iterable[Timeline]) -> list[Timeline]:
    """The same deposits and conversions without parking: what parking is told beside."""
    return [replace(plan, parked=False) for plan in timelines if plan.parked]


def compared(
    scenario: Scenario,
    years: tuple[ContributionYear, ...],
    deposits: tuple[tuple[date, int], ...],
    timelines: Sequence[Timeline],
    outcomes: Iterable[Outcome[Any]],
    paths: int,
    done: Done | None = None,
    exactness: Iterable[Exactness] = (),
) -> Comparison:
    """The answer, made of what timelines come to: those of the policies, then the same unparked.

    Beside them what was really done, which is one history whatever the paths.
    """
    whether = chain(exactness, repeat(None))
    each = zip(cycle(scenario.policies), timelines, outcomes, whether, strict=False)
    results = [PolicyResult(*one) for one in each]
    count = len(scenario.policies)
    own, others = tuple(results[:count]), tuple(results[count:])
    comparison = Comparison(scenario, years, deposits, own, paths, unparked=others)
    if done is None:
        return comparison
    told = PolicyResult(AS_DONE, done.timeline, done.ledger.outcome)
    return replace(comparison, done=told, at_its_prices=done.priced)


def done_by(scenario: Scenario, deposits: Sequence[tuple[date, int]]) -> Done | None:
    """What was really done; None where a scenario has no conversions, and what reads them is not loaded.

    Args:
        scenario: The question.
        deposits: Pay date and amount of each after-tax contribution. [cents]

    Raises:
        Mistakes: See `simulator.scenario.done`.
    """
    if scenario.conversions is None:
        return None
    from simulator.scenario.done import done_of

    return done_of(scenario, deposits)


def match_lost(comparison: Comparison) -> int:
    """The match that the first year lacks because the plan does not true it up. [cents]"""
    scenario, plan = comparison.scenario, comparison.scenario.plan
    if plan.true_up or not plan.match or not comparison.contributions:
        return 0
    trued = replaced(scenario, plan=replaced(plan, true_up=True))
    return went_in(trued)[0].total("match") - comparison.contributions[0].total("match")


def timelines_of(
    scenario: Scenario, deposits: Sequence[tuple[date, int]], paid: Sequence[Payment] = ()
) -> list[Timeline]:
    """When the contributions of a scenario land and leave under each of its policies.

    Args:
        scenario: The question.
        deposits: Pay date and amount of each after-tax contribution. [cents]
        paid: What its life events pay.

    Raises:
        Mistakes: There are too many of them for so many policies.
    """
    return followed(scenario, deposits, scenario.policies, paid)


def followed(
    scenario: Scenario,
    deposits: Sequence[tuple[date, int]],
    policies: Sequence[Policy],
    paid: Sequence[Payment] = (),
) -> list[Timeline]:
    """When some contributions land and leave under some policies and the plan of a scenario.

    Here the dates of a policy `best` are found: the money is known.

    Args:
        scenario: The question.
        deposits: Pay date and amount of each after-tax contribution. [cents]
        policies: The policies, its own or others.
        paid: What its life events pay.

    Raises:
        Mistakes: There are too many of them for so many policies.
        NoCalendar: The plan's rules leave no date for money of a policy `best`.
        Refused: One of them is what was really done.
    """
    demand_choice(policies)
    if len(deposits) * len(policies) > MOST_FOLLOWED:
        many = f"{len(deposits):,} deposits under {len(policies):,} policies"
        wrong = f"{many} are too many; at most {MOST_FOLLOWED:,} are followed together"
        raise Mistakes([Mistake(Place(scenario.source), (), wrong)])
    plan, years, so_far, until = scenario.plan, scenario.years, scenario.so_far, scenario.until
    known = dated(scenario, policies, deposits, paid)
    parked = scenario.returns.after_tax is not None
    return each_timeline(deposits, known, plan, years, paid, so_far, until, parked)


def simulated(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    progress: Progress | None = None,
    until: float | None = None,
    engine: str = "auto",
) -> tuple[int, list[Outcome[Any]]]:
    """How many paths there are, and what each timeline comes to on all of them.

    One path goes through the ledger, many through the kernel. `until` and `engine`: see `compare`.
    """
    paths = scenario.returns.count(all_sessions(timelines))
    if paths == 1 and (until is None or not scenario.returns.drawn):
        chosen_engine(engine, 0)
        return 1, [came_to(scenario, plan) for plan in timelines]
    from simulator.paths import table

    return table.simulated(scenario, timelines, paths, progress, until, engine)


def came_to(scenario: Scenario, plan: Timeline) -> Outcome[int]:
    """What the only path comes to under one policy."""
    outcome = ledger_outcome(plan, *prices_of(scenario, plan))
    demand_range([outcome], scenario.returns.name)
    return outcome


def demand_paid(scenario: Scenario) -> None:
    """Raises `Mistakes` where a withdrawal is more than the account holds under any policy on any path."""
    if any(isinstance(event, Withdrawal) and event.amount != ALL for event in scenario.events):
        compare(scenario)


def warnings_of(scenario: Scenario, policy: Policy) -> tuple[str, ...]:
    """What of a question looks like a slip, as far as one of its policies goes, a sentence each.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    if policy is AS_DONE:
        return ()
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    plans = followed(scenario, deposits, [policy], payments_of(scenario, years, deposits))
    return scenario.returns.all_warnings(all_sessions(plans))


def ledger_of(scenario: Scenario, policy: Policy, path: int = 0) -> Ledger:
    """Every posting of one path of a scenario under one of its policies.

    Of a stochastic model there is any path, however many the scenario asks for.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
        NoPath: There is no such path.
        OutOfRange: A price or an amount leaves the range that is computed with.
    """
    if not isinstance(path, Integral):
        raise Refused(f"{shown(path)} is not a path; write a number, from 0 on", "path")
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    if policy is AS_DONE and (done := done_by(scenario, deposits)):
        if path:
            raise NoPath(path, 1)
        return done.ledger
    demand_paid(scenario)
    paid = payments_of(scenario, years, deposits)
    (plan,) = followed(scenario, deposits, [policy], paid)
    returns = scenario.returns
    count = MOST_PATHS if returns.drawn else returns.count(plan.sessions)
    if not 0 <= path < count:
        raise NoPath(path, count)
    return posted(scenario, plan, path)
