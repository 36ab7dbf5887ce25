"""A solo 401(k) from profit: each value from a source, or worked out by hand line by line. Dollars."""

from typing import Any

import pytest

from simulator.notation.mistakes import Mistakes
from tests.payrolls import BOTH_MAX, total, year_of

SOLO: dict[str, Any] = {"type": "solo-401k", "nonelective": "max"}


def of_profit(
    profit: Any, years: int, birth_year: int = 1982, w2_wages: Any = 0, **more: Any
) -> dict[str, Any]:
    """Somebody paid each month from a profit, who elects `max` of both."""
    business = {"profit": profit, "w2_wages": w2_wages}
    pay = {"self_employment": business, "frequency": "monthly"}
    document = {"years": years, "birth_year": birth_year, "elections": BOTH_MAX, "plan": SOLO}
    return document | {"pay": pay} | more


@pytest.mark.parametrize(
    ("profit", "years", "birth_year", "w2_wages", "employer", "deferred", "room"),
    [
        # 92,350.00; 12.4% of 137,700 - 60,000 and 2.9%: 12,312.95, half 6,156.48; 20% of 93,843.52.
        # The thread has 6,157, 18,769 and 18,731 in whole dollars.
        (100_000, 2020, 1982, 60_000, 18_768.70, 19_500, 18_731.30),
        # 83,115.00; 12,716.60 of tax; net 83,641.70; 61,000 - 16,728.34 - 20,500
        (90_000, 2022, 1982, 0, 16_728.34, 20_500, 23_771.66),
        # irahelp.com 29733: half 4,238.87, employer 11,152, earned income 44,609. Its room of 20,609.13 takes
        # the deferrals off once more; by 415(c)(3)(D) they stay in: 44,608.90 - 11,152.23 - 18,000
        (60_000, 2015, 1955, 0, 11_152.23, 24_000, 15_456.67),
        # 10,000: half of 1,412.96 (9,235.00 x 15.3%) is 706.48; 20% of 9,293.52 is 1,858.70.
        # 415(c) is held against 7,434.82, of which 5,576.12 are left for deferrals, and no room.
        (10_000, 2025, 1982, 0, 1_858.70, 5_576.12, 0),
    ],
)
def test_a_profit_gives_the_employers_share_the_deferrals_and_the_room(
    profit: int,
    years: int,
    birth_year: int,
    w2_wages: int,
    employer: float,
    deferred: float,
    room: float,
) -> None:
    year = year_of(of_profit(profit, years, birth_year, w2_wages))
    assert total(year, "nonelective") == employer
    assert year.deferrals == round(deferred * 100)
    assert (year.room, total(year, "after_tax"), year.employer_cut) == (round(room * 100), room, 0)


@pytest.mark.parametrize(("rate", "share"), [("25%", 0.2), ("10%", 0.090909)])
def test_the_rate_of_net_earnings_is_that_of_publication_560(rate: str, share: float) -> None:
    """Source: IRS Publication 560, rate table for the self-employed: 25% is .200000, 10% is .090909."""
    year = year_of(of_profit(90_000, 2022, plan=SOLO | {"nonelective": rate}))
    assert total(year, "nonelective") == pytest.approx(83_641.70 * share, abs=0.05)


def test_401a17_bounds_the_employers_share() -> None:
    """Net earnings above 400,000 at 10% in 2025: 10% of 350,000 is less than a tenth of 1.1."""
    year = year_of(of_profit(430_000, 2025, plan=SOLO | {"nonelective": "10%"}))
    assert year.earned is not None
    assert year.earned.net > 400_000_00
    assert total(year, "nonelective") == 35_000


def test_draws_are_equal_parts_of_the_net_earnings_and_the_share_comes_with_the_last() -> None:
    """83,641.70 / 12 = 6,970.14."""
    year = year_of(of_profit(90_000, 2022))
    assert {paid.paycheck.gross for paid in year.contributions} == {6_970_14}
    assert [paid.nonelective for paid in year.contributions] == [0] * 11 + [16_728_34]


def test_a_profit_is_no_fica_wages_so_catch_up_need_not_be_roth() -> None:
    """Law: IRC 414(v)(7) asks for wages of 3121(a). 24,500 and 8,000 in 2026."""
    year = year_of(of_profit(150_000, 2026, 1970))
    assert (total(year, "pre_tax"), total(year, "roth")) == (32_500, 0)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"plan": {"nonelective": "max"}}, "pay.self_employment: goes with plan.type: solo-401k"),
        ({"plan": SOLO | {"nonelective": ["3%"]}}, "of self-employment it is one share, like 25%, or max"),
        ({"plan": SOLO | {"match": [{"rate": "50%"}]}}, "all employer money is plan.nonelective"),
        ({"years": 2028, "limits": {"inflation": "2.5%"}},
         "2028 has no published Social Security wage base; write limits.overrides for 2028"),
        ({"pay": {"self_employment": {"profit": 1}, "salary": 1, "frequency": "monthly"}},
         "pay.salary: self_employment is in place of it; leave one of them out"),
        ({"pay": {"salary": 100_000, "frequency": "monthly"}},
         "plan.nonelective: max goes with pay.self_employment; write a share like 3%"),
        ({"pay": {"frequency": "monthly"}}, "pay.salary: is missing; write for example salary: 200_000"),
        ({"pay": {"self_employment": {"profit": 1}, "frequency": "monthly", "raise": "3%"}},
         "pay.raise: goes with a salary, not with self_employment; leave it out"),
    ],
)  # fmt: skip
def test_what_does_not_go_with_a_profit_is_refused(more: dict[str, Any], line: str) -> None:
    with pytest.raises(Mistakes) as caught:
        year_of(of_profit(90_000, 2022) | more)
    assert line in str(caught.value)
