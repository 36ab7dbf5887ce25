"""Tables fit the terminal: no line is longer than it is wide, no number is broken, and decimals are alike."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import pytest

from simulator.cli import COMMANDS, cli
from simulator.report.markdown import markdown
from simulator.report.tables.table import TEXT, WORD, Column, Table
from simulator.report.terminal import printed_cells, text
from tests.commands import Run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
ASKED = [
    ["compare", "acp-refund.yaml", "--all"],
    ["compare", "two-conversions-a-year.yaml", "--all", "-v"],
    ["compare", "parked-until-december.yaml", "--all"],
    ["compare", "california-couple.yaml"],
    [
        "compare",
        "worth-it-at-65.yaml",
        "--all",
        "--set",
        "returns.model=lognormal",
        "--paths",
        "64",
    ],
    ["compare", "uneven-year.yaml", "--all", "--paths", "64"],
    ["ledger", "acp-refund.yaml", "--policy", "per-paycheck"],
    ["payroll", "rsu-vest.yaml"],
    ["form", "leaving-in-august.yaml"],
    ["form", "uneven-year.yaml", "--paths", "64"],
    ["check", "emily.yaml"],
    ["remind", "emily.yaml", "--policy", "monthly"],
    ["best", "two-conversions-a-year.yaml"],
    ["elect", "elect-in-july.yaml"],
    ["audit", "is-my-form-right.yaml", "--form", "data/form-2025.csv"],
    ["sweep", "emily.yaml", "--delay", "0:90:30"],
    ["sweep", "uneven-year.yaml", "--delay", "0:90:30", "--paths", "64"],
    ["sweep", "emily.yaml", "--vary", "pay.salary=100_000,200_000", "--vary", "plan.room=reserve"],
    ["read", "data/netbenefits-like.csv", "--as", "deposits"],
    ["read", "data/yahoo-like.csv", "--as", "prices"],
    ["limits"],
]
WIDTHS = 120, 80, 60, 40
NUMBER = re.compile(r"\d[\d,]*\.\d\d\b")
OTHERWISE = {"report", "plot", "export", "batch", "schema", "new", "app"}
"""Commands that answer with a page, a picture, a file, or lines."""

Tables = Callable[..., list[Table]]


@pytest.fixture
def tables(main: Run, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """The tables of a command, before they are drawn."""

    def of(*arguments: object) -> list[Table]:
        kept: list[Table] = []

        def keep(some: Iterable[Table], *_: object) -> str:
            kept.extend(some)
            return ""

        with monkeypatch.context() as patched:
            patched.setattr("simulator.report.terminal.text", keep)
            done = main(*arguments, "-q")
        assert kept, done.stderr
        return kept

    return of


def demand_that_all_fits(some: list[Table]) -> None:
    """At each width no line is longer than it, and each number is one of the widest terminal's.

    Lines to paste are never wrapped.
    """
    pasted = {line for table in some for line in table.paste}
    whole = set(NUMBER.findall(text(some, 300)))
    for width in WIDTHS:
        shown = text(some, width)
        lines = [line for line in shown.splitlines() if line not in pasted]
        assert max(map(len, lines)) <= width, (width, max(lines, key=len))
        assert set(NUMBER.findall(shown)) <= whole, "no part of a number is told as a number"


def demand_alike_decimals(table: Table) -> None:
    """The amounts of a column have one number of decimals."""
    for column, *cells in zip(table.columns, *printed_cells(table), strict=True):
        if column.kind not in (TEXT, WORD):
            numbers = [cell for cell in cells if re.fullmatch(r"-?[\d,]+(\.\d+)?", cell)]
            found = {len(number.partition(".")[2]) for number in numbers}
            assert len(found) <= 1, (table.title, column.header, numbers)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_every_line_fits_every_number_is_whole_and_decimals_are_alike(
    asked: list[str], tables: Tables
) -> None:
    files = (str(SCENARIOS / one) if re.search("yaml$|csv$", one) else one for one in asked[1:])
    found = tables(asked[0], *files)
    demand_that_all_fits(found)
    for table in found:
        demand_alike_decimals(table)


@pytest.mark.parametrize(
    "asked",
    [
        ["payroll", "emily.yaml"],
        ["form", "ten-years.yaml"],
        ["ledger", "acp-refund.yaml", "--policy", "never"],
        ["limits"],
    ],
    ids=lambda asked: asked[0],
)
def test_a_long_table_keeps_its_rows_at_sixty_columns(asked: list[str], tables: Tables) -> None:
    """Columns give way before a screen becomes many of blocks."""
    files = (str(SCENARIOS / one) if one.endswith("yaml") else one for one in asked[1:])
    first, *_ = tables(asked[0], *files)
    assert len(text([first], 60).splitlines()) < len(first.rows) + 20


@pytest.mark.usefixtures("here")
def test_the_same_of_a_batch_and_of_an_answer_that_moved(
    tables: Tables, main: Run, tmp_path: Path
) -> None:
    """With designs, the ACP test, and who loses most."""
    people, census = tmp_path / "people.csv", SCENARIOS / "data" / "census.csv"
    people.write_text("".join(census.read_text().splitlines(keepends=True)[:12]))
    grid = "plan.eligibility_days=0,30"
    template = SCENARIOS / "census.yaml"
    asked = ("batch", template, "--table", people, "--grid", grid, "-o", tmp_path / "r", "-q")
    assert main(*asked).status == 0
    answer = tmp_path / "answer.json"
    assert main("compare", template, "-o", answer, "-q").status == 0
    moved = ("check", template, "--expect", answer, "--set", "pay.salary=150_000")
    for found in (tables("summary", tmp_path / "r"), tables(*moved)):
        demand_that_all_fits(found)
        for table in found:
            demand_alike_decimals(table)


def test_every_command_that_answers_with_a_table_is_tried() -> None:
    context = click.Context(cli)
    with_format = {
        name
        for name in COMMANDS
        if (command := cli.get_command(context, name))
        and any("--format" in option.opts for option in command.params)
    }
    tried = {asked[0] for asked in ASKED} | {"summary"}
    assert with_format - OTHERWISE == tried


def wide(columns: int) -> Table:
    """A policy, and so many amounts of a million, under headers of two words."""
    heads = [Column("Policy", TEXT), *(Column(f"Amount number{n}") for n in range(columns))]
    row = ("monthly", *(1_000_000_00 + n for n in range(columns)))
    return Table("Amounts", tuple(heads), (row,), yields=("Amount number0", "Amount number1"))


def test_headers_wrap_before_a_column_gives_way() -> None:
    lines = text([wide(3)], 46).splitlines()
    assert [line.split() for line in lines[1:3]] == [
        ["Policy", *["Amount"] * 3], ["number0", "number1", "number2"],
    ]  # fmt: skip


def test_columns_give_way_in_the_tables_order_and_that_is_said() -> None:
    shown = text([wide(4)], 42)
    assert "Not shown at this width: Amount number0, Amount number1." in " ".join(shown.split())
    assert "1,000,000.03" in shown and "1,000,000.00" not in shown


def test_letters_that_take_two_columns_are_counted_so() -> None:
    """A label of nine Japanese letters is eighteen columns wide."""
    table = wide(1)._replace(rows=(("\u65e5\u672c\u8a9e" * 3, 5_00), ("monthly", 1_000_000_00)))
    first, second = text([table], 60).splitlines()[3:]
    assert first == "\u65e5\u672c\u8a9e" * 3 + " " * 13 + "5.00"
    assert second == "monthly" + " " * 16 + "1,000,000.00"
    assert markdown([table]).count("\u8a9e |") == 1
    narrow = text([table._replace(lead=("\u8a9e" * 50,))], 40).splitlines()
    assert narrow[1] == "\u8a9e" * 20


def test_what_has_no_column_to_spare_becomes_blocks() -> None:
    assert text([wide(6)], 40).splitlines() == [
        "Amounts",
        "Policy: monthly",
        *(f"  Amount number{n}  1,000,000.0{n}" for n in range(6)),
    ]


def test_colour_adds_nothing_to_what_is_said(tables: Tables) -> None:
    """What is set off in colour has a star or stands first."""
    found = tables("compare", SCENARIOS / "emily.yaml", "--all")
    coloured = text(found, 80, color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text(found, 80)
