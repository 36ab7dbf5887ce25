"""`mbdr read` says how a file is understood, and writes what a scenario can name."""

import json
from pathlib import Path

import pytest

from simulator.readers.deposits import deposits_read
from simulator.readers.named_file import DepositFile
from tests.commands import Run
from tests.readers.test_histories_by_hand import BY_SOURCE, NETBENEFITS
from tests.readers.test_people_by_hand import CENSUS

TAKE = ("--where", "Transaction Type=Contributions")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """An account's history."""
    (tmp_path / "h.csv").write_text(NETBENEFITS)
    return tmp_path / "h.csv"


def test_it_shows_what_is_taken_and_what_is_left_out(history: Path, main: Run) -> None:
    """2 x 1,634.62 = 3,269.24."""
    done = main("read", history, "--as", "deposits", *TAKE)
    assert done.status == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    for line in (
        "h.csv, read as deposits",
        "date Date",
        "amount Amount",
        "2 rows, from 2025-01-17 to 2025-01-31, $3,269.24 in all.",
        "Dates like 01/31/2025 were read month first.",
        "Transaction Type Contributions 2 3,269.24 yes",
        "Transaction Type Exchange Out 1 -3,269.24 no",
        "another Transaction Type 2 7",
        "10 2025-01-17 1,634.62",
    ):
        assert line in lines
    assert "No column says that these are after-tax contributions;" in done.stdout


def test_it_shows_the_kinds_where_they_are_asked_about(history: Path, main: Run) -> None:
    done = main("read", history, "--as", "deposits")
    assert done.status == 0
    assert "Transaction Type Exchange Out 1 -3,269.24 ?" in " ".join(done.stdout.split())
    assert "Rows of several kinds are not added up unasked." in done.stdout
    told = json.loads(main("read", history, "--as", "deposits", "--format", "json").stdout)
    assert [kind["sum"] for kind in told["kinds"]] == [3_269.24, 21.0, -3_269.24]
    assert len(told["questions"]) == 1
    for options in (("-o", history.with_name("d.csv")), ("--format", "csv")):
        refused = main("read", history, "--as", "deposits", *options)
        assert (refused.status, refused.stdout) == (2, "")
        assert "not added up unasked" in refused.stderr
    assert not history.with_name("d.csv").exists()


def test_what_it_writes_reads_back_equal(history: Path, main: Run) -> None:
    clean = history.with_name("d.csv")
    assert main("read", history, "--as", "deposits", *TAKE, "-o", clean).status == 0
    assert clean.read_text() == "date,amount\n2025-01-17,1634.62\n2025-01-31,1634.62\n"
    rows = deposits_read(DepositFile(file=clean)).rows
    assert [row.number for row in rows] == [1_634_62, 1_634_62]
    again = main("read", history, "--as", "deposits", *TAKE, "-o", history)
    assert (again.status, history.read_text()) == (2, NETBENEFITS)


def test_json_has_the_same(history: Path, main: Run) -> None:
    told = json.loads(main("read", history, "--as", "deposits", *TAKE, "--format", "json").stdout)
    assert told["columns"] == {"date": "Date", "amount": "Amount"}
    assert (told["rows"], told["first"], told["last"], told["sum"]) == (
        *(2, "2025-01-17", "2025-01-31"),
        3_269.24,
    )
    assert [kind["taken"] for kind in told["kinds"]] == [True, False, False]


def test_what_a_file_holds_has_to_be_said(history: Path, main: Run) -> None:
    done = main("read", history)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "what does it hold? add --as prices, deposits, conversions or people\n"


def test_columns_are_named(tmp_path: Path, main: Run) -> None:
    (tmp_path / "h.csv").write_text(BY_SOURCE)
    options = ["--as", "deposits", "--where", "Source=AFTER-TAX", "--map", "Dollars=amount"]
    done = main("read", tmp_path / "h.csv", *options, "--format", "csv")
    assert done.stdout == "date,amount\n2025-01-17,634.62\n2025-01-31,634.62\n"
    wrong = main("read", tmp_path / "h.csv", "--as", "deposits", "--map", "Dollars=price")
    assert (
        "'price' is nothing that is looked for in deposits; write one of date, amount"
        in wrong.stderr
    )


def test_an_order_of_dates_is_told(tmp_path: Path, main: Run) -> None:
    (tmp_path / "d.csv").write_text("date,amount\n01/02/2025,5\n03/04/2025,6\n")
    asked = main("read", tmp_path / "d.csv", "--as", "deposits")
    assert asked.status == 2
    assert "write dates: month-first or day-first, as in --dates month-first" in asked.stderr
    done = main(
        "read", tmp_path / "d.csv", "--as", "deposits", "--dates", "day-first", "--format", "csv"
    )
    assert done.stdout == "date,amount\n2025-02-01,5.0\n2025-04-03,6.0\n"


def test_people_are_shown_column_by_column_and_written_to_be_read_again(
    tmp_path: Path, main: Run
) -> None:
    (tmp_path / "p.csv").write_text(CENSUS)
    shown = main("read", tmp_path / "p.csv", "--as", "people").stdout
    assert "kept as #Department" in shown
    assert "elections.after_tax" in shown
    clean = tmp_path / "clean.csv"
    assert main("read", tmp_path / "p.csv", "--as", "people", "-o", clean).status == 0
    first, again = (
        json.loads(main("read", file, "--as", "people", "--format", "json").stdout)["samples"]
        for file in (tmp_path / "p.csv", clean)
    )
    drop = [{key: value for key, value in one.items() if key != "line"} for one in first]
    assert drop == [{key: value for key, value in one.items() if key != "line"} for one in again]


SECRET = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"


@pytest.mark.parametrize("what", ["prices", "deposits", "conversions", "people"])
@pytest.mark.parametrize("head", ["", "date,amount\n", "Date\tAmount\n"])
def test_nothing_is_quoted_of_a_file_that_is_no_table(
    what: str, head: str, tmp_path: Path, main: Run
) -> None:
    (tmp_path / "passwd").write_text(head + SECRET)
    done = main("read", tmp_path / "passwd", "--as", what)
    for word in ("root", "daemon", "nologin", "bash"):
        assert word not in done.stdout + done.stderr.replace(str(tmp_path), "")
