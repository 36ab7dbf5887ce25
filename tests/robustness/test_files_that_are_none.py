"""Files that are none, files of others, files without an end: each ends in a line, and nothing is burnt."""

import io
import os
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from simulator.files import opened as files
from simulator.files.csv_rows import LONGEST_LINE, csv_rows
from simulator.notation.mistakes import SHOWN, Mistake, Mistakes, Place
from simulator.notation.specification import replaced
from simulator.notation.yaml_reader import LARGEST
from simulator.readers.dated_csv import LARGEST as LARGEST_CSV
from simulator.scenario.loading import load, loads
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.batches import TEMPLATE
from tests.commands import Ended, Run

ROOT = Path(__file__).parents[2]
EMILY = ROOT / "scenarios" / "emily.yaml"
HEAD = "name: A\nyears: 2025\nbirth_year: 1990\n"
REPLAY = HEAD + "policies: [monthly]\ndeposits: {}\n"
PAY = "pay: {salary: 200_000, frequency: monthly}\n"
TOO_LONG = "x" * 300
NOBODY = 65_534


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one of each kind that is no file to read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "emily.yaml").write_bytes(EMILY.read_bytes())
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to("nothing")
    (tmp_path / "loop").symlink_to("pool")
    (tmp_path / "pool").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as out:
        out.truncate(10 << 30)  # a file that takes no room, and would not find any
    return tmp_path


LOOP = "Too many levels of symbolic links"
NO_FILES = {
    TOO_LONG: "File name too long",
    f"{TOO_LONG}/x": "File name too long",
    "nothing": "No such file or directory",
    "folder": "Is a directory",
    "emily.yaml/x": "Not a directory",
    "dangling": "No such file or directory",
    "loop": LOOP,
    "pipe": "this is a pipe; name a plain file",
    "/dev/zero": "this is a device; name a plain file",
    "huge": "the file is too large: 10,737,418,240 bytes",
}
"""What is no file to read, and what is said of it."""


def one_line(ended: Ended, words: str) -> None:
    """A user's mistake: status 2, one line on standard error, nothing else."""
    assert (ended.status, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


# Names


@pytest.mark.parametrize(("name", "words"), NO_FILES.items())
@pytest.mark.parametrize("command", ["compare", "payroll", "check"])
def test_a_scenario_that_is_no_file_is_one_line(
    command: str, name: str, words: str, place: Path, main: Run
) -> None:
    assert place.is_dir()
    one_line(main(command, name), f"{name}: {words}")


@pytest.mark.parametrize(("name", "words"), {**NO_FILES, "a\0b": "no file can have"}.items())
@pytest.mark.parametrize("field", ["deposits", "returns.prices"])
def test_a_csv_that_is_no_file_is_one_line(
    field: str, name: str, words: str, place: Path, main: Run
) -> None:
    (place / "own.csv").write_text("date,amount\n2025-01-31,1\n")
    written = '"' + name.replace("\0", "\\0") + '"'
    if field == "deposits":
        text = REPLAY.format(written)
    else:
        text = REPLAY.format("own.csv") + f"returns: {{model: history, prices: {written}}}\n"
    (place / "a.yaml").write_text(text)
    absent = words.startswith(("No such", "Is a", "Not a"))
    one_line(main("compare", "a.yaml"), f"is no file in {place}" if absent else words)


NEW = {
    TOO_LONG: "cannot be written: File name too long",
    "emily.yaml": "exists already",
    "emily.yaml/x": "cannot be written: Not a directory",
    "nothing/x": "cannot be written: No such file or directory",
    "loop": f"cannot be written: {LOOP}",
    "folder": "is a directory",
    "pipe": "exists already",
}


@pytest.mark.parametrize(("name", "words"), NEW.items())
def test_new_writes_no_name_that_cannot_be(name: str, words: str, place: Path, main: Run) -> None:
    one_line(main("new", name), words)
    assert (place / "emily.yaml").read_bytes() == EMILY.read_bytes()


OUTPUTS = {
    "compare": ".json",
    "report": ".html",
    "form": ".svg",
    "plot": ".png",
    "remind": ".ics",
}


@pytest.mark.parametrize("where", [TOO_LONG, f"{TOO_LONG}/x", "emily.yaml/x", "loop", "nothing/x"])
@pytest.mark.parametrize("command", OUTPUTS)
def test_an_answer_that_cannot_be_written_is_one_line(
    command: str, where: str, place: Path, main: Run
) -> None:
    name = where if where == "loop" else where + OUTPUTS[command]
    (place / f"loop{OUTPUTS[command]}").symlink_to(f"loop{OUTPUTS[command]}")
    name = f"{name}{OUTPUTS[command]}" if where == "loop" else name
    options = ["--policy", "monthly"] if command in ("form", "remind") else []
    one_line(main(command, "emily.yaml", *options, "-o", name), "cannot be written")


@pytest.mark.parametrize("ending", [".csv", ".html"])
def test_the_longest_name_that_the_system_takes_is_written(
    ending: str, place: Path, main: Run
) -> None:
    """The file aside, which takes its place when it is whole, has a shorter one."""
    name = "y" * (255 - len(ending)) + ending
    command = "report" if ending == ".html" else "compare"
    assert main(command, "emily.yaml", "-o", name).status == 0
    assert (place / name).stat().st_size > 1_000


@pytest.mark.parametrize("command", ["summary", "export"])
@pytest.mark.parametrize("name", [TOO_LONG, "folder", "emily.yaml", "loop", "pipe", "/dev/zero"])
def test_results_that_are_not_there_are_one_line(
    command: str, name: str, place: Path, main: Run
) -> None:
    assert place.is_dir()
    why = (
        "this is a file; name the folder of a batch" if name == "emily.yaml" else "no results there"
    )
    one_line(main(command, name, "-o", "x.csv"), f"{name}: {why}")


@pytest.mark.parametrize(
    ("name", "words"),
    {
        TOO_LONG: "File name too long",
        "nothing": "no such file or folder",
        "dangling": "no such file or folder",
        "loop": LOOP,
        "emily.yaml/x": "Not a directory",
        "folder": "no scenario file there",
    }.items(),
)
def test_a_batch_of_nothing_is_one_line(name: str, words: str, place: Path, main: Run) -> None:
    one_line(main("batch", name, "-o", "r"), f"{name}: {words}")
    assert not (place / "r").exists()


@pytest.mark.parametrize("name", ["pipe", "/dev/zero", "huge"])
@pytest.mark.usefixtures("here")
def test_a_batch_reports_a_scenario_that_is_no_file_like_any_that_is_wrong(
    name: str, place: Path, main: Run
) -> None:
    ended = main("batch", "emily.yaml", name, "-o", "r", "-q", "--workers", 1)
    assert place.is_dir()
    assert ended.status == 1
    assert ended.stderr.startswith(f"{name}: cannot be read: {NO_FILES[name]}")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", [TOO_LONG, "emily.yaml", "emily.yaml/r", "loop", "/dev/null"])
def test_results_that_cannot_be_written_are_one_line(name: str, place: Path, main: Run) -> None:
    assert place.is_dir()
    one_line(main("batch", "emily.yaml", "-o", name, "-q"), name)


@pytest.mark.parametrize(("name", "words"), NO_FILES.items())
def test_a_table_that_is_no_file_is_one_line(name: str, words: str, place: Path, main: Run) -> None:
    done = main("batch", "emily.yaml", "--table", name, "-o", "r")
    one_line(done, f"{name}: cannot be read: {words}")
    assert not (place / "r").exists()


def test_a_parquet_table_that_is_no_file_is_one_line(place: Path, main: Run) -> None:
    (place / "folder.parquet").mkdir()
    os.mkfifo(place / "pipe.parquet")
    for name in ("nothing", "folder", "pipe", TOO_LONG):
        done = main("batch", "emily.yaml", "--table", f"{name}.parquet", "-o", "r")
        one_line(done, f"{name}.parquet: cannot be read: {NO_FILES[name]}")


def test_a_parquet_table_that_is_none_is_one_line(place: Path, main: Run) -> None:
    (place / "people.parquet").write_bytes(b"name,pay.salary\n" * 100)
    done = main("batch", "emily.yaml", "--table", "people.parquet", "-o", "r")
    one_line(done, "people.parquet: not Parquet: ")


@pytest.mark.usefixtures("here")
def test_no_letter_in_the_name_of_a_parquet_table_stands_for_others(place: Path, main: Run) -> None:
    import duckdb

    for name, who in (("a[1]*.parquet", "Ada"), ("a1x.parquet", "Ben")):
        duckdb.execute(f"COPY (SELECT '{who}' AS name) TO '{place / name}' (FORMAT parquet)")
    done = main("batch", "emily.yaml", "--table", "a[1]*.parquet", "-o", "r", "-q", "--workers", 1)
    assert done.status == 0
    assert "Ada" in main("export", "r", "--sql", "SELECT DISTINCT name FROM results").stdout


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without the right of a superuser to read what nobody may read."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


def furnished(folder: Path) -> None:
    """Puts scenarios into a folder, and a file and a folder that they name."""
    (folder / "closed").mkdir()
    (folder / "closed" / "a.yaml").write_bytes(EMILY.read_bytes())
    (folder / "emily.yaml").write_bytes(EMILY.read_bytes())
    (folder / "secret.csv").write_text("date,amount\n2025-01-31,1\n")
    (folder / "a.yaml").write_text(REPLAY.format("secret.csv"))
    (folder / "b.yaml").write_text(REPLAY.format("closed/a.csv"))


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder that anybody may use, with a folder and a file in it that nobody may."""
    with tempfile.TemporaryDirectory() as name:
        there = Path(name)
        there.chmod(0o777)
        furnished(there)
        for shut in (there / "secret.csv", there / "closed"):
            shut.chmod(0)
        yield there
        (there / "closed").chmod(0o700)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compare", "secret.csv"], "secret.csv: Permission denied"),
        (["compare", "closed/a.yaml"], "closed/a.yaml: Permission denied"),
        (["compare", "closed"], "closed: Is a directory"),
        (["compare", "a.yaml"], "'secret.csv' cannot be read: Permission denied"),
        (["compare", "b.yaml"], "'closed/a.csv' cannot be read: Permission denied"),
        (["compare", "emily.yaml", "-o", "closed/x.json"], "cannot be written: Permission denied"),
        (["new", "closed/x.yaml"], "cannot be written: Permission denied"),
        (["summary", "closed"], "closed: no results there"),
        (["export", "closed", "-o", "x.csv"], "closed: no results there"),
        (["batch", "closed", "-o", "r"], "closed: cannot be read: Permission denied"),
        (["batch", ".", "-o", "r"], "closed: cannot be read: Permission denied"),
        (["batch", "closed/a.yaml", "-o", "r"], "closed/a.yaml: Permission denied"),
        (
            ["batch", "emily.yaml", "-o", "closed/r"],
            "closed/r: cannot be written: Permission denied",
        ),
        (["batch", "emily.yaml", "-o", "closed"], "closed: cannot be written: Permission denied"),
        (["batch", "emily.yaml", "--table", "secret.csv", "-o", "r"], "Permission denied"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_nobody_may_read_or_write_is_one_line(
    arguments: list[str],
    words: str,
    locked: Path,
    tmp_path: Path,
    main: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    furnished(tmp_path)
    monkeypatch.chdir(tmp_path)
    main(*arguments)  # loads what the command needs, which may lie where nobody may read either
    monkeypatch.chdir(locked)
    with unprivileged():
        one_line(main(*arguments), words)
    monkeypatch.chdir(tmp_path)


# Files without an end, and files that go


class Endless(io.RawIOBase):
    """A file that never ends, and counts what is read of it."""

    read_so_far = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size >= 0, "all of it was asked for"
        self.read_so_far += size
        return b"0" * size


def test_no_more_than_the_bound_is_read_of_a_file_without_an_end() -> None:
    endless: Any = Endless()
    with pytest.raises(files.Unreadable, match="over 1,000 bytes; it has at most 1,000"):
        files.bounded(endless, 1_000, "it")
    assert endless.read_so_far == 1_001


@pytest.mark.parametrize("name", ["/dev/zero", "pipe", "huge"])
def test_what_is_no_plain_file_or_too_large_is_not_even_opened(
    name: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> int:
        raise AssertionError(f"{name} was opened")

    assert place.is_dir()
    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(Mistakes):
        load(name)
    with pytest.raises(files.Unreadable):
        files.content(name, LARGEST_CSV, "a CSV")


def test_a_file_that_becomes_a_pipe_while_it_is_looked_at_is_not_waited_for(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = os.stat

    def swapped(file: Any, **options: Any) -> os.stat_result:
        return looked("emily.yaml" if Path(file).name == "pipe" else file, **options)

    monkeypatch.setattr(os, "stat", swapped)
    assert place.is_dir()
    with pytest.raises(files.Unreadable, match="a pipe"):
        files.content("pipe", LARGEST, "a scenario")


def piped(content: bytes) -> subprocess.CompletedProcess[str]:
    """`mbdr compare <(...)`: the shell puts the name of a pipe in place of a file's."""
    reads, writes = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", "compare", f"/dev/fd/{reads}", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[reads],
        text=True,
        cwd=ROOT,
    ) as process:
        os.close(reads)
        try:
            with os.fdopen(writes, "wb") as out:
                out.write(content)
        except BrokenPipeError:  # it has read enough
            pass
        stdout, stderr = process.communicate(timeout=120)
    return subprocess.CompletedProcess([], process.returncode, stdout, stderr)


def test_a_pipe_that_a_shell_puts_in_place_of_a_file_is_read() -> None:
    done = piped(EMILY.read_bytes())
    assert done.returncode == 0
    assert "per-paycheck *" in done.stdout


def test_a_pipe_without_an_end_is_refused() -> None:
    done = piped(b"#" * (4 * LARGEST))
    assert done.returncode == 2
    assert "the file is too large: over 1,048,576 bytes; a scenario has at most" in done.stderr


class Standard(NamedTuple):
    """A standard input with these bytes."""

    buffer: Any


def test_standard_input_is_read_within_the_same_bound(
    main: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", Standard(endless))
    one_line(main("compare", "-"), "<stdin>: the file is too large: over 1,048,576 bytes")
    assert endless.read_so_far == LARGEST + 1
    monkeypatch.setattr(sys, "stdin", None)
    one_line(main("compare", "-"), "<stdin>: closed; name a file")


@pytest.mark.parametrize("size", [0, 1])
def test_a_csv_of_dates_has_a_bound(size: int, tmp_path: Path) -> None:
    head, row = b"date,amount\n", b"2025-01-31,1" + b" " * 1_011 + b"\n"
    rows = row * (LARGEST_CSV // len(row) - 1)
    rest = b"\n" * (LARGEST_CSV - len(head) - len(rows) + size)
    (tmp_path / "d.csv").write_bytes(head + rows + rest)
    scenario = loads(REPLAY.format("d.csv").encode(), "a.yaml", tmp_path)
    if not size:
        assert compare(scenario).deposits[0][1] == 100
        return
    with pytest.raises(Mistakes, match="16,777,217 bytes; a CSV of dates has at most 16,777,216"):
        compare(scenario)


def test_a_file_that_goes_after_it_was_named_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("date,amount\n2025-01-31,1\n")
    scenario = loads(REPLAY.format("d.csv").encode(), "a.yaml", tmp_path)
    comparison = compare(scenario)
    (tmp_path / "d.csv").unlink()
    for call in (lambda: compare(scenario), comparison.to_dict):
        with pytest.raises(Mistakes, match=r"d\.csv: cannot be read: No such file or directory"):
            call()


def test_mistakes_come_whole_from_one_process_to_another() -> None:
    found = Mistakes([Mistake(Place("a", 1, 1), ("name",), "is wrong")], 7)
    again = pickle.loads(pickle.dumps(found))
    assert (str(again), again.mistakes, again.more) == (str(found), found.mistakes, 7)


# Cells and rows


def test_a_cell_of_very_many_letters_is_told_with_its_line_and_column(tmp_path: Path) -> None:
    rows = f"date,amount\n2025-01-31,1\n2025-02-28,{'9' * 200_000}\n2025-03-31,x\n"
    (tmp_path / "d.csv").write_text(rows)
    with pytest.raises(Mistakes) as caught:
        compare(loads(REPLAY.format("d.csv").encode(), "a.yaml", tmp_path))
    assert [str(one).rpartition("/")[2] for one in caught.value.mistakes] == [
        "d.csv:3:2: a cell of more than 131,072 letters; this is no table",
        "d.csv:4:1: this is not an amount of dollars; write it like 650, 1_500.50 or $650",
    ]


def test_a_missing_quotation_mark_is_told_where_its_cell_begins(tmp_path: Path) -> None:
    rows = 'date,amount\n2025-01-31,1\n2025-02-28,"1\n' + "2025-03-31,1\n" * 20_000
    (tmp_path / "d.csv").write_text(rows)
    with pytest.raises(Mistakes) as caught:
        compare(loads(REPLAY.format("d.csv").encode(), "a.yaml", tmp_path))
    (line, *_) = str(caught.value).splitlines()
    assert "d.csv:3:2: a cell of more than 131,072 letters; a quotation mark may be missing" in line


def test_a_long_cell_in_a_header_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(f"date,{'a' * 200_000},amount\n2025-01-31,1,1\n")
    with pytest.raises(Mistakes, match=r"d\.csv:1:2: a cell of more than 131,072 letters"):
        compare(loads(REPLAY.format("d.csv").encode(), "a.yaml", tmp_path))


@pytest.mark.usefixtures("here")
def test_a_table_tells_a_long_cell_with_its_line_and_column(place: Path, main: Run) -> None:
    (place / "a.yaml").write_text(TEMPLATE)
    rows = f"name,notes,pay.salary\nAda,-,1000\nBen,{'9' * 200_000},1000\nEve,-,2000\n"
    (place / "people.csv").write_text(rows)
    done = main("batch", "a.yaml", "--table", "people.csv", "-o", "r", "-q", "--workers", 1)
    wrong = "people.csv:3:2: a cell of more than 131,072 letters; this is no table"
    assert (done.status, done.stderr) == (1, f"{wrong}\n")
    (place / "people.csv").write_text(f"name,{'x' * 200_000}\nAda,1\n")
    done = main("batch", "a.yaml", "--table", "people.csv", "-o", "r")
    one_line(done, "people.csv:1:2: a cell of more than 131,072 letters")


def test_a_line_without_an_end_is_read_in_parts_and_the_next_ones_are_read() -> None:
    asked: list[int] = []
    text = io.StringIO(f"a,b\n{'x' * (3 * LONGEST_LINE)}\nc,d\n", newline="")

    def readline(most: int) -> str:
        asked.append(most)
        return text.readline(most)

    found = [(row.line, row.cells, row.fault) for row in csv_rows(readline)]
    wrong = "a line of more than 1,048,576 letters; this is no table"
    assert found == [(1, ["a", "b"], ""), (2, [], wrong), (3, ["c", "d"], "")]
    assert max(asked) == LONGEST_LINE


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("soon,1", "this is not a date; write it like 2025-01-03"),
        ("2025-01-31,", "a value is missing in this row"),
        (
            "2026-01-05,1",
            "2026-01-05 is outside the years 2025; write years: 2025-2026, or leave the row out; what an "
            "earlier year left inside goes into plan.opening",
        ),
    ],
)
def test_a_fault_that_very_many_rows_share_is_one_line(
    row: str, wrong: str, place: Path, main: Run
) -> None:
    (place / "d.csv").write_text("date,amount\n" + f"{row}\n" * 30_000)
    (place / "a.yaml").write_text(REPLAY.format("d.csv"))
    one_line(
        main("compare", "a.yaml"),
        f"d.csv:2:1: {wrong}; so are 29,999 more rows, the last in line 30001",
    )


def test_very_many_missing_prices_are_one_line(place: Path, main: Run) -> None:
    (place / "p.csv").write_text("date,price\n2025-01-02,1\n2025-12-31,1\n")
    days = [date(2025, 1, 6) + timedelta(n) for n in range(350)]
    (place / "d.csv").write_text("date,amount\n" + "".join(f"{day},1\n" for day in days))
    text = REPLAY.format("d.csv") + "returns: {model: history, prices: p.csv}\n"
    (place / "a.yaml").write_text(text)
    done = main("compare", "a.yaml")
    assert done.status == 2
    assert re.fullmatch(
        r"p\.csv:2:1: no price for the session 2025-01-06; .* \d{3} more sessions that need one, "
        r"to 2025-12-22\n",  # the session after the last deposit's Sunday
        done.stderr,
    )


@pytest.mark.usefixtures("here")
def test_of_very_many_bad_rows_of_a_table_a_few_are_printed_and_all_counted(
    place: Path, main: Run
) -> None:
    (place / "a.yaml").write_text(TEMPLATE)
    (place / "people.csv").write_text("name,pay.salary\n" + "Ada,1,2\n" * 3_000)
    done = main("batch", "a.yaml", "--table", "people.csv", "-o", "r", "--workers", 1)
    lines = done.stderr.splitlines()
    assert done.status == 1
    assert len(lines) <= SHOWN + 2
    assert "people.csv:2:1: 3 cells; the header has 2" in lines
    assert lines[-1].startswith("3,000 jobs in r; 3,000 failed: all mistakes are in ")
    assert (place / "r" / "errors.jsonl").read_text().count("\n") == 3_000


def test_an_equal_question_is_looked_up_and_not_searched(place: Path) -> None:
    """Of very many equal rows each would else be compared with all before it."""
    from simulator.batches.results import Results

    results = Results(place / "r")
    plan = results._database.execute(
        "EXPLAIN QUERY PLAN SELECT answer, name, reads FROM jobs WHERE asked = ? AND state = 'done' "
        "ORDER BY batch DESC LIMIT 1",
        ("x",),
    ).fetchall()
    results.close()
    told = " ".join(str(row[-1]) for row in plan)
    assert "(asked=? AND state=?)" in told
    assert "TEMP B-TREE" not in told


# Scenario files that ask for much


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{n}: 1\n" for n in range(25_000)),
        "name: A\n" * 25_000,
        f"plan: {{match: [{'{rate: x},' * 25_000}]}}\n",
        f"policies: [{'*a,' * 30_000}]\n",
        "- \n" * 30_000,
    ],
    ids=["keys", "one key again and again", "mistakes", "aliases", "list"],
)
def test_a_scenario_of_very_many_values_is_one_line(text: str) -> None:
    assert len(text) < LARGEST
    with pytest.raises(Mistakes) as caught:
        loads(text.encode(), "a.yaml")
    assert "over 20,000 values; a scenario has at most so many" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_of_many_mistakes_twenty_are_printed_and_all_are_kept() -> None:
    text = HEAD + PAY + "".join(f"k{n}: 1\n" for n in range(1_000))
    with pytest.raises(Mistakes) as caught:
        loads(text.encode(), "a.yaml")
    lines = str(caught.value).splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[0].startswith("a.yaml:5:1: k0: unknown key")
    assert lines[-1] == "and 980 more"
    assert len(caught.value.mistakes) == 1_000


LISTS = {
    "policies": ("policies: [{}]", "monthly", 400),
    "policies.0.dates": ("policies: [{{cadence: dates, dates: [{}]}}]", "2025-06-30", 1_000),
    "pay.bonuses": ("pay: {{bonuses: [{}]}}", "{date: 2025-03-14, amount: 1}", 1_000),
    "pay.salary": ("pay: {{salary: [{}]}}", "{from: 2025-01-01, salary: 1}", 1_000),
    "elections.changes": ("elections: {{changes: [{}]}}", "{from: 2025-02-01, roth: 1%}", 1_000),
    "plan.match": ("plan: {{match: [{}]}}", "{rate: 50%}", 100),
}


@pytest.mark.parametrize("field", LISTS)
def test_a_list_has_a_bound_that_is_told(field: str) -> None:
    line, entry, most = LISTS[field]
    for count in (most, most + 1):
        text = HEAD + line.format(",".join([entry] * count)) + "\n"
        with pytest.raises(Mistakes) as caught:
            loads(text.encode(), "a.yaml")
        told = f"{field}: has {count:,} entries; at most {most:,}"
        assert (told in str(caught.value)) == (count > most)


def test_four_hundred_policies_are_answered_in_every_format(place: Path, main: Run) -> None:
    policies = "".join(
        f"  - {{cadence: monthly, delay: {n}, label: after {n} days}}\n" for n in range(400)
    )
    text = f"{HEAD}{PAY}elections: {{after_tax: 10%}}\npolicies:\n{policies}"
    (place / "many.yaml").write_text(text)
    for style in ("table", "json", "csv", "markdown"):
        done = main("compare", "many.yaml", "--format", style)
        assert done.status == 0
        assert "after 399 days" in done.stdout


def test_9999_policies_are_refused_with_the_bound(place: Path, main: Run) -> None:
    names = "policies: [" + "monthly," * 9_999 + "]\n"
    (place / "many.yaml").write_text(f"{HEAD}{PAY}{names}")
    one_line(main("compare", "many.yaml"), "policies: has 9,999 entries; at most 400")


def test_so_many_deposits_are_not_followed_under_so_many_policies(place: Path, main: Run) -> None:
    (place / "d.csv").write_text("date,amount\n" + "2025-01-31,1\n" * 20_001)
    delays = "".join(f"  - {{cadence: monthly, delay: {n}}}\n" for n in range(100))
    (place / "a.yaml").write_text(f"{HEAD}deposits: d.csv\npolicies:\n{delays}")
    wrong = "a.yaml: 20,001 deposits under 100 policies are too many; at most 2,000,000"
    one_line(main("compare", "a.yaml"), wrong)
    one_line(main("sweep", "a.yaml", "--delay", "0:10:1"), "20,001 deposits under 111 policies")


@pytest.mark.parametrize(
    "text",
    [
        b"a: !<" + b"x" * 1_000_000 + b"> 1\n",
        b"a: !" + b"x" * 1_000_000 + b" 1\n",
    ],
)
def test_a_tag_of_very_many_letters_is_refused_before_it_is_read(text: bytes) -> None:
    with pytest.raises(Mistakes, match="1:1: ! and hundreds of letters without a space; tags are"):
        loads(text, "a.yaml")


def test_no_line_is_longer_than_a_person_reads() -> None:
    long = "y" * 900_000
    for text in (
        f"? {long}\n: 1\n",
        f"plan: {{nonelective: {long}}}\n",
        f"returns: {{model: {long}}}\n",
    ):
        with pytest.raises(Mistakes) as caught:
            loads((HEAD + PAY + text).encode(), "a.yaml")
        assert max(map(len, str(caught.value).splitlines())) < 1_500


# Files of others

SECRETS = (
    "root:x:0:0:root:/root:/bin/bash",
    "hunter2",
    "AKIAIOSFODNN7EXAMPLE",
    "4111 1111 1111 1111",
    "4111111111111111",
    "078-05-1120",
    "-----BEGIN PRIVATE KEY-----",
    "MIIEpAIBAAKCAQEA7",
    "correct horse battery staple",
    "1.2.3.4:5678",
    "=cmd|' /C calc'!A0",
    "geheim\tgeheim",
    "12" * 20,
)
"""What a file may hold that is no table of dates and numbers; none looks like a short one of either."""


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("first", ["date,{}", "{},date", "date,{},note", ""])
@pytest.mark.parametrize("model", ["deposits", "history", "bootstrap"])
def test_nothing_is_quoted_of_a_file_that_is_no_table(
    model: str, first: str, secret: str, tmp_path: Path
) -> None:
    """Not even where its first line is that of one."""
    column = "amount" if model == "deposits" else "price"
    lines = [first.format(column), secret, f"{secret},{secret}", f"2025-01-31,{secret}"]
    lines += [f"{secret},1.5", f"{secret},2025-01-31,{secret}", f'"{secret}\n{secret}",1']
    (tmp_path / "secret").write_text("\n".join(lines) + "\n")
    (tmp_path / "own.csv").write_text("date,amount\n2025-01-31,1\n")
    text = REPLAY.format("secret" if model == "deposits" else "own.csv")
    if model != "deposits":
        text += f"returns: {{model: {model}, prices: secret, paths: 2}}\n"
    with pytest.raises(Mistakes) as caught:
        compare(loads(text.encode(), "a.yaml", tmp_path))
    for told in (str(caught.value), *map(str, caught.value.mistakes)):
        assert secret not in told
        assert not any(word in told for word in secret.split() if len(word) > 3)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("13/32/2025", "'13/32/2025' is not a date"),
        ("31.31.25", "'31.31.25' is not a date"),
        ("2025-02-30", "'2025-02-30' does not exist"),
        ("2025/02/30", "'2025/02/30' is not a date"),
        ("January", "this is not a date; write it like 2025-01-03"),
        ("", "this is not a date; write it like 2025-01-03"),
    ],
)
def test_what_looks_like_a_date_is_quoted(cell: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(f"date,amount\n{cell},1\n")
    with pytest.raises(Mistakes) as caught:
        compare(loads(REPLAY.format("d.csv").encode(), "a.yaml", tmp_path))
    assert f"d.csv:2:1: {words}" in str(caught.value)


@pytest.mark.parametrize("cell", ["1.005", "1.2.3", "12%", "1_000_000_000.5"])
def test_what_looks_like_a_number_is_quoted(cell: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(f"date,amount\n2025-01-31,{cell}\n")
    with pytest.raises(Mistakes) as caught:
        compare(loads(REPLAY.format("d.csv").encode(), "a.yaml", tmp_path))
    assert f"'{cell}' " in str(caught.value)


def test_no_hash_is_told_of_a_file_that_nothing_was_read_from(tmp_path: Path) -> None:
    """Who knows what it might hold could try whether it does."""
    (tmp_path / "secret").write_text("hunter2\n")
    given = "omega: 0.01, alpha: 0.09, beta: 0.9, nu: 7, paths: 2, prices: secret"
    text = f"{HEAD}{PAY}returns: {{model: garch, {given}}}\n"
    scenario = loads(text.encode(), "a.yaml", tmp_path)
    assert list(scenario.files_read()) == []
    assert "files" not in compare(scenario).to_dict()["scenario"]


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """A folder of a stranger beside a secret, with links to it."""
    folder = tmp_path / "served"
    (folder / "deep").mkdir(parents=True)
    (tmp_path / "secrets").mkdir()
    for file in (folder / "own.csv", folder / "deep" / "own.csv", tmp_path / "secrets" / "d.csv"):
        file.write_text("date,amount\n2025-01-31,1\n")
    (folder / "link.csv").symlink_to(tmp_path / "secrets" / "d.csv")
    (folder / "away").symlink_to(tmp_path / "secrets")
    (folder / "inside.csv").symlink_to("deep/own.csv")
    (folder / "a.yaml").write_text(REPLAY.format("own.csv"))
    (tmp_path / "back").symlink_to(folder)
    return folder


INSIDE = ("own.csv", "deep/own.csv", "deep/../own.csv", "inside.csv", "./own.csv", "FOLDER/own.csv")
OUTSIDE = (
    "../secrets/d.csv",
    "../secrets/nothing.csv",
    "../nothing/d.csv",
    "deep/../../secrets/d.csv",
    "link.csv",
    "away/d.csv",
    "away/nothing.csv",
    "../back/own.csv",
    "../secrets/../served/own.csv",
    "../nothing/../served/own.csv",
    "away/../served/own.csv",
    "FOLDER/../secrets/d.csv",
    "/etc/passwd",
    "/etc/nothing",
    "/dev/zero",
    "..",
)


@pytest.mark.parametrize("name", INSIDE)
def test_a_scenario_that_is_kept_in_a_folder_may_name_what_is_in_it(
    name: str, served: Path
) -> None:
    name = name.replace("FOLDER", str(served))
    text = REPLAY.format(name).encode()
    for scenario in (
        loads(text, "a.yaml", served, within=served),
        load(served / "a.yaml", [f"deposits={name}"], within=served),
        load(served / "a.yaml", within=str(served)).varied(f"deposits={name}"),
    ):
        assert compare(scenario).deposits[0][1] == 100


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_scenario_that_is_kept_in_a_folder_is_told_nothing_of_what_is_outside(
    name: str, served: Path
) -> None:
    """The answer is the same whether there is something or not."""
    name = name.replace("FOLDER", str(served))
    shown = name if len(name) <= 40 else f"{name[:37]}..."
    wrong = f"deposits: '{shown}' lies outside {served}; name a file in it"
    kept = load(served / "a.yaml", within=served)
    calls: tuple[Callable[[], Scenario], ...] = (
        lambda: loads(REPLAY.format(name).encode(), "a.yaml", served, within=served),
        lambda: load(served / "a.yaml", [f"deposits={name}"], within=served),
        lambda: kept.varied(f"deposits={name}"),
        lambda: kept.varied("name=B").varied(f"deposits={name}"),
        lambda: replaced(kept, name="B").varied(f"deposits={name}"),
    )
    for call in calls:
        with pytest.raises(Mistakes) as caught:
            call()
        assert str(caught.value).endswith(wrong)


def test_prices_are_kept_in_the_folder_too_and_a_sweep_keeps_them(served: Path) -> None:
    from simulator.sweeps import sweep

    kept = load(served / "a.yaml", within=served)
    bad = "{model: bootstrap, prices: ../secrets/d.csv}"
    for call in (
        lambda: kept.varied(f"returns={bad}"),
        lambda: sweep(kept, vary="returns", values=[bad]),
    ):
        with pytest.raises(Mistakes, match=r"'\.\./secrets/d\.csv' lies outside"):
            call()


def test_what_is_missing_in_the_folder_is_missing_in_it(served: Path) -> None:
    with pytest.raises(Mistakes, match=f"'nothing.csv' is no file in {served}$"):
        loads(REPLAY.format("nothing.csv").encode(), "a.yaml", served, within=served)


def test_a_folder_may_be_named_by_a_link_and_from_where_one_stands(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(served.parent)
    for within in ("served", "back", Path("secrets/../served")):
        scenario = load("back/a.yaml", ["deposits=deep/own.csv"], within=within)
        assert compare(scenario).deposits[0][1] == 100
        with pytest.raises(Mistakes, match="lies outside"):
            load("back/a.yaml", ["deposits=../secrets/d.csv"], within=within)


def test_without_a_folder_a_scenario_may_name_any_file(served: Path) -> None:
    scenario = load(served / "a.yaml", ["deposits=../secrets/d.csv"])
    assert compare(scenario).deposits[0][1] == 100
