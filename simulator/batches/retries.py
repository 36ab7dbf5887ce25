"""Tasks and those who do them: everyone has work, and a task whose worker died is tried again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from simulator.batches.tasks import Work
from simulator.batches.workers import LOST, Workers

RETRIES = 2
"""How often a job whose worker died is tried again."""

DIED = f"its worker died, and again in {RETRIES} retries: is there enough memory for it?"


Given = TypeVar("Given", bound=Work)


def carried_out(
    next_task: Callable[[], Given | None], workers: Workers
) -> Iterator[tuple[Given, Any]]:
    """Each task with what it came to, as they come.

    When a worker dies, what it was doing is suspect: it is cut into single jobs, and each is tried again
    with nothing else under way, so that one that kills its worker is known and harms no other.

    Args:
        next_task: Gives another task, or None where there is none now.
        workers: Those who do them.
    """
    suspects: deque[tuple[Work, int]] = deque()
    tried = 0
    while True:
        if suspects:
            if not workers.under_way:
                task, tried = suspects.popleft()
                workers.give(task)
        else:
            tried = 0
            while workers.under_way < workers.room and (more := next_task()) is not None:
                workers.give(more)
        if not workers.under_way:
            return
        for task, outcome in workers.returned():
            if isinstance(outcome, Exception):
                yield task, task.lost(f"{type(outcome).__name__}: {outcome}")
            elif outcome is not LOST:
                yield task, outcome
            elif tried < RETRIES:
                _suspect(suspects, task, tried + 1)
            else:
                yield task, task.lost(DIED)


def _suspect(suspects: deque[tuple[Work, int]], task: Work, tried: int) -> None:
    """Puts a task among the suspects; one that was alone is next again."""
    if tried > 1:
        suspects.appendleft((task, tried))
    else:
        suspects.extend((one, tried) for one in task.single())
