"""A results folder, to be read: while a batch writes into it, and when it is done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from simulator.batches.changes import Change
from simulator.batches.database import (
    DATABASE,
    ERRORS,
    LOCK,
    UnusableFolder,
    demand_schema,
    refused,
)
from simulator.batches.views import NOW
from simulator.files.opened import is_file, is_same_file
from simulator.notation.letters import visible
from simulator.notation.mistakes import Argument, Mistake, Place


class State(NamedTuple):
    """How far the last batch of a folder is.

    Attributes:
        complete: Whether every job was tried.
        done: How many jobs have an answer.
        failed: How many have none, and say why.
        changed: The files that were no longer as it had read them when it ended, a line each.
        warnings: What of the answered scenarios looks like a slip: see `warnings`.
    """

    complete: bool
    done: int
    failed: int
    changed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@contextmanager
def reading(folder: str | Path) -> Iterator[sqlite3.Connection]:
    """The database of a results folder, open for reading.

    Raises:
        UnusableFolder: There is none, or it cannot be read.
    """
    file, shown = Path(folder) / DATABASE, visible(str(folder))
    if is_file(folder):
        raise UnusableFolder(f"{shown}: this is a file; name the folder of a batch")
    none = UnusableFolder(f"{shown}: no results there; `mbdr batch FILES -o {shown}` makes them")
    if not is_file(file):
        raise none
    database: sqlite3.Connection | None = None
    try:
        database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        if not demand_schema(database, Path(folder)):
            raise none
        if not database.execute("SELECT 1 FROM batches").fetchone():
            raise UnusableFolder(f"{shown}: the batch has not begun yet")
        yield database
    except sqlite3.Error as error:
        raise refused(Path(folder), error, database) from None
    finally:
        if database is not None:
            database.close()


def demand_apart(database: sqlite3.Connection, folder: str | Path, file: str | Path) -> None:
    """Raises where what is to be written would take the place of what a batch was made from.

    That is the results themselves, the table, the scenario files, and the files that these name.

    Args:
        database: The results.
        folder: Their folder.
        file: What is to be written.

    Raises:
        UnusableFolder: It is one of them.
    """
    if not is_file(file):
        return
    if any(is_same_file(file, one) for one in _made_from(database, Path(folder))):
        shown = visible(str(file))
        raise UnusableFolder(f"{shown}: the batch is made from this file; name another")


def _made_from(database: sqlite3.Connection, folder: Path) -> Iterator[Path]:
    """The files of a results folder, and those that its last batch read."""
    yield from (folder / name for name in (DATABASE, LOCK, ERRORS))
    where, people = database.execute(
        "SELECT folder, people FROM batches ORDER BY batch DESC LIMIT 1"
    ).fetchone()
    if people is not None:
        yield Path(where, people)
    for (file,) in database.execute(f"SELECT DISTINCT file FROM jobs WHERE {NOW}"):
        yield Path(where, file)
    for (reads,) in database.execute(
        f"SELECT DISTINCT reads FROM jobs WHERE {NOW} AND reads IS NOT NULL"
    ):
        yield from (Path(where, file) for file, _ in json.loads(reads))


def state(database: sqlite3.Connection) -> State:
    """How far the last batch is."""
    last, complete = database.execute(
        "SELECT batch, complete FROM batches ORDER BY batch DESC LIMIT 1"
    ).fetchone()
    counted = dict(
        database.execute("SELECT state, count(*) FROM jobs WHERE batch = ? GROUP BY state", (last,))
    )
    changed = (str(Change(*row)) for row in database.execute("SELECT file, change FROM changes"))
    done, failed = counted.get("done", 0), counted.get("failed", 0)
    return State(bool(complete), done, failed, tuple(changed), warnings(database))


def warnings(database: sqlite3.Connection) -> tuple[str, ...]:
    """How many scenarios of the last batch rest on prices with a remark, and the first of these.

    One sentence, or none. Each answer has its own in the column `warnings` of the views.
    """
    warned = (
        f"FROM jobs WHERE {NOW} AND state = 'done' "
        "AND answer IN (SELECT answer FROM answers WHERE warnings IS NOT NULL)"
    )
    count, first = database.execute(f"SELECT count(*), min(place) {warned}").fetchone()
    if not count:
        return ()
    (told,) = database.execute(
        f"SELECT warnings FROM answers JOIN jobs USING (answer) WHERE {NOW} AND place = ?",
        (first,),
    ).fetchone()
    rest = "1 scenario rests" if count == 1 else f"{count:,} scenarios rest"
    which = ":" if count == 1 else "; the first:"
    return (f"{rest} on prices with a remark{which} {json.loads(told)[0]}",)


def models(folder: str | Path) -> list[str]:
    """The models of returns of the scenarios that the last batch answered.

    Args:
        folder: The results folder.

    Raises:
        UnusableFolder: There are no results.
    """
    with reading(folder) as database:
        found = database.execute(
            "SELECT DISTINCT model FROM answers JOIN jobs USING (answer) "
            f"WHERE {NOW} AND state = 'done' ORDER BY model"
        )
        return [str(model) for (model,) in found]


def failures(folder: str | Path, most: int) -> list[Mistake]:
    """The first mistakes of the last batch, in its order.

    Args:
        folder: The results folder.
        most: How many at the most.

    Raises:
        UnusableFolder: There are no results.
    """
    with reading(folder) as database:
        found = database.execute(
            'SELECT file, line, "column", field, message FROM failures LIMIT ?', (most,)
        )
        return [
            Mistake(
                Place(file if line else Argument(file), line or 0, column or 0),
                (field or "",),
                message,
            )
            for file, line, column, field, message in found
        ]
