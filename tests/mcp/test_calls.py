"""What a call may read, and what is wrong with one is told: with the call itself, without the protocol."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp_types import CallToolResult, TextContent

from simulator.conversion.amounts import EVENTS
from simulator.files import opened
from simulator.mcp.answers import POSTED
from simulator.mcp.asked import arguments_of
from simulator.mcp.schema import described
from simulator.mcp.server import result
from simulator.mcp.tools import TOOLS
from tests.commands import ROOT
from tests.robustness.test_hostile_texts import ALL, STEERING, written

SCENARIOS = ROOT / "scenarios"
EMILY = (SCENARIOS / "emily.yaml").read_text("utf-8")
OWN = "name: A\nyears: 2025\nbirth_year: 1990\ndeposits: {file}\n"


def text_of(found: CallToolResult) -> str:
    (content,) = found.content
    assert isinstance(content, TextContent)
    return content.text


def wrong(name: str, **arguments: Any) -> str:
    """What is said of a call that cannot be answered."""
    found = result(name, arguments)
    assert found.is_error
    assert not STEERING.search(text_of(found))
    return text_of(found)


@contextmanager
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that are opened or asked about."""
    names: list[str] = []
    measured = opened._measured

    def noted(file: str | Path, *rest: Any) -> Any:
        names.append(str(file))
        return measured(file, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(opened, "_measured", noted)
        yield names


@pytest.mark.parametrize(
    "name", ["deposits.csv", "/etc/passwd", "../deposits.csv", "a/../../b.csv"]
)
def test_a_text_names_no_file_unless_the_call_names_a_folder(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with looked_at(monkeypatch) as names:
        said = wrong("compare", scenario=OWN.format(file=name))
    assert f"deposits: '{name}' is a file, and this call names no folder to look in" in said
    assert [one for one in names if not one.startswith("/dev/null/")] == []


def test_a_text_with_a_folder_reads_in_it_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for place in (tmp_path, tmp_path / "in"):
        (place / "deposits.csv").write_text("date,amount\n2025-01-03,100\n", "utf-8")
    there = {"folder": str(tmp_path / "in")}
    found = result("compare", {"scenario": OWN.format(file="deposits.csv"), **there})
    assert not found.is_error, text_of(found)
    for name in ("../deposits.csv", str(tmp_path / "deposits.csv")):
        assert "lies outside" in wrong("compare", scenario=OWN.format(file=name), **there)
    assert "lies outside" in wrong(
        "sweep", scenario=EMILY, vary=["returns.prices=../deposits.csv"], **there,
        set=["returns.model=history", "returns.prices=deposits.csv"],
    )  # fmt: skip


def test_a_file_names_others_beside_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "own.yaml"
    for name in ("../deposits.csv", "/etc/passwd"):
        file.write_text(OWN.format(file=name), "utf-8")
        with looked_at(monkeypatch) as names:
            assert "lies outside" in wrong("compare", file=str(file))
        assert names == [str(file)]


@pytest.mark.parametrize("name", ["no-such.yaml", ".", "", "/dev/zero", "a\x00b", "x" * 5_000])
def test_a_file_that_cannot_be_read_is_a_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "no-suck.yaml").write_text("secret", "utf-8")
    said = wrong("check", file=str(tmp_path / name) if name else "")
    assert "\n" not in said
    assert "no-suck" not in said  # nothing is told of what was not named


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("compare", {}, "give the scenario either as a text"),
        ("compare", {"scenario": EMILY, "file": "a.yaml"}, "give the scenario either as a text"),
        ("compare", {"file": "a.yaml", "folder": "."}, "folder goes with a text"),
        ("compare", {"scenario": 1}, "scenario: write a text (the text of a scenario file"),
        ("compare", {"scenario": EMILY, "polcy": 1, "set": "x"}, "polcy: no argument of this tool"),
        ("compare", {"scenario": EMILY, "set": ["pay.salry=1"]}, "did you mean 'salary'?"),
        ("compare", {"scenario": EMILY, "set": [1]}, "set.0: write a text"),
        ("form", {"scenario": EMILY, "policy": "yearly"}, "yearly"),
        ("form", {"scenario": EMILY, "year": 1999}, "year: there is nothing of 1999; there is 2025"),
        ("payroll", {"scenario": EMILY, "year": "2025"}, "year: write a whole number"),
        ("sweep", {"scenario": EMILY}, "what shall vary? give delay"),
        ("sweep", {"scenario": EMILY, "delay": "0:x:1"}, "0:x:1"),
        ("sweep", {"scenario": EMILY, "vary": ["pay.salary=3:x:7"]}, "'3:x:7' is not a range"),
        ("sweep", {"scenario": EMILY, "delay": "a"}, "delay: 'a' are no days"),
        ("sweep", {"scenario": EMILY, "vary": ["years"]}, "names no values; write FIELD=A,B,C"),
        ("sweep", {"scenario": EMILY, "vary": ["a=1"] * 3}, "vary: write fewer"),
        ("best", {"scenario": EMILY, "max_per_year": "x"}, "max_per_year"),
        ("best", {"scenario": EMILY, "cutoff": -1}, "cutoff: -1 is not from 0"),
        ("elect", {"scenario": EMILY, "from": "June"}, "June"),
        ("audit", {"scenario": EMILY}, "give the forms that came"),
        ("audit", {"scenario": EMILY, "forms": [{"year": 2025}]}, ""),
        ("remind", {"scenario": EMILY}, "policy: which one? per-paycheck"),
        ("explain", {"scenario": EMILY, "policy": "monthly", "path": -1}, "path: write 0 or more"),
        ("explain", {"scenario": EMILY, "policy": "monthly", "path": 9}, "no path 9"),
        ("limits", {"years": [1999]}, "years: 1999: out of range; 2013 to"),
        ("limits", {"inflation": "lots"}, "inflation: "),
        ("schema", {"path": "plan.convers"}, "did you mean 'conversion'?"),
        ("schema", {"path": "\x1b[31m"}, "is no field at the top"),
        ("comparee", {}, "'comparee' is no tool; did you mean compare?"),
        ("\x1b", None, "There are check, compare"),
        ("compare", {"scenario": "[" * 1_000}, "scenario:"),
        ("compare", {"scenario": "a: &a [*a, *a]\n"}, "scenario:"),
        ("compare", {"scenario": "x" * (2 << 20)}, "at most 1,048,576"),
        (
            "compare",
            {"scenario": EMILY, "set": ["returns.model=lognormal", "returns.paths=100_000_000"]},
            "set returns.paths to fewer",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_call_is_told(name: str, arguments: Any, said: str) -> None:
    found = result(name, arguments)
    assert found.is_error
    assert said in text_of(found)
    assert len(text_of(found)) < 20_000
    assert found.structured_content


def test_the_mistakes_of_a_scenario_have_their_fields() -> None:
    found = result("check", {"scenario": "name: A\nyears: 2025\npay: {salary: -1}\n"})
    paths = [one["path"] for one in found.structured_content["mistakes"]]
    assert {"birth_year", "pay.salary", "pay.frequency"} <= set(paths)
    assert found.structured_content["mistakes"][0]["line"] == 1


def test_unknown_limits_are_null_and_projected_ones_say_so() -> None:
    found = result("limits", {"years": [2025, 2079]}).structured_content
    known, unknown = found["answer"]["limits"]
    assert known["annual_additions"] == 70_000
    assert {value for name, value in unknown.items() if name != "year"} == {None}
    assert "2079: not published yet, so null" in found["remarks"][0]
    (later,) = result("limits", {"years": [2079], "inflation": "2.5%"}).structured_content[
        "answer"
    ]["limits"]
    assert later["projected"] is True


@pytest.mark.parametrize("path", ["", *described("")["fields"]])
def test_each_part_of_a_scenario_is_described(path: str) -> None:
    found = result("schema", {"path": path}).structured_content["answer"]
    if path:
        assert found["schema"]
    assert all(found["fields"].values())
    assert len(json.dumps(found)) < 20_000  # a part, not the whole


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("plan.conversion", {"allowed", "to", "fee", "max_per_year", "min_days_between"}),
        ("policies.0", {"cadence", "delay", "label"}),
        ("pay.bonuses", {"date", "amount", "elections", "matched", "label"}),
        ("returns", {"model", "annual_return", "volatility", "paths", "seed", "prices"}),
    ],
)
def test_a_part_has_its_fields(path: str, fields: set[str]) -> None:
    assert fields <= set(described(path)["fields"])


def test_every_event_of_a_ledger_is_explained() -> None:
    assert list(POSTED) == list(EVENTS)


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    """All of the hostile texts at once, as name, notes and label."""
    file = str(written(tmp_path, ALL, ALL, "year-end"))
    for name, more in (("compare", {}), ("check", {}), ("explain", {"policy": ALL})):
        found = result(name, {"file": file, **more})
        assert not found.is_error, text_of(found)
        assert not STEERING.search(text_of(found))
        assert json.loads(text_of(found)) == found.structured_content
    assert "which one?" in wrong("remind", file=file)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(EMILY),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=8), one, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, derandomize=True, database=None)
@given(st.sampled_from(sorted(TOOLS)), st.data())
def test_whatever_a_call_holds_it_is_answered_or_refused(name: str, data: st.DataObject) -> None:
    arguments = st.sampled_from([*arguments_of(TOOLS[name].asks), "other"])
    asked = data.draw(st.dictionaries(arguments, VALUES, max_size=3) | VALUES)
    found = result(name, asked)
    assert text_of(found)
    json.dumps(found.structured_content, allow_nan=False)
