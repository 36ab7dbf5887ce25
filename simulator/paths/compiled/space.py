"""Where the compiled functions work: columns for a block of paths, made once for all the blocks of a task."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.paths.compiled.normals import PADDING, Places
from simulator.paths.compiled.program import Program
from simulator.paths.compiled.state import STATES
from simulator.returns.draws import RANDOMISATIONS, Floats, Words

DRAWS = 4_096
"""Draws made at a time: enough for whole vectors of tails, few enough for the nearest cache."""


class Space(NamedTuple):
    """Scratch of `simulator.paths.compiled.entry.blocks`, which cannot make any.

    Attributes:
        prices: Of a block. [row x path]
        bought: Units of its lots. [lot x path]
        state: Its account. [row x path]
        carried: What is left of batches. [row x path]
        inverse: The lattice's points. [group of paths]
        words: Random bits of some steps. [step x path]
        z: Their deviates. [step x path]
        tails: Those far from the centre, and room for whole vectors.
        places: Where they stand.
    """

    prices: Floats
    bought: Floats
    state: Floats
    carried: Floats
    inverse: Words
    words: Words
    z: Floats
    tails: Floats
    places: Places


def space(size: int, made: int, given: int, events: Program) -> Space:
    """What blocks of some paths need, where so many rows of prices are made beside those that are given."""
    draws = max(DRAWS, size) if made else 0
    return Space(
        prices=np.empty((made + given) * size if made else 0),
        bought=np.empty(len(events.lots) * size),
        state=np.empty(STATES * size),
        carried=np.empty(events.carried * size),
        inverse=np.empty(size // RANDOMISATIONS, np.uint32),
        words=np.empty(draws, np.uint32),
        z=np.empty(draws),
        tails=np.empty(draws + PADDING),
        places=np.empty(draws, np.int32),
    )
