"""A real browser for the tests: Debian's chromium without a screen, one for each process of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

PHONE, DESK = 390, 1280


def chromium() -> Chrome:
    """A browser, with what it logs and what it asks for recorded."""
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    driver = shutil.which("chromedriver")
    assert driver, "the page is opened in a browser: apt-get install chromium chromium-driver"
    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return Chrome(options=options, service=Service(driver))


@pytest.fixture(scope="session")
def browser() -> Iterator[Chrome]:
    """The browser of all tests of a process."""
    chrome = chromium()
    yield chrome
    chrome.quit()


def sized(browser: Chrome, width: int, scheme: str = "light") -> None:
    """Gives the browser a width, a colour scheme, and empty logs."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
    features = [{"name": name, "value": value} for name, value in wanted.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    for log in ("browser", "performance"):
        browser.get_log(log)  # type: ignore[no-untyped-call]


def told(browser: Chrome, script: str, *given: Any) -> Any:
    """What an expression comes to in the page."""
    return browser.execute_script(f"return {script}", *given)


def until(browser: Chrome, script: str, *given: Any) -> Any:
    """Waits until an expression comes to something in the page, and gives it."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 60, 0.05).until(lambda _: told(browser, script, *given), script)


def violations(browser: Chrome) -> list[str]:
    """What axe-core finds on the page: the rule, and the first elements that break it."""
    script = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    browser.execute_script(script)
    found: list[str] = browser.execute_async_script(
        """const done = arguments[0];
        axe.run().then(({violations}) => done(violations.map(
          ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(one => one.html).join(" ")}`)));"""
    )
    return found


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
    return {url for url in asked if not url.startswith(("data:", "blob:"))}
