"""With life events in a timeline ledger and kernel agree on every cent of every path."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conversion.kernel import kernel, post_all
from simulator.conversion.ledger import ledger
from simulator.conversion.rows import rows_of_taxable
from simulator.conversion.timeline import Timeline
from tests.events_drawn import PATHS, SCALES, amounts, timelines, walks


@settings(max_examples=600)
@given(timelines, st.integers(0, 2**32), SCALES)
def test_ledger_and_kernel_agree_to_the_cent(plan: Timeline, seed: int, scale: float) -> None:
    prices = walks(len(plan.sessions), seed, scale)
    every_path = kernel(plan, prices)
    for path in range(PATHS):
        one_path = ledger(plan, prices[:, path].tolist()).outcome
        assert amounts(every_path, path) == amounts(one_path)


@settings(max_examples=300)
@given(timelines, st.integers(0, 2**32), SCALES)
def test_box_2a_alone_is_the_sum_over_all_forms(plan: Timeline, seed: int, scale: float) -> None:
    """As a sweep asks for it."""
    prices = walks(len(plan.sessions), seed, scale)
    outcome = kernel(plan, prices)
    expected = sum(year.box_2a + year.paid_out_taxable for year in outcome.years.values())
    rows, found = rows_of_taxable([plan]), np.zeros((1, PATHS))
    post_all(plan, list(prices), rows[0], found, {})
    assert found[0].tolist() == np.broadcast_to(expected, PATHS).tolist()
