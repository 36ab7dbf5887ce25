"""The best dates as tables: what each is expected to move, the policies beside them, and lines to paste."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulator.answer.best_dates import BestDates
from simulator.answer.phrases import average, compared, money
from simulator.notation.numbers import percent
from simulator.notation.yaml_document import in_force
from simulator.report.sentences import known
from simulator.report.tables.answer import answer_table
from simulator.report.tables.table import WORD, Column, Table

LABEL = "best dates"
"""What the pasted policy is called where no label was given."""

IN_A_LINE = 6
"""Dates."""

WIDEST = 80
"""Letters of a line to paste, unless the label needs more."""


def best_tables(best: BestDates) -> tuple[Table, Table]:
    """The dates, then what comes of them beside the scenario's policies; lines to paste stand last."""
    answer = answer_table(best.comparison)
    notes = (*_outcome(best), *answer.notes, *_overridden(best))
    return dates_table(best), answer._replace(notes=notes, paste=tuple(to_paste(best)))


def dates_table(best: BestDates) -> Table:
    """Each conversion, and what it is expected to move."""
    taxes = best.comparison.scenario.taxes is not None
    columns = (
        Column("Convert on", WORD),
        Column("Contributions"),
        Column("Gain"),
        *((Column("Tax"),) if taxes else ()),
        Column("Fee"),
    )
    names = ("basis", "gain", *(("tax",) if taxes else ()), "fee")
    records = list(best.date_records())
    rows = [(_day(record), *(round(record[name] * 100) for name in names)) for record in records]
    if len(rows) > 1:
        total = best.expected_total
        rows.append(("Total", *(round(total[name] * 100) for name in names)))
    scenario = best.comparison.scenario
    title = f"{scenario.name} ({scenario.years}): the best dates"
    return Table(title, columns, tuple(rows), notes=tuple(_search(best))).without_empty()


def _day(record: Mapping[str, Any]) -> str:
    return f"{record['date']}{' t' if record['tail'] else ''}"


def _search(best: BestDates) -> Iterator[str]:
    """What was weighed, over how many sessions, under which rules."""
    growth = percent(best.problem.annual_return)
    weighed = "tax on the gains and fees" if best.problem.fee else "tax on the gains"
    if best.comparison.scenario.taxes is None:
        weighed = "gains"
    clears = f"no dates among {best.calendar.searched:,} sessions that leave nothing inside"
    few = f"{clears} have less {weighed} than "
    least = f"{few}{money(best.objective)}" if best.objective else f"these dates have no {weighed}"
    yield (
        f"Expected if the fund grows evenly by {growth} a year. With {', '.join(_rules(best))}, {least}."
    )
    if best.misses_growth is not None:
        yield (
            f"The fund after the conversion is expected to grow by {percent(best.misses_growth)} a year: "
            "waiting also misses growth, which these dates do not weigh."
        )
    if best.calendar.tail is not None:
        yield "t: after the last year, for what is not convertible by its end; not weighed."


def _rules(best: BestDates) -> Iterator[str]:
    """The rules, in words."""
    rules, fee = best.rules, best.problem.fee
    many = rules["max_per_year"]
    yield f"at most {many} a year" if many is not None else "any number a year"
    if days := rules["min_days_between"]:
        yield f"{days} days between"
    if fee:
        yield f"{money(fee)} each"
    if days := rules["eligibility_days"]:
        yield f"{days} days from deposit to conversion"
    if sessions := best.cutoff:
        yield f"none in a year's last {sessions} session{'s' if sessions > 1 else ''}"


def _outcome(best: BestDates) -> Iterator[str]:
    """What the ledgers say of the dates, which is the answer; and how often another policy was cheaper."""
    comparison, found = best.comparison, best.found
    many = comparison.paths > 1
    parts = [f"{known(comparison, found.taxable)} of taxable earnings"]
    if comparison.has_ira:
        parts.append(f"{known(comparison, found.total('ira'))} sent to the IRA")
    if comparison.scenario.taxes:
        parts.append(f"{known(comparison, comparison.all_tax(found))} of tax")
    if comparison.fees:
        parts.append(f"{known(comparison, found.total('fees'))} of fees")
    worst = ""
    if many:
        earnings = comparison.statistics(found.earnings_moved)
        worst = f"; earnings of ${earnings['p95']:,.0f} or more on one path of twenty"
    where = "On these paths" if many else "To the cent"
    yield (
        f"{where} these dates have {', '.join(parts)}{average(comparison.paths)}{worst}. That is the "
        "answer; the search leaves out that a fee lowers Box 2a, losses, and cents of rounding."
    )
    for other in best.others:
        if other.cheaper and many:
            name = compared(other.result.policy, by_name=True)
            yield f"{name} was cheaper on {other.cheaper:.1%} of the paths."


def _overridden(best: BestDates) -> Iterator[str]:
    """That the dates keep rules which the file does not have."""
    settings = in_force(best.comparison.scenario.settings)
    if rules := [one for one in settings if one.startswith("plan.conversion.")]:
        yield f"These dates are for {', '.join(rules)}: write that into the file too."


def to_paste(best: BestDates) -> Iterator[str]:
    """The dates as the policies of a scenario file."""
    label = best.found.policy.label
    name = json.dumps(label, ensure_ascii=False) if label is not None else LABEL
    head = f"policies: [{{cadence: dates, label: {name},"
    days = [str(day) for day in best.dates]
    alone = f"{head} dates: [{', '.join(days)}]}}]"
    if len(alone) <= WIDEST:
        yield alone
        return
    begun = f"{head} dates: ["
    yield from (begun,) if len(begun) <= WIDEST else (head, "  dates: [")
    lines = [", ".join(some) for some in _in_lines(days)]
    yield from (f"  {line}," for line in lines[:-1])
    yield f"  {lines[-1]}]}}]"


def _in_lines(days: list[str]) -> Iterable[list[str]]:
    return (days[place : place + IN_A_LINE] for place in range(0, len(days), IN_A_LINE))
