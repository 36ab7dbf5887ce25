"""Laws of what is taxable of independent gains, on gains drawn at random."""

from datetime import date
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.distribution.batch import Growth, batch_value
from simulator.distribution.known import Known
from simulator.without_paths.conversions import Conversion
from simulator.without_paths.taxable import Amount, Taxable

RULES = ("carry-forward", "carry-within-year", "forfeit")

NEAR = 0.1
"""What two ways to one mean may differ by, for each conversion of a thousand dollars. [cents]"""


@st.composite
def conversions(draw: st.DrawFn) -> list[Conversion]:
    """One to three conversions in each of up to three years, some of which gain nothing but lose a fee."""
    growth = Growth(
        draw(st.sampled_from([0.95, 1.0, 1.07, 1.2])) ** (1 / 252),
        draw(st.sampled_from([0.05, 0.16, 0.4])) / sqrt(252),
    )
    fee = draw(st.sampled_from([0, 2_500]))
    found = []
    for year in range(2025, 2025 + draw(st.integers(1, 3))):
        for month in range(1, draw(st.integers(1, 3)) + 1):
            grows = draw(st.lists(st.integers(5, 60), min_size=0 if fee else 1, max_size=3))
            cents = draw(st.sampled_from([80_000, 100_000]))
            value = batch_value([(float(cents), n) for n in grows], growth) if grows else None
            landing = 0 if value else cents
            basis = cents * max(1, len(grows))
            found.append(Conversion(date(year, month, 1), value, landing, basis, fee))
    opening = draw(st.sampled_from([0, -40_000, 30_000]))
    first = found[0]
    found[0] = first._replace(basis=first.basis + opening)
    return found


def mean(cents: Amount) -> float:
    """The mean of an amount. [cents]"""
    return float(cents) if isinstance(cents, int) else cents.mean()


@settings(max_examples=12)
@given(conversions(), st.sampled_from(RULES))
def test_the_years_together_have_the_mean_of_all(some: list[Conversion], rule: str) -> None:
    """The total is a recursion from the last gain back, a year's one of its own with the carry before it."""
    taxable = Taxable(some, rule)
    years = sum(map(mean, taxable.years.values()))
    assert years == pytest.approx(mean(taxable.total), abs=NEAR * len(some))
    assert sum(taxable.means) == pytest.approx(mean(taxable.total), abs=NEAR * len(some))


@settings(max_examples=12)
@given(conversions())
def test_a_year_is_taxed_on_its_gains_and_on_what_it_adds_to_the_carry(
    some: list[Conversion],
) -> None:
    """E Box 2a = E gains + E carry after - E carry before, each from a recursion of its own."""
    taxable = Taxable(some, "carry-forward")
    before, count = 0.0, 0
    for year, cents in taxable.years.items():
        of_year = [one for one in some if one.session.year == year]
        count += len(of_year)
        carried, loss = taxable.carried(count)
        after = (carried.mean if carried else 0.0) + loss
        gains = sum(one.mean for one in of_year)
        assert mean(cents) == pytest.approx(gains + after - before, abs=NEAR * len(some))
        before = after


@settings(max_examples=12)
@given(conversions())
def test_the_sooner_a_loss_is_cut_the_more_is_taxed(some: list[Conversion]) -> None:
    totals = [mean(Taxable(some, rule).total) for rule in RULES]
    assert totals[0] <= totals[1] + NEAR * len(some)
    assert totals[1] <= totals[2] + NEAR * len(some)
    assert totals[0] >= sum(one.mean for one in some) - NEAR * len(some)


@settings(max_examples=8)
@given(conversions(), st.sampled_from(RULES))
def test_percentiles_rise_and_lie_within_the_half_line(some: list[Conversion], rule: str) -> None:
    for amount in (*Taxable(some, rule).years.values(), Taxable(some, rule).total):
        if isinstance(amount, Known):
            levels = [amount.percentile(percent) or 0.0 for percent in (1, 5, 25, 50, 75, 95, 99)]
            assert levels == sorted(levels)
            assert levels[0] >= 0
            assert 0 <= (amount.zero_share or 0.0) <= 1
