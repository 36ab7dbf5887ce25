"""A batch that is disturbed: killed, interrupted, without room; nothing finished is lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.batches.results import Busy, Results, Unusable
from tests.batches import (
    ROOT,
    children,
    company,
    counted,
    exported,
    kill,
    once_there_are,
    started,
    template,
)


def sound(results: Path) -> bool:
    """Whether SQLite finds the database whole."""
    database = sqlite3.connect(results / "results.sqlite")
    answer = database.execute("PRAGMA integrity_check").fetchone()[0]
    database.close()
    return bool(answer == "ok")


def test_a_killed_batch_resumes_to_an_identical_export(tmp_path: Path) -> None:
    file, table, to = template(tmp_path), company(tmp_path, 400), tmp_path / "killed"
    undisturbed = simulator.batch(file, tmp_path / "whole", table=table, workers=2)
    for wanted in (60, 160):
        process = started(file, "--table", table, "-o", to, "--workers", 2)
        once_there_are(to, wanted, process)
        kill(process.pid)
        process.communicate()
        assert sound(to)
        assert counted(to) >= wanted
    resumed = simulator.batch(file, to, table=table, workers=2)
    assert resumed.known >= 160
    for view in ("results", "results_total", "results_contributions"):
        assert exported(to, view) == exported(undisturbed.folder, view)


def test_a_killed_batch_of_pieces_keeps_those_that_are_finished(tmp_path: Path) -> None:
    more = "returns: {model: lognormal, paths: 400_000, seed: 7}\n"
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
    simulator.batch(file, to, workers=2, piece=4 << 20, progress=lambda *how: told.append(how))
    simulator.batch(file, tmp_path / "whole", workers=2, piece=4 << 20)
    pieces = told[-1][1] - 1
    assert 0 < pieces <= -(-400_000 // 4_096) - 4
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


def test_a_killed_worker_is_replaced_and_nothing_is_missing(tmp_path: Path) -> None:
    file, table, to = template(tmp_path), company(tmp_path, 400), tmp_path / "r"
    process = started(file, "--table", table, "-o", to, "--workers", 2)
    once_there_are(to, 40, process)
    kill(children(process.pid)[0])
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    simulator.batch(file, tmp_path / "whole", table=table, workers=2)
    assert exported(to) == exported(tmp_path / "whole")


def test_a_job_that_kills_its_worker_is_retried_twice_then_reported(tmp_path: Path) -> None:
    from simulator.batches.dispatch import DIED, carried_out
    from simulator.batches.workers import Processes

    deadly = tmp_path / "deaths"
    chunks = iter([_Deadly(str(deadly), (1, 2)), _Deadly(str(deadly), (3, 666)), None])
    crew = Processes(2)
    try:
        found = dict(
            one
            for task, outcome in carried_out(lambda: next(chunks, None), crew)  # type: ignore[arg-type,return-value]
            for one in zip(task.jobs, outcome, strict=True)  # type: ignore[union-attr]
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

    def single(self) -> list["_Deadly"]:
        return [_Deadly(self.file, (job,)) for job in self.jobs]

    def lost(self, why: str) -> list[str]:
        return [why] * len(self.jobs)


def test_two_batches_into_one_folder_are_refused_with_a_line(tmp_path: Path) -> None:
    file, to = template(tmp_path), tmp_path / "r"
    held = Results(to)
    with pytest.raises(Busy, match="another batch is writing into it; wait until it is done"):
        simulator.batch(file, to, workers=1)
    process = started(file, "-o", to)
    _, errors = process.communicate(timeout=30)
    held.close()
    assert process.returncode == 2
    assert "another batch is writing" in errors
    assert "Traceback" not in errors
    assert simulator.batch(file, to, workers=1).failed == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    process = started(template(tmp_path), "-o", tmp_path / "file" / "r")
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert errors.strip() == (
        f"Error: {tmp_path / 'file' / 'r'}: Not a directory; what was finished is kept"
    )


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").write_bytes(b"something else" * 1_000)
    with pytest.raises(Unusable, match="file is not a database"):
        simulator.batch(template(tmp_path), tmp_path, workers=1)


def test_a_full_disk_is_one_line_and_keeps_what_was_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite reports a full disk by itself where its pages are limited."""
    file, table, to = template(tmp_path), company(tmp_path, 300), tmp_path / "r"
    opened = Results._open

    def small(self: Results, database: sqlite3.Connection) -> None:
        opened(self, database)
        database.execute("PRAGMA max_page_count = 120")

    monkeypatch.setattr(Results, "_open", small)
    with pytest.raises(Unusable, match=r"disk is full; what was finished is kept"):
        simulator.batch(file, to, table=table, workers=2)
    monkeypatch.undo()
    assert sound(to)
    assert counted(to) > 10
    done = simulator.batch(file, to, table=table, workers=2)
    assert (done.known > 10, done.failed) == (True, 0)
    simulator.batch(file, tmp_path / "whole", table=table, workers=2)
    assert exported(to) == exported(tmp_path / "whole")


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


def test_a_disk_that_is_really_full_is_one_line(tmp_path: Path, small_disk: Path | None) -> None:
    if small_disk is None:  # the test before this one covers it without a disk
        return
    file, table = template(tmp_path), company(tmp_path, 400)
    process = started(file, "--table", table, "-o", small_disk / "r", "--workers", 2, "-q")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Traceback" not in errors
    assert "full" in errors or "No space left" in errors
    assert len(errors.strip().splitlines()) == 1
    assert sound(small_disk / "r")


def test_results_can_be_read_while_a_batch_writes(tmp_path: Path) -> None:
    file, to = template(tmp_path), tmp_path / "r"
    simulator.batch(file, to, workers=1)
    held = Results(to)
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.append(counted(to)))
    reader.start()
    reader.join()
    held.close()
    assert seen == [1]
