"""Files that are never half-written."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

SHORT = 40
"""Letters of a name that stand in the name of the file beside it: names must not become too long."""


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

    A link stays a link, and what is there keeps its permissions. What is no plain file (a pipe, a device)
    is written as it is.

    Raises:
        OSError: It cannot be written.
    """
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG | (0o666 & ~_umask())
    if not stat.S_ISREG(mode):
        with file.open("wb") as out:
            yield out
        return
    import tempfile  # loaded where something is written

    target = Path(os.path.realpath(file))
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:SHORT]}.")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(aside).chmod(stat.S_IMODE(mode))
        Path(aside).replace(target)
    except BaseException:
        Path(aside).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
