"""The tax as a function of income, exact and in arrays, against one worked out bracket by bracket."""

from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.law.income_tax import STATUSES, income_tax_table
from simulator.law.states import bracket_states, state_table
from simulator.taxes.federal import Return, federal_tax
from simulator.taxes.increment import Increment
from simulator.taxes.piecewise import PiecewiseLinear
from simulator.taxes.state import state_tax
from tests.how_many import times
from tests.reference import slow_tax

YEARS = range(2018, 2027)
HELD = [(code, year) for code in sorted(bracket_states()) for year in (2024, 2025)]
HELD += [("NJ", 2026), ("NY", 2026)]
"""The tables of states with brackets."""

statuses = st.sampled_from(STATUSES)
cents = st.integers(0, 3_000_000_00) | st.integers(0, 400_000_00)
dollars = st.sampled_from([0, 0, 1, 125, 3_350]) | st.integers(0, 700_000)


def nearly(amount: Fraction) -> int:
    """An exact amount in cents, half-up, with the millionth of a cent."""
    whole = floor(amount)
    return whole + (amount - whole > Fraction(499_999, 1_000_000))


@st.composite
def federal_returns(draw: st.DrawFn) -> dict[str, Any]:
    """A return of any year, status, age and deduction, with gains and interest."""
    qualified = draw(dollars)
    return {
        "year": draw(st.sampled_from(YEARS)),
        "status": draw(statuses),
        "given": draw(st.none() | st.integers(0, 90_000)),
        "aged": draw(st.integers(0, 2)),
        "qualified": qualified,
        "net_investment": qualified + draw(dollars),
    }


def law_of(asked: dict[str, Any]) -> PiecewiseLinear:
    """The program's federal tax of a return in dollars."""
    given = asked["given"]
    return federal_tax(
        Return(
            income_tax_table(asked["year"], asked["status"]),
            asked["status"],
            None if given is None else given * 100,
            asked["aged"],
            asked["qualified"] * 100,
            asked["net_investment"] * 100,
        )
    ).tax


@times(4)
@given(asked=federal_returns(), income=cents)
def test_the_federal_tax_on_any_income_is_that_of_the_brackets(
    asked: dict[str, Any], income: int
) -> None:
    assert law_of(asked).at(income) == 100 * slow_tax.federal(Fraction(income, 100), **asked)


@times(2)
@given(asked=federal_returns(), income=cents, added=st.lists(cents, min_size=1, max_size=6))
def test_arrays_have_the_cents_of_exact_fractions(
    asked: dict[str, Any], income: int, added: list[int]
) -> None:
    increment = Increment(law_of(asked), income)
    before = slow_tax.federal(Fraction(income, 100), **asked)
    expected = [
        nearly(100 * (slow_tax.federal(Fraction(income + more, 100), **asked) - before))
        for more in added
    ]
    assert [increment.on(more) for more in added] == expected
    assert increment.on(np.array(added, dtype=np.float64)).tolist() == expected


@times(2)
@given(
    table=st.sampled_from(HELD),
    status=statuses,
    income=cents | st.integers(24_000_000_00, 26_000_000_00),
    added=st.lists(cents, min_size=1, max_size=6),
)
def test_the_tax_of_a_state_with_brackets_is_that_of_the_brackets(
    table: tuple[str, int], status: str, income: int, added: list[int]
) -> None:
    code, year = table
    tax = state_tax(code, status, year)

    def slow(amount: int) -> Fraction:
        return 100 * slow_tax.state(Fraction(amount, 100), code, year, status)

    assert tax.at(income) == slow(income)
    expected = [nearly(slow(income + more) - slow(income)) for more in added]
    increment = Increment(tax, income)
    assert [increment.on(more) for more in added] == expected
    assert increment.on(np.array(added, dtype=np.float64)).tolist() == expected


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("year", YEARS)
def test_a_cent_on_either_side_of_every_bracket_is_taxed_at_its_own_rate(
    year: int, status: str
) -> None:
    table = income_tax_table(year, status)
    tax = federal_tax(Return(table, status, None, 0, 0, 0)).tax
    for place, top in enumerate(table.tops):
        edge = table.standard + top
        below, above = ((tax.at(edge + after) - tax.at(edge + after - 1)) * 100 for after in (0, 1))
        assert (below, above) == slow_tax.ORDINARY[place : place + 2]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("code", ["CA", "MA", "NJ"])
def test_a_cent_on_either_side_of_every_bracket_of_a_state(code: str, status: str) -> None:
    """California's one percent above a million lies on top of both rates where it is in force."""
    tax, table = state_tax(code, status, 2025), state_table(code, status, 2025)
    for (_, lower), (edge, higher) in zip(table.brackets, table.brackets[1:], strict=False):
        at = edge + table.deduction
        more = Fraction(1, 100) if code == "CA" and edge > 1_000_000_00 else Fraction(0)
        assert tax.at(at) - tax.at(at - 1) == lower + more
        assert tax.at(at + 1) - tax.at(at) == higher + more


@times(2)
@given(asked=federal_returns(), income=cents, more=cents)
def test_the_federal_tax_never_falls_and_takes_at_most_all(
    asked: dict[str, Any], income: int, more: int
) -> None:
    tax = law_of(asked)
    assert 0 <= tax.at(income + more) - tax.at(income) <= more
    assert all(jump == 0 for _, (jump, _) in tax.knots)


@times(2)
@given(asked=federal_returns(), income=cents)
def test_between_two_knots_the_tax_is_a_straight_line(asked: dict[str, Any], income: int) -> None:
    """The slow one agrees at the knots' neighbours too, wherever they lie between two cents."""
    tax = law_of(asked)
    later = [at for at, _ in tax.knots if at > income]
    end = min(later, default=income + 100)
    middle = (income + Fraction(end)) / 2
    for at in (middle, Fraction(end)):
        slow = 100 * slow_tax.federal(at / 100, **asked)
        assert slow == tax.at(income) + tax.slope(income) * (at - income)
