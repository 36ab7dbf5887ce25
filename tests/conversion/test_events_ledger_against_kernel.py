"""With life events in a timeline ledger and kernel agree on every cent of every path."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.conversion.kernel import kernel, post_all
from simulator.conversion.ledger import ledger
from simulator.conversion.rows import rows_of_taxable
from simulator.conversion.timeline import Timeline
from tests.events_drawn import PATHS, SCALES, amounts, timelines, walks
from tests.how_many import times


@times(6)
@given(timelines, st.integers(0, 2**32), SCALES, st.booleans())
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


@times(3)
@given(timelines, st.integers(0, 2**32), SCALES, st.booleans())
def test_box_2a_alone_is_the_sum_over_all_forms(
    plan: Timeline, seed: int, scale: float, parked: bool
) -> None:
    """As a sweep asks for it."""
    plan = replace(plan, parked=parked)
    prices = walks(len(plan.sessions), seed, scale)
    inside = walks(len(plan.sessions), seed + 1, scale / 3) if parked else prices
    outcome = kernel(plan, prices, inside)
    expected = sum(year.box_2a + year.paid_out_taxable for year in outcome.years.values())
    rows, found = rows_of_taxable([plan]), np.zeros((1, PATHS))
    post_all(plan, list(prices), rows[0], found, {}, list(inside))
    assert found[0].tolist() == np.broadcast_to(expected, PATHS).tolist()
