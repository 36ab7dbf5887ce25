"""The server: the command line's own bytes for who may ask, and a line for everything else."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.app.running import SCENARIOS, App, named_files
from tests.commands import Run

EMILY = (SCENARIOS / "emily.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["own-fund", "uneven-year"])
def test_a_scenario_is_answered_with_the_bytes_of_the_command_line(
    app: App, main: Run, tmp_path: Path, name: str
) -> None:
    """With the file that it names; over many paths. `test_answering.py` has every shipped one."""
    file, said = SCENARIOS / f"{name}.yaml", tmp_path / "said.json"
    assert main("compare", file, "-q", "-o", said).status == 0
    asked = app.ask("compare", file.read_text("utf-8"), name=str(file), files=named_files(file))
    assert (asked.status, asked.body) == (200, said.read_bytes())


def test_few_paths_are_answered_first_and_the_answer_says_so(app: App) -> None:
    text = (SCENARIOS / "uneven-year.yaml").read_text("utf-8")
    few = app.ask("compare", text, few=True).json
    assert few["simulator"]["paths"] == 1_024
    assert few["scenario"]["settings"] == ["returns.paths=1024"]
    assert app.ask("compare", EMILY, few=True).json["simulator"]["paths"] == 1


def test_every_mistake_is_told_with_its_field_and_its_place_in_the_command_lines_words(
    app: App, main: Run, tmp_path: Path
) -> None:
    wrong = EMILY.replace("pre_tax: 12%", "pre_tax: 12").replace("biweekly", "biweakly")
    file = tmp_path / "wrong.yaml"
    file.write_text(wrong, encoding="utf-8")
    told = app.ask("compare", wrong, name=str(file))
    assert told.status == 422
    mistakes = told.json["mistakes"]
    assert main("compare", file).stderr.splitlines() == [one["told"] for one in mistakes]
    assert [one["path"] for one in mistakes] == [["pay", "frequency"], ["elections", "pre_tax"]]
    line = wrong.splitlines()[mistakes[1]["line"] - 1]
    assert line[mistakes[1]["column"] - 1 :].startswith("12 ")


def test_a_file_that_the_scenario_names_is_read_from_those_that_came_along_alone(app: App) -> None:
    text = (SCENARIOS / "own-fund.yaml").read_text("utf-8")
    (mistake,) = app.ask("compare", text).json["mistakes"]
    assert mistake["path"] == ["returns", "prices"]
    assert mistake["words"] == "'data/invented-fund.csv' is not among the files that you chose"
    for outside in ("/etc/passwd", "../../etc/passwd"):
        told = app.ask("compare", text.replace("data/invented-fund.csv", outside))
        assert "/tmp" not in told.body.decode()
        assert "is no name of a file beside this one" in told.json["mistakes"][0]["words"]


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/passwd", "a/../../b", "C:\\a", ".ssh/id", "", "a\0b", "x" * 300]
)
def test_a_file_with_a_name_that_leads_elsewhere_is_refused(app: App, name: str) -> None:
    told = app.ask("compare", EMILY, files={name: "YQ=="})
    assert told.status == 422
    assert "no plain name of a file" in told.json["mistakes"][0]["words"]


def test_the_folder_lists_opens_and_saves_scenarios_and_nothing_else(
    app: App, folder: Path
) -> None:
    listed = app.request("GET", "/folder").json
    assert listed["files"] == ["emily.yaml", "link.yaml"]
    assert app.request("GET", "/folder/emily.yaml").body.decode() == EMILY
    for name in ("secret.txt", "link.yaml", "..%2Foutside.yaml", "%2e%2e", "absent.yaml"):
        assert app.request("GET", f"/folder/{name}").status in (404, 422), name
    assert app.request("PUT", "/folder/new.yaml", b"name: new\n").json == {"saved": "new.yaml"}
    assert (folder / "new.yaml").read_bytes() == b"name: new\n"
    told = app.request("PUT", "/folder/new.yaml", b"name: other\n")
    assert told.json["mistakes"][0]["words"] == "new.yaml is there already"
    assert app.request("PUT", "/folder/new.yaml?over=yes", b"name: other\n").status == 200
    for name in ("link.yaml", "..%2Fx.yaml", "x.sh", ".hidden.yaml"):
        assert app.request("PUT", f"/folder/{name}?over=yes", b"x").status in (404, 422), name
    assert (folder.parent / "outside.yaml").read_text("utf-8") == EMILY
    (folder / "new.yaml").unlink()


def test_what_cannot_be_saved_is_a_line_and_without_a_folder_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from starlette.testclient import TestClient

    from simulator.app.server.site import Site
    from simulator.app.server.workers import Workers

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    client = TestClient(Site(Workers(1), tmp_path).application())
    for name, words in (
        (
            "a/b.yaml",
            "'a/b.yaml' leads into another folder; write a name without /, like mine.yaml",
        ),
        (".yaml", "'.yaml' is no plain name of a file; write one like mine.yaml"),
        ("b.txt", "'b.txt' is no name of a scenario file; write one like mine.yaml"),
    ):
        said = client.put(f"/folder/{quote(name, safe='')}", content=b"name: new")
        assert said.json()["mistakes"][0]["words"] == words
    large = client.put("/folder/large.yaml", content=b"#" * (1 << 21))
    assert "at most 1,048,576 bytes" in large.json()["mistakes"][0]["words"]
    monkeypatch.setattr("simulator.app.server.folder.write", full)
    said = client.put("/folder/new.yaml", content=b"name: new").json()
    assert said["mistakes"][0]["words"] == "new.yaml cannot be written: No space left on device"
    assert not list(tmp_path.iterdir())
    alone = TestClient(Site(Workers(1)).application())
    assert "mbdr app --folder DIR" in alone.get("/folder").json()["mistakes"][0]["words"]
    assert alone.get("/start.json").json()["folder"] is None
    sent = client.put("/folder/x.yaml", content=iter([b"#" * (5 << 20)] * 2))
    assert sent.status_code == 413


def connected(app: App) -> socket.socket:
    """A connection on which nothing is said so far."""
    host, port = app.host.split(":")
    return socket.create_connection((host, int(port)), timeout=30)


QUESTION = json.dumps({"text": EMILY}).encode()


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (421, {"Host": "evil.example"}),
        (421, {"Host": "evil.example:{port}"}),
        (403, {"Origin": "http://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": ""}),
        (403, {"Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_another_page_is_turned_away(app: App, status: int, headers: dict[str, str]) -> None:
    port = app.host.rpartition(":")[2]
    given = {name: value.format(port=port) for name, value in headers.items()}
    assert app.request("POST", "/ask/compare", QUESTION, headers=given).status == status


@pytest.mark.parametrize("path", ["/", "/start.json", "/x/start.json", "//", "/%00/"])
def test_without_the_token_nothing_is_told(app: App, path: str) -> None:
    told = app.request("GET", path, whole_path=True)
    assert told.status == 403
    assert app.token.encode() not in told.body


def test_the_page_may_load_nothing_from_elsewhere_and_run_nothing_inline(app: App) -> None:
    told = app.request("GET", "/")
    policy = told.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert told.headers["referrer-policy"] == "no-referrer", "the token stays in the address"
    for name in ("nothing.js", "..%2F__init__.py", "%2e%2e%2fstart.py", "index.html%00"):
        assert app.request("GET", f"/{name}").status == 404, name


def test_what_is_no_question_is_answered_in_a_line(app: App) -> None:
    for body in (
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"text": 1}',
        b'{"text": "", "x": 1}',
        b"\xff",
    ):
        told = app.request("POST", "/ask/compare", body)
        assert told.status == 422
        assert told.json["mistakes"][0]["words"].startswith("no question of the page")
    assert app.request("POST", "/ask/exec", QUESTION).status == 404


def test_a_body_of_ten_megabytes_is_refused_and_whoever_sent_it_reads_why(app: App) -> None:
    told = app.request("POST", "/ask/compare", b"{" * (10 << 20))
    assert told.status == 413
    assert told.json["mistakes"][0]["words"] == "the scenario and its files are over 8 MiB together"


def test_a_body_that_does_not_come_and_a_request_that_is_never_sent_are_given_up(app: App) -> None:
    """Meanwhile others are answered."""
    lines = f"POST /{app.token}/ask/compare HTTP/1.1\r\nHost: {app.host}\r\n"
    lines += f"Origin: http://{app.host}\r\nContent-Length: 100\r\n\r\n{{"
    with connected(app) as silent, connected(app) as slow:
        slow.sendall(lines.encode())
        assert app.ask("compare", EMILY).status == 200
        assert b" 408 " in slow.recv(100)
        assert silent.recv(100) == b""


def test_what_nobody_waits_for_is_given_up_and_others_are_answered(app: App) -> None:
    """Two questions of minutes, one for each process, and both who asked are gone."""
    long = "name: long\nyears: 2025\nbirth_year: 1990\npay: {salary: 200_000, frequency: weekly, "
    long += "first_pay_date: 2025-01-03}\nelections: {after_tax: 10%}\n"
    long += (
        "returns: {model: garch, omega: 0.01, alpha: 0.09, beta: 0.9, nu: 7, paths: 3_000_000}\n"
    )
    for _ in range(4):
        body = json.dumps({"text": long}).encode()
        head = f"POST /{app.token}/ask/compare HTTP/1.1\r\nHost: {app.host}\r\n"
        head += f"Origin: http://{app.host}\r\nContent-Length: {len(body)}\r\n\r\n"
        with connected(app) as gone:
            gone.sendall(head.encode() + body)
            time.sleep(0.2)
    with connected(app) as gone:
        gone.sendall(head.encode() + body[:10])  # and one who has not even asked to the end
    assert app.ask("compare", EMILY).status == 200


def test_of_a_thousand_questions_at_once_each_is_answered_or_told_at_once_that_it_is_too_many(
    app: App,
) -> None:
    """Over a thousand connections that are open together; the server answers afterwards."""
    head = f"POST /{app.token}/ask/open HTTP/1.1\r\nHost: {app.host}\r\nConnection: close\r\n"
    head += f"Origin: http://{app.host}\r\nContent-Length: {len(QUESTION)}\r\n\r\n"

    async def one() -> int:
        reader, writer = await asyncio.open_connection(*app.host.split(":"))
        writer.write(head.encode() + QUESTION)
        said = await reader.read()
        writer.close()
        if (status := int(said.split()[1])) == 503:
            assert b"busy with many questions; try again in a moment" in said
        return status

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(one() for _ in range(1_000)))

    said = asyncio.run(all_at_once())
    assert set(said) == {200, 503}
    assert said.count(200) >= 200
    assert app.ask("open", EMILY).status == 200


def test_twenty_users_at_once_are_answered_each_with_their_own_figures(app: App) -> None:
    salaries = [150_000 + 1_000 * n for n in range(20)]
    barrier = threading.Barrier(20)

    def user(salary: int) -> list[float]:
        barrier.wait()
        texts = [EMILY.replace("200_000", str(salary))] * 3
        return [app.ask("compare", text).json["contributions"][0]["after_tax"] for text in texts]

    with ThreadPoolExecutor(20) as users:
        went_in = list(users.map(user, salaries))
    assert went_in == [[salary / 10] * 3 for salary in salaries]
