"""Figures of an answer beside what was expected of them, and what changed that may have moved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.phrases import capital
from simulator.decisions.causes import CAUSES, Change

if TYPE_CHECKING:
    import pandas as pd


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


@dataclass(frozen=True, repr=False)
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

    def __repr__(self) -> str:
        return f"<Moved: {len(self.figures):,} of {self.compared:,} figures>"

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


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
