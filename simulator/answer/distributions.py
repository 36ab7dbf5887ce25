"""The statistics of the amounts of one answer: those that are the same on every path are worked out once.

A balance is told of the last year and of all; a difference from a policy that is taxed on nothing is the
amount itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

from simulator.answer.statistics import distribution
from simulator.distribution.known import Known

if TYPE_CHECKING:
    from simulator.answer.policy_result import Amounts
    from simulator.conversion.on_paths import Paths

LOOKED_AT = 16
"""Paths by which an amount is known again, before all of them are compared."""


class Distributions:
    """Tells the `distribution` of each amount; it keeps none of the amounts.

    Args:
        randomisations: See `simulator.answer.statistics.standard_error`.
    """

    def __init__(self, randomisations: int) -> None:
        self._randomisations = randomisations
        self._told: dict[bytes, list[tuple[ref[Paths], dict[str, Any]]]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes from one process to another, and into a file: without what it was told."""
        return Distributions, (self._randomisations,)

    def of(self, cents: Amounts, taxable: bool) -> dict[str, Any]:
        """The statistics of an amount. The arguments are those of `distribution`."""
        if isinstance(cents, int | Known):
            return distribution(cents, self._randomisations, taxable)
        told = self._told_before(cents)
        return {name: one for name, one in told.items() if taxable or name != "zero_share"}

    def _told_before(self, cents: Paths) -> dict[str, Any]:
        import numpy as np

        few = cents[:: max(1, cents.size // LOOKED_AT)].tobytes()
        alike = []  # those that are still there
        for earlier, told in self._told.get(few, ()):
            if (same := earlier()) is None:
                continue
            if np.array_equal(same, cents):
                return told
            alike.append((earlier, told))
        told = distribution(cents, self._randomisations, taxable=True)
        self._told[few] = [*alike, (ref(cents), told)]
        return told
