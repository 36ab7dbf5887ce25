"""What became of a job: its answer, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from simulator.batches.columns import Rows
from simulator.notation.mistakes import Mistake

BOTH = " and "
"""Between the models of two funds."""


def drawn_with(simulator: Mapping[str, Any]) -> tuple[str, int, int]:
    """What an answer's records say of its paths: the model, or those of two funds; how many; the seed."""
    names = (simulator.get(name) for name in ("model", "after_tax_model"))
    return BOTH.join(dict.fromkeys(filter(None, names))), simulator["paths"], simulator["seed"]


def each_model(names: Iterable[str]) -> list[str]:
    """The models that answers name, those of two funds apart."""
    return sorted({model for name in names for model in name.split(BOTH)})


class Answer(NamedTuple):
    """What became of a job.

    Attributes:
        key: What its answer is kept under; empty where there is none.
        name: The scenario's name.
        reads: Each file that the scenario names, and the hash of its bytes.
        simulator: Model, or those of two funds, paths and seed.
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
