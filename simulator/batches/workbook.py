"""Results as a workbook: a sheet for each view, read and written row by row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Set
from itertools import chain
from pathlib import Path

from simulator.answer.sheets import kind
from simulator.answer.workbook import Sheet, demand_excel, demand_room, write_workbook
from simulator.batches.columns import TABLES
from simulator.batches.job import WORDS, is_kept
from simulator.batches.views import VIEWS
from simulator.files.whole import written


def views_with_rows(database: sqlite3.Connection) -> list[str]:
    """The views that have a row; the first one where none has."""
    found = [view for view in VIEWS if database.execute(f"SELECT 1 FROM {view}").fetchone()]
    return found or list(VIEWS[:1])


def write_views(database: sqlite3.Connection, selects: Mapping[str, str], file: Path) -> int:
    """Writes views of the results into a workbook; gives the number of rows.

    Args:
        database: The results.
        selects: Each view, and what selects its rows.
        file: Where to.

    Raises:
        NoExcel: The extra `excel` is not installed.
        Refused: A view has more rows than a sheet holds.
        OSError: It cannot be written.
    """
    demand_excel()
    varied, count = _varied(database), 0
    for view in selects:
        (rows,) = database.execute(f"SELECT count(*) FROM {view}").fetchone()
        demand_room(view, rows, len(database.execute(f"{selects[view]} LIMIT 0").description))
        count += rows
    with written(file) as out:
        write_workbook(
            out, (_sheet(database, view, select, varied) for view, select in selects.items())
        )
    return count


def _varied(database: sqlite3.Connection) -> set[str]:
    """The fields that the batch varies, whose values are written as in a scenario file."""
    own = {column for column, _ in chain(*TABLES.values())}
    (told,) = database.execute("SELECT fields FROM batches ORDER BY batch DESC LIMIT 1").fetchone()
    return {name for name in json.loads(told) if not is_kept(name)} - own - WORDS


def _sheet(database: sqlite3.Connection, view: str, select: str, varied: Set[str]) -> Sheet:
    found = database.execute(select)
    header = [str(column[0]) for column in found.description]
    kinds = [kind(name, name in varied) for name in header]
    rows = ([of(value) for of, value in zip(kinds, row, strict=True)] for row in found)
    return Sheet(view, header, rows)
