"""Processes that do the work of a batch: one that dies, one that has to end, and how many there should be."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from simulator.batches import workers
from simulator.batches.workers import LOST, Processes, processors
from simulator.notation.mistakes import Mistake, Mistakes, Place
from tests.batches import ROOT, children, kill, template

LONG = 300.0
"""A task that is not waited for. [s]"""


class Task(NamedTuple):
    """Work of a test."""

    what: str

    def done(self) -> Any:
        kind, _, more = self.what.partition(" ")
        if kind == "die":
            os._exit(9)
        if kind == "wait":
            Path(more).touch()
            time.sleep(LONG)
        if kind == "print":
            print("a line")  # noqa: T201
            os.write(1, b"bytes of a compiled library")
        if kind == "fail":
            raise Mistakes([Mistake(Place("fund.csv"), (), "no such file")])
        return os.environ.get(more) if kind == "tell" else os.getpid()

    def lost(self, why: str) -> str:
        return why


def outcomes(crew: Processes, *tasks: str) -> dict[str, Any]:
    """What some tasks came to."""
    for what in tasks:
        crew.give(Task(what))  # type: ignore[arg-type]
    found: dict[str, Any] = {}
    while crew.under_way:
        found |= {str(task.what): outcome for task, outcome in crew.returned()}
    return found


def until(there: Path) -> None:
    """Waits for a file."""
    for _ in range(6_000):
        if there.exists():
            return
        time.sleep(0.01)
    raise AssertionError(f"{there} never came")


def gone(process: int) -> bool:
    """Whether a process has ended, or does so within a minute."""
    for _ in range(600):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":  # nobody has asked how it ended
            return True
        time.sleep(0.1)
    return False


def test_a_worker_that_dies_loses_its_own_task_alone_and_is_replaced() -> None:
    crew = Processes(2)
    try:
        found = outcomes(
            crew, *(f"work {n}" for n in range(5)), "die", *(f"work {n}" for n in "ab")
        )
        again = outcomes(crew, "work 1", "work 2")
    finally:
        crew.close()
    assert found.pop("die") is LOST
    assert LOST not in found.values()
    assert LOST not in again.values()


def test_a_worker_that_is_killed_while_it_waits_is_replaced() -> None:
    crew = Processes(1)
    try:
        victim = outcomes(crew, "work")["work"]
        kill(victim)
        assert gone(victim)
        assert outcomes(crew, "work")["work"] is LOST
        assert outcomes(crew, "work")["work"] not in (LOST, victim)
    finally:
        crew.close()


def test_what_a_library_prints_is_no_outcome(capfd: pytest.CaptureFixture[str]) -> None:
    crew = Processes(1)
    try:
        found = outcomes(crew, "print", "work")
    finally:
        crew.close()
    assert found["print"] == found["work"]  # the same process
    assert capfd.readouterr().out == ""


def test_an_exception_is_told_in_words() -> None:
    """`Mistakes` cannot be made from what a pickle has of it, so it must not be sent."""
    crew = Processes(1)
    try:
        assert outcomes(crew, "fail")["fail"] == "Mistakes: fund.csv: no such file"
    finally:
        crew.close()


def test_a_worker_has_a_processor_to_itself_and_finds_what_its_parent_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise RuntimeError('not the one of the parent')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "8")
    crew = Processes(1)
    try:
        asked = ("OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "PYTHONPATH")
        found = outcomes(crew, *(f"tell {name}" for name in asked))
    finally:
        crew.close()
    threads, numba, places = (
        found[f"tell {name}"] for name in asked
    )  # in whatever order they came
    assert (threads, numba) == ("1", "1")
    assert places.split(os.pathsep) == sys.path
    assert os.environ["OPENBLAS_NUM_THREADS"] == "8"


def test_no_more_processes_are_started_than_there_are_tasks() -> None:
    crew = Processes(50)
    try:
        outcomes(crew, "work 1", "work 2")
        assert 1 <= len(children(os.getpid())) <= 2
    finally:
        crew.close()
    assert children(os.getpid()) == []


def test_closing_ends_what_is_under_way_at_once(tmp_path: Path) -> None:
    """Work of five minutes: the next test would wait for it."""
    crew = Processes(2)
    for n in range(4):  # two of them have no worker yet
        crew.give(Task(f"wait {tmp_path / str(n)}"))  # type: ignore[arg-type]
    until(tmp_path / "0")
    until(tmp_path / "1")
    crew.close()
    assert children(os.getpid()) == []
    assert not (tmp_path / "2").exists()


def test_a_worker_ends_with_its_parent_in_the_middle_of_its_task(tmp_path: Path) -> None:
    script = (
        "from simulator.batches.workers import Processes; from tests.batches.test_workers import Task\n"
        f"crew = Processes(1); crew.give(Task('wait {tmp_path / 'there'}')); crew.returned()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    until(tmp_path / "there")
    (worker,) = children(parent.pid)
    kill(parent.pid)
    parent.wait()
    assert gone(worker)


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    """Pools of the standard library run the script again in each worker, which then starts workers."""
    script = tmp_path / "mine.py"
    script.write_text(
        "import simulator\n"
        "print('here')\n"
        f"print(simulator.batch({str(template(tmp_path))!r}, {str(tmp_path / 'r')!r}, workers=2).failed)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("here\n0\n", "")


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({}, 8),
        ({"cpu.max": "max 100000\n"}, 8),
        ({"cpu.max": "150000 100000\n"}, 2),
        ({"cpu.max": "10000 100000\n"}, 1),
        ({"cpu.max": "1600000 100000\n"}, 8),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, 8),
        ({"cpu/cpu.cfs_quota_us": "250000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 3),
        ({"cpu/cpu.cfs_quota_us": "250000\n"}, 8),
    ],
)
def test_a_container_has_as_many_workers_as_its_share_of_eight_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], count: int
) -> None:
    """Quota over period, rounded up: docs.kernel.org, cgroup-v2 `cpu.max` and sched-bwc."""
    (tmp_path / "cpu").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(workers, "GROUP", tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)))
    assert processors() == count


def test_where_no_process_is_bound_every_processor_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
