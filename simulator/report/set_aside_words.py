"""What to set aside for the tax on conversions, in sentences and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import average, money
from simulator.answer.policy_result import PolicyResult
from simulator.answer.set_aside import DUE, SetAside, set_aside
from simulator.report.tables.table import COUNT, TEXT, Column, Table

NOTHING_WITHHELD = "Nothing is withheld on a conversion."

NOTES = (
    f"{NOTHING_WITHHELD} Pay estimated tax (Form 1040-ES) by each date, or the next business day; or enter "
    "the last column on line 4(c) of Form W-4 from the year's first paycheck on: the federal part; a state "
    "has a form of its own.",
    "Who owes less than $1,000 beyond what is withheld, or has enough withheld by last year's tax, owes no "
    "penalty (IRC 6654(d), (e)).",
)

MONTHS = {1: "Jan", 4: "Apr", 6: "Jun", 9: "Sep"}

Earnings = Mapping[date, float]
"""What each conversion is expected to tax. [cents]"""


def set_aside_words(comparison: Comparison, result: PolicyResult) -> str:
    """What to set aside under a policy for the first year with some; empty where nothing is taxed."""
    years = list(set_aside(comparison, result))
    if not years:
        return ""
    first = years[0]
    many = average(comparison.paths)
    each = f", {_about(first.each)} for each of {first.conversions} conversions"
    words = (
        f"{NOTHING_WITHHELD} {result.policy.name}: set {_about(first.tax)} aside for the tax of {first.year}"
        f"{many}{each if first.conversions > 1 else ''}; pay it as estimated tax (Form 1040-ES)"
    )
    if first.withheld_each:
        paychecks = f"{_about(first.withheld_each)} for each of {first.paychecks} paychecks"
        words += f", or enter {paychecks} on line 4(c) of Form W-4"
    later = "; later years have theirs" if len(years) > 1 else ""
    return f"{words}{later}."


def told_of(comparison: Comparison) -> Iterator[str]:
    """The sentence of the best policy; where it is not taxed, of the one that it is told beside."""
    verdict = comparison.verdict
    chosen = (verdict.best, verdict.beside) if verdict.best else comparison.results
    words = (set_aside_words(comparison, result) for result in chosen if result)
    yield from [sentence for sentence in words if sentence][:1]


def set_aside_table(years: Iterable[tuple[SetAside, Earnings]], paths: int) -> Table | None:
    """What each policy asks to set aside, year by year; None where nothing is taxed.

    Args:
        years: What to set aside, with what each conversion of the policy is expected to tax.
        paths: How many paths the means are over.
    """
    rows = []
    for one, earnings in years:
        quarters = [round(cents) or None for _, cents in one.by_quarter(earnings)]
        withheld = round(one.withheld_each) or None
        amounts = round(one.tax), round(one.each), *quarters, withheld
        rows.append((one.policy.policy.name, one.year, *amounts))
    if not rows:
        return None
    columns = (
        Column("Policy", TEXT),
        Column("Year", COUNT),
        Column("Tax"),
        Column("Each conv."),
        *(Column(f"{MONTHS[month]} {day}") for _, month, day in DUE),
        Column("4(c)"),
    )
    many = ("Means over the paths.",) if paths > 1 else ("Means.",) * (paths == 0)
    return Table("What to set aside, and by when", columns, tuple(rows), notes=(*NOTES, *many))


def _about(cents: float) -> str:
    return money(round(cents))
