"""Progress of long work, on standard error: a bar on a terminal, plain lines elsewhere."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import click

PATIENCE = 2.0
"""Work that takes no longer than this says nothing. [s]"""

BETWEEN_LINES = 10.0
"""Plain lines come no closer than this. [s]"""

BETWEEN_BARS = 0.1
"""The bar is drawn anew no sooner than this. [s]"""

MEASURED = 1.0
"""How long jobs are watched, from the first that is done on, before their pace is told. [s]"""

WIDTH = 10
"""How wide the bar is, without the words behind it. [columns]"""


@contextmanager
def progress(unit: str, shown: bool = True, rate: bool = False) -> Iterator[Callable[..., None]]:
    """Gives a function to be told how many units are done, of how many, and how many of them failed.

    Args:
        unit: What is counted: `paths`.
        shown: Whether to show anything at all.
        rate: Whether to say how many are done a second. Then the pace is measured from the first that is
            done on: what starts the workers is no part of it.
    """
    bar = click.progressbar(
        length=1, file=sys.stderr, width=WIDTH, bar_template="%(bar)s  %(label)s"
    )
    terminal = sys.stderr.isatty()
    began = time.monotonic()
    first = due = began + PATIENCE
    since, before = (None, 0) if rate else (began, 0)

    def tell(done: int, total: int, failed: int = 0) -> None:
        nonlocal due, since, before
        now = time.monotonic()
        if since is None:
            since, before = now, done
        if shown and now >= (due if done < total else first):
            due = now + (BETWEEN_BARS if terminal else BETWEEN_LINES)
            each = _seconds_each(now - since, done - before, done == total, rate)
            pace = f", {_rounded(1 / each)} a second" if rate and each else ""
            losses = f", {failed:,} failed" if failed else ""
            line = f"{done:,} of {total:,} {unit}{pace}{losses}{_to_go(each, total - done)}"
            if terminal:  # click would ask how wide standard output is, and not cut the line
                columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
                bar.max_width = room = columns - 3  # the terminal itself writes ^C behind it
                line = line[: max(0, room - WIDTH - 2)]
            bar.label, bar.length, bar.pos = line, total, done
            with suppress(OSError):  # where nobody can be told, the work goes on
                bar.render_progress()

    try:
        yield tell
    finally:
        if terminal and due > first:
            bar.render_finish()
            click.echo("\x1b[A\x1b[2K", file=sys.stderr, nl=False)  # the bar is taken away


def _seconds_each(watched: float, done: int, over: bool, rate: bool) -> float | None:
    """How long one takes, of those that were done while they were watched; None where that is too few.

    Args:
        watched: For how long. [s]
        done: How many were done.
        over: Whether none is left.
        rate: Whether the watch began with the first that was done.
    """
    known = done > 0 and watched > 0 and (over or not rate or watched >= MEASURED)
    return watched / done if known else None


def _to_go(each: float | None, left: int) -> str:
    """What is said of the time that is left; nothing where none is."""
    if not left:
        return ""
    if each is None:
        return ", time to go not known yet"
    return f", about {timedelta(seconds=round(each * left))} to go"


def _rounded(rate: float) -> str:
    """A rate in two digits, or whole."""
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.2g}"
