"""The generated parts of the docs are up to date: `python docs/generate.py` changes nothing."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.law.limits import published
from simulator.scenario.loading import json_schema

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("batch.md", "law.md", "scenario.md")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages as they would be generated now."""
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, str(DOCS / "generate.py"), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_it_would_be_generated_now(page: str, written: Path) -> None:
    """If not: run `python docs/generate.py`."""
    assert (DOCS / page).read_text("utf-8") == (written / page).read_text("utf-8")


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every class in the JSON Schema."""
    for told in [schema, *schema["$defs"].values()]:
        for shape in [told, *told.get("anyOf", [])]:
            yield from shape.get("properties", {}).items()


def test_every_field_of_the_schema_is_described_in_the_reference() -> None:
    """With its meaning, but for a unit that `dollars` says and for what has a section of its own; once."""
    page = (DOCS / "scenario.md").read_text("utf-8")
    told = set(re.findall(r"^\* `(\w+)`: .+?\. (.+)$", page, re.M))
    sections = set(re.findall(r"^\* `(\w+)`: \[(?:map|list)\]\(#[\w-]+\)", page, re.M))
    assert len(told) > 100
    for name, field in fields(json_schema()):
        assert field.get("description"), name
        if name not in {"model", *sections}:
            assert (name, field["description"].removesuffix(" [$]")) in told, name


def test_every_field_of_the_reference_says_how_it_is_written() -> None:
    page = (DOCS / "scenario.md").read_text("utf-8")
    rows = re.findall(r"^\* `(\w+)`: (.*)$", page, re.M)
    notation = (
        r"share|dollars|date|years|flag|text|(whole )?number|file name|columns|list|\[|\*?`|as in"
    )
    assert len(rows) > 100
    assert [name for name, told in rows if not re.match(notation, told)] == []
    shared = re.findall(r"^\* (?:`\w+`, )*`\w+`: as in \[.*\]\(#(.*)\)\.$", page, re.M)
    headings = {
        re.sub(r"[^\w-]", "", one.lower().replace(" ", "-"))
        for one in re.findall(r"^## (.*)$", page, re.M)
    }
    assert len(shared) >= 8
    assert set(shared) <= headings


def test_the_law_names_the_notice_of_every_published_year() -> None:
    page = (DOCS / "law.md").read_text("utf-8")
    for year, limits in published().items():
        assert f"{year}: {limits.source}" in page
