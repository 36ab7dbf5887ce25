"""Where work is done: processes of this machine. A process that dies is replaced."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING, Any, Protocol

from simulator.notation.taken import demand_whole

if TYPE_CHECKING:
    from simulator.batches.tasks import Work

LOST = object()
"""What became of a task whose worker died."""

AHEAD = 2
"""Tasks that are under way for each worker: one being worked on, one waiting."""

PIECE = 32 << 20
"""About how large a piece of a large scenario is: it is sent from process to process. [bytes]"""

LARGEST_PIECE = 1 << 40
"""What may be asked for in its place: nothing is that large, so nothing is cut. [bytes]"""

ALONE = {"OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "1"}
"""The environment of a worker: it has one processor to itself."""

GROUP = Path("/sys/fs/cgroup")
"""Where Linux says what a container may use."""


MOST = 1_024
"""Processes that may be asked for."""


def demand_processes(workers: int | None) -> None:
    """Raises `Refused` where a number of processes was asked for that there cannot be."""
    if workers is not None:
        demand_whole("workers", workers, 1, MOST, "processes")


class Workers(Protocol):
    """Those who do the work: processes, or a cluster."""

    @property
    def room(self) -> int:
        """How many tasks should be under way at a time."""

    @property
    def under_way(self) -> int:
        """How many tasks are."""

    def give(self, task: Work) -> None:
        """Puts a task under way."""

    def returned(self) -> list[tuple[Any, Any]]:
        """Waits for tasks, and gives what each came to, or `LOST`."""

    def close(self) -> None:
        """Ends everything that is under way."""


def processors() -> int:
    """How many processors this process may use: those it is bound to, and a container's share of time."""
    bound = hasattr(os, "sched_getaffinity")
    count = len(os.sched_getaffinity(0)) if bound else os.cpu_count() or 1
    for files in (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us")):
        with suppress(OSError, ValueError):  # it is not said, or it is "max"
            quota, period = (
                int(word) for file in files for word in (GROUP / file).read_text().split()
            )
            count = min(count, -(-quota // period)) if quota > 0 else count
    return count


class Processes:
    """Processes of this machine, and for each a thread that sends it tasks and waits for their outcomes.

    Args:
        count: How many.
    """

    def __init__(self, count: int) -> None:
        self.room = AHEAD * count
        self._tasks: dict[Future[Any], Work] = {}
        self._threads = ThreadPoolExecutor(count)
        self._own = threading.local()
        self._started: list[Popen[bytes]] = []
        self._first = [self._begun()]  # loads the program before there is a task

    @property
    def under_way(self) -> int:
        """How many tasks are."""
        return len(self._tasks)

    def give(self, task: Work) -> None:
        """Puts a task under way."""
        self._tasks[self._threads.submit(self._outcome, task)] = task

    def returned(self) -> list[tuple[Any, Any]]:
        """Waits for tasks, and gives what each came to, or `LOST`."""
        return [
            (self._tasks.pop(future), future.exception() or future.result())
            for future in wait(self._tasks, return_when=FIRST_COMPLETED).done
        ]

    def _outcome(self, task: Work) -> Any:
        """What a task comes to in the process of this thread."""
        process = getattr(self._own, "process", None) or self._process()
        try:
            pickle.dump(task, process.stdin)
            process.stdin.flush()
            return pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self._own.process = None
            return LOST

    def _process(self) -> Any:
        """A process for this thread."""
        try:
            self._own.process = self._first.pop()
        except IndexError:
            self._own.process = self._begun()
        return self._own.process

    def _begun(self) -> Popen[bytes]:
        """A new process. Its group is its own, so that Ctrl-C does not reach it."""
        process = Popen(
            [sys.executable, "-P", "-c", "from simulator.batches.worker import serve; serve()"],
            stdin=PIPE,
            stdout=PIPE,
            env=os.environ | ALONE | {"PYTHONPATH": os.pathsep.join(map(str, sys.path))},
            process_group=0,
        )
        self._started.append(process)
        return process

    def close(self) -> None:
        """Ends everything that is under way."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._started:
            process.kill()
        self._threads.shutdown()
        for process in self._started:
            process.communicate()
