"""DuckDB, of the extra `duckdb`: Parquet files, and questions over millions of rows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.notation.letters import visible
from simulator.notation.yaml_reader import has_half_letters
from simulator.refusal import Refused

if TYPE_CHECKING:
    import duckdb


class NoDuck(Refused):
    """Something was asked for that needs the extra `duckdb`, or that it cannot do: one line for the user."""


def duck_name(file: str | Path) -> str:
    """The name of a file as DuckDB takes it.

    Raises:
        NoDuck: It is not UTF-8.
    """
    name = str(file)
    if has_half_letters(name):
        raise NoDuck(f"{visible(name)}: DuckDB takes only names in UTF-8; rename it, or write CSV")
    return name


def duck_errors() -> tuple[type[Exception], ...]:
    """What DuckDB raises; nothing where it is not loaded: then it has raised nothing."""
    duckdb = sys.modules.get("duckdb")
    return (duckdb.Error,) if duckdb else ()


def duck(what: str, file: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A connection of its own.

    Args:
        what: What needs it, for the message where it is missing.
        file: Its database; without one it is kept in memory.

    Raises:
        NoDuck: The extra is not installed, or the name of the database is not UTF-8.
    """
    try:
        import duckdb
    except ImportError:
        raise NoDuck(
            f"{what} needs the extra duckdb: pip install 'mbdr-simulator[duckdb]'"
        ) from None
    return duckdb.connect(duck_name(file))
