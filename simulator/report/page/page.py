"""What stands on the page, section by section; how it looks is for the template and the style sheet."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.comparison import Comparison
from simulator.report.checklist import QUESTIONS, checklist
from simulator.report.form_sheet import DISCLAIMER, MARK, form_boxes, form_words
from simulator.report.page.assumed import LEFT_OUT, assumed
from simulator.report.pictures import delay_picture, image, picture
from simulator.report.sentences import withdrawals
from simulator.report.table import TEXT, WORD, Table, cell
from simulator.report.tables import answer_table, balances_table, contribution_tables, form_table
from simulator.sweeps import Sweep, sweep_delay
from simulator.version import __version__

if TYPE_CHECKING:
    from jinja2 import Template
    from matplotlib.figure import Figure

MOST_FORMS = 12
"""That are drawn as forms; all are in the table."""

DELAYS = range(0, 121, 5)
"""Of the picture of taxable earnings against the delay. [calendar days]"""


class Picture(NamedTuple):
    """A picture as the page holds it: its file in the page's text, and what it shows in words."""

    source: str
    alt: str


def page(comparison: Comparison, delays: Sweep | None = None) -> str:
    """One self-contained HTML page of a comparison: answer, pictures, forms, checklist, assumptions.

    It loads nothing and runs nothing; the same comparison gives the same text.

    Args:
        comparison: The answer to tell.
        delays: Taxable earnings against the delay; swept here if it is not given.
    """
    forms = _forms(comparison)
    return _template().render(
        comparison=comparison,
        scenario=comparison.scenario,
        answer=answer_table(comparison),
        balances=balances_table(comparison),
        contributions=list(contribution_tables(comparison)),
        pictures=dict(_pictures(comparison, delays or _delays(comparison))),
        forms=forms,
        forms_drawn=sum(len(records) for _, records in forms),
        form_table=form_table(_records(comparison), ()),
        form_boxes=lambda record: form_boxes(record, comparison.scenario.name),
        form_words=form_words,
        mark=MARK,
        disclaimer=DISCLAIMER,
        withdrawals=list(withdrawals(comparison)),
        checklist=list(checklist(comparison)),
        questions=QUESTIONS,
        assumed=list(assumed(comparison)),
        left_out=LEFT_OUT,
        sources=_sources(comparison),
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
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = Path(__file__).with_name("style.css").read_text("utf-8")
    environment.filters["cells"] = _cells
    environment.tests["numeric"] = lambda column: column.kind not in (TEXT, WORD)
    return environment.get_template("page.html.jinja")


def _cells(row: Sequence[Any], table: Table) -> list[str]:
    return [cell(value, column.kind) for value, column in zip(row, table.columns, strict=True)]


def _delays(comparison: Comparison) -> Sweep | None:
    """Taxable earnings against the delay of the first policy that converts by itself."""
    for policy in comparison.scenario.policies:
        if policy.cadence == "per-paycheck":
            return sweep_delay(comparison.scenario, policy, DELAYS)
    return None


def _pictures(comparison: Comparison, delays: Sweep | None) -> Iterator[tuple[str, Picture]]:
    """Each picture by its kind; none where there is nothing to draw."""
    kinds = ["cadence", "balance", *(["contributions"] if comparison.contributions else [])]
    for kind in kinds:
        yield kind, _picture(picture(kind, comparison))
    if delays:
        yield "delay", _picture(delay_picture(delays))


def _picture(figure: Figure) -> Picture:
    source = b64encode(image(figure, ".svg")).decode()
    return Picture(f"data:image/svg+xml;base64,{source}", str(figure.get_label()))


def _records(comparison: Comparison) -> list[dict[str, Any]]:
    return [record for one in comparison.results for record in comparison.form_records(one)]


def _forms(comparison: Comparison) -> list[tuple[str, list[dict[str, Any]]]]:
    """The forms to draw, by policy: all of them, or of each policy the first where they are many."""
    records = [list(comparison.form_records(one)) for one in comparison.results]
    most = max(1, MOST_FORMS // max(1, len(records)))
    return [(forms[0]["policy"], forms[:most]) for forms in records if forms]


def _sources(comparison: Comparison) -> list[str]:
    """The limits of each simulated year, with what published them."""
    return list(
        dict.fromkeys(f"{year.year}: {year.limits.source}" for year in comparison.contributions)
    )
