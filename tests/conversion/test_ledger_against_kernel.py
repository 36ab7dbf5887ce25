"""Ledger and kernel agree on every cent that moves, on every path of random timelines."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.years import Years
from tests.how_many import times
from tests.timelines import PATHS, amounts, timelines, walks


@times(10)
@given(timelines(), st.integers(0, 2**32), st.sampled_from([0.0, 0.001, 0.01, 0.1]), st.booleans())
def test_ledger_and_kernel_agree_to_the_cent(
    plan: Timeline, seed: int, scale: float, parked: bool
) -> None:
    plan = replace(plan, parked=parked)
    prices = walks(len(plan.sessions), seed, scale)
    inside = walks(len(plan.sessions), seed + 1, scale / 3) if parked else prices
    every_path = kernel(plan, prices, inside)
    for path in range(PATHS):
        one_path = ledger(plan, prices[:, path].tolist(), inside[:, path].tolist()).outcome
        assert amounts(every_path, path) == amounts(one_path)


def test_values_at_half_a_cent_round_alike() -> None:
    """A price of 1.005 on $1.00 is worth exactly half a cent more in decimals, a hair less in floats."""
    plan = timeline(
        [(date(2025, 1, 3), 100)],
        Policy(cadence="monthly"),
        ConversionTerms(),
        Years(2025, 2025),
    )
    prices = np.ones((len(plan.sessions), 1))
    prices[plan.sessions.index(date(2025, 1, 31)) :] = 1.005
    assert ledger(plan, prices[:, 0].tolist()).outcome.years[2025].box_1 == 101
    assert kernel(plan, prices).years[2025].box_1.tolist() == [101.0]
