"""`mbdr summary`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Between, Command, Name
from simulator.cli.output import Output, demand_batch_apart, sheets_of, writing
from simulator.cli.output_options import output_options

if TYPE_CHECKING:
    from simulator.batches.summary import Summary


@click.command(cls=Command)
@click.argument("folder", metavar="RESULTS", type=Name(path_type=Path))
@click.option("--against", metavar="LABEL", help="The policy to compare with.")
@click.option(
    "--losers",
    type=Between(0, 1_000_000),
    default=5,
    show_default=True,
    help="How many of those who lose most are named.",
)
@click.option("--by", metavar="FIELD", help="For each value of a field that varied, or template.")
@partial(output_options, untold=("-v",))
def summary(folder: Path, against: str | None, losers: int, by: str | None, output: Output) -> None:
    """A batch summed up: what each policy avoids, who loses most.

    Box 2a over people by policy.

    \b
    Examples:
      mbdr summary results/
      mbdr summary results/ --against year-end -o summary.svg
      mbdr summary results/ --by plan.nonelective
    """
    from simulator.batches.summary import summary as summed_up
    from simulator.report.pictures.endings import IMAGES
    from simulator.report.tables.batch import summary_tables

    picture = output.file is not None and output.file.suffix.lower() in IMAGES
    if picture:
        output.demand_no_format("a picture")
    else:
        output.demand_text(IMAGES)
    if output.file is not None:
        demand_batch_apart(folder, output.file)
    summed = summed_up(folder, against, losers, by)
    if picture or output.style == "csv":  # which have no place for them
        output.warn(summed.state.warnings)
    if picture and output.file is not None:
        _draw(summed, output.file)
        output.wrote()
        return
    output.give(
        lambda: summary_tables(summed), summed.to_dict, summed.records, lambda: sheets_of(summed)
    )


def _draw(summed: Summary, file: Path) -> None:
    from simulator.report.pictures import people_picture, save

    with writing(file):
        save(people_picture(summed), file)
