"""A rule: what fields of a scenario must not say against each other.

Each rule names the fields that it reads; it is left out only where one of those is itself wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from simulator.notation.mistakes import Path as Where
from simulator.scenario.question import Question


class Rule(NamedTuple):
    """What fields must not say against each other.

    Attributes:
        reads: The fields it reads; where one is wrong already, the rule is not tried.
        broken_by: Gives the path and the message of each way in which a scenario breaks it.
    """

    reads: tuple[str, ...]
    broken_by: Callable[[Question], Iterable[tuple[Where, str]]]


RULES: list[Rule] = []

Broken = Iterator[tuple[Where, str]]


def rule(*reads: str) -> Callable[[Callable[[Question], Broken]], Callable[[Question], Broken]]:
    """Makes a function over a scenario one of the rules."""

    def added(broken_by: Callable[[Question], Broken]) -> Callable[[Question], Broken]:
        RULES.append(Rule(reads, broken_by))
        return broken_by

    return added
