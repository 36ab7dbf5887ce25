"""A dry run: how many jobs, about how long, how much disk; measured on a few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil
from pathlib import Path
from time import perf_counter

from simulator.batches.answered import Answer
from simulator.batches.answering import is_exact
from simulator.batches.job import Job
from simulator.batches.large_scenario import Large
from simulator.batches.results import Placed, Results
from simulator.batches.sources import sources
from simulator.batches.tasks import Piece, answer
from simulator.batches.workers import PIECE, processors
from simulator.paths.memory import size

FEW = 20
LONG_ENOUGH = 2.0
"""How long it measures. [s]"""

START = 1.0
"""What starting the workers takes, about. [s]"""


@dataclass(frozen=True)
class Estimate:
    """How much work a batch is.

    Attributes:
        jobs: How many jobs.
        workers: By how many processes.
        seconds: How long, about.
        disk: How large the results will be, about. [bytes]
        spool: What is needed beside while large scenarios come together. [bytes]
        measured: On how many jobs this was measured.
    """

    jobs: int
    workers: int
    seconds: float
    disk: int
    spool: int
    measured: int

    def __str__(self) -> str:
        processes = f"{self.workers} worker" + "s" * (self.workers > 1)
        lines = [
            f"{self.jobs:,} job" + "s" * (self.jobs != 1),
            f"about {_duration(self.seconds)} with {processes}",
            f"about {_size(self.disk)} of disk",
        ]
        if self.spool:
            lines.append(f"and {_size(self.spool)} while large scenarios come together")
        measured = f"measured on the first {self.measured}" if self.measured > 1 else "on the first"
        return "\n".join([*lines, measured])


def estimate(
    places: Sequence[str | Path],
    table: str | Path | None = None,
    grid: Sequence[str] = (),
    settings: Sequence[str] = (),
    workers: int | None = None,
    mapping: Mapping[str, str] | None = None,
    engine: str = "auto",
) -> Estimate:
    """How much work a batch is, where the command line asks; the arguments are those of `batch`.

    Nothing is written.

    Raises:
        NoJobs: There is nothing to do, or a part of the question cannot be read.
        UnusableTable: The table cannot be read, or has columns that are no fields.
        NoEngine: There is no such engine.
        NoDuck: A Parquet table needs the extra `duckdb`.
    """
    asked = sources(places, table, grid, settings, mapping, is_exact(engine), "options")
    jobs, crew = asked.count(), workers or processors()
    results = Results(None)
    empty = results.size()
    seconds, spool, measured = 0.0, 0, 0
    began = perf_counter()
    for place, job in enumerate(islice(asked.jobs(), FEW)):
        took, answered, needed = _measured(job)
        if place == 0 and isinstance(answered, Answer):
            took, answered, needed = _measured(job)  # the first loads what all need
        seconds, spool, measured = seconds + took, max(spool, needed), measured + 1
        results.hand_out([Placed(place, job, job.asked)])
        results.record(place, answered)
        if perf_counter() - began > LONG_ENOUGH:
            break
    grown = results.size() - empty
    results.close()
    each = seconds / max(measured, 1)
    disk = empty + jobs * grown // max(measured, 1)
    return Estimate(
        jobs, crew, START + each * jobs / min(crew, max(jobs, 1)), disk, spool, measured
    )


def _measured(job: Job) -> tuple[float, Answer, int]:
    """How long a job takes on one processor, its answer, and the disk that it needs meanwhile."""
    began = perf_counter()
    answered = answer(job, PIECE)
    if not isinstance(answered, Large):
        return perf_counter() - began, answered, 0
    began = perf_counter()
    Piece(answered.key, job, 0, answered.step).done()
    pieces = ceil(answered.paths / answered.step)
    return (perf_counter() - began) * pieces, Answer(), size(job.scenario(), answered.paths)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3600:.1f} h"


def _size(count: int) -> str:
    for unit, power in (("GB", 9), ("MB", 6)):
        if count >= 10**power:
            return f"{count / 10**power:.1f} {unit}"
    return f"{max(1, count // 1000)} kB"
