"""Wealth after tax where money waits in another fund: D7's table, and the law of equal rates."""

from typing import Any

from simulator.simulation import compare
from tests.documents import scenario

PARKED: dict[str, Any] = {
    "name": "10,000 lands on January 31 and is converted on December 31, 2025",
    "years": "2025-2026",
    "birth_year": 1990,
    "pay": {"salary": 120_000, "frequency": "monthly", "last_pay_date": "2025-01-31"},
    "elections": {"after_tax": "100%"},
    "policies": ["year-end"],
    "taxes": {"federal": "29%"},
    "wealth": {"outside_return": "4%"},
}


def wealth(rate: str) -> tuple[float, float]:
    """Wealth, and by how much that is more than unparked."""
    returns = {"model": "constant", "annual_return": "7%"}
    parked = {"after_tax": {"model": "constant", "annual_return": rate}}
    answer = compare(scenario(PARKED | {"returns": returns | parked})).to_dict()
    total = answer["policies"][0]["total"]
    return total["wealth"]["mean"], total["wealth_over_unparked"]["mean"]


def test_parking_loses_where_the_other_fund_grows_more() -> None:
    """At 4% Roth 11,090.99 less tax of 105.97 and a year at 4%: 10,980.78; unparked 11,190.77."""
    assert wealth("4%") == (10_980.78, round(10_980.78 - 11_190.77, 2))


def test_parking_at_no_growth_bears_no_tax() -> None:
    assert wealth("0%") == (10_700.00, round(10_700.00 - 11_190.77, 2))


def test_parking_at_the_same_rate_changes_nothing() -> None:
    assert wealth("7%") == (11_190.77, 0.0)
