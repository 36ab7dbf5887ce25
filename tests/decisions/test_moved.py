"""Answers as contracts: which figure moved, and whether the file, the law or the program did it.

What is expected is an answer that is changed by hand in one place.
"""

import json
import shlex
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from simulator import compare, moved
from simulator.answer.comparison import Comparison
from simulator.notation.yaml_document import document
from tests.commands import ROOT, Run
from tests.documents import emily

Answer = dict[str, Any]
EMILY = ROOT / "scenarios" / "emily.yaml"


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(emily("taxes.federal=24%"))


@pytest.fixture
def answer(comparison: Comparison) -> Answer:
    return deepcopy(comparison.to_dict())


def test_an_answer_is_as_it_was(comparison: Comparison, answer: Answer) -> None:
    found = moved(comparison, answer)
    assert (found.figures, dict(found.changed)) == ((), {})
    assert found.compared > 400
    assert found.sentences == [f"All {found.compared} figures are as expected."]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda one: one["contributions"][0].update(after_tax=1.0), "contributions.2025.after_tax"),
        (
            lambda one: one["policies"][1]["years"][0]["box_2a"].update(mean=0.5),
            "policies.monthly.years.2025.box_2a.mean",
        ),
        (lambda one: one["verdict"].update(best="never"), "verdict.best"),
        (lambda one: one["verdict"]["saves"].update(mean=0), "verdict.saves.mean"),
        (lambda one: one["verdict"]["next"].append("2025-02-14"), "verdict.next.2"),
        (
            lambda one: one["contributions"][0].update(paychecks=True),
            "contributions.2025.paychecks",
        ),
        (lambda one: one["policies"][0].update(gone=1), "policies.per-paycheck.gone"),
    ],
)
def test_the_figure_that_moved_is_named(
    comparison: Comparison,
    answer: Answer,
    change: Callable[[Answer], None],
    path: str,
) -> None:
    change(answer)
    found = moved(comparison, answer)
    assert path in [figure.path for figure in found.figures]
    assert len(found.figures) <= 2
    assert "the program was changed under its version, or a library" in found.sentences[1]


def test_what_moved_is_told_with_what_it_was(comparison: Comparison, answer: Answer) -> None:
    year = answer["contributions"][0]
    year["gross"] -= 100
    (figure,) = moved(comparison, answer).figures
    assert (figure.expected, figure.now) == (year["gross"], year["gross"] + 100)
    assert figure.difference == 100


def test_a_part_of_an_answer_is_enough_and_what_it_leaves_out_is_not_asked(
    comparison: Comparison, answer: Answer
) -> None:
    part = {"policies": [{"policy": "monthly", "total": answer["policies"][1]["total"]}]}
    assert moved(comparison, part).figures == ()
    part["policies"][0]["total"]["box_1"]["mean"] += 1
    found = moved(comparison, part)
    assert found.sentences[1].startswith("The expected answer does not say what it was made of")


@pytest.mark.parametrize(
    ("change", "cause", "words"),
    [
        (lambda one: one["scenario"].update(sha256="0" * 64), "file", "The scenario file did it."),
        (
            lambda one: one["scenario"].update(settings=["pay.salary=1"]),
            "settings",
            "What overrides the file (--set) did it.",
        ),
        (
            lambda one: one["simulator"]["law"].update(sha256="0" * 64),
            "law",
            "The law's tables did it.",
        ),
        (lambda one: one["simulator"].update(version="0.0.1"), "program", "The program did it."),
        (
            lambda one: one["simulator"].update(paths=9),
            "paths",
            "How many paths were asked for did it.",
        ),
    ],
)
def test_what_changed_beside_the_figure_did_it(
    comparison: Comparison, answer: Answer, change: Callable[[Answer], None], cause: str, words: str
) -> None:
    change(answer)
    found = moved(comparison, answer)
    assert (found.figures, list(found.changed)) == ((), [cause])
    assert found.sentences[1].endswith("; no figure moved by it.")
    answer["contributions"][0]["gross"] += 1
    found = moved(comparison, answer)
    assert found.sentences[1] == words


def test_where_two_changed_both_are_named(comparison: Comparison, answer: Answer) -> None:
    answer["simulator"]["version"] = "0.0.1"
    answer["simulator"]["law"]["sha256"] = "0" * 64
    answer["contributions"][0]["gross"] += 1
    sentences = moved(comparison, answer).sentences
    assert sentences[1] == "The law's tables or the program did it: each changed."
    assert sentences[3] == "The program: was '0.0.1', is '0.1.0'."


def test_other_years_of_the_file_are_no_change_of_the_law(comparison: Comparison) -> None:
    later = compare(emily("taxes.federal=24%", "years=2024-2025")).to_dict()
    assert list(moved(comparison, later).changed) == ["settings"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"nonsense", b'{"policies": NaN}', b'{"policies": -1e999}',
        b"[" * 100_000, b"\xff\xfe", b'"policies"',
        b'{"scenario": {"name": "A"}}', b'{"schema": 1}',
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_a_line(content: bytes, tmp_path: Path, main: Run) -> None:
    file = tmp_path / "answer.json"
    file.write_bytes(content)
    done = main("check", EMILY, "--expect", file)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{file}:")
    assert done.stderr.endswith("write one with mbdr compare SCENARIO -o ANSWER.json\n")


@pytest.mark.parametrize(
    "record",
    [
        {"policies": 1}, {"policies": [1, None, {"policy": []}]}, {"verdict": {"\x1b[31m": "\u202e"}},
        {"scenario": 1, "verdict": {}}, {"simulator": {"law": 1}, "verdict": 1},
        {"simulator": {"law": {"years": ["a", {}], "status": 1}, "version": []}, "verdict": 1},
        {"scenario": {"files": ["a"], "settings": 1, "sha256": None}, "verdict": 1},
        {"scenario": {"files": {"a": 1}}, "verdict": 1}, {"policies": {}}, {"contributions": [[[]]]},
    ],
)  # fmt: skip
def test_an_answer_of_anything_is_compared_all_the_same(
    record: Answer, tmp_path: Path, main: Run
) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(record), "utf-8")
    done = main("check", EMILY, "--expect", file)
    assert done.status in (1, 2)  # never a silent yes
    assert "\x1b" not in done.stdout + done.stderr


def test_the_command_ends_with_1_where_a_figure_moved(main: Run, tmp_path: Path) -> None:
    file = tmp_path / "emily.json"
    assert main("compare", EMILY, "-o", file).status == 0
    same = main("check", EMILY, "--expect", file)
    assert same.status == 0
    assert "figures are as expected." in same.stdout
    more = main("check", EMILY, "--expect", file, "--set", "elections.after_tax=11%")
    assert more.status == 1
    assert "contributions.2025.after_tax" in more.stdout
    assert "What overrides the file (--set) did it." in more.stdout
    told = json.loads(
        main("check", EMILY, "--expect", file, "--set", "years=2026", "--format", "json").stdout
    )
    assert (told["changed"], told["moved"][0]["now"]) == (["settings"], None)


def test_the_answer_is_not_written_over_what_is_expected(main: Run, tmp_path: Path) -> None:
    file = tmp_path / "emily.json"
    main("compare", EMILY, "-o", file)
    assert main("check", EMILY, "--expect", file, "-o", file).status == 2


def test_the_hook_before_a_commit_runs_it(main: Run, tmp_path: Path) -> None:
    """As pre-commit does: the entry, then the arguments of the repository that uses it."""
    manifest = ROOT / ".pre-commit-hooks.yaml"
    (hook,) = document(manifest.read_bytes(), manifest.name).data
    assert {"id", "name", "entry", "language"} <= set(hook)
    main("compare", EMILY, "-o", tmp_path / "emily.json")
    command, *arguments = shlex.split(hook["entry"])
    assert command == "mbdr"
    done = main(*arguments, EMILY, "--expect", tmp_path / "emily.json")
    assert done.status == 0
