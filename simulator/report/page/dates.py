"""The dates of the first year: on which days to convert, month by month, and what else there is to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from simulator.answer.policy_result import PolicyResult
from simulator.report.reminder import CONVERT, EVENT, FORM, TAX, Reminder

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

FEW = 6
"""Days that are written out; more stand month by month."""

MOST = 8
"""Of the other things to do."""


class Month(NamedTuple):
    """A month with days to convert on."""

    name: str
    days: list[int]


class Dates(NamedTuple):
    """What there is to do in the first year.

    Attributes:
        year: Which year that is; the year after the simulated ones where all is converted then.
        written: Few days, written out.
        months: Many days, month by month.
        others: Each further day and what to do on it.
        later: What is said of the years after.
    """

    year: int
    written: list[str]
    months: list[Month]
    others: list[tuple[str, str]]
    later: str


def dates(result: PolicyResult, reminders: Sequence[Reminder]) -> Dates | None:
    """The dates of the first year in which a policy converts; None where it never does."""
    days = result.conversion_dates
    if not days:
        return None
    year = days[0].year
    of_year = [day for day in days if day.year == year]
    few = len(of_year) <= FEW
    years = sorted({day.year for day in days})
    return Dates(
        year,
        [in_words(day) for day in of_year] if few else [],
        [] if few else _months(of_year),
        [(in_words(one.day, year), one.title) for one in _others(reminders, year)],
        _later(years),
    )


def in_words(day: date, within: int | None = None) -> str:
    """A day: `Jan 3, 2025`; without its year where that is said."""
    words = f"{MONTHS[day.month - 1]} {day.day}"
    return words if day.year == within else f"{words}, {day.year}"


def _months(days: Iterable[date]) -> list[Month]:
    months: dict[int, list[int]] = {}
    for day in days:
        months.setdefault(day.month, []).append(day.day)
    return [Month(MONTHS[month - 1], of_month) for month, of_month in months.items()]


def _others(reminders: Iterable[Reminder], year: int) -> list[Reminder]:
    """What else there is to do until the year's forms are in."""
    found = []
    for one in reminders:
        of_year = one.day.year == year or (
            one.kind in (EVENT, FORM, TAX) and str(year) in one.title
        )
        if one.kind != CONVERT and of_year:
            found.append(one)
    return found[:MOST]


def _later(years: Sequence[int]) -> str:
    if len(years) == 1:
        return ""
    rest = f"{years[1]}" if len(years) == 2 else f"{years[1]} to {years[-1]}"
    one = len(years) == 2
    return f"{rest} {'goes' if one else 'go'} the same way, on days of {'its' if one else 'their'} own."
