"""A file of dates and numbers: its bytes, within a bound, and the rows that are read from it.

A scenario may come from a stranger and name any file. So of what is wrong in a file nothing is quoted but
what looks like a date or a number, until it is known to be a table of both.
"""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from simulator.files.opened import Unreadable
from simulator.files.opened import content as bounded_content
from simulator.notation.mistakes import Mistake, Mistakes, Place

LARGEST = 16 << 20
"""Bytes of a CSV, at most: prices of a century, twenty columns of them, take a third of it."""

Number = TypeVar("Number")


class Dated(NamedTuple, Generic[Number]):
    """One row: its line in the file, its date, its number."""

    line: int
    day: date
    number: Number


def content(file: Path) -> bytes:
    """The bytes of a file: what was read from it is kept by them, so that an edited file is read anew.

    Raises:
        Mistakes: It cannot be read, is no plain file, or is larger than `LARGEST`.
    """
    try:
        return bounded_content(file, LARGEST, "a CSV of dates")
    except Unreadable as why:
        raise Mistakes([Mistake(Place(str(file)), (), f"cannot be read: {why}")]) from None


def digest(file: Path) -> str:
    """The hash of a file's bytes, for those who want to know whether they have the same.

    Raises:
        Mistakes: It cannot be read.
    """
    return sha256(content(file)).hexdigest()
