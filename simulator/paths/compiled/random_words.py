"""The words that draws are made of: of the lattice and of Philox, a draw for a block of paths at a time."""

import numpy as np

from simulator.paths.compiled.strict import compiled
from simulator.returns.draws import LANES, MULTIPLIERS, RANDOMISATIONS, ROUNDS, WEYL, Words

FIRST, SECOND = MULTIPLIERS
LOW, HIGH = np.uint64(0xFFFFFFFF), np.uint64(32)
WEYL_FIRST, WEYL_SECOND = np.uint64(WEYL[0]), np.uint64(WEYL[1])


@compiled
def radical_inverse(inverse: Words, start: int, groups: int) -> None:
    """The points' indices with their bits reversed. [group of `RANDOMISATIONS` paths]

    Args:
        inverse: Where they go.
        start: The first path, a multiple of `RANDOMISATIONS`.
        groups: How many there are.
    """
    for group in range(groups):
        index = np.uint32(start // RANDOMISATIONS + group)
        turned = np.uint32(0)
        for bit in range(32):
            turned |= ((index >> np.uint32(bit)) & np.uint32(1)) << np.uint32(31 - bit)
        inverse[group] = turned


@compiled
def lattice_words(words: Words, inverse: Words, groups: int, z: np.uint32, shift: Words) -> None:
    """One coordinate of the lattice on a block of paths. [path]

    Args:
        words: Where they go.
        inverse: The points of the block.
        groups: How many of them.
        z: The component of the generating vector.
        shift: The shift of each randomisation.
    """
    for group in range(groups):
        point = np.uint32(inverse[group] * z)
        for lane in range(RANDOMISATIONS):
            words[group * RANDOMISATIONS + lane] = point + shift[lane]


@compiled
def philox_words(words: Words, start: int, groups: int, draw: int, stream: int, seed: int) -> None:
    """One draw on a block of paths: path p has lane p % 4 of the counter (p // 4, draw, stream). [path]

    Args:
        words: Where they go.
        start: The first path, a multiple of `LANES`.
        groups: How many groups of `LANES` paths.
        draw: The place of the draw on its path.
        stream: What the draw is for.
        seed: The key's 64 bits.
    """
    first_group = np.uint64(start // LANES)
    low_key, high_key = np.uint64(seed) & LOW, np.uint64(seed) >> HIGH
    for group in range(groups):
        index = first_group + np.uint64(group)
        c0, c1, c2, c3 = index & LOW, np.uint64(draw), np.uint64(stream), index >> HIGH
        k0, k1 = low_key, high_key
        for _ in range(ROUNDS):
            first, second = c0 * FIRST, c2 * SECOND
            c0 = (second >> HIGH) ^ c1 ^ k0
            c2 = (first >> HIGH) ^ c3 ^ k1
            c1, c3 = second & LOW, first & LOW
            k0, k1 = (k0 + WEYL_FIRST) & LOW, (k1 + WEYL_SECOND) & LOW
        place = group * LANES
        words[place] = np.uint32(c0)
        words[place + 1] = np.uint32(c1)
        words[place + 2] = np.uint32(c2)
        words[place + 3] = np.uint32(c3)
