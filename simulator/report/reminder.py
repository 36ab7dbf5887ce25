"""A reminder: one thing to do on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simulator.answer.comparison import Comparison

CONVERT, ZERO_OUT, CUT_OFF, FORM, EVENT, TAX = (
    "convert",
    "zero-out",
    "cut-off",
    "form",
    "event",
    "tax",
)


@dataclass(frozen=True)
class Reminder:
    """One thing to do on one day.

    Attributes:
        day: When.
        kind: `convert`, `zero-out`, `cut-off`, `form`, `event` or `tax`.
        ordinal: Which one of its kind in its year, from 1.
        title: What to do, in a line.
        words: What to expect, and how to check that it worked.
        amount: What is expected to move, to be left, in Box 1, or due; None where nothing is. [cents]
    """

    day: date
    kind: str
    ordinal: int
    title: str
    words: str
    amount: float | None = None


def averaged(comparison: Comparison) -> str:
    """What follows an amount that is a mean."""
    over = f" over {comparison.paths:,} paths" if comparison.paths else ""
    return "" if comparison.paths == 1 else f", on average{over}"
