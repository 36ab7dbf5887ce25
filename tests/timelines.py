"""Timelines under any policy, prices that wander, and every amount of what comes of them."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.conversion.amounts import YearOutcome
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import preceding_bank_day
from simulator.days.years import Years
from tests.strategies import conversion_terms, policies

PATHS = 3


@cache
def monies(last: int) -> st.SearchStrategy[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
    """Deposits of some years from January 5, 2024 on: the day counted from it, and cents; and late ones."""
    end = 365 * (last - 2023) - 6
    span = st.tuples(st.integers(0, end), st.integers(1, 2_000_000))
    late = st.tuples(st.integers(end - 24, end), st.integers(1, 2_000_000))
    return st.tuples(st.lists(span, max_size=20), st.lists(late, max_size=2))


@cache
@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Deposits of one to three years under any policy and any plan."""
    years = Years(2024, 2024 + draw(st.integers(0, 2)))
    early, late = draw(monies(years.last))
    start = date(2024, 1, 5).toordinal()
    deposits = [
        (preceding_bank_day(date.fromordinal(start + day)), cents) for day, cents in early + late
    ]
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
