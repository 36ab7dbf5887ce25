"""`mbdr new`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from simulator.cli.output import writing
from simulator.cli.terminal import remark
from simulator.notation.letters import visible
from simulator.refusal import Refused


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new(file: Path) -> None:
    """Write a commented scenario to start from.

    \b
    Example:
      mbdr new my.yaml
    """
    from simulator.files.opened import trouble
    from simulator.files.whole import write

    shown = visible(str(file))
    if not trouble(file):
        raise Refused(f"{shown} exists already; choose another name")
    starter = files("simulator.scenario").joinpath("starter.yaml").read_text(encoding="utf-8")
    with writing(file):
        write(file, starter)
    remark(f"wrote {shown}; change it, then: mbdr compare {shown}")
