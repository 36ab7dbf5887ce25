"""`mbdr schema`."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.output import STANDARD_OUTPUT, Output


@click.command()
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to a file; - is standard output.",
)
def schema(file: Path | None) -> None:
    """The JSON Schema of a scenario file, for editors that complete and check.

    \b
    Example:
      mbdr schema -o scenario.schema.json
    """
    from simulator.scenario.loading import json_schema

    Output("json", None if file == STANDARD_OUTPUT else file).give(tuple, json_schema)
