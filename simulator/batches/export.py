"""Results as files for other programs, and questions to all of them at once."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.batches.database import UnusableFolder
from simulator.batches.duck import duck, duck_name
from simulator.batches.reading import demand_apart, reading
from simulator.batches.views import VIEWS, selected
from simulator.batches.workbook import views_with_rows, write_views
from simulator.files.csv_cells import csv_row
from simulator.files.whole import SHORT, written
from simulator.notation.letters import visible
from simulator.refusal import Refused

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

ENDINGS = (".csv", ".parquet", ".xlsx")
A_READING = 20_000
"""Rows that are in memory at a time."""

MEMORY = "400MB"
"""What DuckDB may take for an export; it keeps the rest in a file."""

TYPES = {"TEXT": "VARCHAR", "INTEGER": "BIGINT", "REAL": "DOUBLE"}


class BadQuestion(Refused):
    """A question in SQL that cannot be answered: one line for the user."""


def frame(folder: str | Path, view: str = "results", short: bool = False) -> pd.DataFrame:
    """A view of the results as a data frame, in the order of `export`.

    Args:
        folder: The results folder.
        view: One of `VIEWS`.
        short: Whether of each amount the mean alone is told.

    Raises:
        UnusableFolder: There are no results.
    """
    import pandas as pd

    with reading(folder) as database:
        found = database.execute(selected(database, view, short))
        names = [column[0] for column in found.description]
        return pd.DataFrame(found.fetchall(), columns=names)


def export(
    folder: str | Path, file: str | Path, view: str | None = None, short: bool = False
) -> int:
    """Writes a view of the results to a file, without timings; gives the number of rows.

    The rows are in the order of the table or the files that were answered, whatever was worked out first.

    Args:
        folder: The results folder.
        file: Where to; `.csv`, `.parquet` or `.xlsx`.
        view: One of `VIEWS`; by default `results`, in a workbook each view that has rows, a sheet each.
        short: Whether of each amount the mean alone is told.

    Raises:
        UnusableFolder: There are no results, the file has another ending, or the batch is made from it.
        NoDuck: Parquet needs the extra `duckdb`.
        NoExcel: A workbook needs the extra `excel`.
        Refused: A view has more rows than a sheet holds.
        OSError: The file cannot be written.
    """
    target = Path(file)
    if target.suffix.lower() not in ENDINGS:
        raise UnusableFolder(
            f"{visible(str(file))}: write a file that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        )
    with reading(folder) as database:
        demand_apart(database, folder, target)
        if target.suffix.lower() == ".xlsx":
            views = [view] if view else views_with_rows(database)
            told = {one: selected(database, one, short) for one in views}
            return write_views(database, told, target)
        view = view or VIEWS[0]
        if target.suffix.lower() == ".csv":
            return _csv(database, selected(database, view, short), target)
        return _parquet(database, view, target, short)


def csv_lines(folder: str | Path, view: str | None = None, short: bool = False) -> Iterator[str]:
    """The lines of a view as CSV, its header first, as `export` writes them.

    Args:
        folder: The results folder.
        view: One of `VIEWS`; by default `results`.
        short: Whether of each amount the mean alone is told.

    Raises:
        UnusableFolder: There are no results.
    """
    with reading(folder) as database:
        yield from _lines(database, selected(database, view or VIEWS[0], short))


def _lines(database: sqlite3.Connection, select: str) -> Iterator[str]:
    found = database.execute(select)
    yield csv_row(column[0] for column in found.description)
    yield from map(csv_row, found)


def _csv(database: sqlite3.Connection, select: str, file: Path) -> int:
    count = -1  # the header is no row
    with written(file) as out:
        for line in _lines(database, select):
            out.write(line.encode())
            count += 1
    return count


def _parquet(database: sqlite3.Connection, view: str, file: Path, short: bool) -> int:
    duck_name(file)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name[:SHORT]}.") as name:
        aside = Path(name) / "rows.parquet"
        wanted = {view: _names(database, selected(database, view, short))}
        with _filled(database, wanted, aside.with_suffix(".duckdb"), "Parquet") as filled:
            place = str(aside).replace("'", "''")
            filled.execute(f"COPY {view} TO '{place}' (FORMAT parquet)")
            counted = filled.execute(f"SELECT count(*) FROM {view}").fetchone()
        with aside.open("rb") as rows, written(file) as out:
            shutil.copyfileobj(rows, out)
    return int(counted[0]) if counted else 0


def _names(database: sqlite3.Connection, select: str) -> list[str]:
    """The columns that something selects."""
    return [str(column[0]) for column in database.execute(f"{select} LIMIT 0").description]


@contextmanager
def _filled(
    database: sqlite3.Connection,
    wanted: Mapping[str, Sequence[str] | None],
    file: Path | None,
    what: str,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB database with some views as tables, in the order of an export.

    Args:
        database: The results.
        wanted: The views, each with the columns that are needed; None: all.
        file: Where the database is kept; without one in memory.
        what: What needs it, for the message where DuckDB is missing.
    """
    filled = duck(what, str(file) if file else ":memory:")
    try:
        if file:
            filled.execute(f"SET memory_limit = '{MEMORY}'")
        for view, columns in wanted.items():
            _fill(database, view, columns, filled)
        yield filled
    finally:
        filled.close()


def _fill(
    database: sqlite3.Connection,
    view: str,
    wanted: Sequence[str] | None,
    filled: duckdb.DuckDBPyConnection,
) -> None:
    import pandas as pd

    known = database.execute(f"PRAGMA table_info({view})").fetchall()
    columns = [
        (str(row[1]), TYPES.get(str(row[2]).upper(), "VARCHAR"))
        for row in known
        if wanted is None or row[1] in wanted
    ]
    told = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    filled.execute(f"CREATE TABLE {view} ({told})")
    listed = ", ".join(f'"{name}"' for name, _ in columns)
    found = database.execute(f"SELECT {listed} FROM {view}")
    while rows := found.fetchmany(A_READING):
        few = pd.DataFrame(rows, columns=[f"c{place}" for place, _ in enumerate(columns)])
        filled.register("few", few)
        filled.execute(f"INSERT INTO {view} SELECT * FROM few")
        filled.unregister("few")


def answered(folder: str | Path, question: str) -> list[dict[str, Any]]:
    """The answer to a question in SQL over all results, by DuckDB, like one for quantiles.

    `SELECT policy, quantile_cont(box_2a_mean, 0.99) AS p99 FROM results_total GROUP BY policy`

    Args:
        folder: The results folder.
        question: A SELECT over the views of docs/batch.md.

    Raises:
        UnusableFolder: There are no results.
        NoDuck: It needs the extra `duckdb`.
        BadQuestion: It cannot be answered.
    """
    with reading(folder) as database:
        wanted = {
            view: _named(database, view, question)
            for view in VIEWS
            if re.search(rf"\b{view}\b", question, re.IGNORECASE)
        }
        with _filled(database, wanted, None, "a question in SQL") as filled:
            return _records(filled, question)


def _named(database: sqlite3.Connection, view: str, question: str) -> list[str] | None:
    """The columns of a view that a question names: a fraction of a wide table; None where it wants all."""
    if re.search(r"(?<!\()\*", question):  # a star that is not that of count(*)
        return None
    known = [str(row[1]) for row in database.execute(f"PRAGMA table_info({view})")]
    return [name for name in known if name.lower() in question.lower()] or known[:1]


def _records(filled: duckdb.DuckDBPyConnection, question: str) -> list[dict[str, Any]]:
    """The rows of an answer. The question may not reach outside the results."""
    import duckdb

    filled.execute("SET enable_external_access = false")
    try:
        statements = filled.extract_statements(question)
        if not statements:
            raise BadQuestion("--sql: no question; write a SELECT over results_total")
        if len(statements) > 1:
            raise BadQuestion(f"--sql: {len(statements)} questions; ask one at a time")
        found = filled.execute(question)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error as error:
        told = " ".join(str(error).split())
        raise BadQuestion(f"--sql: {told}") from None
