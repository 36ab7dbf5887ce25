"""An answer presented: what is shown beside it is worked out here, and handed to whatever shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from numbers import Integral
from typing import TYPE_CHECKING

from pydantic import ValidationError

from simulator.answer import frames
from simulator.answer.comparison import Comparison
from simulator.answer.grid import Grid
from simulator.answer.policy_result import PolicyResult
from simulator.answer.set_aside import SetAside, set_aside
from simulator.answer.sweep import Sweep
from simulator.conversion.amounts import is_unknown
from simulator.conversion.policy import Policy
from simulator.law.limits import LimitRules, UnknownLimits, published
from simulator.notation.fields import LAST_SIMULATED_YEAR
from simulator.notation.mistakes import Mistakes
from simulator.notation.wording import shown, suggestion
from simulator.paths.postings import expected, posted
from simulator.refusal import Refused
from simulator.report import checklist as checklists
from simulator.report import reminders as reminding
from simulator.report.reminder import Reminder
from simulator.report.tax_reminders import tax_reminders
from simulator.scenario.contributed import payroll_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import MOST_FOLLOWED, compare, ledger_of, match_lost
from simulator.sweeps import sweep_delay

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

KINDS = ("cadence", "delay", "balance", "contributions", "wealth")

DELAYS, PAGE_DELAYS = range(0, 121, 2), range(0, 121, 5)
"""Of the picture of a comparison, and of the one on its page; a sweep has its own. [calendar days]"""


class UnknownKind(Refused):
    """A picture was asked for that there is none of."""

    argument = "kind"

    def __init__(self, kind: str):
        super().__init__(f"{shown(kind)} is not a kind of picture{suggestion(kind, KINDS)}")


def plot(
    answer: Comparison | Sweep | Grid,
    kind: str = "cadence",
    policy: str | None = None,
    path: int = 0,
) -> Figure:
    """A picture of an answer; a notebook shows it. Its label says the same to those who do not see it.

    Args:
        answer: A comparison; or a sweep, of one field or of two, which has one picture.
        kind: `cadence`, `delay`, `balance`, `contributions`, or `wealth` where the scenario asks for it.
        policy: Whose delay or balances; without it the first one's delay, and the balances of the first
            policy that lets money wait.
        path: Whose balances, where there are many paths.

    Raises:
        UnknownKind: Another kind.
        UnknownPolicy: The scenario has no such policy.
        NoPath: There is no such path.
        NoWealth: The scenario does not ask what all comes to.
        TooManyRows, TooManySquares: A sweep has more values than there is room for.
    """
    from simulator.report import pictures

    if isinstance(answer, Grid):
        return pictures.grid_picture(answer)
    if isinstance(answer, Sweep):
        return pictures.delay_picture(answer)
    if kind not in KINDS:
        raise UnknownKind(kind)
    scenario = answer.scenario
    if kind == "delay":
        chosen = scenario.compared(policy)
        return pictures.delay_picture(sweep_delay(scenario, chosen, DELAYS))
    if kind == "balance":
        result = answer.result(policy) if policy is not None else _waiting(answer)
        if result is answer.done and answer.paths != 1:
            raise Refused(
                f"'{result.policy.name}': no price says what it held on many paths", "policy"
            )
        return pictures.balance(answer, result, ledger_of(scenario, result.policy, path), path)
    of_all = {"cadence": pictures.cadence, "wealth": pictures.wealth}
    return of_all.get(kind, pictures.contributions)(answer)


def _waiting(comparison: Comparison) -> PolicyResult:
    """The first policy that lets money wait, or the first."""
    waits = (
        result
        for result in comparison.results
        if any(deposit.leaves != deposit.lands for deposit in result.timeline.deposits)
    )
    return next(waits, comparison.results[0])


def page(answer: Comparison | Scenario, delays: Sweep | None = None) -> str:
    """One self-contained HTML page: answer, pictures, forms, checklist, assumptions.

    It loads nothing and runs nothing; the same comparison gives the same text.

    Args:
        answer: The answer to tell, or the question.
        delays: Taxable earnings against the delay; without it those of 0 to 120 days after each paycheck,
            where anything is taxed.
    """
    from simulator.report.page import page as written

    comparison = compare(answer) if isinstance(answer, Scenario) else answer
    pictures = {kind: plot(comparison, kind) for kind in ("cadence", "balance")}
    if comparison.contributions:
        pictures["contributions"] = plot(comparison, "contributions")
    if comparison.worth and any(
        not is_unknown(found) for found in comparison.worth.policies.values()
    ):
        pictures["wealth"] = plot(comparison, "wealth")
    delays = delays or delays_of(comparison)
    if delays:
        pictures["delay"] = plot(delays)
    return written(comparison, pictures, checklist(comparison), set_asides(comparison))


def delays_of(comparison: Comparison) -> Sweep | None:
    """Taxable earnings against the delay after each paycheck; None where nothing is taxed or priced."""
    scenario = comparison.scenario
    followed = len(comparison.deposits) * (len(PAGE_DELAYS) + len(scenario.policies))
    if comparison.splits or not comparison.deposits or not scenario.plan.conversion.allowed:
        return None
    if followed > MOST_FOLLOWED:
        return None
    own = (policy for policy in scenario.policies if policy.cadence == "per-paycheck")
    try:
        return sweep_delay(scenario, next(own, Policy(cadence="per-paycheck")), PAGE_DELAYS)
    except Mistakes:  # no prices on days on which the scenario's own policies move nothing
        return None


def set_asides(comparison: Comparison) -> list[tuple[SetAside, dict[date, float]]]:
    """What to set aside for the tax on conversions, each year of each policy that has some.

    With what each conversion of the policy is expected to tax. [cents]
    """
    found = []
    for result in comparison.results:
        if years := list(set_aside(comparison, result)):
            moved = expected(comparison.scenario, result.timeline)
            earnings = {day: conversion.earnings for day, conversion in moved.items()}
            found += [(one, earnings) for one in years]
    return found


def checklist(comparison: Comparison) -> list[checklists.Item]:
    """The answers that a scenario gives to who the strategy suits, one line each, with the figure."""
    return list(checklists.checklist(comparison, match_lost(comparison)))


def reminders(comparison: Comparison, result: PolicyResult) -> list[Reminder]:
    """What to do under a policy, in the order of the days; nothing where no money ever comes in.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    scenario, timeline = comparison.scenario, result.timeline
    ledger = posted(scenario, timeline) if comparison.paths == 1 else None
    moved = expected(scenario, timeline)
    amounts = {day: conversion.amount for day, conversion in moved.items()}
    earnings = {day: conversion.earnings for day, conversion in moved.items()}
    everything = reminding.reminders(comparison, result, amounts, ledger)
    return sorted(
        [*everything, *tax_reminders(comparison, result, earnings)], key=reminding.in_order
    )


def paychecks(scenario: Scenario) -> pd.DataFrame:
    """A data frame with one row for each paycheck: what goes in, the room left, what was clipped. [dollars]

    Args:
        scenario: The question.

    Raises:
        NoPayroll: It replays deposits.
        Mistakes: A file that it names cannot be used.
    """
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
