"""Lognormal prices of a block of paths: draws, the bridge over them, the exponential."""

import numpy as np
from numpy.typing import NDArray

from simulator.paths.compiled.normals import Places, normals
from simulator.paths.compiled.random_words import lattice_words, philox_words, radical_inverse
from simulator.paths.compiled.strict import compiled, in_widest_vectors
from simulator.returns.draws import EXP, LANES, LN2_HIGH, LN2_LOW, RANDOMISATIONS, Floats, Words

E0, E1, E2, E3, E4, E5, E6, E7, E8, E9, E10, E11, E12, E13 = EXP

LEFT, RIGHT, STREAM, DRAW, Z = range(5)
FROM_LEFT, FROM_RIGHT, SPREAD = range(3)

Steps = NDArray[np.int64]


@compiled
def exponential(x: float) -> float:
    """The exponential function, from a series and the bits of its result."""
    power = np.floor(x * 1.4426950408889634 + 0.5)
    r = (x - power * LN2_HIGH) - power * LN2_LOW
    series = (((E0 * r + E1) * r + E2) * r + E3) * r + E4
    series = ((((series * r + E5) * r + E6) * r + E7) * r + E8) * r + E9
    series = (((series * r + E10) * r + E11) * r + E12) * r + E13
    bits = np.float64(series).view(np.int64) + (np.int64(power) << np.int64(52))
    return np.int64(bits).view(np.float64)


@compiled
def motion_at(at: Floats, left: Floats, right: Floats, z: Floats, weights: Floats) -> None:
    """Brownian motion at a session between two that are known. [path]"""
    in_widest_vectors()
    from_left, from_right, spread = weights[FROM_LEFT], weights[FROM_RIGHT], weights[SPREAD]
    if from_right != 0.0:
        for i in range(at.size):
            at[i] = left[i] * from_left + right[i] * from_right + z[i] * spread
    else:
        for i in range(at.size):
            at[i] = left[i] * from_left + z[i] * spread


@compiled
def closes(
    prices: Floats,
    start: int,
    steps: Steps,
    weights: Floats,
    shifts: Words,
    seed: int,
    drifts: Floats,
    spread: float,
    inverse: Words,
    words: Words,
    z: Floats,
    tails: Floats,
    places: Places,
) -> None:
    """The prices of a block of paths.

    Args:
        prices: Where they go: row 0 for the first session, row n + 1 for that of step n. [row, path]
        start: The first path, a multiple of `RANDOMISATIONS`; so is the number of paths.
        steps: Where each step hangs and what its draw is. [step, column]
        weights: What it takes of each. [step, column]
        shifts: The lattice's shifts. [step, randomisation]
        seed: The key of what the lattice does not give.
        drifts: What is added to the log price; NaN where none is asked for. [row]
        spread: Volatility a session.
        inverse: Where it works; see `simulator.paths.compiled.space.Space`, as for the other four.
        words: Random bits.
        z: Deviates.
        tails: Those far from the centre.
        places: Where they stand.
    """
    in_widest_vectors()
    paths = prices.shape[1]
    groups = paths // RANDOMISATIONS
    radical_inverse(inverse, start, groups)
    together = z.size // paths
    prices[0, :] = 0.0
    for first in range(0, len(steps), together):
        last = min(first + together, len(steps))
        for n in range(first, last):
            row = words[(n - first) * paths : (n - first + 1) * paths]
            if steps[n, STREAM] == 0:
                lattice_words(row, inverse, groups, np.uint32(steps[n, Z]), shifts[n])
            else:
                philox_words(row, start, paths // LANES, steps[n, DRAW], steps[n, STREAM], seed)
        normals(words, z, tails, places, (last - first) * paths)
        for n in range(first, last):
            left, right = prices[steps[n, LEFT]], prices[steps[n, RIGHT]]
            normal = z[(n - first) * paths : (n - first + 1) * paths]
            motion_at(prices[n + 1], left, right, normal, weights[n])
    for n in range(len(drifts)):
        drift = drifts[n]
        if drift == drift:
            price = prices[n]
            for i in range(paths):
                price[i] = exponential(price[i] * spread + drift)
