"""A command: what most people need stands first in its help, and a slip of the pen gets the nearest word."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import TYPE_CHECKING, Any

import click

from simulator.notation.wording import shown, suggestion

if TYPE_CHECKING:
    Words = click.Choice[str]
else:
    Words = click.Choice


LINE = "simulator.line"
"""What click keeps the words of the line under that was written, the command's name first."""


class Common(click.Option):
    """An option that most commands have: it stands below those of the command itself."""


class More(Common):
    """An option that few need: the help has it under `More options`."""


class OneOf(Words):
    """One of some words; another one is answered with the nearest of them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it was written.

        Raises:
            click.BadParameter: It is none of them.
        """
        if value not in self.choices:
            words = tuple(self.choices)
            self.fail(f"{shown(value)} is none of these{suggestion(value, words)}", param, ctx)
        return str(value)


class Name(click.Path):
    """The name of a file or a folder; an empty one, like a variable that the shell does not know, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name as it was written.

        Raises:
            click.BadParameter: It is empty, or not that of what may be named.
        """
        if value == "":
            self.fail("the name is empty; write one", param, ctx)
        return super().convert(value, param, ctx)


class Whole(click.types.IntParamType):
    """A whole number; help and what is told of a slip have no programmer's word for it."""

    name = "whole number"


class Between(click.IntRange):
    """A whole number between two; a slip is told what may be written."""

    name = Whole.name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number.

        Raises:
            click.BadParameter: It is none, or out of range.
        """
        least, most = self.min or 0, self.max or inf
        try:
            number = int(value)
        except ValueError:
            number, wrong = None, f"is not a {self.name}"
        else:
            wrong = "is out of range"
        if number is None or not least <= number <= most:
            bounds = "or more" if most == inf else f"to {most}"
            self.fail(f"{shown(value)} {wrong}; write {least} {bounds}", param, ctx)
        return number


class Command(click.Command):
    """A command whose help has its own options first, then those of most commands, then the rest."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, those that few need apart."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        common = [one for one in options if type(one) is Common]
        more = [one for one in options if isinstance(one, More)]
        own = [one for one in options if not isinstance(one, Common)]
        *mine, explains = own  # the last one is -h
        for title, some in (("Options", [*mine, *common, explains]), ("More options", more)):
            _section(title, some, ctx, formatter)


def _section(
    title: str,
    options: Iterable[click.Option],
    ctx: click.Context,
    formatter: click.HelpFormatter,
) -> None:
    records = [record for one in options if (record := one.get_help_record(ctx)) is not None]
    if records:
        with formatter.section(title):
            formatter.write_dl(records)
