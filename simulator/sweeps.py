"""A sweep: the taxable earnings of one policy while one thing varies.

The points of a sweep over the delay share their prices, and those whose deposits leave on the same days
share their result: nothing happens on a weekend, so five days of a week make three delays alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import Any

from simulator.comparison import Comparison
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Deposit, Timeline, all_sessions, timeline
from simulator.days import sessions_between
from simulator.distribution import distribution
from simulator.fast.choice import engine as chosen_engine
from simulator.notation import read_number
from simulator.returns.lognormal import SESSIONS_A_YEAR
from simulator.scenario import Scenario
from simulator.simulation import (
    Progress,
    after_tax_deposits,
    compare,
    posted,
    price_blocks,
    went_in,
)

MOST_POINTS = 2_000

SWEEP_BLOCK = 16_384
"""Paths that a sweep works on at a time: hundreds of timelines on few days make calls dearer than memory."""


@dataclass(frozen=True)
class Sweep:
    """The taxable earnings of one policy for each value of a field.

    Attributes:
        field: What varies: `delay`, or the path of a field of the scenario.
        policy: The policy's name.
        points: Each value with the statistics of Box 2a over all forms. [dollars]
        marks: The mean Box 2a of the scenario's own policies, by name; of a sweep over the delay. [dollars]
        closed_form: For each value the mean gain converted, where it has a closed form. [dollars]
        paths: How many paths the statistics are over.
        scenario: The question.
    """

    field: str
    policy: str
    points: tuple[tuple[int | float | str, dict[str, float]], ...]
    marks: dict[str, float]
    closed_form: tuple[float, ...] | None
    paths: int
    scenario: Scenario

    @property
    def values(self) -> list[int | float | str]:
        """The values of the field, in order."""
        return [value for value, _ in self.points]

    def to_dict(self) -> dict[str, Any]:
        """The sweep in the shape of the JSON output. [dollars]"""
        points: list[dict[str, Any]] = [
            {"value": value, "box_2a": told} for value, told in self.points
        ]
        for point, mean in zip(points, self.closed_form or (), strict=False):
            point["closed_form"] = floor(mean * 100 + 0.5) / 100
        return {"field": self.field, "policy": self.policy, "points": points}


class SweepError(ValueError):
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
    each = ((str(value), scenario.varied(f"{vary}={value}")) for value in values)
    return sweep_field(each, str(vary), policy, engine=engine)


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
        progress: Is told how many paths are done, of how many.
        engine: See `compare`.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
    """
    deposits = after_tax_deposits(scenario, went_in(scenario))
    plans = [
        timeline(
            deposits,
            policy.model_copy(update={"delay": delay}),
            scenario.plan,
            scenario.years,
        )
        for delay in delays
    ]
    marked = [timeline(deposits, each, scenario.plan, scenario.years) for each in scenario.policies]
    paths, taxable = taxable_earnings(scenario, [*plans, *marked], progress, engine)
    once = {
        id(cents): distribution(cents, scenario.returns.randomisations, True) for cents in taxable
    }
    told = [once[id(cents)] for cents in taxable]
    names = (each.name for each in scenario.policies)
    return Sweep(
        field="delay",
        policy=policy.name,
        points=tuple(zip(delays, told, strict=False)),
        marks=dict(zip(names, (one["mean"] for one in told[len(delays) :]), strict=True)),
        closed_form=closed_form(scenario, plans),
        paths=paths,
        scenario=scenario,
    )


def taxable_earnings(
    scenario: Scenario,
    timelines: Sequence[Timeline],
    progress: Progress | None = None,
    engine: str = "auto",
) -> tuple[int, list[Any]]:
    """How many paths there are, and Box 2a over all forms of each timeline on each of them. [cents; path]"""
    distinct = {plan.deposits: plan for plan in timelines}
    sessions = all_sessions(distinct.values())
    paths = scenario.returns.count(sessions)
    found: dict[Any, Any]
    if paths == 1:
        chosen_engine(engine, 0)
        found = {
            key: posted(scenario, plan).outcome.total("box_2a") for key, plan in distinct.items()
        }
        return 1, [found[plan.deposits] for plan in timelines]
    fast = chosen_engine(engine, paths * len(distinct) * len(list(scenario.years)))
    if fast:
        plans = list(distinct.values())
        blocks = fast.taxable(scenario.returns, scenario.years, plans, range(paths), progress)
    else:
        blocks = _taxable_blocks(scenario, distinct.values(), range(paths), progress)
    import numpy as np

    found = {key: np.empty(paths) for key in distinct}
    start = 0
    for block in blocks:
        for key, cents in zip(distinct, block, strict=True):
            found[key][start : start + cents.size] = cents
        start += cents.size
    return paths, [found[plan.deposits] for plan in timelines]


def _taxable_blocks(
    scenario: Scenario, plans: Collection[Timeline], paths: range, progress: Progress | None
) -> Iterator[list[Any]]:
    """Box 2a over all forms of each timeline, a block of paths at a time. [cents; path]"""
    from simulator.conversion.kernel import Bought, taxable

    for price in price_blocks(scenario, all_sessions(plans), paths, progress, SWEEP_BLOCK):
        bought: Bought = {}
        yield [
            taxable(plan, [price[session] for session in plan.sessions], bought) for plan in plans
        ]


def closed_form(scenario: Scenario, plans: Iterable[Timeline]) -> tuple[float, ...] | None:
    """The mean gain converted under each timeline, where the model has one in closed form. [dollars]

    For lognormal returns the sum of D ((1 + annual_return)^(n / 252) - 1), n the sessions that deposit D is
    held. The mean of Box 2a is at least that: a loss is not taxed. Fees, a split, an opening balance and
    money that stays behind change what is taxed, so there is none with them.
    """
    terms, plans = scenario.plan, list(plans)
    distorted = terms.conversion.fee or terms.conversion.to == "split" or terms.opening.after_tax
    stays = any(deposit.leaves is None for plan in plans for deposit in plan.deposits)
    if scenario.returns.model != "lognormal" or distorted or terms.opening.basis or stays:
        return None
    growth = float(1 + scenario.returns.annual_return) ** (1 / SESSIONS_A_YEAR)
    sessions = all_sessions(plans)
    calendar = sessions_between(sessions[0], sessions[-1]) if sessions else ()
    place = {day: n for n, day in enumerate(calendar)}

    def gain(deposit: Deposit) -> float:
        assert deposit.leaves is not None, "money that stays behind has no closed form"
        held = place[deposit.leaves] - place[deposit.lands]
        return deposit.amount / 100 * (float(growth**held) - 1)

    return tuple(sum(gain(deposit) for deposit in plan.deposits) for plan in plans)


def sweep_field(
    scenarios: Iterable[tuple[str, Scenario]],
    field: str,
    policy: str | None,
    progress: Callable[[int], None] | None = None,
    engine: str = "auto",
) -> Sweep:
    """Taxable earnings of one policy against any field of the scenario.

    Args:
        scenarios: Each value as written, and the scenario with it.
        field: The path of the field.
        policy: The policy's name; the first one's if None.
        progress: Is told how many points are done.
        engine: See `compare`.

    Raises:
        Mistakes: A file that a scenario names cannot be used.
        UnknownPolicy: A scenario has no such policy.
        NoEngine: The engine is not installed.
        SweepError: There is nothing to vary.
    """
    points = []
    comparison: Comparison | None = None
    for done, (value, scenario) in enumerate(scenarios, 1):
        chosen = scenario.policy(policy) if policy is not None else scenario.policies[0]
        alone = scenario.model_copy(update={"policies": (chosen,)})
        comparison = compare(alone, engine=engine)
        points.append(
            (_number(value), comparison.told(comparison.results[0].total("box_2a"), taxable=True))
        )
        if progress:
            progress(done)
    if comparison is None:
        raise SweepError("there are no values to sweep over")
    name = comparison.results[0].policy.name
    return Sweep(field, name, tuple(points), {}, None, comparison.paths, comparison.scenario)


def _number(written: str) -> int | float | str:
    """A value as JSON has it: a bare number as a number."""
    number = read_number(written)
    if number is None:
        return written
    return int(number) if number == int(number) else float(number)


def values(text: str) -> list[str]:
    """The values that `START:STOP:STEP` or `A,B,C` stands for, as they would be written in a file.

    Numbers keep the notation of START: `5%:30%:5%` gives 5%, 10%, ... 30%; STOP is included.

    Raises:
        SweepError: The range cannot be read, runs the wrong way, or has too many points.
    """
    if ":" not in text:
        found = [part.strip() for part in text.split(",") if part.strip()]
        if not found:
            raise SweepError(f"'{text}' holds no values; write START:STOP:STEP or A,B,C")
        return found
    parts = [part.strip() for part in text.split(":")]
    numbers = [read_number(part.removeprefix("$").removesuffix("%")) for part in parts]
    if len(parts) != 3 or any(number is None for number in numbers):
        raise SweepError(
            f"'{text}' is not a range; write START:STOP:STEP like 0:365:5 or 5%:30%:5%"
        )
    start, stop, step = (number or Decimal(0) for number in numbers)
    if step <= 0 or stop < start:
        raise SweepError(f"'{text}' does not rise; STEP must be above 0 and STOP not below START")
    count = floor((stop - start) / step) + 1
    if count > MOST_POINTS:
        raise SweepError(f"'{text}' has {count:,} points; at most {MOST_POINTS:,}")
    prefix, suffix = "$" * parts[0].startswith("$"), "%" * parts[0].endswith("%")
    return [f"{prefix}{start + place * step:f}{suffix}" for place in range(count)]
