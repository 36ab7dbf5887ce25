"""A sweep over the delay: what one policy comes to for each number of days that a deposit waits.

The points of a sweep over the delay share their prices, and those whose deposits leave on the same days
share their result: nothing happens on a weekend, so five days of a week make three delays alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from numbers import Integral
from typing import Any

from simulator.answer.known_outcome import Exactness, KnownOutcome
from simulator.answer.statistics import percentile_errors
from simulator.answer.sweep import BOX_2A, Mark, Point, Sweep
from simulator.conversion.close import Deposit
from simulator.conversion.policy import LONGEST_DELAY, Policy
from simulator.conversion.range import LESS
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.days.calendars import sessions_between
from simulator.money import MOST_CENTS, beyond_range
from simulator.notation.specification import replaced
from simulator.paths.blocks import Progress
from simulator.paths.engine import EXACT
from simulator.paths.engine import engine as chosen_engine
from simulator.returns.lognormal import SESSIONS_A_YEAR
from simulator.scenario.paid_out import payments_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import (
    after_tax_deposits,
    answered,
    came_to,
    demand_paid,
    followed,
    went_in,
)
from simulator.sweeps.measures import MEASURES, demand_measure, narrowed, over_first
from simulator.sweeps.told import each_told
from simulator.sweeps.varied import SweepError


def sweep_delay(
    scenario: Scenario,
    policy: Policy,
    delays: Sequence[int],
    progress: Progress | None = None,
    engine: str = "auto",
    of: str = BOX_2A,
) -> Sweep:
    """What one policy comes to against the delay that each deposit waits.

    Args:
        scenario: The question.
        policy: The policy whose delay varies; its other fields stay.
        delays: Calendar days.
        progress: Is told how many paths are done, of how many; of one path how many delays.
        engine: See `compare`.
        of: What is told of it: a name of `MEASURES`.

    Raises:
        SweepError: There are no delays, or one is none.
        Mistakes: A file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
        TooManyPaths: There is not enough memory for them.
    """
    for delay in delays:
        if not isinstance(delay, Integral) or not 0 <= delay <= LONGEST_DELAY:
            raise SweepError(f"a delay is {delay!r}; write whole days from 0 to {LONGEST_DELAY:,}")
    if not delays:
        raise SweepError("there are no delays to sweep over")
    demand_measure(scenario, of)
    demand_paid(scenario)
    delayed = [replaced(policy, delay=int(delay)) for delay in delays]
    if of != BOX_2A:
        return _by_comparison(scenario, policy, delayed, progress, engine, of)
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    paid = payments_of(scenario, years, deposits)
    alike: dict[tuple[Deposit, ...], Timeline] = {}  # a timeline for all whose days are the same
    timelines = [
        alike.setdefault(plan.deposits, plan)
        for plan in followed(scenario, deposits, [*delayed, *scenario.policies], paid)
    ]
    plans, marked = timelines[: len(delayed)], timelines[len(delayed) :]
    paths, taxable, exactness = taxable_earnings(scenario, timelines, progress, engine)
    different = {id(cents): cents for cents in taxable}
    each = each_told([*different.values()], taxable[0], scenario)
    told = dict(zip(different, each, strict=True))
    return Sweep(
        field="delay",
        policy=replaced(policy, delay=0).name,
        points=tuple(
            Point(delay, one.amount, one.above, plan.leaves_money, one.errors, exact)
            for delay, plan, one, exact in zip(
                delays, plans, [told[id(cents)] for cents in taxable], exactness, strict=False
            )
        ),
        marks=tuple(
            Mark(own.name, told[id(cents)].amount, plan.leaves_money)
            for own, plan, cents in zip(
                scenario.policies, marked, taxable[len(plans) :], strict=True
            )
        ),
        closed_form=closed_form(scenario, plans),
        paths=paths,
        scenario=scenario,
        warnings=scenario.returns.all_warnings(all_sessions(timelines)),
    )


def _by_comparison(
    scenario: Scenario,
    policy: Policy,
    delayed: Sequence[Policy],
    progress: Progress | None,
    engine: str,
    of: str,
) -> Sweep:
    """A sweep of what only whole answers have: every delay beside the scenario's own policies."""
    labelled = [replaced(one, label=f"{one.delay} days, of this sweep") for one in delayed]
    asked = narrowed(scenario, of, (*labelled, *scenario.policies))
    comparison = answered(asked, progress, engine=engine)
    amounts = [MEASURES[of](comparison, result) for result in comparison.results]
    told = [comparison.statistics(cents, taxable=True) for cents in amounts]
    results = comparison.results
    return Sweep(
        field="delay",
        policy=replaced(policy, delay=0).name,
        points=tuple(
            Point(
                one.delay,
                amount,
                over_first(cents, amounts[0], scenario),
                result.leaves_money,
                percentile_errors(cents, scenario.returns.randomisations),
                result.exactness,
            )
            for one, amount, cents, result in zip(delayed, told, amounts, results, strict=False)
        ),
        marks=tuple(
            Mark(result.policy.name, amount, result.leaves_money)
            for result, amount in list(zip(results, told, strict=True))[len(delayed) :]
        ),
        closed_form=None,
        paths=comparison.paths,
        scenario=scenario,
        warnings=comparison.warnings,
        of=of,
    )


def taxable_earnings(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    progress: Progress | None = None,
    engine: str = "auto",
) -> tuple[int, list[Any], list[Exactness | None]]:
    """How many paths there are, and Box 2a over all forms of each timeline on each of them. [cents; path]

    And whether each is exact, where that is asked for.
    """
    distinct = {plan.deposits: plan for plan in timelines}
    plans = list(distinct.values())
    exactness: list[Exactness | None] = [None] * len(plans)
    if engine == EXACT:
        from simulator.without_paths.exact import exact_or

        rest = partial(_on_paths, scenario, progress=progress)
        paths, found, exactness[:] = exact_or(scenario.returns, plans, rest)
        taxable = [one.taxable if isinstance(one, KnownOutcome) else one for one in found]
    else:
        paths, taxable = _on_paths(scenario, plans, progress, engine)
    of = dict(zip(distinct, zip(taxable, exactness, strict=True), strict=True))
    told = [of[plan.deposits] for plan in timelines]
    return paths, [cents for cents, _ in told], [exact for _, exact in told]


def _on_paths(
    scenario: Scenario,
    plans: Sequence[Timeline],
    progress: Progress | None = None,
    engine: str = "auto",
) -> tuple[int, list[Any]]:
    """How many paths there are, and Box 2a over all forms of some timelines on each of them. [cents; path]"""
    paths = scenario.returns.count(all_sessions(plans))
    if paths > 1:
        from simulator.paths import table

        return paths, [*table.taxable_earnings(scenario, plans, paths, progress, engine)]
    chosen_engine(engine, 0)
    taxable = []
    for done, plan in enumerate(plans, 1):
        taxable.append(came_to(scenario, plan).taxable)
        if progress:
            progress(done, len(plans))
    return paths, taxable


def closed_form(scenario: Scenario, plans: Iterable[Timeline]) -> tuple[float, ...] | None:
    """The mean gain converted under each timeline, where the model has one in closed form. [dollars]

    For lognormal returns the sum of D ((1 + annual_return)^(n / 252) - 1), n the sessions that deposit D is
    held. The mean of Box 2a is at least that: a loss is not taxed. Fees, a split, an opening balance and
    money that stays behind or is paid out change what is taxed, so there is none with them.
    """
    terms, plans = scenario.plan, list(plans)
    distorted = terms.conversion.fee or terms.conversion.to == "split" or terms.opening.after_tax
    stays = any(plan.leaves_money for plan in plans)
    distorted = distorted or terms.opening.basis or any(plan.payments for plan in plans)
    distorted = distorted or any(plan.taxable_so_far for plan in plans)
    fund = scenario.returns.inside
    if fund.name != "lognormal" or distorted or stays:
        return None
    growth = float(1 + fund.annual_return) ** (1 / SESSIONS_A_YEAR)
    sessions = all_sessions(plans)
    calendar = sessions_between(sessions[0], sessions[-1]) if sessions else ()
    place = {day: n for n, day in enumerate(calendar)}
    earned = [float(growth**held) - 1 for held in range(len(place))]

    def gain(deposit: Deposit) -> float:
        assert deposit.leaves is not None, "money that stays behind has no closed form"
        return deposit.amount / 100 * earned[place[deposit.leaves] - place[deposit.lands]]

    means = tuple(sum(gain(deposit) for deposit in plan.deposits) for plan in plans)
    if (most := max(means, default=0.0) * 100) > MOST_CENTS:
        raise beyond_range("returns: the mean gain by formula", most, LESS)
    return means
