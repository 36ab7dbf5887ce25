"""The page in a real browser: Debian's chromium, without a screen, at the width of a phone and of a desk."""

from __future__ import annotations

import json
import shutil
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pypdf import PageObject, PdfReader

from simulator import compare, load
from simulator.presentation import page

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PHONE, DESK = 360, 1280
LETTER = (8.5, 11.0)
MANY = (
    "policies=[per-paycheck, monthly, quarterly, year-end, never, weekly, semiannual, "
    "{cadence: monthly, delay: 9}]"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    driver = shutil.which("chromedriver")
    assert driver, "the page is opened in a browser: apt-get install chromium chromium-driver"
    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()


@pytest.fixture(
    scope="module", params=["emily", "uneven-year", "replay-deposits", "ten-years", "many"]
)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name = "emily" if request.param == "many" else request.param
    scenario = load(SCENARIOS / f"{name}.yaml", [MANY] if request.param == "many" else [])
    small = scenario.varied("returns.paths=512") if scenario.returns.stochastic else scenario
    made = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    made.write_text(page(compare(small)), encoding="utf-8")
    return made


class Shown(NamedTuple):
    """A page as it is open in the browser."""

    browser: Chrome
    file: Path
    width: int

    def answer(self, script: str) -> Any:
        """What a script on the page comes to."""
        return self.browser.execute_script(f"return {script}")

    def log(self, name: str) -> list[dict[str, Any]]:
        """What the browser has noted since it was asked last."""
        return list(self.browser.get_log(name))  # type: ignore[no-untyped-call]


LIGHT_PHONE, DARK_PHONE = (PHONE, "light"), (PHONE, "dark")
LIGHT_DESK, DARK_DESK = (DESK, "light"), (DESK, "dark")


@pytest.fixture(scope="module", params=[LIGHT_PHONE, DARK_PHONE, LIGHT_DESK, DARK_DESK])
def shown(request: pytest.FixtureRequest, browser: Chrome, file: Path) -> Shown:
    """A page, opened once at a width in a colour scheme for all tests that look at it so."""
    page = Shown(browser, file, request.param[0])
    resized(browser, page.width)
    feature = {"name": "prefers-color-scheme", "value": request.param[1]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    page.log("browser"), page.log("performance")
    browser.get(file.as_uri())
    return page


on_a_phone = pytest.mark.parametrize("shown", [LIGHT_PHONE], indirect=True, ids=["phone"])
on_a_desk = pytest.mark.parametrize("shown", [DARK_DESK], indirect=True, ids=["desk"])


def resized(browser: Chrome, width: int) -> None:
    """Gives a page a width."""
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def requested(shown: Shown) -> set[str]:
    """Every address that the browser asked for, without those that hold their own content."""
    events = (json.loads(entry["message"])["message"] for entry in shown.log("performance"))
    asked = (
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    )
    return {url for url in asked if not url.startswith("data:")}


def test_the_page_opens_without_errors_or_requests(shown: Shown) -> None:
    assert shown.log("browser") == []
    assert requested(shown) == {shown.file.as_uri()}


def test_the_page_never_scrolls_sideways(shown: Shown) -> None:
    assert shown.answer("document.documentElement.scrollWidth") <= shown.width


def test_tables_and_pictures_are_seen(shown: Shown) -> None:
    images = "[...document.images]"
    assert shown.answer(f"{images}.length") >= 2
    assert shown.answer(f"{images}.every(one => one.complete && one.naturalWidth > 0)")
    assert shown.answer(f"{images}.every(one => one.alt.length > 60)")
    tables = "[...document.querySelectorAll('table')]"
    assert shown.answer(f"{tables}.length") >= 3
    assert shown.answer(f"{tables}.every(one => one.getBoundingClientRect().height > 40)")


def test_every_text_contrasts_with_what_is_behind_it(shown: Shown) -> None:
    """At least 4.5 to 1. Source: WCAG 2.1, success criterion 1.4.3 and its formula for contrast."""
    assert shown.answer(f"({CONTRASTS})()") == []


CONTRASTS = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parts(colour).map(c => c / 255).map(
      c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    const colour = getComputedStyle(element).backgroundColor;
    const seen = parts(colour).length < 4 || parts(colour)[3] > 0;
    return seen ? colour : behind(element.parentElement);
  };
  const written = [...document.querySelectorAll('body *')].filter(element =>
    !element.hasAttribute('aria-hidden') && element.checkVisibility() &&
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  return written.map(element => {
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return ratio < 4.5 ? `${ratio.toFixed(2)}: ${element.textContent.trim().slice(0, 40)}` : null;
  }).filter(Boolean);
}"""


@on_a_phone
def test_a_picture_on_a_phone_is_large_enough_to_read(shown: Shown) -> None:
    """It scrolls by itself; a drawing of 768 pixels with letters of 8 points is shown at 640 or more."""
    images = "[...document.images]"
    assert shown.answer(f"{images}.every(one => one.getBoundingClientRect().width >= 640)")
    figures = "[...document.querySelectorAll('figure')]"
    assert shown.answer(f"{figures}.every(one => one.getBoundingClientRect().right <= {PHONE})")
    assert shown.answer(f"{figures}.every(one => {SCROLLED}(one) > 0)")


@on_a_phone
def test_a_caption_stays_where_its_table_scrolls(shown: Shown) -> None:
    lefts = """[...document.querySelectorAll('.scroll')].map(one => {
      one.scrollLeft = 1000;
      const caption = one.querySelector('caption').getBoundingClientRect();
      return [caption.left - one.getBoundingClientRect().left, caption.right];
    })"""
    captions = shown.answer(lefts)
    assert len(captions) >= 3
    assert all(abs(left) <= 1 and right <= PHONE for left, right in captions)


SCROLLED = "(one => { one.scrollLeft = 1000; return one.scrollLeft; })"


def read(sheet: PageObject) -> str:
    """The text of a sheet, on one line."""
    return " ".join(sheet.extract_text().split())


@on_a_desk
def test_the_page_prints(shown: Shown) -> None:
    """On letter; of A4 the test after has the width."""
    width, height = LETTER
    printed = shown.browser.execute_cdp_cmd(
        "Page.printToPDF", {"paperWidth": width, "paperHeight": height, "printBackground": True}
    )
    pages = PdfReader(BytesIO(b64decode(printed["data"]))).pages
    assert 3 <= len(pages) <= 14
    assert [round(float(side) / 72, 1) for side in pages[0].mediabox[2:]] == [
        round(width, 1),
        round(height, 1),
    ]
    drawn = [one.get_contents() for one in pages]
    assert all(one is not None and len(one.get_data()) > 1_000 for one in drawn), "no empty sheet"
    behind = (read(one) for one in reversed(pages))  # not those with pictures, which take long
    assert "Every policy side by side" in read(pages[0])
    assert any("The forms that will arrive" in text and "PAYER'S name" in text for text in behind)


@on_a_desk
@pytest.mark.parametrize("width", [178, 184], ids=["a4", "letter"])
def test_on_paper_nothing_is_cut_and_no_amount_lies_on_its_label(shown: Shown, width: int) -> None:
    """At the width between the margins. [mm]"""
    resized(shown.browser, round(width / 25.4 * 96))
    shown.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    wide = "one => one.scrollWidth > one.clientWidth"
    cut = f"[document.body, ...document.querySelectorAll('.scroll')].filter({wide}).length"
    assert shown.answer(cut) == 0
    assert shown.answer(f"({BOXES})()") == []
    mark = "parseFloat(getComputedStyle(document.querySelector('.mark')).fontSize)"
    assert shown.answer(mark) > 50


BOXES = """() => [...document.querySelectorAll('details[open] .box')].filter(box => {
  const [label, amount] = ['dt', 'dd'].map(one => box.querySelector(one).getBoundingClientRect());
  const floor = box.getBoundingClientRect().bottom + 0.5;
  return label.bottom > amount.top + 0.5 || amount.bottom > floor;
}).map(box => box.textContent)"""
