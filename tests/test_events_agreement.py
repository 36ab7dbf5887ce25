"""With life events in a timeline ledger, kernel and compiled engine agree on every cent of every path."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger
from simulator.conversion.payments import payments
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import preceding_bank_day
from simulator.days.years import Years
from tests.strategies import conversion_terms, policies
from tests.strategies_of_events import events, read
from tests.test_agreement import PATHS, amounts, walks

SCALES = st.sampled_from([0.0, 0.001, 0.01, 0.1])


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Deposits of one to three years, any policy, any plan, and life events among them."""
    years = Years(2024, 2024 + draw(st.integers(0, 2)))
    end = 365 * len(list(years)) - 6
    span = st.tuples(st.integers(0, end), st.integers(1, 2_000_000))
    late = st.tuples(st.integers(end - 24, end), st.integers(1, 2_000_000))
    money = draw(st.lists(span, max_size=20)) + draw(st.lists(late, max_size=2))
    start = date(2024, 1, 5).toordinal()
    days = [(preceding_bank_day(date.fromordinal(start + day)), cents) for day, cents in money]
    contributed = sorted(days)
    sums: dict[int, int] = {}
    for day, cents in contributed:
        sums[day.year] = sums.get(day.year, 0) + cents
    drawn = [
        event
        for event in draw(events(years.first, years.last))
        if event["kind"] != "acp-refund" or sums.get(int(str(event["year"])))
    ]
    returned = {
        year: draw(st.integers(1, cents)) for year, cents in sums.items() if draw(st.booleans())
    }
    born = 2024 - draw(st.sampled_from([40, 54, 55, 57, 59, 60, 70]))
    paid = payments([read(event) for event in drawn], contributed, returned, born)
    terms = ConversionTerms.model_validate(draw(conversion_terms()))
    policy = Policy.model_validate(draw(policies(years.first, years.last)))
    return timeline(contributed, policy, terms, years, paid)


@settings(max_examples=600)
@given(timelines(), st.integers(0, 2**32), SCALES)
def test_ledger_and_kernel_agree_to_the_cent(plan: Timeline, seed: int, scale: float) -> None:
    prices = walks(len(plan.sessions), seed, scale)
    every_path = kernel(plan, prices)
    for path in range(PATHS):
        one_path = ledger(plan, prices[:, path].tolist()).outcome
        assert amounts(every_path, path) == amounts(one_path)
