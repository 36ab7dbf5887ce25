"""What is wrong in the rows of a file: a line each, and one for a fault that many rows share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from simulator.notation.mistakes import Mistake, Mistakes, Place

KEPT = 1_000
"""Mistakes that are kept of a file; the others are counted."""

MOST_ALIKE = 5
"""Rows with one fault that are told one by one."""

QUOTABLE = re.compile(
    r"(\d{4}|\d\d?)[-/.]\d\d?[-/.](\d{4}|\d\d?)|\(?[-+$]{0,2}\d[\d,._]{0,14}[%)-]?"
)
"""What looks like a date or a number, and is short: the rest of a file is never quoted."""

_QUOTED = re.compile(r"^'[^']*' ?")


class Fault(NamedTuple):
    """What is wrong in a row.

    Attributes:
        line: Its line.
        why: The reason; with the text before it where that may be quoted.
        column: Which cell it is, from 1.
        kind: What those have in common that have the same fault; the reason where it is empty.
    """

    line: int
    why: str
    column: int = 1
    kind: str = ""

    @property
    def shared(self) -> str:
        """The reason without what stands in this row alone."""
        return self.kind or _QUOTED.sub("", self.why).removeprefix("this ")


def demand_none(mistakes: Iterable[Mistake]) -> None:
    """Raises `Mistakes` where there are some: the first of them and how many others, of any number."""
    kept: list[Mistake] = []
    more = 0
    for mistake in mistakes:
        if len(kept) < KEPT:
            kept.append(mistake)
        else:
            more += 1
    if kept:
        raise Mistakes(kept, more)


def demand_no_faults(file: Path, faults: Sequence[Fault], rows: int) -> None:
    """Raises `Mistakes` where rows have faults.

    Args:
        file: Where they stand.
        faults: What is wrong.
        rows: How many rows there are: a fault that all of them have is told once.
    """
    demand_none(mistakes(file, faults, rows))


def mistakes(file: Path, faults: Sequence[Fault], rows: int) -> Iterator[Mistake]:
    """The mistakes that faults are: one of each kind that many rows, or all of them, have."""
    for _, group in groupby(sorted(faults, key=attrgetter("shared")), attrgetter("shared")):
        alike = sorted(group)
        if len(alike) <= MOST_ALIKE and not len(alike) == rows > 1:
            yield from (
                Mistake(Place(str(file), one.line, one.column), (), one.why) for one in alike
            )
            continue
        first = alike[0]
        why = f"{first.why}; so are {len(alike) - 1:,} more rows, the last in line {alike[-1].line}"
        yield Mistake(Place(str(file), first.line, first.column), (), why)


def quotable(why: str, text: str, otherwise: str) -> str:
    """A reason that quotes a text, where the text is short and a date or a number; else the other one."""
    return why if QUOTABLE.fullmatch(text) else otherwise
