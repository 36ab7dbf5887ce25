"""The law's limits: published, reproduced from the price index, projected, overridden, and by age."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.law.limits import (
    INDEXED,
    LimitRules,
    Limits,
    UnknownLimits,
    projected,
    published,
    unrounded,
)

COLUMNS = (
    "elective_deferral", "catch_up", "enhanced_catch_up", "annual_additions", "compensation",
    "highly_compensated", "roth_catch_up_wages", "social_security_wage_base",
)  # fmt: skip

# Dollars, by year of the contribution. Source: the IRS's notices, named in the last column; the Roth
# threshold of 2024 and 2025 was printed and not enforced (Notice 2024-80), that of 2026 is tested on the
# wages of 2025 (Notice 2025-67).
PUBLISHED = [
    (2013, 17_500, 5_500, None, 51_000, 255_000, 115_000, None, 113_700, "Notice 2012-67"),
    (2014, 17_500, 5_500, None, 52_000, 260_000, 115_000, None, 117_000, "Notice 2013-73"),
    (2015, 18_000, 6_000, None, 53_000, 265_000, 120_000, None, 118_500, "Notice 2014-70"),
    (2016, 18_000, 6_000, None, 53_000, 265_000, 120_000, None, 118_500, "Notice 2015-75"),
    (2017, 18_000, 6_000, None, 54_000, 270_000, 120_000, None, 127_200, "Notice 2016-62"),
    (2018, 18_500, 6_000, None, 55_000, 275_000, 120_000, None, 128_400, "Notice 2017-64"),
    (2019, 19_000, 6_000, None, 56_000, 280_000, 125_000, None, 132_900, "Notice 2018-83"),
    (2020, 19_500, 6_500, None, 57_000, 285_000, 130_000, None, 137_700, "Notice 2019-59"),
    (2021, 19_500, 6_500, None, 58_000, 290_000, 130_000, None, 142_800, "Notice 2020-79"),
    (2022, 20_500, 6_500, None, 61_000, 305_000, 135_000, None, 147_000, "Notice 2021-61"),
    (2023, 22_500, 7_500, None, 66_000, 330_000, 150_000, None, 160_200, "Notice 2022-55"),
    (2024, 23_000, 7_500, None, 69_000, 345_000, 155_000, 145_000, 168_600, "Notice 2023-75"),
    (2025, 23_500, 7_500, 11_250, 70_000, 350_000, 160_000, 145_000, 176_100, "Notice 2024-80"),
    (2026, 24_500, 8_000, 11_250, 72_000, 360_000, 160_000, 150_000, 184_500, "Notice 2025-67"),
]  # fmt: skip

BASIS_POINT = Fraction(1, 10_000)

INDEXED_VALUES = [
    (row[0], limit, amount)
    for row in PUBLISHED
    for limit, amount in zip(COLUMNS, row[1:], strict=False)
    if limit in INDEXED and amount is not None
]


def in_dollars(limits: Limits, limit: str) -> Fraction | None:
    """A limit in dollars; None where the year has none."""
    cents = getattr(limits, limit)
    return None if cents is None else Fraction(cents, 100)


def test_the_table_has_the_years_2013_to_2026() -> None:
    assert sorted(published()) == list(range(2013, 2027))


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: str(row[0]))
def test_the_table_has_every_published_value_with_its_notice(row: tuple[object, ...]) -> None:
    year, *amounts, notice = row
    limits = published()[year]  # type: ignore[index]
    assert [in_dollars(limits, limit) for limit in COLUMNS] == amounts
    assert (limits.year, limits.source, limits.projected) == (year, notice, False)


def test_there_are_70_published_values_besides_the_roth_thresholds_and_the_enhanced_catch_up() -> (
    None
):
    newer = ("roth_catch_up_wages", "enhanced_catch_up")
    assert len([limit for _, limit, _ in INDEXED_VALUES if limit not in newer]) == 14 * 5 == 70
    assert len([limit for _, limit, _ in INDEXED_VALUES if limit in newer]) == 3 + 2


@pytest.mark.parametrize(("year", "limit", "amount"), INDEXED_VALUES)
def test_the_price_index_reproduces_every_published_value(
    year: int, limit: str, amount: int
) -> None:
    assert INDEXED[limit].floored(unrounded(limit, year)) == amount


@pytest.mark.parametrize(
    ("limit", "amount"),
    [
        ("annual_additions", 51_820),
        ("compensation", 259_100),
        ("elective_deferral", 17_547),
        ("highly_compensated", 117_072),
        ("catch_up", 5_849),
    ],
)
def test_unrounded_amounts_of_2013_are_those_that_were_published(limit: str, amount: int) -> None:
    """Source: csbassociates.com/irs.html, column of unrounded amounts for 2013."""
    assert unrounded(limit, 2013) == amount


@pytest.mark.parametrize(
    ("limit", "year", "amount"),
    [
        ("elective_deferral", 2026, 24_682),
        ("catch_up", 2026, 8_227),
        ("annual_additions", 2026, 72_891),
        ("compensation", 2026, 364_457),
        ("highly_compensated", 2026, 164_681),
        ("roth_catch_up_wages", 2026, 153_084),
        ("roth_catch_up_wages", 2025, 148_801),
        ("enhanced_catch_up", 2026, 11_574),
    ],
)
def test_unrounded_amounts_are_near_the_base_grown_by_the_unrounded_index(
    limit: str, year: int, amount: int
) -> None:
    """The index has four decimals, so an amount may differ by half of one ten-thousandth of its base."""
    assert abs(unrounded(limit, year) - amount) <= Fraction(INDEXED[limit].base, 20_000) + 1


# Projections


@pytest.mark.parametrize(
    ("inflation", "expected"),
    [
        ("3.0%", (25_000, 8_000, 11_750, 75_000, 375_000, 165_000, 155_000)),
        ("3.6%", (25_500, 8_500, 11_750, 75_000, 375_000, 170_000, 155_000)),
    ],
)
def test_2027_is_projected_from_the_unrounded_bases(
    inflation: str, expected: tuple[int, ...]
) -> None:
    """By hand from 24,682, 8,227, 11,574, 72,892, 364,460, 164,680 and 153,084.

    Growing the rounded 72,000 by 3.0% instead would give 74,000; the rounded 24,500 by 3.6%, 25,000.
    """
    limits = LimitRules.model_validate({"inflation": inflation}).of(2027)
    assert tuple(in_dollars(limits, limit) for limit in COLUMNS[:7]) == expected
    assert limits.social_security_wage_base is None, "it follows wages, not prices"


@pytest.mark.parametrize(
    ("limit", "inflation", "amount"),
    [
        ("elective_deferral", "1.29%", 25_000),
        ("elective_deferral", "3.31%", 25_500),
        ("catch_up", "3.31%", 8_500),
        ("annual_additions", "0.15%", 73_000),
        ("annual_additions", "1.52%", 74_000),
        ("annual_additions", "2.89%", 75_000),
        ("compensation", "0.15%", 365_000),
        ("compensation", "1.52%", 370_000),
        ("compensation", "2.89%", 375_000),
        ("highly_compensated", "0.19%", 165_000),
        ("highly_compensated", "3.23%", 170_000),
        ("roth_catch_up_wages", "1.25%", 155_000),
        ("roth_catch_up_wages", "4.52%", 160_000),
        ("enhanced_catch_up", "1.52%", 11_750),
    ],
)
def test_2027_steps_up_at_the_growth_that_reaches_the_next_step(
    limit: str, inflation: str, amount: int
) -> None:
    """Of the growth rounded to a basis point, one more reaches the step and one less does not."""
    growth = Fraction(inflation.rstrip("%")) / 100
    after, before = projected(2027, growth + BASIS_POINT), projected(2027, growth - BASIS_POINT)
    assert in_dollars(after, limit) == amount
    assert in_dollars(before, limit) == amount - INDEXED[limit].step


def test_the_enhanced_catch_up_moves_from_11250_to_11750_and_is_never_11500() -> None:
    """Its increase is floored to $500, not its amount. Law: IRC 414(v)(7)(E), (2)(E)."""
    grown = {
        in_dollars(projected(2027, Fraction(tenths, 1_000)), "enhanced_catch_up")
        for tenths in range(81)
    }
    assert grown == {11_250, 11_750, 12_250}


def test_projected_limits_say_so() -> None:
    limits = LimitRules.model_validate({"inflation": "2.5%"}).of(2030)
    assert limits.projected
    assert limits.source == "projected from 2026 at 2.5% inflation"


def test_published_years_are_not_projected_whatever_the_inflation() -> None:
    assert LimitRules.model_validate({"inflation": "9%"}).of(2026) == published()[2026]


@given(st.integers(2027, 2080), st.integers(0, 5_000))
def test_a_projection_never_falls_from_year_to_year(year: int, basis_points: int) -> None:
    inflation = Fraction(basis_points, 10_000)
    before = published()[2026] if year == 2027 else projected(year - 1, inflation)
    after = projected(year, inflation)
    assert all(getattr(after, limit) >= getattr(before, limit) for limit in INDEXED)


@given(st.integers(2027, 2080), st.integers(0, 5_000), st.integers(0, 500))
def test_a_projection_never_falls_when_inflation_rises(
    year: int, basis_points: int, more: int
) -> None:
    slow = projected(year, Fraction(basis_points, 10_000))
    fast = projected(year, Fraction(basis_points + more, 10_000))
    assert all(getattr(fast, limit) >= getattr(slow, limit) for limit in INDEXED)


@given(st.integers(2027, 2080), st.integers(0, 1_000))
def test_a_projection_is_a_whole_step_and_less_than_one_step_below_the_unrounded_amount(
    year: int, basis_points: int
) -> None:
    inflation = Fraction(basis_points, 10_000)
    limits = projected(year, inflation)
    for limit, index in INDEXED.items():
        amount = in_dollars(limits, limit)
        assert amount is not None
        grown = unrounded(limit, 2026) * (1 + inflation) ** (year - 2026)
        assert 0 <= grown - amount < index.step
        base = index.base if limit == "enhanced_catch_up" else 0
        assert (amount - base) % index.step == 0


# Overrides, and years without limits


def test_an_override_replaces_one_limit_of_one_year_and_leaves_the_others() -> None:
    rules = LimitRules.model_validate({"overrides": {2025: {"annual_additions": 71_000}}})
    limits = rules.of(2025)
    assert limits.annual_additions == 71_000_00
    assert limits.elective_deferral == 23_500_00
    assert limits.source == "Notice 2024-80; overrides"
    assert rules.of(2026) == published()[2026]


def test_an_override_replaces_a_projected_limit() -> None:
    rules = LimitRules.model_validate(
        {"inflation": "3.0%", "overrides": {"2027": {"elective_deferral": "$24_999.99"}}}
    )
    limits = rules.of(2027)
    assert (limits.elective_deferral, limits.catch_up) == (24_999_99, 8_000_00)
    assert limits.projected


OF_2012 = {
    "elective_deferral": 17_000,
    "catch_up": 5_500,
    "annual_additions": 50_000,
    "compensation": 250_000,
}
"""Source: Notice 2011-90."""


def test_a_year_before_the_table_takes_its_limits_from_overrides() -> None:
    limits = LimitRules.model_validate({"overrides": {2012: OF_2012}}).of(2012)
    assert {limit: in_dollars(limits, limit) for limit in OF_2012} == OF_2012
    assert (limits.source, limits.projected, limits.enhanced_catch_up) == ("overrides", False, None)
    assert not limits.roth_catch_up_required(1_000_000_00)


def test_a_year_before_the_table_names_what_its_overrides_lack() -> None:
    given_ = {"elective_deferral": 17_000, "annual_additions": 50_000}
    rules = LimitRules.model_validate({"inflation": "2.5%", "overrides": {2012: given_}})
    with pytest.raises(UnknownLimits) as caught:
        rules.of(2012)
    assert str(caught.value) == (
        "2012 has no published limits (2013 to 2026); "
        "write limits.overrides for 2012: catch_up, compensation"
    )


def test_a_year_beyond_the_table_needs_inflation_or_every_limit() -> None:
    with pytest.raises(UnknownLimits) as caught:
        LimitRules().of(2027)
    assert str(caught.value) == (
        "2027 has no published limits (2013 to 2026); write limits.inflation (for example 2.5%), "
        "or limits.overrides for 2027: elective_deferral, catch_up, annual_additions, "
        "compensation, enhanced_catch_up, roth_catch_up_wages"
    )
    every = dict.fromkeys((*OF_2012, "enhanced_catch_up", "roth_catch_up_wages"), "$1000")
    assert LimitRules.model_validate({"overrides": {2027: every}}).of(2027).compensation == 1_000_00


# Ages and wages


@pytest.mark.parametrize(
    ("age", "in_2024", "in_2025", "in_2026"),
    [
        (28, 0, 0, 0),
        (49, 0, 0, 0),
        (50, 7_500, 7_500, 8_000),
        (59, 7_500, 7_500, 8_000),
        (60, 7_500, 11_250, 11_250),
        (63, 7_500, 11_250, 11_250),
        (64, 7_500, 7_500, 8_000),
        (75, 7_500, 7_500, 8_000),
    ],
)
def test_catch_up_begins_at_50_and_is_enhanced_from_60_to_63_since_2025(
    age: int, in_2024: int, in_2025: int, in_2026: int
) -> None:
    """Law: IRC 414(v)(2)(B), (E); the age is the one reached by December 31."""
    found = [published()[year].catch_up_at(age) for year in (2024, 2025, 2026)]
    assert found == [in_2024 * 100, in_2025 * 100, in_2026 * 100]


@pytest.mark.parametrize(
    ("year", "wages", "required"),
    [
        (2026, 149_999_99, False),
        (2026, 150_000_00, False),
        (2026, 150_000_01, True),
        (2026, 0, False),  # no wages from this employer in the year before
        (2025, 400_000_00, False),  # printed for 2025, enforced from 2026 on
        (2024, 400_000_00, False),
        (2023, 400_000_00, False),
    ],
)
def test_catch_up_must_be_roth_after_wages_strictly_above_the_threshold_and_only_from_2026(
    year: int, wages: int, required: bool
) -> None:
    """Law: IRC 414(v)(7); Notice 2023-62 for the transition; T.D. 10033."""
    assert published()[year].roth_catch_up_required(wages) is required


@given(st.dates(date(2026, 1, 1), date(2080, 12, 31)), st.integers(0, 10**9))
def test_the_roth_duty_of_later_years_uses_the_projected_threshold(day: date, wages: int) -> None:
    limits = LimitRules.model_validate({"inflation": "2.5%"}).of(day.year)
    assert limits.roth_catch_up_wages is not None
    assert limits.roth_catch_up_required(wages) is (wages > limits.roth_catch_up_wages)
