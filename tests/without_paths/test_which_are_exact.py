"""What is exact is decided on the timeline; where something is not, it says why."""

import json
from typing import Any

import pytest

from simulator import Refused, best, compare, plot, sweep
from simulator.answer.comparison import Comparison
from simulator.report.tables.answer import answer_table
from simulator.scenario.scenario import Scenario
from tests.commands import ROOT, Run
from tests.documents import EMILY, scenario

UNEVEN: dict[str, Any] = EMILY | {"returns": {"model": "lognormal", "paths": 1_024}}
WAITS = {"cadence": "per-paycheck", "delay": 30}
YOUNGER = "a conversion leaves younger money behind"


def uneven(*settings: str, **changed: Any) -> Scenario:
    """Emily in a lognormal fund."""
    return scenario(UNEVEN | changed, *settings)


def exact(*settings: str, **changed: Any) -> Comparison:
    """Her policies without paths where that can be."""
    return compare(uneven(*settings, **changed), engine="exact")


def why_not(comparison: Comparison) -> list[str]:
    """Why each policy is simulated; empty where it is exact."""
    return [one.exactness.why_not for one in comparison.results if one.exactness]


@pytest.mark.parametrize(
    ("policy", "settings"),
    [
        ("per-paycheck", ()),
        ({"cadence": "per-paycheck", "delay": 12}, ()),
        ({"cadence": "year-end", "cutoff": 3}, ("plan.deposit_lag=3",)),
        ({"cadence": "monthly", "zero_out": True}, ("plan.conversion.max_per_year=5",)),
        ({"cadence": "dates", "dates": ["2025-06-30", "2025-12-15"]}, ("until=2025-11-20",)),
        ("never", ()),
        ("monthly", ("plan.conversion.allowed=false",)),
        ("quarterly", ("plan.conversion.to=split", "plan.conversion.fee=25")),
    ],
)
def test_conversions_that_empty_the_account_are_exact(
    policy: Any, settings: tuple[str, ...]
) -> None:
    assert why_not(exact(*settings, policies=[policy])) == [""]


@pytest.mark.parametrize(
    ("policy", "settings", "reason"),
    [
        ({"cadence": "per-paycheck", "delay": 14}, (), YOUNGER),
        ("monthly", ("plan.eligibility_days=15",), YOUNGER),
        ("monthly", ("plan.conversion.fee=100_000",), "a fee may exceed what is converted"),
        ("monthly", ("returns.volatility=0%",), "the fund does not vary"),
        ("year-end", ("returns.volatility=500%",), "the value of a batch is spread too widely"),
        (
            {"cadence": "year-end", "cutoff": 20},
            ("plan.basis_after_loss=carry-within-year",),
            "money is inside at the end of a year whose losses are not carried over",
        ),
        (
            {"cadence": "dates", "dates": ["2026-01-15"]},
            ("plan.basis_after_loss=carry-within-year", "plan.opening.basis=500"),
            "basis without value is cut at the end of a year without a conversion",
        ),
        (
            "monthly",
            ("events=[{kind: withdrawal, date: 2025-06-20, amount: 100}]",),
            "a life event or a refund pays something out",
        ),
        (
            "monthly",
            ("returns.after_tax={model: constant, annual_return: 4%}",),
            "money is parked in another fund",
        ),
    ],
)
def test_what_is_not_exact_is_simulated_and_says_why(
    policy: Any, settings: tuple[str, ...], reason: str
) -> None:
    comparison = exact(*settings, policies=[policy])
    assert why_not(comparison) == [reason]
    record = comparison.to_dict()["policies"][0]
    assert (record["method"], record["reason"]) == ("simulated", reason)
    drawn = compare(comparison.scenario).to_dict()["policies"][0]
    assert {**drawn, "method": "simulated", "reason": reason} == record


@pytest.mark.parametrize("model", ["constant", "garch", "bootstrap"])
def test_another_model_is_refused_by_its_name(model: str) -> None:
    with pytest.raises(Refused, match=f"lognormal returns, and these are {model}"):
        exact("returns.paths=64", returns={"model": model})


def test_a_policy_more_and_another_seed_change_no_exact_figure() -> None:
    alone = exact(policies=["monthly"]).to_dict()["policies"][0]
    beside = exact("returns.seed=7", "returns.paths=512", policies=[WAITS, "monthly"]).to_dict()
    del alone["total"], beside["policies"][1]["total"]  # with the difference from the first policy
    assert beside["policies"][1] == alone
    assert alone["method"] == "exact"
    assert alone["error"] == 0.07  # a cent, and half a cent for each of twelve conversions
    assert beside["simulator"]["paths"] == 512


def test_beside_a_simulated_policy_a_difference_has_its_error() -> None:
    comparison = exact(policies=["year-end", WAITS])
    added = comparison.difference("year-end", "per-paycheck+30d")["box_2a"]
    late = compare(comparison.scenario, engine="numpy")["per-paycheck+30d"]["box_2a"]
    assert added["se"] == late["se"] > 0
    assert added["mean"] == pytest.approx(
        comparison["year-end"]["box_2a"]["mean"] - late["mean"], abs=0.011
    )
    assert [added[name] for name in ("sd", "p95")] == [None, None]


def test_an_exact_amount_has_no_paths() -> None:
    answer = exact(policies=["monthly"])["monthly"]
    with pytest.raises(Refused, match="monthly is exact and has no paths"):
        answer.paths("box_2a")
    assert answer.paths("left_value") == 0


def test_of_flat_taxes_the_total_is_known_and_of_brackets_a_year() -> None:
    """24% of Box 2a. By brackets two years depend on each other, so that their sum's spread is not known."""
    flat = exact(policies=["monthly"], taxes={"federal": "24%"})["monthly"]
    assert flat["tax"]["sd"] == pytest.approx(0.24 * flat["box_2a"]["sd"], abs=0.01)
    assert flat["tax"]["p95"] == pytest.approx(0.24 * flat["box_2a"]["p95"], abs=0.01)
    single = {"status": "single"}
    one = exact(policies=["monthly"], taxes=single)["monthly"]
    assert one["tax"]["p95"] == pytest.approx(0.24 * one["box_2a"]["p95"], abs=0.01)
    two = exact(policies=["monthly"], taxes=single, years="2025-2026")["monthly"]
    assert two["tax"]["p95"] is None
    assert two.to_dict()["years"][1]["tax"]["p95"] > 0


def test_without_conversions_the_earnings_left_are_what_the_year_end_would_tax() -> None:
    never, late = exact(policies=["never", "year-end"]).results
    assert never.earnings_for_good == pytest.approx(late.taxable.mean(), abs=0.01)


def test_the_table_tells_means_to_the_cent_and_no_error() -> None:
    table = answer_table(exact(policies=["per-paycheck", "year-end"]))
    assert table.cells[1] == ["year-end", "1", "1,168.90", "0", "596", "4,111"]
    assert "Exact distribution, no paths; percentiles too." in table.notes
    assert "in one year of twenty" in table.lead[0]
    mixed = answer_table(exact(policies=["year-end", WAITS]))
    assert f"Simulated: per-paycheck+30d: {YOUNGER}." in mixed.notes


def test_a_sweep_is_exact_where_it_can_be() -> None:
    swept = sweep(uneven(policies=["per-paycheck"]), delay=[0, 5, 30], engine="exact")
    points = swept.to_dict()["points"]
    assert [point["method"] for point in points] == ["exact", "exact", "simulated"]
    assert points[1]["box_2a"]["se"] == 0
    assert points[2]["box_2a"]["se"] > 0
    rising = sweep(
        uneven(policies=["year-end"]), vary="returns.volatility", values=[0.1, 0.16], engine="exact"
    )
    means = [point["box_2a"]["mean"] for point in rising.to_dict()["points"]]
    assert means == [911.54, 1168.90]


def test_the_picture_says_how_likely_nothing_is() -> None:
    figure = plot(exact(policies=["per-paycheck", "year-end"]))
    assert "nothing with a probability of 38%" in str(figure.get_label())


def test_the_best_dates_are_weighed_on_paths() -> None:
    with pytest.raises(Refused, match="path by path"):
        best(uneven(), engine="exact")


def test_the_command_line_answers_and_refuses_in_a_line(main: Run) -> None:
    asked = (
        "compare",
        ROOT / "scenarios/uneven-year.yaml",
        "--engine",
        "exact",
        "--format",
        "json",
    )
    answer = json.loads(main(*asked).stdout)
    assert [policy["method"] for policy in answer["policies"]] == ["exact"] * 5
    assert answer["simulator"]["paths"] == 0
    ended = main("compare", ROOT / "scenarios/emily.yaml", "--engine", "exact")
    assert (ended.status, ended.stderr.count("\n")) == (2, 1)
    assert "these are constant" in ended.stderr
