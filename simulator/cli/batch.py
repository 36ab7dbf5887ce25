"""`mbdr batch`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Between, Command, Common, More, Name, OneOf, Whole
from simulator.cli.options import assignments, fields_begun, without_effect
from simulator.cli.output import STANDARD_OUTPUT
from simulator.cli.terminal import answer, remark
from simulator.notation.letters import visible
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.batches.run import Batch

SHOWN = 5
"""How many mistakes, and how many changed files, are shown at the end; the folder has all of them."""

RESUME = "interrupted; what was finished is kept, and the same command goes on from there"


@click.command(cls=Command)
@click.argument("places", metavar="FILES_OR_FOLDERS...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "folder",
    type=Name(path_type=Path, file_okay=False),
    help="The results folder.",
    cls=Common,
)
@click.option(
    "--table",
    type=Name(path_type=Path),
    help="CSV, XLSX or Parquet: columns are fields, or those of an HR export; each row changes the files.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="What a column of the table sets, or a YAML file of such lines (repeatable).",
)
@click.option(
    "--grid",
    multiple=True,
    metavar="FIELD=VALUES",
    help="Every value, like plan.nonelective=0%,3% (repeatable: all combinations).",
    shell_complete=fields_begun,
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PATH=VALUE",
    help="Override a field in every scenario (repeatable).",
    shell_complete=fields_begun,
    cls=Common,
)
@click.option(
    "--paths",
    type=Whole(),
    help="Number of random paths.",
    cls=More,
)
@click.option(
    "--seed",
    type=Whole(),
    help="Seed of the random paths.",
    cls=More,
)
@click.option(
    "--engine",
    type=OneOf(["auto", "exact"]),
    default="auto",
    show_default=True,
    help="With exact policies need no paths where their Box 2a has an exact distribution.",
    cls=More,
)
@click.option(
    "--workers",
    type=Between(1, 1024),
    help="Processes; by default one a processor.",
    cls=More,
)
@click.option(
    "--scheduler",
    metavar="tcp://HOST:PORT",
    help="A Dask cluster instead (extra dask).",
    cls=More,
)
@click.option("--dry-run", is_flag=True, help="Only say how many jobs, how long, how much disk.")
@click.option(
    "-q",
    "--quiet",
    is_flag=True,
    help="Say nothing on standard error but mistakes.",
    cls=More,
)
def batch(
    places: tuple[str, ...],
    folder: Path | None,
    table: Path | None,
    mapped: tuple[str, ...],
    grid: tuple[str, ...],
    settings: tuple[str, ...],
    paths: int | None,
    seed: int | None,
    engine: str,
    workers: int | None,
    scheduler: str | None,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Many scenarios, answered into a results folder.

    The same command goes on where it stopped.

    \b
    Examples:
      mbdr batch scenarios/ -o results/
      mbdr batch scenarios/emily.yaml --table scenarios/data/people.csv -o people/
      mbdr batch my.yaml --grid pay.salary=100_000:300_000:50_000 -o grid/
    """
    from simulator.batches import run
    from simulator.cli.mapping import mapping
    from simulator.cli.progress import progress

    written = assignments(settings, paths, seed)
    settings = tuple(assignment for _, assignment in written)
    named = mapping(mapped)
    try:
        if dry_run:
            from simulator.batches.estimate import estimate

            answer(f"{estimate(places, table, grid, settings, workers, named, engine)}\n")
            return 0
        if folder == STANDARD_OUTPUT:
            raise Refused("-o -: results are a folder; name one, and mbdr export writes to -")
        if folder is None:
            raise Refused("where to? add -o FOLDER, or --dry-run to see how much work it is")
        with progress("jobs", shown=not quiet, rate=True) as show:
            done = run.batch(
                places,
                folder,
                table=table,
                grid=grid,
                settings=settings,
                mapping=named,
                workers=workers,
                scheduler=scheduler,
                progress=show,
                engine=engine,
                asked_by="options",
            )
    except KeyboardInterrupt:
        remark(RESUME)
        return 130
    from simulator.batches.people_reading import passed_through
    from simulator.batches.reading import failures

    if done.failed:
        for wrong in failures(done.folder, SHOWN):
            remark(str(wrong.called({"grid": "--grid"})))
    for line in done.changed[:SHOWN]:
        remark(line)
    if not quiet:
        for line in done.warnings:
            remark(line)
        if table is not None and (kept := passed_through(table, named)):
            names = visible(", ".join(kept))
            remark(f"{visible(str(table))}: kept beside the results, as they set no field: {names}")
        if said := _without_effect(done, written):
            remark(said)
        remark(_sentence(done))
    return 1 if done.failed or done.changed else 0


def _without_effect(done: Batch, written: list[tuple[str, str]]) -> str:
    """Which options set what no answered scenario reads; the models may be of a table or a grid."""
    from simulator.batches.answered import each_model
    from simulator.batches.reading import models
    from simulator.scenario.question import unread_fields

    if not any(assignment.startswith("returns.") for _, assignment in written):
        return ""
    names = each_model(models(done.folder))
    return without_effect(written, unread_fields(names), f"{' or '.join(names)} returns")


def _sentence(done: Batch) -> str:
    """What became of the batch."""
    from simulator.batches.database import ERRORS

    jobs = f"{done.jobs:,} job" + "s" * (done.jobs != 1)
    parts = [f"{jobs} in {visible(str(done.folder))}"]
    if done.known:
        parts.append(f"{done.known:,} answered before")
    if done.failed:
        errors = visible(str(done.folder / ERRORS))
        parts.append(f"{done.failed:,} failed: all mistakes are in {errors}")
    if done.changed:
        files = f"{len(done.changed):,} file" + "s" * (len(done.changed) != 1)
        parts.append(f"{files} changed meanwhile: the same command works out what changed")
    return "; ".join(parts)
