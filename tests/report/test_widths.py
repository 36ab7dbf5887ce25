"""Tables fit the terminal: no line is longer than it is wide, and no number is broken."""

import re
from pathlib import Path

import pytest

from simulator.report.tables.table import TEXT, Column, Table
from simulator.report.terminal import text
from tests.commands import Run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
COMMANDS = [
    ["compare", "acp-refund.yaml"],
    ["compare", "two-conversions-a-year.yaml", "-v"],
    ["compare", "california-couple.yaml"],
    ["compare", "uneven-year.yaml", "--paths", "64"],
    ["ledger", "acp-refund.yaml", "--policy", "per-paycheck"],
    ["payroll", "rsu-vest.yaml"],
    ["form", "leaving-in-august.yaml"],
    ["check", "emily.yaml"],
    ["remind", "emily.yaml", "--policy", "monthly"],
    ["best", "two-conversions-a-year.yaml"],
    ["elect", "elect-in-july.yaml"],
    ["sweep", "emily.yaml", "--delay", "0:90:30"],
    ["limits"],
]
NUMBER = re.compile(r"\d[\d,]*\.\d\d\b")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_line_fits_and_every_number_is_whole(
    command: list[str], main: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 40, 60, 80 and 120 columns; lines to paste are never wrapped."""
    name, *rest = command
    asked = [name, *(str(SCENARIOS / one) if one.endswith(".yaml") else one for one in rest)]
    numbers = {}
    for width in (200, 120, 80, 60, 40):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = main(*asked, "-q").stdout
        pasted = "policies:", "  - {", "  changes:"
        lines = [line for line in shown.splitlines() if not line.startswith(pasted)]
        assert max(map(len, lines)) <= width, (width, max(lines, key=len))
        numbers[width] = set(NUMBER.findall(shown))
        assert numbers[width] <= numbers[200], "no part of a number is told as a number"


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


def test_what_has_no_column_to_spare_becomes_blocks() -> None:
    assert text([wide(6)], 40).splitlines() == [
        "Amounts",
        "Policy: monthly",
        *(f"  Amount number{n}  1,000,000.0{n}" for n in range(6)),
    ]
