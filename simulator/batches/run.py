"""A batch: many scenarios, answered into a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.batches.changes import changes
from simulator.batches.large_scenario import PIECE
from simulator.batches.reading import reading, warnings
from simulator.batches.results import Results
from simulator.batches.retries import carried_out
from simulator.batches.sources import Sources, sources
from simulator.batches.tasks import Task
from simulator.batches.under_way import Progress, UnderWay
from simulator.batches.what_varies import NoJobs
from simulator.batches.workers import Processes, Workers, demand_processes, processors
from simulator.notation.letters import visible
from simulator.notation.taken import demand_name, one_or_several
from simulator.paths.engine import EXACT, NoEngine
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client


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

    Raises:
        NoJobs: There is nothing to do, or a part of the question cannot be read.
        UnusableTable: The table cannot be read, or has columns that are no fields.
        NoEngine: There is no such engine.
        NoDuck, NoCluster: An extra is missing, or the cluster cannot be used.
        UnusableFolder: The folder cannot be written, or another batch writes into it.
    """
    if hasattr(places, "itertuples"):
        raise NoJobs(
            "the rows of a data frame change a scenario; write batch(scenario, folder, table=frame)"
        )
    many = one_or_several("batch", places, Scenario, "simulator.batch('clients', 'results')")
    demand_name("batch", output, "a folder", "simulator.batch('clients', 'results')")
    demand_processes(workers)
    asked = sources(many, table, grid, settings, mapping, is_exact(engine))
    results = Results(Path(output))
    try:
        people = asked.table.file if asked.table else None
        results.begin(fields(asked), people, fields_of_grid(asked))
        run = UnderWay(asked, results, piece, progress)
        crew = _crew(workers, scheduler)
        try:
            done: Iterator[tuple[Task, Any]] = carried_out(run.next_task, crew)
            for task, outcome in done:
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


def is_exact(engine: str) -> bool:
    """Whether the engine of a batch is `exact`; `auto` simulates, with what is installed.

    Raises:
        NoEngine: It is another one.
    """
    if engine not in (known := ("auto", EXACT)):
        raise NoEngine(f"a batch has no engine '{engine}'; choose one of {', '.join(known)}")
    return engine == EXACT


def _close(results: Results) -> None:
    try:
        results.write_errors()
    finally:
        results.close()


def fields(asked: Sources) -> list[str]:
    """The fields that a batch varies, and the columns that are kept beside the results."""
    columns = asked.table.columns() if asked.table else []
    return list(dict.fromkeys([*asked.own(), *columns, *fields_of_grid(asked)]))


def fields_of_grid(asked: Sources) -> list[str]:
    """The fields of the grid."""
    return [one[0].partition("=")[0] for one in asked.grid]


def _crew(workers: int | None, scheduler: str | Client | None) -> Workers:
    if scheduler is None:
        return Processes(workers or processors())
    from simulator.batches.cluster import Cluster

    return Cluster(scheduler)
