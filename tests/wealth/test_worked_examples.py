"""Wealth after tax (docs/method.md, Wealth) worked out by other programs and by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from simulator.answer.break_even import break_even
from simulator.notation.specification import replaced
from simulator.scenario.loading import load
from simulator.simulation import compare
from simulator.wealth import exact
from simulator.wealth.wealth import Wealth
from tests.cases import cents
from tests.wealth.replays import replay

SCENARIOS = Path(__file__).parents[2] / "scenarios"
WITHOUT_TAX = Wealth(outside_return=Fraction(0), dividends=Fraction(0), gain_rate=Fraction(0))


def test_six_deposits_in_three_years(tmp_path: Path) -> None:
    """Constant 7%, 29% flat, 4% outside, under 59 1/2: of the specification's example, every figure."""
    answer = compare(replay(tmp_path))
    assert answer.worth is not None
    soon, late, never = answer.results
    assert answer.worth.of(soon) == soon.outcome.roth_end == cents("33625.54")
    assert [answer.year_tax(late, year).total for year in (2025, 2026, 2027)] == [
        cents(tax) for tax in ("133.19", "132.92", "133.48")
    ]
    assert answer.worth.of(late) == cents("33209.77")
    left = never.outcome.left_value, never.outcome.left_basis
    assert left == (cents("33625.54"), cents("30000"))
    assert answer.worth.of(never) == cents("32211.58")
    assert answer.worth.taxable == cents("33074.45")
    assert answer.worth.none == 0


def test_its_break_even_fee_is_a_third_of_the_tax_that_six_conversions_save_against_three(
    tmp_path: Path,
) -> None:
    """399.59 / 3."""
    answer = compare(replay(tmp_path))
    found = [break_even(answer, result) for result in answer.results]
    assert found[0] is not None
    assert (found[0].amount, found[0].against.policy.name) == (cents("133.20"), "year-end")
    assert found[1:] == [None, None]


def test_a_day_of_waiting(tmp_path: Path) -> None:
    """10,000 from March 3 to April 2, 2025: 55.76 taxable, 16.17 of tax; a thirtieth of it a day."""
    scenario = replay(tmp_path, [(date(2025, 3, 3), 10_000_00)], years="2025")
    answer = compare(scenario)
    assert answer.worth is not None
    assert answer.worth.waiting == (cents("55.76"), cents("16.17"))
    assert answer.to_dict()["waiting"] == {
        "days": 30,
        "box_2a_per_day": {"mean": 1.86, "p95": 1.86},
        "tax_per_day": {"mean": 0.54, "p95": 0.54},
    }


def test_38_000_at_7_percent_for_20_years() -> None:
    """Source: calcsimpler.com, mega backdoor Roth calculator: 147,048.01, twenty years of 365 days."""
    grown = exact.grown(Fraction(7, 100), 7_300) * 38_000_00
    assert round(grown) == cents("147048.01")
    bought, held = [(date(2025, 1, 2), 38_000_00)], replaced(WITHOUT_TAX, hold=20)
    price = {date(2025, 1, 2): 1.0}
    found = exact.taxable_account(bought, [], price, date(2025, 1, 2), held, Fraction(107, 100))
    assert found is not None
    assert round(found) == cents("147048.01")


def test_this_years_20_000_at_65() -> None:
    """Worked out by a few lines of decimals beside the program: 26 pay dates, 120 quarters of dividends."""
    answer = compare(load(SCENARIOS / "worth-it-at-65.yaml"))
    assert answer.worth is not None
    found = {name: Decimal(wealth) / 100 for name, wealth in answer.worth.policies.items()}
    assert found["per-paycheck"] == Decimal("157645.95")
    assert found["year-end"] == Decimal("156978.59")
    assert found["never"] == Decimal("155539.62")
    assert answer.worth.taxable == cents("131825.02")


def test_with_a_status_the_end_bears_what_it_adds_to_the_last_years_tax(tmp_path: Path) -> None:
    """Single, 2025, wages 197,000: 181,250.00 is taxable, 24% up to 197,300, so nothing reaches 32%.

    10,000 land on January 2 and are never converted: 10,000 x 1.07^(363/365) = 10,696.0339 on December 31;
    24% and the 10% of 696.0339 leave 10,459.3824.
    """
    taxes = {"status": "single", "wages": 197_000}
    answer = compare(replay(tmp_path, [(date(2025, 1, 2), 10_000_00)], years="2025", taxes=taxes))
    assert answer.worth is not None
    assert answer.worth.policies["never"] == cents("10459.38")


def test_with_a_status_the_year_end_crosses_into_the_next_bracket(tmp_path: Path) -> None:
    """Wages 212,700.00: taxable income 196,950.00 leaves 350.00 of the 24% bracket of 2025.

    Converted: 696.03 bear 350.00 x 24% + 346.03 x 32% = 194.73. Never: the same on 696.0339, and 10%:
    10,696.0339 - 194.7308 - 69.6034 = 10,431.6997.
    """
    taxes = {"status": "single", "wages": 212_700}
    answer = compare(replay(tmp_path, [(date(2025, 1, 2), 10_000_00)], years="2025", taxes=taxes))
    assert answer.worth is not None
    assert answer.tax(answer.results[1]) == cents("194.73")
    assert answer.worth.policies["never"] == cents("10431.70")
    assert answer.worth.policies["year-end"] == cents("10696.03") - cents("194.73")


@pytest.mark.parametrize(("birth_year", "worth"), [(1965, "10494.18"), (1966, "10424.58")])
def test_from_the_year_of_the_60th_birthday_on_there_is_no_10_percent(
    tmp_path: Path, birth_year: int, worth: str
) -> None:
    """10,696.0339 less 29% of 696.0339, or 39%."""
    deposits = [(date(2025, 1, 2), 10_000_00)]
    answer = compare(replay(tmp_path, deposits, years="2025", birth_year=birth_year))
    assert answer.worth is not None
    assert answer.worth.policies["never"] == cents(worth)


def test_an_end_rate_of_ones_own_takes_the_place_of_both(tmp_path: Path) -> None:
    """10,696.0339 less 10% and the 10% of 696.0339: 10,556.8271."""
    deposits = [(date(2025, 1, 2), 10_000_00)]
    answer = compare(replay(tmp_path, deposits, "wealth.end_rate=10%", years="2025"))
    assert answer.worth is not None
    assert answer.worth.policies["never"] == cents("10556.83")
