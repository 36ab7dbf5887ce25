"""Forms that came: how they are read, what is refused, and what the command says."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import simulator
from simulator.cli import cli
from simulator.law.issuer_errors import issuer_errors
from simulator.notation.mistakes import Mistakes
from simulator.refusal import Refused
from simulator.scenario.scenario import Scenario
from tests.audits import FOUR_IN, FOUR_OUT, asked, form, only
from tests.reference.slow_audit import slow_boxes, slow_forms

SHIPPED = Path(__file__).parents[2] / "scenarios"


@pytest.fixture
def four(tmp_path: Path) -> Scenario:
    """Four deposits of 5,000.00, each converted in full."""
    return asked(tmp_path, FOUR_IN, FOUR_OUT)


TEXTS = {
    "form.yaml": "- {year: 2025, box_1: 20073.45, box_2a: 100, box_5: '19,973.45', box_7: G, box_7b: x}",
    "form.json": '{"forms": [{"year": 2025, "box_1": 20073.45, "box_2a": 100.00, "box_5": 19973.45, '
    '"box_7": "G", "box_7b": ""}]}',
    "form.csv": 'Year,Box 1,Box 2a,Box 5,Box 7,Box 7b\n2025,"$20,073.45",100,19973.45,g,\n',
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_form_is_read_from_each_kind_of_file(four: Scenario, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXTS[name])
    found = simulator.audit(four, tmp_path / name)
    assert only(found).compared.finding is None
    assert found.warnings == ("the form's box_7b is not read",)


WRONG: list[tuple[Any, str]] = [
    ({"year": 2025, "box_7": "G"}, "needs box_1 for 2025"),
    ({"year": 2025, "box_1": 5}, "needs box_7 for 2025, the code; write for example box_7: G"),
    ({"box_1": 5, "box_7": "G"}, "needs the year of each form; write for example year: 2025"),
    ([], "there is no form; write year, box_1, box_2a, box_5 and box_7"),
    (5, "this is not a list of forms"),
    (form(box_1="many"), "box_1 for 2025: this is no amount of dollars"),
    (form(box_1=-5), "box_1 for 2025 is below 0"),
    (form(box_1=5, bx_2a=5), "'bx_2a' is no box"),
]


@pytest.mark.parametrize(("forms", "words"), WRONG)
def test_a_form_that_cannot_be_read_is_refused(four: Scenario, forms: Any, words: str) -> None:
    with pytest.raises(Refused) as wrong:
        simulator.audit(four, forms)
    assert wrong.value.words.startswith(words)
    assert wrong.value.argument == "form"


def test_what_is_not_there_is_said(four: Scenario, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"2024: there are forms for 2025"):
        simulator.audit(four, form(box_1=1), year=2024)
    with pytest.raises(Refused, match="audit: needs conversions"):
        simulator.audit(four.varied(conversions=None), form(box_1=1))
    refund = asked(tmp_path, "2025-02-03,5000", "2025-03-03,500,refund", ",to")
    with pytest.raises(Mistakes, match=r"out\.csv:2: a refund needs the contributions in it"):
        simulator.audit(refund, form(box_1=1))
    late = asked(tmp_path, "2025-02-03,5000", "2029-03-03,500")
    with pytest.raises(Mistakes, match=r"out\.csv:2: 2029-03-03 is outside the years"):
        simulator.audit(late, form(box_1=1))


def test_the_command_answers_whether_or_not_the_form_is_right(tmp_path: Path) -> None:
    scenario, printed = SHIPPED / "is-my-form-right.yaml", SHIPPED / "data" / "form-2025.csv"
    letter = tmp_path / "letter.txt"
    told = CliRunner().invoke(
        cli, ["audit", str(scenario), "--form", str(printed), "--letter", str(letter)]
    )
    assert told.exit_code == 0
    assert "E1, earnings left untaxed" in told.output
    assert "800-829-1040" in told.output
    assert "line 5b" in told.output
    lines = [line.split() for line in letter.read_text().splitlines()]
    assert ["Box", "2a", "0.00", "168.05"] in lines
    answered = CliRunner().invoke(
        cli, ["audit", str(scenario), "--form", str(printed), "--format", "json"]
    )
    (record,) = json.loads(answered.stdout)
    assert record["expected"]["carry-forward"] == {
        "box_1": 22631.15,
        "box_2a": 168.05,
        "box_5": 22463.10,
    }


def test_every_error_of_the_list_has_its_words() -> None:
    assert list(issuer_errors()) == [f"E{number}" for number in range(1, 12)]
    assert all(all(error) for error in issuer_errors().values())


def test_the_reference_knows_the_example_by_hand() -> None:
    """The generated forms of `test_generated_forms` rest on it."""
    paid = [(date(2025, 2, 3), 10_000_00), (date(2026, 2, 3), 10_000_00)]
    made = [(date(2025, 3, 3), 6_000_00, 10_432_10), (date(2026, 3, 3), 14_800_00, 14_800_00)]
    assert slow_forms(slow_boxes(paid, made, "carry-forward")) == {
        2025: (6_000_00, 248_52, 5_751_48),
        2026: (14_800_00, 551_48, 14_248_52),
    }


def test_no_letter_is_written_where_every_form_is_right(tmp_path: Path) -> None:
    asked(tmp_path, FOUR_IN, FOUR_OUT)
    text = "name: A\nyears: 2025\nbirth_year: 1980\ndeposits: in.csv\nconversions: out.csv\n"
    (tmp_path / "a.yaml").write_text(text)
    printed = form(box_1=20073.45, box_2a=100, box_5=19973.45)
    (tmp_path / "form.json").write_text(json.dumps([printed]))
    words = ["audit", str(tmp_path / "a.yaml"), "--form", str(tmp_path / "form.json")]
    done = CliRunner().invoke(cli, [*words, "--letter", str(tmp_path / "letter.txt")])
    assert done.exit_code == 0
    assert "every form is right" in done.stderr
    assert "800-829-1040" not in done.stdout
    assert not (tmp_path / "letter.txt").exists()
