"""A workbook has the figures of the JSON, as numbers, shares and days, and runs nothing.

Read back by openpyxl; what it does not read is read from the XML. How a cell stands there is told by
ECMA-376, part 1: an inline text has the type `inlineStr` (18.18.11), a formula is an element `f` (18.3.1.40).
"""

import json
import re
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

import simulator
from simulator.answer.comparison_records import flat
from simulator.answer.workbook import (
    DOLLARS,
    MEASURED,
    MOST_LETTERS,
    MOST_ROWS,
    SHARE,
    Sheet,
    Shown,
    demand_room,
    write_workbook,
)
from simulator.files.whole import written
from simulator.refusal import Refused
from tests.commands import ROOT, Run
from tests.documents import emily, lognormal

SCENARIOS = ROOT / "scenarios"
Rows = list[dict[str, Any]]


def tables(content: bytes | Path) -> dict[str, Rows]:
    """Each sheet's rows by the names of its header; days as days, without what is empty."""
    book = load_workbook(BytesIO(content) if isinstance(content, bytes) else content)
    found = {}
    for page in book:
        header, *rows = page.iter_rows(values_only=True)
        found[page.title] = [
            {
                str(name): value.date() if isinstance(value, datetime) else value
                for name, value in zip(header, row, strict=True)
                if value is not None
            }
            for row in rows
        ]
    return found


def told(record: dict[str, Any]) -> dict[str, Any]:
    """A record of the JSON as a row has it: flat, days as days, without what is null or a list."""
    return {
        name: _as_a_cell(value)
        for name, value in flat(record)
        if value is not None and not isinstance(value, list)
    }


def _as_a_cell(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.16g}")  # as many digits as a workbook keeps
    day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return date.fromisoformat(value) if day else value


def sheet_of(*rows: list[Any], header: tuple[str, ...] = ("a", "b")) -> bytes:
    out = BytesIO()
    write_workbook(out, [Sheet("one", header, list(rows))])
    return out.getvalue()


def test_a_comparison_has_every_figure_of_its_json() -> None:
    comparison = simulator.compare(
        lognormal(
            "taxes={status: single, wages: 200_000, state: CA}", "wealth={outside_return: 4%}"
        )
    )
    found, answer = tables(simulator.workbook(comparison)), comparison.to_dict()
    for name in ("contributions", "tax_base", "baselines"):
        rows = [told(record) for record in answer[name]]
        assert found[name.replace("_", " ")] == rows
    assert found["costs more"] == [told(record) for record in answer["verdict"]["others"]]
    totals = [told(one | one.pop("total")) for one in comparison.to_dict()["policies"]]
    assert found["policies"] == totals
    years = [told(year) for one in answer["policies"] for year in one["years"]]
    assert [dict(list(row.items())[3:]) for row in found["years"]] == years
    assert {row["policy"] for row in found["forms"]} == {
        one["policy"] for one in answer["policies"]
    }
    about = {row["what"]: row.get("value") for row in found["about"]}
    assert about["simulator_paths"] == 600
    assert about["scenario_sha256"] == answer["scenario"]["sha256"]
    verdict = {row["what"]: row.get("value") for row in found["verdict"]}
    assert verdict["best"] == answer["verdict"]["best"]
    assert verdict["saves_mean"] == answer["verdict"]["saves"]["mean"]
    assert verdict["first"] == date.fromisoformat(answer["verdict"]["first"])
    assert str(verdict["sentences"]).split("\n") == answer["verdict"]["sentences"]
    _the_first_sheet_is_the_answer(simulator.workbook(comparison), answer)


def _the_first_sheet_is_the_answer(content: bytes, answer: dict[str, Any]) -> None:
    """What to do, then a row for each policy; what the figures rest on stands behind all others."""
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    assert (page.title, *book.sheetnames[-3:]) == ("comparison", "verdict", "assumed", "about")
    title, lead, *rows = (row for row in page.iter_rows(values_only=True) if any(row))
    assert title[0] == f"{answer['scenario']['name']} (2025)"
    assert lead[0] in answer["verdict"]["sentences"]
    header = next(place for place, row in enumerate(rows) if row[0] == "Policy")
    assert page.freeze_panes == f"A{page.max_row - len(rows[header:]) + 2}"
    costs = {one["policy"]: one["costs_more"]["mean"] for one in answer["verdict"]["others"]}
    for policy, row in zip(answer["policies"], rows[header + 1 :], strict=True):
        told = dict(zip(map(str, rows[header]), row, strict=True))
        assert told["Policy"] == policy["policy"]
        assert told["Conversions"] == policy["total"]["conversions"]
        assert told["Box 2a mean"] == policy["total"]["box_2a"]["mean"]
        assert told["Tax"] == policy["total"]["tax"]["mean"]
        assert told["Costs more (tax)"] == costs.get(policy["policy"], 0)


@pytest.mark.parametrize(
    ("arguments", "sheet"),
    [
        (["payroll", "emily.yaml"], "payroll"),
        (["ledger", "emily.yaml", "--policy", "monthly"], "ledger"),
        (["form", "emily.yaml"], "form"),
        (["sweep", "emily.yaml", "--delay", "0:30:10"], "sweep"),
        (["remind", "emily.yaml", "--policy", "monthly"], "remind"),
        (["check", "emily.yaml"], "check"),
        (["limits", "2024", "2025"], "limits"),
    ],
)
def test_a_command_writes_its_json_into_a_workbook(
    arguments: list[str], sheet: str, main: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SCENARIOS)
    answer = json.loads(main(*arguments, "--format", "json").stdout)
    assert main(*arguments, "-o", tmp_path / "answer.xlsx").status == 0
    rows = answer["points"] if isinstance(answer, dict) else answer
    for row in rows:
        row.pop("income_tax", None)
    assert tables(tmp_path / "answer.xlsx")[sheet] == [told(row) for row in rows]


def test_elections_shares_and_steps_are_numbers(main: Run, tmp_path: Path) -> None:
    file = SCENARIOS / "elect-in-july.yaml"
    assert main("elect", file, "-o", tmp_path / "elect.xlsx").status == 0
    page = load_workbook(tmp_path / "elect.xlsx")["elect"]
    cells = {str(row[0].value): row[1] for row in page.iter_rows(min_row=2)}
    answer = simulator.elect(simulator.load(file)).to_dict()
    percent = float(answer["elections"]["pre_tax"].removesuffix("%"))
    assert cells["elections_pre_tax"].value == pytest.approx(percent / 100)
    assert cells["elections_pre_tax"].number_format == SHARE
    assert cells["withheld"].number_format == SHARE
    assert cells["least_take_home"].value == answer["least_take_home"]
    assert cells["least_take_home"].number_format == DOLLARS


def test_a_swept_share_is_a_share_and_a_swept_salary_a_number() -> None:
    salary = simulator.sweep(emily(), vary="pay.salary", values=["$100_000", "150_000"])
    shares = simulator.sweep(emily(), vary="plan.nonelective", values=["0%", "2.5%"])
    assert [row["value"] for row in tables(simulator.workbook(salary))["sweep"]] == [
        100_000,
        150_000,
    ]
    assert [row["value"] for row in tables(simulator.workbook(shares))["sweep"]] == [0, 0.025]


def test_best_dates_and_an_audit_have_their_tables() -> None:
    best = simulator.best(emily("taxes.federal=24%"), max_per_year=2)
    found = tables(simulator.workbook(best))
    assert [row["date"] for row in found["dates"]] == list(best.dates)
    assert found["costs more"] == [told(row) for row in best.to_dict()["others"]]
    asked = simulator.load(SCENARIOS / "is-my-form-right.yaml")
    audit = simulator.audit(asked, SCENARIOS / "data" / "form-2025.csv")
    (row,) = tables(simulator.workbook(audit))["forms"]
    assert row["received_box_1"] == audit.to_dict()[0]["received"]["box_1"]


def test_the_header_is_bold_and_stays_and_columns_are_as_wide_as_their_cells() -> None:
    content = sheet_of([Shown(1234567.5, DOLLARS), "a rather long text"], ["x" * 500, None])
    page = load_workbook(BytesIO(content))["one"]
    assert page.freeze_panes == "A2"
    assert [cell.font.bold for cell in page[1]] == [True, True]
    assert not page["A2"].font.bold
    widths = {name: one.width for name, one in page.column_dimensions.items()}
    assert widths["A"] == 60 + 2  # the most that a column shows
    assert widths["B"] == len("a rather long text") + 2


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(A1)", "#N/A", "\t=1"]
)
def test_a_text_stays_a_text_whatever_it_begins_with(words: str) -> None:
    content = sheet_of([words, 1])
    cell = load_workbook(BytesIO(content))["one"]["A2"]
    assert (cell.value, cell.data_type) == (words.replace("\t", " "), "s")
    assert cell.quotePrefix  # so it stays one where somebody edits it
    with ZipFile(BytesIO(content)) as packed:
        xml = packed.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="A2"[^>]* t="inlineStr"', xml)
    assert "<f" not in xml.replace("<font", "")


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("_x003D_1", "_x005F_x003D_1"),  # ECMA-376, 22.9.2.19: would be read as =1
        ("a\x00b\x1b[31m\u202ec", "ab[31mc"),
        ("one\ntwo", "one\ntwo"),
        ("\udcff", "\N{REPLACEMENT CHARACTER}"),
        ("😀é", "😀é"),
    ],
)
def test_letters_that_no_cell_can_hold_are_told_otherwise(words: str, there: str) -> None:
    assert load_workbook(BytesIO(sheet_of([words, 1])))["one"]["A2"].value == there


def test_a_text_that_is_too_long_for_a_cell_says_that_it_goes_on() -> None:
    found = load_workbook(BytesIO(sheet_of(["x" * 40_000, 1])))["one"]["A2"].value
    assert isinstance(found, str)
    assert (len(found), found[-1]) == (MOST_LETTERS, "…")


class Row(list[Any]):
    """A row that counts how many there are."""

    alive = most = 0

    def __init__(self, values: list[Any]) -> None:
        super().__init__(values)
        Row.alive += 1
        Row.most = max(Row.most, Row.alive)

    def __del__(self) -> None:
        Row.alive -= 1


def test_rows_are_written_as_they_come(tmp_path: Path) -> None:
    rows = (Row([place, "x"]) for place in range(4 * MEASURED))
    with (tmp_path / "big.xlsx").open("wb") as out:
        write_workbook(out, [Sheet("one", ("a", "b"), rows)])
    assert Row.most <= MEASURED + 2
    page = load_workbook(tmp_path / "big.xlsx", read_only=True)["one"]
    assert sum(1 for _ in page.iter_rows()) == 4 * MEASURED + 1


def test_a_workbook_that_is_broken_off_leaves_what_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows() -> Iterator[list[Any]]:
        yield from ([place, "x"] for place in range(2 * MEASURED))
        raise KeyboardInterrupt

    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    file = tmp_path / "answer.xlsx"
    file.write_bytes(b"as it was")
    with pytest.raises(KeyboardInterrupt), written(file) as out:
        write_workbook(out, [Sheet("one", ("a", "b"), rows())])
    assert file.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["answer.xlsx", "aside"]


def test_a_table_that_no_sheet_holds_is_refused() -> None:
    demand_room("results", MOST_ROWS - 1, 10)
    with pytest.raises(
        Refused, match=r"^results: 1,048,576 rows .* end the file in \.csv or \.parq"
    ):
        demand_room("results", MOST_ROWS, 10)
    with pytest.raises(Refused, match="16,385 columns"):
        demand_room("results", 1, 16_385)


@pytest.mark.parametrize("command", ["compare", "payroll", "sweep", "best"])
def test_without_the_extra_it_is_named_before_anything_is_worked_out(
    command: str, main: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    more = ["--delay", "0:1:1"] if command == "sweep" else []
    done = main(command, SCENARIOS / "emily.yaml", *more, "-o", tmp_path / "x.xlsx")
    assert (done.status, done.stdout) == (2, "")
    assert "needs the extra excel: pip install 'mbdr-simulator[excel]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_format_beside_the_ending_of_a_workbook_is_refused(main: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    done = main("compare", SCENARIOS / "emily.yaml", "-o", file, "--format", "json")
    assert done.status == 2
    assert "--format json says nothing to a workbook" in done.stderr


def test_what_has_no_tables_is_refused_in_a_line() -> None:
    with pytest.raises(
        Refused, match=r"^an answer of type Scenario has no workbook; give a comparison"
    ):
        simulator.workbook(emily())  # type: ignore[arg-type]
