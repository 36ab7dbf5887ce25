"""`max`, and elections for bonuses alone: each value worked out by hand. Amounts are dollars.

Source of the rules: cases that people describe in public; persons are invented.
"""

from typing import Any

from simulator.simulation import compare, went_in
from tests.documents import scenario
from tests.payrolls import BOTH_MAX, each, total, year_of

# max, and pay that cannot be contributed from


def vest(date: str) -> dict[str, Any]:
    """Stock that vests: wages, no cash, nothing elected, no eligible pay."""
    return {
        "date": date,
        "amount": 60_000,
        "elections": False,
        "matched": False,
        "label": "RSU vest",
    }


VESTS = [vest(f"2025-{month}-20") for month in ("02", "05", "08", "11")]
HALF_OF_SIX = {"match": [{"rate": "50%", "up_to": "6%"}]}


def test_max_is_spread_over_the_pay_that_can_be_contributed_from() -> None:
    """By hand: 23,500 / 24 = 979.17, half of 6% of 8,333.33 is 250.00, 40,500 / 24 = 1,687.50.

    At 7% even growth the year-end form has 1,352.67 with the vests and without them: 24 deposits of
    1,687.50, each grown to December 31. Case: four RSU vests a year beside `max`, which made it take four
    paychecks whole.
    """
    document: dict[str, Any] = {
        "name": "RSUs and max",
        "years": 2025,
        "birth_year": 1990,
        "pay": {"salary": 200_000, "frequency": "semimonthly", "bonuses": VESTS},
        "elections": BOTH_MAX,
        "plan": HALF_OF_SIX,
        "policies": ["year-end"],
    }
    comparison = compare(scenario(document))
    (year,) = comparison.contributions
    assert set(each(year, "pre_tax")) == {979.17, 979.16}
    assert set(each(year, "after_tax")) == {1_687.50}
    assert (total(year, "match"), total(year, "after_tax")) == (6_000, 40_500)
    assert [paid.after_tax for paid in year.contributions if paid.paycheck.label] == [0] * 4
    assert comparison.results[0].total("box_2a") == 1_352_67
    without = document | {"pay": {"salary": 200_000, "frequency": "semimonthly"}}
    (plain,) = went_in(scenario(without))
    for column in ("pre_tax", "match", "after_tax"):
        assert each(plain, column) == each(year, column)


def test_max_from_june_on_is_level_from_june_on() -> None:
    """By hand: nothing until May, then 23,500 / 7 = 3,357.142857 a month; 7 x 10,000 is the limit's half."""
    elections = {"changes": [{"from": "2025-06-01", "pre_tax": "max"}]}
    year = year_of({"pay": {"salary": 120_000, "frequency": "monthly"}, "elections": elections})
    assert each(year, "pre_tax")[:5] == [0.0] * 5
    assert set(each(year, "pre_tax")[5:]) == {3_357.14, 3_357.15}
    assert total(year, "pre_tax") == 23_500


def test_a_run_that_a_change_ends_fills_its_aim_by_then() -> None:
    """Front-loading as it was written: 23,500 over January to April is 5,875.00 a month."""
    elections = {"pre_tax": "max", "changes": [{"from": "2025-05-01", "pre_tax": 0}]}
    year = year_of({"pay": {"salary": 120_000, "frequency": "monthly"}, "elections": elections})
    assert each(year, "pre_tax") == [5_875.0] * 4 + [0.0] * 8


def test_what_one_paycheck_could_not_pay_is_spread_over_the_rest() -> None:
    """By hand: pay is 1,000 in January, then 20,000 a month: 221,000. The room is 70,000 - 900.

    January is asked 69,100 / 221 = 312.67 and has 100.00 beside the 900.00 deferred; the other 69,000 over
    11 months are 6,272.73 each.
    """
    steps = [{"from": "2025-01-01", "salary": 12_000}, {"from": "2025-02-01", "salary": 240_000}]
    elections = {
        "pre_tax": "$900",
        "after_tax": "max",
        "changes": [{"from": "2025-02-01", "pre_tax": 0}],
    }
    year = year_of({"pay": {"salary": steps, "frequency": "monthly"}, "elections": elections})
    assert each(year, "after_tax")[0] == 100.00
    assert set(each(year, "after_tax")[1:]) == {6_272.73, 6_272.72}
    assert year.room_unused == 0


def test_max_beside_a_share_asks_for_what_the_share_leaves_of_its_part() -> None:
    """By hand: 23,500 / 12 = 1,958.33 a month for both; 5% of 10,000 is 500.00, Roth has the rest."""
    elections = {"pre_tax": "5%", "roth": "max"}
    year = year_of({"pay": {"salary": 120_000, "frequency": "monthly"}, "elections": elections})
    assert set(each(year, "pre_tax")) == {500.0}
    assert set(each(year, "roth")) == {1_458.33, 1_458.34}
    assert year.deferrals == 23_500_00


# Elections by kind of pay


BONUS = {"date": "2025-09-15", "amount": 40_000}
"""Paid on a payday: 180,000 / 24 is 7,500.00."""


def test_a_bonus_has_an_election_of_its_own() -> None:
    """5% of 7,500.00 is 375.00, 50% of 40,000 is 20,000.00; 13% of both is deferred."""
    elections = {"pre_tax": "13%", "after_tax": "5%", "bonuses": {"after_tax": "50%"}}
    year = year_of({"pay": {"salary": 180_000, "bonuses": [BONUS]}, "elections": elections})
    assert set(each(year, "after_tax")) == {375.0}
    assert each(year, "after_tax", kind="bonus") == [20_000.0]
    assert each(year, "pre_tax", kind="bonus") == [5_200.0]


def test_what_bonuses_elect_stays_until_a_later_block_names_it() -> None:
    """Column by column: after-tax stays 50% in October, pre-tax follows the regular 6% from July on."""
    bonuses = [BONUS, {"date": "2025-10-15", "amount": 10_000}]
    changes = [
        {"from": "2025-07-01", "pre_tax": "6%", "after_tax": "1%"},
        {"from": "2025-10-01", "bonuses": {"pre_tax": "0%"}},
    ]
    elections = {"pre_tax": "13%", "bonuses": {"after_tax": "50%"}, "changes": changes}
    year = year_of({"pay": {"salary": 180_000, "bonuses": bonuses}, "elections": elections})
    assert each(year, "after_tax", kind="bonus") == [20_000.0, 5_000.0]
    assert each(year, "pre_tax", kind="bonus") == [2_400.0, 0.0]
    assert each(year, "after_tax")[-1] == 75.0


def test_a_bonus_with_an_election_of_its_own_is_no_part_of_a_run_and_does_not_end_it() -> None:
    """By hand: 70,000 less 10% of 40,000; 23 paychecks of 2,916.67 before and after, not 2,500.

    The 16 paychecks before are asked 70,000 / 24 each, 46,666.67; then 4,000 go in from the bonus, and
    the eight that are left share 19,333.33: 2,416.67.
    """
    elections = {"after_tax": "max", "bonuses": {"after_tax": "10%"}}
    bonus = BONUS | {"date": "2025-09-02"}
    year = year_of({"pay": {"salary": 180_000, "bonuses": [bonus]}, "elections": elections})
    assert set(each(year, "after_tax")[:16]) == {2_916.66, 2_916.67}
    assert set(each(year, "after_tax")[16:]) == {2_416.66, 2_416.67}
    assert (each(year, "after_tax", kind="bonus"), total(year, "after_tax")) == ([4_000.0], 70_000)


def test_where_only_bonuses_are_on_max_they_are_the_run() -> None:
    """By hand: 375.00 of each of 24 paychecks; the first bonus has 3/4 of the bonuses' pay.

    By March 14, the regular paycheck of the day included, 1,875.00 are in: 68,125 x 3/4 = 51,093.75. The
    rest of the year's room, whatever regular pay put in by then, is asked of the bonus of December 31.
    """
    bonuses = [{"date": "2025-03-14", "amount": 90_000}, {"date": "2025-12-31", "amount": 30_000}]
    elections = {"after_tax": "5%", "bonuses": {"after_tax": "max"}}
    year = year_of({"pay": {"salary": 180_000, "bonuses": bonuses}, "elections": elections})
    assert set(each(year, "after_tax")) == {375.0}
    assert each(year, "after_tax", kind="bonus") == [51_093.75, 70_000 - 51_093.75 - 24 * 375]
