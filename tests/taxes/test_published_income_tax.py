"""Income tax that others have computed: Tax-Calculator, PolicyEngine's tests, the IRS, two libraries."""

import csv
from fractions import Fraction
from typing import Any

import pytest

from simulator.law.income_tax import income_tax_table
from simulator.law.states import StateTable, new_york_recapture
from simulator.taxes.federal import Return, federal_tax
from simulator.taxes.increment import Increment
from simulator.taxes.piecewise import PiecewiseLinear
from simulator.taxes.state import new_york, state_tax
from tests.cases import CASES, cents


def law_of(
    year: int, status: str, qualified: int = 0, net_investment: int = 0, aged: int = 0
) -> PiecewiseLinear:
    """The federal tax of a return with the standard deduction. [cents]"""
    table = income_tax_table(year, status)
    return federal_tax(Return(table, status, None, aged, qualified, net_investment)).tax


def taxcalc_cases() -> list[Any]:
    """Incomes with the tax that Tax-Calculator 6.7.2 gives, from the tests of mmacpherson/tenforty (CC0)."""
    with (CASES / "taxcalc_cases.csv").open(encoding="ascii", newline="") as file:
        found = list(csv.DictReader(file))
    return [
        pytest.param(
            row, id=f"{row['year']} {row['status']} {row['agi']} ({float(row['income_tax']):,.0f})"
        )
        for row in found
    ]


@pytest.mark.parametrize("row", taxcalc_cases())
def test_tax_calculator_has_the_same_tax_within_a_cent(row: dict[str, str]) -> None:
    """Short-term gains and dividends that are not qualified are ordinary; all of them are net investment."""
    amount = {
        name: cents(value)
        for name, value in row.items()
        if name not in ("year", "status", "source")
    }
    qualified = amount["long_gains"] + amount["qualified_dividends"]
    investment = (
        amount["long_gains"] + amount["short_gains"] + amount["interest"] + amount["dividends"]
    )
    assert amount["agi"] == amount["wages"] + investment
    year, status = int(row["year"]), row["status"]
    without = Fraction(law_of(year, status, qualified).at(amount["agi"]))
    whole = Fraction(law_of(year, status, qualified, investment).at(amount["agi"]))
    assert abs(without - amount["income_tax"]) <= 1
    assert abs(whole - without - amount["niit"]) <= 1


def test_there_are_152_of_them() -> None:
    assert len(taxcalc_cases()) == 152


def test_policyengines_single_return_of_2023() -> None:
    """Source: PolicyEngine, gov/irs tests: taxable income 986,150."""
    standard = income_tax_table(2023, "single").standard
    assert law_of(2023, "single").at(986_150_00 + standard) == cents("325207.50")


def test_policyengines_separate_return_of_2021() -> None:
    """Source: PolicyEngine, gov/irs tests: wages 332,550."""
    assert law_of(2021, "married-separate").at(332_550_00) == cents("86661.25")


def test_policyengines_return_of_2026_with_gains() -> None:
    """Source: PolicyEngine, gov/irs tests: 60,000 and 10,000 of long-term gains."""
    assert law_of(2026, "single", qualified=10_000_00).at(70_000_00) == cents("5687.50")


def test_the_schedule_and_not_the_tables_bands_is_what_direct_file_expects() -> None:
    """Source: IRS Direct File's expected results of 2022: taxable 57,050 gives 8,168, the band 8,174."""
    standard = income_tax_table(2022, "single").standard
    tax = law_of(2022, "single").at(57_050_00 + standard)
    assert round(tax / 100) == 8_168


@pytest.mark.parametrize(
    ("status", "aged", "agi", "expected"),
    [("single", 1, 90_000, 5_100), ("married-joint", 2, 200_000, 6_000)],
)
def test_policyengines_senior_deductions(status: str, aged: int, agi: int, expected: int) -> None:
    """Source: PolicyEngine, additional senior deduction of 2025: what it leaves of 6,000 each."""
    table = income_tax_table(2025, status)
    law = federal_tax(Return(table, status, 0, aged, 0, 0))
    assert law.deduction.at(agi * 100) == expected * 100


@pytest.mark.parametrize(
    ("status", "agi", "expected"),
    [
        ("married-joint", 110_000, "22.278"),
        ("married-joint", 300_000, "1056"),
        ("single", 200_000, "526"),
        ("single", 5_000_000, "31817"),
    ],
)
def test_policyengines_recapture_of_new_york_in_2021(status: str, agi: int, expected: str) -> None:
    """Source: PolicyEngine, gov/states/ny supplemental tax, on a taxable income of the adjusted one."""
    rows = new_york_recapture(2021, status)
    table = StateTable(2021, 0, ((0, Fraction(0)),), rows)
    assert new_york(PiecewiseLinear(), table).at(agi * 100) == Fraction(expected) * 100


FIVE_THOUSAND = [
    (2025, "single", "federal", "1600"),
    (2025, "married-joint", "federal", "1200"),
    (2026, "single", "federal", "1600"),
    (2026, "married-joint", "federal", "1200"),
    (2025, "married-joint", "CA", "465"),
    (2025, "single", "NY", "525.60"),
    (2025, "single", "NJ", "318.50"),
    (2025, "single", "MA", "250"),
]


@pytest.mark.parametrize(("year", "status", "whose", "expected"), FIVE_THOUSAND)
def test_five_thousand_more_on_wages_of_a_quarter_million(
    year: int, status: str, whose: str, expected: str
) -> None:
    """Source: tenforty and Tax-Calculator (federal), tenforty (states): whole dollars there, 526 and 318."""
    tax = law_of(year, status) if whose == "federal" else state_tax(whose, status, year)
    assert Increment(tax, 250_000_00).on(5_000_00) == cents(expected)


@pytest.mark.parametrize(("status", "expected"), [("single", 52_023), ("married-joint", 38_134)])
def test_the_whole_tax_on_a_quarter_million_of_2025(status: str, expected: int) -> None:
    """Source: tenforty and Tax-Calculator, without the additional Medicare tax; in whole dollars."""
    assert round(law_of(2025, status).at(250_000_00) / 100) == expected


def test_new_yorks_whole_tax_on_a_quarter_million_of_2025() -> None:
    """Source: tenforty: 16,013."""
    assert round(state_tax("NY", "single", 2025).at(250_000_00)) == cents("16012.90")
