"""What a call of the library does not take is told in a sentence: what it takes, and how that is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import simulator
from simulator.notation.taken import NotTaken
from tests.documents import EMILY, scenario_at_once

Call = Callable[[Any], object]
PEOPLE = pd.DataFrame({"Pay": [90_000, 120_000]})
ASKED = scenario_at_once(EMILY)
NO_FILE = "load takes the name of a file, not a value of type {}; write simulator.load('my.yaml')"
NO_PLACE = (
    "batch takes files, folders and Scenarios, not a value of type {}; write simulator.batch("
)


@pytest.mark.parametrize(
    ("call", "given", "words"),
    [
        (simulator.load, 3, NO_FILE.format("int")),
        (simulator.load, None, NO_FILE.format("NoneType")),
        (simulator.load, b"emily.yaml", NO_FILE.format("bytes")),
        (simulator.load, ASKED, NO_FILE.format("Scenario")),
        (lambda it: simulator.load("x.yaml", it), 3, "settings takes texts, not a value of type int"),
        (lambda it: simulator.batch(it, "r"), 3, NO_PLACE.format("int")),
        (lambda it: simulator.batch(it, "r"), [ASKED, None], NO_PLACE.format("NoneType")),
        (lambda it: simulator.batch(it, "r"), {"a.yaml": 1}, NO_PLACE.format("dict")),
        (lambda it: simulator.batch(it, "r"), simulator.compare(ASKED), NO_PLACE.format("Comparison")),
        (lambda it: simulator.batch(ASKED, it), 3, "batch takes the name of a folder, not a value of"),
        (lambda it: simulator.batch(ASKED, "r", grid=it), 3, "write grid=['plan.nonelective=0%,3%']"),
        (lambda it: simulator.batch(ASKED, "r", table=PEOPLE, mapping=it), 3, "mapping takes a dict, not"),
        (lambda it: simulator.read(it, "prices"), None, "read takes the name of a file, not a value of"),
        (lambda it: simulator.read("x", "deposits", mapping={"A": it}), 3, "mapping takes texts, not a va"),
        (lambda it: simulator.read("x", "deposits", where=it), 3, "where takes a dict, not a value of ty"),
        (lambda it: simulator.read("x", "deposits", where={"A": it}), 3, "where['A'] takes texts, not a"),
        (lambda it: simulator.moved(ASKED, it), 3, "moved takes the name of a file, not a value of type"),
        (lambda it: simulator.load("x.yaml", within=it), 3, "within takes the name of a folder, not a"),
        (lambda it: simulator.page(ASKED, it), "r.html", "page gives a text and writes no file; write Pat"),
        (lambda it: simulator.page(ASKED, it), 3, "page takes a Sweep, not a value of type int; write sim"),
        (lambda it: simulator.page(ASKED, pictures=it), "no", "pictures takes True or False, not a value"),
        (lambda it: simulator.pages(ASKED, "r", pdf=it), "no", "pdf takes True or False, not a value of ty"),
        (lambda it: simulator.plot(simulator.compare(ASKED), dark=it), 1, "dark takes True or False, not a"),
        (lambda it: simulator.pages(it, "r"), 3, "pages takes files, folders and Scenarios, not a"),
        (lambda it: simulator.pages(ASKED, it), None, "pages takes the name of a folder, not a value"),
        (lambda it: simulator.batch(ASKED, it), "", "batch takes the name of a folder, not an empty text"),
        (lambda it: simulator.batch(ASKED, "r", progress=it), 3, "progress takes a function, not a value of"),
        (lambda it: simulator.compare(ASKED, it), "x", "write progress=print, or one of your own"),
        (lambda it: simulator.best(ASKED, progress=it), 3, "progress takes a function, not a value of typ"),
        (lambda it: simulator.pages(ASKED, "r", progress=it), 3, "progress takes a function, not a value"),
        (lambda it: simulator.batch(ASKED, "r", table=PEOPLE, mapping=it), PEOPLE, "mapping takes a dict"),
    ],
)  # fmt: skip
def test_what_a_call_does_not_take_is_told_with_what_to_write(
    call: Call, given: object, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_text("name: x\n")
    with pytest.raises(NotTaken) as told:
        call(given)
    assert words in str(told.value)
    assert not list(tmp_path.glob("r*"))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: simulator.batch(ASKED, "r", workers=0), "workers: 0 is not from 1 to 1,024; write proc"),
        (lambda: simulator.pages(ASKED, "r", workers="two"), "workers: 'two' is not a whole number from"),  # type: ignore[arg-type]
        (lambda: simulator.batch(ASKED, "r", piece=0), "piece: 0 is not from 1 to 1,099,511,627,776; wr"),
        (lambda: simulator.batch(ASKED, "r", piece=1e6), "piece: '1000000.0' is not a whole number from 1"),  # type: ignore[arg-type]
        (lambda: simulator.batch(ASKED, "r", scheduler=3), "scheduler: takes an address or a Dask client"),  # type: ignore[arg-type]
        (lambda: simulator.batch("", "r"), "a name is empty; write one, or . for the folder where yo"),
        (lambda: simulator.batch(ASKED, "a\0b"), "a\\x00b: cannot be written: no file can have such a"),
        (lambda: simulator.batch(ASKED, "r", table=""), "the table's name is empty; write one, or leave"),
        (lambda: simulator.batch(ASKED, "r", table="a\0b"), "a\\x00b: cannot be read: no file can have such"),
        (lambda: simulator.batch(ASKED, "r", grid=["a"]), "grid a: write it like plan.nonelective=0%,3%"),
        (lambda: simulator.batch(ASKED, "r", grid=["a=1"]), "grid a: unknown key 'a'"),
        (lambda: simulator.batch(ASKED, "r", engine=PEOPLE), "engine: a batch has no engine '"),  # type: ignore[arg-type]
        (lambda: simulator.ledger(ASKED, "monthly", path="first"), "path: 'first' is not a path; write a"),  # type: ignore[arg-type]
        (lambda: simulator.ledger(ASKED, PEOPLE), "policy: '"),  # type: ignore[arg-type]
        (lambda: simulator.compare(ASKED, until="x"), "until: 'x' is no amount; write dollars above 0"),  # type: ignore[arg-type]
        (lambda: simulator.compare(ASKED, engine=PEOPLE), "engine: there is no engine '"),  # type: ignore[arg-type]
        (lambda: simulator.best(ASKED, engine=None), "engine: there is no engine 'null'; choose one of"),  # type: ignore[arg-type]
        (lambda: simulator.best(ASKED, label=" "), "label: ' ' is not a label; write a text"),
        (lambda: simulator.sweep(ASKED, delay=[0], engine=PEOPLE), "engine: there is no engine '"),  # type: ignore[arg-type]
        (lambda: simulator.sweep(ASKED, delay=b"x"), "delay is 'b'x''; write several, like delay=range"),
        (lambda: simulator.sweep(ASKED, delay=[0], of=[]), "of: '[]' is nothing to sweep (box_2a, tax,"),  # type: ignore[arg-type]
        (lambda: simulator.plot(simulator.compare(ASKED), PEOPLE), "kind: '"),  # type: ignore[arg-type]
        (lambda: simulator.read("x.csv", PEOPLE), "kind: '"),  # type: ignore[arg-type]
        (lambda: simulator.read("x.csv", "people", dates="day-first"), "dates: says nothing to people; l"),
        (lambda: simulator.read("x.csv", "prices", mapping={"A": "b"}), "mapping: 'b' is nothing that is"),
        (lambda: simulator.read("x.csv", "prices", dates=PEOPLE), "dates: '"),  # type: ignore[arg-type]
        (lambda: simulator.plot(simulator.compare(ASKED), "balance", path="x"), "path: 'x' is not a pa"),  # type: ignore[arg-type]
        (lambda: simulator.compare(ASKED)["monthly"][[]], "'[]' is not an amount of this answer ("),  # type: ignore[index]
        (lambda: simulator.compare(ASKED)["monthly"].paths(PEOPLE), "'"),  # type: ignore[arg-type]
        (lambda: ASKED.varied(until=pd.NaT), "until: 'NaT' is not a date; write it like 2025-01-03"),
        (lambda: simulator.batch(ASKED, "r", table=PEOPLE), "<DataFrame>:1:1: no column is called like"),
        (lambda: simulator.batch(ASKED, "r", table=PEOPLE, mapping={"X": "name"}), "<DataFrame>:1:1: map"),
        (lambda: simulator.elect(ASKED, "soon"), "begins: 'soon' is not a date; write it like 2025"),
        (lambda: simulator.sweep(ASKED, vary="pay.salary", values=["x"]), "vary pay.salary: 'x' is not an"),
    ],
)  # fmt: skip
def test_an_argument_is_told_by_its_name_in_python(call: Callable[[], object], words: str) -> None:
    with pytest.raises(simulator.Refused) as told:
        call()
    assert str(told.value).startswith(words)


@pytest.mark.usefixtures("here")
def test_one_text_stands_for_a_list_of_one(tmp_path: Path) -> None:
    file = tmp_path / "emily.yaml"
    file.write_text(ASKED.origin.content.decode())
    assert simulator.load(file, "pay.salary=90_000")["pay.salary"] == 90_000
    done = simulator.batch(file, tmp_path / "r", grid="plan.nonelective=0%,3%", workers=1)
    assert repr(done) == f"<Batch of 2 jobs in {tmp_path / 'r'}>"


@pytest.mark.usefixtures("here")
def test_a_mapping_names_the_fields_of_a_frames_columns(tmp_path: Path) -> None:
    done = simulator.batch(ASKED, tmp_path / "r", table=PEOPLE, mapping={"pay": "pay.salary"})
    assert set(done.to_frame()["pay.salary"]) == {"90000", "120000"}
