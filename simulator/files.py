"""Files that are never half-written, and cells of CSV that no spreadsheet runs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula of a spreadsheet begins with."""


def safe(value: Any) -> Any:
    """A value for a cell of CSV: no text that a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def write(file: Path, content: str | bytes) -> None:
    """Writes a file aside and renames it, so that it is whole or as it was.

    Raises:
        OSError: It cannot be written.
    """
    with written(file) as out:
        out.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def written(file: Path) -> Iterator[IO[bytes]]:
    """A file to write to aside, which takes the place of another when all is in it.

    Raises:
        OSError: It cannot be written.
    """
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(file)
    except BaseException:
        Path(aside).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
