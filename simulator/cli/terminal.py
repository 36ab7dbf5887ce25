"""The terminal: whatever its encoding, any answer and any remark can be written to it, and none steers it."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from errno import EBADF
from io import TextIOBase, TextIOWrapper
from pathlib import Path

import click

from simulator.notation.letters import ascii_for, visible

IN_ASCII = "simulator-in-ascii"


def prepare() -> None:
    """Lets standard output and error take any text: a letter that they lack is written in ASCII.

    Standard error that is closed takes texts too, and drops them; standard output refuses them.
    """
    codecs.register_error(IN_ASCII, ascii_for)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None and name == "stdout":
            sys.stdout = _Closed()
        elif stream is None:
            sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=IN_ASCII)


class _Closed(TextIOBase):
    """A stream that is closed: an answer to it would be lost without a word."""

    def write(self, _: str) -> int:
        """Raises `OSError`: nothing is written."""
        raise OSError(EBADF, "closed; write to a file with -o FILE")


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
