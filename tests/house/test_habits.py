"""The habits hold together: the hooks before a commit, and the pages of decisions."""

import re
import shlex
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from simulator.notation.yaml_document import document
from tests.cases import CASES

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-config.yaml"
DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted(page.name for page in DECISIONS.glob("*.md") if page.name != "README.md")


def test_every_hook_is_local_and_fetches_nothing() -> None:
    repositories = document(HOOKS.read_bytes(), HOOKS.name).data["repos"]
    assert [one["repo"] for one in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert not [hook["id"] for hook in hooks if "additional_dependencies" in hook]


def test_the_files_that_a_hook_names_are_there() -> None:
    hooks = document(HOOKS.read_bytes(), HOOKS.name).data["repos"][0]["hooks"]
    named = [word for hook in hooks for word in shlex.split(hook["entry"]) if word.endswith(".py")]
    assert len(named) >= 3
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_files_that_a_contributor_is_sent_to_are_there() -> None:
    """NAME stands for a file to come."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rooms = "|".join(("simulator", "tests", "docs", "benchmarks", "scenarios"))
    named = re.findall(rf"`((?:{rooms})/[\w./]+)`", text)
    assert len(named) >= 40
    assert [name for name in named if "NAME" not in name and not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_decision_says_what_against_what_and_at_which_price(page: str) -> None:
    text = (DECISIONS / page).read_text("utf-8")
    parts = re.findall(r"\*\*(Decided|Against|Measured|Price)", text)
    assert list(dict.fromkeys(parts)) == ["Decided", "Against", "Measured", "Price"]


@pytest.mark.parametrize("page", PAGES)
def test_a_decision_is_in_the_index(page: str) -> None:
    """The site has every page of docs/; its navigation is for users."""
    assert f"]({page})" in (DECISIONS / "README.md").read_text("utf-8")


def test_every_example_has_a_name_of_its_own_and_a_source() -> None:
    reader = YAML(typ="safe", pure=True)
    examples = [case for file in sorted(CASES.glob("*.yaml")) for case in reader.load(file)]
    assert len({case["name"] for case in examples}) == len(examples)
    assert all(case["source"] for case in examples)
