"""The results of a batch: one SQLite database in a folder, written by one process alone.

docs/batch.md has the schema. The process that writes holds a lock of the operating system, which ends with
the process however it ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from simulator.batches.changes import Change
from simulator.batches.columns import ORDERED, TABLES, Rows
from simulator.batches.job import Job, file_hash
from simulator.batches.views import views
from simulator.files.whole import written
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, dotted
from simulator.refusal import Refused
from simulator.version import __version__

DATABASE, LOCK, ERRORS = "results.sqlite", "lock.sqlite", "errors.jsonl"
SCHEMA = 4
PATIENCE = 30.0
"""How long a reader's hold on the database is waited for. [s]"""

_TABLES = """
CREATE TABLE batches (
  batch INTEGER PRIMARY KEY, version TEXT NOT NULL, fields TEXT NOT NULL, complete INTEGER NOT NULL
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
  seed INTEGER NOT NULL, version TEXT NOT NULL
);
CREATE TABLE changes (file TEXT NOT NULL, change TEXT NOT NULL);
CREATE TABLE pieces (
  key TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, PRIMARY KEY (key, start, stop)
) WITHOUT ROWID;
"""


class UnusableFolder(Refused):
    """A results folder that cannot be read or written: one line for the user."""


class Busy(UnusableFolder):
    """Another batch writes into the folder."""


class Answer(NamedTuple):
    """What became of a job.

    Attributes:
        key: What its answer is kept under; empty where there is none.
        name: The scenario's name.
        reads: Each file that the scenario names, and the hash of its bytes.
        simulator: Model, paths and seed.
        rows: The answer.
        mistakes: Why there is none.
        seconds: How long it took.
    """

    key: str = ""
    name: str | None = None
    reads: tuple[tuple[str, str], ...] = ()
    simulator: tuple[str, int, int] = ("", 0, 0)
    rows: Rows = Rows((), (), ())
    mistakes: tuple[Mistake, ...] = ()
    seconds: float = 0.0


class Known(NamedTuple):
    """An answer that is there already.

    Attributes:
        answer: Its number.
        name: The scenario's name.
        reads: Each file that the scenario names, and the hash of its bytes, as JSON.
    """

    answer: int
    name: str
    reads: str


def _table(name: str) -> str:
    """Rows stand in the order in which answers come, so that a large database grows at its end."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in TABLES[name])
    order = ", ".join(("answer", *ORDERED[name]))
    return f"CREATE TABLE {name} (answer INTEGER NOT NULL, {columns}, PRIMARY KEY ({order})) WITHOUT ROWID"


_INSERT = {
    name: f"INSERT INTO {name} VALUES ({', '.join('?' * (len(columns) + 1))})"
    for name, columns in TABLES.items()
}


def demand_schema(database: sqlite3.Connection, folder: Path) -> bool:
    """Whether a database has its tables.

    Raises:
        UnusableFolder: They are of another version.
    """
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, SCHEMA):
        raise UnusableFolder(f"{folder}: written by another version; give another folder")
    return bool(version)


class Damaged(UnusableFolder):
    """A results database whose bytes are not as SQLite left them.

    Args:
        folder: The results folder.
        what: What SQLite finds.
        partly: Whether some of it may still be read.
    """

    def __init__(self, folder: Path, what: str, partly: bool = True) -> None:
        again = "move it aside, and the same mbdr batch makes it anew"
        whole = f"mbdr export {folder} --view results_total -o FILE.csv"
        first = f"; a view that is still whole can be had first: {whole}" * partly
        super().__init__(f"{folder / DATABASE} is damaged ({what}); {again}{first}")


def refused(folder: Path, error: sqlite3.Error, more: str = "") -> UnusableFolder:
    """What is said of what the database refuses.

    Args:
        folder: The results folder.
        error: Its words.
        more: What is said after them, where the database is sound.
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells where
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(folder, str(error), code == sqlite3.SQLITE_CORRUPT)
    return UnusableFolder(f"{folder}: {error}{more}")


FINISHED = "; what was finished is kept"


@contextmanager
def said(folder: Path) -> Iterator[None]:
    """Turns what the database or the system refuses into a line that names the folder."""
    try:
        yield
    except sqlite3.Error as error:
        raise refused(folder, error, FINISHED) from None
    except OSError as error:
        raise UnusableFolder(f"{folder}: {error.strerror or error}{FINISHED}") from None


def demand_sound(database: sqlite3.Connection, folder: Path) -> None:
    """Raises `Damaged` where SQLite finds a page of a database that is not as it left it."""
    answer = str(database.execute("PRAGMA quick_check(1)").fetchone()[0])
    if answer != "ok":
        raise Damaged(folder, " ".join(answer.split()))


class Results:
    """A results folder, open for one batch.

    Args:
        folder: Where; it is made where it is not there. None keeps everything in memory.

    Raises:
        Busy: Another batch writes into it.
        UnusableFolder: It cannot be written, or holds something else.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or Path("memory")
        self._lock: sqlite3.Connection | None = None
        self.batch = 0
        with said(self.folder):
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                self._lock = _locked(folder)
            name = ":memory:" if folder is None else folder / DATABASE
            self._database = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None)
            try:
                self._open(self._database)
            except BaseException:
                self.close()
                raise

    def _open(self, database: sqlite3.Connection) -> None:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        if demand_schema(database, self.folder):
            demand_sound(database, self.folder)
        else:
            with self._transaction():
                for statement in [*_TABLES.split(";"), *map(_table, TABLES)]:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {SCHEMA}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise

    def begin(self, fields: Sequence[str]) -> None:
        """Begins a batch, whose jobs vary some fields; the views show its jobs alone."""
        with said(self.folder), self._transaction():
            last = self._database.execute("SELECT max(batch) FROM batches").fetchone()[0]
            self.batch = (last or 0) + 1
            told = (self.batch, __version__, json.dumps(list(fields)), 0)
            self._database.execute("INSERT INTO batches VALUES (?, ?, ?, ?)", told)
            self._database.execute("DELETE FROM errors")  # what failed is tried again
            self._database.execute("DELETE FROM changes")  # so is what changed
            for statement in views(fields):
                self._database.execute(statement)

    def known(self, job: Job) -> Known | None:
        """The answer to the same question, if it is there and the files that it read are as they were."""
        with said(self.folder):
            found = self._database.execute(
                "SELECT answer, name, reads FROM jobs WHERE asked = ? AND state = 'done' "
                "ORDER BY batch DESC LIMIT 1",
                (job.asked,),
            ).fetchone()
        if not found or any(file_hash(file) != digest for file, digest in json.loads(found[2])):
            return None
        return Known(*found)

    def hand_out(self, jobs: Iterable[tuple[int, Job]]) -> None:
        """Notes jobs that are under way, each with its place in the batch."""
        self._put((place, job, "waiting", (None, None, None)) for place, job in jobs)

    def keep(self, jobs: Iterable[tuple[int, Job, Known]]) -> None:
        """Notes jobs whose answers are there already."""
        self._put((place, job, "done", known) for place, job, known in jobs)

    def _put(self, jobs: Iterable[tuple[int, Job, str, tuple[Any, ...]]]) -> None:
        with said(self.folder), self._transaction():
            self._database.executemany(
                "INSERT INTO jobs (source, varied, file, asked, batch, place, state, answer, name, reads) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (*_described(job), job.asked, self.batch, place, state, *known)
                    for place, job, state, known in jobs
                ),
            )

    def record(self, place: int, answer: Answer) -> None:
        """Records what became of a job that was handed out: one transaction."""
        state = "failed" if answer.mistakes else "done"
        with said(self.folder), self._transaction():
            kept = self._kept(answer) if answer.key else None
            reads = json.dumps(answer.reads)
            self._database.execute(
                "UPDATE jobs SET state = ?, answer = ?, name = ?, reads = ?, seconds = ? "
                "WHERE batch = ? AND place = ?",
                (state, kept, answer.name, reads, answer.seconds, self.batch, place),
            )
            self._database.executemany(
                "INSERT INTO errors VALUES (?, ?, ?, ?, ?, ?)",
                ((place, *_told(mistake)) for mistake in answer.mistakes),
            )

    def _kept(self, answer: Answer) -> int:
        """The number of an answer, which is kept once."""
        number = self.answered(answer.key)
        if number is not None:
            return number
        told = (answer.key, *answer.simulator, __version__)
        number = self._database.execute(
            "INSERT INTO answers VALUES (NULL, ?, ?, ?, ?, ?)", told
        ).lastrowid
        assert number is not None
        for table, rows in zip(TABLES, answer.rows, strict=True):
            self._database.executemany(_INSERT[table], ((number, *row) for row in rows))
        return number

    def answered(self, key: str) -> int | None:
        """The number of the answer that is kept under a key, if there is one."""
        with said(self.folder):
            found = self._database.execute("SELECT answer FROM answers WHERE key = ?", (key,))
            return next((int(row[0]) for row in found), None)

    def pieces(self, key: str) -> set[tuple[int, int]]:
        """Where the pieces of a large scenario begin and end that are on the disk. [path]"""
        with said(self.folder):
            found = self._database.execute("SELECT start, stop FROM pieces WHERE key = ?", (key,))
            return set(found)

    def record_piece(self, key: str, start: int, stop: int) -> None:
        """Records that a piece is on the disk."""
        with said(self.folder), self._transaction():
            self._database.execute(
                "INSERT OR IGNORE INTO pieces VALUES (?, ?, ?)", (key, start, stop)
            )

    def forget_pieces(self, key: str) -> None:
        """Forgets the pieces of a large scenario: it is answered, or their file is not there."""
        with said(self.folder), self._transaction():
            self._database.execute("DELETE FROM pieces WHERE key = ?", (key,))

    def files_named(self) -> list[tuple[str, str, int]]:
        """Each file that the scenarios of the batch name, the hash of what was read, by how many jobs."""
        with said(self.folder):
            found = self._database.execute(
                "SELECT reads, count(*) FROM jobs WHERE batch = ? AND state = 'done' AND reads != '[]' "
                "GROUP BY reads",
                (self.batch,),
            )
            counted: Counter[tuple[str, str]] = Counter()
            for reads, count in found:
                for file, digest in json.loads(reads):
                    counted[file, digest] += count
        return [(file, digest, count) for (file, digest), count in sorted(counted.items())]

    def end(self, changed: Iterable[Change] = ()) -> None:
        """Notes that every job has been tried; of earlier batches it keeps what is known besides.

        Args:
            changed: The files that are no longer as the batch read them.
        """
        with said(self.folder), self._transaction():
            self._database.executemany("INSERT INTO changes VALUES (?, ?)", changed)
            self._database.execute("UPDATE batches SET complete = 1 WHERE batch = ?", (self.batch,))
            self._database.execute(
                "DELETE FROM jobs WHERE batch < ? AND (state != 'done' OR asked IN "
                "(SELECT asked FROM jobs WHERE batch = ?))",
                (self.batch, self.batch),
            )

    def write_errors(self) -> None:
        """Writes `errors.jsonl`: a line for each mistake."""
        with said(self.folder):
            found = self._database.execute("SELECT * FROM failures")
            names = [column[0] for column in found.description]
            with written(self.folder / ERRORS) as out:
                for row in found:
                    out.write(f"{json.dumps(dict(zip(names, row, strict=True)))}\n".encode())

    def size(self) -> int:
        """How large the database is. [bytes]"""
        count, page = (
            self._database.execute(f"PRAGMA {one}").fetchone()[0]
            for one in ("page_count", "page_size")
        )
        return int(count * page)

    def close(self) -> None:
        """Closes the folder: what is left is one plain file, and the lock is free."""
        with suppress(sqlite3.Error):
            self._database.execute("PRAGMA busy_timeout = 0")
            self._database.execute("PRAGMA journal_mode = DELETE")
        self._database.close()
        if self._lock is not None:
            self._lock.close()


def _locked(folder: Path) -> sqlite3.Connection:
    """Holds the folder's lock, which the system takes back when the process ends."""
    lock = sqlite3.connect(folder / LOCK, timeout=0.0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        hint = "wait until it is done, or give another folder"
        raise Busy(f"{folder}: another batch is writing into it; {hint}") from None
    return lock


def _described(job: Job) -> tuple[str, str, str]:
    """Where a job comes from; the database takes no name of a file that is not UTF-8."""
    return visible(job.source), job.varied, visible(job.file)


def _told(mistake: Mistake) -> tuple[Any, ...]:
    place = mistake.place
    where = (visible(place.source), place.line or None, place.column or None)
    return (*where, dotted(mistake.path) or None, visible(mistake.message))
