"""Uniform words into standard normal deviates: `simulator.returns.draws.normal_quantile`, compiled.

The centre of the distribution is worked out for all draws, the tails once more for the 15% that lie there:
put side by side first, so that both are plain loops.
"""

import numpy as np
from numpy.typing import NDArray

from simulator.paths.compiled.strict import compiled, in_widest_vectors
from simulator.returns.draws import (
    ATANH,
    CENTRE_DENOMINATOR,
    CENTRE_NUMERATOR,
    LN2_HIGH,
    LN2_LOW,
    TAIL_DENOMINATOR,
    TAIL_NUMERATOR,
    Floats,
    Words,
)

A0, A1, A2, A3, A4, A5, A6, A7 = CENTRE_NUMERATOR
B0, B1, B2, B3, B4, B5, B6, B7 = CENTRE_DENOMINATOR
C0, C1, C2, C3, C4, C5, C6, C7 = TAIL_NUMERATOR
D0, D1, D2, D3, D4, D5, D6, D7 = TAIL_DENOMINATOR
L0, L1, L2, L3, L4, L5, L6, L7, L8, L9, L10 = ATANH

CELL = 2.0**-32
CENTRE = 0.425
HALF = np.uint32(1 << 31)
BEYOND = int((0.5 - CENTRE) * 2.0**32 - 0.5) + 1
"""How many words lie beyond the centre on either side."""
FIRST_OF_CENTRE, WIDTH_OF_CENTRE = np.uint32(BEYOND), np.uint32(2**32 - 1 - 2 * BEYOND)
PADDING = 64
"""Room after the tails for whole vectors."""

Places = NDArray[np.int32]


@compiled
def logarithm(x: float) -> float:
    """The natural logarithm of a positive number, from its bits and a series."""
    bits = np.float64(x).view(np.int64)
    exponent = (bits - np.int64(0x3FE6A09E667F3BCD)) >> np.int64(52)
    mantissa = np.int64(bits - (exponent << np.int64(52))).view(np.float64)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    t = s * s
    series = L0 * t + L1
    series = (((series * t + L2) * t + L3) * t + L4) * t + L5
    series = ((((series * t + L6) * t + L7) * t + L8) * t + L9) * t + L10
    series = 2.0 * s * series
    power = np.float64(exponent)
    return power * LN2_HIGH + (series + power * LN2_LOW)


@compiled
def from_half(word: np.uint32) -> float:
    """How far the probability of a word is from 1/2: (word + 1/2) / 2**32 - 1/2, which is exact."""
    return (np.float64(np.int32(word ^ HALF)) + 0.5) * CELL


@compiled
def centre(q: float) -> float:
    """The deviate at probability q + 1/2 where q is at most 0.425 from 0."""
    r = 0.180625 - q * q
    above = ((((((A0 * r + A1) * r + A2) * r + A3) * r + A4) * r + A5) * r + A6) * r + A7
    below = ((((((B0 * r + B1) * r + B2) * r + B3) * r + B4) * r + B5) * r + B6) * r + B7
    return q * (above / below)


@compiled
def far(q: float) -> float:
    """The deviate at probability q + 1/2 elsewhere."""
    s = np.sqrt(-logarithm(0.5 - abs(q))) - 1.6
    above = ((((((C0 * s + C1) * s + C2) * s + C3) * s + C4) * s + C5) * s + C6) * s + C7
    below = ((((((D0 * s + D1) * s + D2) * s + D3) * s + D4) * s + D5) * s + D6) * s + D7
    z: float = above / below
    return z if q > 0.0 else -z


@compiled
def normals(words: Words, z: Floats, tails: Floats, places: Places, size: int) -> None:
    """Turns words into deviates.

    Args:
        words: 32 random bits each. [draw]
        z: Where the deviates go. [draw]
        tails: Scratch. [draw + PADDING]
        places: Scratch. [draw]
        size: How many draws.
    """
    in_widest_vectors()
    for i in range(size):
        z[i] = centre(from_half(words[i]))
    count = 0
    for i in range(size):
        places[count] = i
        count += int(np.uint32(words[i] - FIRST_OF_CENTRE) > WIDTH_OF_CENTRE)
    for i in range(count):
        tails[i] = from_half(words[places[i]])
    padded = (count + PADDING - 1) // PADDING * PADDING
    for i in range(count, padded):
        tails[i] = CENTRE
    for i in range(padded):
        tails[i] = far(tails[i])
    for i in range(count):
        z[places[i]] = tails[i]
