"""The page in a real browser: Debian's chromium, without a screen, at the width of a phone and of a desk."""

from __future__ import annotations

import json
import shutil
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

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


def opened(browser: Chrome, file: Path, width: int, scheme: str = "light") -> None:
    """Opens a page at a width in a colour scheme, with empty logs."""
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    for log in ("browser", "performance"):
        browser.get_log(log)  # type: ignore[no-untyped-call]
    browser.get(file.as_uri())


def answer(browser: Chrome, script: str) -> Any:
    return browser.execute_script(f"return {script}")


def requested(browser: Chrome) -> set[str]:
    """Every address that the browser asked for, without those that hold their own content."""
    events = (
        json.loads(entry["message"])["message"]
        for entry in browser.get_log("performance")  # type: ignore[no-untyped-call]
    )
    asked = (
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    )
    return {url for url in asked if not url.startswith("data:")}


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_without_errors_or_requests(
    browser: Chrome, file: Path, width: int, scheme: str
) -> None:
    opened(browser, file, width, scheme)
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert requested(browser) == {file.as_uri()}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_never_scrolls_sideways(browser: Chrome, file: Path, width: int) -> None:
    opened(browser, file, width)
    assert answer(browser, "document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_tables_and_pictures_are_seen(browser: Chrome, file: Path, width: int) -> None:
    opened(browser, file, width)
    images = "[...document.images]"
    assert answer(browser, f"{images}.length") >= 2
    assert answer(browser, f"{images}.every(one => one.complete && one.naturalWidth > 0)")
    assert answer(browser, f"{images}.every(one => one.alt.length > 60)")
    tables = "[...document.querySelectorAll('table')]"
    assert answer(browser, f"{tables}.length") >= 3
    assert answer(browser, f"{tables}.every(one => one.getBoundingClientRect().height > 40)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_contrasts_with_what_is_behind_it(
    browser: Chrome, file: Path, scheme: str
) -> None:
    """At least 4.5 to 1. Source: WCAG 2.1, success criterion 1.4.3 and its formula for contrast."""
    opened(browser, file, DESK, scheme)
    assert answer(browser, f"({CONTRASTS})()") == []


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


def test_a_picture_on_a_phone_is_large_enough_to_read(browser: Chrome, file: Path) -> None:
    """It scrolls by itself; a drawing of 768 pixels with letters of 8 points is shown at 640 or more."""
    opened(browser, file, PHONE)
    images = "[...document.images]"
    assert answer(browser, f"{images}.every(one => one.getBoundingClientRect().width >= 640)")
    figures = "[...document.querySelectorAll('figure')]"
    assert answer(browser, f"{figures}.every(one => one.getBoundingClientRect().right <= {PHONE})")
    assert answer(browser, f"{figures}.every(one => {SCROLLED}(one) > 0)")


def test_a_caption_stays_where_its_table_scrolls(browser: Chrome, file: Path) -> None:
    opened(browser, file, PHONE)
    lefts = """[...document.querySelectorAll('.scroll')].map(one => {
      one.scrollLeft = 1000;
      const caption = one.querySelector('caption').getBoundingClientRect();
      return [caption.left - one.getBoundingClientRect().left, caption.right];
    })"""
    captions = answer(browser, lefts)
    assert len(captions) >= 3
    assert all(abs(left) <= 1 and right <= PHONE for left, right in captions)


SCROLLED = "(one => { one.scrollLeft = 1000; return one.scrollLeft; })"


@pytest.mark.parametrize("width", [178, 184], ids=["a4", "letter"])
def test_on_paper_nothing_is_cut_and_no_amount_lies_on_its_label(
    browser: Chrome, file: Path, width: int
) -> None:
    """At the width between the margins. [mm]"""
    opened(browser, file, round(width / 25.4 * 96))
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    wide = "one => one.scrollWidth > one.clientWidth"
    cut = f"[document.body, ...document.querySelectorAll('.scroll')].filter({wide}).length"
    assert answer(browser, cut) == 0
    assert answer(browser, f"({BOXES})()") == []
    mark = "parseFloat(getComputedStyle(document.querySelector('.mark')).fontSize)"
    assert answer(browser, mark) > 50


BOXES = """() => [...document.querySelectorAll('details[open] .box')].filter(box => {
  const [label, amount] = ['dt', 'dd'].map(one => box.querySelector(one).getBoundingClientRect());
  const floor = box.getBoundingClientRect().bottom + 0.5;
  return label.bottom > amount.top + 0.5 || amount.bottom > floor;
}).map(box => box.textContent)"""


def test_the_page_prints(browser: Chrome, file: Path) -> None:
    """On letter; of A4 the test before has the width."""
    width, height = LETTER
    opened(browser, file, DESK, "dark")
    printed = browser.execute_cdp_cmd(
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
    texts = [" ".join(one.extract_text().split()) for one in pages]
    assert "Every policy side by side" in texts[0]
    assert "The forms that will arrive" in next(one for one in texts if "PAYER'S name" in one)
