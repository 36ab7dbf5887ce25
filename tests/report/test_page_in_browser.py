"""The page in a real browser: on a telephone, a tablet and a desk, light and dark, and printed from there."""

from __future__ import annotations

from base64 import b64decode
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from simulator import compare, load
from simulator.presentation import page
from tests.browser import DESK, PHONE, requested, sized, told

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TABLET = 768
LETTER = (8.5, 11.0)

SIXTY = "A label of sixty letters, which is as long as people may put"
PAGES = {
    "twelve": (
        "emily",
        "client={name: Emily Baker, prepared_by: A. Adviser, date: 2026-01-15, note: As we discussed.}",
        "policies=[per-paycheck, weekly, monthly, quarterly, semiannual, year-end, never, "
        f"{{cadence: per-paycheck, delay: 30, label: '{SIXTY}'}}, "
        "{cadence: monthly, label: WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW}, "
        "{cadence: dates, dates: [2025-06-30]}, {cadence: year-end, cutoff: 5}, "
        "{cadence: per-paycheck, delay: 3, zero_out: true}]",
        "returns={model: lognormal, paths: 256}",
        "taxes={federal: 24%, state: 5%}",
        "wealth={outside_return: 4%, hold: 30}",
    ),
    "thirty": ("ten-years", "years=2025-2054"),
    "leaving": ("leaving-in-august", "client={prepared_by: A. Adviser}"),
}
"""What stands for all: many policies over many paths with wealth; thirty years; life events."""

VIEWS = [(PHONE, "dark"), (TABLET, "light"), (DESK, "light")]


@pytest.fixture(scope="module", params=PAGES)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name, *settings = PAGES[request.param]
    made = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    made.write_text(page(compare(load(SCENARIOS / f"{name}.yaml", settings))), encoding="utf-8")
    return made


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_a_page_is_whole_and_everyone_can_read_it(
    browser: Chrome, file: Path, width: int, scheme: str
) -> None:
    """No error, no request, nothing cut or over anything else, and no finding of axe-core.

    Contrast, names and roles: WCAG 2.1, as the rules of axe-core have it.
    """
    sized(browser, width, scheme)
    browser.get(file.as_uri())
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert requested(browser) == {file.as_uri()}
    assert told(browser, "document.documentElement.scrollWidth") <= width
    assert told(browser, f"({CUT})()") == []
    assert told(browser, f"({TOUCHING})()") == []
    assert violations(browser) == []


def test_on_a_telephone_nothing_is_scrolled_sideways(browser: Chrome, file: Path) -> None:
    """Policy, tax and each picture's title stand on the screen; a row of a table is a block of its own."""
    sized(browser, PHONE)
    browser.get(file.as_uri())
    scrolled = "[...document.querySelectorAll('*')].filter(one => one.scrollWidth > one.clientWidth"
    assert told(browser, f"{scrolled} && getComputedStyle(one).overflowX == 'auto').length") == 0
    shown = "[...document.querySelectorAll('figure svg')].filter(one => one.checkVisibility())"
    widths = told(browser, f"{shown}.map(one => one.viewBox.baseVal.width)")
    assert len(widths) >= 3 and max(widths) < 300, "pictures are drawn anew, not shrunk"
    rows = "[...document.querySelectorAll('table:not(.small) tbody tr')]"
    assert told(browser, f"{rows}.every(one => getComputedStyle(one).display == 'grid')")


def test_where_it_is_dark_pictures_are_dark(browser: Chrome, file: Path) -> None:
    """Every colour of every picture is the scheme's: letters are light where the page is dark."""
    colors = """() => {
      const all = [...document.querySelectorAll('figure svg *')].filter(one => one.checkVisibility());
      const of = (one, what) => getComputedStyle(one)[what];
      return {paper: of(document.body, 'backgroundColor'),
              letters: [...new Set(all.filter(one => one.tagName == 'text').map(one => of(one, 'fill')))],
              all: [...new Set(all.flatMap(one => [of(one, 'fill'), of(one, 'stroke')]))].sort()};
    }"""
    found = {}
    for scheme in ("light", "dark"):
        sized(browser, DESK, scheme)
        browser.get(file.as_uri())
        found[scheme] = told(browser, f"({colors})()")
    light, dark = found["light"], found["dark"]
    assert brightness(light["paper"]) > 240 and brightness(dark["paper"]) < 40
    assert max(map(brightness, light["letters"])) < 130
    assert min(map(brightness, dark["letters"])) > 150
    drawn = {one for one in light["all"] if one.startswith("rgb(")} - {"rgb(0, 0, 0)"}
    assert len(drawn) >= 5
    assert not drawn & set(dark["all"])


def test_the_page_prints_from_the_browser(browser: Chrome, file: Path) -> None:
    """A complete answer on the first sheet, whatever the screen's colours were; then the rest of it."""
    width, height = LETTER
    sized(browser, DESK, "dark")
    browser.get(file.as_uri())
    sheet = {"paperWidth": width, "paperHeight": height, "printBackground": True}
    printed = browser.execute_cdp_cmd("Page.printToPDF", sheet)
    pages = PdfReader(BytesIO(b64decode(printed["data"]))).pages
    texts = [" ".join(one.extract_text().split()) for one in pages]
    assert 3 <= len(texts) <= 14
    assert "What it rests on" in texts[0] and "All assumptions" in texts[0]
    assert texts[1].startswith("Every policy side by side")
    assert all(len(text) > 300 for text in texts[:-1]), "no sheet that is nearly empty"


@cache
def axe() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(browser: Chrome) -> list[Any]:
    """What axe-core finds, with where it is."""
    browser.execute_script(axe())
    script = """const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(
      found => done(found.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html)])));"""
    found: list[Any] = browser.execute_async_script(script)
    return found


def brightness(color: str) -> float:
    """The mean of red, green and blue, 0 to 255."""
    parts = [float(part) for part in color[4:-1].split(",")[:3]] if "rgb(" in color else [0.0] * 3
    return sum(parts) / 3


SEEN = """const seen = one => {
    if (!one.checkVisibility() || one.closest('.mark')) return false;
    for (let each = one; each; each = each.parentElement)
      if (getComputedStyle(each).clipPath != 'none' && each.tagName != 'path') return false;
    return true;
  };"""
"""Whether letters are seen: what is said to those alone who do not see is not."""

CUT = f"""() => {{
  const {{clientWidth: wide}} = document.documentElement;
  {SEEN}
  const cut = [];
  for (const one of document.querySelectorAll('body *')) {{
    if (![...one.childNodes].some(node => node.nodeType == 3 && node.data.trim()) || !seen(one)) continue;
    const range = document.createRange();
    range.selectNodeContents(one);
    const beyond = [...range.getClientRects()].some(box => box.left < -0.5 || box.right > wide + 0.5);
    const hidden = getComputedStyle(one).overflowX == 'hidden' && one.scrollWidth > one.clientWidth + 1;
    if (beyond || hidden) cut.push(one.textContent.trim().slice(0, 60));
  }}
  return cut;
}}"""
"""Texts that leave the screen, or what they stand in."""

TOUCHING = f"""() => {{
  {SEEN}
  const bad = [];
  for (const picture of [...document.querySelectorAll('figure svg')].filter(seen)) {{
    const sheet = picture.getBoundingClientRect();
    const written = [...picture.querySelectorAll('text')];
    const texts = written.map(one => [one.textContent, one.getBoundingClientRect()]);
    texts.forEach(([words, box], place) => {{
      if (box.left < sheet.left - 1 || box.right > sheet.right + 1) bad.push(`${{words}} leaves its picture`);
      if (box.top < sheet.top - 2 || box.bottom > sheet.bottom + 2) bad.push(`${{words}} leaves its picture`);
      for (const [other, over] of texts.slice(place + 1)) {{
        const across = Math.min(box.right, over.right) - Math.max(box.left, over.left);
        const down = Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top);
        if (across > 1 && down > 2.5) bad.push(`${{words}} and ${{other}} touch`);
      }}
    }});
  }}
  return bad;
}}"""
"""Texts of a picture over each other, or outside of it."""
