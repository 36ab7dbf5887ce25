"""Random and quasi-random numbers that depend on their place alone: seed, path, and which draw it is.

Everything here is integer arithmetic, + - x / and square roots on whole arrays, so the same numbers come
out whatever the size of blocks, the order of work or the engine.

Sources: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3" (Philox4x32-10);
Wichura (1988), Algorithm AS 241 (PPND16); Cools, Kuo, Nuyens (2006), SIAM J. Sci. Comput. 28 (lattice
sequences in base 2); L'Ecuyer, Lemieux (2000) (random shifts).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
Floats = NDArray[np.float64]

MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
WEYL = (0x9E3779B9, 0xBB67AE85)
LOW, HIGH = np.uint64(0xFFFFFFFF), np.uint64(32)
ROUNDS = 10
LANES = 4


def philox(counter: Sequence[NDArray[np.uint64]], key: tuple[int, int]) -> list[NDArray[np.uint64]]:
    """Philox4x32-10: four words of 32 random bits for each counter.

    Args:
        counter: Four arrays of 32-bit words, held in 64 bits. [any shape]
        key: Two 32-bit words.
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        first, second = c0 * MULTIPLIERS[0], c2 * MULTIPLIERS[1]
        c0 = second >> HIGH
        c0 ^= c1
        c0 ^= np.uint64(k0)
        c2 = first >> HIGH
        c2 ^= c3
        c2 ^= np.uint64(k1)
        second &= LOW
        first &= LOW
        c1, c3 = second, first
        k0, k1 = (k0 + WEYL[0]) & 0xFFFFFFFF, (k1 + WEYL[1]) & 0xFFFFFFFF
    return [c0, c1, c2, c3]


def random_words(seed: int, stream: int, draws: Sequence[int], paths: range) -> Words:
    """32 random bits for each of some draws on each of some paths. [draw, path]

    Path p has lane p % 4 of the counter (p // 4, draw, stream), so it is the same in any block.

    Args:
        seed: The scenario's; its 64 bits are the key.
        stream: What the draws are for: two streams share no numbers.
        draws: The places of the draws on their path.
        paths: Consecutive paths.
    """
    first, last = paths.start // LANES, -(-paths.stop // LANES)
    groups = np.arange(first, last, dtype=np.uint64)[None, :]
    places = np.array(draws, np.uint64)[:, None]
    shape = (len(draws), last - first)
    counter = [
        np.broadcast_to(word, shape)
        for word in (groups & LOW, places, np.array([[stream]], np.uint64), groups >> HIGH)
    ]
    lanes = philox(counter, (seed & 0xFFFFFFFF, seed >> 32))
    words = np.empty((*shape, LANES), np.uint32)
    for lane, word in enumerate(lanes):
        words[..., lane] = word
    start = paths.start - first * LANES
    return words.reshape(len(draws), -1)[:, start : start + len(paths)]


def reversed_bits(index: Words) -> Words:
    """32-bit words with their bits in reverse order: the radical inverse in base 2. [n]"""
    masks = ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF), (16, 0x0000FFFF))
    for shift, mask in masks:
        step, kept = np.uint32(shift), np.uint32(mask)
        index = ((index >> step) & kept) | ((index & kept) << step)
    return index


def uniform(words: Words) -> Floats:
    """Points strictly between 0 and 1, in the middle of 2**32 cells. [n]"""
    return (words.astype(np.float64) + 0.5) * 2.0**-32


CENTRE_NUMERATOR = (
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
    13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080,
)  # fmt: skip
CENTRE_DENOMINATOR = (
    5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
    5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0,
)  # fmt: skip
TAIL_NUMERATOR = (
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
    1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
    4.63033784615654529590, 1.42343711074968357734,
)  # fmt: skip
TAIL_DENOMINATOR = (
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940,
    2.05319162663775882187, 1.0,
)  # fmt: skip


def polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    """A polynomial by Horner's rule, the highest power first. [n]"""
    result = x * coefficients[0]
    result += coefficients[1]
    for coefficient in coefficients[2:]:
        result *= x
        result += coefficient
    return result


def normal_quantile(u: Floats) -> Floats:
    """The standard normal deviates at some probabilities, to 1e-15. [n]

    Algorithm AS 241, PPND16, without its far tail: probabilities stay 2**-33 from 0 and 1.
    """
    q = u - 0.5
    r = 0.180625 - q * q
    z = q * (polynomial(CENTRE_NUMERATOR, r) / polynomial(CENTRE_DENOMINATOR, r))
    tail = np.flatnonzero(np.abs(q) > 0.425)
    beyond = q[tail]
    s = np.sqrt(-logarithm(0.5 - np.abs(beyond))) - 1.6
    far = polynomial(TAIL_NUMERATOR, s) / polynomial(TAIL_DENOMINATOR, s)
    z[tail] = np.copysign(far, beyond)
    return z


LARGEST_POWER = 700.0
"""What the exponential function is right for, up and down."""

LN2_HIGH, LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
ATANH = tuple(1.0 / odd for odd in range(21, 0, -2))
EXP = tuple(1.0 / factorial for factorial in (
    6227020800, 479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1,
))  # fmt: skip


def logarithm(x: Floats) -> Floats:
    """The natural logarithm of positive numbers, from their bits and a series. [n]"""
    bits = x.view(np.int64)
    exponent = (bits - 0x3FE6A09E667F3BCD) >> 52
    mantissa = (bits - (exponent << 52)).view(np.float64)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    series = 2.0 * s * polynomial(ATANH, s * s)
    power = exponent.astype(np.float64)
    return power * LN2_HIGH + (series + power * LN2_LOW)


def exponential(x: Floats) -> Floats:
    """The exponential function, from a series and the bits of its result. [any shape]

    Args:
        x: Between -`LARGEST_POWER` and `LARGEST_POWER`.
    """
    power = np.floor(x * 1.4426950408889634 + 0.5)
    r = (x - power * LN2_HIGH) - power * LN2_LOW
    result = polynomial(EXP, r)
    scaled = result.view(np.int64)
    scaled += power.astype(np.int64) << 52
    return result


RANDOMISATIONS = 16
"""Independent random shifts; path i belongs to number i % 16, so that each has its share of any prefix.

Fewer make a longer lattice and a smaller error, but one that is known less well; 16 know it to a fifth."""

GENERATOR = Path(__file__).with_name("lattice.txt")
SHIFTS = 1
"""The stream of the shifts."""


class Lattice:
    """A rank-1 lattice sequence in base 2, shifted at random; more paths keep the earlier ones.

    Point j of randomisation k in dimension d is the fraction of (radical inverse of j) x z[d] + shift[k, d].
    """

    def __init__(self, seed: int) -> None:
        self._z = np.array(GENERATOR.read_text(encoding="ascii").split(), np.uint32)
        self._seed = seed

    @property
    def dimensions(self) -> int:
        """How many draws of a path it can give."""
        return int(self._z.size)

    def words(self, dimensions: Sequence[int], paths: range) -> Words:
        """32 bits of some coordinates on some paths. [dimension, path]

        Args:
            dimensions: Places of the coordinates.
            paths: Consecutive paths; the first is a multiple of the randomisations.
        """
        shifts = random_words(self._seed, SHIFTS, dimensions, range(RANDOMISATIONS))
        first, last = paths.start // RANDOMISATIONS, -(-paths.stop // RANDOMISATIONS)
        inverse = reversed_bits(np.arange(first, last, dtype=np.uint32))
        points = inverse[None, :] * self._z[list(dimensions)][:, None]
        words = points[:, :, None] + shifts[:, None, :]
        return words.reshape(len(dimensions), -1)[:, : len(paths)]
