"""The sheet of Form 1099-R: boxes where one looks for them, with the simulated amounts."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from matplotlib.text import Text

from simulator import compare, load
from simulator.cli import cli
from simulator.report.form_boxes import COLUMNS, MARK, ROWS, Box, form_boxes, form_words
from simulator.report.pictures import form_picture

EMILY = Path(__file__).parents[2] / "scenarios" / "emily.yaml"


def records(*settings: str, policy: str = "year-end") -> list[dict[str, Any]]:
    comparison = compare(load(EMILY, settings))
    return list(comparison.form_records(comparison.result(policy)))


def boxes(*settings: str) -> dict[str, Box]:
    return {box.title: box for box in form_boxes(records(*settings)[0], "Emily")}


def form(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["form", str(EMILY), *map(str, arguments)])


def test_the_boxes_cover_the_sheet_and_none_covers_another() -> None:
    covered = [
        (row, column)
        for box in boxes().values()
        for row in range(box.row, box.row + box.down)
        for column in range(box.column, box.column + box.across)
    ]
    assert sorted(covered) == [
        (row, column) for row in range(1, ROWS + 1) for column in range(1, COLUMNS + 1)
    ]


def test_the_boxes_hold_the_forms_amounts() -> None:
    """Emily's year-end form: scenarios/emily.yaml."""
    sheet = boxes()
    assert sheet["1 Gross distribution"].value == "$20,709.49"
    assert sheet["2a Taxable amount"].value == "$709.49"
    assert sheet["5 Employee contributions/Designated Roth contributions"].value == "$20,000.00"
    assert sheet["7 Distribution code(s)"].value == "G"
    assert sheet["Form 1040, line 5a"].value == "$20,709"
    assert sheet["Form 1040, line 5b (taxable)"].value == "$709"
    assert sheet["4 Federal income tax withheld"].value == ""


@pytest.mark.parametrize(
    ("client", "recipient"),
    [("{name: Emily Baker, date: 2026-01-15}", "Emily Baker"), ("{prepared_by: A. Adviser}", "")],
)
def test_the_recipient_is_the_client_by_name_or_nobody(client: str, recipient: str) -> None:
    """A scenario's name is a story in a line, and no person."""
    asked = load(EMILY, [f"client={client}"])
    drawn = form_boxes(records()[0], asked.recipient)
    assert {box.title: box for box in drawn}["RECIPIENT'S name"].value == recipient
    assert load(EMILY).recipient == ""


def test_over_many_paths_a_box_says_where_nine_in_ten_lie() -> None:
    sheet = boxes("returns.model=lognormal", "returns.volatility=16%", "returns.paths=1024")
    taxable = sheet["2a Taxable amount"]
    assert taxable.value.startswith("$1,")
    assert taxable.spread.startswith("90%: 0 to ")
    assert sheet["5 Employee contributions/Designated Roth contributions"].value.startswith("$")


def test_a_form_is_told_in_one_sentence() -> None:
    assert form_words(records()[0]) == (
        "Simulated Form 1099-R of 2025, policy year-end: Box 1 $20,709.49, Box 2a $709.49, "
        "Box 5 $20,000.00, Box 7 code G."
    )


@pytest.mark.parametrize("name", ["Emily", "W" * 500, "two\nlines $x_{ <b>", "\u202e退職"])
def test_no_text_of_the_picture_covers_another_or_leaves_the_page(name: str) -> None:
    many = ("returns.model=lognormal", "returns.paths=64", "pay.salary=340_000")
    figure = form_picture(records(*many), name)
    figure.draw_without_rendering()
    shown = [
        (text.get_text(), text.get_window_extent())
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_text() not in ("", MARK)
    ]
    assert len(shown) > 20
    for words, box in shown:
        assert box.x0 >= 0 and box.x1 <= figure.bbox.x1, words
        assert box.y0 >= 0 and box.y1 <= figure.bbox.y1, words
    for (one, box), (other, over) in combinations(shown, 2):
        assert not box.overlaps(over), f"{one!r} covers {other!r}"


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_form_draws_where_the_ending_is_that_of_a_picture(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"form{suffix}"
    done = form("--policy", "per-paycheck+30d", "-o", file)
    assert done.exit_code == 0, done.output
    start = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}[suffix]
    assert file.read_bytes().startswith(start)


def test_another_ending_gets_the_table(tmp_path: Path) -> None:
    form("-o", tmp_path / "form.txt")
    assert "20,709.49" in (tmp_path / "form.txt").read_text("utf-8")


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    file = tmp_path / "form.svg"
    none = form("-o", file, "--set", "plan.conversion.allowed=false")
    many = form("-o", file, "--set", "years=2025-2030", "--set", "limits.inflation=2%")
    assert "emily.yaml: there are no forms to draw" in none.output
    assert "forms are too many for a picture; add --policy or --year" in many.output
    assert not file.exists()
