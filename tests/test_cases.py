"""Worked examples that people have published, to the cent: the data is in `cases/`."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from simulator.conversion.subaccount import Subaccount
from simulator.money import half_up_to_dollars
from simulator.payroll.contribution import ContributionYear
from simulator.simulation import compare, went_in
from tests.documents import scenario

CASES = Path(__file__).with_name("cases")


def cases(file: str) -> list[Any]:
    """The examples of a file, each called by its name."""
    reader = YAML(typ="safe", pure=True)
    return [pytest.param(case, id=case["name"]) for case in reader.load(CASES / file)]


def cents(dollars: Any) -> int:
    """The cents of an expected amount."""
    return round(Decimal(str(dollars)) * 100)


def plain(value: Any) -> Any:
    """YAML's numbers and dates as a scenario file has them."""
    return json.loads(json.dumps(value, default=str))


OF_YEAR: dict[str, Callable[[ContributionYear], Any]] = {
    "deferrals": lambda year: year.deferrals,
    "catch_up": lambda year: year.total("catch_up"),
    "match": lambda year: year.total("match"),
    "employer": lambda year: year.total("employer"),
    "eligible": lambda year: year.total("eligible"),
    "after_tax": lambda year: year.total("after_tax"),
    "annual_additions": lambda year: year.annual_additions,
    "annual_additions_limit": lambda year: year.annual_additions_limit,
    "limit_with_catch_up": lambda year: year.annual_additions_limit + year.catch_up_limit,
    "all_in": lambda year: year.annual_additions + year.total("catch_up"),
    "room": lambda year: year.room,
    "room_unused": lambda year: year.room_unused,
    "paychecks": lambda year: year.paychecks * 100,
}
"""What the examples expect of a year. [cents; the paychecks in hundredths]"""


@pytest.mark.parametrize("case", [*cases("limits_and_room.yaml"), *cases("payroll.yaml")])
def test_payroll_gives_what_the_worked_example_says(case: dict[str, Any]) -> None:
    (year,) = went_in(scenario({"name": case["name"], **plain(case["given"])}))
    expected = {name: cents(amount) for name, amount in case["expect"].items()}
    assert {name: OF_YEAR[name](year) for name in expected} == expected
    for column, amount in case.get("each_paycheck", {}).items():
        paid = [one.paycheck if column == "gross" else one for one in year.contributions]
        assert {getattr(one, column) for one in paid} == {cents(amount)}


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


def test_every_example_has_a_name_of_its_own_and_a_source() -> None:
    reader = YAML(typ="safe", pure=True)
    examples = [case for file in sorted(CASES.glob("*.yaml")) for case in reader.load(file)]
    assert len({case["name"] for case in examples}) == len(examples)
    assert all(case["source"] for case in examples)
