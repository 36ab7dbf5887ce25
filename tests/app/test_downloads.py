"""What can be kept of an answer: the files of the command line."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from simulator import Comparison, compare, load
from simulator.report.sheets import sheets
from tests.app.running import SCENARIOS
from tests.app.test_answering import EMILY, asked, mistakes
from tests.commands import Run


def kept(kind: str, text: str = EMILY, **more: Any) -> bytes:
    """A file of an answer."""
    said = asked("download", text, kind=kind, name="emily.yaml", **more)
    assert said.status == 200, said.content
    assert said.name == f"emily.{'html' if kind == 'page' else kind}"
    return said.content


def test_the_json_is_that_of_the_answer() -> None:
    assert kept("json") == asked("compare", EMILY, name="emily.yaml").content


def test_the_page_and_the_paper_are_made_of_the_comparison_by_the_command_lines_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """How a page is drawn and becomes paper is tried in `tests/report`."""
    scenario = load(SCENARIOS / "emily.yaml")

    def told(comparison: Comparison, pictures: bool) -> str:
        return f"{comparison.scenario.name} {pictures}"

    monkeypatch.setattr("simulator.presentation.page", told)
    monkeypatch.setattr("simulator.report.page.paper", str.encode)
    assert kept("page").decode() == kept("pdf").decode() == f"{scenario.name} True"


def test_the_workbook_is_that_of_the_command_line() -> None:
    book = load_workbook(BytesIO(kept("xlsx")))
    titles = [sheet.title for sheet in sheets(compare(load(SCENARIOS / "emily.yaml")))]
    assert book.sheetnames == titles


def test_the_calendar_is_that_of_the_command_line_for_one_policy(main: Run, tmp_path: Path) -> None:
    said = tmp_path / "said.ics"
    assert main("remind", SCENARIOS / "emily.yaml", "--policy", "monthly", "-o", said).status == 0
    assert _undated(kept("ics", policy="monthly")) == _undated(said.read_bytes())
    assert _undated(kept("ics")) == _undated(kept("ics", policy="per-paycheck"))


def _undated(calendar: bytes) -> list[str]:
    """Its lines, without when it was made."""
    lines = calendar.decode().splitlines()
    return [line for line in lines if not line.startswith("DTSTAMP")]


def test_what_cannot_be_kept_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(text: str = EMILY, **more: Any) -> str:
        return str(mistakes(asked("download", text, **more))[0]["words"])

    assert wrong().startswith("'' is no file that can be kept")
    assert "there is nothing to be reminded of" in wrong(EMILY.replace("10%", "0"), kind="ics")
    assert "yearly" in wrong(kind="ics", policy="yearly")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert "[excel]" in wrong(kind="xlsx")
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert "[pdf]" in wrong(kind="pdf")
