"""A file as it was read, so that it can be told later whether it is still the same."""

from pathlib import Path
from typing import NamedTuple

from simulator.batches.job import file_hash


class Seen(NamedTuple):
    """A file as it was read.

    Attributes:
        size: Its size. [bytes]
        written: When it was written last. [ns]
        digest: The hash of its bytes.
    """

    size: int
    written: int
    digest: str


def seen(file: Path) -> Seen | None:
    """A file as it is; None where it is not there."""
    try:
        known = file.stat()
    except (OSError, ValueError):  # there is no such file, or no file can have such a name
        return None
    return Seen(known.st_size, known.st_mtime_ns, file_hash(file))
