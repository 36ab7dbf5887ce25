"""Is an answer still what it was? Which figure moved, and whether the file, the law or the program did it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import capital
from simulator.decisions.causes import CAUSES, Change, changes, part
from simulator.files.opened import Unreadable, content
from simulator.notation.letters import visible
from simulator.refusal import Refused
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare

if TYPE_CHECKING:
    import pandas as pd

LARGEST = 64 << 20
"""Bytes of an expected answer, at most: thirty years of twelve policies take a fiftieth of it."""

NO_FIGURES = ("schema", "scenario", "simulator", "assumed", "assumptions", "warnings")
"""What an answer says of its question, and in words."""

WORDS = ("sentences", "limits_source")
"""What it says in words beside its figures."""

HINT = "write one with mbdr compare SCENARIO -o ANSWER.json"

KEYS = ("policy", "year", "baseline")
"""What tells the records of a list apart."""


class Figure(NamedTuple):
    """A figure beside what it was.

    Attributes:
        path: Where it stands in the answer: `policies.monthly.total.box_2a.mean`.
        expected: What it was.
        now: What it is; None where it is not there any more.
    """

    path: str
    expected: Any
    now: Any

    @property
    def difference(self) -> float | None:
        """By how much it moved; None where one of the two is no number."""
        if _is_number(self.expected) and _is_number(self.now):
            return float(round(self.now - self.expected, 10))
        return None

    @property
    def moved(self) -> bool:
        """Whether it is not what it was; of numbers 1 is 1.0, and never true."""
        same_kind = isinstance(self.expected, bool) == isinstance(self.now, bool)
        return not (same_kind and self.expected == self.now)


@dataclass(frozen=True)
class Moved:
    """An answer beside what was expected of it.

    Attributes:
        compared: How many figures were.
        figures: Those that moved.
        changed: What is not as it was and may have moved them, by `CAUSES`: what it was and what it is.
        known: Whether the expected answer says what it was made of.
    """

    compared: int
    figures: tuple[Figure, ...]
    changed: Mapping[str, Change]
    known: bool

    @property
    def sentences(self) -> list[str]:
        """What is found, and what did it."""
        if not self.figures:
            found = f"All {self.compared:,} figures are as expected."
            return [found, *self._changes("; no figure moved by it.")]
        found = f"{len(self.figures):,} of {self.compared:,} figures moved."
        return [found, self._culprit(), *self._changes(".")]

    def _culprit(self) -> str:
        if not self.changed and not self.known:
            return (
                "The expected answer does not say what it was made of, so what did it is not known."
            )
        if not self.changed:
            same = "File, law and version are the same"
            return f"{same}: the program was changed under its version, or a library below it."
        *others, last = (CAUSES[one] for one in self.changed)
        if others:
            return f"{capital(', '.join(others))} or {last} did it: each changed."
        return f"{capital(last)} did it."

    def _changes(self, end: str) -> Iterator[str]:
        for cause, (was, now) in self.changed.items():
            yield f"{capital(CAUSES[cause])}: was {was}, is {now}{end}"

    def to_dict(self) -> dict[str, Any]:
        """It in the shape of the JSON output."""
        return {
            "schema": 1,
            "compared": self.compared,
            "moved": [{**one._asdict(), "difference": one.difference} for one in self.figures],
            "changed": list(self.changed),
            "sentences": self.sentences,
        }

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each figure that moved."""
        import pandas as pd

        return pd.DataFrame(self.to_dict()["moved"], columns=[*Figure._fields, "difference"])


def moved(answer: Comparison | Scenario, expected: str | Path | Mapping[str, Any]) -> Moved:
    """Which figures of a comparison are not as they were, and what changed that may have moved them.

    What the expected answer does not have is not asked for, so that it may be a part of one.

    Args:
        answer: The comparison, or its question.
        expected: An answer as `mbdr compare --format json` writes it: a file, or what was read from one.

    Raises:
        Refused: The file cannot be read, or is no such answer.
    """
    was = expected if isinstance(expected, Mapping) else read_answer(Path(expected))
    now = (compare(answer) if isinstance(answer, Scenario) else answer).to_dict()
    asked = {name: value for name, value in was.items() if name not in NO_FIGURES}
    figures = [one for name, value in asked.items() for one in _figures(name, value, now.get(name))]
    if not figures:
        name = "" if isinstance(expected, Mapping) else f"{visible(str(expected))}: "
        raise Refused(f"{name}there is no figure in this answer; {HINT}")
    known = bool(part(was, "scenario") and part(part(was, "simulator"), "law"))
    return Moved(
        len(figures),
        tuple(one for one in figures if one.moved),
        dict(changes(was, now)),
        known,
    )


def read_answer(file: Path) -> Mapping[str, Any]:
    """An answer of a file, in the shape of the JSON of `compare`.

    Raises:
        Refused: It cannot be read, or is no such answer.
    """
    name = visible(str(file))
    try:
        answer = json.loads(content(file, LARGEST, "an answer"), parse_constant=_no_number)
    except Unreadable as why:
        raise Refused(f"{name}: cannot be read: {why}; {HINT}") from None
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        raise Refused(f"{where}: this is no JSON; {HINT}") from None
    except (ValueError, RecursionError):
        raise Refused(f"{name}: this is no JSON of an answer; {HINT}") from None
    if not isinstance(answer, dict) or set(answer) <= set(NO_FIGURES):
        raise Refused(f"{name}: this is no answer of mbdr compare; {HINT}")
    return answer


def _no_number(name: str) -> float:
    raise ValueError(name)


def _figures(path: str, was: Any, now: Any) -> Iterator[Figure]:
    """Each figure of what was, with what it is."""
    if isinstance(was, dict):
        there = now if isinstance(now, dict) else {}
        for name, value in was.items():
            if name not in WORDS:
                yield from _figures(f"{path}.{name}", value, there.get(name))
    elif isinstance(was, list):
        named, there = dict(_named(was)), dict(_named(now)) if isinstance(now, list) else {}
        for name, value in named.items():
            yield from _figures(f"{path}.{name}", value, there.get(name))
        if "0" in named or not named:  # of single days none may be added
            yield Figure(f"{path}.count", len(named), len(there))
    else:
        yield Figure(path, was, now)


def _named(records: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """The records of a list by what tells them apart, else by their places."""
    for place, one in enumerate(records):
        keys = [key for key in KEYS if isinstance(one, dict) and key in one]
        yield str(one[keys[0]]) if keys else str(place), one


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
