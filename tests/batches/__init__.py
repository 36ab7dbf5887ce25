"""What tests of batches share: a small company, results as bytes, a batch in another process or here."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from simulator.batches.export import export
from simulator.batches.reading import reading
from simulator.batches.tasks import Task, done
from simulator.refusal import Refused

ROOT = Path(__file__).parents[2]
TEMPLATE = """\
name: Template
years: 2025
birth_year: 1985
pay: {salary: 150_000, frequency: biweekly, first_pay_date: 2025-01-10}
elections: {pre_tax: 8%, after_tax: 6%}
policies: [per-paycheck, monthly, year-end, never]
taxes: {federal: 24%}
"""
UNEVEN = "returns: {model: lognormal, paths: 20_000, seed: 7}\n"


def template(folder: Path, more: str = "") -> Path:
    """A template scenario in a folder."""
    file = folder / "template.yaml"
    file.write_text(TEMPLATE + more, encoding="utf-8")
    return file


def company(folder: Path, count: int) -> Path:
    """A table of so many employees, no two alike."""
    file = folder / "people.csv"
    rows = (f"Employee {n},{60_000 + 137 * n},{2 + n % 9}%" for n in range(count))
    file.write_text("\n".join(["name,pay.salary,elections.after_tax", *rows]) + "\n", "utf-8")
    return file


def exported(results: Path, view: str = "results") -> bytes:
    """A view of the results, as the bytes of its CSV."""
    file = results.with_name(f"{results.name}-{view}.csv")
    export(results, file, view)
    return file.read_bytes()


def counted(results: Path, state: str = "done") -> int:
    """How many jobs of a folder are in a state, while a batch writes into it."""
    with reading(results) as database:
        query = "SELECT count(*) FROM jobs WHERE state = ?"
        return int(database.execute(query, (state,)).fetchone()[0])


def started(*arguments: object) -> subprocess.Popen[str]:
    """`mbdr batch` in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "simulator", "batch", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def once_there_are(results: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Waits until so many jobs are done."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        assert process.poll() is None, "the batch ended before it could be disturbed"
        if (results / "results.sqlite").exists():
            try:
                if counted(results) >= count:
                    return
            except Refused:  # its tables are not made yet
                pass
        time.sleep(0.02)
    raise AssertionError("the batch does not get on")


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(words[1]) == process and b"simulator.batches.worker" in command:
            found.append(int(status.parent.name))
    return found


def kill(process: int) -> None:
    """Ends a process at once, without a word."""
    os.kill(process, signal.SIGKILL)


class Here:
    """Workers of a batch that are this process."""

    room = 1

    def __init__(self, count: int) -> None:  # noqa: ARG002
        self._tasks: list[Task] = []

    @property
    def under_way(self) -> int:
        """How many tasks wait."""
        return len(self._tasks)

    def give(self, task: Task) -> None:
        """Takes a task."""
        self._tasks.append(task)

    def returned(self) -> list[tuple[Task, Any]]:
        """Does what waits."""
        tasks, self._tasks = self._tasks, []
        return [(task, done(task)) for task in tasks]

    def close(self) -> None:
        """Ends nothing: there is no process."""
