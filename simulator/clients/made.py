"""What was made in a folder: which files are ours, and what each page was made of.

One SQLite database, which one process alone holds open. A file is noted before it is written: whatever
interrupts, a file that stands there is known or is somebody else's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from simulator.files.opened import Unreadable, make_folder, opened
from simulator.files.whole import write
from simulator.notation.letters import visible
from simulator.refusal import Refused

DATABASE, SCHEMA = "pages.sqlite", 1

TABLES = """
CREATE TABLE files (name TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (name, sha256)) WITHOUT ROWID;
CREATE TABLE pages (
  name TEXT PRIMARY KEY, source TEXT NOT NULL, asked TEXT NOT NULL, reads TEXT NOT NULL,
  paper INTEGER NOT NULL, client TEXT NOT NULL
) WITHOUT ROWID;
"""

PAGE, PAPER = ".html", ".pdf"

A_READING = 1 << 20
"""Bytes of a file that are in memory at a time."""


class NotOurs(Refused):
    """A file stands where one is to be written, and was not made here."""


class Page(NamedTuple):
    """A page that was made.

    Attributes:
        name: Its name without its ending.
        source: What tells the client's file from all others.
        asked: A hash of the question.
        reads: Each file that the scenario names, and the hash of its bytes.
        paper: Whether a PDF was made beside it.
        client: Its line of the index.
    """

    name: str
    source: str
    asked: str
    reads: tuple[tuple[str, str], ...]
    paper: bool
    client: Mapping[str, object]


class Made:
    """What was made in a folder, held open by one process.

    Args:
        folder: Where; it is made where it is not there.

    Raises:
        Refused: It cannot be written, or another process writes into it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with self._said():
            make_folder(folder)
            self._database = sqlite3.connect(folder / DATABASE, timeout=0.0, isolation_level=None)
            try:
                self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._database.execute("BEGIN EXCLUSIVE")  # held until it is closed
                self._open()
                self._database.execute("COMMIT")
            except BaseException:
                self.close()
                raise

    def _open(self) -> None:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version not in (0, SCHEMA):
            raise Refused(f"{self._shown}: written by another version; give another folder")
        if not version:
            for statement in TABLES.split(";"):
                self._database.execute(statement)
            self._database.execute(f"PRAGMA user_version = {SCHEMA}")

    @property
    def _shown(self) -> str:
        return visible(str(self.folder))

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what the database or the system refuses into a line that names the folder."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_BUSY:
                hint = "wait until it is done, or give another folder"
                raise Refused(f"{self._shown}: another process writes into it; {hint}") from None
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                name = visible(str(self.folder / DATABASE))
                raise Refused(f"{name} is damaged ({error}); give another folder") from None
            raise Refused(f"{self._shown}: cannot be written: {error}") from None
        except OSError as error:
            why = error.strerror or str(error)
            raise Refused(f"{self._shown}: cannot be written: {why}") from None

    def names(self) -> dict[str, str]:
        """The name of each page, by what tells the client's file from all others."""
        with self._said():
            return dict(self._database.execute("SELECT source, name FROM pages ORDER BY name"))

    def page(self, name: str) -> Page | None:
        """The page of a name as it was made last; None where there is none."""
        with self._said():
            found = self._database.execute("SELECT * FROM pages WHERE name = ?", (name,)).fetchone()
        if found is None:
            return None
        _, source, asked, reads, paper, client = found
        read = tuple((file, digest) for file, digest in json.loads(reads))
        return Page(name, source, asked, read, bool(paper), json.loads(client))

    def is_there(self, file: str) -> bool:
        """Whether a file stands in the folder as it was made last."""
        digest = file_hash(self.folder / file)
        with self._said():
            noted = self._database.execute("SELECT sha256 FROM files WHERE name = ?", (file,))
            return digest is not None and [row[0] for row in noted] == [digest]

    def demand_ours(self, file: str) -> None:
        """Raises `NotOurs` where a file stands there that was not made here, or was changed since."""
        place = self.folder / file
        digest = file_hash(place)
        with self._said():
            noted = self._database.execute("SELECT sha256 FROM files WHERE name = ?", (file,))
            if digest is None or digest in {row[0] for row in noted}:
                return
        shown = visible(str(place))
        raise NotOurs(
            f"{shown}: is not as mbdr report made it, so it is left as it is; move it away"
        )

    def write(self, contents: Mapping[str, bytes], page: Page | None = None) -> None:
        """Writes files, the last one last, and notes what they are; each is whole, or as it was.

        Args:
            contents: The bytes of each file by its name.
            page: What the page among them was made of.

        Raises:
            NotOurs: One is there that was not made here.
            Refused: One cannot be written.
        """
        for file in contents:
            self.demand_ours(file)
        digests = {file: sha256(content).hexdigest() for file, content in contents.items()}
        with self._said():
            self._note(digests, page)
            for file, content in contents.items():
                write(self.folder / file, content)
            self._database.executemany(
                "DELETE FROM files WHERE name = ? AND sha256 != ?", digests.items()
            )

    def _note(self, digests: Mapping[str, str], page: Page | None) -> None:
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR IGNORE INTO files VALUES (?, ?)", digests.items())
        if page is not None:
            reads, client = json.dumps(page.reads), json.dumps(page.client)
            told = (page.name, page.source, page.asked, reads, page.paper, client)
            self._database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", told)
        self._database.execute("COMMIT")

    def close(self) -> None:
        """Closes it: another process may write."""
        self._database.close()


def file_hash(file: Path) -> str | None:
    """The hash of a file's bytes; None where there is none, empty where it is no plain file."""
    try:
        with opened(file) as handle:
            digest = sha256()
            for part in iter(partial(handle.read, A_READING), b""):
                digest.update(part)
            return digest.hexdigest()
    except Unreadable as why:
        return None if why.missing else ""
