"""Files that a user named, opened by one door and read within a bound.

A name may be too long, a folder, a device without an end, or gone in the meantime, and none of these is more
than a line to the user.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""How a shell names a pipe in place of a file, as in `mbdr compare <(...)`."""


class Unreadable(Exception):
    """Why a file that a user named cannot be read; its name is not in it.

    Attributes:
        missing: Whether there is no such file.
    """

    def __init__(self, why: str, missing: bool = False):
        super().__init__(why)
        self.missing = missing


@contextmanager
def opened(
    file: str | Path, most: int | None = None, what: str = "it", pipes: bool = False
) -> Iterator[BinaryIO]:
    """A file that a user named, open for reading: a plain one, and not larger than a bound.

    Args:
        file: Its name.
        most: The bound; none where nothing is read. [bytes]
        what: What has at most so many bytes, for the message.
        pipes: Whether a pipe is taken too, where a shell has put one in place of a file.

    Raises:
        Unreadable: It is not there, no plain file, too large, or cannot be read.
    """
    piped = pipes and str(file).startswith(PIPES)
    try:
        with _measured(file, most, what, piped) as handle:
            yield handle
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        raise Unreadable(error.strerror or str(error), missing) from None


def _measured(file: str | Path, most: int | None, what: str, piped: bool) -> BinaryIO:
    """A file opened after it was looked at, and looked at again; opening waits for no writer."""
    no_wait = 0 if piped else getattr(os, "O_NONBLOCK", 0)
    try:
        _demand_plain(Path(file).stat(), most, what, piped)
        handle: BinaryIO = open(  # noqa: SIM115
            file, "rb", opener=lambda name, flags: os.open(name, flags | no_wait)
        )
    except ValueError:
        raise Unreadable("no file can have such a name") from None
    try:
        _demand_plain(os.fstat(handle.fileno()), most, what, piped)
    except BaseException:
        handle.close()
        raise
    return handle


def _demand_plain(known: os.stat_result, most: int | None, what: str, piped: bool) -> None:
    mode = known.st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode) and not (piped and stat.S_ISFIFO(mode)):
        kind = "a pipe" if stat.S_ISFIFO(mode) else "a device"
        raise Unreadable(f"this is {kind}; name a plain file")
    if most is not None and known.st_size > most:
        raise _too_large(f"{known.st_size:,}", most, what)


def _too_large(size: str, most: int, what: str) -> Unreadable:
    return Unreadable(f"the file is too large: {size} bytes; {what} has at most {most:,}")


def content(file: str | Path, most: int, what: str, pipes: bool = False) -> bytes:
    """The bytes of a file that a user named; the arguments are those of `opened`.

    Raises:
        Unreadable: It is not there, no plain file, too large, or cannot be read.
    """
    with opened(file, most, what, pipes) as handle:
        return bounded(handle, most, what)


def bounded(handle: BinaryIO, most: int, what: str) -> bytes:
    """All that an open file holds; a file may say that it is empty and never end.

    Raises:
        Unreadable: That is more than the bound.
    """
    read = handle.read(most + 1) or b""
    if len(read) > most:
        raise _too_large(f"over {most:,}", most, what)
    return read


def trouble(file: str | Path) -> str:
    """Why nothing is known of a name: there is nothing, or no way to it; empty where there is something."""
    try:
        Path(file).stat()
    except OSError as error:
        return error.strerror or str(error)
    except ValueError:
        return "no file can have such a name"
    return ""


def make_folder(folder: Path) -> None:
    """Makes a folder, and those around it, where they are not there yet.

    Raises:
        OSError: It cannot be made, or nothing can have such a name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OSError(errno.EEXIST, "this is a file; name a folder") from None
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have such a name") from None


def is_folder(file: str | Path) -> bool:
    """Whether a name is that of a folder; no name raises, as one too long does in `Path.is_dir`."""
    return os.path.isdir(file)  # noqa: PTH112


def is_file(file: str | Path) -> bool:
    """Whether a name is that of a plain file; no name raises, as one too long does in `Path.is_file`."""
    return os.path.isfile(file)  # noqa: PTH113


def is_same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two names, or the links that they are, lead to one plain file."""
    try:
        return is_file(one) and os.path.samefile(one, other)  # noqa: PTH121
    except (OSError, ValueError):
        return False


def lies_within(name: str | Path, beside: Path, folder: Path) -> bool:
    """Whether a name leads into a folder, without a step outside it or above it to the side.

    Links are followed. Nothing is asked of what lies outside, so that no answer depends on it.

    Args:
        name: What was written.
        beside: The folder in which a relative name begins.
        folder: Where it must lead.
    """
    try:
        around, step = Path(os.path.realpath(folder)), Path(os.path.realpath(beside))
        ways = (around, Path(os.path.abspath(folder)))  # noqa: PTH100
        for part in Path(name).parts:
            at = step.parent if part == ".." else step / part
            step = Path(os.path.realpath(at)) if _on_the_way(at, ways) else at
            if not _on_the_way(step, ways):
                return False
    except (OSError, ValueError):  # no folder to work in, or no name of a file
        return False
    return step.is_relative_to(around)


def _on_the_way(step: Path, ways: tuple[Path, Path]) -> bool:
    """Whether a step lies in a folder, or on the way to it, as that is written or as links lead."""
    return step.is_relative_to(ways[0]) or any(folder.is_relative_to(step) for folder in ways)


def absolute(folder: str | Path) -> str:
    """A folder's name from the root on; as it was written where the working folder is gone."""
    try:
        return os.path.realpath(folder)
    except OSError:
        return str(folder)
