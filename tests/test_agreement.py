"""Ledger and kernel agree on every cent that moves, on every path of random timelines."""

from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.conversion.amounts import YearOutcome
from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import preceding_bank_day
from simulator.days.years import Years
from tests.strategies import conversion_terms, policies

PATHS = 3


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Deposits of one to three years under any policy and any plan."""
    years = Years(2024, 2024 + draw(st.integers(0, 2)))
    end = 365 * len(list(years)) - 6
    span = st.tuples(st.integers(0, end), st.integers(1, 2_000_000))
    late = st.tuples(st.integers(end - 24, end), st.integers(1, 2_000_000))
    money = draw(st.lists(span, max_size=20)) + draw(st.lists(late, max_size=2))
    start = date(2024, 1, 5).toordinal()
    deposits = [(preceding_bank_day(date.fromordinal(start + day)), cents) for day, cents in money]
    terms = ConversionTerms.model_validate(draw(conversion_terms()))
    policy = Policy.model_validate(draw(policies(years.first, years.last)))
    return timeline(sorted(deposits), policy, terms, years)


def walks(sessions: int, seed: int, scale: float) -> NDArray[np.float64]:
    """Prices that wander, with losses: [session, path]."""
    steps = np.random.default_rng(seed).normal(0.0, scale, (sessions, PATHS))
    return np.exp(np.cumsum(steps, axis=0))


def amounts(outcome: Any, path: int | None = None) -> dict[str, Any]:
    """Every amount of an outcome; of one path where it has many."""

    def one(amount: Any) -> int:
        return int(amount if isinstance(amount, int) or path is None else amount[path])

    ends = {
        name: one(getattr(outcome, name))
        for name in ("left_value", "left_basis", "roth_end", "ira_end")
    }
    for year, of_year in outcome.years.items():
        for column in YearOutcome.__slots__:
            ends[f"{column} {year}"] = one(getattr(of_year, column))
    return ends | {"in_transit": outcome.in_transit}


@settings(max_examples=2_000)
@given(timelines(), st.integers(0, 2**32), st.sampled_from([0.0, 0.001, 0.01, 0.1]))
def test_ledger_and_kernel_agree_to_the_cent(plan: Timeline, seed: int, scale: float) -> None:
    prices = walks(len(plan.sessions), seed, scale)
    every_path = kernel(plan, prices)
    for path in range(PATHS):
        one_path = ledger(plan, prices[:, path].tolist()).outcome
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
