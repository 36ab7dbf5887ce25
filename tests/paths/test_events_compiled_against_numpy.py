"""With life events in timelines the compiled engine gives numpy's bytes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.conversion.rows import rows_of_all, rows_of_taxable
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.paths.table import table
from tests.engines import Given, post_on_numpy
from tests.events_drawn import PATHS, SCALES, timelines, walks
from tests.how_many import times

pytest.importorskip("numba")

from simulator.paths.compiled import threads as fast


@times(3)
@given(
    st.lists(timelines, min_size=1, max_size=3),
    st.integers(0, 2**32),
    SCALES,
    st.booleans(),
    st.sampled_from([(), (0,), (0, 1, 2)]),
)
def test_the_compiled_engine_gives_the_kernels_bytes(
    plans: list[Timeline], seed: int, scale: float, taxable: bool, parked: tuple[int, ...]
) -> None:
    """Of every amount, and of Box 2a alone, as a sweep asks for it."""
    plans = [plan for plan in plans if plan.years == plans[0].years]
    plans = [replace(plan, parked=n in parked) for n, plan in enumerate(plans)]
    sessions = all_sessions(plans)
    prices, inside = (walks(len(sessions), seed + n, scale) for n in range(2))
    rows, count = rows_of_all(plans)
    if taxable:
        rows, count = rows_of_taxable(plans), len(plans)
    expected = np.zeros((count, PATHS))
    post_on_numpy(plans, rows, expected, prices, inside)
    found, returns = table(count, PATHS), Given(prices, inside)
    model: Any = returns
    fast.fill(model, plans[0].years, plans, rows, found, range(PATHS), 0, lambda *_: None)
    assert found[:, :PATHS].tobytes() == expected.tobytes()
