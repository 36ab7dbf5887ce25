"""What became of a job: its answer, or what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from simulator.batches.columns import Rows
from simulator.notation.mistakes import Mistake


class Answer(NamedTuple):
    """What became of a job.

    Attributes:
        key: What its answer is kept under; empty where there is none.
        name: The scenario's name.
        reads: Each file that the scenario names, and the hash of its bytes.
        simulator: Model, paths and seed.
        rows: The answer.
        mistakes: Why there is none.
        seconds: How long it took.
        warnings: What of the question looks like a slip, a sentence each.
    """

    key: str = ""
    name: str | None = None
    reads: tuple[tuple[str, str], ...] = ()
    simulator: tuple[str, int, int] = ("", 0, 0)
    rows: Rows = Rows((), (), ())
    mistakes: tuple[Mistake, ...] = ()
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()


class Known(NamedTuple):
    """An answer that is there already.

    Attributes:
        answer: Its number.
        name: The scenario's name.
        reads: Each file that the scenario names, and the hash of its bytes, as JSON.
    """

    answer: int
    name: str
    reads: str
