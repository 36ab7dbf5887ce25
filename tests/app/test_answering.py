"""The app's function: the command line's own bytes, and a sentence for what is missing or wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from simulator.app import answering
from simulator.app.answering import NEEDED, Reply, answer
from simulator.app.server.workers import SIZE, answered
from simulator.app.start import opened
from simulator.notation.mistakes import Mistakes
from tests.app.running import SCENARIOS, named_files
from tests.commands import ROOT, Run

SHIPPED = sorted(SCENARIOS.glob("*.yaml"))
EMILY = (SCENARIOS / "emily.yaml").read_text("utf-8")
WITHOUT = """
import json, sys
sys.modules |= dict.fromkeys(("numpy", "pandas", "matplotlib"))
from simulator.app.answering import answer
for question in json.load(sys.stdin):
    said = answer(question.pop("call"), json.dumps(question).encode())
    print(json.dumps([said.status, said.content.decode()]))
"""


def asked(call: str, text: str, folder: Path | None = None, **more: Any) -> Reply:
    """What the function says to a question."""
    return answer(call, json.dumps({"text": text, **more}).encode(), folder)


def mistakes(said: Reply) -> list[dict[str, Any]]:
    """What is wrong with a question."""
    assert said.status == 422
    found: list[dict[str, Any]] = json.loads(said.content)["mistakes"]
    return found


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_scenario_is_answered_with_the_bytes_of_the_command_line(
    main: Run, tmp_path: Path, file: Path
) -> None:
    said = tmp_path / "said.json"
    assert main("compare", file, "-q", "-o", said).status == 0
    text, files = file.read_text("utf-8"), named_files(file)
    found = asked("compare", text, name=str(file), files=files)
    assert (found.status, found.content) == (200, said.read_bytes())


def test_a_library_that_is_missing_is_a_sentence_the_even_return_an_offer_and_the_page_has_its_tables() -> (
    None
):
    """As in a browser, for which nobody publishes numpy and matplotlib."""
    uneven = (SCENARIOS / "uneven-year.yaml").read_text("utf-8")
    questions = [
        {"call": "compare", "text": uneven},
        {"call": "download", "text": EMILY, "kind": "page"},
    ]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        input=json.dumps(questions).encode(),
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    compared, page = map(json.loads, done.stdout.splitlines())
    (mistake,) = json.loads(compared[1])["mistakes"]
    assert compared[0] == 422
    assert "need the library numpy" in mistake["words"]
    assert mistake["offer"]["path"] == ["returns", "model"]
    assert page[0] == 200
    assert (
        "Every table is here, the pictures are not: drawing them needs the library matplotlib"
        in page[1]
    )
    assert "709.49" in page[1], "scenarios/emily.yaml: the year-end form"
    assert "<svg" not in page[1]


def test_a_module_that_nobody_reckons_with_is_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    monkeypatch.setitem(answering.CALLS, "compare", lambda *_: missing("pandas"))
    assert mistakes(asked("compare", EMILY))[0]["words"] == NEEDED["pandas"]
    monkeypatch.setitem(answering.CALLS, "compare", lambda *_: missing("simulator.typo"))
    with pytest.raises(ModuleNotFoundError):
        asked("compare", EMILY)


def test_paths_that_do_not_fit_into_memory_are_a_mistake_at_their_field() -> None:
    text = (SCENARIOS / "uneven-year.yaml").read_text("utf-8")
    (mistake,) = mistakes(asked("compare", text.replace("10_000}", "100_000_000}")))
    assert mistake["path"] == ["returns", "paths"]
    assert "take fewer paths" in mistake["words"]


def test_few_paths_are_answered_first_where_there_are_many() -> None:
    text = (SCENARIOS / "uneven-year.yaml").read_text("utf-8")
    few = json.loads(asked("compare", text, few=True).content)
    assert few["simulator"]["paths"] == 1_024
    assert json.loads(asked("compare", EMILY, few=True).content)["simulator"]["paths"] == 1


def test_texts_are_opened_as_they_were_written_or_told_where_they_are_no_yaml() -> None:
    values = json.loads(asked("open", EMILY).content)["data"]
    assert values["pay"]["salary"] == "200_000"
    (mistake,) = mistakes(asked("open", "a: [", name="mine.yaml"))
    assert mistake["told"].startswith("mine.yaml:")


def test_files_come_along_or_stand_in_the_folder_that_the_app_was_given() -> None:
    text = (SCENARIOS / "own-fund.yaml").read_text("utf-8")
    alone = asked("compare", text, SCENARIOS, from_folder=True)
    assert (
        alone.content
        == asked("compare", text, files=named_files(SCENARIOS / "own-fund.yaml")).content
    )
    assert "without a folder" in mistakes(asked("compare", text, from_folder=True))[0]["words"]
    outside = {"../a.csv": b64encode(b"x").decode()}
    assert "no plain name" in mistakes(asked("compare", text, files=outside))[0]["words"]
    (mistake,) = mistakes(asked("compare", text))
    assert mistake["words"] == "'data/invented-fund.csv' is not among the files that you chose"


def test_what_stands_beside_an_answer_is_a_form_a_year_and_a_delay_curve() -> None:
    """The year's growth of Emily's account, 709.49, is taxable at its end: `scenarios/emily.yaml`."""
    beside = json.loads(asked("beside", EMILY).content)
    (form,) = [one for one in beside["forms"] if one["policy"] == "year-end"]
    boxes = {box["title"]: box["value"] for box in form["boxes"]}
    assert form["year"] == 2025
    assert boxes["2a Taxable amount"] == "$709.49"
    assert beside["delays"]["paths"] == 1
    without = EMILY.replace("after_tax: 10%", "after_tax: 0")
    assert json.loads(asked("beside", without).content)["forms"] == []


def test_a_process_answers_one_question_after_the_other_until_there_are_no_more() -> None:
    import pickle

    body = json.dumps({"text": EMILY}).encode()
    questions = [pickle.dumps((call, body, None)) for call in ("compare", "open")]
    answers = BytesIO()
    answered(BytesIO(b"".join(SIZE.pack(len(one)) + one for one in questions)), answers)
    answers.seek(0)
    for call in ("compare", "open"):
        (size,) = SIZE.unpack(answers.read(SIZE.size))
        assert Reply(*pickle.loads(answers.read(size))) == asked(call, EMILY)
    assert answers.read() == b""


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"text": 1}', b'{"text": "", "x": 1}', b"\xff"]
)
def test_what_is_no_question_is_told(body: bytes) -> None:
    assert mistakes(answer("compare", body))[0]["words"].startswith("no question of the page")


def test_the_page_begins_with_a_scenario_and_what_it_names_or_says_what_is_wrong(
    tmp_path: Path,
) -> None:
    first = opened(SCENARIOS / "own-fund.yaml")
    assert first["text"] == (SCENARIOS / "own-fund.yaml").read_text("utf-8")
    assert list(first["files"]) == ["data/invented-fund.csv"]
    (tmp_path / "wrong.yaml").write_text("name: A\n", encoding="utf-8")
    assert opened(tmp_path / "wrong.yaml")["files"] == {}, "the page says what is wrong with it"
    with pytest.raises(Mistakes, match=r"absent\.yaml"):
        opened(tmp_path / "absent.yaml")
