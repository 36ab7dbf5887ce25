"""`mbdr read`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from simulator.cli.command import Command, More, Name, OneOf
from simulator.cli.output import Output
from simulator.cli.output_options import output_options
from simulator.refusal import Refused

NOT_ADDED = "Rows of several kinds are not added up unasked."
HINT = 'Take some with --where "COLUMN=VALUE" here, and with where: in a scenario.'


@click.command(cls=Command)
@click.argument("export", metavar="FILE", type=Name(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=OneOf(["prices", "deposits", "conversions", "people"]),
    help="What the file holds (has to be said).",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=THING",
    help="What a column is: date, amount, price, units; of people a field. Or a YAML file (repeatable).",
)
@click.option(
    "--where",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Take the rows with this value (repeatable: those of one column together).",
)
@click.option(
    "--dates",
    type=OneOf(["month-first", "day-first"]),
    help="What comes first in 01/02/2025, where the column does not tell.",
    cls=More,
)
@partial(output_options, untold=("-v",))
def read(
    export: Path,
    kind: str | None,
    mapping: tuple[str, ...],
    where: tuple[str, ...],
    dates: str | None,
    output: Output,
) -> None:
    """How an export of a broker, a plan or HR is understood.

    Columns taken, rows counted, rows left out and why.

    `-o FILE.csv` writes the clean CSV that a scenario, or a batch, can name.

    \b
    Examples:
      mbdr read scenarios/data/yahoo-like.csv --as prices
      mbdr read scenarios/data/netbenefits-like.csv --as deposits
      mbdr read scenarios/data/hr-export.csv --as people -o people.csv
    """
    from simulator.batches.file_read import read_by
    from simulator.cli.mapping import filters
    from simulator.cli.mapping import mapping as mapped
    from simulator.readers.kinds import OpenKinds
    from simulator.report.tables.reading import kinds_table, reading_tables

    if kind is None:
        raise Refused("what does it hold? add --as prices, deposits, conversions or people")
    output.demand_text()
    output.demand_apart([export])
    try:
        things, rows = mapped(mapping), filters(where)
        reading = read_by("options", export, kind, mapping=things, where=rows, dates=dates)
    except OpenKinds as asked:
        if output.file is not None or output.style == "csv":  # there are no rows to write yet
            raise
        kinds, questions = asked.kinds, [one.message for one in asked.mistakes]
        output.give(
            lambda: [kinds_table(kinds, [NOT_ADDED, HINT])],
            lambda: {
                "file": str(export),
                "read_as": kind,
                "questions": questions,
                "kinds": [one.to_dict() for one in kinds],
            },
        )
        return
    output.give(lambda: reading_tables(reading), reading.to_dict, reading.clean_rows)
