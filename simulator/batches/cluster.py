"""Where work is done: the workers of a Dask cluster, of the extra `dask`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from simulator.batches.job import basis
from simulator.batches.tasks import Work, done
from simulator.batches.workers import AHEAD, LOST
from simulator.notation.letters import visible
from simulator.refusal import Refused

if TYPE_CHECKING:
    from distributed import Client, Future

BETWEEN_LOOKS = 2.0
"""How often the workers are counted. [s]"""

TO_CONNECT = 10
"""How long the scheduler is waited for. [s]"""


class NoCluster(Refused):
    """A cluster was asked for that cannot be used: one line for the user."""

    argument = "scheduler"


def connected(scheduler: str | Client) -> Client:
    """A client of a scheduler, whose workers have the same program as this process.

    Args:
        scheduler: Its address, or a client.

    Raises:
        NoCluster: The extra is not installed, no scheduler answers, or its workers differ.
    """
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'mbdr-simulator[dask]'"
        raise NoCluster(f"a cluster needs the extra dask: {hint}") from None
    if isinstance(scheduler, Client):
        return scheduler
    hint = "write it like tcp://127.0.0.1:8786"
    if not isinstance(scheduler, str):
        kind = type(scheduler).__name__
        raise NoCluster(f"takes an address or a Dask client, not a value of type {kind}; {hint}")
    try:
        return Client(scheduler, timeout=TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError, AssertionError) as error:
        first = str(error).partition("\n")[0] or "it is no address"
        told = f"{visible(scheduler)}: no scheduler answers there ({first}); {hint}"
        raise NoCluster(told) from None


class Cluster:
    """The workers of a Dask cluster. One that dies is replaced by the cluster's own nanny.

    Args:
        scheduler: Its address, or a client of it.

    Raises:
        NoCluster: It cannot be used.
    """

    def __init__(self, scheduler: str | Client) -> None:
        self._client = connected(scheduler)
        self._ours = isinstance(scheduler, str)
        self._demand_same_program()
        from distributed import as_completed

        self._tasks: dict[Future[Any], Work] = {}
        self._completed: Any = as_completed([], loop=self._client.loop)
        self._looked, self._threads = 0.0, 1

    def _demand_same_program(self) -> None:
        answers = self._client.run(_basis, on_error="return")
        if not answers:
            raise NoCluster("the cluster has no workers; start some with `dask worker ADDRESS`")
        for worker, program in answers.items():
            if program != basis():
                hint = "install the same version of mbdr-simulator on it"
                raise NoCluster(f"{worker}: the worker has another program or law table; {hint}")

    @property
    def room(self) -> int:
        """How many tasks should be under way at a time."""
        if time.monotonic() - self._looked > BETWEEN_LOOKS:
            self._threads = sum(self._client.nthreads().values()) or self._threads
            self._looked = time.monotonic()
        return AHEAD * self._threads

    @property
    def under_way(self) -> int:
        """How many tasks are."""
        return len(self._tasks)

    def give(self, task: Work) -> None:
        """Puts a task under way."""
        future = self._client.submit(done, task, pure=False)
        self._tasks[future] = task
        self._completed.add(future)

    def returned(self) -> list[tuple[Any, Any]]:
        """Waits for tasks, and gives what each came to, or `LOST`.

        Raises:
            NoCluster: The scheduler is gone.
        """
        return [(self._tasks.pop(one), self._outcome(one)) for one in self._completed.next_batch()]

    def _outcome(self, future: Future[Any]) -> Any:
        from distributed import KilledWorker

        if self._client.status != "running" or future.cancelled():
            raise NoCluster("the connection to the scheduler is lost; the same command goes on")
        error = future.exception()
        if isinstance(error, KilledWorker):
            return LOST
        return error if error else future.result()

    def close(self) -> None:
        """Ends everything that is under way."""
        for future in self._tasks:
            future.cancel()
        if self._ours:
            self._client.close()


def _basis() -> str:
    return basis()
