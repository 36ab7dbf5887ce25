"""With life events in timelines the compiled engine gives numpy's bytes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conversion.kernel import post_all
from simulator.conversion.rows import rows_of_all, rows_of_taxable
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.paths.table import table
from tests.engines import Given
from tests.events_drawn import PATHS, SCALES, timelines, walks

pytest.importorskip("numba")

from simulator.paths.compiled import threads as fast


@settings(max_examples=300)
@given(st.lists(timelines, min_size=1, max_size=3), st.integers(0, 2**32), SCALES, st.booleans())
def test_the_compiled_engine_gives_the_kernels_bytes(
    plans: list[Timeline], seed: int, scale: float, taxable: bool
) -> None:
    """Of every amount, and of Box 2a alone, as a sweep asks for it."""
    plans = [plan for plan in plans if plan.years == plans[0].years]
    sessions = all_sessions(plans)
    prices = walks(len(sessions), seed, scale)
    price = dict(zip(sessions, prices, strict=True))
    rows, count = rows_of_all(plans)
    if taxable:
        rows, count = rows_of_taxable(plans), len(plans)
    expected = np.zeros((count, PATHS))
    for plan, of in zip(plans, rows, strict=True):
        post_all(plan, [price[session] for session in plan.sessions], of, expected, {})
    found, returns = table(count, PATHS), Given(prices)
    model: Any = returns
    fast.fill(model, plans[0].years, plans, rows, found, range(PATHS), 0, lambda *_: None)
    assert found[:, :PATHS].tobytes() == expected.tobytes()
