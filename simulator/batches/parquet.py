"""Tables of people in Parquet files, read by DuckDB: each value as a CSV file would have it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.batches.duck import duck, duck_name

if TYPE_CHECKING:
    import duckdb

ENDINGS = (".parquet", ".pq")

A_READING = 2_000
"""Rows that are read at a time."""


def demand_duck(file: Path) -> None:
    """Raises `NoDuck` where DuckDB is not installed, or does not take the name of a file."""
    duck("a Parquet table").close()
    duck_name(file)


def columns(file: Path) -> list[str]:
    """The names of its columns."""
    return [str(row[0]) for row in _asked(file, "DESCRIBE SELECT *").fetchall()]


def count(file: Path) -> int:
    """How many rows it has."""
    return int(_asked(file, "SELECT count(*)").fetchall()[0][0])


def rows(file: Path) -> Iterator[list[str]]:
    """The cells of each row."""
    asked = _asked(file, "SELECT *")
    while found := asked.fetchmany(A_READING):
        for values in found:
            yield [_text(value) for value in values]


def _asked(file: Path, select: str) -> duckdb.DuckDBPyConnection:
    """What DuckDB finds in a file; no letter of its name stands for others."""
    name = re.sub(r"[*?\[]", r"[\g<0>]", duck_name(file))
    return duck("a Parquet table").execute(f"{select} FROM read_parquet(?)", [name])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, default=str) if isinstance(value, list | dict) else str(value)
