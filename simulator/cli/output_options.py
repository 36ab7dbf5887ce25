"""The options of every command that answers: in which format, where to, and how much is said beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from simulator.cli.command import Common, More, Name, OneOf
from simulator.cli.output import STANDARD_OUTPUT, Output
from simulator.files.opened import is_folder
from simulator.notation.letters import visible
from simulator.refusal import Refused

ENDS = ("/", os.sep)
"""How the name of a folder may end."""


class Destination(Name):
    """The file that a command writes, or the folder where one may be named: a name that ends in `/` is one.

    Args:
        folders: Whether a folder may be named.
    """

    def __init__(self, folders: bool) -> None:
        super().__init__(dir_okay=folders)
        self.folders = folders

    def convert(self, value: Any, param: Any, ctx: click.Context | None) -> Any:
        """The name as it was written, where it may be one."""
        written = super().convert(value, param, ctx)
        if not self.folders and str(written).endswith(ENDS):
            self.fail(f"{visible(str(written))!r} is a folder; name a file", param, ctx)
        return written


def output_options(
    command: Callable[..., Any], folders: bool = False, untold: Sequence[str] = ()
) -> Callable[..., Any]:
    """The options of every command that answers: format, file, quiet, colour.

    Args:
        command: The command.
        folders: Whether its answer may go into a folder.
        untold: Options that say nothing to it: its help is without them.
    """

    @wraps(command)
    def with_output(file: str | None, no_color: bool, **rest: Any) -> Any:
        shown = {name: rest.pop(name) for name in ("asked", "quiet", "verbose")}
        shown["folder"] = file is not None and (is_folder(file) or file.endswith(ENDS))
        if no_color:
            os.environ["NO_COLOR"] = "1"  # the bar of progress heeds it too
        shown["dashed"] = file == str(STANDARD_OUTPUT)
        place = None if file is None or shown["dashed"] else Path(file)
        if place is not None and not is_folder(place.parent):
            name, folder = visible(str(place)), visible(str(place.parent))
            raise Refused(f"{name}: cannot be written: there is no folder {folder}")
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        plain = plain or not sys.stdout.isatty()
        return command(output=Output(file=place, color=not plain, **shown), **rest)

    for option in (
        click.option(
            "--no-color",
            is_flag=True,
            help="No colours (as NO_COLOR).",
            cls=More,
        ),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            help="Say more: what the answer assumes, and from what it was made.",
            hidden="-v" in untold,
            cls=Common,
        ),
        click.option(
            "-q",
            "--quiet",
            is_flag=True,
            help="Say nothing on standard error.",
            cls=More,
        ),
        click.option(
            "-o",
            "--output",
            "file",
            type=Destination(folders),
            help=f"Write to a file{'; many into a folder' * folders}; - is standard output.",
            cls=Common,
        ),
        click.option(
            "--format",
            "asked",
            type=OneOf(["table", "json", "csv", "markdown"]),
            help="How to answer. [default: a table, or what the ending of -o FILE says]",
            hidden="--format" in untold,
            cls=Common,
        ),
    ):
        option(with_output)
    return with_output
