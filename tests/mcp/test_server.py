"""A client of the protocol's own library calls every tool in this process, and some in another, as users do.

What the tools answer is compared with what the library answers.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent, Tool

import simulator
from simulator.mcp.server import INSTRUCTIONS, result, server
from simulator.mcp.tools import TOOLS
from simulator.version import __version__
from tests.commands import ROOT, Run

SCENARIOS = ROOT / "scenarios"
EMILY, UNEVEN = str(SCENARIOS / "emily.yaml"), str(SCENARIOS / "uneven-year.yaml")
FEW = ["returns.paths=256"]
CALLS: dict[str, dict[str, Any]] = {
    "check": {"file": EMILY},
    "compare": {"file": UNEVEN, "set": FEW},
    "payroll": {"file": EMILY},
    "form": {"file": EMILY, "policy": "year-end"},
    "sweep": {"file": EMILY, "policy": "year-end", "vary": ["returns.annual_return=3%,7%"]},
    "best": {"file": str(SCENARIOS / "two-conversions-a-year.yaml")},
    "elect": {"file": str(SCENARIOS / "elect-in-july.yaml"), "from": "2025-08-01"},
    "audit": {
        "file": str(SCENARIOS / "is-my-form-right.yaml"),
        "form_file": str(SCENARIOS / "data" / "form-2025.csv"),
    },
    "remind": {"file": EMILY, "policy": "monthly"},
    "limits": {"years": [2025]},
    "schema": {"path": "plan.conversion"},
    "explain": {"file": EMILY, "policy": "monthly"},
}


class Served(NamedTuple):
    """What the server said, and what it left behind."""

    name: str
    version: str
    instructions: str | None
    tools: list[Tool]
    results: Mapping[str, CallToolResult]
    together: list[CallToolResult]
    left: list[str]


async def said_by(asked: Any, calls: Mapping[str, dict[str, Any]]) -> Served:
    """What a server says to a client that calls its tools, and one of them thrice at once."""
    together: list[CallToolResult] = []
    async with Client(asked) as client:
        tools = (await client.list_tools()).tools
        results = {name: await client.call_tool(name, asked) for name, asked in calls.items()}

        async def one() -> None:
            together.append(await client.call_tool("compare", {"file": EMILY}))

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(one)
        server = client.server_info
        assert server is not None
        return Served(
            server.name, server.version, client.instructions, tools, results, together, []
        )


PLACES = {"HOME": "home", "TMPDIR": "tmp"}


def files_below(folder: Path) -> list[str]:
    return [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The server in this process, in a folder of its own, called once with everything."""
    folder = tmp_path_factory.mktemp("served")
    for name in ("home", "tmp", "cwd"):
        (folder / name).mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder / "cwd")
        patched.setattr("tempfile.tempdir", None)
        for name, place in PLACES.items():
            patched.setenv(name, str(folder / place))
        said = anyio.run(said_by, server(), CALLS)
    return said._replace(left=files_below(folder))


def test_over_standard_input_and_output_it_says_the_same(served: Served, tmp_path: Path) -> None:
    """As a user's assistant starts it: a process of its own, which leaves nothing behind."""
    places = {name: str(tmp_path) for name in PLACES}
    own = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "simulator", "mcp"],
        env={**os.environ, **places, **own},
        cwd=tmp_path,
    )
    calls = {name: CALLS[name] for name in ("payroll", "schema")}
    said = anyio.run(said_by, stdio_client(parameters), calls)
    assert said.tools == served.tools
    assert list(map(answer_of, said.together)) == list(map(answer_of, served.together))
    for name, found in said.results.items():
        assert answer_of(found) == answer_of(served.results[name])
    assert files_below(tmp_path) == []


def answer_of(result: CallToolResult) -> dict[str, Any]:
    """What a call came to, which its text says too."""
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert not result.is_error, text.text
    assert json.loads(text.text) == result.structured_content
    found: dict[str, Any] = result.structured_content
    return found


def test_the_server_says_who_it_is_and_how_to_ask(served: Served) -> None:
    assert (served.name, served.version) == ("mbdr", __version__)
    assert served.instructions == INSTRUCTIONS
    assert [tool.name for tool in served.tools] == list(TOOLS) == list(CALLS)


def test_every_tool_says_that_it_only_reads_and_takes_what_it_names_alone(served: Served) -> None:
    for tool in served.tools:
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.input_schema["additionalProperties"] is False
        assert all("description" in one for one in tool.input_schema["properties"].values())
        Draft202012Validator(tool.input_schema).validate(CALLS[tool.name])


@pytest.mark.parametrize("name", CALLS)
def test_every_answer_has_what_was_assumed_and_its_sources(name: str, served: Served) -> None:
    told = answer_of(served.results[name])
    assert set(told) == {"answer", "assumed", "sources", "warnings", "remarks", "simulator"}
    assert told["remarks"][-1] == "A simulation, not tax advice."
    if "file" in CALLS[name] and name != "audit":
        source = {"of": "limits", "year": 2025, "source": "Notice 2024-80", "projected": False}
        assert source in told["sources"]
        assert {"path", "value", "why"} == set(told["assumed"][0])


def test_a_difference_within_its_error_is_no_difference(served: Served) -> None:
    many, one = (answer_of(served.results[name]) for name in ("compare", "best"))
    assert "a difference within its error is no difference" in many["remarks"][0].replace("\n", " ")
    assert "within its error" not in json.dumps(one["remarks"])
    for other in many["answer"]["verdict"]["others"]:
        costs = other["costs_more"]
        assert costs["differs"] == (abs(costs["mean"]) > 2 * costs["se"])


def test_a_comparison_is_that_of_the_library(served: Served) -> None:
    answer = answer_of(served.results["compare"])["answer"]
    right = simulator.compare(simulator.load(UNEVEN, FEW)).to_dict()
    assert answer["contributions"] == right["contributions"]
    assert [one["total"]["box_2a"] for one in answer["policies"]] == [
        one["total"]["box_2a"] for one in right["policies"]
    ]
    assert answer["verdict"]["best"] == right["verdict"]["best"]
    assert "years" not in answer["policies"][0]


def test_the_other_answers_are_those_of_the_library(served: Served) -> None:
    emily = simulator.load(EMILY)
    answers = {name: answer_of(result)["answer"] for name, result in served.results.items()}
    paid = simulator.paychecks(emily)["after_tax"]
    assert [one["after_tax"] for one in answers["payroll"]["paychecks"]] == list(paid)
    (form,) = answers["form"]["forms"]
    assert form["box_2a"]["mean"] == simulator.compare(emily)["year-end"]["box_2a"]["mean"]
    swept = simulator.sweep(emily, "year-end", vary="returns.annual_return", values=["3%", "7%"])
    assert answers["sweep"]["points"] == json.loads(json.dumps(swept.to_dict()["points"]))
    best = simulator.best(simulator.load(CALLS["best"]["file"]))
    assert answers["best"]["dates"] == [str(day) for day in best.dates]
    elected = simulator.elect(simulator.load(CALLS["elect"]["file"]), "2025-08-01")
    assert answers["elect"]["elections"] == elected.elections
    asked = CALLS["audit"]
    audited = simulator.audit(simulator.load(asked["file"]), asked["form_file"])
    assert answers["audit"]["forms"] == audited.to_dict()
    posted = simulator.ledger(emily, "monthly")
    assert [one["value_after"] for one in answers["explain"]["postings"]] == list(
        posted["value_after"]
    )
    converted = [one for one in answers["remind"]["reminders"] if one["kind"] == "convert"]
    assert len(converted) == 12
    (limits,) = answers["limits"]["limits"]
    assert limits["annual_additions"] == 70_000  # Notice 2024-80


def record_of(name: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers, with what stands beside it."""
    return answer_of(result(name, arguments))


def test_parts_and_choices_of_an_answer_are_those_of_the_library() -> None:
    """The years of a policy; a delay, and two fields at once; what is posted in one year."""
    emily = simulator.load(EMILY)
    compared = record_of("compare", file=EMILY, by_year=True)["answer"]["policies"]
    assert compared[0]["years"] == simulator.compare(emily).to_dict()["policies"][0]["years"]
    swept = record_of("sweep", file=EMILY, policy="year-end", delay="0:30:30")["answer"]
    delayed = simulator.sweep(emily, "year-end", delay=[0, 30]).to_dict()
    assert swept["points"] == json.loads(json.dumps(delayed["points"]))
    vary = ["returns.annual_return=3%,7%", "pay.salary=150_000,200_000"]
    grid = record_of("sweep", file=EMILY, policy="year-end", vary=vary)["answer"]
    assert "709.49" in json.dumps(grid), "7% and 200,000, as scenarios/emily.yaml says"
    late = {"file": EMILY, "policy": "per-paycheck+30d"}
    posted = record_of("explain", **late, year=2026)["answer"]["postings"]
    assert {one["date"][:4] for one in posted} == {"2026"}
    assert len(posted) < len(record_of("explain", **late)["answer"]["postings"])


def test_the_sources_of_an_income_tax_are_its_tables() -> None:
    """Source: Rev. Proc. 2024-40, section 2, for 2025."""
    couple = str(SCENARIOS / "california-couple.yaml")
    sources = record_of("compare", file=couple)["sources"]
    of_tax = [one for one in sources if one["of"] == "income tax" and one["year"] == 2025]
    assert [one["source"].partition(";")[0] for one in of_tax] == ["Rev. Proc. 2024-40"]


def test_calls_at_once_are_all_answered_alike(served: Served) -> None:
    first, *others = map(answer_of, served.together)
    assert len(others) == 2
    assert all(other == first for other in others)


def test_nothing_is_written(served: Served) -> None:
    assert served.left == []


def test_without_the_extra_it_is_named(main: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    done = main("mcp")
    assert done.status == 2
    assert done.stderr == "this needs the extra mcp: pip install 'mbdr-simulator[mcp]'\n"


def test_the_transcript_of_the_docs_is_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call begins with `->`, what is answered with `<-`: a part of the answer, which is compared."""
    monkeypatch.chdir(ROOT)
    page = Path("docs", "assistants.md").read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith(("-> ", "<- "))]
    assert len(lines) >= 6
    for call, told in zip(lines[::2], lines[1::2], strict=True):
        name, _, arguments = call.removeprefix("-> ").partition(" ")
        found = result(name, json.loads(arguments))
        assert _is_part(json.loads(told.removeprefix("<- ")), found.structured_content), call


def _is_part(part: Any, whole: Any) -> bool:
    """Whether a record holds a part of it; of a list the first entries."""
    if isinstance(part, dict):
        return all(name in whole and _is_part(value, whole[name]) for name, value in part.items())
    if isinstance(part, list):
        return all(_is_part(*pair) for pair in zip(part, whole, strict=False)) and len(part) <= len(
            whole
        )
    return bool(part == whole)
