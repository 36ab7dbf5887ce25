"""What the app's page keeps: over a crash, in files, in a folder, in a link."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from tests.app.pages import ANSWERED, SETTLED, from_file, opened, written
from tests.app.running import SCENARIOS, App, Started
from tests.browser import told, until
from tests.commands import Run

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


def test_the_program_ended_and_started_again_is_a_clear_line_and_nothing_is_lost(
    browser: Chrome,
) -> None:
    running = Started()
    opened(browser, running)
    browser.find_element("id", "start-automatic").click()
    until(browser, ANSWERED)
    running.process.kill()
    running.process.communicate()
    written(browser, "pay.salary", "111_000")
    status = "document.getElementById('status').textContent"
    until(browser, f"{status}.includes('has been ended')")
    again = Started(port=int(running.host.rpartition(":")[2]))
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


def test_what_the_form_has_no_field_for_is_kept_and_what_nobody_knows_can_be_taken_out(
    browser: Chrome, app: App, tmp_path: Path
) -> None:
    file = tmp_path / "odd.yaml"
    text = (SCENARIOS / "emily.yaml").read_text("utf-8").replace("pay:\n", "pay:\n  salry: 1\n")
    file.write_text(text, encoding="utf-8")
    opened(browser, app)
    from_file(browser, file)
    until(browser, f"{SETTLED} && document.querySelector('#mend button')")
    browser.find_element("css selector", "#mend button").click()
    until(browser, ANSWERED)
    kept = "document.getElementById('text').textContent"
    assert "salry" not in told(browser, kept)
    assert (
        app.ask("compare", told(browser, kept)).json["policies"]
        == (app.ask("compare", (SCENARIOS / "emily.yaml").read_text("utf-8")).json["policies"])
    )


def test_scenarios_of_a_folder_are_opened_and_saved_there(
    browser: Chrome, app: App, folder: Path
) -> None:
    (folder / "mine.yaml").write_text((SCENARIOS / "emily.yaml").read_text("utf-8"), "utf-8")
    opened(browser, app)
    names = "[...document.querySelectorAll('#folder-files button')]"
    until(browser, f"{names}.find(one => one.textContent == 'mine.yaml')").click()
    until(browser, ANSWERED)
    bare = "document.getElementById('bare').checkVisibility()"
    assert not told(browser, bare)
    written(browser, "pay.salary", "150_000")
    until(browser, ANSWERED)
    assert told(browser, bare), "the comments of emily.yaml are gone"
    name = browser.find_element("id", "save-name")
    assert name.get_attribute("value") == "mine.yaml"
    browser.find_element("css selector", "#save button").click()
    said = "document.getElementById('said').textContent"
    until(browser, f"{said}.includes('is there already')")
    name.clear()
    name.send_keys("..")
    browser.find_element("css selector", "#save button").click()
    until(browser, f"{said}.includes('write a name without /, like mine.yaml')")
    name.clear()
    name.send_keys("other.yaml")
    browser.find_element("css selector", "#save button").click()
    until(browser, f"{said}.includes('is saved in')")
    assert "salary: 150_000" in (folder / "other.yaml").read_text("utf-8")
    for made in ("mine.yaml", "other.yaml"):
        (folder / made).unlink()


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
    carried = json.loads(zlib.decompress(urlsafe_b64decode(padded), -15))
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
