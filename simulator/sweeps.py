"""A sweep: the taxable earnings of one policy while one thing varies.

The points of a sweep over the delay share their prices, and those whose deposits leave on the same days
share their result: nothing happens on a weekend, so five days of a week make three delays alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from numbers import Integral
from typing import Any

from simulator.answer.statistics import distribution, mean_and_error
from simulator.answer.sweep import Mark, Point, Sweep
from simulator.conversion.close import Deposit
from simulator.conversion.policy import LONGEST_DELAY, Policy
from simulator.conversion.range import LESS
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.days.calendars import sessions_between
from simulator.money import MOST_CENTS, OutOfRange, beyond_range
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistakes, short
from simulator.notation.numbers import read_number
from simulator.notation.ranges import BadRange
from simulator.paths.blocks import Progress
from simulator.paths.engine import engine as chosen_engine
from simulator.returns.lognormal import SESSIONS_A_YEAR
from simulator.scenario.paid_out import payments_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import (
    after_tax_deposits,
    came_to,
    compare,
    followed,
    went_in,
)

VARY = "--vary"
"""What a value of a sweep is called in its mistakes."""


class SweepError(BadRange):
    """A sweep was asked for that cannot be made: one line for the user."""


def sweep(
    scenario: Scenario,
    policy: str | None = None,
    *,
    delay: Iterable[int] | None = None,
    vary: str | None = None,
    values: Iterable[object] = (),
    engine: str = "auto",
) -> Sweep:
    """Taxable earnings of one policy against its delay, or against any field of the scenario.

    Args:
        scenario: The question.
        policy: The policy's name; by default the first one's.
        delay: Calendar days that each deposit waits.
        vary: The path of a field, like `returns.volatility`.
        values: Its values, as a file has them.
        engine: See `compare`.

    Raises:
        Mistakes: A value contradicts the rest, or a file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
        UnknownPolicy: The scenario has no such policy.
        SweepError: Neither or both of `delay` and `vary` are given, or there are no values.
    """
    if (delay is None) == (vary is None):
        raise SweepError("what shall vary? give delay=range(0, 366, 5), or vary= with values=")
    if delay is not None:
        chosen = scenario.policy(policy) if policy is not None else scenario.policies[0]
        return sweep_delay(scenario, chosen, list(delay), engine=engine)
    return sweep_field(scenario, str(vary), values, policy, engine=engine)


def sweep_delay(
    scenario: Scenario,
    policy: Policy,
    delays: Sequence[int],
    progress: Progress | None = None,
    engine: str = "auto",
) -> Sweep:
    """Taxable earnings against the delay that each deposit waits.

    Args:
        scenario: The question.
        policy: The policy whose delay varies; its other fields stay.
        delays: Calendar days.
        progress: Is told how many paths are done, of how many; of one path how many delays.
        engine: See `compare`.

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
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    paid = payments_of(scenario, years, deposits)
    delayed = [policy.model_copy(update={"delay": int(delay)}) for delay in delays]
    timelines = followed(scenario, deposits, [*delayed, *scenario.policies], paid)
    plans, marked = timelines[: len(delayed)], timelines[len(delayed) :]
    paths, taxable = taxable_earnings(scenario, timelines, progress, engine)
    distinct = {id(cents): cents for cents in taxable}
    randomisations = scenario.returns.randomisations
    once = {key: distribution(cents, randomisations, True) for key, cents in distinct.items()}
    above = {key: _over_first(cents, taxable[0], scenario) for key, cents in distinct.items()}
    return Sweep(
        field="delay",
        policy=policy.model_copy(update={"delay": 0}).name,
        points=tuple(
            Point(delay, once[id(cents)], above[id(cents)], plan.leaves_money)
            for delay, plan, cents in zip(delays, plans, taxable, strict=False)
        ),
        marks=tuple(
            Mark(own.name, once[id(cents)], plan.leaves_money)
            for own, plan, cents in zip(
                scenario.policies, marked, taxable[len(plans) :], strict=True
            )
        ),
        closed_form=closed_form(scenario, plans),
        paths=paths,
        scenario=scenario,
        warnings=scenario.returns.all_warnings(all_sessions(timelines)),
    )


def _over_first(cents: Any, first: Any, scenario: Scenario) -> dict[str, float] | None:
    """By how much an amount exceeds another on average, and how sure that is; None on one path. [dollars]"""
    if isinstance(cents, int) or isinstance(first, int) or cents.size != first.size:
        return None
    return mean_and_error(cents - first, scenario.returns.randomisations)


def taxable_earnings(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    progress: Progress | None = None,
    engine: str = "auto",
) -> tuple[int, list[Any]]:
    """How many paths there are, and Box 2a over all forms of each timeline on each of them. [cents; path]"""
    distinct = {plan.deposits: plan for plan in timelines}
    plans = list(distinct.values())
    paths = scenario.returns.count(all_sessions(plans))
    if paths == 1:
        chosen_engine(engine, 0)
        taxable = []
        for done, plan in enumerate(plans, 1):
            taxable.append(came_to(scenario, plan).taxable)
            if progress:
                progress(done, len(plans))
    else:
        from simulator.paths import table

        taxable = table.taxable_earnings(scenario, plans, paths, progress, engine)
    of = dict(zip(distinct, taxable, strict=True))
    return paths, [of[plan.deposits] for plan in timelines]


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

    def gain(deposit: Deposit) -> float:
        assert deposit.leaves is not None, "money that stays behind has no closed form"
        held = place[deposit.leaves] - place[deposit.lands]
        return deposit.amount / 100 * (float(growth**held) - 1)

    means = tuple(sum(gain(deposit) for deposit in plan.deposits) for plan in plans)
    if (most := max(means, default=0.0) * 100) > MOST_CENTS:
        raise beyond_range("returns: the mean gain by formula", most, LESS)
    return means


def sweep_field(
    scenario: Scenario,
    field: str,
    values: Iterable[object],
    policy: str | None = None,
    progress: Callable[[int], None] | None = None,
    engine: str = "auto",
) -> Sweep:
    """Taxable earnings of one policy against any field of the scenario.

    Args:
        scenario: The question.
        field: The path of the field.
        values: Its values, as a file has them.
        policy: The policy's name, in the scenario as it is; the first one's if None.
        progress: Is told how many points are done.
        engine: See `compare`.

    Raises:
        Mistakes: A value contradicts the rest, or a file that the scenario names cannot be used.
        UnknownPolicy: The scenario has no such policy.
        NoEngine: The engine is not installed.
        SweepError: There is nothing to vary, or a value leaves no such policy.
    """
    chosen = scenario.policy(policy) if policy is not None else scenario.policies[0]
    place = scenario.policies.index(chosen)
    points: list[Point] = []
    warnings: dict[str, None] = {}
    first, paths = None, 0
    for done, value in enumerate(map(str, values), 1):
        varied = varied_to(scenario, field, value)
        if place >= len(varied.policies):
            raise SweepError(
                f"with {field}={value} there is no policy in the place of {chosen.name}"
            )
        alone = varied.model_copy(update={"policies": (varied.policies[place],)})
        try:
            with _because_of(field, value):
                comparison = compare(alone, engine=engine)
        except OutOfRange as error:
            raise OutOfRange(visible(f"{field}={value}: {error}")) from None
        warnings |= dict.fromkeys(comparison.warnings)
        result = comparison.results[0]
        taxable = result.taxable
        first = taxable if first is None else first
        points.append(
            Point(
                _number(value),
                comparison.statistics(taxable, taxable=True),
                _over_first(taxable, first, varied),
                result.leaves_money,
            )
        )
        paths = max(paths, comparison.paths)
        if progress:
            progress(done)
    if not points:
        raise SweepError("there are no values to sweep over")
    return Sweep(field, chosen.name, tuple(points), (), None, paths, scenario, tuple(warnings))


def varied_to(scenario: Scenario, field: str, value: str) -> Scenario:
    """The scenario with a value of what varies.

    Raises:
        Mistakes: The value cannot be read, or contradicts the rest.
    """
    with _because_of(field, value):
        return scenario.varied(f"{field}={value}", option=VARY)


@contextmanager
def _because_of(field: str, value: str) -> Iterator[None]:
    """Says of what is wrong in a file with which value it is: as it stands, the file is right."""
    try:
        yield
    except Mistakes as mistakes:
        made = f"{VARY} {field}={short(value)}: "
        raise Mistakes(
            [
                one
                if one.place.source.startswith(f"{VARY} ")
                else one._replace(place=one.place._replace(source=f"{made}{one.place.source}"))
                for one in mistakes.mistakes
            ],
            mistakes.more,
        ) from None


def _number(written: str) -> int | float | str:
    """A value as JSON has it: a bare number as a number."""
    number = read_number(written)
    if number is None:
        return written
    return int(number) if number == int(number) else float(number)
