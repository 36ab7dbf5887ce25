"""The app's page in a real browser: to an answer by keyboard, on a phone, after a crash, from a link."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.app.running import SCENARIOS, App
from tests.browser import DESK, PHONE, browser, requested, sized, told, until, violations
from tests.commands import Run
from tests.scenario.test_every_key import FILES, keys_of

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["browser"]

SETTLED = (
    "document.body?.classList.contains('ready') && !document.querySelector('#answer[aria-busy]')"
)
ANSWERED = f"{SETTLED} && document.querySelector('#verdict h1')?.textContent"
SUM = "document.querySelector('#verdict .sum')?.textContent"


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    running = App()
    yield running
    running.close()


def opened(browser: Chrome, app: App, width: int = DESK, scheme: str = "light") -> None:
    """The first page, with nothing kept of an earlier test."""
    browser.get(app.address)
    until(browser, SETTLED)
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


def test_the_program_ended_and_started_again_is_a_clear_line_and_nothing_is_lost(
    browser: Chrome,
) -> None:
    running = App()
    opened(browser, running)
    browser.find_element("id", "start-automatic").click()
    until(browser, ANSWERED)
    running.process.kill()
    running.process.communicate()
    written(browser, "pay.salary", "111_000")
    status = "document.getElementById('status').textContent"
    until(browser, f"{status}.includes('has been ended')")
    again = App(port=int(running.host.rpartition(":")[2]))
    until(browser, f"{status}.includes('was started anew')")
    assert told(browser, "document.getElementById('at-pay.salary').value") == "111_000"
    browser.get(again.address)
    until(browser, ANSWERED)
    assert told(browser, "document.getElementById('at-pay.salary').value") == "111_000"
    again.close()


def test_what_the_page_keeps_is_what_the_command_line_writes(
    browser: Chrome, app: App, main: Run, tmp_path: Path
) -> None:
    """Byte for byte, and the scenario as it was opened; a row changed and taken back changes nothing else."""
    file = SCENARIOS / "uneven-year.yaml"
    behavior = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", behavior)
    opened(browser, app)
    from_file(browser, file)
    until(browser, ANSWERED)
    for kind, name in (("json", "uneven-year.json"), ("yaml", "uneven-year.yaml")):
        browser.find_element("id", f"keep-{kind}").click()
        until(browser, "document.getElementById('said').textContent.includes(arguments[0])", name)
    said = tmp_path / "said.json"
    copy = tmp_path / "here" / "uneven-year.yaml"
    copy.parent.mkdir()
    copy.write_bytes(file.read_bytes())
    assert main("compare", copy, "-q", "-o", said).status == 0
    kept = (tmp_path / "uneven-year.json").read_text("utf-8")
    assert kept == said.read_text("utf-8").replace(str(copy), "uneven-year.yaml")
    assert (tmp_path / "uneven-year.yaml").read_bytes() == file.read_bytes()


def test_another_scenario_that_is_wrong_never_stands_beside_the_answer_of_the_last(
    browser: Chrome, app: App
) -> None:
    opened(browser, app)
    browser.find_element("id", "start-automatic").click()
    until(browser, ANSWERED)
    browser.find_element("id", "anew").click()
    from_file(browser, SCENARIOS / "own-fund.yaml")
    until(browser, f"{SETTLED} && !document.getElementById('mend').hidden")
    needed = "document.querySelector('#needs-files label').textContent"
    assert told(browser, needed) == "data/invented-fund.csv"
    assert not told(browser, "document.getElementById('verdict').checkVisibility()")
    browser.find_element("id", "needs-0").send_keys(str(SCENARIOS / "data" / "invented-fund.csv"))
    until(browser, f"{ANSWERED} && document.getElementById('verdict').checkVisibility()")


def test_a_link_carries_the_scenario_and_says_whether_the_answer_is_the_same(
    browser: Chrome, app: App
) -> None:
    opened(browser, app)
    from_file(browser, SCENARIOS / "emily.yaml")
    until(browser, ANSWERED)
    browser.find_element("id", "keep-link").click()
    link = until(browser, "document.getElementById('link').value")
    assert app.token not in link
    fragment = link[link.index("#") :]
    padded = fragment.partition("=")[2] + "=" * (-len(fragment.partition("=")[2]) % 4)
    carried = json.loads(zlib.decompress(_bytes(padded), -15))
    assert carried["text"] == (SCENARIOS / "emily.yaml").read_text("utf-8")
    for other, words in (({}, "The same answer"), ({"answer": "x", "version": "0"}, "version 0")):
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(json.dumps(carried | other).encode()) + packer.flush()
        browser.get("about:blank")
        browser.get(f"{app.address}#scenario={urlsafe_b64encode(packed).decode().rstrip('=')}")
        until(
            browser,
            "document.getElementById('compared')?.textContent.includes(arguments[0])",
            words,
        )


def _bytes(text: str) -> bytes:
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text)
