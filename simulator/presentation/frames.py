"""What goes in, what is posted and what the law allows, as data frames. In dollars."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING

from pydantic import ValidationError

from simulator.answer import frames
from simulator.law.limits import LimitRules, UnknownLimits, published
from simulator.notation.fields import LAST_SIMULATED_YEAR
from simulator.notation.taken import demand_kind
from simulator.notation.wording import shown
from simulator.refusal import Refused
from simulator.scenario.contributed import payroll_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import ledger_of

if TYPE_CHECKING:
    import pandas as pd


def paychecks(scenario: Scenario) -> pd.DataFrame:
    """A data frame with one row for each paycheck: what goes in, the room left, what was clipped. [dollars]

    Args:
        scenario: The question.

    Raises:
        NoPayroll: It replays deposits.
        Mistakes: A file that it names cannot be used.
    """
    demand_kind("paychecks", scenario, Scenario)
    return frames.paycheck_frame(payroll_of(scenario))


def ledger(scenario: Scenario, policy: str, path: int = 0) -> pd.DataFrame:
    """A data frame with one row for each posting of one path under a policy. [dollars]

    Args:
        scenario: The question.
        policy: The name of one of its policies, like "monthly".
        path: Which path, from 0 on; of a stochastic model there is any.

    Raises:
        UnknownPolicy: It has no such policy.
        NoPath: There is no such path.
        Mistakes: A file that it names cannot be used.
        OutOfRange: A price or an amount leaves the range that is computed with.
    """
    demand_kind("ledger", scenario, Scenario)
    return frames.ledger_frame(ledger_of(scenario, scenario.policy(policy), path))


def limits(
    years: int | Iterable[int] | None = None, inflation: float | str | None = None
) -> pd.DataFrame:
    """A data frame with one row for each year: the limits of the law, with their notices. [dollars]

    Args:
        years: A year or several, like `range(2024, 2027)`; without them all that are published.
        inflation: Growth of the price index that projects later years. [fraction a year, or "2.5%"]

    Raises:
        UnknownYear: A year has no limits, or is none.
        Refused: The growth is out of range.
    """
    asked: Iterable[object] = published() if years is None else [years]
    if isinstance(years, Iterable) and not isinstance(years, str):
        asked = years
    try:
        rules = LimitRules(inflation=inflation)
        return frames.limit_frame([rules.of(demand_year(year)) for year in asked])
    except ValidationError as error:
        raise Refused(error.errors()[0]["msg"], "inflation") from None
    except UnknownLimits as error:
        known = str(error).partition(";")[0]
        raise UnknownYear(f"{known}; add inflation=0.025 to project later ones") from None


class UnknownYear(Refused):
    """The limits of a year were asked for that has none."""


def demand_year(year: object) -> int:
    """A year; raises `UnknownYear` where it is none that could have limits."""
    if not isinstance(year, Integral) or isinstance(year, bool):
        raise UnknownYear(f"{shown(year)} is not a year; write limits(2026) or range(2024, 2027)")
    if not min(published()) <= int(year) <= LAST_SIMULATED_YEAR:
        raise UnknownYear(f"{year} is out of range; {min(published())} to {LAST_SIMULATED_YEAR}")
    return int(year)
