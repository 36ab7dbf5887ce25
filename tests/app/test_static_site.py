"""The app as a site without a server: built, then tried in a browser, with every request recorded."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from simulator import load
from simulator.app.answering import answer
from tests.app.running import SCENARIOS, named_files
from tests.browser import DESK, requested, sized, told, until
from tests.commands import mbdr

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.site

READY = "document.body?.classList.contains('ready')"
SETTLED = f"{READY} && !document.querySelector('#answer[aria-busy]')"
ANSWERED = f"{SETTLED} && document.querySelector('#verdict h1')"
ONE_PATH = [file for file in sorted(SCENARIOS.glob("*.yaml")) if not load(file).returns.drawn]
ASKED = """const [call, question, done] = arguments;
import(new URL("engine-of-page.js", location.href)).then(({engine}) => engine.ask(call, question))
  .then(({content}) => content.text()).then(done, (error) => done("refused: " + error.message));"""


class Quiet(SimpleHTTPRequestHandler):
    """Any web host: it hands out files."""

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site") / "app"
    written = mbdr("app", "--static", str(made))
    assert written.returncode == 0, written.stderr
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_page_without_a_server_answers_as_the_program_does_and_goes_on_without_a_network(
    browser: Chrome, address: str
) -> None:
    """Byte for byte, each shipped scenario of one path; no host but its own is asked, and it once."""
    sized(browser, DESK)
    browser.set_script_timeout(120)
    browser.get(address)
    until(browser, READY)
    browser.find_element("id", "start-automatic").click()
    until(browser, ANSWERED)
    assert told(browser, "document.querySelector('#verdict .sum').textContent") == "$341.64"
    for file in ONE_PATH:
        question = {"text": file.read_text("utf-8"), "name": file.name, "files": named_files(file)}
        here = answer("compare", json.dumps(question).encode())
        there = browser.execute_async_script(ASKED, "compare", question)
        assert there == here.content.decode(), file.name
    assert len(ONE_PATH) >= 25
    page = browser.execute_async_script(ASKED, "download", question | {"kind": "page"})
    assert "the pictures are not: drawing them needs the library matplotlib" in page
    assert page.count("<table") >= 5
    assert {urlsplit(url).netloc for url in requested(browser)} == {urlsplit(address).netloc}
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    browser.refresh()
    until(browser, ANSWERED)
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", offline | {"offline": False})


def test_what_needs_numpy_is_said_in_a_sentence_and_the_even_return_is_offered(
    browser: Chrome, address: str
) -> None:
    browser.get(address)
    until(browser, READY)
    browser.execute_script("document.getElementById('anew').click()")
    browser.find_element("id", "file").send_keys(str(SCENARIOS / "uneven-year.yaml"))
    offer = "document.querySelector('#mend button')"
    until(browser, offer)
    assert "need the library numpy" in told(browser, "document.querySelector('#mend').textContent")
    browser.execute_script(f"{offer}.click()")
    until(browser, ANSWERED)
    model = told(
        browser, "document.getElementById('at-returns.kind').selectedOptions[0].textContent"
    )
    assert model == "even growth"


def test_a_file_that_was_changed_is_not_run(browser: Chrome, address: str, folder: Path) -> None:
    """The list of hashes refuses it, whatever the host hands out."""
    browser.execute_cdp_cmd(
        "Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"}
    )
    whole = (folder / "program.zip").read_bytes()
    (folder / "program.zip").write_bytes(whole[:-1] + b"x")
    browser.get(address)
    said = until(
        browser, "document.getElementById('begin-said').textContent.includes('not the one')"
    )
    (folder / "program.zip").write_bytes(whole)
    assert said
    assert not told(browser, READY)
