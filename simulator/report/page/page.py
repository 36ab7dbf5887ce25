"""What stands on the page, section by section; how it looks is for the template and the style sheet."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.comparison import Comparison
from simulator.answer.set_aside import SetAside
from simulator.conversion.form1099r import CODE
from simulator.notation.letters import plain_lines
from simulator.report.checklist import QUESTIONS, Item
from simulator.report.form_boxes import DISCLAIMER, MARK, form_boxes, form_words
from simulator.report.page.assumed import LEFT_OUT, assumed
from simulator.report.pictures import image
from simulator.report.sentences import form_notes
from simulator.report.set_aside_words import set_aside_table
from simulator.report.tables.answer import answer_table
from simulator.report.tables.comparison import (
    balances_table,
    contribution_tables,
    parking_tables,
)
from simulator.report.tables.forms import form_table, left_table
from simulator.report.tables.table import TEXT, WORD
from simulator.report.tables.taxes import tax_base_tables
from simulator.report.tables.wealth import wealth_tables
from simulator.version import __version__

if TYPE_CHECKING:
    from jinja2 import Template
    from matplotlib.figure import Figure

MOST_FORMS = 12
"""That are drawn as forms; all are in the table."""


class Picture(NamedTuple):
    """A picture as the page holds it: its file in the page's text, and what it shows in words."""

    source: str
    alt: str


def page(
    comparison: Comparison,
    pictures: Mapping[str, Figure],
    items: Sequence[Item],
    aside: Sequence[tuple[SetAside, Mapping[date, float]]] = (),
) -> str:
    """One self-contained HTML page of a comparison: answer, pictures, forms, checklist, assumptions.

    It loads nothing and runs nothing; the same comparison gives the same text.

    Args:
        comparison: The answer to tell.
        pictures: Its pictures by their kinds: `cadence`, `balance`, `contributions`, `delay`, `wealth`.
        items: Its checklist.
        aside: What to set aside for tax, with what each conversion of the policy is expected to tax.
    """
    scenario, forms, answer = comparison.scenario, _forms(comparison), answer_table(comparison)
    records = _records(comparison)
    by_code = any(record["box_7"] != CODE for record in records)
    return _template().render(
        comparison=comparison,
        scenario=scenario,
        file=PurePath(scenario.source).name,
        answer=answer,
        lead=answer.lead[0],
        findings=[note.removeprefix("* ") for note in (*answer.lead[1:], *answer.notes)],
        parking=list(parking_tables(comparison)),
        balances=balances_table(comparison),
        contributions=[*contribution_tables(comparison), *tax_base_tables(comparison)],
        pictures={kind: _picture(figure) for kind, figure in pictures.items()},
        forms=forms,
        forms_drawn=sum(len(records) for _, records in forms),
        form_table=form_table(records, form_notes(records)[:-1] if by_code else ()),
        by_code=by_code,
        form_boxes=lambda record: form_boxes(record, scenario.recipient),
        form_words=form_words,
        mark=MARK,
        disclaimer=DISCLAIMER,
        left=left_table(comparison),
        wealth=list(wealth_tables(comparison)),
        aside=set_aside_table(aside, comparison.paths),
        checklist=items,
        questions=QUESTIONS,
        assumed=list(assumed(comparison)),
        left_out=LEFT_OUT,
        sources=_sources((year.year, year.limits.source) for year in comparison.contributions),
        tax_sources=_sources(_tax_sources(comparison)),
        beside=comparison.scenario_record(),
        version=__version__,
    )


@cache
def _template() -> Template:
    """The template, in which whatever comes from a scenario is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("simulator.report.page", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_steadied,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = Path(__file__).with_name("style.css").read_text("utf-8")
    environment.tests["numeric"] = lambda column: column.kind not in (TEXT, WORD)
    return environment.get_template("page.html.jinja")


def _steadied(value: Any) -> Any:
    """What the template writes: no letter that would steer the page; lines stay lines."""
    return plain_lines(value) if type(value) is str else value


def _picture(figure: Figure) -> Picture:
    source = b64encode(image(figure, ".svg")).decode()
    return Picture(f"data:image/svg+xml;base64,{source}", str(figure.get_label()))


def _records(comparison: Comparison) -> list[dict[str, Any]]:
    return [record for result in comparison.with_done for record in comparison.form_records(result)]


def _forms(comparison: Comparison) -> list[tuple[str, list[dict[str, Any]]]]:
    """The forms to draw, by policy: all of them, or of each policy the first where they are many."""
    records = [list(comparison.form_records(result)) for result in comparison.with_done]
    most = max(1, MOST_FORMS // max(1, len(records)))
    return [(forms[0]["policy"], forms[:most]) for forms in records if forms]


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
