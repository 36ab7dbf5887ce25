"""Income tax worked out by hand (docs/method.md, Income tax), and what a year's base is made of."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from simulator.days.years import Years
from simulator.money import OutOfRange
from simulator.taxes.taxation import Taxation
from simulator.taxes.taxes import Taxes
from tests.cases import cents

PAID = 200_000_06 - 23_500_00
"""Gross less pre-tax deferrals of the article's Emily. [cents]"""


def taxation(
    year: int = 2025,
    earned: int = PAID,
    birth_year: int = 1990,
    years: Years | None = None,
    **said: Any,
) -> Taxation:
    """The taxes of one person, who earns the same in every year."""
    inflation = said.pop("inflation", None)
    until = said.pop("until", None)
    span = years or Years(year, year)
    paid = dict.fromkeys(span, earned)
    return Taxation(Taxes(**said), birth_year, span, paid, until, inflation)


@pytest.mark.parametrize(
    ("taxable", "tax"), [("38.62", "9.27"), ("5000", "1200"), ("40000", "9876")]
)
def test_emilys_taxable_earnings_cross_from_24_to_32_percent(taxable: str, tax: str) -> None:
    """Taxable 160,750.06: 24% up to 197,300, so that of 40,000 the last 3,450.06 bear 32%."""
    found = taxation(status="single").tax(2025, cents(taxable))
    assert found == (cents(tax), cents(tax), 0)


@pytest.mark.parametrize(
    ("state", "tax"),
    [
        ("CA", "465"),
        ("NJ", "318.50"),
        ("MA", "250"),
        ("NC", "212.50"),
        ("NY", "300"),
        ("IL", "0"),
        ("TX", "0"),
        ("IA", "190"),
        ("6.25%", "312.50"),
        ("none", "0"),
    ],
)
def test_five_thousand_of_emilys_in_a_state(state: str, tax: str) -> None:
    found = taxation(status="single", state=state).tax(2025, 5_000_00)
    assert found == (cents(1200) + cents(tax), cents(1200), cents(tax))


@pytest.mark.parametrize(("birth_year", "tax"), [(1959, "1166"), (1960, "1166"), (1961, "1100")])
def test_at_65_each_dollar_takes_six_cents_of_the_senior_deduction_along(
    birth_year: int, tax: str
) -> None:
    """At 90,000 the 6,000 have lost 900; 5,000 more cost 22% of 5,300."""
    found = taxation(earned=90_000_00, birth_year=birth_year, status="single")
    assert found.tax(2025, 5_000_00).total == cents(tax)


def test_a_conversion_is_no_investment_income_and_yet_makes_it_bear_its_tax() -> None:
    """From 198,000: 2,000 below the threshold, then 23,000 above, of which the interest counts 3,350.

    Ordinary: 182,250 taxable, 15,050 of 25,000 at 24% and 9,950 at 32%; 3.8% of 3,350 is 127.30.
    """
    said: dict[str, Any] = {"status": "single", "other_income": 3_350, "investment_income": 3_350}
    found = taxation(earned=198_000_00 - 3_350_00, **said).tax(2025, 25_000_00)
    assert found.total == cents("6923.30")
    assert found.total == 24 * 15_050 + 32 * 9_950 + cents("127.30")


def test_earnings_push_gains_out_of_their_zero_bracket() -> None:
    """12% of 1,000, and 15% of the 1,000 of gains that leave 0%: 2026, wages 60,000, gains 10,000."""
    found = taxation(2026, 60_000_00, status="single", qualified_income=10_000)
    assert found.tax(2026, 1_000_00).total == cents(270)
    assert found.marginal(2026) == Fraction(27, 100)


def test_a_projected_year_is_taxed_by_projected_tables() -> None:
    """2030 at 2.5%: 400,000 of a couple lies in the 24% bracket: 12,345.67 x 24% = 2,962.96."""
    found = taxation(2030, 400_000_00, status="married-joint", inflation=Fraction(1, 40))
    assert found.tax(2030, cents("12345.67")).total == cents("2962.96")
    base = found.of(2030).base
    assert base is not None
    assert base.projected


def test_flat_rates_are_rounded_once_and_not_told_apart() -> None:
    """38.50 at 24% and 9.3%: 12.8205 together; 9.24 and 3.58 apart."""
    assert taxation(federal="24%", state="9.3%").tax(2025, 38_50) == (12_82, None, None)
    both = taxation(federal="24%", state="NC").tax(2025, 38_50)
    assert both == (10_88, 9_24, 1_64)  # 1.63625
    assert taxation(federal="24%", state="none").tax(2025, 38_50).federal is None


def test_the_base_of_a_year_is_told_in_its_parts() -> None:
    """176,500.06 - 2,000.01 of benefits, 10,000 and 5,000 besides; 15,750 off."""
    said: dict[str, Any] = {
        "adjustments": "2000.01",
        "other_income": 10_000,
        "qualified_income": 5_000,
    }
    base = taxation(status="single", **said).of(2025).base
    assert base is not None
    wages = PAID - 2_000_01
    agi = wages + 15_000_00
    assert base == (wages, agi, 15_750_00, agi - 15_750_00, False)


def test_wages_stand_in_place_of_the_payrolls_and_adjustments_still_come_off() -> None:
    found = taxation(status="single", wages=150_000, adjustments=3_000)
    assert found.wages(2025) == 147_000_00
    assert taxation(status="single", wages=1_000, adjustments=3_000).wages(2025) == 0


def test_amounts_grow_each_january_unrounded_and_the_payroll_does_not() -> None:
    """100.01 x 1.03^2 = 106.100609; the payroll's own pay of 2027 stands."""
    years = Years(2025, 2027)
    said: dict[str, Any] = {"status": "single", "other_income": "100.01", "growth": "3%"}
    found = taxation(years=years, inflation=Fraction(1, 40), **said)
    base = found.of(2027).base
    assert base is not None
    assert (base.wages, base.agi - base.wages) == (PAID, cents("106.10"))
    grown = taxation(years=years, status="single", wages="100.01", growth="3%")
    assert [grown.wages(year) for year in (2025, 2026, 2027)] == [100_01, 103_01, 106_10]


def test_a_later_year_has_the_last_ones_income_grown() -> None:
    """176,500.06 x 1.02 = 180,030.0612; with employment ended there are no wages."""
    said: dict[str, Any] = {"status": "single", "growth": "2%", "other_income": 50}
    found = taxation(2025, **said)
    base = found.of(2026).base
    assert base is not None
    assert (base.wages, base.agi) == (cents("180030.06"), cents("180081.06"))
    ended = taxation(2025, until=date(2025, 12, 31), **said).of(2026).base
    assert ended is not None
    assert (ended.wages, ended.agi) == (0, 51_00)


def test_years_after_employment_have_no_wages_even_where_they_are_given() -> None:
    found = taxation(
        years=Years(2025, 2027), status="single", wages=90_000, until=date(2026, 6, 30)
    )
    assert [found.wages(year) for year in (2025, 2026, 2027)] == [90_000_00, 90_000_00, 0]


def test_a_spouse_of_65_deducts_too_in_a_joint_return() -> None:
    """2026: 32,200 + 2 x 1,650, and 6,000 each while the income is below 150,000."""
    said: dict[str, Any] = {"status": "married-joint", "spouse_birth_year": 1961}
    base = taxation(2026, 100_000_00, birth_year=1950, **said).of(2026).base
    assert base is not None
    assert base.deduction == 32_200_00 + 2 * 1_650_00 + 12_000_00


def test_a_given_deduction_has_the_senior_one_beside_it_and_no_additional_amount() -> None:
    """At 75,000 nothing of the 6,000 is lost yet; none after 2028."""
    said: dict[str, Any] = {"status": "single", "deductions": 40_000}
    for year, senior in ((2026, 6_000_00), (2029, 0)):
        found = taxation(year, 75_000_00, birth_year=1950, inflation=Fraction(1, 40), **said)
        base = found.of(year).base
        assert base is not None
        assert base.deduction == 40_000_00 + senior


def test_a_surviving_spouse_reads_the_joint_table_and_the_single_threshold_of_seniors() -> None:
    """2026: 32,200 + 1,650 + 6,000 - 6% of 25,000: the 150,000 are of a joint return."""
    found = taxation(2026, 100_000_00, birth_year=1950, status="surviving-spouse")
    base = found.of(2026).base
    assert base is not None
    assert base.deduction == 32_200_00 + 1_650_00 + 4_500_00


def test_a_married_person_who_files_alone_has_no_senior_deduction() -> None:
    base = taxation(2026, 50_000_00, birth_year=1950, status="married-separate").of(2026).base
    assert base is not None
    assert base.deduction == 16_100_00 + 1_650_00


def test_iowa_takes_nothing_from_the_year_of_the_55th_birthday_on() -> None:
    said: dict[str, Any] = {"status": "single", "state": "IA", "years": Years(2025, 2026)}
    found = taxation(birth_year=1971, **said)
    assert [found.of(year).marginal_state for year in (2025, 2026)] == [Fraction(38, 1000), 0]


def test_the_marginal_rate_is_that_of_the_first_dollar() -> None:
    """California's 9.3% and 24%; at the edge of a bracket the higher rate."""
    assert taxation(status="single", state="CA").marginal(2025) == Fraction(333, 1000)
    edge = 15_750_00 + 197_300_00
    assert taxation(earned=edge, status="single").marginal(2025) == Fraction(32, 100)
    assert taxation(earned=edge - 1, status="single").marginal(2025) == Fraction(24, 100)
    assert taxation(federal="24%", state="5%").marginal(2025) == Fraction(29, 100)


def test_an_income_that_grows_beyond_what_can_be_told_is_refused() -> None:
    """A billion that doubles for fifty years."""
    found = taxation(
        years=Years(2026, 2076),
        inflation=Fraction(1, 40),
        status="single",
        other_income=1_000_000_000,
        growth="100%",
    )
    with pytest.raises(OutOfRange, match=r"an income of 2076 .* write a smaller taxes\.growth"):
        found.of(2076)
