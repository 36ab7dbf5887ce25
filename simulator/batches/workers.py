"""Where work is done: processes of this machine. A process that dies is replaced."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

from simulator.batches.work import Task, done

LOST = object()
"""What became of a task whose worker died."""

AHEAD = 2
"""Tasks that are under way for each worker: one being worked on, one waiting."""

ALONE = {"OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "1"}
"""The environment of a worker: it has one processor to itself."""


class Workers(Protocol):
    """Those who do the work: processes, or a cluster."""

    @property
    def room(self) -> int:
        """How many tasks should be under way at a time."""

    @property
    def under_way(self) -> int:
        """How many tasks are."""

    def give(self, task: Task) -> None:
        """Puts a task under way."""

    def returned(self) -> list[tuple[Task, Any]]:
        """Waits for tasks, and gives what each came to, or `LOST`."""

    def close(self) -> None:
        """Ends everything that is under way."""


def processors() -> int:
    """How many processors this process may use."""
    from joblib import cpu_count

    return int(cpu_count())


class Processes:
    """Processes of this machine.

    Args:
        count: How many.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._tasks: dict[Future[Any], Task] = {}
        self._pool = self._started()

    def _started(self) -> Any:
        from joblib.externals.loky import ProcessPoolExecutor

        parent = os.getpid()
        return ProcessPoolExecutor(
            self._count, initializer=_prepared, initargs=(parent, sys.path), env=ALONE
        )

    @property
    def room(self) -> int:
        """How many tasks should be under way at a time."""
        return AHEAD * self._count

    @property
    def under_way(self) -> int:
        """How many tasks are."""
        return len(self._tasks)

    def give(self, task: Task) -> None:
        """Puts a task under way."""
        try:
            future = self._pool.submit(done, task)
        except (
            BrokenProcessPool
        ) as broken:  # it broke since the last return: this task with the others
            future = Future()
            future.set_exception(broken)
        self._tasks[future] = task

    def returned(self) -> list[tuple[Task, Any]]:
        """Waits for tasks, and gives what each came to, or `LOST`."""
        ready = wait(self._tasks, return_when=FIRST_COMPLETED).done
        if any(isinstance(future.exception(), BrokenProcessPool) for future in ready):
            ready = wait(self._tasks).done  # a broken pool ends all of them
            self.close()
            self._pool = self._started()
        return [(self._tasks.pop(future), _outcome(future)) for future in ready]

    def close(self) -> None:
        """Ends everything that is under way.

        What the pool has not sent yet is taken out first: its thread would look for work that is gone. Its
        semaphores go with it, or their keeper would complain of them after the process has left.
        """
        self._pool._work_ids.queue.clear()
        self._pool.shutdown(wait=True, kill_workers=True)
        self._pool = None
        gc.collect()


def _outcome(future: Future[Any]) -> Any:
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        return LOST
    return error if error else future.result()


def _prepared(parent: int, places: list[str]) -> None:
    """Prepares a process: Ctrl-C is for the parent, without which the process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.path[:] = places

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
