"""The app's page as a person uses it, in the browser of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.app.running import Running
from tests.browser import DESK, sized, until

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SETTLED = (
    "document.body?.classList.contains('ready') && !document.querySelector('#answer[aria-busy]')"
)
ANSWERED = f"{SETTLED} && document.querySelector('#verdict h1')?.textContent"
SUM = "document.querySelector('#verdict .sum')?.textContent"


def opened(browser: Chrome, app: Running, width: int = DESK, scheme: str = "light") -> None:
    """The first page, with nothing kept of an earlier test."""
    browser.get(f"{app.address}icon.svg")  # of the same origin, and shown at once
    browser.execute_script("sessionStorage.clear(); localStorage.clear()")
    sized(browser, width, scheme)
    browser.get(app.address)
    until(browser, SETTLED)


def from_file(browser: Chrome, file: Path) -> None:
    """Opens a scenario file from the first page."""
    browser.find_element("id", "file").send_keys(str(file))
    until(browser, "!document.getElementById('desk').hidden")


def written(browser: Chrome, field: str, value: str) -> None:
    """Writes a value into a field as a person does, all at once."""
    script = """const control = document.getElementById(arguments[0]);
    control.value = arguments[1];
    control.dispatchEvent(new Event('input', {bubbles: true}));"""
    browser.execute_script(script, f"at-{field}", value)
