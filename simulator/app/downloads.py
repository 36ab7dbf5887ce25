"""What can be kept of an answer: each file is made by the code that the command line makes it with."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import PurePath
from typing import NamedTuple

from simulator.answer.comparison import Comparison
from simulator.notation.specification import replaced
from simulator.refusal import Refused
from simulator.report.data_text import json_text
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoDownload(Refused):
    """A file was asked for that there is none of."""


class Download(NamedTuple):
    """A file to keep.

    Attributes:
        name: Its name.
        kind: Its media type.
        content: What is in it.
    """

    name: str
    kind: str
    content: bytes


def download(scenario: Scenario, kind: str, policy: str | None = None) -> Download:
    """A file of an answer.

    Args:
        scenario: The question.
        kind: `json`, `page`, `pdf`, `xlsx`, or `ics`.
        policy: Whose calendar; the first one's if None.

    Raises:
        NoDownload: There is no such file.
        NoPaper: The extra `pdf` is not installed.
        NoExcel: The extra `excel` is not.
        UnknownPolicy: The scenario has no such policy.
    """
    stem = PurePath(scenario.source).stem or "scenario"
    match kind:
        case "json":
            text = json_text(compare(scenario).to_dict())
            return Download(f"{stem}.json", "application/json", text.encode())
        case "page":
            return Download(f"{stem}.html", "text/html", _page(compare(scenario)).encode())
        case "pdf":
            from simulator.report.page import demand_paper, paper

            demand_paper()
            content = paper(_page(compare(scenario)))
            return Download(f"{stem}.pdf", "application/pdf", content)
        case "xlsx":
            return Download(f"{stem}.xlsx", WORKBOOK, _workbook(scenario))
        case "ics":
            return Download(f"{stem}.ics", "text/calendar", _calendar(scenario, policy))
    raise NoDownload(f"'{kind}' is no file that can be kept: json, page, pdf, xlsx, ics")


def _workbook(scenario: Scenario) -> bytes:
    from simulator.answer.workbook import demand_excel, write_workbook
    from simulator.report.sheets import sheets

    demand_excel()
    out = BytesIO()
    write_workbook(out, sheets(compare(scenario)))
    return out.getvalue()


def _page(comparison: Comparison) -> str:
    """The page, with its pictures where there is what draws them."""
    from simulator.presentation import page

    return page(comparison, pictures=find_spec("matplotlib") is not None)


def _calendar(scenario: Scenario, policy: str | None) -> bytes:
    """The reminders of one policy."""
    from simulator.presentation import reminders
    from simulator.report.calendar_file import calendar, made

    chosen = scenario.policy(policy) if policy is not None else scenario.policies[0]
    comparison = compare(replaced(scenario, policies=(chosen,)))
    (result,) = comparison.results
    if not (to_do := reminders(comparison, result)):
        nothing = f"nothing goes into the after-tax source by {result.timeline.last_session}"
        raise NoDownload(f"{nothing}: there is nothing to be reminded of")
    return calendar(comparison.scenario, chosen, to_do, made())
