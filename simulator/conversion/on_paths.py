"""What all arithmetic on paths shares: whole cents in arrays of floats, and how they are rounded."""

from math import prod

import numpy as np
from numpy.typing import NDArray

Paths = NDArray[np.float64]
"""One value on each path. [path]"""

UP = 0.500001
"""Added before the fraction is dropped: halves round up, and so does what is a millionth of a cent below."""

LEAST_LOSS = 1e-6
"""A value counts as below the basis from here on. [cents]"""


def rounded(cents: Paths) -> Paths:
    """Whole cents, halves up; in place. [path]"""
    cents += UP
    return np.floor(cents, out=cents)


def aligned(*shape: int) -> Paths:
    """An empty array that begins where a line of the cache does: results are stored there twice as fast."""
    size, line = prod(shape), 64
    room = np.empty(size + line // 8)
    first = -room.__array_interface__["data"][0] % line // 8
    return room[first : first + size].reshape(shape)
