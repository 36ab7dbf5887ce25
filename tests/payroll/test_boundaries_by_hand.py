"""Payroll at its boundaries: ages, limits, years of 27 and 53, rounding, match, caps, room, spillover.

Every value is worked out by hand; the limits are those of the year's notice (2013: Notice 2012-67, 2015:
2014-70, 2025: 2024-80, 2026: 2025-67). Amounts are dollars unless a name says cents.
"""

from datetime import date
from typing import Any

import pytest

from simulator.payroll.contribution import ContributionYear
from simulator.report.tables.payroll import payroll_tables
from simulator.simulation import went_in
from tests.documents import scenario

CYCLE_OF_27 = {"frequency": "biweekly", "first_pay_date": "2026-01-02"}
"""Its Fridays give 27 pay dates in 2026: 2027-01-01 is a holiday and moves back."""

CYCLE_OF_53 = {"frequency": "weekly", "first_pay_date": "2026-01-02"}


def years_of(
    salary: Any,
    *,
    years: Any = 2025,
    age: int = 35,
    pay: dict[str, Any] | None = None,
    elections: dict[str, Any] | None = None,
    plan: dict[str, Any] | None = None,
    limits: dict[str, Any] | None = None,
) -> tuple[ContributionYear, ...]:
    """The contributions of somebody paid monthly unless `pay` says otherwise; `age` in the first year."""
    document = {
        "name": "Anyone",
        "years": years,
        "birth_year": int(str(years)[:4]) - age,
        "pay": {"salary": salary, "frequency": "monthly", **(pay or {})},
        "elections": elections or {},
        "plan": plan or {},
        "limits": limits or {},
    }
    return went_in(scenario(document))


def year_of(salary: Any, **parts: Any) -> ContributionYear:
    """The only year of contributions."""
    (year,) = years_of(salary, **parts)
    return year


def each(year: ContributionYear, column: str) -> list[float]:
    """A column, paycheck by paycheck. [dollars]"""
    return [getattr(one, column) / 100 for one in year.contributions]


def total(year: ContributionYear, column: str) -> float:
    """A column's sum. [dollars]"""
    return year.total(column) / 100


def gross(year: ContributionYear) -> list[float]:
    """Gross, paycheck by paycheck. [dollars]"""
    return [one.paycheck.gross / 100 for one in year.contributions]


# Ages. Law: IRC 414(v)(2)(B), (E)


@pytest.mark.parametrize(
    ("age", "in_2025", "in_2026"),
    [
        (49, 23_500, 24_500),
        (50, 31_000, 32_500),
        (59, 31_000, 32_500),
        (60, 34_750, 35_750),
        (63, 34_750, 35_750),
        (64, 31_000, 32_500),
    ],
)
def test_max_defers_402g_and_the_catch_up_of_the_age_at_the_years_end(
    age: int, in_2025: int, in_2026: int
) -> None:
    """2025: 23,500, 7,500, 11,250. 2026: 24,500, 8,000, 11,250."""
    for year, expected in ((2025, in_2025), (2026, in_2026)):
        one = year_of(300_000, years=year, age=age, elections={"pre_tax": "max"})
        assert one.deferrals == expected * 100
        assert one.total("catch_up") == one.catch_up_limit
        assert one.first_clipped == {}


def test_catch_up_begins_in_the_year_of_the_50th_birthday_and_ends_the_enhanced_one_at_64() -> None:
    """Born in 1975: 49 in 2024, 50 in 2025. Born in 1962: 63 in 2025, 64 in 2026."""
    fifty = years_of(300_000, years="2024-2025", age=49, elections={"pre_tax": "max"})
    assert [year.deferrals for year in fifty] == [23_000_00, 31_000_00]
    sixty_four = years_of(300_000, years="2025-2026", age=63, elections={"pre_tax": "max"})
    assert [year.deferrals for year in sixty_four] == [34_750_00, 32_500_00]


def test_catch_up_makes_no_room_for_after_tax_contributions() -> None:
    """70,000 - 23,500 = 46,500 at 49 and at 50 and at 60. Law: IRC 414(v)(3)(A)(i)."""
    for age in (49, 50, 60):
        one = year_of(300_000, age=age, elections={"pre_tax": "max", "after_tax": "max"})
        assert (one.total("after_tax"), one.annual_additions) == (46_500_00, 70_000_00)


# At, just under and just over each limit


@pytest.mark.parametrize(
    ("a_month", "deferred", "december", "clipped"),
    [
        ("$1499.99", 17_999.88, 1_499.99, {}),
        ("$1500", 18_000.00, 1_500.00, {}),
        ("$1500.01", 18_000.00, 1_499.89, {}),  # it took 0.12: not told
        ("$1500.08", 18_000.00, 1_499.12, {}),  # 0.96
        ("$1500.09", 18_000.00, 1_499.01, {"elective_deferral": date(2015, 12, 31)}),  # 1.08
    ],
)
def test_deferrals_stop_at_402g_to_the_cent(
    a_month: str, deferred: float, december: float, clipped: dict[str, date]
) -> None:
    """18,000 in 2015 is 12 x 1,500; 11 x 1,500.01 leaves 1,499.89. A limit is told from a dollar on."""
    one = year_of(120_000, years=2015, elections={"pre_tax": a_month})
    assert total(one, "pre_tax") == deferred
    assert each(one, "pre_tax")[-1] == december
    assert one.first_clipped == clipped


@pytest.mark.parametrize(
    ("a_month", "contributed", "unused", "clipped"),
    [
        ("$4249.99", 50_999.88, 12, {}),
        ("$4250", 51_000.00, 0, {}),
        ("$4250.01", 51_000.00, 0, {}),  # it took 0.12: not told
        ("$4250.09", 51_000.00, 0, {"annual_additions": date(2013, 12, 31)}),  # 1.08
    ],
)
def test_after_tax_contributions_stop_at_415c_to_the_cent(
    a_month: str, contributed: float, unused: int, clipped: dict[str, date]
) -> None:
    """51,000 in 2013 is 12 x 4,250."""
    one = year_of(120_000, years=2013, elections={"after_tax": a_month})
    assert total(one, "after_tax") == contributed
    assert one.room_unused == unused
    assert one.first_clipped == clipped


@pytest.mark.parametrize(
    ("salary", "additions", "clipped"),
    [
        (
            "50_999.88",
            50_999.88,
            {},
        ),  # 12 x 4,249.99: the pay is the limit, and the paycheck pays it all
        ("51_000", 51_000.00, {}),
        ("51_000.12", 51_000.00, {}),
        ("51_001.08", 51_000.00, {"annual_additions": date(2013, 12, 31)}),
    ],
)
def test_the_415c_limit_is_the_years_pay_where_that_is_lower(
    salary: str, additions: float, clipped: dict[str, date]
) -> None:
    """51,000 in 2013, or 100% of compensation. Law: IRC 415(c)(1)(B)."""
    one = year_of(salary, years=2013, elections={"after_tax": "100%"})
    assert one.annual_additions == round(additions * 100)
    assert one.first_clipped == clipped


@pytest.mark.parametrize(
    ("salary", "eligible", "december", "clipped"),
    [
        ("254_999.88", 254_999.88, 2_125.00, {}),
        ("255_000", 255_000.00, 2_125.00, {}),
        ("255_000.12", 255_000.00, 2_124.99, {}),
        ("255_001.08", 255_000.00, 2_124.90, {"compensation": date(2013, 12, 31)}),
    ],
)
def test_eligible_pay_stops_at_401a17_to_the_cent(
    salary: str, eligible: float, december: float, clipped: dict[str, date]
) -> None:
    """255,000 in 2013 is 12 x 21,250. 11 x 21,250.01 leaves 21,249.89, of which 10% is 2,124.99.

    11 x 21,250.09 leaves 21,249.01, of which 10% is 2,124.90.
    """
    one = year_of(salary, years=2013, plan={"nonelective": "10%"})
    assert one.total("eligible") == round(eligible * 100)
    assert each(one, "nonelective")[-1] == december
    assert one.first_clipped == clipped


def test_pay_above_401a17_is_not_matched_and_goes_on_being_deferred() -> None:
    """Eligible: 350,000 in 2025, 7 x 50,000. The deferrals of 1,000 go on; the match of 1,000 does not."""
    one = year_of(
        600_000, elections={"pre_tax": 1_000}, plan={"match": [{"rate": "100%", "up_to": "2%"}]}
    )
    assert each(one, "pre_tax") == [1_000.0] * 12
    assert each(one, "match") == [1_000.0] * 7 + [0.0] * 5


@pytest.mark.parametrize(
    ("wages", "pre_tax", "roth"),
    [
        ("149_999.99", 32_500, 0),
        ("150_000", 32_500, 0),
        ("150_000.01", 24_500, 8_000),
        ("0", 32_500, 0),
    ],
)
def test_catch_up_is_roth_after_wages_above_the_threshold(
    wages: str, pre_tax: int, roth: int
) -> None:
    """150,000 of wages in 2025; strictly more counts, and a new hire has none. Law: IRC 414(v)(7)."""
    one = year_of(
        240_000, years=2026, age=50, pay={"prior_year_wages": wages}, elections={"pre_tax": "max"}
    )
    assert (total(one, "pre_tax"), total(one, "roth")) == (pre_tax, roth)
    assert total(one, "catch_up") == 8_000


def test_without_stated_wages_those_of_the_year_before_are_the_first_years_salary() -> None:
    for salary, roth in (("150_000", 0), ("150_000.01", 8_000)):
        one = year_of(salary, years=2026, age=50, elections={"pre_tax": "max"})
        assert total(one, "roth") == roth


def test_catch_up_may_be_pre_tax_before_2026_whatever_the_wages() -> None:
    one = year_of(300_000, age=50, pay={"prior_year_wages": 400_000}, elections={"pre_tax": "max"})
    assert (total(one, "pre_tax"), total(one, "roth")) == (31_000, 0)


def test_in_later_years_the_simulated_gross_of_the_year_before_is_tested() -> None:
    """12 x 12,500 is 150,000; a bonus of one cent makes it more. The stated wages are of 2024."""
    for bonus, roth in (("0", 0), ("0.01", 8_000)):
        pay = {
            "prior_year_wages": 400_000,
            "bonuses": [{"date": "2025-03-14", "amount": bonus, "elections": False}],
        }
        _, second = years_of(
            150_000, years="2025-2026", age=49, pay=pay, elections={"pre_tax": "max"}
        )
        assert total(second, "roth") == roth


def test_the_part_of_a_paycheck_above_402g_is_roth_and_the_rest_stays_as_elected() -> None:
    """Ten months of 2,450 make 24,500 in 2026; all of November's and December's is catch-up."""
    one = year_of(245_000, years=2026, age=50, elections={"pre_tax": "$2450"})
    assert each(one, "pre_tax") == [2_450.0] * 10 + [0.0] * 2
    assert each(one, "roth") == [0.0] * 10 + [2_450.0] * 2
    assert each(one, "catch_up") == each(one, "roth")


# Calendars


def test_a_leap_day_is_a_pay_date_and_the_year_has_twelve_paychecks_as_any_other() -> None:
    years = years_of(120_000, years="2023-2024", pay={"pay_days": [29]})
    february = [year.contributions[1].pay_date for year in years]
    assert february == [date(2023, 2, 28), date(2024, 2, 29)]
    assert [year.gross for year in years] == [120_000_00, 120_000_00]


@pytest.mark.parametrize(
    ("more", "paychecks", "of_each", "in_all"),
    [
        ({**CYCLE_OF_27}, 27, 3_000.00, 81_000.00),
        ({**CYCLE_OF_27, "extra_period": "spread"}, 27, 2_888.89, 78_000.03),
        ({**CYCLE_OF_53}, 53, 1_500.00, 79_500.00),
        ({**CYCLE_OF_53, "extra_period": "spread"}, 53, 1_471.70, 78_000.10),
    ],
)
def test_an_extra_paycheck_is_paid_in_full_or_the_salary_is_spread(
    more: dict[str, Any], paychecks: int, of_each: float, in_all: float
) -> None:
    """78,000 / 26, / 27, / 52, / 53. Source of 3,000.00 and 2,888.89: next-payday.com."""
    one = year_of(78_000, years=2026, pay=more)
    assert one.paychecks == paychecks
    assert set(gross(one)) == {of_each}
    assert one.gross == round(in_all * 100)


@pytest.mark.parametrize("cycle", [CYCLE_OF_27, CYCLE_OF_53])
def test_spread_and_rounded_by_the_running_total_the_year_comes_to_the_salary(
    cycle: dict[str, Any],
) -> None:
    pay = {**cycle, "extra_period": "spread", "rounding": "year-to-date"}
    assert year_of(78_000, years=2026, pay=pay).gross == 78_000_00


def test_spread_changes_nothing_in_a_usual_year_nor_in_a_part_of_one() -> None:
    """In 2027 the cycle has 26 pay dates; from July 2026 on it has 14."""
    spread = {**CYCLE_OF_27, "extra_period": "spread"}
    _, usual = years_of(78_000, years="2026-2027", pay=spread, limits={"inflation": "3%"})
    assert (usual.paychecks, set(gross(usual))) == (26, {3_000.0})
    hired = year_of(78_000, years=2026, pay={**spread, "first_pay_date": "2026-07-03"})
    assert (hired.paychecks, set(gross(hired))) == (14, {3_000.0})


def test_the_27th_paycheck_counts_towards_the_year_in_which_it_is_paid() -> None:
    """24,500 in 2026: 24 x 1,000 and 500. 25,000 in 2027 at 3% inflation: 25 of 26."""
    first, second = years_of(
        78_000,
        years="2026-2027",
        pay=CYCLE_OF_27,
        elections={"pre_tax": 1_000},
        limits={"inflation": "3%"},
    )
    assert first.contributions[-1].pay_date == date(2026, 12, 31)
    assert each(first, "pre_tax") == [1_000.0] * 24 + [500.0, 0.0, 0.0]
    assert each(second, "pre_tax") == [1_000.0] * 25 + [0.0]


def test_raises_compound_unrounded_each_january() -> None:
    """100,000, 103,000, 106,090: a twelfth of it is 8,840.83."""
    years = years_of(100_000, years="2024-2026", pay={"raise": "3%"})
    assert [gross(year)[0] for year in years] == [8_333.33, 8_583.33, 8_840.83]


def test_a_salary_step_is_in_force_from_its_date_and_the_moved_pay_date_decides() -> None:
    """The pay date 2025-05-31 is a Saturday, paid on May 30, before the step."""
    steps = [{"from": "2025-01-01", "salary": 120_000}, {"from": "2025-05-31", "salary": 240_000}]
    assert gross(year_of(steps))[3:6] == [10_000.0, 10_000.0, 20_000.0]
    steps[1]["from"] = "2025-05-30"
    assert gross(year_of(steps))[3:6] == [10_000.0, 20_000.0, 20_000.0]


def test_a_bonus_is_a_paycheck_of_its_own_and_comes_after_the_regular_one_of_the_day() -> None:
    """2025-02-01 is a Saturday: paid on January 31, with the regular paycheck."""
    one = year_of(120_000, pay={"bonuses": [{"date": "2025-02-01", "amount": 5_000}]})
    first, second = one.contributions[:2]
    assert [first.pay_date, second.pay_date] == [date(2025, 1, 31)] * 2
    assert [first.paycheck.kind, second.paycheck.kind] == ["regular", "bonus"]
    assert (one.paychecks, one.gross) == (13, 125_000_00)


# Rounding


def test_the_documented_example_rounds_each_amount_by_itself() -> None:
    """200,000 / 26 = 7,692.31; 12%, 10% and 3% of it are 923.08, 769.23 and 230.77.

    25 x 923.08 = 23,077.00, which leaves 423.00 for the paycheck of December 19.
    """
    one = year_of(
        200_000,
        age=28,
        pay={"frequency": "biweekly", "first_pay_date": "2025-01-03"},
        elections={"pre_tax": "12%", "after_tax": "10%"},
        plan={"nonelective": "3%"},
    )
    assert (one.paychecks, one.gross) == (26, 200_000_06)
    assert each(one, "pre_tax") == [923.08] * 25 + [423.0]
    assert each(one, "after_tax") == [769.23] * 26
    assert each(one, "nonelective") == [230.77] * 26
    assert (total(one, "after_tax"), total(one, "nonelective")) == (19_999.98, 6_000.02)
    assert (one.annual_additions, one.annual_additions_limit) == (49_500_00, 70_000_00)
    assert (one.room, one.room_unused) == (40_499_98, 20_500_00)
    assert one.first_clipped == {"elective_deferral": date(2025, 12, 19)}


@pytest.mark.parametrize(
    ("frequency", "paychecks"),
    [("weekly", 52), ("biweekly", 26), ("semimonthly", 24), ("monthly", 12)],
)
def test_the_running_total_makes_a_years_sums_exact_however_many_paychecks(
    frequency: str, paychecks: int
) -> None:
    """10% of 200,000 is 20,000.00, and 3% is 6,000.00."""
    one = year_of(
        200_000,
        pay={"frequency": frequency, "first_pay_date": "2025-01-03", "rounding": "year-to-date"},
        elections={"pre_tax": "3%", "after_tax": "10%"},
        plan={"nonelective": "3%", "match": [{"rate": "50%", "up_to": "6%"}]},
    )
    assert (one.paychecks, one.gross) == (paychecks, 200_000_00)
    sums = [total(one, column) for column in ("pre_tax", "after_tax", "nonelective", "match")]
    assert sums == [6_000, 20_000, 6_000, 3_000]


def test_half_a_cent_is_rounded_up() -> None:
    """10% of 0.05 is half a cent: twelve whole cents a year, or six by the running total."""
    parts: dict[str, Any] = {"elections": {"after_tax": "10%"}}
    assert year_of("0.60", **parts).total("after_tax") == 12
    exact = year_of("0.60", pay={"rounding": "year-to-date"}, **parts)
    assert [one.after_tax for one in exact.contributions] == [1, 0] * 6


def test_running_totals_begin_anew_each_january() -> None:
    """100,000 / 12 is 8,333.33 and a third: the third paycheck has the cent, in each year."""
    years = years_of(100_000, years="2025-2026", pay={"rounding": "year-to-date"})
    for year in years:
        assert gross(year)[:3] == [8_333.33, 8_333.34, 8_333.33]
        assert year.gross == 100_000_00


# Deferrals


def test_pre_tax_and_roth_shrink_in_proportion_where_402g_clips_both() -> None:
    """2,000 and 1,000 a month; August has 2,500 left: 1,666.67 and 833.33."""
    one = year_of(240_000, elections={"pre_tax": "10%", "roth": "5%"})
    assert each(one, "pre_tax")[6:9] == [2_000.0, 1_666.67, 0.0]
    assert each(one, "roth")[6:9] == [1_000.0, 833.33, 0.0]


def test_what_a_paycheck_cannot_pay_is_met_in_the_order_pre_tax_roth_after_tax() -> None:
    """Of 1,000 in January; later months elect nothing, so that the year has room."""
    nothing = {"from": "2025-02-01", "pre_tax": 0, "roth": 0, "after_tax": 0}
    elections = {"pre_tax": 800, "roth": 300, "after_tax": 150, "changes": [nothing]}
    one = year_of(12_000, elections=elections)
    first = one.contributions[0]
    assert (first.pre_tax, first.roth, first.after_tax) == (800_00, 200_00, 0)
    assert first.clipped == {"net_pay": 100_00 + 150_00}
    assert one.first_clipped == {"net_pay": date(2025, 1, 31)}


@pytest.mark.parametrize(
    ("already", "age", "limit", "deferred"),
    [
        ("0", 35, 23_500, 23_500),
        ("$5000", 35, 18_500, 18_500),
        ("$23500", 35, 0, 0),
        ("$30000", 35, 0, 0),
        ("$30000", 50, 0, 7_500),
    ],
)
def test_deferrals_to_another_employer_use_up_402g_and_never_more(
    already: str, age: int, limit: int, deferred: int
) -> None:
    """402(g) is a person's, catch-up a plan's."""
    elections = {"pre_tax": "max", "already_deferred": already}
    one = year_of(240_000, age=age, elections=elections)
    assert (one.elective_deferral_limit, one.deferrals) == (limit * 100, deferred * 100)


def test_deferrals_to_another_employer_count_in_the_first_year_alone() -> None:
    elections = {"pre_tax": "max", "already_deferred": "$10000"}
    years = years_of(240_000, years="2025-2026", elections=elections)
    assert [year.deferrals for year in years] == [13_500_00, 24_500_00]


def test_a_fixed_amount_applies_to_every_paycheck_bonuses_with_elections_included() -> None:
    bonuses = [
        {"date": "2025-03-14", "amount": 5_000},
        {"date": "2025-09-12", "amount": 5_000, "elections": False},
    ]
    one = year_of(120_000, pay={"bonuses": bonuses}, elections={"pre_tax": 500, "after_tax": 200})
    assert (total(one, "pre_tax"), total(one, "after_tax")) == (13 * 500, 13 * 200)
    assert one.gross == 130_000_00, "a bonus without elections is gross all the same"


# max


def test_max_is_spread_in_proportion_to_gross() -> None:
    """23,500 over 150,000: 1,566.67 a month in its running total, 4,700 of a bonus of 30,000."""
    bonus = {"date": "2025-03-14", "amount": 30_000}
    one = year_of(120_000, pay={"bonuses": [bonus]}, elections={"roth": "max"})
    assert each(one, "roth")[:4] == [1_566.67, 1_566.66, 4_700.0, 1_566.67]
    assert total(one, "roth") == 23_500
    assert one.first_clipped == {}


def test_if_both_are_max_pre_tax_takes_all() -> None:
    one = year_of(240_000, elections={"pre_tax": "max", "roth": "max"})
    assert (total(one, "pre_tax"), total(one, "roth")) == (23_500, 0)


@pytest.mark.parametrize("share", ["pre_tax", "roth"])
def test_beside_a_share_max_takes_what_the_share_leaves(share: str) -> None:
    """5% of 120,000 is 6,000, which leaves 17,500."""
    other = "roth" if share == "pre_tax" else "pre_tax"
    one = year_of(120_000, elections={share: "5%", other: "max"})
    assert (total(one, share), total(one, other)) == (6_000, 17_500)


def test_beside_a_share_that_fills_the_limit_max_asks_for_nothing_and_never_for_less() -> None:
    """By hand: 2 x 2,000 fill a limit of 4,000.

    From March on 5% of 10,000 finds no room and spills over, 10 x 500.00, without a cent more or less.
    """
    one = year_of(
        120_000,
        elections={
            "pre_tax": "$2000",
            "changes": [{"from": "2025-03-01", "pre_tax": "max", "roth": "5%"}],
        },
        plan={"spillover": True},
        limits={"overrides": {2025: {"elective_deferral": 4_000}}},
    )
    assert each(one, "pre_tax") == [2_000.0] * 2 + [0.0] * 10
    assert each(one, "roth") == [0.0] * 12
    assert each(one, "after_tax") == [0.0] * 2 + [500.0] * 10


@pytest.mark.parametrize("rounding", ["paycheck", "year-to-date"])
@pytest.mark.parametrize("room", ["reserve", "year-to-date"])
def test_max_after_tax_ends_on_the_room_to_the_cent(rounding: str, room: str) -> None:
    """An uneven 27 paychecks; 72,000 less 24,500 and 3% of all of 200,000 / 26."""
    one = year_of(
        200_000,
        years=2026,
        pay={**CYCLE_OF_27, "rounding": rounding},
        elections={"pre_tax": "max", "after_tax": "max"},
        plan={"nonelective": "3%", "room": room},
    )
    assert one.room_unused == 0
    assert one.annual_additions == 72_000_00
    employer = 27 * 230_77 if rounding == "paycheck" else 6_230_77
    assert one.total("after_tax") == 72_000_00 - 24_500_00 - employer


@pytest.mark.parametrize(
    ("cap", "contributed"), [("10%", 24_000), ("$10000", 10_000), ("$60000", 46_500)]
)
def test_max_after_tax_ends_on_the_plans_cap_where_that_is_smaller_than_the_room(
    cap: str, contributed: int
) -> None:
    """10% of 240,000; the room is 70,000 - 23,500."""
    elections = {"pre_tax": "max", "after_tax": "max"}
    one = year_of(240_000, elections=elections, plan={"after_tax": {"cap": cap}})
    assert total(one, "after_tax") == contributed
    assert len(set(each(one, "after_tax"))) <= 2, "spread evenly, up to a cent"


@pytest.mark.parametrize(
    ("salary", "bonus", "contributed"),
    [
        # 401(a)(17) is 350,000; the cap is of gross, 10% of 420,000.
        (420_000, None, 42_000.00),
        # Pay on which nothing is elected counts: 10% of 120,000 + 60,000.
        (120_000, 60_000, 18_000.00),
        # 12 x 8,333.33 + 0.09 is 100,000.05, of which 10% is 10,000.005: half a cent is rounded up.
        ("99_999.96", "0.09", 10_000.01),
    ],
)
def test_max_after_tax_ends_on_the_cap_of_the_whole_years_gross(
    salary: Any, bonus: Any, contributed: float
) -> None:
    """By hand, to the cent; the room of 70,000 is larger."""
    paid = [{"date": "2025-01-15", "amount": bonus, "elections": False}] if bonus else []
    one = year_of(
        salary,
        pay={"bonuses": paid},
        elections={"after_tax": "max"},
        plan={"after_tax": {"cap": "10%"}},
    )
    assert total(one, "after_tax") == contributed


def test_max_that_ends_in_mid_year_leaves_the_rest_of_the_room() -> None:
    """Six of twelve months of 70,000."""
    elections = {"after_tax": "max", "changes": [{"from": "2025-07-01", "after_tax": "0%"}]}
    one = year_of(240_000, elections=elections)
    assert (total(one, "after_tax"), one.room_unused) == (35_000, 35_000_00)


def test_what_a_paycheck_could_not_pay_max_makes_up_for_later() -> None:
    """First half 1,000 a month, all of it deferred; from July 19,000, of which 1,000 is.

    Room: 70,000 - 12,000 = 58,000 over a gross of 120,000. By June 2,900 were due and nothing could
    be paid; July pays them with its own part, 58,000 x 19 / 120.
    """
    steps = [{"from": "2025-01-01", "salary": 12_000}, {"from": "2025-07-01", "salary": 228_000}]
    one = year_of(steps, elections={"pre_tax": 1_000, "after_tax": "max"})
    assert each(one, "after_tax")[:8] == [0.0] * 6 + [12_083.33, 9_183.34]
    assert one.room_unused == 0


# Match


MATCH = [{"rate": "100%", "up_to": "3%"}, {"rate": "50%", "up_to": "5%"}]


@pytest.mark.parametrize(
    ("deferral", "match"),
    [("0%", 0), ("2%", 200), ("3%", 300), ("4%", 350), ("5%", 400), ("5.01%", 400), ("19%", 400)],
)
def test_the_tiers_of_a_match_are_stacked(deferral: str, match: int) -> None:
    """Of 10,000: all of the first 300 and half of the next 200. The usual safe-harbor match."""
    one = year_of(120_000, elections={"roth": deferral}, plan={"match": MATCH})
    assert each(one, "match") == [float(match)] * 12


def test_a_tier_without_a_bound_matches_every_deferral() -> None:
    tiers = [{"rate": "100%", "up_to": "3%"}, {"rate": "25%"}]
    one = year_of(120_000, elections={"pre_tax": "11%"}, plan={"match": tiers})
    assert set(each(one, "match")) == {300.0 + 200.0}


def test_the_running_total_of_the_match_counts_unrounded_deferrals_of_both_kinds() -> None:
    """By hand: 1% of 10,000.40 is 100.004, twice; the match of 200.008 is 200.01, of the 200.00 paid 200.00.

    Where 402(g) bites, what was granted counts: 2,200.088 of eleven months and 199.92.
    """
    parts: dict[str, Any] = {
        "pay": {"rounding": "year-to-date"},
        "elections": {"pre_tax": "1%", "roth": "1%"},
        "plan": {"match": [{"rate": "100%"}]},
    }
    one = year_of("120_004.80", **parts)
    assert [column[0] for column in (each(one, "pre_tax"), each(one, "roth"))] == [100.00, 100.00]
    assert each(one, "match")[0] == 200.01
    assert total(one, "match") == 2_400.10  # 12 x 200.008 is 2,400.096
    clipped = year_of(
        "120_004.80", **parts, limits={"overrides": {2025: {"elective_deferral": 2_400}}}
    )
    assert (clipped.deferrals, clipped.total("match")) == (2_400_00, 2_400_01)


def test_after_tax_contributions_are_not_matched() -> None:
    one = year_of(120_000, elections={"after_tax": "10%"}, plan={"match": MATCH})
    assert total(one, "match") == 0


FRONT_LOADED: dict[str, Any] = {"elections": {"pre_tax": "50%"}}
"""Of 25,000 a month: 12,500 in January, 11,000 in February, then nothing."""


def test_without_a_true_up_front_loading_forgoes_the_match() -> None:
    """4% of 25,000 is 1,000, in two months."""
    plan = {"match": [{"rate": "100%", "up_to": "4%"}]}
    one = year_of(300_000, plan=plan, **FRONT_LOADED)
    assert each(one, "match") == [1_000.0] * 2 + [0.0] * 10


def test_a_true_up_pays_the_formula_of_the_year_on_its_last_pay_date() -> None:
    """4% of 300,000 is 12,000, of which 2,000 were paid."""
    plan = {"match": [{"rate": "100%", "up_to": "4%"}], "true_up": True}
    one = year_of(300_000, plan=plan, **FRONT_LOADED)
    assert each(one, "match") == [1_000.0] * 2 + [0.0] * 9 + [10_000.0]


def test_a_true_up_counts_pay_up_to_401a17_only() -> None:
    """4% of 350,000, not of 480,000; paid before: 1,600 and 1,600 of 40,000 a month."""
    plan = {"match": [{"rate": "100%", "up_to": "4%"}], "true_up": True}
    one = year_of(480_000, elections={"pre_tax": "50%"}, plan=plan)
    assert total(one, "match") == 14_000


def test_a_true_up_takes_nothing_back() -> None:
    """26 x 230.77 = 6,000.02 is more than 3% of 200,000.06; it stays."""
    one = year_of(
        200_000,
        pay={"frequency": "biweekly", "first_pay_date": "2025-01-03"},
        elections={"pre_tax": "5%"},
        plan={"match": [{"rate": "100%", "up_to": "3%"}], "true_up": True},
    )
    assert total(one, "match") == 6_000.02


def test_a_true_up_follows_the_last_pay_date_of_employment() -> None:
    """150,000 in six months: 4% is 6,000, of which 2,000 were paid."""
    one = year_of(
        300_000,
        pay={"last_pay_date": "2025-06-30"},
        plan={"match": [{"rate": "100%", "up_to": "4%"}], "true_up": True},
        **FRONT_LOADED,
    )
    assert each(one, "match") == [1_000.0] * 2 + [0.0] * 3 + [4_000.0]


@pytest.mark.parametrize("true_up", [False, True])
def test_the_match_ends_at_its_cap_and_a_true_up_does_not_exceed_it(true_up: bool) -> None:
    """400 a month: six in full, then 100 of the seventh."""
    plan = {"match": MATCH, "match_cap": 2_500, "true_up": true_up}
    one = year_of(120_000, elections={"pre_tax": "5%"}, plan=plan)
    assert each(one, "match") == [400.0] * 6 + [100.0] + [0.0] * 5


@pytest.mark.parametrize(("matched", "match"), [(True, 15_500), (False, 11_750)])
def test_catch_up_is_matched_unless_the_plan_leaves_it_out(matched: bool, match: int) -> None:
    """Half of 31,000, or of 23,500."""
    plan = {"match": [{"rate": "50%"}], "match_catch_up": matched}
    pay = {"rounding": "year-to-date"}
    one = year_of(240_000, age=50, pay=pay, elections={"pre_tax": "max"}, plan=plan)
    assert total(one, "match") == match


def test_a_bonus_that_is_not_matched_is_no_eligible_pay_now_or_in_the_true_up() -> None:
    """10% of 10,000 a month and of the bonus is deferred; 5% of the months' pay is matched."""
    for matched, match in ((True, 7_500), (False, 6_000)):
        bonus = {"date": "2025-03-14", "amount": 30_000, "matched": matched}
        one = year_of(
            120_000,
            pay={"bonuses": [bonus]},
            elections={"pre_tax": "10%"},
            plan={"match": [{"rate": "100%", "up_to": "5%"}], "true_up": True, "nonelective": "2%"},
        )
        assert total(one, "pre_tax") == 15_000
        assert total(one, "match") == match
        assert total(one, "nonelective") == (3_000 if matched else 2_400)


# Nonelective


def test_a_lump_sum_is_paid_once_on_its_date_whether_a_paycheck_or_not() -> None:
    """2025-06-15 is a Sunday. It is no paycheck."""
    one = year_of(120_000, plan={"nonelective": {"amount": 6_000, "date": "2025-06-15"}})
    paid = {one.pay_date: one.nonelective for one in one.contributions if one.nonelective}
    assert paid == {date(2025, 6, 15): 6_000_00}
    assert (one.paychecks, one.gross) == (12, 120_000_00)


def test_a_lump_sum_counts_in_the_year_of_its_date() -> None:
    plan = {"nonelective": {"amount": 6_000, "date": "2026-01-01"}}
    years = years_of(120_000, years="2025-2026", plan=plan)
    assert [year.total("nonelective") for year in years] == [0, 6_000_00]
    assert [year.room for year in years] == [70_000_00, 66_000_00]


def test_the_room_shrinks_by_a_lump_sum_from_its_date_on_or_is_held_back_for_it() -> None:
    """70,000 in 2025, 64,000 with the lump sum."""
    for room, may, june in (("year-to-date", 70_000, 64_000), ("reserve", 64_000, 64_000)):
        plan = {"nonelective": {"amount": 6_000, "date": "2025-06-15"}, "room": room}
        one = year_of(120_000, plan=plan)
        after = {paid.pay_date: paid.room_after / 100 for paid in one.contributions}
        assert (after[date(2025, 5, 30)], after[date(2025, 6, 30)]) == (may, june)


# After-tax: the plan's cap


def test_a_plan_cap_of_a_share_of_pay_clips_every_paycheck() -> None:
    one = year_of(120_000, elections={"after_tax": "15%"}, plan={"after_tax": {"cap": "10%"}})
    assert each(one, "after_tax") == [1_000.0] * 12
    assert one.first_clipped == {"plan_cap": date(2025, 1, 31)}


def test_a_plan_cap_of_a_share_is_of_gross_to_date() -> None:
    """Nothing until June, then 20%: the cap of 10% of the year's 120,000 is reached in December."""
    elections = {"changes": [{"from": "2025-07-01", "after_tax": "20%"}]}
    one = year_of(120_000, elections=elections, plan={"after_tax": {"cap": "10%"}})
    assert each(one, "after_tax") == [0.0] * 6 + [2_000.0] * 6
    assert one.first_clipped == {}


def test_a_plan_cap_in_dollars_is_of_the_year() -> None:
    """Six of 1,500 make 9,000; July has 1,000 left. January begins anew."""
    years = years_of(
        120_000,
        years="2025-2026",
        elections={"after_tax": 1_500},
        plan={"after_tax": {"cap": 10_000}},
    )
    for year in years:
        assert each(year, "after_tax") == [1_500.0] * 6 + [1_000.0] + [0.0] * 5
    assert years[0].first_clipped == {"plan_cap": date(2025, 7, 31)}


def test_a_plan_that_does_not_allow_after_tax_contributions_takes_none() -> None:
    one = year_of(120_000, elections={"after_tax": "10%"}, plan={"after_tax": {"allowed": False}})
    assert total(one, "after_tax") == 0


# After-tax: the room, and employer money that does not fit


LATE_LUMP: dict[str, Any] = {"nonelective": {"amount": 10_000, "date": "2025-12-31"}}


def test_under_reserve_room_is_held_back_for_employer_money_to_come() -> None:
    """60,000 of room: eight months of 7,000, then 4,000."""
    one = year_of(240_000, elections={"after_tax": 7_000}, plan=LATE_LUMP)
    assert each(one, "after_tax")[:12] == [7_000.0] * 8 + [4_000.0] + [0.0] * 3
    assert (total(one, "nonelective"), one.employer_cut) == (10_000, 0)
    assert one.first_clipped == {"annual_additions": date(2025, 9, 30)}


def test_under_year_to_date_employer_money_that_no_longer_fits_is_cut() -> None:
    """Ten months of 7,000 fill 70,000. Source: benefitslink.com, match still owed at the limit."""
    plan = {**LATE_LUMP, "room": "year-to-date"}
    one = year_of(240_000, elections={"after_tax": 7_000}, plan=plan)
    assert each(one, "after_tax")[:12] == [7_000.0] * 10 + [0.0] * 2
    assert (total(one, "nonelective"), one.employer_cut) == (0, 10_000_00)
    assert one.annual_additions == 70_000_00


def test_employer_money_is_cut_latest_first_and_nonelective_before_match() -> None:
    """A month: 1,000 deferred, 1,000 matched, 500 nonelective, 6,000 after tax until August.

    In September the additions alone pass 70,000. The year's 30,000 and 48,000 after tax exceed it by
    8,000: the 1,500 of December back to August, then July's nonelective 500.
    """
    one = year_of(
        240_000,
        elections={"pre_tax": "5%", "after_tax": 6_000},
        plan={"match": [{"rate": "100%"}], "nonelective": "2.5%", "room": "year-to-date"},
    )
    assert each(one, "after_tax") == [6_000.0] * 8 + [0.0] * 4
    assert each(one, "match") == [1_000.0] * 7 + [0.0] * 5
    assert each(one, "nonelective") == [500.0] * 6 + [0.0] * 6
    assert (one.employer_cut, one.annual_additions) == (8_000_00, 70_000_00)


def test_employer_money_is_cut_on_low_pay_too() -> None:
    """Pay of 24,000 is the limit; 23,500 deferred leave 500 of the lump sum of 6,000."""
    plan = {"nonelective": {"amount": 6_000, "date": "2025-12-31"}}
    one = year_of(24_000, elections={"pre_tax": "100%", "after_tax": "0%"}, plan=plan)
    assert (one.annual_additions_limit, one.annual_additions) == (24_000_00, 24_000_00)
    assert (total(one, "nonelective"), one.employer_cut) == (500, 5_500_00)


def test_a_paychecks_own_employer_money_comes_before_its_after_tax_contribution() -> None:
    """Year-to-date, a true-up of 10,000 in December: eleven months of 2,000 leave room for it."""
    one = year_of(
        300_000,
        elections={"pre_tax": "50%", "after_tax": 3_400},
        plan={
            "match": [{"rate": "100%", "up_to": "4%"}],
            "true_up": True,
            "room": "year-to-date",
        },
    )
    # After 23,500 + 2,000 and eleven times 3,400, 7,100 are left: none for after-tax, 2,900 short.
    assert each(one, "after_tax")[10:] == [3_400.0, 0.0]
    assert (each(one, "match")[-1], one.employer_cut) == (7_100.0, 2_900_00)


def test_the_room_after_each_paycheck_is_what_the_rule_leaves() -> None:
    """Each month 1,000 deferred, 500 of nonelective and 2,000 after tax go in."""
    parts: dict[str, Any] = {"elections": {"pre_tax": 1_000, "after_tax": 2_000}}
    reserve = year_of(120_000, plan={"nonelective": "5%"}, **parts)
    assert each(reserve, "room_after")[:2] == [70_000 - 18_000 - 2_000, 70_000 - 18_000 - 4_000]
    plan = {"nonelective": "5%", "room": "year-to-date"}
    to_date = year_of(120_000, plan=plan, **parts)
    assert each(to_date, "room_after")[:2] == [70_000 - 3_500, 70_000 - 7_000]
    assert to_date.room == reserve.room == 52_000_00


# Spillover

SPILLING: dict[str, Any] = {"pre_tax": "15%", "after_tax": "5%"}
"""Of 20,000 a month: 3,000 and 1,000. August has 2,500 of 402(g) left."""


def test_what_402g_takes_off_spills_over_on_top_of_the_after_tax_election() -> None:
    one = year_of(240_000, elections=SPILLING, plan={"spillover": True})
    assert each(one, "pre_tax")[6:9] == [3_000.0, 2_500.0, 0.0]
    assert each(one, "after_tax") == [1_000.0] * 7 + [1_500.0] + [4_000.0] * 4


def test_without_spillover_it_does_not() -> None:
    one = year_of(240_000, elections=SPILLING)
    assert each(one, "after_tax") == [1_000.0] * 12


def test_spillover_stays_within_the_plans_cap() -> None:
    """12 x 1,000 + 500 + 4 x 3,000 = 24,500, of which 10% of 240,000 is let in."""
    plan = {"spillover": True, "after_tax": {"cap": "10%"}}
    one = year_of(240_000, elections=SPILLING, plan=plan)
    assert each(one, "after_tax")[-2:] == [4_000.0, 3_500.0]
    assert one.first_clipped["plan_cap"] == date(2025, 12, 31)


def test_spillover_stays_within_the_room() -> None:
    """A lump sum of 35,000 leaves 11,500: eight months of 1,000 and 500, and 3,000 of September's."""
    plan = {"spillover": True, "nonelective": {"amount": 35_000, "date": "2025-12-31"}}
    one = year_of(240_000, elections=SPILLING, plan=plan)
    assert each(one, "after_tax")[7:10] == [1_500.0, 3_000.0, 0.0]
    assert one.room_unused == 0


def test_at_50_spillover_begins_when_catch_up_is_used_up() -> None:
    """31,000 are ten months of 3,000 and 1,000 of November."""
    one = year_of(240_000, age=50, elections=SPILLING, plan={"spillover": True})
    assert each(one, "after_tax") == [1_000.0] * 10 + [3_000.0, 4_000.0]


# Changes, beginning and end


def test_a_change_is_in_force_from_its_date_and_leaves_what_it_does_not_name() -> None:
    """May is paid on Friday the 30th, before the change; the last of two changes wins."""
    changes = [
        {"from": "2025-08-01", "after_tax": 300},
        {"from": "2025-05-31", "after_tax": "2%", "roth": "1%"},
    ]
    elections = {"pre_tax": "5%", "after_tax": "10%", "changes": changes}
    one = year_of(120_000, elections=elections)
    assert each(one, "pre_tax") == [500.0] * 12
    assert each(one, "roth") == [0.0] * 5 + [100.0] * 7
    assert each(one, "after_tax") == [1_000.0] * 5 + [200.0] * 2 + [300.0] * 5


def test_a_change_on_a_pay_date_is_in_force_on_it() -> None:
    changes = [{"from": "2025-05-30", "after_tax": "0%"}]
    one = year_of(120_000, elections={"after_tax": "10%", "changes": changes})
    assert each(one, "after_tax") == [1_000.0] * 4 + [0.0] * 8


def test_after_the_last_pay_date_nothing_is_paid_and_the_pay_so_far_is_the_limit() -> None:
    """Six months of 10,000: 60,000 is below 70,000."""
    one = year_of(
        120_000,
        pay={"last_pay_date": "2025-06-30"},
        elections={"pre_tax": "max", "after_tax": "max"},
        plan={"nonelective": "5%"},
    )
    assert (one.paychecks, one.annual_additions_limit) == (6, 60_000_00)
    assert (one.deferrals, one.total("nonelective")) == (23_500_00, 3_000_00)
    assert one.total("after_tax") == 33_500_00


def test_years_after_the_last_pay_date_have_no_contributions() -> None:
    years = years_of(120_000, years="2025-2026", pay={"last_pay_date": "2025-06-30"})
    assert [year.year for year in years] == [2025]


def test_a_new_job_begins_with_its_first_pay_date() -> None:
    """Hired in July with 10,000 deferred before: 13,500 over six months."""
    one = year_of(
        240_000,
        pay={"first_pay_date": "2025-07-15"},
        elections={"pre_tax": "max", "already_deferred": 10_000},
    )
    assert each(one, "pre_tax") == [2_250.0] * 6


def test_an_override_moves_the_boundary() -> None:
    """Limits of the user's own: 12 x 1,000 and no more, 30,000 in all."""
    own = {"overrides": {2025: {"elective_deferral": 12_000, "annual_additions": 30_000}}}
    one = year_of(120_000, elections={"pre_tax": "max", "after_tax": "max"}, limits=own)
    assert (one.deferrals, one.total("after_tax")) == (12_000_00, 18_000_00)


def test_without_elections_nothing_is_contributed() -> None:
    one = year_of(120_000)
    columns = ("pre_tax", "roth", "match", "nonelective", "after_tax")
    assert [one.total(column) for column in columns] == [0] * 5
    assert one.room_unused == 70_000_00


def test_room_year_to_date_knows_nothing_of_employer_money_to_come() -> None:
    """Each month 1,500 + 2,500 + 1,000 of 30,000: full after June; then the latest employer money is cut."""
    one = year_of(
        60_000,
        elections={"pre_tax": 1_500, "after_tax": 1_000},
        plan={"room": "year-to-date", "nonelective": "50%"},
        limits={"overrides": {2025: {"annual_additions": 30_000}}},
    )
    assert each(one, "after_tax") == [1_000.0] * 6 + [0.0] * 6
    assert one.contributions[4].room_after == 500_000
    assert one.total("pre_tax") == 1_800_000
    assert one.total("nonelective") == 600_000
    assert one.employer_cut == 2_400_000


def test_room_in_reserve_holds_employer_money_back_from_the_start() -> None:
    """18,000 of deferrals and 30,000 of employer money leave nothing of 30,000."""
    one = year_of(
        60_000,
        elections={"pre_tax": 1_500, "after_tax": 1_000},
        plan={"nonelective": "50%"},
        limits={"overrides": {2025: {"annual_additions": 30_000}}},
    )
    assert one.total("after_tax") == 0
    assert (one.total("nonelective"), one.employer_cut) == (1_200_000, 1_800_000)


def test_the_table_says_that_catch_up_must_be_roth() -> None:
    """From 2026, after wages above $150,000 (Notice 2025-67)."""
    told = "Catch-up must be Roth this year: last year's wages exceed the threshold."
    for wages, said in (("150_000", False), ("150_000.01", True)):
        document = {
            "name": "A",
            "years": 2026,
            "birth_year": 1970,
            "pay": {"salary": 200_000, "frequency": "monthly", "prior_year_wages": wages},
        }
        tables = payroll_tables(went_in(scenario(document)))
        assert any(told in note for table in tables for note in table.notes) is said
