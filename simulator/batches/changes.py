"""What a batch read, and what of it is no longer as it was when it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from simulator.batches.job import file_hash
from simulator.batches.seen import seen
from simulator.batches.sources import Sources
from simulator.notation.letters import visible

WHILE = "changed while the batch ran"
DURING = "changed while this was answered; the same command tries it again"


class Change(NamedTuple):
    """A file that is no longer as a batch read it.

    Attributes:
        file: Its name, with escapes where it is not UTF-8.
        what: What changed, and when, in words.
    """

    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


def changes(
    asked: Sources, jobs: int, named: Iterable[tuple[str, str, int]], here: bool
) -> Iterator[Change]:
    """The files of a batch that are not as it read them.

    A table is read row by row, all the while: whatever was written to it meanwhile is told.

    Args:
        asked: What the batch was asked for.
        jobs: How many jobs there were.
        named: Each file that scenarios name, the hash of what was read of it, and by how many jobs.
        here: Whether the workers read those on this machine.
    """
    if asked.table is not None and (now := seen(asked.table.file)) != asked.table_seen:
        yield Change(
            visible(str(asked.table.file)), _rows(asked, jobs) if now else f"is gone; it {WHILE}"
        )
    for file, digest in asked.read.items():
        if file_hash(file) != digest:
            yield Change(visible(str(file)), WHILE)
    for name, digest, count in named:
        now_digest = file_hash(name)
        if now_digest != digest and (now_digest or here):
            some = f"{count:,} job" + "s" * (count != 1)
            yield Change(visible(name), f"{WHILE}: {some} had what it was")


def _rows(asked: Sources, jobs: int) -> str:
    """That a table changed, and by how many jobs, as far as it can be read."""
    try:
        now = asked.count()
    except Exception:  # it may be anything by now
        return WHILE
    return WHILE + f": {jobs:,} jobs were made of it, now it makes {now:,}" * (now != jobs)
