"""Pay and plans as people describe them in public: each case with its source, its value worked out by hand.

Persons are invented, rules are real. Amounts are dollars unless a name says cents.
"""

from typing import Any

import pytest

from simulator.notation.mistakes import Mistakes
from tests.payrolls import BOTH_MAX, each, total, year_of, years_of

# Caps


CAP_ON_BASE: dict[str, Any] = {
    "years": 2020,
    "birth_year": 1990,
    "pay": {
        "salary": 160_000,
        "frequency": "biweekly",
        "first_pay_date": "2020-01-10",
        "bonuses": [
            {"date": "2020-05-15", "amount": 100_000, "elections": False, "matched": False}
        ],
    },
}


@pytest.mark.parametrize("cap_on", ["regular", "eligible"])
@pytest.mark.parametrize("asked", ["25%", "max"])
def test_a_cap_on_base_pay_does_not_count_the_bonus(cap_on: str, asked: str) -> None:
    """10% of 160,000, 615.38 a paycheck: a plan that caps after-tax at 10% of base pay, 2020.

    26 paychecks of 6,153.85 are 160,000.10, of which 10% is 16,000.01; `gross` would count 100,000 more.
    """
    plan = {
        "after_tax": {"cap": "10%", "cap_on": cap_on},
        "match": [{"rate": "50%", "up_to": "4%"}],
    }
    year = year_of(
        CAP_ON_BASE | {"elections": {"pre_tax": "max", "after_tax": asked}, "plan": plan}
    )
    assert total(year, "after_tax") == 16_000.01
    assert set(each(year, "after_tax")) == {615.38, 615.39}


def test_a_cap_on_eligible_pay_stops_with_it_and_one_on_regular_pay_does_not() -> None:
    """401(a)(17) in 2025 is 350,000: 10% of it, or of all of 480,000."""
    for cap_on, contributed in (("eligible", 35_000), ("regular", 48_000)):
        plan = {"after_tax": {"cap": "10%", "cap_on": cap_on}}
        pay = {"salary": 480_000}
        year = year_of({"pay": pay, "elections": {"after_tax": "max"}, "plan": plan})
        assert total(year, "after_tax") == contributed


def test_one_paycheck_gives_no_more_than_the_plan_lets_it() -> None:
    """75% of 5,000.00 is 3,750.00: 2,000 deferred, 1,750 of the 2,500 asked after tax."""
    elections = {"pre_tax": 2_000, "after_tax": "50%", "changes": [
        {"from": "2025-02-01", "pre_tax": 0, "after_tax": 0}]}  # fmt: skip
    year = year_of({"pay": {"salary": 120_000}, "elections": elections,
                    "plan": {"paycheck_cap": "75%"}})  # fmt: skip
    assert each(year, "pre_tax")[:3] == [2_000.0, 2_000.0, 0.0]
    assert each(year, "after_tax")[:3] == [1_750.0, 1_750.0, 0.0]
    assert year.clipped == {"net_pay": 1_500_00}


def test_a_deferral_stops_at_the_paycheck_cap_and_pre_tax_comes_first() -> None:
    """A third of 1,000.01 is 333.34 (33.3% of it 333.00): 300 pre-tax, 33.00 of 100 Roth."""
    elections = {"pre_tax": 300, "roth": "$100.00"}
    year = year_of({"pay": {"salary": "12_000.12", "frequency": "monthly"}, "elections": elections,
                    "plan": {"paycheck_cap": "33.3%"}})  # fmt: skip
    assert (each(year, "pre_tax")[0], each(year, "roth")[0]) == (300.0, 33.0)


# One limit a person


@pytest.mark.parametrize(
    ("already", "deferral_limit", "catch_up_limit"),
    [("$23000", 0, 0), ("$20000", 3_000, 0), ("$5000", 17_500, 500), ("0", 17_500, 5_500)],
)
def test_what_went_in_elsewhere_uses_up_catch_up_too(
    already: str, deferral_limit: int, catch_up_limit: int
) -> None:
    """57 years old, a new job in July 2014 with 23,000 deferred at the first: 0.00 more.

    17,500 and 5,500 in 2014 are one amount a person, over all plans: IRC 402(g)(1)(C), 414(v)(2). Of 20,000
    elsewhere 3,000 are left; this plan knows its own deferrals only, so none of them is catch-up.
    """
    document: dict[str, Any] = {
        "years": 2014,
        "birth_year": 1957,
        "pay": {"salary": 150_000, "first_pay_date": "2014-07-15", "prior_year_wages": 0},
        "elections": {"already_deferred": already, "pre_tax": "max"},
    }
    year = year_of(document)
    assert year.elective_deferral_limit == deferral_limit * 100
    assert year.catch_up_limit == catch_up_limit * 100
    assert year.deferrals == (deferral_limit + catch_up_limit) * 100
    assert year.total("catch_up") == catch_up_limit * 100


# Employer money of every kind


def test_profit_sharing_paid_next_march_uses_the_room_of_its_own_year() -> None:
    """70,000 - 23,500 - 10,000.08 - 15,000; 2026: 72,000 - 24,500 - 10,000.08.

    Source: 26 CFR 1.415(c)-1(b)(6)(i)(B).
    """
    plan = {
        "match": [{"rate": "100%", "up_to": "4%"}],
        "nonelective": {"amount": 15_000, "date": "2026-03-13", "counts_for": "previous"},
    }
    document = {"pay": {"salary": 250_000}, "elections": BOTH_MAX, "plan": plan}
    first, second = years_of(document | {"years": "2025-2026"})
    assert (total(first, "after_tax"), total(second, "after_tax")) == (21_499.92, 37_499.92)
    assert (total(first, "nonelective"), total(second, "nonelective")) == (15_000, 0)
    alone = year_of(document)
    assert total(alone, "after_tax") == 21_499.92
    assert str(alone.contributions[-1].pay_date) == "2026-03-13"


def test_safe_harbor_on_each_paycheck_and_profit_sharing_at_the_years_end() -> None:
    """70,000 - 23,500 - 3% of 250,000 - 15,000 = 24,000.00; the usual two kinds of employer money."""
    plan = {"nonelective": ["3%", {"amount": 15_000, "date": "2025-12-31"}]}
    year = year_of(
        {
            "pay": {"salary": 250_000, "rounding": "year-to-date"},
            "elections": BOTH_MAX,
            "plan": plan,
        }
    )
    assert (year.room, total(year, "after_tax")) == (24_000_00, 24_000)
    assert total(year, "nonelective") == 22_500


def test_a_share_each_march_is_of_the_pay_of_the_year_before() -> None:
    """5% of 100,000 and of 110,000, paid on March 10 of 2026 and 2027; that of 2025 is of a pay not given."""
    plan = {"nonelective": {"share": "5%", "date": "03-10", "counts_for": "previous"}}
    pay = {"salary": 100_000, "raise": "10%", "rounding": "year-to-date"}
    years = years_of({"years": "2025-2026", "pay": pay, "plan": plan})
    lumps = [(str(paid.pay_date), paid.nonelective) for year in years for paid in year.contributions
             if paid.paycheck.kind == "nonelective"]  # fmt: skip
    assert lumps == [("2026-03-10", 5_000_00), ("2027-03-10", 5_500_00)]
    assert [year.room for year in years] == [65_000_00, 66_500_00]
    assert [str(paid.pay_date) for paid in years[0].earlier] == ["2025-03-10"]


def test_dollars_each_year_are_listed_for_the_year_before_and_use_no_room() -> None:
    plan = {"nonelective": {"amount": 2_000, "date": "02-29", "counts_for": "previous"}}
    year = year_of({"pay": {"salary": 120_000}, "plan": plan})
    assert [(str(paid.pay_date), paid.nonelective) for paid in year.earlier] == [
        ("2025-02-28", 2_000_00)
    ]
    assert total(year, "nonelective") == 2_000, "of February 2026"
    assert year.room == 68_000_00


def test_each_item_is_rounded_by_itself() -> None:
    """1% of 100.50 is 1.005, rounded 1.01; two of them are 2.02, and 2% would be 2.01."""
    plan = {"nonelective": ["1%", "1%"]}
    year = year_of({"pay": {"salary": "1_206", "frequency": "monthly"}, "plan": plan})
    assert set(each(year, "nonelective")) == {2.02}


# Match on after-tax money


def test_after_tax_contributions_are_matched_too() -> None:
    """Pay 550,000, 2018: 18,500 deferred, 9,000 after tax, match 27,500 by June: 55,000 in all, up to cents.

    Dollar for dollar up to 10% of pay; 401(a)(17) is 275,000. By hand: 11 x 2,291.67 and 10% of the 22,916.63
    that are left are 27,500.03, which leave 8,999.97; June 29 has 2,291.60 of it, and is matched so much.
    """
    year = year_of({
        "years": 2018, "birth_year": 1980, "pay": {"salary": 550_000}, "elections": {"pre_tax": "10%"},
        "plan": {"spillover": True, "match": [{"rate": "100%", "up_to": "10%"}], "match_after_tax": True},
    })  # fmt: skip
    assert (total(year, "pre_tax"), total(year, "after_tax")) == (18_500, 8_999.97)
    assert each(year, "after_tax")[11:13] == [2_291.60, 0.0]
    assert total(year, "match") == 27_499.97


@pytest.mark.parametrize(("room", "granted"), [("reserve", 10_000), ("year-to-date", 12_500)])
def test_the_room_is_what_the_match_on_the_after_tax_money_asked_leaves(
    room: str, granted: int
) -> None:
    """A limit of 30,000; asked 5 x 2,500 and in December 7,500, each dollar matched.

    Reserve: all 20,000 asked would draw 20,000, which leaves 10,000; matched, 20,000 are in and 10,000 stay
    unused. To date 2,500 and their 2,500 a month are 25,000 by November; December's 7,500 would draw 7,500,
    more than is left, so nothing goes in.
    """
    changes = [
        {"from": "2025-07-01", "after_tax": "$2500"},
        {"from": "2025-12-01", "after_tax": "$7500"},
    ]
    year = year_of({
        "pay": {"salary": 120_000, "frequency": "monthly"},
        "elections": {"changes": changes},
        "plan": {"match": [{"rate": "100%"}], "match_after_tax": True, "room": room},
        "limits": {"overrides": {2025: {"annual_additions": 30_000}}},
    })  # fmt: skip
    assert total(year, "after_tax") == total(year, "match") == granted
    assert year.room_unused == (30_000 - 2 * granted) * 100


# Other plans, and plans of other types


def test_what_other_plans_add_uses_up_the_limit() -> None:
    """70,000 - 12,000 - 23,500."""
    plan = {"also_annual_additions": 12_000}
    year = year_of({"pay": {"salary": 250_000}, "elections": BOTH_MAX, "plan": plan})
    assert (year.annual_additions_limit, total(year, "after_tax")) == (58_000_00, 34_500)


def test_ben_has_36_500_at_51_in_the_plan_of_his_s_corporation() -> None:
    """50,000 of W-2 wages in 2015: 18,000, 6,000 catch-up and 25%.

    Source: irs.gov, One-participant 401(k) plans, the example of Ben.
    """
    year = year_of({
        "years": 2015, "birth_year": 1964, "pay": {"salary": 50_000, "rounding": "year-to-date"},
        "elections": {"pre_tax": "max"}, "plan": {"type": "solo-401k", "nonelective": "25%"},
    })  # fmt: skip
    assert (year.deferrals, year.total("catch_up")) == (24_000_00, 6_000_00)
    assert total(year, "nonelective") == 12_500
    assert year.annual_additions + year.total("catch_up") == 36_500_00


FIFTEEN: dict[str, Any] = {"service": 15, "prior_deferrals": 0, "used": 0}


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        (FIFTEEN, 3_000),  # White Coat Investor: 15 years, nothing deferred
        (FIFTEEN | {"prior_deferrals": 125_000}, 0),  # White Coat Investor
        ({"service": 20, "prior_deferrals": 98_500, "used": 9_000}, 1_500),  # 100,000 - 98,500
        ({"service": 30, "prior_deferrals": 50_000, "used": 13_000}, 2_000),  # 15,000 - 13,000
    ],
)
def test_fifteen_years_of_service_allow_more_deferrals_within_415c(
    rule: dict[str, Any], more: int
) -> None:
    """Before the catch-up from 50 on, and unlike it an annual addition. Law: IRC 402(g)(7).

    Source of the order: AUL's worksheet, "you must use 15-year catch-up first".
    """
    plan = {"type": "403b", "fifteen_years": rule}
    document = {"pay": {"salary": 200_000}, "elections": BOTH_MAX, "plan": plan}
    young = year_of(document | {"birth_year": 1985})
    assert young.elective_deferral_limit == (23_500 + more) * 100
    assert (young.deferrals, young.total("catch_up")) == ((23_500 + more) * 100, 0)
    assert young.total("after_tax") == (70_000 - 23_500 - more) * 100
    older = year_of(document | {"birth_year": 1970})
    assert older.deferrals == (23_500 + more + 7_500) * 100
    assert (older.total("catch_up"), older.total("after_tax")) == (
        7_500_00,
        young.total("after_tax"),
    )


def test_fifteen_years_roll_forward() -> None:
    """From 15 years and 50,000 deferred: 3,000; 80,000 - 76,500 allows 3,000; 85,000 - 104,000 nothing.

    402(g) is 23,500 and 24,500; that of 2027 is given.
    """
    plan = {"type": "403b", "fifteen_years": FIFTEEN | {"prior_deferrals": 50_000}}
    years = years_of({
        "years": "2025-2027", "pay": {"salary": 200_000}, "elections": {"pre_tax": "max"}, "plan": plan,
        "limits": {"overrides": {2027: {
            "elective_deferral": 24_500, "catch_up": 8_000, "enhanced_catch_up": 11_250,
            "annual_additions": 72_000, "compensation": 360_000, "roth_catch_up_wages": 150_000}}},
    })  # fmt: skip
    assert [year.deferrals for year in years] == [26_500_00, 27_500_00, 24_500_00]


@pytest.mark.parametrize("written", ["457b", "457(b)"])
def test_a_457b_plan_is_refused_with_its_reason(written: str) -> None:
    with pytest.raises(Mistakes) as caught:
        year_of({"pay": {"salary": 100_000}, "plan": {"type": written}})
    assert "457(b) plans have no after-tax contributions and no 415(c) room" in str(caught.value)
