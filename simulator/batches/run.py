"""The batch: jobs go out in chunks, answers come back one by one and are kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.batches.changes import changes
from simulator.batches.columns import rows
from simulator.batches.job import Job
from simulator.batches.large_scenario import PIECE, Large, Part, Spool
from simulator.batches.reading import reading, warnings
from simulator.batches.results import Answer, Known, Results, said
from simulator.batches.retries import carried_out
from simulator.batches.sources import Sources, sources
from simulator.batches.tasks import Chunk, Piece, Task, failed, pieces, unsettled
from simulator.batches.workers import Processes, Workers, processors

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

MOST_IN_A_CHUNK = 64
CHUNK = 0.25
"""How long a chunk of jobs should take: less is spent on sending, more would be lost. [s]"""

KNOWN_AT_A_TIME = 500

Progress = Callable[[int, int, int], None]
"""Is told how many jobs are done, of how many, and how many of them failed."""


class Batch(NamedTuple):
    """What became of a batch.

    Attributes:
        folder: Where its results are.
        jobs: How many jobs there were.
        known: How many of them had been answered before.
        failed: How many of them could not be answered.
        changed: What was no longer as the batch had read it when it ended, a line a file.
        warnings: What of the scenarios looks like a slip, in a sentence; nothing where nothing does.
    """

    folder: Path
    jobs: int
    known: int
    failed: int
    changed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each scenario, policy and year. [dollars]"""
        from simulator.batches.export import frame

        return frame(self.folder)

    def failures(self) -> pd.DataFrame:
        """A data frame with one row for each mistake."""
        from simulator.batches.export import frame

        return frame(self.folder, "failures")


def batch(
    places: str | Path | Sequence[str | Path],
    output: str | Path,
    *,
    table: str | Path | None = None,
    grid: Sequence[str] = (),
    settings: Sequence[str] = (),
    workers: int | None = None,
    scheduler: str | Client | None = None,
    progress: Progress | None = None,
    piece: int = PIECE,
) -> Batch:
    """Many scenarios, answered into a folder; what is there already is not worked out again.

    Args:
        places: Scenario files, and folders of them.
        output: The results folder.
        table: CSV or Parquet file; its columns are fields, each row changes the scenario files.
        grid: Fields and values, like `plan.nonelective=0%,3%`: every combination is a job.
        settings: Assignments `path.to.field=value` that hold for every job.
        workers: Processes on this machine; by default one a processor.
        scheduler: Address of a Dask scheduler, or a Dask client, in place of processes.
        progress: Is told how many jobs are done, of how many, and how many of them failed.
        piece: What is larger than this is cut into pieces of about this size. [bytes]

    Raises:
        NoJobs: There is nothing to do, or a part of the question cannot be read.
        UnusableTable: The table cannot be read, or has columns that are no fields.
        NoDuck, NoCluster: An extra is missing, or the cluster cannot be used.
        UnusableFolder: The folder cannot be written, or another batch writes into it.
    """
    many = [places] if isinstance(places, str | Path) else places
    asked = sources(many, table, grid, settings)
    results = Results(Path(output))
    try:
        results.begin(fields(asked), asked.table.file if asked.table else None)
        run = _Run(asked, results, piece, progress)
        crew = _crew(workers, scheduler)
        try:
            for task, outcome in carried_out(run.next_task, crew):
                run.take(task, outcome)
        finally:
            crew.close()
        run.flush()
        changed = tuple(changes(asked, run.place, results.files_named(), scheduler is None))
        results.end(changed)
    finally:
        _close(results)
    told = tuple(map(str, changed))
    with reading(results.folder) as database:
        warned = warnings(database)
    return Batch(results.folder, run.place, run.known, run.failed, told, warned)


def _close(results: Results) -> None:
    try:
        results.write_errors()
    finally:
        results.close()


def fields(asked: Sources) -> list[str]:
    """The fields that a batch varies, and the columns that are kept beside the results."""
    columns = asked.table.columns() if asked.table else []
    return list(dict.fromkeys([*columns, *(one[0].partition("=")[0] for one in asked.grid)]))


def _crew(workers: int | None, scheduler: str | Client | None) -> Workers:
    if scheduler is None:
        return Processes(workers or processors())
    from simulator.batches.cluster import Cluster

    return Cluster(scheduler)


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
class _Run:
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
    seconds: float = CHUNK / 4
    pieces: deque[Piece] = field(default_factory=deque)
    growing: dict[str, _Growing] = field(default_factory=dict)
    kept: list[tuple[int, Job, Known]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._jobs = self.asked.jobs()
        self._total = self.asked.count()

    def next_task(self) -> Task | None:
        """The next piece of a large scenario, or the next chunk of jobs that have no answer yet."""
        if self.pieces:
            return self.pieces.popleft()
        few = max(1, min(MOST_IN_A_CHUNK, int(CHUNK / self.seconds)))
        jobs: list[tuple[int, Job]] = []
        for job in self._jobs:
            place, self.place = self.place, self.place + 1
            known = self.results.known(job)
            if known is None:
                jobs.append((place, job))
            else:
                self._keep(place, job, known)
            if len(jobs) == few:
                break
        if not jobs:
            return None
        self.results.hand_out(jobs)
        return Chunk(tuple(jobs), self.piece)

    def _keep(self, place: int, job: Job, known: Known) -> None:
        self.known += 1
        self.kept.append((place, job, known))
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
            self.progress(self.done, self._total - self.known, self.failed)

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
        self._total += len(todo)
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
        simulator = tuple(figures["simulator"][name] for name in ("model", "paths", "seed"))
        answer = Answer(
            key,
            large.name,
            large.reads,
            simulator,
            rows(figures, verdict),
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
