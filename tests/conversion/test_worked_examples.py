"""Conversions that people have published, to the cent: the data is in `tests/cases`."""

from decimal import Decimal
from typing import Any

import pytest

from simulator.conversion.subaccount import Subaccount
from simulator.money import half_up_to_dollars
from simulator.simulation import compare
from tests.cases import cases, cents
from tests.documents import scenario


def converted(given: dict[str, Any]) -> dict[str, int]:
    """What a conversion in mid-year comes to, in a fund that does not move. [cents]"""
    if "amount" in given:
        return partly_converted(given)
    document = {
        "name": "One conversion",
        "years": 2025,
        "birth_year": 1980,
        "pay": {"salary": 0, "frequency": "monthly"},
        "plan": {
            "opening": {"after_tax": f"${given['value']}", "basis": f"${given['basis']}"},
            "conversion": {"to": given.get("to", "roth-401k")},
            "basis_after_loss": given.get("basis_after_loss", "carry-forward"),
        },
        "returns": {"annual_return": "0%"},
        "policies": [{"cadence": "dates", "dates": ["2025-06-30"]}],
    }
    (result,) = compare(scenario(document)).results
    outcome, year = result.outcome, result.outcome.years[2025]
    form = result.forms[2025]
    assert form.box_7 == "G"
    return {
        "box_1": int(form.box_1),
        "box_2a": int(form.box_2a),
        "box_5": int(form.box_5),
        "line_5a": half_up_to_dollars(int(form.box_1)) * 100,
        "line_5b": half_up_to_dollars(int(form.box_2a)) * 100,
        "forfeited": int(year.forfeited),
        "left_value": int(outcome.left_value),
        "left_basis": int(outcome.left_basis),
        "roth_end": int(outcome.roth_end),
        "ira_end": int(outcome.ira_end),
    }


def partly_converted(given: dict[str, Any]) -> dict[str, int]:
    """The same where an amount leaves and the rest stays: two deposits, one of which leaves."""
    price, account = Decimal(1), Subaccount()
    amount, rest = cents(given["amount"]), cents(given["value"]) - cents(given["amount"])
    account.deposit(0, amount, 0, price)
    account.deposit(1, rest, cents(given["basis"]), price)
    moved = account.convert((0,), price)
    return {
        "box_1": moved.amount,
        "box_2a": moved.earnings,
        "box_5": moved.recovered,
        "left_value": int(account.value(price)),
        "left_basis": account.basis,
    }


@pytest.mark.parametrize("case", cases("conversions.yaml"))
def test_a_conversion_gives_what_the_worked_example_says(case: dict[str, Any]) -> None:
    found = converted(case["given"])
    expected = {name: cents(amount) for name, amount in case["expect"].items()}
    assert {name: found[name] for name in expected} == expected
