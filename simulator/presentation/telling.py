"""An answer told: its page, its checklist, its reminders. What they need beside it is worked out here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.set_aside import SetAside, set_aside
from simulator.answer.sweep import Sweep
from simulator.conversion.amounts import is_unknown
from simulator.notation.mistakes import Mistakes
from simulator.notation.taken import NotTaken, demand_flag, demand_kind
from simulator.paths.postings import expected, posted
from simulator.presentation.drawing import drawn, drawn_sweep, recommended
from simulator.presentation.plainly import plainly
from simulator.report import checklist as checklists
from simulator.report import reminders as reminding
from simulator.report.reminder import Reminder
from simulator.report.tax_reminders import tax_reminders
from simulator.scenario.scenario import Scenario
from simulator.simulation import MOST_FOLLOWED, compare, match_lost
from simulator.sweeps import sweep_delay

if TYPE_CHECKING:
    from simulator.report.page.picture import Drawn

MOST_ROWS = 7
"""Of the picture on the first page."""

PAGE_DELAYS = (0, 3, 7, 14, 30, 45, 60, 90, 120)
"""Of the picture on a page. [calendar days]"""


def page(
    answer: Comparison | Scenario, delays: Sweep | None = None, *, pictures: bool = True
) -> str:
    """One self-contained HTML page: answer, pictures, forms, checklist, assumptions.

    It loads nothing and runs nothing; the same comparison gives the same text.

    Args:
        answer: The answer to tell, or the question.
        delays: Taxable earnings against the delay; without it those of the recommended policy for 0 to 120
            days, where anything is taxed.
        pictures: Whether it has pictures; they alone need matplotlib.

    Raises:
        NotTaken: The answer or the sweep is none; to write the page, write its text.
    """
    demand_kind("page", answer, Scenario, Comparison)
    if isinstance(delays, str | PathLike):
        raise NotTaken(
            "page gives a text and writes no file; write Path(FILE).write_text(page(answer))"
        )
    if delays is not None:
        demand_kind("page", delays, Sweep)
    demand_flag("pictures", pictures)
    from simulator.report.page import Told
    from simulator.report.page import page as written

    comparison = plainly(compare(answer) if isinstance(answer, Scenario) else answer)
    result = recommended(comparison)
    shown = _pictures(comparison, delays) if pictures else {}
    aside = _set_asides(comparison, result)
    earnings = aside[0][1] if aside else {}
    to_do = _reminders(comparison, result, {}, earnings)
    return written(comparison, Told(result, shown, checklist(comparison), to_do, aside))


def _pictures(comparison: Comparison, delays: Sweep | None) -> dict[str, Drawn]:
    """The pictures of a page, by their kinds, each in any look."""
    from simulator.report.pictures import verdict_picture

    first = "cadence" if comparison.verdict.best is None else "verdict"
    pictures = {kind: drawn(comparison, kind) for kind in (first, "balance")}
    if first == "verdict":
        pictures[first] = lambda look: verdict_picture(comparison, MOST_ROWS, look=look)
    if comparison.contributions:
        pictures["contributions"] = drawn(comparison, "contributions")
    if comparison.worth and any(
        not is_unknown(found) for found in comparison.worth.policies.values()
    ):
        pictures["wealth"] = drawn(comparison, "wealth")
    if curve := delays or delays_of(comparison):
        pictures["delay"] = drawn_sweep(curve)
    return pictures


def delays_of(comparison: Comparison) -> Sweep | None:
    """Taxable earnings against the recommended policy's delay; None where nothing is taxed or priced."""
    scenario = comparison.scenario
    followed = len(comparison.deposits) * (len(PAGE_DELAYS) + len(scenario.policies))
    if comparison.splits or not comparison.deposits or not scenario.plan.conversion.allowed:
        return None
    if followed > MOST_FOLLOWED:
        return None
    try:
        return sweep_delay(scenario, recommended(comparison).policy, PAGE_DELAYS)
    except Mistakes:  # no prices on days on which the scenario's own policies move nothing
        return None


def set_asides(comparison: Comparison) -> list[tuple[SetAside, dict[date, float]]]:
    """What to set aside for the tax on conversions, each year of each policy that has some.

    With what each conversion of the policy is expected to tax. [cents]
    """
    return [one for result in comparison.results for one in _set_asides(comparison, result)]


def _set_asides(
    comparison: Comparison, result: PolicyResult
) -> list[tuple[SetAside, dict[date, float]]]:
    years = list(set_aside(comparison, result))
    if not years:
        return []
    moved = expected(comparison.scenario, result.timeline)
    earnings = {day: conversion.earnings for day, conversion in moved.items()}
    return [(one, earnings) for one in years]


def checklist(comparison: Comparison) -> list[checklists.Item]:
    """The answers that a scenario gives to who the strategy suits, one line each, with the figure."""
    return list(checklists.checklist(comparison, match_lost(comparison)))


def reminders(comparison: Comparison, result: PolicyResult) -> list[Reminder]:
    """What to do under a policy, in the order of the days; nothing where no money ever comes in.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    moved = expected(comparison.scenario, result.timeline)
    amounts = {day: conversion.amount for day, conversion in moved.items()}
    earnings = {day: conversion.earnings for day, conversion in moved.items()}
    return _reminders(comparison, result, amounts, earnings)


def _reminders(
    comparison: Comparison,
    result: PolicyResult,
    amounts: Mapping[date, float],
    earnings: Mapping[date, float],
) -> list[Reminder]:
    """The reminders of conversions that move some amounts and tax some earnings, and all others. [cents]"""
    scenario, timeline = comparison.scenario, result.timeline
    ledger = posted(scenario, timeline) if comparison.paths == 1 else None
    everything = reminding.reminders(comparison, result, amounts, ledger)
    return sorted(
        [*everything, *tax_reminders(comparison, result, earnings)], key=reminding.in_order
    )
