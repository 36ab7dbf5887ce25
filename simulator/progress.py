"""Progress of long work, on standard error: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

PATIENCE = 2.0
"""Work that takes no longer than this says nothing. [s]"""

BETWEEN_LINES = 10.0
"""Plain lines come no closer than this. [s]"""


@contextmanager
def progress(unit: str, shown: bool = True, rate: bool = False) -> Iterator[Callable[..., None]]:
    """Gives a function to be told how many units are done, of how many, and how many of them failed.

    Args:
        unit: What is counted: `paths`.
        shown: Whether to show anything at all.
        rate: Whether to say how many are done a second.
    """
    teller = _Teller(unit, shown, rate)
    try:
        yield teller.tell
    finally:
        teller.close()


class _Teller:
    """Shows nothing at first, then a bar or a line now and then."""

    def __init__(self, unit: str, shown: bool, rate: bool) -> None:
        self._unit, self._shown, self._rate = unit, shown, rate
        self._began = self._last = time.monotonic()
        self._bar: object = None
        self._said = False

    def tell(self, done: int, total: int, failed: int = 0) -> None:
        now = time.monotonic()
        if not self._shown or (self._bar is None and now - self._began < PATIENCE):
            return
        if sys.stderr.isatty():
            self._draw(done, total, self._words(done, now, failed))
        elif now - self._last >= BETWEEN_LINES or done == total or not self._said:
            self._said = True
            self._last = now
            left = timedelta(seconds=round((now - self._began) / done * (total - done)))
            words = self._words(done, now, failed)
            line = f"{done:,} of {total:,} {words}, about {left} to go"
            with suppress(OSError):  # where nobody can be told, the work goes on
                sys.stderr.write(f"{line}\n")

    def _words(self, done: int, now: float, failed: int) -> str:
        """What is counted, how fast, and how much of it failed."""
        words = self._unit
        if self._rate:
            words += f", {_rounded(done / max(now - self._began, 1e-9))} a second"
        return words + (f", {failed:,} failed" if failed else "")

    def _draw(self, done: int, total: int, words: str) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        if not isinstance(self._bar, Progress):
            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.description}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._bar.add_task(self._unit, total=total)
        task = self._bar.task_ids[0]
        self._bar.update(task, completed=done, total=total, description=words)

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()  # type: ignore[attr-defined]


def _rounded(rate: float) -> str:
    """A rate in two digits, or whole."""
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.2g}"
