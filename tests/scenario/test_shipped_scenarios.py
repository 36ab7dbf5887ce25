"""The shipped scenarios: each runs, says where its figures come from, and fits the schema that it names."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from ruamel.yaml import YAML

from simulator.answer.comparison import Comparison
from simulator.report.tables.answer import comparison_tables
from simulator.report.terminal import text
from simulator.scenario.loading import load
from simulator.simulation import compare

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))

pytestmark = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def as_an_editor_reads(value: Any) -> Any:
    """Dates are texts to a JSON schema, and keys always are."""
    if isinstance(value, dict):
        return {str(key): as_an_editor_reads(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_an_editor_reads(below) for below in value]
    return str(value) if isinstance(value, date) else value


@pytest.fixture(scope="module")
def fits() -> Validator:
    """What an editor holds a scenario to."""
    schema = json.loads((FOLDER / "scenario.schema.json").read_text(encoding="utf-8"))
    made = validator_for(schema)
    made.check_schema(schema)
    return made(schema)


def test_a_scenario_fits_the_schema_that_its_first_line_names(file: Path, fits: Validator) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    fits.validate(as_an_editor_reads(YAML(typ="safe").load(text)))


def test_a_scenario_says_where_its_figures_come_from(file: Path) -> None:
    assert len(load(file).notes) > 80


@cache
def answered(file: Path) -> Comparison:
    """A scenario's answer, on few paths."""
    return compare(load(file, ["returns.paths=64"]))


def test_every_form_of_a_scenario_adds_up(file: Path) -> None:
    """Box 1 = Box 2a + Box 5, and in a split rollover the earnings sent on."""
    for result in answered(file).results:
        for year in result.outcome.years.values():
            total = year.box_2a + year.box_5 + year.ira
            assert (year.box_1 == total) if isinstance(total, int) else (year.box_1 == total).all()


def test_a_first_answer_is_one_screen_with_the_verdict_first_and_tax_before_box_2a(
    file: Path,
) -> None:
    """What to do is read within half a minute, at two hundred words a minute."""
    comparison = answered(file)
    (table,) = comparison_tables(comparison)
    assert len(text([table], 80).splitlines()) <= 24
    said = comparison.headlines
    assert table.lead and table.lead[: len(said)] == said
    assert len(" ".join((table.title, *table.lead)).split()) <= 100
    headers = [column.header for column in table.columns]
    taxed = comparison.scenario.taxes is not None
    (told, *_), (earned, *_) = headers[2:], [one for one in headers if one.startswith("Box 2a")]
    assert headers[:2] == ["Policy", "Conversions"]
    assert headers.index("Tax") < headers.index(earned) if taxed else told == earned


def test_the_readme_lists_the_scenario(file: Path) -> None:
    assert f"]({file.name})" in (FOLDER / "README.md").read_text(encoding="utf-8")
