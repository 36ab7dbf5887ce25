"""A sweep: the same figures as comparisons one by one, and its differences surer than either."""

import math

import pytest

import simulator
from simulator import plot, sweep
from simulator.answer.statistics import standard_error
from simulator.notation.ranges import values
from simulator.notation.specification import replaced
from simulator.report.pictures.heat import TooManySquares
from simulator.report.sentences import over
from simulator.report.tables.grid import grid_table
from simulator.report.tables.sweep import sweep_table
from simulator.simulation import compare
from simulator.sweeps import SweepError, sweep_delay, sweep_field, sweep_grid
from simulator.sweeps.measures import NoMeasure
from tests.documents import emily, lognormal
from tests.tables import box_2a


def test_a_sweep_over_the_delay_gives_what_compare_gives() -> None:
    scenario = lognormal()
    sweep = sweep_delay(scenario, scenario.policies[0], [0, 3])
    comparison = compare(scenario)
    for point, name in zip(sweep.points, ("per-paycheck", "per-paycheck+3d"), strict=True):
        assert point.amount == comparison.statistics(box_2a(comparison, name), taxable=True)
    assert {one.policy: one.amount for one in sweep.marks} == {
        one.policy.name: comparison.statistics(one.total("box_2a"), taxable=True)
        for one in comparison.results
    }


def test_delays_that_end_on_the_same_sessions_are_one_result() -> None:
    """Emily is paid on Fridays: one, two and three days later is Monday."""
    scenario = emily("returns.model=lognormal", "returns.paths=64")
    sweep = sweep_delay(scenario, scenario.policies[0], [1, 2, 3])
    one, two, three = (point.amount for point in sweep.points)
    assert one == two == three


def test_a_sweep_knows_differences_better_than_means() -> None:
    """On the same paths: the paired error, from the amounts themselves, is far below that of either mean."""
    scenario = lognormal()
    year_end = scenario.policy("year-end")
    sweep = sweep_delay(scenario, year_end, [0, 30])
    pair = [replaced(scenario, policies=(replaced(year_end, delay=days),))
            for days in (0, 30)]  # fmt: skip
    none, thirty = (compare(one).results[0].total("box_2a") for one in pair)
    told = sweep.points[1].over_first
    assert told is not None
    assert told["mean"] == pytest.approx((thirty - none).mean() / 100, abs=0.006)
    assert told["se"] == pytest.approx(standard_error(thirty - none, 16) / 100, abs=0.006)
    apart = math.hypot(*(point.amount["se"] for point in sweep.points))
    assert told["se"] < apart / 2
    by_field = sweep_field(scenario, "plan.eligibility_days", [0, 30], "year-end")
    assert by_field.points[1].over_first == told


def test_a_sweep_follows_a_policy_whose_name_changes_with_the_value() -> None:
    scenario = emily("policies=[per-paycheck, {cadence: per-paycheck, delay: 3}]")
    swept = sweep_field(scenario, "policies.1.delay", [3, 30], "per-paycheck+3d")
    assert [point.amount["mean"] for point in swept.points] == [11.88, 115.93]
    with pytest.raises(SweepError, match="there is no policy in the place of per-paycheck\\+3d"):
        sweep_field(scenario, "policies", ["[monthly]"], "per-paycheck+3d")


def test_a_sweep_over_the_paths_says_so_and_keeps_the_question() -> None:
    scenario = lognormal()
    model = sweep_field(scenario, "returns.model", ["lognormal", "constant"], "year-end")
    assert (model.paths, model.scenario) == (scenario.returns.paths, scenario)
    assert model.points[0].amount["se"] > 0 == model.points[1].amount["se"]
    assert over(model) == f"{scenario.returns.paths:,} paths, seed 2025"
    counts = sweep_field(scenario, "returns.paths", [64, 32], "year-end")
    assert (counts.paths, over(counts)) == (64, "many lognormal paths, seed 2025")


def test_money_that_stays_behind_is_said_of_points_and_policies() -> None:
    scenario = emily().varied("policies=[monthly, never]")
    dates = scenario.varied("policies=[{cadence: dates, dates: [2025-12-15]}]").policies[0]
    swept = sweep_delay(scenario, dates, [0, 100])
    assert [point.leaves_money for point in swept.points] == [True, True]
    assert [mark.leaves_money for mark in swept.marks] == [False, True]


def test_the_library_sweeps_in_one_call() -> None:
    scenario = emily()
    assert simulator.sweep(scenario, delay=[0, 3]).values == [0, 3]
    lags = simulator.sweep(scenario, "monthly", vary="plan.deposit_lag", values=[0, 1])
    assert lags.values == [0, 1]
    with pytest.raises(SweepError):
        simulator.sweep(scenario)


def test_a_sweep_over_a_field_checks_each_value() -> None:
    scenario = emily()
    rates = ["3%", "5%"]
    sweep = sweep_field(scenario, "returns.annual_return", rates, "year-end")
    assert sweep.values == rates
    assert [point.amount["mean"] for point in sweep.points] == [305.98, 508.36]
    assert sweep.to_dict()["field"] == "returns.annual_return"


def test_a_sweep_over_nothing_is_refused() -> None:
    with pytest.raises(SweepError, match="there are no values to sweep over"):
        sweep_field(emily(), "returns.annual_return", [], "year-end")


def test_a_sweep_over_start_years_says_so() -> None:
    """The bundled prices have 1999 to 2018, and nothing of this goes beyond its year."""
    each = emily("returns={model: history, start: each}", "policies=[per-paycheck]")
    assert over(sweep_delay(each, each.policies[0], [0])) == "20 start years of the history"
    long = each.varied(
        "years=2025-2043", "limits.inflation=2%"
    )  # and delays reach beyond 2018 from 2000
    alone = sweep_delay(long, long.policies[0], [0, 90])
    assert alone.paths == 1
    assert [point.over_first for point in alone.points] == [None, None]


def test_a_table_says_where_money_stays_behind() -> None:
    """What is paid from July on lands after the one date, and no policy `never` has any."""
    one_date = emily("policies=[{cadence: dates, dates: [2025-06-30]}]")
    always = sweep_table(sweep_delay(one_date, one_date.policies[0], [0, 100]))
    assert "Money stays behind for good everywhere: its earnings are not yet taxed." in always.notes
    dated = "[monthly],[never]"
    some = sweep_table(sweep_field(emily(), "policies", values(dated)))
    assert "Money stays behind for good at [never]: its earnings are not yet taxed." in some.notes


def test_a_sweep_in_tax_has_the_tax_of_each_delay() -> None:
    """Emily, 3 days: Box 2a 11.88 and 115.93 at 30 days; at 24% 2.85, and 27.82 of both years' forms."""
    swept = sweep(emily("taxes={federal: 24%}"), delay=[3, 30], of="tax")
    assert [point.amount["mean"] for point in swept.points] == [2.85, 27.83]  # 24.23 + 3.60
    assert swept.to_dict()["points"][0].keys() == {"value", "tax"}


def test_a_field_sweep_in_tax_is_the_tax_of_the_comparison() -> None:
    rates = sweep(emily(), "year-end", vary="taxes", values=["{federal: 24%}", "{federal: 32%}"])
    assert [point.amount["mean"] for point in rates.points] == [709.49, 709.49]
    asked = emily("taxes={federal: 24%}")
    taxed = sweep(asked, "year-end", vary="taxes.federal", values=["24%", "32%"], of="tax")
    assert [point.amount["mean"] for point in taxed.points] == [170.28, 227.04]


def test_tax_is_swept_only_where_there_are_taxes() -> None:
    with pytest.raises(NoMeasure, match="the scenario has no taxes"):
        sweep(emily(), delay=[0], of="tax")
    with pytest.raises(NoMeasure, match="'taxes' is nothing to sweep; did you mean 'tax'"):
        sweep(emily(), delay=[0], of="taxes")


GROWTH_AND_WAIT: list[tuple[str, list[object]]] = [
    ("returns.annual_return", ["3%", "5%"]),
    ("plan.eligibility_days", [0, 30]),
]


def test_a_grid_has_each_pair_and_equals_the_sweep_over_one_field() -> None:
    """Row by row; the column of no wait is what the sweep over the growth has."""
    grid = sweep_grid(emily(), GROWTH_AND_WAIT, "year-end")
    assert [cell.values for cell in grid.cells] == [("3%", 0), ("3%", 30), ("5%", 0), ("5%", 30)]
    one = sweep(emily(), "year-end", vary="returns.annual_return", values=["3%", "5%"])
    assert [row[0].amount for row in grid.rows] == [point.amount for point in one.points]
    assert [tuple(one["values"]) for one in grid.to_dict()["points"]] == [
        c.values for c in grid.cells
    ]


def test_a_grid_is_a_table_and_a_picture() -> None:
    grid = sweep_grid(emily(), GROWTH_AND_WAIT, "year-end")
    table = grid_table(grid)
    assert [column.header for column in table.columns] == ["returns.annual_return", "0", "30"]
    assert [row[:2] for row in table.rows] == [("3%", "305.98"), ("5%", "508.36")]
    assert table.notes == ("Across: plan.eligibility_days.",)
    picture = plot(grid)
    shown = [text.get_text() for text in picture.axes[0].texts]
    assert shown[0] == "$306" and len(shown) == 4
    assert "3%: $306" in str(picture.get_label())


def test_a_grid_needs_two_fields_and_room() -> None:
    with pytest.raises(SweepError, match="two different fields"):
        sweep_grid(emily(), [("returns.annual_return", ["3%"])])
    days = [str(day) for day in range(13)]
    wide = sweep_grid(emily(), [("taxes.federal", ["1%"]), ("plan.deposit_lag", days)])
    with pytest.raises(TooManySquares, match="1 by 13 values are too many"):
        plot(wide)


def test_a_sweep_in_wealth_is_that_of_the_comparison() -> None:
    asked = emily("taxes={federal: 24%}", "wealth={outside_return: 4%}")
    swept = sweep(asked, "year-end", vary="wealth.hold", values=[0, 30], of="wealth")
    told = compare(asked).to_dict()["policies"][2]["total"]["wealth"]["mean"]
    assert swept.points[0].amount["mean"] == told
    delayed = sweep(asked, delay=[0], of="wealth")
    first = compare(asked).to_dict()["policies"][0]["total"]["wealth"]["mean"]
    assert [point.amount["mean"] for point in delayed.points] == [first]
    with pytest.raises(NoMeasure, match="asks for no wealth; write for example wealth"):
        sweep(emily("taxes={federal: 24%}"), delay=[0], of="wealth")
