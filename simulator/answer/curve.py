"""The distribution of an amount as it is drawn: how likely it is to be about so much, and to be nothing."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.answer.policy_result import Amounts
from simulator.distribution.known import Known

BEYOND = 1e-3
"""From so little of the highest density on the rest of a curve is left out."""


class Curve(NamedTuple):
    """The distribution of an amount.

    Attributes:
        amounts: Rising. [dollars; point]
        density: How likely it is to be about each of them; no scale. [point]
        nothing: The probability that it is 0.
    """

    amounts: Any
    density: Any
    nothing: float


def curve(cents: Amounts) -> Curve | None:
    """The curve of an amount that is known by its distribution; None of others. [cents]"""
    known = cents.shifted if isinstance(cents, Known) else None
    if known is None:
        return None
    import numpy as np

    of, above = known
    high = np.flatnonzero(of.density > BEYOND * of.density.max())
    points = slice(0, int(high[-1]) + 2 if high.size else 1)
    return Curve(
        (of.points[points] + above) / 100, of.density[points], of.atom if not above else 0.0
    )
