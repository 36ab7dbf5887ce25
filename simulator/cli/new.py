"""`mbdr new`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from simulator.cli.command import Command, Name
from simulator.cli.output import STANDARD_OUTPUT, writing
from simulator.cli.terminal import answer, remark
from simulator.notation.letters import visible
from simulator.refusal import Refused


@click.command(cls=Command)
@click.argument("file", type=Name(path_type=Path, dir_okay=False))
def new(file: Path) -> None:
    """Write a commented scenario to start from.

    To standard output where FILE is -.

    \b
    Example:
      mbdr new my.yaml
    """
    from simulator.files.opened import trouble
    from simulator.files.whole import write

    starter = files("simulator.scenario").joinpath("starter.yaml").read_text(encoding="utf-8")
    if file == STANDARD_OUTPUT:
        answer(starter)
        return
    shown = visible(str(file))
    if not trouble(file):
        raise Refused(f"{shown} exists already; choose another name")
    with writing(file):
        write(file, starter)
    remark(f"wrote {shown}; change it, then: mbdr compare {shown}")
