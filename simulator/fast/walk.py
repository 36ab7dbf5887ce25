"""A lognormal walk over the sessions, flattened: which step hangs where, on which draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import nan

import numpy as np
from numpy.typing import NDArray

from simulator.days import sessions_of
from simulator.notation import Years
from simulator.returns.bridge import Node, needed
from simulator.returns.draws import GENERATOR, RANDOMISATIONS, SHIFTS, Floats, Words, random_words
from simulator.returns.lognormal import BRIDGE, RUN_OFF, Lognormal, places_of

LATTICE = 0
"""In place of a stream of random numbers."""


@dataclass(frozen=True)
class Walk:
    """What `simulator.fast.prices.closes` takes; its row 0 is the first session, row n + 1 step n.

    Attributes:
        rows: Which row has the price of each session.
        steps: The rows that a step hangs on, the stream and the place of its draw, the lattice's component.
        weights: What it takes of each row, and of its draw.
        shifts: The lattice's shifts. [step, randomisation]
        seed: The key of the random words.
        drifts: What is added to the log price; NaN in rows that no session asks for.
        spread: Volatility a session.
    """

    rows: dict[date, int]
    steps: NDArray[np.int64]
    weights: Floats
    shifts: Words
    seed: np.uint64
    drifts: Floats
    spread: float


def walk(returns: Lognormal, sessions: Sequence[date], years: Years) -> Walk:
    """The steps to the prices of some sessions.

    Args:
        returns: The model.
        sessions: Days, in order; the first is the first of the years.
        years: The simulated years.
    """
    places = places_of(sessions)
    end = sum(len(sessions_of(year)) for year in years) - 1
    nodes = needed(end, [end, *(place for place in places if place < end)])
    row = {0: 0} | {node.place: n for n, node in enumerate(nodes, 1)}
    run_off = range(end + 1, places[-1] + 1)
    row |= {place: len(nodes) + n for n, place in enumerate(run_off, 1)}
    quasi = returns.sampling == "quasi"
    z = np.array(GENERATOR.read_text(encoding="ascii").split(), np.uint32)
    steps, weights = [], []
    for node in [*nodes, *(_run_off_step(place, end) for place in run_off)]:
        stream = BRIDGE if node.place <= end else RUN_OFF
        component = 0
        if quasi and stream == BRIDGE and node.draw < z.size:
            stream, component = LATTICE, int(z[node.draw])
        steps.append((row[node.left], row[node.right], stream, node.draw, component))
        weights.append((node.from_left, node.from_right, node.spread))
    spread, drift = returns.step()
    drifts = np.full(len(row), nan)
    for place in places:
        drifts[row[place]] = drift * place
    draws = [draw for _, _, _, draw, _ in steps]
    return Walk(
        rows={session: row[place] for session, place in zip(sessions, places, strict=True)},
        steps=np.array(steps, np.int64).reshape(-1, 5),
        weights=np.array(weights, np.float64).reshape(-1, 3),
        shifts=random_words(returns.seed, SHIFTS, draws, range(RANDOMISATIONS)),
        seed=np.uint64(returns.seed),
        drifts=drifts,
        spread=spread,
    )


def _run_off_step(place: int, end: int) -> Node:
    """A session after the years: the one before it, and a draw of its own."""
    return Node(place, place - 1, place, 1.0, 0.0, 1.0, place - end - 1)
