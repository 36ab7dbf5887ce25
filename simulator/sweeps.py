"""A sweep: the taxable earnings of one policy while one thing varies.

The points of a sweep over the delay share their prices, and those whose deposits leave on the same days
share their result: nothing happens on a weekend, so five days of a week make three delays alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.conversion.outcome import BOX_2A, LESS, demand_amounts
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Deposit, Timeline, all_sessions
from simulator.days import sessions_between
from simulator.distribution import distribution, mean_and_error
from simulator.fast.choice import engine as chosen_engine
from simulator.letters import visible
from simulator.money import MOST_CENTS, OutOfRange, beyond_range
from simulator.notation import read_number
from simulator.returns.lognormal import SESSIONS_A_YEAR
from simulator.returns.model import AMOUNT
from simulator.scenario import Scenario
from simulator.simulation import (
    Progress,
    after_tax_deposits,
    came_to,
    compare,
    demand_memory,
    followed,
    price_blocks,
    went_in,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_POINTS = 2_000

SWEEP_BLOCK = 16_384
"""Paths that a sweep works on at a time, at most: calls for hundreds of timelines on few days are dear."""


class Point(NamedTuple):
    """One value of what varies.

    Attributes:
        value: The value.
        box_2a: Statistics of Box 2a over all forms. [dollars]
        over_first: By how much it exceeds the first point's, path by path: `mean`, and its own, much smaller
            error `se`; None on one path. [dollars]
        leaves_money: Whether some money has no date to leave on.
    """

    value: int | float | str
    box_2a: dict[str, float]
    over_first: dict[str, float] | None = None
    leaves_money: bool = False


class Mark(NamedTuple):
    """A policy of the scenario, beside the points of a sweep over the delay.

    Attributes:
        policy: Its name.
        box_2a: Statistics of Box 2a over all forms. [dollars]
        leaves_money: Whether some money has no date to leave on.
    """

    policy: str
    box_2a: dict[str, float]
    leaves_money: bool


@dataclass(frozen=True)
class Sweep:
    """The taxable earnings of one policy for each value of a field.

    Attributes:
        field: What varies: `delay`, or the path of a field of the scenario.
        policy: The policy's name; where its delay varies, without it.
        points: Each value and what it comes to.
        marks: The scenario's own policies; of a sweep over the delay.
        closed_form: For each value the mean gain converted, where it has a closed form. [dollars]
        paths: How many paths the statistics are over, the most of any point.
        scenario: The question.
    """

    field: str
    policy: str
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    closed_form: tuple[float, ...] | None
    paths: int
    scenario: Scenario

    @property
    def values(self) -> list[int | float | str]:
        """The values of the field, in order."""
        return [point.value for point in self.points]

    def to_dict(self) -> dict[str, Any]:
        """The sweep in the shape of the JSON output. [dollars]"""
        points: list[dict[str, Any]] = []
        for point, mean in zip_longest(self.points, self.closed_form or ()):
            told: dict[str, Any] = {"value": point.value, "box_2a": point.box_2a}
            if point.over_first is not None:
                told["box_2a_over_first"] = point.over_first
            if mean is not None:
                told["closed_form"] = floor(mean * 100 + 0.5) / 100
            points.append(told)
        return {"field": self.field, "policy": self.policy, "points": points}

    def plot(self) -> Figure:
        """A picture; a notebook shows it."""
        from simulator.report.pictures import delay_picture

        return delay_picture(self)


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
        Mistakes: A file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
        TooManyPaths: There is not enough memory for them.
    """
    deposits = after_tax_deposits(scenario, went_in(scenario))
    delayed = [policy.model_copy(update={"delay": delay}) for delay in delays]
    timelines = followed(scenario, deposits, [*delayed, *scenario.policies])
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
            Point(delay, once[id(cents)], above[id(cents)], one.leaves_money)
            for delay, one, cents in zip(delays, plans, taxable, strict=False)
        ),
        marks=tuple(
            Mark(own.name, once[id(cents)], one.leaves_money)
            for own, one, cents in zip(
                scenario.policies, marked, taxable[len(plans) :], strict=True
            )
        ),
        closed_form=closed_form(scenario, plans),
        paths=paths,
        scenario=scenario,
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
    sessions = all_sessions(distinct.values())
    paths = scenario.returns.count(sessions)
    found: dict[Any, Any] = {}
    if paths == 1:
        chosen_engine(engine, 0)
        for done, (key, plan) in enumerate(distinct.items(), 1):
            found[key] = came_to(scenario, plan).total("box_2a")
            if progress:
                progress(done, len(distinct))
        return 1, [found[plan.deposits] for plan in timelines]
    demand_memory(paths, AMOUNT * paths * len(distinct))
    fast = chosen_engine(engine, paths * len(distinct) * len(list(scenario.years)))
    plans = list(distinct.values())
    if fast:
        blocks = fast.taxable(scenario.returns, scenario.years, plans, range(paths), progress)
    else:
        blocks = _taxable_blocks(scenario, plans, range(paths), progress)
    import numpy as np

    found = {key: np.empty(paths) for key in distinct}
    start = 0
    for block in blocks:
        for key, cents in zip(distinct, block, strict=True):
            found[key][start : start + cents.size] = cents
        start += cents.size
    return paths, [found[plan.deposits] for plan in timelines]


def _taxable_blocks(
    scenario: Scenario, plans: Sequence[Timeline], paths: range, progress: Progress | None
) -> Iterator[list[Any]]:
    """Box 2a over all forms of each timeline, a block of paths at a time. [cents; path]"""
    from simulator.conversion.kernel import Bought, taxable

    start = paths.start
    bought: Bought = {}
    for price in price_blocks(scenario, plans, paths, progress, SWEEP_BLOCK):
        bought.clear()
        block = [
            taxable(plan, [price[session] for session in plan.sessions], bought) for plan in plans
        ]
        demand_amounts(((BOX_2A, cents) for cents in block), scenario.returns.name, start)
        start += block[0].size
        yield block


def closed_form(scenario: Scenario, plans: Iterable[Timeline]) -> tuple[float, ...] | None:
    """The mean gain converted under each timeline, where the model has one in closed form. [dollars]

    For lognormal returns the sum of D ((1 + annual_return)^(n / 252) - 1), n the sessions that deposit D is
    held. The mean of Box 2a is at least that: a loss is not taxed. Fees, a split, an opening balance and
    money that stays behind change what is taxed, so there is none with them.
    """
    terms, plans = scenario.plan, list(plans)
    distorted = terms.conversion.fee or terms.conversion.to == "split" or terms.opening.after_tax
    stays = any(plan.leaves_money for plan in plans)
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
    first, paths = None, 0
    for done, value in enumerate(map(str, values), 1):
        varied = scenario.varied(f"{field}={value}", option="--vary")
        if place >= len(varied.policies):
            raise SweepError(
                f"with {field}={value} there is no policy in the place of {chosen.name}"
            )
        alone = varied.model_copy(update={"policies": (varied.policies[place],)})
        try:
            comparison = compare(alone, engine=engine)
        except OutOfRange as error:
            raise OutOfRange(visible(f"{field}={value}: {error}")) from None
        result = comparison.results[0]
        taxable = result.total("box_2a")
        first = taxable if first is None else first
        points.append(
            Point(
                _number(value),
                comparison.told(taxable, taxable=True),
                _over_first(taxable, first, varied),
                result.leaves_money,
            )
        )
        paths = max(paths, comparison.paths)
        if progress:
            progress(done)
    if not points:
        raise SweepError("there are no values to sweep over")
    return Sweep(field, chosen.name, tuple(points), (), None, paths, scenario)


def _number(written: str) -> int | float | str:
    """A value as JSON has it: a bare number as a number."""
    number = read_number(written)
    if number is None:
        return written
    return int(number) if number == int(number) else float(number)


RANGE = re.compile(r"[^:,\[\]{}\"']*:[^:,\[\]{}\"']*(:[^:,\[\]{}\"']*)?")
"""What looks like START:STOP:STEP: numbers between colons, without what a list or a mapping has."""


def values(text: str) -> list[str]:
    """The values that `START:STOP:STEP` or `A,B,C` stands for, as they would be written in a file.

    Numbers keep the notation of START: `5%:30%:5%` gives 5%, 10%, ... 30%; STOP is included. A comma within
    brackets or quotation marks is part of a value: `[{rate: 50%, up_to: 6%}],[{rate: 100%, up_to: 3%}]`.

    Raises:
        SweepError: The range cannot be read, runs the wrong way, or has too many points.
    """
    if not RANGE.fullmatch(text):
        found = [part for part in map(str.strip, _parts(text)) if part]
        if not found:
            raise SweepError(f"'{text}' holds no values; write START:STOP:STEP or A,B,C")
        if any(re.fullmatch(r"0\d+", part) for part in found):
            example = text.replace(",", "_", 1)
            raise SweepError(f"'{text}' has a comma within a number; write it like {example}")
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


def _parts(text: str) -> Iterator[str]:
    """A text cut at its commas, but not at those within brackets or quotation marks."""
    depth, quote, part = 0, "", ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "[{":
            depth += 1
        elif letter in "]}":
            depth -= 1
        elif letter == "," and depth <= 0:
            yield part
            part = ""
            continue
        part += letter
    yield part
