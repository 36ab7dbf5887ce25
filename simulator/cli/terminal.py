"""The terminal: whatever its encoding, any answer and any remark can be written to it, and none steers it."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

import click

from simulator.letters import ascii_for, visible

IN_ASCII = "simulator-in-ascii"


def prepare() -> None:
    """Lets standard output and error take any text: a letter that they lack is written in ASCII.

    One that is closed takes texts too, and drops them.
    """
    codecs.register_error(IN_ASCII, ascii_for)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=IN_ASCII)


def takes_every_letter() -> bool:
    """Whether standard output is written in an encoding of Unicode."""
    return (sys.stdout.encoding or "").lower().startswith("utf")


def answer(content: str | bytes) -> None:
    """Writes to standard output.

    The stream is named because click would write UTF-8 to one that takes ASCII alone.

    Raises:
        OSError: It takes nothing more; a `BrokenPipeError` where nobody reads on.
    """
    click.echo(content, nl=False, file=sys.stdout)


def remark(words: object) -> None:
    """Says something on standard error; letters that would steer it are written as escapes.

    Where nobody can be told, nothing is said.
    """
    lines = str(words).split("\n")
    with suppress(OSError):
        click.echo("\n".join(map(visible, lines)), file=sys.stderr)


def page_for_output(html: str) -> str:
    """A page as standard output takes it: it says of itself that it is UTF-8, which ASCII is too."""
    if takes_every_letter():
        return html
    return html.encode("ascii", "xmlcharrefreplace").decode()
