"""The views of a results database: what people and pandas read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from simulator.answer.statistics import STATISTICS
from simulator.batches.columns import ORDERED, SHARE, TABLES

NOW = "batch = (SELECT max(batch) FROM batches)"
"""The jobs of the last batch into the folder."""

VIEWS = ("results", "results_total", "results_contributions", "failures")


def views(fields: Sequence[str]) -> Iterator[str]:
    """The statements that make the views anew: the jobs in their order, the policies in that of their file.

    Args:
        fields: What the batch varies, each a column; none has a quote in its name.
    """
    for name in VIEWS:
        yield f"DROP VIEW IF EXISTS {name}"
    told = "".join(f', {varied(one)} AS "{one}"' for one in dict.fromkeys(fields) if one != "name")
    names = dict(zip(TABLES, VIEWS, strict=False))
    for table, columns in TABLES.items():
        rest = "".join(f', t."{column}"' for column, _ in columns if column != "place")
        warned = ", a.warnings" if "policy" in dict(columns) else ""  # what went in has no price
        yield (
            f"CREATE VIEW {names[table]} AS SELECT a.key, j.place AS job, j.source, j.file AS template, "
            f"j.name{told}{rest}{warned} FROM jobs j JOIN answers a USING (answer) "
            f"JOIN {table} t USING (answer) WHERE j.state = 'done' AND j.{NOW} "
            f"ORDER BY {', '.join(('j.place', *(f't.{column}' for column in ORDERED[table])))}"
        )
    yield (
        "CREATE VIEW failures AS SELECT j.place AS job, j.source, j.varied, e.file, e.line, "
        'e."column", e.field, e.message '
        "FROM errors e JOIN jobs j ON j.place = e.place "
        f"WHERE j.state = 'failed' AND j.{NOW} ORDER BY j.place, e.line, "
        'e."column", e.rowid'
    )


def selected(database: sqlite3.Connection, view: str, short: bool = False) -> str:
    """What selects a view, in its order, as every export of it does.

    Args:
        database: The results.
        view: One of `VIEWS`.
        short: Whether of the statistics of an amount the mean alone is told.
    """
    if view not in VIEWS:
        raise ValueError(f"'{view}' is not a view of the results; write one of {', '.join(VIEWS)}")
    columns = [str(row[1]) for row in database.execute(f"PRAGMA table_info({view})")]
    if short:
        columns = [name for name in columns if not _beside_mean(name, columns)]
    listed = ", ".join(f'"{name}"' for name in columns)
    return f"SELECT {listed} FROM {view}"


def _beside_mean(column: str, columns: Sequence[str]) -> bool:
    """Whether a column is a statistic of an amount beside its mean."""
    others = (*(one for one in STATISTICS if one != "mean"), SHARE)
    return any(
        column.endswith(f"_{one}") and f"{column.removesuffix(one)}mean" in columns
        for one in others
    )


def varied(field: str) -> str:
    """What a job says of a field that varies, in SQL."""
    path = field.replace("'", "''")
    return f"json_extract(j.varied, '$.\"{path}\"')"
