"""The views of a results database: what people and pandas read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.batches.columns import TABLES

NOW = "batch = (SELECT max(batch) FROM batches)"
"""The jobs of the last batch into the folder."""

VIEWS = ("results", "results_total", "results_contributions", "failures")


def views(fields: Sequence[str]) -> Iterator[str]:
    """The statements that make the views anew.

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
            f"JOIN {table} t USING (answer) WHERE j.state = 'done' AND j.{NOW}"
        )
    yield (
        "CREATE VIEW failures AS SELECT j.place AS job, j.source, j.varied, e.file, e.line, "
        'e."column", e.field, e.message '
        "FROM errors e JOIN jobs j ON j.place = e.place "
        f"WHERE j.state = 'failed' AND j.{NOW} ORDER BY j.place, e.rowid"
    )


def varied(field: str) -> str:
    """What a job says of a field that varies, in SQL."""
    path = field.replace("'", "''")
    return f"json_extract(j.varied, '$.\"{path}\"')"
