"""A batch that is disturbed: killed, interrupted, without room, with edited files; nothing is lost."""

import errno
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import simulator
from simulator.answer.comparison import Comparison
from simulator.batches import tasks as work
from simulator.batches.answered import Answer
from simulator.batches.database import Busy, UnusableFolder
from simulator.batches.results import Results
from simulator.batches.sources import sources
from simulator.batches.summary import summary
from simulator.batches.workers import PIECE
from simulator.report.tables.batch import summary_tables
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.batches import (
    ROOT,
    Here,
    children,
    company,
    counted,
    exported,
    kill,
    once_there_are,
    started,
    template,
)
from tests.commands import Run

pytestmark = pytest.mark.usefixtures("here")
"""Of the batches of this process; those of a command have workers of their own."""


class Undisturbed(NamedTuple):
    """A batch to which nothing happened."""

    file: Path
    table: Path
    results: Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """A company of 120, answered."""
    folder = tmp_path_factory.mktemp("whole")
    file, table = template(folder), company(folder, 120)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.batches.run.Processes", Here)
        simulator.batch(file, folder / "r", table=table)
    return Undisturbed(file, table, folder / "r")


def sound(results: Path) -> bool:
    """Whether SQLite finds the database whole."""
    database = sqlite3.connect(results / "results.sqlite")
    answer = database.execute("PRAGMA integrity_check").fetchone()[0]
    database.close()
    return bool(answer == "ok")


def test_a_killed_batch_resumes_to_an_identical_export(tmp_path: Path, whole: Undisturbed) -> None:
    file, table, to = whole.file, whole.table, tmp_path / "killed"
    for wanted in (20, 50):
        process = started(file, "--table", table, "-o", to, "--workers", 2)
        once_there_are(to, wanted, process)
        kill(process.pid)
        process.communicate()
        assert sound(to)
        assert counted(to) >= wanted
    assert simulator.batch(file, to, table=table).known >= 50
    for view in ("results", "results_total", "results_contributions"):
        assert exported(to, view) == exported(whole.results, view)


def test_a_killed_batch_of_pieces_keeps_those_that_are_finished(tmp_path: Path) -> None:
    more = "returns: {model: lognormal, paths: 120_000, seed: 7}\n"
    file, to = template(tmp_path, more), tmp_path / "killed"
    script = (
        "import simulator, sys; from pathlib import Path\n"
        f"simulator.batch({str(file)!r}, {str(to)!r}, workers=2, piece=4 << 20)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, start_new_session=True)
    _once_there_are_pieces(to, 4, process)
    kill(process.pid)
    process.wait()
    told: list[tuple[int, int, int]] = []
    simulator.batch(file, to, piece=4 << 20, progress=lambda *how: told.append(how))
    simulator.batch(file, tmp_path / "whole", piece=4 << 20)
    pieces = told[-1][1] - 1
    assert 0 < pieces <= -(-120_000 // 4_096) - 4
    assert exported(to, "results_total") == exported(tmp_path / "whole", "results_total")


def _once_there_are_pieces(to: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    import time

    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        assert process.poll() is None, "the batch ended before it could be disturbed"
        if (to / "results.sqlite").exists():
            database = sqlite3.connect(f"file:{to / 'results.sqlite'}?mode=ro", uri=True)
            try:
                if database.execute("SELECT count(*) FROM pieces").fetchone()[0] >= count:
                    return
            except sqlite3.OperationalError:  # its tables are not made yet
                pass
            finally:
                database.close()
        time.sleep(0.02)
    raise AssertionError("the batch does not get on")


def test_ctrl_c_ends_with_130_and_says_how_to_go_on(tmp_path: Path) -> None:
    file, table, to = template(tmp_path), company(tmp_path, 2_000), tmp_path / "r"
    process = started(file, "--table", table, "-o", to, "--workers", 2)
    once_there_are(to, 20, process)
    workers = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "the same command goes on from there" in errors
    assert "Traceback" not in errors
    assert sound(to)
    assert len(workers) == 2
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_a_killed_worker_is_replaced_and_nothing_is_missing(
    tmp_path: Path, whole: Undisturbed
) -> None:
    to = tmp_path / "r"
    process = started(whole.file, "--table", whole.table, "-o", to, "--workers", 2)
    once_there_are(to, 20, process)
    kill(children(process.pid)[0])
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert exported(to) == exported(whole.results)


def test_a_job_that_kills_its_worker_is_retried_twice_then_reported(tmp_path: Path) -> None:
    from simulator.batches.retries import DIED, carried_out
    from simulator.batches.workers import Processes

    deadly = tmp_path / "deaths"
    chunks = iter([_Deadly(str(deadly), (1, 2)), _Deadly(str(deadly), (3, 666)), None])
    crew = Processes(2)
    try:
        carried: Iterator[tuple[_Deadly, Any]] = carried_out(lambda: next(chunks, None), crew)
        found = dict(
            one for task, outcome in carried for one in zip(task.jobs, outcome, strict=True)
        )
    finally:
        crew.close()
    assert found == {1: "done", 2: "done", 3: "done", 666: DIED}
    assert deadly.stat().st_size == 3


class _Deadly:
    """Jobs of which 666 kills its worker, and leaves a mark each time."""

    def __init__(self, file: str, jobs: tuple[int, ...]) -> None:
        self.file, self.jobs = file, jobs

    def done(self) -> list[str]:
        for job in self.jobs:
            if job == 666:
                with Path(self.file).open("a") as out:
                    out.write("x")
                os._exit(9)
        return ["done"] * len(self.jobs)

    def single(self) -> Iterator["_Deadly"]:
        return (_Deadly(self.file, (job,)) for job in self.jobs)

    def lost(self, why: str) -> list[str]:
        return [why] * len(self.jobs)


def test_two_batches_into_one_folder_are_refused_with_a_line(tmp_path: Path, main: Run) -> None:
    file, to = template(tmp_path), tmp_path / "r"
    held = Results(to)
    with pytest.raises(Busy, match="another batch is writing into it; wait until it is done"):
        simulator.batch(file, to)
    status, _, errors = main("batch", file, "-o", to)
    held.close()
    assert status == 2
    assert "another batch is writing" in errors
    assert len(errors.splitlines()) == 1
    assert simulator.batch(file, to).failed == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, main: Run) -> None:
    (tmp_path / "file").write_text("not a folder")
    status, _, errors = main("batch", template(tmp_path), "-o", tmp_path / "file" / "r")
    assert status == 2
    assert errors.strip() == f"{tmp_path / 'file' / 'r'}: cannot be written: Not a directory"


def test_a_folder_that_nobody_may_write_into_is_told_with_the_reason_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says of it that it is unable to open a database file."""

    def refuse(dir: Path) -> None:  # noqa: A002
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(dir))

    def locked(_: Path) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr("simulator.batches.database.TemporaryFile", refuse)
    monkeypatch.setattr("simulator.batches.results.locked", locked)
    with pytest.raises(UnusableFolder) as refused:
        simulator.batch(template(tmp_path), tmp_path / "r")
    assert str(refused.value) == f"{tmp_path / 'r'}: cannot be written: Permission denied"


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").write_bytes(b"something else" * 1_000)
    with pytest.raises(UnusableFolder, match="file is not a database"):
        simulator.batch(template(tmp_path), tmp_path)


def test_a_full_disk_is_one_line_and_keeps_what_was_finished(
    tmp_path: Path, whole: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite reports a full disk by itself where its pages are limited."""
    file, table, to = whole.file, whole.table, tmp_path / "r"
    opened = Results._open

    def small(self: Results, database: sqlite3.Connection) -> None:
        opened(self, database)
        database.execute("PRAGMA max_page_count = 80")

    with monkeypatch.context() as patch:
        patch.setattr(Results, "_open", small)
        with pytest.raises(UnusableFolder, match=r"disk is full; what was finished is kept"):
            simulator.batch(file, to, table=table)
    assert sound(to)
    assert counted(to) > 10
    done = simulator.batch(file, to, table=table)
    assert (done.known > 10, done.failed) == (True, 0)
    assert exported(to) == exported(whole.results)


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    """A disk of 1 MiB; where none can be mounted, nothing."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    mounted = (
        os.geteuid() == 0
        and shutil.which("mount") is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )
    yield place if mounted else None
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full_is_one_line(
    tmp_path: Path, small_disk: Path | None, main: Run
) -> None:
    if small_disk is None:  # the test before this one covers it without a disk
        return
    file, table = template(tmp_path), company(tmp_path, 400)
    status, _, errors = main("batch", file, "--table", table, "-o", small_disk / "r", "-q")
    assert status == 2
    assert "full" in errors or "No space left" in errors
    assert len(errors.splitlines()) == 1
    assert sound(small_disk / "r")


def test_results_can_be_read_while_a_batch_writes(tmp_path: Path) -> None:
    file, to = template(tmp_path), tmp_path / "r"
    simulator.batch(file, to)
    held = Results(to)
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.append(counted(to)))
    reader.start()
    reader.join()
    held.close()
    assert seen == [1]


# What changes while a batch runs


def once(change: Callable[[], object]) -> Callable[[int, int, int], None]:
    """Progress that does something when it is told of the first job."""
    left = [change]

    def told(*_: int) -> None:
        if left:
            left.pop()()

    return told


def replaced(file: Path, text: str) -> None:
    """Another file takes the place of one, as editors do it."""
    aside = file.with_suffix(".aside")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)


def test_a_table_that_is_replaced_while_a_batch_runs_is_told_and_kept(tmp_path: Path) -> None:
    file, table, to = template(tmp_path), company(tmp_path, 60), tmp_path / "r"
    grown = table.read_text() + "Employee 60,99_000,3%\n"
    change = once(lambda: replaced(table, grown))
    done = simulator.batch(file, to, table=table, progress=change)
    told = f"{table}: changed while the batch ran: 60 jobs were made of it, now it makes 61"
    assert (done.jobs, done.failed, done.changed) == (60, 0, (told,))
    summed = summary(to)
    assert summed.to_dict()["changed"] == [told]
    notes = next(iter(summary_tables(summed))).notes
    assert f"{told}." in notes
    assert "The same mbdr batch again works out what changed." in notes
    again = simulator.batch(file, to, table=table)
    assert (again.jobs, again.known, again.changed) == (61, 60, ())
    assert "changed" not in summary(to).to_dict()


def test_a_changed_file_whose_name_is_not_utf_8_is_told_with_escapes(tmp_path: Path) -> None:
    named = tmp_path / os.fsdecode(b"Zo\xeb.yaml")
    named.write_text(template(tmp_path).read_text())
    table = company(tmp_path, 20)
    change = once(lambda: named.write_text(named.read_text().replace("24%", "25%")))
    done = simulator.batch(named, tmp_path / "r", table=table, progress=change)
    assert done.changed == (f"{tmp_path}/Zo\\xeb.yaml: changed while the batch ran",)
    assert summary(tmp_path / "r").state.changed == done.changed


def test_a_table_that_is_written_to_in_its_place_is_told(tmp_path: Path) -> None:
    """Its rows are read all the while: what was read may be of neither version."""
    file, table = template(tmp_path), company(tmp_path, 20)
    change = once(lambda: table.write_text(table.read_text().replace("2%", "4%")))
    done = simulator.batch(file, tmp_path / "r", table=table, progress=change)
    assert done.changed == (f"{table}: changed while the batch ran",)
    assert simulator.batch(file, tmp_path / "r", table=table).changed == ()


def test_the_command_says_what_changed_and_ends_with_one(tmp_path: Path) -> None:
    file, table, to = template(tmp_path), company(tmp_path, 100), tmp_path / "r"
    process = started(file, "--table", table, "-o", to, "--workers", 1)
    once_there_are(to, 20, process)
    replaced(table, table.read_text().replace("Employee 7,", "Employee Seven,"))
    file.write_text(file.read_text().replace("24%", "25%"))
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert f"{table}: changed while the batch ran\n" in errors
    assert f"{file}: changed while the batch ran\n" in errors
    assert errors.endswith(
        f"100 jobs in {to}; 2 files changed meanwhile: the same command works out what changed\n"
    )


def fund(folder: Path, more: str = "") -> tuple[Path, Path]:
    """A scenario on the prices of a fund, and the file of these."""
    prices = folder / "fund.csv"
    prices.write_bytes((ROOT / "scenarios/data/invented-fund.csv").read_bytes())
    model = f"returns: {{model: bootstrap, block: 5, prices: fund.csv{more}}}\n"
    return template(folder, model), prices


def shortened(prices: Path) -> None:
    replaced(prices, "\n".join(prices.read_text().splitlines()[:-1]) + "\n")


def test_a_price_file_that_changes_is_told_with_the_jobs_that_had_what_it_was(
    tmp_path: Path,
) -> None:
    file, prices = fund(tmp_path, ", paths: 50")
    table, to = company(tmp_path, 24), tmp_path / "r"
    change = once(lambda: shortened(prices))
    done = simulator.batch(file, to, table=table, progress=change)
    (told,) = done.changed
    found = re.fullmatch(
        rf"{prices}: changed while the batch ran: (\d+) jobs? had what it was", told
    )
    assert found
    again = simulator.batch(file, to, table=table)
    assert again.known == 24 - int(found[1]) - done.failed
    assert (again.failed, again.changed) == (0, ())
    simulator.batch(file, tmp_path / "whole", table=table)
    assert exported(to) == exported(tmp_path / "whole")


def test_a_file_that_is_touched_but_has_its_bytes_is_not_told(tmp_path: Path) -> None:
    file, prices = fund(tmp_path, ", paths: 50")
    change = once(lambda: replaced(prices, prices.read_text()))
    done = simulator.batch(file, tmp_path / "r", grid=["birth_year=1980:1989:1"], progress=change)
    assert (done.jobs, done.changed) == (10, ())


def test_a_file_that_changes_while_its_job_is_answered_fails_that_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its answer would be kept under the hash of what was not read."""
    file, prices = fund(tmp_path, ", paths: 50")
    job = next(sources([file]).jobs())

    def late(scenario: Scenario, engine: str) -> Comparison:
        shortened(prices)
        return compare(scenario, engine=engine)

    monkeypatch.setattr("simulator.batches.tasks.compare", late)
    answer = work.answer(job, PIECE)
    assert isinstance(answer, Answer)
    assert [str(one) for one in answer.mistakes] == [
        f"{file}: a file that the scenario names changed while this was answered; "
        "the same command tries it again"
    ]


def test_pieces_of_two_versions_of_a_file_never_come_together(tmp_path: Path) -> None:
    file, prices = fund(tmp_path, ", paths: 16_000")
    to = tmp_path / "r"
    change = once(lambda: shortened(prices))
    done = simulator.batch(file, to, piece=1 << 20, progress=change)
    assert done.failed == 1
    (message,) = done.failures().message
    assert "changed while this was answered" in message
    assert not (to / "pieces").exists()
    assert simulator.batch(file, to, piece=1 << 20).failed == 0
    simulator.batch(file, tmp_path / "whole")
    assert exported(to, "results_total") == exported(tmp_path / "whole", "results_total")


# A database that is damaged


def damage(results: Path, table: str) -> None:
    """Overwrites the page at which a table begins."""
    file = results / "results.sqlite"
    database = sqlite3.connect(file)
    query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    page, size = database.execute(query, (table,)).fetchone()[0], 4096
    assert database.execute("PRAGMA page_size").fetchone()[0] == size
    database.close()
    with file.open("r+b") as out:
        out.seek((page - 1) * size)
        out.write(b"\xab" * size)


def test_a_damaged_database_is_noticed_before_any_work_and_says_what_to_do(
    tmp_path: Path, main: Run
) -> None:
    file, table, to = template(tmp_path), company(tmp_path, 3), tmp_path / "r"
    simulator.batch(file, to, table=table)
    totals, went_in = exported(to, "results_total"), exported(to, "results_contributions")
    damage(to, "years")
    status, _, errors = main("batch", file, "--table", table, "-o", to)
    assert status == 2
    (line,) = errors.splitlines()
    assert line.startswith(f"{to / 'results.sqlite'} is damaged (")
    assert line.endswith(
        "; move it aside, and the same mbdr batch makes it anew; a view that is still whole can be "
        f"had first: mbdr export {to} --view results_total -o FILE.csv"
    )
    with pytest.raises(UnusableFolder, match=r"is damaged .* move it aside"):
        exported(to)
    assert exported(to, "results_total") == totals
    damage(to, "totals")
    for view in ("results", "results_total"):
        with pytest.raises(UnusableFolder, match="--view results_contributions -o FILE"):
            exported(to, view)
    assert exported(to, "results_contributions") == went_in
    (to / "results.sqlite").rename(tmp_path / "aside")
    assert simulator.batch(file, to, table=table).failed == 0
    assert exported(to, "results_total") == totals
