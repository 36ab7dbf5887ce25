"""A batch under way: jobs go out in chunks, answers come back one by one and are kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.batches.acp import tested
from simulator.batches.answered import Answer, Known, drawn_with
from simulator.batches.columns import rows
from simulator.batches.database import said
from simulator.batches.job import Job
from simulator.batches.large_scenario import Large, Part, Spool
from simulator.batches.results import Placed, Results
from simulator.batches.sources import Sources
from simulator.batches.tasks import Chunk, Piece, Task, failed, pieces, unsettled

if TYPE_CHECKING:
    pass


MOST_IN_A_CHUNK = 64
CHUNK = 0.2
"""How long a chunk of jobs should take: less is spent on sending, more would be lost. [s]"""

KNOWN_AT_A_TIME = 500

Progress = Callable[[int, int, int], None]
"""Is told how many jobs are done, of how many, and how many of them failed."""


@dataclass
class _Growing:
    """A large scenario whose pieces are coming in.

    Attributes:
        large: The scenario.
        spool: Where they are put.
        jobs: The jobs that it answers, each with its place.
        left: Where the pieces begin that are missing.
    """

    large: Large
    spool: Spool
    jobs: list[tuple[int, Job]]
    left: set[int]


@dataclass
class UnderWay:
    """A batch under way.

    Attributes:
        asked: The jobs.
        results: Where answers are kept.
        piece: How large a piece is. [bytes]
        progress: Is told how far it is.
    """

    asked: Sources
    results: Results
    piece: int
    progress: Progress | None
    place: int = 0
    known: int = 0
    failed: int = 0
    done: int = 0
    cut: int = 0
    seconds: float = CHUNK / 4
    pieces: deque[Piece] = field(default_factory=deque)
    growing: dict[str, _Growing] = field(default_factory=dict)
    kept: list[tuple[Placed, Known]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._jobs = self.asked.jobs()

    @cached_property
    def _count(self) -> int:
        """How many jobs there are, which nobody waits for before the first are under way."""
        return self.asked.count()

    def next_task(self) -> Task | None:
        """The next piece of a large scenario, or the next chunk of jobs that have no answer yet."""
        if self.pieces:
            return self.pieces.popleft()
        few = max(1, min(MOST_IN_A_CHUNK, int(CHUNK / self.seconds)))
        jobs: list[Placed] = []
        for job in self._jobs:
            placed = Placed(self.place, job, job.asked)
            self.place += 1
            known = self.results.known(placed.asked)
            if known is None:
                jobs.append(placed)
            else:
                self._keep(placed, known)
            if len(jobs) == few:
                break
        if not jobs:
            return None
        self.results.hand_out(jobs)
        return Chunk(tuple((place, job) for place, job, _ in jobs), self.piece)

    def _keep(self, placed: Placed, known: Known) -> None:
        self.known += 1
        self.kept.append((placed, known))
        if len(self.kept) == KNOWN_AT_A_TIME:
            self.flush()

    def flush(self) -> None:
        """Notes the jobs whose answers were there already."""
        self.results.keep(self.kept)
        self.kept.clear()

    def take(self, task: Task, outcome: Any) -> None:
        """Keeps what a task came to."""
        if isinstance(task, Piece):
            self._take_piece(task, outcome)
            return
        with self.results.together():
            for (place, job), one in zip(task.jobs, outcome, strict=True):
                if isinstance(one, Large):
                    self._cut(place, job, one)
                else:
                    self.seconds += (one.seconds - self.seconds) / 10
                    self._record(place, one)

    def _record(self, place: int, answer: Answer) -> None:
        self.results.record(place, answer)
        self.failed += bool(answer.mistakes)
        self._tell()

    def _tell(self) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, self._count + self.cut - self.known, self.failed)

    def _cut(self, place: int, job: Job, large: Large) -> None:
        """Cuts a large scenario into pieces, of which some may be on the disk already."""
        if large.key in self.growing:
            self.growing[large.key].jobs.append((place, job))
            return
        if self.results.answered(large.key):
            self._record(place, Answer(large.key, large.name, large.reads))
            return
        spool = Spool(self.results.folder, large)
        if not spool.there:
            self.results.forget_pieces(large.key)
        there = self.results.pieces(large.key)
        todo = [one for one in pieces(large, job) if (one.start, one.stop) not in there]
        left = {one.start for one in todo}
        self.growing[large.key] = _Growing(large, spool, [(place, job)], left)
        self.cut += len(todo)
        self.pieces.extend(todo)
        if not todo:
            self._finish(large.key)

    def _take_piece(self, task: Piece, outcome: Part | Answer) -> None:
        growing = self.growing.get(task.key)
        if growing is None:
            return  # another piece of it has failed
        if isinstance(outcome, Answer):
            self._give_up(task.key, outcome)
            return
        with said(self.results.folder):
            growing.spool.put(task.start, outcome)
        self.results.record_piece(task.key, task.start, task.stop)
        growing.left.discard(task.start)
        self._tell()
        if not growing.left:
            self._finish(task.key)

    def _finish(self, key: str) -> None:
        """Makes the statistics of a large scenario, and takes its file away."""
        growing = self.growing[key]
        large, job = growing.large, growing.jobs[0][1]
        if large.stale:
            self._give_up(key, unsettled(job))
            return
        del self.growing[key]
        with said(self.results.folder):
            comparison = growing.spool.comparison(job)
            figures, verdict = comparison.figures(), comparison.verdict
        answer = Answer(
            key,
            large.name,
            large.reads,
            drawn_with(figures["simulator"]),
            rows(figures, verdict, tested(comparison)),
            warnings=large.warnings,
        )
        for place, _ in growing.jobs:
            self._record(place, answer)
        self._drop(growing)

    def _drop(self, growing: _Growing) -> None:
        self.results.forget_pieces(growing.large.key)
        with said(self.results.folder):
            growing.spool.drop()

    def _give_up(self, key: str, answer: Answer) -> None:
        growing = self.growing.pop(key)
        for place, job in growing.jobs:
            why = answer.mistakes[0].message
            self._record(place, failed(job, why))
        if growing.large.stale:  # nobody will ask for these pieces again
            self._drop(growing)
        self.pieces = deque(one for one in self.pieces if one.key != key)
