"""From the question of a batch to the folder with its answers: which jobs, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.batches.changes import changes
from simulator.batches.reading import reading, warnings
from simulator.batches.results import Results
from simulator.batches.retries import carried_out
from simulator.batches.sources import Sources, sources
from simulator.batches.tasks import Task
from simulator.batches.under_way import Progress, UnderWay
from simulator.batches.what_varies import NoJobs
from simulator.notation.taken import demand_name, one_or_several
from simulator.notation.wording import shown
from simulator.paths.engine import EXACT, NoEngine
from simulator.readers.written import Asked
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from simulator.batches.workers import Workers

ENGINES = ("auto", EXACT)
"""Those of a batch, which simulates with what is installed."""

EXAMPLE = "simulator.batch('clients', 'results')"


def asked_for(
    places: str | Path | Scenario | Sequence[str | Path | Scenario],
    output: str | Path,
    table: str | Path | pd.DataFrame | None,
    grid: Sequence[str],
    settings: Sequence[str],
    mapping: Mapping[str, str] | None,
    engine: str,
    asked_by: Asked,
) -> Sources:
    """The jobs of a batch; arguments and errors are those of `simulator.batch`."""
    if hasattr(places, "itertuples"):
        raise NoJobs(
            "the rows of a data frame change a scenario; write batch(scenario, folder, table=frame)"
        )
    many = one_or_several("batch", places, Scenario, EXAMPLE)
    demand_name("batch", output, "a folder", EXAMPLE)
    return sources(many, table, grid, settings, mapping, is_exact(engine), asked_by)


def answered(
    asked: Sources, output: Path, crew: Workers, piece: int, progress: Progress | None, here: bool
) -> tuple[Path, int, int, int, tuple[str, ...], tuple[str, ...]]:
    """Answers jobs into a folder, and gives what `Batch` tells.

    Args:
        asked: The jobs.
        output: The folder.
        crew: Who does them.
        piece: See `simulator.batch`. [bytes]
        progress: See `simulator.batch`.
        here: Whether they read their files on this machine.
    """
    results = Results(output)
    try:
        people = asked.table.file if asked.table else None
        results.begin(fields(asked), people, fields_of_grid(asked))
        run = UnderWay(asked, results, piece, progress)
        done: Iterator[tuple[Task, Any]] = carried_out(run.next_task, crew)
        for task, outcome in done:
            run.take(task, outcome)
        run.flush()
        changed = tuple(changes(asked, run.place, results.files_named(), here))
        results.end(changed)
    finally:
        _close(results)
    told = tuple(map(str, changed))
    with reading(results.folder) as database:
        warned = warnings(database)
    return results.folder, run.place, run.known, run.failed, told, warned


def is_exact(engine: str) -> bool:
    """Whether the engine of a batch is `exact`; `auto` simulates, with what is installed.

    Raises:
        NoEngine: It is another one.
    """
    if not (isinstance(engine, str) and engine in ENGINES):
        raise NoEngine(f"a batch has no engine {shown(engine)}; choose one of {', '.join(ENGINES)}")
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
