"""The database of a batch as a file: its version and tables, who may write, and why it cannot be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from simulator.batches.columns import ORDERED, TABLES
from simulator.batches.views import VIEWS
from simulator.notation.letters import visible
from simulator.refusal import Refused

DATABASE, LOCK, ERRORS = "results.sqlite", "lock.sqlite", "errors.jsonl"

SCHEMA = 8

PATIENCE = 30.0
"""How long a reader's hold on the database is waited for. [s]"""


_TABLES = """
CREATE TABLE batches (
  batch INTEGER PRIMARY KEY, version TEXT NOT NULL, fields TEXT NOT NULL, folder TEXT NOT NULL,
  people TEXT, grid TEXT NOT NULL, complete INTEGER NOT NULL
);
CREATE TABLE jobs (
  batch INTEGER NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL, answer INTEGER, name TEXT,
  reads TEXT, seconds REAL, source TEXT NOT NULL, varied TEXT NOT NULL, file TEXT NOT NULL,
  asked TEXT NOT NULL, PRIMARY KEY (batch, place)
) WITHOUT ROWID;
CREATE INDEX jobs_asked ON jobs (asked, state, batch);
CREATE TABLE errors (
  place INTEGER NOT NULL, file TEXT NOT NULL, line INTEGER, "column" INTEGER, field TEXT,
  message TEXT NOT NULL
);
CREATE INDEX errors_place ON errors (place);
CREATE TABLE answers (
  answer INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, model TEXT NOT NULL, paths INTEGER NOT NULL,
  seed INTEGER NOT NULL, version TEXT NOT NULL, warnings TEXT
);
CREATE INDEX answers_warned ON answers (answer) WHERE warnings IS NOT NULL;
CREATE TABLE changes (file TEXT NOT NULL, change TEXT NOT NULL);
CREATE TABLE pieces (
  key TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, PRIMARY KEY (key, start, stop)
) WITHOUT ROWID;
"""


def statements() -> Iterator[str]:
    """What makes the tables of an empty database."""
    yield from _TABLES.split(";")
    for name, columns in TABLES.items():
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns)
        # in the order in which answers come, so that a large database grows at its end
        order = ", ".join(("answer", *ORDERED[name]))
        key = f"PRIMARY KEY ({order})) WITHOUT ROWID"
        yield f"CREATE TABLE {name} (answer INTEGER NOT NULL, {listed}, {key}"


class UnusableFolder(Refused):
    """A results folder that cannot be read or written: one line for the user."""


class Busy(UnusableFolder):
    """Another batch writes into the folder."""


def demand_schema(database: sqlite3.Connection, folder: Path) -> bool:
    """Whether a database has its tables.

    Raises:
        UnusableFolder: They are of another version.
    """
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, SCHEMA):
        raise UnusableFolder(
            f"{visible(str(folder))}: written by another version; give another folder"
        )
    return bool(version)


class Damaged(UnusableFolder):
    """A results database whose bytes are not as SQLite left them.

    Args:
        folder: The results folder.
        what: What SQLite finds.
        whole: A view that can still be read, if there is one.
    """

    def __init__(self, folder: Path, what: str, whole: str | None = None) -> None:
        name = visible(str(folder / DATABASE))
        again = "move it aside, and the same mbdr batch makes it anew"
        export = f"mbdr export {visible(str(folder))} --view {whole} -o FILE.csv"
        first = f"; a view that is still whole can be had first: {export}" if whole else ""
        super().__init__(f"{name} is damaged ({what}); {again}{first}")


def refused(
    folder: Path, error: sqlite3.Error, database: sqlite3.Connection | None = None
) -> UnusableFolder:
    """What is said of what the database refuses.

    Args:
        folder: The results folder.
        error: Its words.
        database: The database, where it is open.
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells where
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(folder, str(error), whole_view(database) if database else None)
    return UnusableFolder(f"{visible(str(folder))}: {error}")


def whole_view(database: sqlite3.Connection) -> str | None:
    """The first view of a damaged database that can be read to its end, the totals before the others."""
    for view in sorted(VIEWS, key=lambda view: view != "results_total"):
        with suppress(sqlite3.Error):
            for _ in database.execute(f"SELECT * FROM {view}"):
                pass
            return view
    return None


FINISHED = "; what was finished is kept"


@contextmanager
def said(folder: Path) -> Iterator[None]:
    """Turns what the database or the system refuses into a line that names the folder."""
    try:
        yield
    except sqlite3.Error as error:
        words = refused(folder, error)
        raise (
            words if isinstance(words, Damaged) else UnusableFolder(f"{words}{FINISHED}")
        ) from None
    except OSError as error:
        name = visible(str(folder))
        raise UnusableFolder(f"{name}: {error.strerror or error}{FINISHED}") from None


@contextmanager
def beginning(folder: Path) -> Iterator[None]:
    """The same before anything is worked out: that the folder cannot be written, and why."""
    try:
        yield
    except sqlite3.Error as error:
        words = refused(folder, error)
        if isinstance(words, Damaged):
            raise words from None
        why = _why_not_written(folder) or str(error)
    except OSError as error:
        why = error.strerror or str(error)
    else:
        return
    raise UnusableFolder(f"{visible(str(folder))}: cannot be written: {why}")


def _why_not_written(folder: Path) -> str:
    """What the system says against a file in a folder, which SQLite keeps to itself; empty if nothing."""
    try:
        with TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def demand_sound(database: sqlite3.Connection, folder: Path) -> None:
    """Raises `Damaged` where SQLite finds a page of a database that is not as it left it."""
    answer = str(database.execute("PRAGMA quick_check(1)").fetchone()[0])
    if answer != "ok":
        raise Damaged(folder, " ".join(answer.split()), whole_view(database))


def locked(folder: Path) -> sqlite3.Connection:
    """Holds the folder's lock, which the system takes back when the process ends."""
    lock = sqlite3.connect(folder / LOCK, timeout=0.0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        hint = "wait until it is done, or give another folder"
        raise Busy(f"{visible(str(folder))}: another batch is writing into it; {hint}") from None
    return lock
