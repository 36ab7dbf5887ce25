"""The app's page in a real browser: to an answer by keyboard, every field, every mistake, on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.app.pages import ANSWERED, SETTLED, SUM, from_file, opened, written
from tests.app.running import SCENARIOS, App
from tests.browser import DESK, PHONE, requested, told, until, violations
from tests.scenario.test_every_key import FILES, keys_of

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


def test_by_keyboard_alone_from_how_the_plan_converts_to_an_answer(
    browser: Chrome, app: App
) -> None:
    from selenium.webdriver import ActionChains, Keys

    def pressed(*keys: str) -> None:
        ActionChains(browser).send_keys(*keys).perform()

    def typed(text: str) -> None:
        whole = ActionChains(browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL)
        whole.send_keys(text).perform()

    def tabbed_to(name: str) -> None:
        for _ in range(40):
            if told(browser, "document.activeElement.id") == name:
                return
            pressed(Keys.TAB)
        raise AssertionError(f"{name} is not reached")

    opened(browser, app)
    tabbed_to("start-automatic")
    pressed(Keys.ENTER)
    until(browser, ANSWERED)
    assert told(browser, SUM) == "$341.64", "24% of 1,423.49, as mbdr compare has it"
    tabbed_to("at-pay.salary")
    typed("100000")
    tabbed_to("at-elections.after_tax")
    typed("10%")
    pressed(Keys.TAB, Keys.ARROW_RIGHT)
    until(browser, f"{SUM} !== '$341.64' && {ANSWERED}")
    assert told(browser, "document.getElementById('at-elections.after_tax').value") == "10.5%"
    assert told(browser, "document.querySelector('#text').textContent").count("10.5%") == 1
    live = "document.querySelector('#verdict').getAttribute('aria-live')"
    assert told(browser, live) == "polite"


def test_where_nothing_can_be_compared_the_page_says_what_stays_or_that_nothing_goes_in(
    browser: Chrome, app: App
) -> None:
    opened(browser, app)
    browser.find_element("id", "start-no-conversions").click()
    until(browser, ANSWERED)
    verdict = "document.querySelector('#verdict').textContent"
    assert "$42,923.47 stays" in told(browser, verdict), "41,499.98 and the 1,423.49 it earns"
    assert "more than the same money in a brokerage account" in told(browser, verdict)
    written(browser, "pay.salary", "0")
    until(browser, f"{verdict}.startsWith('No after-tax contribution goes in.') && {ANSWERED}")


def test_every_field_of_the_schema_is_a_labelled_control_of_its_own(
    browser: Chrome, app: App
) -> None:
    """The files that have every key between them are opened; what each shows is put together."""
    opened(browser, app)
    shown: set[str] = set()
    for file in FILES:
        from_file(browser, file)
        fields = told(
            browser,
            """[...document.querySelectorAll('#form :not(section)[data-path]')].map(one => {
              const field = one.classList.contains('field');
              const label = one.querySelector('label');
              const control = field ? label.control : one.querySelector('legend');
              const name = label?.textContent || control?.textContent;
              return [one.dataset.path, control?.tagName ?? '', name];
            })""",
        )
        assert {tag for _, tag, _ in fields} <= {"INPUT", "SELECT", "TEXTAREA", "LEGEND"}
        assert all(name.strip() for _, _, name in fields)
        parts = told(
            browser, "[...document.querySelectorAll('#form section')].map(one => one.dataset.path)"
        )
        shown |= {_without_places(path) for path in [*parts, *(path for path, _, _ in fields)]}
        browser.find_element("id", "anew").click()
    schema = json.loads((SCENARIOS / "scenario.schema.json").read_text("utf-8"))
    keys = {key for key in keys_of(schema, schema) if not key.endswith("*")}
    whole = {key for key in keys if not key.startswith("returns.after_tax.prices.")}
    assert whole - shown == set()


def _without_places(path: str) -> str:
    parts = ("*" if len(part) == 4 and part.isdigit() else part for part in path.split("."))
    return ".".join(part for part in parts if not part.isdigit())


BAD = {
    "years": "26", "birth_year": "1800", "pay.salary": "-5",
    "pay.raise": "900%", "elections.pre_tax": "12", "elections.roth": "much",
    "elections.after_tax": "200%", "elections.already_deferred": "1e99",
    "elections.bonuses.pre_tax": "x", "plan.deposit_lag": "61", "plan.eligibility_days": "-1",
    "plan.match_cap": "lots", "plan.paycheck_cap": "101%", "plan.conversion.fee": "$1.234",
    "plan.conversion.max_per_year": "0", "plan.conversion.min_days_between": "4000",
    "plan.opening.after_tax": "NaN", "plan.also_annual_additions": "-1", "plan.match.0.rate": "12",
    "plan.match.0.up_to": "7", "limits.inflation": "90%", "acp.nhce": "3.2",
    "returns.annual_return": "-100%", "returns.volatility": "600%", "returns.paths": "0",
    "returns.seed": "-1", "taxes.federal": "120%", "taxes.wages": "many", "wealth.hold": "101",
    "wealth.dividends": "2",
}  # fmt: skip


def test_each_of_thirty_bad_values_is_shown_at_its_field_in_the_programs_words(
    browser: Chrome, app: App
) -> None:
    opened(browser, app)
    browser.find_element("id", "start-automatic").click()
    until(browser, ANSWERED)
    for field, value in BAD.items():
        written(browser, field, value)
    invalid = "[...document.querySelectorAll('[aria-invalid]')].map(one => one.id.slice(3))"
    until(browser, f"{SETTLED} && {invalid}.length >= arguments[0]", len(BAD))
    text = told(browser, "document.getElementById('text').textContent")
    said = {
        ".".join(map(str, one["path"])): one["words"]
        for one in app.ask("compare", text).json["mistakes"]
    }
    assert set(said) >= set(BAD)
    for field in BAD:
        at = told(browser, "document.getElementById(arguments[0]).textContent", f"at-{field}-wrong")
        assert at == said[field]
    assert told(browser, "document.querySelectorAll('#mend li').length") >= len(BAD)


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_at_every_width_nothing_scrolls_sideways_and_nothing_is_asked_of_another_host(
    browser: Chrome, app: App, width: int, scheme: str
) -> None:
    """Nor does axe-core find anything; in a German browser too the numbers are American."""
    browser.execute_cdp_cmd("Emulation.setLocaleOverride", {"locale": "de-DE"})
    opened(browser, app, width, scheme)
    assert violations(browser) == []
    browser.find_element("id", "start-automatic").click()
    until(browser, f"{ANSWERED} && document.querySelector('#delay svg')")
    browser.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(browser) == []
    assert told(browser, "document.documentElement.scrollWidth") <= width
    assert (
        told(browser, "document.querySelectorAll('figure svg[role=img][aria-label]').length") == 4
    )
    assert told(browser, SUM) == "$341.64"
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert {urlsplit(url).netloc for url in requested(browser)} == {app.host}
    browser.execute_cdp_cmd("Emulation.setLocaleOverride", {"locale": ""})


def test_a_reload_and_a_step_back_keep_what_was_entered_and_each_tab_its_own(
    browser: Chrome, app: App
) -> None:
    opened(browser, app)
    browser.find_element("id", "start-automatic").click()
    until(browser, ANSWERED)
    written(browser, "pay.salary", "123_456")
    until(browser, ANSWERED)
    for leave in (browser.refresh, _away_and_back(browser)):
        leave()
        until(browser, ANSWERED)
        assert told(browser, "document.getElementById('at-pay.salary').value") == "123_456"
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    opened(browser, app)
    browser.find_element("id", "start-twice-a-year").click()
    until(browser, ANSWERED)
    written(browser, "pay.salary", "99_000")
    until(browser, ANSWERED)
    browser.close()
    browser.switch_to.window(first)
    browser.refresh()
    until(browser, ANSWERED)
    assert told(browser, "document.getElementById('at-pay.salary').value") == "123_456"


def _away_and_back(browser: Chrome) -> Callable[[], None]:
    def step() -> None:
        browser.get("about:blank")
        browser.back()

    return step
