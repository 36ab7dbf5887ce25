"""What a sweep tells of each amount: where it lies, how far above the first, and how sure both are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from simulator.answer.several import distributions_and_errors, means_and_errors
from simulator.answer.statistics import distribution, percentile_errors
from simulator.distribution.known import Known
from simulator.scenario.scenario import Scenario
from simulator.sweeps.measures import over_first

TOGETHER = 4
"""Amounts that are sorted and summed at a time: enough to spread the cost of a call, few for the cache."""


class Told(NamedTuple):
    """What is told of Box 2a under one timeline: the fields of a `Point`."""

    amount: dict[str, Any]
    above: dict[str, float] | None
    errors: dict[str, float]


def each_told(amounts: Sequence[Any], first: Any, scenario: Scenario) -> Iterator[Told]:
    """What is told of each of some amounts beside the first of a sweep; of those on paths some at a time.

    Args:
        amounts: Numbers, distributions, or one on each path. [cents; amount][path]
        first: What they are compared with.
        scenario: Whose paths they are on.
    """
    if any(isinstance(one, int | Known) for one in amounts):
        yield from (_told_alone(one, first, scenario) for one in amounts)
        return
    import numpy as np

    randomisations = scenario.returns.randomisations
    for start in range(0, len(amounts), TOGETHER):
        cents = np.stack(amounts[start : start + TOGETHER])
        above = means_and_errors(cents - first, randomisations)
        of_each = distributions_and_errors(cents, randomisations)
        yield from (
            Told(amount, more, errors)
            for (amount, errors), more in zip(of_each, above, strict=True)
        )


def _told_alone(cents: Any, first: Any, scenario: Scenario) -> Told:
    randomisations = scenario.returns.randomisations
    return Told(
        distribution(cents, randomisations, True),
        over_first(cents, first, scenario),
        percentile_errors(cents, randomisations),
    )
