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
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from simulator.batches.answered import Answer, Known
from simulator.batches.changes import Change
from simulator.batches.columns import TABLES
from simulator.batches.database import (
    DATABASE,
    ERRORS,
    PATIENCE,
    SCHEMA,
    beginning,
    demand_schema,
    demand_sound,
    locked,
    said,
    statements,
)
from simulator.batches.job import Job, file_hash
from simulator.batches.views import views
from simulator.files.opened import absolute, make_folder
from simulator.files.whole import written
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, dotted
from simulator.version import __version__


class Placed(NamedTuple):
    """A job, its place in the batch, and the hash of its question."""

    place: int
    job: Job
    asked: str


@cache
def _insert(table: str, columns: str) -> str:
    """What puts a row with some columns into a table of answers."""
    return f"INSERT INTO {table} (answer, {columns}) VALUES (?{', ?' * (columns.count(',') + 1)})"


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
        with beginning(self.folder):
            if folder is not None:
                make_folder(folder)
                self._lock = locked(folder)
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
                for statement in statements():
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {SCHEMA}")

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for all that is recorded meanwhile: it is kept whole, or not at all."""
        with said(self.folder), self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._database.in_transaction:  # of what is recorded together
            yield
            return
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise

    def begin(
        self, fields: Sequence[str], people: Path | None = None, grid: Sequence[str] = ()
    ) -> None:
        """Begins a batch; the views show its jobs alone.

        Args:
            fields: What its jobs vary.
            people: The table that they are the rows of.
            grid: Which of the fields the grid varies: each of its points is a design, and nobody twice.
        """
        with beginning(self.folder), self._transaction():
            last = self._database.execute("SELECT max(batch) FROM batches").fetchone()[0]
            self.batch = (last or 0) + 1
            table = visible(str(people)) if people else None
            told = (
                self.batch,
                __version__,
                json.dumps(list(fields)),
                visible(absolute(".")),
                table,
                json.dumps(list(grid)),
                0,
            )
            self._database.execute("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?)", told)
            self._database.execute("DELETE FROM errors")  # what failed is tried again
            self._database.execute("DELETE FROM changes")  # so is what changed
            for statement in views(fields):
                self._database.execute(statement)

    def known(self, asked: str) -> Known | None:
        """The answer to a question, if it is there and the files that it read are as they were.

        Args:
            asked: The question's hash: see `Job`.
        """
        with said(self.folder):
            found = self._database.execute(
                "SELECT answer, name, reads FROM jobs WHERE asked = ? AND state = 'done' "
                "ORDER BY batch DESC LIMIT 1",
                (asked,),
            ).fetchone()
        if not found or any(file_hash(file) != digest for file, digest in json.loads(found[2])):
            return None
        return Known(*found)

    def hand_out(self, jobs: Iterable[Placed]) -> None:
        """Notes jobs that are under way."""
        self._put((placed, "waiting", (None, None, None)) for placed in jobs)

    def keep(self, jobs: Iterable[tuple[Placed, Known]]) -> None:
        """Notes jobs whose answers are there already."""
        self._put((placed, "done", known) for placed, known in jobs)

    def _put(self, jobs: Iterable[tuple[Placed, str, tuple[Any, ...]]]) -> None:
        with said(self.folder), self._transaction():
            self._database.executemany(
                "INSERT INTO jobs (source, varied, file, asked, batch, place, state, answer, name, reads) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (*_described(job), asked, self.batch, place, state, *known)
                    for (place, job, asked), state, known in jobs
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
        warnings = json.dumps(answer.warnings, ensure_ascii=False) if answer.warnings else None
        told = (answer.key, *answer.simulator, __version__, warnings)
        number = self._database.execute(
            "INSERT INTO answers VALUES (NULL, ?, ?, ?, ?, ?, ?)", told
        ).lastrowid
        assert number is not None
        for table, rows in zip(TABLES, answer.rows, strict=True):
            for columns, values in rows:
                self._database.execute(_insert(table, columns), (number, *values))
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


def _described(job: Job) -> tuple[str, str, str]:
    """Where a job comes from; the database takes no name of a file that is not UTF-8."""
    return visible(job.source), job.varied, visible(job.file)


def _told(mistake: Mistake) -> tuple[Any, ...]:
    place = mistake.place
    where = (visible(place.source), place.line or None, place.column or None)
    return (*where, dotted(mistake.path) or None, visible(mistake.message))
