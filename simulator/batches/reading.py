"""A results folder, to be read: while a batch writes into it, and when it is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from simulator.batches.results import DATABASE, Unusable, said


class State(NamedTuple):
    """How far the last batch of a folder is.

    Attributes:
        complete: Whether every job was tried.
        done: How many jobs have an answer.
        failed: How many have none, and say why.
    """

    complete: bool
    done: int
    failed: int


@contextmanager
def reading(folder: str | Path) -> Iterator[sqlite3.Connection]:
    """The database of a results folder, open for reading.

    Raises:
        Unusable: There is none, or it cannot be read.
    """
    file = Path(folder) / DATABASE
    if not file.is_file():
        raise Unusable(f"{folder}: no results there; `mbdr batch FILES -o {folder}` makes them")
    with said(Path(folder)):
        database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            if not database.execute("SELECT 1 FROM batches").fetchone():
                raise Unusable(f"{folder}: the batch has not begun yet")
            yield database
        finally:
            database.close()


def state(database: sqlite3.Connection) -> State:
    """How far the last batch is."""
    last, complete = database.execute(
        "SELECT batch, complete FROM batches ORDER BY batch DESC LIMIT 1"
    ).fetchone()
    counted = dict(
        database.execute("SELECT state, count(*) FROM jobs WHERE batch = ? GROUP BY state", (last,))
    )
    return State(bool(complete), counted.get("done", 0), counted.get("failed", 0))
