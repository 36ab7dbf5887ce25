"""What stands on the page, section by section; how it looks is for the templates and the style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import quoted
from simulator.answer.policy_result import PolicyResult
from simulator.answer.set_aside import SetAside
from simulator.conversion.form1099r import CODE
from simulator.notation.yaml_document import in_force
from simulator.report.checklist import QUESTIONS, Item
from simulator.report.form_boxes import DISCLAIMER, MARK, form_boxes, form_words
from simulator.report.page.assumed import LEFT_OUT, assumed, rests_on
from simulator.report.page.dates import dates
from simulator.report.page.lead import lead_of, prepared
from simulator.report.page.numbers import numbers
from simulator.report.page.templates import template
from simulator.report.reminder import Reminder
from simulator.report.sentences import form_notes
from simulator.report.set_aside_words import set_aside_table
from simulator.report.tables.answer import answer_table
from simulator.report.tables.comparison import (
    balances_table,
    contribution_tables,
    parking_tables,
)
from simulator.report.tables.forms import form_table, left_table
from simulator.report.tables.table import Table
from simulator.report.tables.taxes import tax_base_tables
from simulator.report.tables.wealth import wealth_tables
from simulator.version import __version__

if TYPE_CHECKING:
    from simulator.report.page.picture import Drawn, Picture


MOST_COLUMNS = 10
"""Of a table, on a page."""


@dataclass(frozen=True)
class Told:
    """What is worked out beside a comparison, for its page.

    Attributes:
        recommended: The policy that the verdict is for; the first where it is for none.
        pictures: By their kinds, each in any look: `verdict` or `cadence` first, then `balance`,
            `contributions`, `delay`, `wealth`; none where nothing can draw.
        checklist: The checklist.
        reminders: What there is to do under the recommended policy, its conversions left out.
        aside: What it asks to set aside for tax, with what each of its conversions is expected to tax.
    """

    recommended: PolicyResult
    pictures: Mapping[str, Drawn]
    checklist: Sequence[Item]
    reminders: Sequence[Reminder]
    aside: Sequence[tuple[SetAside, Mapping[date, float]]] = ()


def page(comparison: Comparison, told: Told) -> str:
    """One self-contained HTML page of a comparison: answer, pictures, forms, checklist, assumptions.

    It loads nothing and runs nothing; the same comparison gives the same text.

    Args:
        comparison: The answer to tell.
        told: What is told beside it.
    """
    scenario, answer = comparison.scenario, answer_table(comparison)
    followed = [told.recommended, *([comparison.done] if comparison.done else [])]
    records = [record for one in followed for record in comparison.form_records(one)]
    by_code = any(record["box_7"] != CODE for record in records)
    pictures = _drawn(told.pictures)
    return template("page.html.jinja", "style.css", "paper.css").render(
        comparison=comparison,
        scenario=scenario,
        client=scenario.client,
        prepared=prepared(scenario.client),
        file=PurePath(scenario.source).name,
        lead=lead_of(answer.lead[0], None if comparison.verdict.best else scenario.until),
        numbers=list(numbers(comparison)),
        first=next(iter(pictures.values()), None),
        dates=dates(told.recommended, told.reminders),
        rests_on=list(rests_on(comparison)),
        answer=_fitting(answer),
        findings=[note.removeprefix("* ") for note in (*answer.lead[1:], *answer.notes)],
        parking=list(parking_tables(comparison)),
        balances=balances_table(comparison),
        contributions=[*contribution_tables(comparison), *tax_base_tables(comparison)],
        pictures=pictures,
        forms=[one for one in records if one["year"] == records[0]["year"]],
        of_policy=f"Under {quoted(told.recommended.policy.name)}. " * (len(comparison.results) > 1),
        form_table=_of(followed, form_table(records, form_notes(records)[:-1] if by_code else ())),
        by_code=by_code,
        form_boxes=lambda record: form_boxes(record, scenario.recipient),
        form_words=form_words,
        mark=MARK,
        disclaimer=DISCLAIMER,
        left=_of(followed, left_table(comparison, told=followed)),
        wealth=list(wealth_tables(comparison)),
        aside=set_aside_table(told.aside, comparison.paths),
        checklist=told.checklist,
        questions=QUESTIONS,
        assumed=list(assumed(comparison)),
        left_out=LEFT_OUT,
        sources=_sources((year.year, year.limits.source) for year in comparison.contributions),
        tax_sources=_sources(_tax_sources(comparison)),
        beside=comparison.scenario_record(),
        changed=[one for one in in_force(scenario.settings) if not one.startswith("client")],
        version=__version__,
    )


def _drawn(pictures: Mapping[str, Drawn]) -> dict[str, Picture]:
    """The pictures as the page holds them; without any nothing is loaded that draws."""
    if not pictures:
        return {}
    from simulator.report.page.picture import picture

    return {kind: picture(kind, draw) for kind, draw in pictures.items()}


def _fitting(table: Table) -> Table:
    """A table with no more columns than a page has room for; what it can do without goes first."""
    for header in table.yields:
        if len(table.columns) <= MOST_COLUMNS:
            break
        table = table.without(header)
    return table


def _of(followed: Sequence[PolicyResult], table: Table | None) -> Table | None:
    """A table of the policies that are followed; where that is one, without its name in each row."""
    return table.without("Policy") if table and len(followed) == 1 else table


def _sources(published: Iterable[tuple[int, str]]) -> list[str]:
    """What published something, or how it is projected, each with its years."""
    years: dict[str, list[int]] = {}
    for year, source in published:
        years.setdefault(source, []).append(year)
    return [
        f"{min(those)}{f' to {max(those)}' if len(those) > 1 else ''}: {source}"
        for source, those in years.items()
    ]


def _tax_sources(comparison: Comparison) -> Iterator[tuple[int, str]]:
    """What published the income tax table of each year, where the tax is worked out."""
    taxation = comparison.taxation
    if taxation is not None and taxation.taxes.status is not None:
        yield from ((year, taxation.table(year).source) for year in comparison.tax_years)
