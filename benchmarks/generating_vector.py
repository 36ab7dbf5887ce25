"""Finds the generating vector of the lattice sequence in `simulator/returns/lattice.txt`, and prints it.

Component by component, each time the best of some random candidates: for the points of every power of two
from 2**4 to 2**13, the worst-case error in the Korobov space of smoothness two; the candidate that is best
at its worst power of two wins. The weights fall slowly, 0.1 / sqrt(dimension): of 1 / dimension**2,
1 / dimension**1.5, 1 / dimension, 0.3 / dimension and these, these gave the smallest standard errors of
weekly, monthly and quarterly Box 2a from 16,000 paths on, and lost nothing at the year's end.
Bits above the thirteenth only matter to more points than that, and stay random.

Sources: Sloan and Reztsov (2002), Math. Comp. 71 (component by component); Cools, Kuo, Nuyens (2006), SIAM
J. Sci. Comput. 28 (one vector for a range of sizes); Dick and Kuo (2004) (random candidates).

    python benchmarks/generating_vector.py          # some minutes
    python benchmarks/generating_vector.py --tiny   # a few dimensions: whether it runs
"""

import sys

import numpy as np
from numpy.typing import NDArray

DIMENSIONS, FEW_DIMENSIONS = 512, 4
CANDIDATES = 256
SMALLEST, LARGEST = 4, 13

Floats = NDArray[np.float64]


def generating_vector(dimensions: int, seed: int = 20260101) -> list[int]:
    """One odd 32-bit number for each dimension."""
    random = np.random.default_rng(seed)
    size = 1 << LARGEST
    points = np.arange(size)
    product = np.ones(size)
    vector = []
    for dimension in range(1, dimensions + 1):
        candidates = random.integers(0, 1 << 32, CANDIDATES, dtype=np.uint64) | np.uint64(1)
        x = (points[None, :] * (candidates[:, None] % size).astype(np.int64) % size) / size
        factors = 1 + 2 * np.pi**2 * (x * x - x + 1 / 6) * 0.1 / dimension**0.5
        worst = np.max(
            [errors(product[None, :: size >> m] * factors[:, :: size >> m]) * 2.0**m
             for m in range(SMALLEST, LARGEST + 1)],
            axis=0,
        )  # fmt: skip
        best = int(np.argmin(worst))
        product *= factors[best]
        vector.append(int(candidates[best]))
    return vector


def errors(products: Floats) -> Floats:
    """The worst-case errors of candidates: [candidate] from products at the points [candidate, point]."""
    excess: Floats = products.mean(axis=1) - 1
    return np.sqrt(np.maximum(excess, 0))


if __name__ == "__main__":
    for number in generating_vector(FEW_DIMENSIONS if "--tiny" in sys.argv else DIMENSIONS):
        print(number)  # noqa: T201
