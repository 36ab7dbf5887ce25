"""Every answer survives every terminal: its encoding, one that is closed, names of files that are no text."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from simulator.batches.duck import NoDuck
from simulator.batches.export import export
from simulator.batches.reading import failures, reading
from simulator.batches.run import batch
from simulator.batches.sources import sources
from simulator.batches.table import Table
from simulator.batches.what_varies import NoJobs
from simulator.cli import COMMANDS, cli, progress, terminal
from simulator.notation.mistakes import Mistakes
from simulator.scenario.loading import load
from tests.commands import Run

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"
PLAIN_LETTERS = str.maketrans({"\u2500": "-", "\u201c": '"', "\u201d": '"', "\u2026": "..."})
"""All letters beyond ASCII in what is said of the shipped scenarios."""

PERSON = """\
name: "\u0141ukasz \u2014 \u65e5\u672c \\e[31m\\u202e"
years: 2025
birth_year: 1997
pay: {salary: 200_000, frequency: monthly}
elections: {pre_tax: 12%, after_tax: 10%}
policies: [{cadence: monthly, label: "apr\xe8s \xd73"}, year-end]
"""
LEGACY = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
"""A terminal of ASCII, as it was before Python made it one of UTF-8."""


def run(call: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A line of a shell, in which $MBDR is the program, in the folder of the scenarios."""
    program = {"MBDR": f"{sys.executable} -m simulator", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "-c", call],
        input=stdin,
        capture_output=True,
        cwd=ROOT / "scenarios",
        env=os.environ | program | environment,
        check=False,
    )


def said(*arguments: str | Path) -> str:
    """What a command answers, run in this process."""
    done = CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


# Encodings


class Shown(NamedTuple):
    """What a command has written, in the encoding of its terminal."""

    status: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def shown(main: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shown]:
    """Runs a command in this process, in the folder of the scenarios, on a terminal of an encoding."""
    monkeypatch.chdir(ROOT / "scenarios")

    def run(encoding: str, command: str, stdin: str = "") -> Shown:
        out = TextIOWrapper(BytesIO(), encoding)
        err = TextIOWrapper(BytesIO(), encoding, "backslashreplace")
        streams = {"stdin": TextIOWrapper(BytesIO(stdin.encode())), "stdout": out, "stderr": err}
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        status = main(*command.split()).status
        for stream in (out, err):
            stream.flush()
        return Shown(status, out.buffer.getvalue(), err.buffer.getvalue())

    return run


def test_a_terminal_of_ascii_is_asked_for_by_the_environment() -> None:
    """In a process of its own, and no colour reaches its pipe; the tests below have their terminals here."""
    done = run("$MBDR compare emily.yaml", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    expected = (SNAPSHOTS / "compare.txt").read_text(encoding="utf-8").translate(PLAIN_LETTERS)
    assert done.stdout.decode("ascii") == expected


@pytest.mark.parametrize(
    ("command", "snapshot"),
    [
        ("compare emily.yaml", "compare.txt"),
        ("payroll emily.yaml", "payroll.txt"),
        ("check emily.yaml", "check.txt"),
        ("form emily.yaml", "form.txt"),
        ("remind emily.yaml --policy monthly", "remind.txt"),
        ("compare emily.yaml --format markdown", "compare.md"),
        ("compare emily.yaml --format csv", "compare.csv"),
        ("ledger emily.yaml --policy monthly", "ledger.txt"),
    ],
)
def test_a_terminal_of_ascii_shows_the_same_in_ascii(
    command: str, snapshot: str, shown: Callable[..., Shown]
) -> None:
    done = shown("ascii", command)
    assert (done.status, done.stderr) == (0, b"")
    expected = (SNAPSHOTS / snapshot).read_text(encoding="utf-8").translate(PLAIN_LETTERS)
    assert done.stdout.decode("ascii") == expected


@pytest.mark.parametrize(
    ("encoding", "title", "rule"),
    [
        ("cp1252", "Lukasz \u2014 ?? [31m (2025)", "-"),
        ("latin-1", "Lukasz - ?? [31m (2025)", "-"),
        ("cp437", "Lukasz - ?? [31m (2025)", "\u2500"),
        ("cp850", "Lukasz - ?? [31m (2025)", "\u2500"),
        ("utf-8", "\u0141ukasz \u2014 \u65e5\u672c [31m (2025)", "\u2500"),
    ],
)
def test_each_code_page_shows_what_it_has(
    encoding: str, title: str, rule: str, shown: Callable[..., Shown]
) -> None:
    done = shown(encoding, "compare -", PERSON)
    lines = done.stdout.decode(encoding).splitlines()
    assert (done.status, done.stderr) == (0, b"")
    assert lines[0] == title
    below = lines[next(n for n, line in enumerate(lines) if line.startswith("Policy")) + 1]
    assert below == rule * len(below)


def test_a_mistake_is_told_in_any_encoding(shown: Callable[..., Shown]) -> None:
    done = shown("ascii", "ledger - --policy x", PERSON)
    assert done.status == 2
    wrong = b"'x' is not a policy of this scenario (apres x3, year-end)"
    assert done.stderr == b"--policy: " + wrong + b"\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_json_for_other_encodings_is_ascii_with_escapes(
    encoding: str, shown: Callable[..., Shown]
) -> None:
    """Which every encoding here can write, and every reader of JSON takes: RFC 8259, 7."""
    done = shown(encoding, "compare - --format json", PERSON)
    answer = json.loads(done.stdout.decode("ascii"))
    assert answer["scenario"]["name"] == "\u0141ukasz \u2014 \u65e5\u672c \x1b[31m\u202e"


def test_a_page_for_another_encoding_is_the_same_page(shown: Callable[..., Shown]) -> None:
    """It says of itself that it is UTF-8, of which ASCII is a part."""
    done = shown("cp1252", "report -", PERSON)
    html = done.stdout.decode("ascii")
    assert '<meta charset="utf-8">' in html
    assert "<h1>\u0141ukasz \u2014 \u65e5\u672c [31m</h1>" in unescape(html)


def test_files_are_utf_8_on_any_terminal(tmp_path: Path) -> None:
    file = tmp_path / "answer"
    call = f"$MBDR compare - -o {file}.txt && $MBDR compare - --format json -o {file}.json"
    script = f"cat > {file}; " + call.replace(" - ", f" {file} ")
    done = run(script, PERSON.encode(), **LEGACY)
    assert done.returncode == 0
    assert done.stderr.decode("ascii") == f"wrote {file}.txt\nwrote {file}.json\n"
    assert (
        file.with_suffix(".txt")
        .read_text(encoding="utf-8")
        .startswith("\u0141ukasz \u2014 \u65e5\u672c")
    )
    assert '"\u0141ukasz \u2014' in file.with_suffix(".json").read_text(encoding="utf-8")


def test_help_is_ascii_because_click_writes_it() -> None:
    """To a terminal of ASCII click writes UTF-8."""
    assert all(said(name, "--help").isascii() for name in COMMANDS)
    assert said("--help").isascii()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_the_bar_of_progress_is_of_letters_that_the_terminal_has(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(TextIOWrapper):
        def isatty(self) -> bool:
            return True

        def fileno(self) -> int:
            return 2

    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((100, 24)))
    terminal = Terminal(BytesIO(), encoding=encoding, errors="strict")
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.progress("jobs", rate=True) as tell:
        tell(20, 100, 3)
    terminal.flush()
    shown = terminal.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
    assert "20 of 100 jobs" in shown
    assert "---" in shown


# Streams that are closed or full


@pytest.mark.parametrize(
    ("call", "status", "told"),
    [
        (
            "$MBDR compare emily.yaml >&-",
            2,
            "Error: standard output: closed; write to a file with -o FILE\n",
        ),
        ("$MBDR compare emily.yaml >&- 2>&-", 2, ""),
        ("$MBDR compare emily.yaml -o /dev/null >&-", 0, "wrote /dev/null\n"),
        ("$MBDR compare nowhere.yaml 2>&-", 2, ""),
        ("$MBDR compare nowhere.yaml 2>/dev/full", 2, ""),
        ("$MBDR compare - <&-", 2, "<stdin>: closed; name a file in place of -\n"),
        ("$MBDR >/dev/full", 2, "Error: standard output: No space left on device\n"),
        ("$MBDR compare -h >/dev/full", 2, "Error: standard output: No space left on device\n"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_no_traceback(call: str, status: int, told: str) -> None:
    done = run(call)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (status, b"", told)


def test_an_answer_to_a_closed_output_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    terminal.prepare()
    for content in ("a text", b"bytes"):
        with pytest.raises(OSError, match="closed; write to a file with -o FILE"):
            terminal.answer(content)


@pytest.mark.parametrize(
    ("stdin", "told"),
    [
        (b"name: caf\xe9\n", "<stdin>:1:1: byte 10 is not UTF-8; save the file as UTF-8"),
        ("name: x\n".encode("utf-16"), "<stdin>:1:1: byte 1 is not UTF-8; save the file as UTF-8"),
        (b"name: x\n\0\n", "<stdin>:2:1: a NUL byte; this is not a text file"),
        (b"", "<stdin>:1:1: the file is empty; it begins like name: Emily, 28"),
    ],
)
def test_what_is_no_scenario_on_standard_input_is_a_line(stdin: bytes, told: str) -> None:
    done = CliRunner().invoke(cli, ["compare", "-"], input=stdin)
    assert done.exit_code == 2
    assert done.output.startswith(told)


# Names of files that are no text


CAFE = os.fsdecode(b"caf\xe9")
"""As Latin-1 writes it; no text in UTF-8."""

ESCAPED = r"caf\xe9"
"""How it is shown."""


@pytest.fixture
def cafe(tmp_path: Path) -> Path:
    """A scenario in a folder with such names, and files beside it."""
    folder = tmp_path / CAFE
    folder.mkdir()
    (folder / "went-in.csv").write_text("date,amount\n2025-03-14,500\n")
    (folder / "people.csv").write_text("name,taxes.federal\nA,12%\nB,lots\n")
    file = folder / f"{CAFE}.yaml"
    file.write_text(
        'name: "Zo\xeb"\nyears: 2025\nbirth_year: 1997\ndeposits: went-in.csv\n'
        "policies: [monthly, year-end]\n",
        encoding="utf-8",
    )
    return file


def test_a_scenario_in_a_file_that_is_no_text_is_answered_everywhere(cafe: Path) -> None:
    assert said("compare", cafe).startswith("Zo\xeb (2025)")
    answer = json.loads(said("compare", cafe, "--format", "json"))["scenario"]
    assert Path(answer["file"]).name == r"caf\xe9.yaml"
    assert list(answer["files"]) == ["went-in.csv"]
    assert r"<dd>caf\xe9.yaml, SHA-256" in said("report", cafe)
    for command, ending, *more in (
        ("compare", "json"),
        ("compare", "csv"),
        ("compare", "md"),
        ("check", "txt"),
        ("form", "svg"),
        ("report", "html"),
        ("plot", "png"),
        ("remind", "ics", "--policy", "monthly"),
    ):
        file = cafe.with_suffix(f".{command}.{ending}")
        said(command, cafe, *more, "-o", file)
        assert file.stat().st_size > 0


def test_its_name_is_told_in_ascii() -> None:
    """In a process of its own, as a user types it."""
    done = run("$MBDR compare $'caf\\xe9.yaml'; $MBDR new $'/dev/null/caf\\xe9'")
    first, second = done.stderr.decode("ascii").splitlines()
    assert first.startswith(r"caf\xe9.yaml: No such file or directory; ")
    assert second.startswith(r"/dev/null/caf\xe9: ")


def test_mistakes_name_it_with_an_escape(cafe: Path) -> None:
    cafe.write_text("name: x\npay: y\n")
    with pytest.raises(Mistakes) as refused:
        load(cafe)
    name = f"{cafe.parent.parent}/{ESCAPED}/{ESCAPED}.yaml"
    assert all(line.startswith(f"{name}:") for line in str(refused.value).splitlines())
    cafe.write_text("name: x\nyears: 2025\nbirth_year: 1997\ndeposits: nowhere.csv\n")
    with pytest.raises(Mistakes) as refused:
        load(cafe)
    assert str(refused.value).endswith(f"'nowhere.csv' is no file in {cafe.parent.parent}/caf\\xe9")


@pytest.mark.usefixtures("here")
def test_a_batch_answers_it_and_goes_on(cafe: Path) -> None:
    """The files that it names are found beside it; the database has the escape in place of its name."""
    folder, table = cafe.parent / CAFE, cafe.parent / f"{CAFE}.csv"
    (cafe.parent / "people.csv").rename(table)
    done = batch(cafe, folder, table=table, workers=1)
    assert (done.jobs, done.failed) == (2, 1)
    (line,) = map(str, failures(folder, 5))
    assert line.startswith(
        f"{cafe.parent.parent}/caf\\xe9/caf\\xe9.csv:3:2: taxes.federal: 'lots' is"
    )
    assert batch(cafe, folder, table=table, workers=1).known == 1
    with reading(folder) as database:
        ((source,),) = database.execute("SELECT DISTINCT template FROM results")
    assert source == f"{cafe.parent.parent}/caf\\xe9/caf\\xe9.yaml"
    assert export(folder, cafe.parent / f"{CAFE}-results.csv") > 0
    assert "monthly" in said("summary", folder, "--by", "template")


@pytest.mark.usefixtures("here")
def test_duckdb_takes_no_such_name_and_says_so(cafe: Path) -> None:
    folder = cafe.parent / "results"
    batch(cafe, folder, workers=1)
    with pytest.raises(NoDuck, match="DuckDB takes only names in UTF-8; rename it, or write CSV"):
        export(folder, cafe.parent / "results.parquet")
    with pytest.raises(NoDuck, match="DuckDB takes only names in UTF-8"):
        Table(cafe.with_suffix(".parquet")).check()


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "emily.yaml", "--set", f"name={CAFE}"],
        ["sweep", "emily.yaml", "--vary", f"name=A,{CAFE}"],
        ["limits", "--inflation", CAFE],
        ["ledger", "emily.yaml", "--policy", CAFE],
    ],
)
def test_an_argument_that_is_no_text_is_a_mistake(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "scenarios")
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 2
    assert "is not UTF-8" in done.output or r"'caf\xe9' is not a" in done.output


def test_a_grid_that_is_no_text_is_refused(cafe: Path) -> None:
    with pytest.raises(NoJobs, match="grid name: the values are not UTF-8"):
        sources([cafe], grid=[f"name=A,{CAFE}"])


def test_a_name_that_steers_is_told_with_escapes() -> None:
    done = run("$MBDR new $'/dev/null/\\e[31m'; $MBDR $'\\e[31m'; $MBDR compare x.yaml $'\\u202e'")
    assert done.stderr.isascii()
    assert b"\x1b" not in done.stderr
    assert rb"/dev/null/\x1b[31m: " in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "NAME.yaml"],
        ["new", "NAME.yaml/x"],
        ["compare", "emily.yaml", "-o", "NAME.json"],
        ["compare", "emily.yaml", "-o", "NAME/x.json"],
        ["compare", "emily.yaml", "-o", "NAME.pdf"],
        ["plot", "emily.yaml", "-o", "NAME.gif"],
        ["report", "emily.yaml", "-o", "NAME.csv"],
        ["schema", "-o", "NAME.json"],
        ["summary", "NAME"],
        ["export", "NAME", "-o", "x.csv"],
        ["export", "r", "-o", "NAME.csv"],
        ["export", "r", "-o", "NAME.txt"],
        ["batch", "NAME", "-o", "r"],
        ["batch", "emily.yaml", "-o", "NAME", "--workers", "1"],
        ["batch", "emily.yaml", "--table", "NAME.csv", "-o", "r"],
    ],
)
@pytest.mark.usefixtures("here")
def test_a_line_break_in_the_name_of_a_file_breaks_no_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "emily.yaml"
    file.write_bytes((ROOT / "scenarios" / "emily.yaml").read_bytes())
    batch(file, tmp_path / "r", workers=1)
    monkeypatch.chdir(tmp_path)
    name = "a\nb"
    done = CliRunner().invoke(cli, [one.replace("NAME", name) for one in arguments])
    (line,) = done.stderr.splitlines()
    assert r"a\nb" in line
