"""The index in a real browser: on a phone and at a desk, light and dark, with names of any length."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.report.page.index import ClientLine, index
from tests.browser import DESK, PHONE, browser, requested, sized, told
from tests.report.test_page_in_browser import violations

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["browser"]

EMILY = ClientLine(
    name="Emily Baker", about="converts after every paycheck", years="2025-2054", measure="tax",
    saves=1234.56, error=3.2, convert="after each paycheck", against="at the year's end",
    conversions=26, first="2025-01-03", page="emily.html", paper="emily.pdf",
)  # fmt: skip
LINES = [
    EMILY,
    EMILY._replace(name="W" * 60, saves=4.0, error=3.0, page="w.html", paper=""),
    EMILY._replace(name="Nobody", saves=None, convert="", against="", first="", page="n.html"),
    EMILY._replace(name="Untaxed", measure="taxable earnings", page="u.html"),
]
UNMADE = [
    ("clients/" + "x" * 100 + ".yaml", ["clients/x.yaml:1:1: years: is missing; " + "write " * 20])
]
CUT = """[...document.querySelectorAll('td, th[scope=row], dd, a')].filter(one => one.checkVisibility())
  .map(one => one.getBoundingClientRect())
  .filter(box => box.left < 0 || box.right > innerWidth + .5).length"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index") / "index.html"
    made.write_text(index(LINES, UNMADE), "utf-8")
    return made


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_seen_and_read_aloud(
    browser: Chrome, file: Path, width: int, scheme: str
) -> None:
    sized(browser, width, scheme)
    browser.get(file.as_uri())
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert requested(browser) == {file.as_uri()}
    assert told(browser, "document.documentElement.scrollWidth") <= width
    assert told(browser, CUT) == 0
    assert violations(browser) == []
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert roles.count("table") == 2
    assert roles.count("rowheader") == len(LINES)
    assert roles.count("cell") == 5 * len(LINES)
    named = [node["name"]["value"] for node in tree if node["role"]["value"] == "link"]
    assert named[:2] == ["Emily Baker", "Emily Baker, PDF"]


def test_on_a_phone_each_value_has_its_name_before_it(browser: Chrome, file: Path) -> None:
    sized(browser, PHONE)
    browser.get(file.as_uri())
    before = (
        "getComputedStyle(document.querySelector('td[data-label=\"Convert\"]'), '::before').content"
    )
    assert told(browser, before) == '"Convert: "'


def test_a_difference_within_its_error_is_told_as_none_and_has_no_bar() -> None:
    text = index(LINES)
    assert "tax: no difference beyond the error" in text
    assert text.count('class="bar"') == 2  # Emily's, and that of the other table
    assert "no policy can be ranked" in text
    assert "4 clients; 1 can save, the most Emily Baker: $1,235." in text
