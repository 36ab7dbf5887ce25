"""A simulation that begins in the middle of a year: what the pay stub says stands for what came before."""

from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.payroll.contribution import ContributionYear
from simulator.payroll.paycheck import BONUS
from simulator.scenario.scenario import Scenario
from simulator.simulation import went_in
from tests.documents import scenario_of
from tests.how_many import times
from tests.payrolls import each, total, year_of
from tests.strategies import scenarios, valid

MID_2021: dict[str, Any] = {
    "years": 2021,
    "birth_year": 1990,
    "so_far": {
        "through": "2021-07-02", "gross": "$75000.02", "pre_tax": "$9480", "match": "$2250.04",
    },
    "pay": {"salary": 150_000, "frequency": "biweekly", "first_pay_date": "2021-01-08"},
    "elections": {"pre_tax": "max", "after_tax": "max"},
    "plan": {"match": [{"rate": "50%", "up_to": "6%"}]},
}  # fmt: skip

JULY_2025: dict[str, Any] = {
    "so_far": {
        "through": "2025-06-30", "gross": "$100000.03", "pre_tax": "$12000.04",
        "after_tax": "$9999.99", "nonelective": "$3000.01",
    },
    "pay": {"salary": 200_000, "frequency": "biweekly", "first_pay_date": "2025-01-03"},
    "elections": {"pre_tax": "11%", "after_tax": "30%"},
    "plan": {"nonelective": "3%"},
}  # fmt: skip


def test_a_pay_stub_of_july_leaves_the_room_that_it_has_not_used() -> None:
    """A pay stub seen in the field: 13 of 26 paychecks are paid; 10,020 / 13 a paycheck is missing.

    The room is 58,000 less 19,500 and 4,500.08 of match, of which nothing was used.
    """
    year = year_of(MID_2021)
    assert year.paychecks == 13
    assert set(each(year, "pre_tax")) == {770.77, 770.76}
    assert total(year, "pre_tax") == 19_500
    assert set(each(year, "after_tax")) == {2_615.38, 2_615.37}
    assert (year.room / 100, year.after_tax / 100) == (33_999.92, 33_999.92)


def test_the_limits_of_the_year_start_from_what_came_so_far() -> None:
    """Model: 13 paychecks of 7,692.31 at 11% and 30%: deferrals 10,999.95, after-tax 29,999.97."""
    year = year_of(JULY_2025)
    assert total(year, "pre_tax") == 22_999.99
    assert year.after_tax / 100 == 39_999.96
    assert (year.annual_additions / 100, year.room_unused / 100) == (68_999.97, 1_000.03)
    assert (year.gross / 100, year.paychecks) == (200_000.06, 13)


def test_a_match_cap_that_is_used_up_pays_no_more() -> None:
    document = MID_2021 | {"plan": {"match": [{"rate": "100%"}], "match_cap": 3_000}}
    assert sum(each(year_of(document), "match")) == 749.96


def test_the_true_up_counts_deferrals_and_match_so_far() -> None:
    """6% of 150,000.01 at 50% is 4,500.00; 9,480 on 75,000.02 was matched with 1,000 only."""
    so_far = MID_2021["so_far"] | {"match": "$1000"}
    document = MID_2021 | {"so_far": so_far, "plan": MID_2021["plan"] | {"true_up": True}}
    assert total(year_of(document), "match") == 4_500.00


def test_first_dollars_of_eligible_pay_are_counted_so_far() -> None:
    """401(a)(17) of 2025 is 350,000: 110,000 are left, five paychecks of 18,461.54 and 17,692.30."""
    so_far = JULY_2025["so_far"] | {"gross": 240_000, "nonelective": 7_200}
    year = year_of(JULY_2025 | {"so_far": so_far, "pay": JULY_2025["pay"] | {"salary": 480_000}})
    assert sum(each(year, "nonelective")) == 5 * 553.85 + 530.77


def test_eligible_pay_so_far_may_be_less_than_gross() -> None:
    """210,000 are left: eleven paychecks, and 6,923.06 of the twelfth."""
    so_far = JULY_2025["so_far"] | {"gross": 240_000, "eligible": 140_000, "nonelective": 4_200}
    year = year_of(JULY_2025 | {"so_far": so_far, "pay": JULY_2025["pay"] | {"salary": 480_000}})
    assert round(sum(each(year, "nonelective")), 2) == 6_300.04


def test_catch_up_so_far_is_what_deferrals_exceed_the_limit_by() -> None:
    """Aged 55 in 2025: 24,000 so far are 500 of catch-up, 7,000 are left; catch-up uses no room."""
    so_far = JULY_2025["so_far"] | {"pre_tax": 24_000}
    document = JULY_2025 | {"birth_year": 1970, "so_far": so_far}
    year = year_of(document | {"elections": {"pre_tax": "max"}})
    assert (total(year, "catch_up"), total(year, "pre_tax")) == (7_500, 31_000)
    assert year.room / 100 == 40_499.98  # 70,000 - 23,500 - 6,000.02


def test_a_spread_extra_period_counts_the_whole_years_pay_dates() -> None:
    """27 pay dates in 2026: each pays a twenty-seventh of the salary, also from July on."""
    document = {
        "years": 2026,
        "so_far": {"through": "2026-06-30", "gross": 96_296},
        "pay": {"salary": 200_000, "frequency": "biweekly", "first_pay_date": "2026-01-02",
                "extra_period": "spread"},
    }  # fmt: skip
    assert {paid.paycheck.gross for paid in year_of(document).contributions[1:]} == {740_741}


def test_a_salary_that_begins_after_the_pay_stub_is_enough() -> None:
    steps = [{"from": "2025-07-01", "salary": 200_000}]
    document = JULY_2025 | {"pay": JULY_2025["pay"] | {"salary": steps}}
    assert year_of(document).gross == year_of(JULY_2025).gross


def test_until_leaves_out_what_is_planned_later_and_holds_its_room_back() -> None:
    """Ten of 13 paychecks are in by November 20; the room is planned with the employer money of all."""
    whole, cut = year_of(JULY_2025), year_of(JULY_2025 | {"until": "2025-11-20"})
    assert (cut.paychecks, cut.room) == (10, whole.room)
    assert cut.contributions == whole.contributions[:11]
    assert cut.planned.contributions == whole.contributions


SUMS = ("pre_tax", "roth", "after_tax", "match", "nonelective")
"""What a pay stub says."""


def said_so_far(year: ContributionYear, through: date) -> dict[str, str]:
    """What a pay stub of a day says of a year."""
    before = [paid for paid in year.contributions if paid.pay_date <= through]

    def written(cents: float) -> str:
        return f"${round(cents) / 100:.2f}"

    sums = {name: written(sum(getattr(paid, name) for paid in before)) for name in SUMS}
    gross = sum(paid.paycheck.gross for paid in before)
    eligible = min(gross, round(float(sum(paid.eligible for paid in before))))
    return {"through": str(through), "gross": written(gross), "eligible": written(eligible), **sums}


def told_by_a_stub(scenario: Scenario, year: ContributionYear, through: date) -> bool:
    """Whether figures so far can say all that matters of a year until a day."""
    before = [paid for paid in year.contributions if paid.pay_date <= through]
    bonuses = [paid for paid in before if paid.paycheck.kind == BONUS]
    plan, elections = scenario.plan, scenario.elections
    blocks = [elections.bonuses, *(change.bonuses for change in elections.changes)]
    own = any(block.model_fields_set for block in blocks)
    plain = all(paid.paycheck.matched and paid.paycheck.elections and not own for paid in bonuses)
    cut = (
        year.deferrals - year.total("catch_up") == year.annual_additions_limit
    )  # by 415(c): of which?
    paid_back = any(paid.returned or paid.employer_cut for paid in before)  # at the year's end
    into_plan = sum(paid.deferrals - paid.catch_up + paid.after_tax for paid in before)
    employer = sum(paid.match + paid.nonelective for paid in before)
    beyond = into_plan + employer > year.annual_additions_limit  # a slip, were it on a pay stub
    # The room under such a match is what the match leaves of all that was asked: only grants are on a stub.
    asked_more = plan.match_after_tax and any(any(paid.clipped.values()) for paid in before)
    kept = not (cut or paid_back or beyond or asked_more)
    return plain and plan.after_tax.cap_on != "regular" and kept


@times(0.4)
@given(scenarios(), st.data())
def test_cut_after_any_pay_date_the_rest_agrees(
    document: dict[str, object], data: st.DataObject
) -> None:
    """The figures so far in place of the paychecks before: each year is the same.

    Where running totals are rounded these begin anew, a cent in each column; what a limit clips is what the
    other columns leave, and has their cents.
    """
    scenario = valid(document)
    assert scenario.pay is not None
    whole = went_in(scenario)
    assume(whole and whole[0].year == scenario.years.first)
    dates = sorted({paid.pay_date for paid in whole[0].contributions if paid.paycheck.gross})
    assume(len(dates) > 1)
    through = data.draw(st.sampled_from(dates[:-1]))
    assume(through.year == scenario.years.first)
    assume(told_by_a_stub(scenario, whole[0], through))
    so_far = said_so_far(whole[0], through) | {"in_transit": "0"}
    cut = scenario_of(document | {"so_far": so_far})
    assert cut is not None, "what a payroll gives is a pay stub that is taken"
    rounded = scenario.pay.rounding == "year-to-date"
    cents = (
        5 + len(scenario.plan.nonelective_items) if rounded else 0
    )  # gross, four columns, each item
    for year, other in zip(whole, went_in(cut), strict=True):
        for name in (*SUMS, "catch_up"):
            assert abs(year.total(name) - other.total(name)) <= cents, name
