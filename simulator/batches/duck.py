"""DuckDB, of the extra `duckdb`: Parquet files, and questions over millions of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


class NoDuck(RuntimeError):
    """Something was asked for that needs the extra `duckdb`: one line for the user."""


def duck_errors() -> tuple[type[Exception], ...]:
    """What DuckDB raises; nothing where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return ()
    return (duckdb.Error,)


def duck(what: str, file: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A connection of its own.

    Args:
        what: What needs it, for the message where it is missing.
        file: Its database; without one it is kept in memory.

    Raises:
        NoDuck: The extra is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise NoDuck(
            f"{what} needs the extra duckdb: pip install 'mbdr-simulator[duckdb]'"
        ) from None
    return duckdb.connect(file)
