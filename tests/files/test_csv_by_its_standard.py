"""CSV is read back as it was meant by every reader, runs nothing, and is the same from every Python.

The expected bytes are written by hand after RFC 4180, section 2, with a line feed at a line's end.
"""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from simulator.cli import cli
from simulator.files.csv_cells import csv_row, safe
from tests.batches import exported

BYTES: dict[object, bytes] = {
    "plain": b"plain",
    "": b"",
    " a space on either side ": b" a space on either side ",
    "a;b|c": b"a;b|c",
    "back\\slash": b"back\\slash",
    "it's": b"it's",
    "é€😀": b"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
    "a,b": b'"a,b"',
    '"': b'""""',
    'say "no"': b'"say ""no"""',
    "a\nb": b'"a\nb"',
    "a\rb": b'"a\rb"',
    "a\r\nb": b'"a\r\nb"',
    "a\tb": b'"a\tb"',
    "a\x00b": b"a\xef\xbf\xbdb",
    "a\x0bb\x0cc\x1cd\x1de\x1ef": b'"a\x0bb\x0cc\x1cd\x1de\x1ef"',
    "a\x85b\u2028c\u2029d": b'"a\xc2\x85b\xe2\x80\xa8c\xe2\x80\xa9d"',
    "\ufeffa": b'"\xef\xbb\xbfa"',
    "=1+1": b"'=1+1",
    "+1": b"'+1",
    "-1": b"'-1",
    "@SUM(1)": b"'@SUM(1)",
    "\tx": b'"\'\tx"',
    "\rx": b'"\'\rx"',
    "\nx": b'"\'\nx"',
    "  =1": b"'  =1",
    "\r\n =1": b'"\'\r\n =1"',
    "\xa0-1": b"'\xc2\xa0-1",
    "\x00=1": b"\xef\xbf\xbd=1",
    "\x01=1": b'"\'\x01=1"',
    "\u200b=1": b"'\xe2\x80\x8b=1",
    "\u180e\U000e0020=1": b"'\xe1\xa0\x8e\xf3\xa0\x80\xa0=1",
    "\ufeff=1": b'"\'\xef\xbb\xbf=1"',
    "\uff1d1": b"'\xef\xbc\x9d1",
    "\uff20SUM(1)": b"'\xef\xbc\xa0SUM(1)",
    '=A1&"x,y"': b'"\'=A1&""x,y"""',
    "a\r=1+1": b'"a\r=1+1"',
    None: b"",
    -1.5: b"-1.5",
    1e-7: b"1e-07",
    26: b"26",
    True: b"True",
    Decimal("-0.10"): b"-0.10",
}
LABEL, OTHER = "monthly\r=HYPERLINK(A1)", "'\n\t =1+1"
SHOWN, OTHER_SHOWN = "monthly =HYPERLINK(A1)", "'\n  =1+1"
"""As standard output has them: nothing steers a terminal there."""
SCENARIO = """\
name: "monthly\\r=HYPERLINK(A1)"
years: 2025
birth_year: 1997
pay: {salary: 200_000, frequency: monthly}
elections: {pre_tax: 12%, after_tax: 10%}
policies: [{cadence: monthly, label: "monthly\\r=HYPERLINK(A1)"}, {cadence: year-end, label: "\\n\\t =1+1"}]
"""

cells = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(" "),
    st.text("=+-@ \t\r\n\",;'\\x\x00\x1c\x85\u2028\ufeff"),
)
rows = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=5)
)


def by_python(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def by_pandas(content: bytes) -> list[list[str]]:
    frame = pd.read_csv(io.BytesIO(content), header=None, dtype=str, keep_default_na=False)
    return [list(map(str, row)) for row in frame.to_numpy()]


@pytest.mark.parametrize("value", BYTES, ids=ascii)
def test_a_cell_has_the_bytes_that_the_standard_gives_it(value: object) -> None:
    assert csv_row([value, "z"]).encode() == BYTES[value] + b",z\n"
    assert csv_row(["a", value]).encode() == b"a," + BYTES[value] + b"\n"


def test_a_row_of_one_blank_cell_is_no_blank_line() -> None:
    assert csv_row([""]) == csv_row([None]) == '""\n'
    assert csv_row([" \u3000"]) == '" \u3000"\n'
    assert csv_row([" ", None]) == " ,\n"


@given(rows)
def test_every_reader_gives_back_the_cells_that_were_written(written: list[list[str]]) -> None:
    content = "".join(map(csv_row, written)).encode()
    expected = [[str(safe(cell)) for cell in row] for row in written]
    assert by_python(content) == expected
    assert by_pandas(content) == expected


@given(cells)
def test_no_line_that_any_reader_may_see_begins_a_cell_within_a_text(cell: str) -> None:
    """A reader that takes each of Unicode's line ends for one still finds one row."""
    lines = csv_row([cell, "z"]).splitlines(keepends=True)
    assert list(csv.reader(lines)) == [[str(safe(cell)), "z"]]


@given(cells)
def test_no_text_is_a_formula_and_every_other_stays_as_it_is(cell: str) -> None:
    """A spreadsheet sees the first letter that is neither space nor control; NUL would end a text."""
    kept = cell.replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert safe(cell) in (kept, f"'{kept}")
    begins = re.sub(r"^[\s\x00-\x20\ufeff]+", "", kept)[:1]
    assert safe(cell) != kept or begins not in {*"=+-@"}


def test_a_carriage_return_in_a_label_begins_no_row(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    for view in ("years", "totals"):
        arguments = ["compare", str(file), "--format", "csv", "--view", view]
        shown = by_python(CliRunner().invoke(cli, arguments).stdout_bytes)
        assert [row[0] for row in shown] == ["policy", SHOWN, OTHER_SHOWN]
        CliRunner().invoke(cli, [*arguments, "-o", str(tmp_path / "x.csv")])
        content = (tmp_path / "x.csv").read_bytes()
        assert b'\n"monthly\r=HYPERLINK(A1)",monthly,0,' in content
        assert b'\n"\'\n\t =1+1",year-end,0,' in content
        for read in (by_python, by_pandas):
            header, *body = read(content)
            assert [row[header.index("policy")] for row in body] == [LABEL, OTHER]
    arguments = ["sweep", str(file), "--policy", LABEL, "--delay", "0:10:5", "--format", "csv"]
    assert len(by_python(CliRunner().invoke(cli, arguments).stdout_bytes)) == 4


def test_a_carriage_return_in_a_label_begins_no_row_of_an_export(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    results = tmp_path / "results"
    done = CliRunner().invoke(cli, ["batch", str(file), "-o", str(results)])
    assert done.exit_code == 0, done.output
    for view in ("results", "results_total"):
        for read in (by_python, by_pandas):
            header, *body = read(exported(results, view))
            assert {row[header.index("policy")] for row in body} == {LABEL, OTHER}
            assert {row[header.index("name")] for row in body} == {LABEL}
    for arguments in (
        ["summary", str(results), "--format", "csv"],
        ["export", str(results), "--format", "csv", "--sql", "SELECT policy FROM results_total"],
    ):
        assert SHOWN in {
            row[0] for row in by_python(CliRunner().invoke(cli, arguments).stdout_bytes)
        }
        CliRunner().invoke(cli, [*arguments, "-o", str(tmp_path / "x.csv")])
        content = (tmp_path / "x.csv").read_bytes()
        assert LABEL in {row[0] for row in by_python(content)}
        assert by_python(content) == by_pandas(content)


def test_one_writer_writes_all_csv() -> None:
    """The module csv quotes less in older Pythons, and pandas writes with it."""
    sources = (Path(__file__).parents[2] / "simulator").rglob("*.py")
    other = re.compile(r"csv\.writer|DictWriter|to_csv")
    assert [file.name for file in sources if other.search(file.read_text("utf-8"))] == []
