"""Is an answer still what it was? Which figure moved, and whether the file, the law or the program did it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.decisions.causes import changes, part
from simulator.decisions.moved_figures import Figure, Moved
from simulator.files.opened import Unreadable, content
from simulator.notation.letters import visible
from simulator.notation.taken import demand_kind, demand_name
from simulator.refusal import Refused
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare

LARGEST = 64 << 20
"""Bytes of an expected answer, at most: thirty years of twelve policies take a fiftieth of it."""

NO_FIGURES = ("schema", "scenario", "simulator", "assumed", "assumptions", "warnings")
"""What an answer says of its question, and in words."""

WORDS = ("sentences", "limits_source")
"""What it says in words beside its figures."""

HINT = "write one with mbdr compare SCENARIO -o ANSWER.json"

KEYS = ("policy", "year", "baseline")
"""What tells the records of a list apart."""


def moved(answer: Comparison | Scenario, expected: str | Path | Mapping[str, Any]) -> Moved:
    """Which figures of a comparison are not as they were, and what changed that may have moved them.

    What the expected answer does not have is not asked for, so that it may be a part of one.

    Args:
        answer: The comparison, or its question.
        expected: An answer as `mbdr compare --format json` writes it: a file, or what was read from one.

    Raises:
        Refused: The file cannot be read, or is no such answer.
    """
    demand_kind("moved", answer, Scenario, Comparison)
    if not isinstance(expected, Mapping):
        demand_name("moved", expected, "a file", "simulator.moved(scenario, 'answer.json')")
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
        read = content(file, LARGEST, "an answer")
        answer = json.loads(read, parse_float=_finite, parse_constant=_finite)
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


def _finite(written: str) -> float:
    number = float(written)
    if not isfinite(number):
        raise ValueError(written)
    return number


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
