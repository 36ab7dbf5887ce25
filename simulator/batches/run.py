"""A batch: many scenarios, answered into a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.batches.workers import (
    LARGEST_PIECE,
    PIECE,
    Processes,
    Workers,
    demand_processes,
    processors,
)
from simulator.notation.letters import visible
from simulator.notation.taken import demand_progress, demand_whole

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

    from simulator.batches.under_way import Progress
    from simulator.readers.written import Asked
    from simulator.scenario.scenario import Scenario


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

    def __repr__(self) -> str:
        jobs = f"{self.jobs:,} job{'s' * (self.jobs != 1)}"
        failed = f", {self.failed:,} of them not answered" if self.failed else ""
        return visible(f"<Batch of {jobs} in {self.folder}{failed}>")

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each scenario, policy and year. [dollars]"""
        from simulator.batches.export import frame

        return frame(self.folder)

    def failures(self) -> pd.DataFrame:
        """A data frame with one row for each mistake."""
        from simulator.batches.export import frame

        return frame(self.folder, "failures")


def batch(
    places: str | Path | Scenario | Sequence[str | Path | Scenario],
    output: str | Path,
    *,
    table: str | Path | pd.DataFrame | None = None,
    grid: Sequence[str] = (),
    settings: Sequence[str] = (),
    mapping: Mapping[str, str] | None = None,
    workers: int | None = None,
    scheduler: str | Client | None = None,
    progress: Progress | None = None,
    piece: int = PIECE,
    engine: str = "auto",
    asked_by: Asked = "arguments",
) -> Batch:
    """Many scenarios, answered into a folder; what is there already is not worked out again.

    Args:
        places: Scenario files, folders of them, and scenarios: one, or several.
        output: The results folder.
        table: CSV, XLSX or Parquet file, or a data frame; its columns are fields, like `pay.salary` [dollars;
            of a frame shares as fractions], or those of an HR export; each row changes the scenarios.
        grid: Fields and values, like `plan.nonelective=0%,3%`: every combination is a job.
        settings: Assignments `path.to.field=value` that hold for every job.
        mapping: Names of the table's columns, and the fields that they set, like
            `{"Annual Salary": "pay.salary"}`, where an export has names that are not known.
        workers: Processes on this machine; by default one a processor.
        scheduler: Address of a Dask scheduler, or a Dask client, in place of processes.
        progress: Is told how many jobs are done, of how many, and how many of them failed.
        piece: What is larger than this is cut into pieces of about this size. [bytes]
        engine: `exact`: policies whose Box 2a has an exact distribution need no paths; the others are
            simulated, as all are by default. The answers of one are never taken for those of the other.
        asked_by: `options`, where the command line asks: what to write in place of a slip is told so.

    Raises:
        NoJobs: There is nothing to do, or a part of the question cannot be read.
        UnusableTable: The table cannot be read, or has columns that are no fields.
        Mistakes: A setting or the grid names no field.
        NoEngine: There is no such engine.
        NoDuck, NoCluster: An extra is missing, or the cluster cannot be used.
        UnusableFolder: The folder cannot be written, or another batch writes into it.
    """
    demand_processes(workers)
    demand_progress(progress)
    demand_whole("piece", piece, 1, LARGEST_PIECE, "bytes")
    crew = _crew(workers, scheduler)  # a first process loads the program while this one does
    try:
        from simulator.batches.answering import answered, asked_for

        asked = asked_for(places, output, table, grid, settings, mapping, engine, asked_by)
        return Batch(*answered(asked, Path(output), crew, piece, progress, scheduler is None))
    finally:
        crew.close()


def _crew(workers: int | None, scheduler: str | Client | None) -> Workers:
    if scheduler is None:
        return Processes(workers or processors())
    from simulator.batches.cluster import Cluster

    return Cluster(scheduler)
