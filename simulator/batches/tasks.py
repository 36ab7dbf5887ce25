"""What a worker does: a handful of jobs, or some paths of one large scenario."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import Any, NamedTuple, Protocol

from simulator.batches.acp import tested
from simulator.batches.answered import Answer, drawn_with
from simulator.batches.changes import DURING
from simulator.batches.columns import rows
from simulator.batches.job import Job, files_read, key
from simulator.batches.large_scenario import Large, Part, is_cut, paths_of, piece, warnings_of_all
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.specification import replaced
from simulator.paths.engine import EXACT
from simulator.refusal import Refused
from simulator.simulation import compare

FEW = 1_024
"""Paths on which the events of a large scenario are tried."""


class Work(Protocol):
    """What a worker is given."""

    def done(self) -> Any:
        """What it comes to; what can be wrong with it is in there."""

    def single(self) -> Iterator[Work]:
        """It in parts that are tried again one by one, where a worker died of it."""

    def lost(self, why: str) -> Any:
        """What is reported where no worker survives it."""


class Chunk(NamedTuple):
    """Some jobs, each with its place in the batch.

    Attributes:
        jobs: The jobs.
        most: What is larger is cut into pieces. [bytes]
    """

    jobs: tuple[tuple[int, Job], ...]
    most: int

    def done(self) -> list[Answer | Large]:
        """What becomes of each job."""
        return [answer(job, self.most) for _, job in self.jobs]

    def single(self) -> Iterator[Chunk]:
        """The jobs one by one."""
        yield from (self._replace(jobs=(one,)) for one in self.jobs)

    def lost(self, why: str) -> list[Answer | Large]:
        """What is reported where no worker survives the jobs."""
        return [failed(job, why) for _, job in self.jobs]


class Piece(NamedTuple):
    """Some paths of one large scenario.

    Attributes:
        key: What the scenario's answer is kept under.
        job: The job.
        start: The first path.
        stop: The path after the last.
    """

    key: str
    job: Job
    start: int
    stop: int

    def done(self) -> Part | Answer:
        """The amounts on these paths; or why there are none."""
        try:
            part = piece(self.job, range(self.start, self.stop))
            now = key(self.job.scenario(), self.job.exact)
            return part if now == self.key else unsettled(self.job)
        except Refused as error:
            return failed(self.job, str(error))

    def single(self) -> Iterator[Piece]:
        """The piece: it is not cut further."""
        yield self

    def lost(self, why: str) -> Answer:
        """What is reported where no worker survives the piece."""
        return failed(self.job, f"paths {self.start:,} to {self.stop:,}: {why}")


Task = Chunk | Piece


def done(task: Work) -> Any:
    """What a task comes to; what workers run. An exception is told in words: not each can be sent."""
    try:
        return task.done()
    except Exception as error:
        return task.lost(f"{type(error).__name__}: {error}")


def answer(job: Job, most: int) -> Answer | Large:
    """What becomes of a job: an answer, what is wrong, or that it has to be cut into pieces."""
    began = perf_counter()
    try:
        scenario = job.scenario()
        reads = tuple(files_read(scenario))
        kept = key(scenario, job.exact)
        if is_cut(job, scenario, most):
            if scenario.told_late:  # what only its timelines show is told before it is cut
                few = replaced(scenario.returns, paths=FEW)
                compare(replaced(scenario, returns=few))
            cut = paths_of(scenario, most)
            return Large(kept, scenario.name, reads, *cut, warnings_of_all(job))
        comparison = compare(scenario, engine=EXACT if job.exact else "auto")
        figures, verdict = comparison.figures(), comparison.verdict
        if tuple(files_read(scenario)) != reads:
            return unsettled(job)
    except Mistakes as mistakes:
        return Answer(mistakes=tuple(mistakes.mistakes), seconds=perf_counter() - began)
    except Refused as error:
        return failed(job, error.words)
    except Exception as error:  # one scenario must not stop the others
        return failed(job, f"{type(error).__name__}: {error}")
    return Answer(
        kept,
        scenario.name,
        reads,
        drawn_with(figures["simulator"]),
        rows(figures, verdict, tested(comparison)),
        seconds=perf_counter() - began,
        warnings=comparison.warnings,
    )


def failed(job: Job, why: str) -> Answer:
    """The answer to a job that came to nothing."""
    place = Place(job.table, job.line, 1) if job.line else Place(job.file)
    return Answer(mistakes=(Mistake(place, (), why),))


def unsettled(job: Job) -> Answer:
    """The answer to a job during which a file changed that its scenario names."""
    return failed(job, f"a file that the scenario names {DURING}")


def pieces(large: Large, job: Job) -> Iterator[Piece]:
    """The pieces of a large scenario, in order."""
    for start in range(0, large.paths, large.step):
        yield Piece(large.key, job, start, min(start + large.step, large.paths))
