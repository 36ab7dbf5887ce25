"""Worked examples that people have published, to the cent: the data is in `cases/`."""

from collections.abc import Callable
from typing import Any

import pytest

from simulator.payroll.contribution import ContributionYear
from simulator.simulation import went_in
from tests.cases import cases, cents, plain
from tests.documents import scenario

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
