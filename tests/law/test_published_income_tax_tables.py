"""Income tax tables: published values, the one factor a year that gives them, projection, and states."""

import csv
from fractions import Fraction
from math import floor

import pytest

from simulator.law.income_tax import (
    AMOUNTS,
    HERE,
    STATUSES,
    TOPS,
    UnknownTable,
    income_tax_table,
    income_tax_tables,
    net_investment_tax,
    projected_table,
    published_tables,
    senior_deduction,
    tax_indexing,
)
from simulator.law.states import (
    HELD,
    bracket_states,
    state_names,
    state_rate,
    state_table,
    why_refused,
)

OWN = STATUSES[:4]
"""The statuses with a table of their own."""

STEP = {"single": 25, "married-joint": 50, "married-separate": 25, "head-of-household": 50}


def test_there_is_a_table_for_each_year_from_2018_to_2026_and_each_status() -> None:
    expected = {(year, status) for year in range(2018, 2027) for status in OWN}
    assert set(published_tables()) == expected
    assert all(table.source for table in published_tables().values())


DISPUTED = [
    (2022, "single", "to_35", 539_900, "PolicyEngine has 539,000"),
    (2023, "married-separate", "to_35", 346_875, "Tax-Calculator has 578,125"),
    (2023, "single", "additional_65", 1_850, "Tax-Calculator has 1,800"),
    (2024, "surviving-spouse", "additional_65", 1_550, "Tax-Calculator has the single amount"),
]


@pytest.mark.parametrize(("year", "status", "item", "dollars", "others"), DISPUTED)
def test_where_sources_disagree_the_value_that_the_law_gives_is_held(
    year: int, status: str, item: str, dollars: int, others: str
) -> None:
    assert others
    assert income_tax_table(year, status).amounts[item] == dollars * 100


@pytest.mark.parametrize("year", range(2019, 2027))
def test_one_factor_a_year_gives_all_brackets_from_those_of_2018(year: int) -> None:
    """26 USC 1(f)(3): floor(base x factor / step) x step; the interval that remains is not empty.

    From 2026 on the tops of the 10% and 12% brackets have a factor of their own (P.L. 119-21).
    """
    for items in (TOPS[:2], TOPS[2:]) if year >= 2026 else (TOPS,):
        low, high = Fraction(0), Fraction(10)
        for status in OWN:
            for item in items:
                base = published_tables()[2018, status].amounts[item] // 100
                value = published_tables()[year, status].amounts[item] // 100
                low = max(low, Fraction(value, base))
                high = min(high, Fraction(value + STEP[status], base))
        assert low < high, (year, items)


def test_the_projection_gives_all_40_values_of_2026() -> None:
    found = [projected_table(2026, status, Fraction(0)).amounts for status in OWN]
    assert found == [published_tables()[2026, status].amounts for status in OWN]
    assert sum(len(amounts) for amounts in found) == 40


def test_2030_at_two_and_a_half_percent_is_the_worked_example() -> None:
    """Single; each amount from its own base, never from last year's rounded one."""
    amounts = income_tax_table(2030, "single", Fraction(1, 40)).amounts
    expected = (13_675, 55_625, 116_675, 222_725, 282_825, 707_100, 17_750, 2_250, 54_550, 602_150)
    assert [cents // 100 for cents in amounts.values()] == list(expected)


@pytest.mark.parametrize("status", OWN)
def test_a_projected_amount_is_the_base_grown_and_rounded_down_to_its_step(status: str) -> None:
    """Worked out again from the file's columns, for 2041 at 3.1%."""
    growth = Fraction("1.031") ** 15
    with (HERE / "income_tax_indexing.csv").open(encoding="ascii", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == status]
    found = income_tax_table(2041, status, Fraction("0.031")).amounts
    assert {row["item"] for row in rows} == set(AMOUNTS)
    for row in rows:
        step = int(row["step"])
        whole = floor(int(row["base"]) * Fraction(row["factor_2026"]) * growth / step) * step
        assert found[row["item"]] == whole * 100


def test_steps_are_25_and_50_dollars() -> None:
    for (item, status), index in tax_indexing().items():
        assert index.step == (STEP[status] if item in TOPS else 50)


def test_without_inflation_the_year_after_the_last_has_its_values_and_later_ones_none() -> None:
    last = income_tax_table(2026, "single")
    after = income_tax_table(2027, "single")
    assert after.amounts == last.amounts
    assert (after.year, after.projected, "2026" in after.source) == (2027, True, True)
    with pytest.raises(UnknownTable, match="no table after 2026"):
        income_tax_table(2028, "single")
    with pytest.raises(UnknownTable, match="no table before 2018"):
        income_tax_table(2017, "single", Fraction(1, 40))


def test_tables_are_listed_for_the_years_that_have_some() -> None:
    found = [(table.year, table.status) for table in income_tax_tables([2017, 2018])]
    assert found == [(2018, status) for status in OWN]


@pytest.mark.parametrize(
    ("status", "threshold"),
    [
        ("single", 200_000),
        ("married-joint", 250_000),
        ("married-separate", 125_000),
        ("head-of-household", 200_000),
        ("surviving-spouse", 250_000),
    ],
)
def test_the_tax_on_net_investment_income_is_not_indexed(status: str, threshold: int) -> None:
    """IRC 1411(b)."""
    assert net_investment_tax(status) == (Fraction(38, 1000), threshold * 100)


def test_the_senior_deduction_is_of_2025_to_2028() -> None:
    """P.L. 119-21 section 70103."""
    assert senior_deduction(2025, "single") == (6_000_00, Fraction(6, 100), 75_000_00)
    assert senior_deduction(2028, "married-joint") == (6_000_00, Fraction(6, 100), 150_000_00)
    assert senior_deduction(2028, "surviving-spouse") == (6_000_00, Fraction(6, 100), 75_000_00)
    for year, status in ((2024, "single"), (2029, "single"), (2025, "married-separate")):
        assert senior_deduction(year, status) is None


def test_the_states_that_are_held() -> None:
    none = {"AK", "FL", "NV", "NH", "SD", "TN", "TX", "WA", "WY"}
    flat = {"AZ", "CO", "GA", "ID", "IN", "LA", "MI", "NC", "UT", "OH", "IA", "IL"}
    assert set(HELD) == none | flat | {"CA", "MA", "NJ", "NY"}
    taxed = {state for state in state_names() if why_refused(state, 2026, 40) is None}
    assert taxed == set(HELD)
    assert bracket_states() == {"CA", "MA", "NJ", "NY"}
    assert len(state_names()) == 51


RATES = [
    ("AZ", 2025, "2.5%"),
    ("CO", 2024, "4.25%"),
    ("GA", 2026, "4.99%"),
    ("ID", 2025, "5.3%"),
    ("IN", 2025, "3%"),
    ("LA", 2025, "3%"),
    ("MI", 2023, "4.05%"),
    ("NC", 2026, "3.99%"),
    ("UT", 2026, "4.45%"),
    ("OH", 2026, "2.75%"),
    ("IA", 2025, "3.8%"),
    ("TX", 2013, "0%"),
    ("IL", 2019, "0%"),
    ("NC", 2030, "3.99%"),
]


@pytest.mark.parametrize(("state", "year", "rate"), RATES)
def test_the_rate_of_a_state(state: str, year: int, rate: str) -> None:
    """PolicyEngine's parameters, and tenforty's and Owl's tables; of a later year the last one's."""
    found = state_rate(state, year)
    assert found is not None
    assert found.rate == Fraction(rate.removesuffix("%")) / 100


def test_a_year_without_brackets_takes_those_of_the_nearest_year() -> None:
    assert state_table("CA", "single", 2026).year == 2025
    assert state_table("CA", "single", 2019).year == 2024
    assert state_table("NY", "single", 2026).year == 2026
    assert state_table("MA", "surviving-spouse", 2030).deduction == 8_800_00


REFUSED = [
    ("PA", 2025, 40, "whether Pennsylvania taxes a conversion depends on your age and plan; "),
    ("PA", 2025, 40, "give 3.07% or 0%"),
    ("KY", 2025, 40, "give 4% or 0%"),
    ("MS", 2026, 40, "give 4% or 0%"),
    ("OR", 2025, 40, "its tax is not held (AK, AZ, CA, CO, FL"),
    ("OR", 2025, 40, "give the marginal rate, as state: 5.75%"),
    ("OH", 2025, 40, "no rate is held before 2026"),
    ("IA", 2024, 60, "no rate is held before 2025"),
    ("CO", 2025, 55, "from the year of the 55th birthday, 2025, Colorado"),
    ("NY", 2027, 61, "from the year of the 60th birthday, 2026, New York"),
    ("GA", 2025, 62, "from the year of the 62nd birthday, 2025, Georgia"),
    ("MI", 2025, 70, "give the rate that applies to you"),
    ("NJ", 2025, 62, "give the rate that applies to you"),
]


@pytest.mark.parametrize(("state", "year", "age", "words"), REFUSED)
def test_what_is_not_known_is_refused_with_what_to_write(
    state: str, year: int, age: int, words: str
) -> None:
    assert words in str(why_refused(state, year, age))


@pytest.mark.parametrize(
    ("state", "year", "age"),
    [
        *(("CO", 2025, 54), ("NY", 2025, 59), ("NJ", 2025, 61), ("IA", 2025, 55)),
        *(("IL", 2013, 80), ("TX", 2013, 80), ("CA", 2019, 80), ("OH", 2026, 80)),
    ],
)
def test_what_is_known_is_taken(state: str, year: int, age: int) -> None:
    assert why_refused(state, year, age) is None
