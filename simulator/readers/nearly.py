"""A column's name that is one slip of the pen away from what HR exports call a field."""

from itertools import takewhile
from operator import eq

from simulator.readers.names import plain_name
from simulator.readers.people import FIELDS

SHORTEST = 6
"""Letters of a name that a slip is looked for in: shorter ones are near too many words."""


def nearly(name: str) -> tuple[str, str] | None:
    """What an export calls the field that a name nearly means, and the field; None where it is near none."""
    words = plain_name(name)
    for field, names in FIELDS.items():
        if (
            field == "name"
        ):  # without it nothing is another amount, and `Employer` is a column of its own
            continue
        for known in names:
            if len(known) >= SHORTEST and is_one_slip(words, known):
                return known, field
    return None


def is_one_slip(written: str, known: str) -> bool:
    """Whether words differ behind the first letter in one, or in two that changed places."""
    begin = _alike(written, known)
    one, other = written[begin:], known[begin:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    changed = len(one) == 2 and one == other[::-1]
    differ = changed or max(len(one), len(other)) == 1
    return begin > 0 and differ and (one + other).isalpha()


def _alike(one: str, other: str) -> int:
    """With how many equal letters two texts begin."""
    return sum(takewhile(bool, map(eq, one, other)))
