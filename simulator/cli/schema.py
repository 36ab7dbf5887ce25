"""`mbdr schema`."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.command import Command, Common, Name
from simulator.cli.output import STANDARD_OUTPUT, Output
from simulator.notation.letters import visible
from simulator.refusal import Refused


@click.command(cls=Command)
@click.option(
    "-o",
    "--output",
    "file",
    type=Name(path_type=Path, dir_okay=False),
    help="Write to a file; - is standard output.",
    cls=Common,
)
def schema(file: Path | None) -> None:
    """The JSON Schema of a scenario, with which editors complete.

    \b
    Example:
      mbdr schema -o scenario.schema.json
    """
    from simulator.scenario.loading import json_schema

    if file and file.suffix.lower() not in ("", ".json"):
        raise Refused(f"{visible(str(file))}: a schema is JSON; end the file in .json")
    Output("json", None if file == STANDARD_OUTPUT else file).give(tuple, json_schema)
