"""Many paths: the same whatever the order of work, equal to the ledger, and as sure as they claim to be."""

import math
from typing import Any

import numpy as np
import pytest

import simulator
from simulator.answer.comparison import Comparison
from simulator.answer.statistics import Estimate, distribution, standard_error
from simulator.conversion.amounts import YearOutcome
from simulator.notation.ranges import BadRange, values
from simulator.paths import blocks
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of
from simulator.sweeps import SweepError, sweep_delay, sweep_field
from tests.documents import emily

POLICIES = "policies=[per-paycheck, {cadence: per-paycheck, delay: 3}, monthly, year-end]"


def lognormal(*settings: str) -> Scenario:
    """Emily under lognormal returns; few paths."""
    return emily("returns.model=lognormal", "returns.paths=600", POLICIES, *settings)


def taxable(comparison: Comparison, name: str) -> Any:
    """Box 2a over all forms of a policy. [cents; path]"""
    return comparison.result(name).total("box_2a")


def test_results_do_not_depend_on_the_size_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compare(lognormal())
    monkeypatch.setattr(blocks, "BLOCK", 96)
    parts = compare(lognormal())
    assert whole.to_dict() == parts.to_dict()
    for one, other in zip(whole.results, parts.results, strict=True):
        assert np.array_equal(one.total("box_1"), other.total("box_1"))


@pytest.mark.parametrize("sampling", ["quasi", "random"])
def test_more_paths_keep_the_earlier_ones(sampling: str) -> None:
    few = compare(lognormal(f"returns.sampling={sampling}"))
    many = compare(lognormal(f"returns.sampling={sampling}", "returns.paths=1_000"))
    assert np.array_equal(taxable(few, "year-end"), taxable(many, "year-end")[:600])


def test_one_more_policy_changes_no_others_figures() -> None:
    before = compare(lognormal()).to_dict()["policies"]
    more = POLICIES.replace("]", ", quarterly, {cadence: weekly, delay: 90}]")
    after = compare(lognormal(more)).to_dict()["policies"]
    assert after[: len(before)] == before


def test_another_seed_gives_other_paths_with_the_same_answer() -> None:
    one, other = compare(lognormal()), compare(lognormal("returns.seed=7"))
    a, b = taxable(one, "monthly"), taxable(other, "monthly")
    assert not np.array_equal(a, b)
    error = np.hypot(standard_error(a, 16), standard_error(b, 16))
    assert abs(a.mean() - b.mean()) < 4 * error


@pytest.mark.parametrize("rule", ["carry-forward", "carry-within-year", "forfeit"])
@pytest.mark.parametrize("path", [0, 31, 599])
def test_the_ledger_replays_a_path_of_the_kernel_to_the_cent(rule: str, path: int) -> None:
    scenario = lognormal(f"plan.basis_after_loss={rule}", "plan.conversion.fee=12")
    comparison = compare(scenario)
    for result in comparison.results:
        posted = ledger_of(scenario, result.policy, path).outcome
        for year, of_year in posted.years.items():
            for column in YearOutcome.__slots__:
                cents = getattr(result.outcome.years[year], column)
                assert (cents if isinstance(cents, int) else cents[path]) == getattr(
                    of_year, column
                )
        assert result.outcome.roth_end[path] == posted.roth_end


def test_law_6_the_mean_gain_converted_has_its_closed_form() -> None:
    """The gain converted is Box 1 less the contributions; on 100 seeds its z-scores are standard normal."""
    scores = []
    for seed in range(100):
        scenario = lognormal("returns.sampling=random", "returns.paths=400", f"returns.seed={seed}")
        sweep = sweep_delay(scenario, scenario.policies[1], [3])
        result = compare(scenario).results[1]
        gain = result.total("box_1") - 2_000_000
        assert sweep.closed_form is not None
        scores.append((gain.mean() / 100 - sweep.closed_form[0]) / (standard_error(gain) / 100))
    squares = np.square(scores)
    assert np.sum(squares > 9) <= 2  # expected 0.27 of 100 beyond three standard errors
    assert 61.9 < squares.sum() < 149.4  # chi-square with 100 degrees of freedom, 0.1% on each side


def test_the_mean_of_box_2a_is_at_least_the_closed_form_of_the_gain() -> None:
    scenario = lognormal()
    sweep = sweep_delay(scenario, scenario.policies[0], [0, 3, 30, 120])
    assert sweep.closed_form is not None
    for point, gain in zip(sweep.points, sweep.closed_form, strict=True):
        assert point.box_2a["mean"] >= gain - 3 * point.box_2a["se"]


def test_the_lattices_standard_error_is_honest_and_smaller() -> None:
    """Over 60 seeds the year-end mean scatters as its standard error says, and far less than plain paths."""
    means, errors = [], []
    for seed in range(60):
        comparison = compare(lognormal(f"returns.seed={seed}", "returns.paths=1_024"))
        cents = taxable(comparison, "year-end")
        means.append(cents.mean())
        errors.append(standard_error(cents, 16))
    scatter, claimed = np.std(means, ddof=1), np.sqrt(np.mean(np.square(errors)))
    assert 0.7 < scatter / claimed < 1.4
    plain = compare(lognormal("returns.sampling=random", "returns.paths=1_024"))
    assert claimed < standard_error(taxable(plain, "year-end")) / 2


@pytest.mark.parametrize(
    ("policy", "forfeit_over_carry"),
    [("per-paycheck+3d", (2.3, 2.9)), ("monthly", (1.6, 2.3)), ("year-end", (1.0, 1.0))],
)
def test_forfeited_basis_taxes_more_the_oftener_one_converts(
    policy: str, forfeit_over_carry: tuple[float, float]
) -> None:
    """House measurement: a 3-day lag is taxed about 2.6 times as high; a single conversion all the same."""
    means = {}
    for rule in ("carry-forward", "carry-within-year", "forfeit"):
        scenario = lognormal(
            f"plan.basis_after_loss={rule}", "returns.volatility=18%", "returns.paths=4_096"
        )
        means[rule] = taxable(compare(scenario), policy).mean()
    low, high = forfeit_over_carry
    assert low <= means["forfeit"] / means["carry-within-year"] <= high
    assert means["carry-forward"] == means["carry-within-year"]  # one year: there is no later one


def test_the_difference_between_policies_is_surer_than_either() -> None:
    comparison = compare(lognormal("returns.sampling=random"))
    plus = comparison.to_dict()["policies"][2]["total"]["box_2a_over_first"]
    year_end, monthly = comparison.result("year-end"), comparison.result("monthly")
    difference = taxable(comparison, "year-end") - taxable(comparison, "monthly")
    paired = standard_error(year_end.earnings_moved - monthly.earnings_moved)
    apart = math.hypot(
        standard_error(taxable(comparison, "year-end")),
        standard_error(taxable(comparison, "monthly")),
    )
    assert paired == difference.std(ddof=1) / math.sqrt(600)
    assert paired < apart
    assert plus["mean"] == pytest.approx(taxable(comparison, "monthly").mean() / 100, abs=0.006)


def test_until_begins_with_enough_paths_to_know_an_error() -> None:
    """One path has no error, and would look sure."""
    comparison = compare(lognormal("returns.paths=1"), until=1_000.0)
    assert comparison.paths == 1_024
    with pytest.raises(ValueError, match="write dollars above 0"):
        compare(lognormal(), until=float("nan"))


def test_until_adds_paths_until_the_error_is_small_enough() -> None:
    comparison = compare(lognormal(), until=2.0)
    assert comparison.paths > 600
    assert comparison.error < 200
    assert compare(lognormal(f"returns.paths={comparison.paths // 2}")).error >= 200
    same = compare(lognormal(f"returns.paths={comparison.paths}"))
    assert same.to_dict()["policies"] == comparison.to_dict()["policies"]


def test_progress_counts_every_path() -> None:
    seen: list[tuple[int, int]] = []
    compare(
        lognormal("returns.paths=9_000"), progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(4_096, 9_000), (8_192, 9_000), (9_000, 9_000)]


def test_a_sweep_over_the_delay_gives_what_compare_gives() -> None:
    scenario = lognormal()
    sweep = sweep_delay(scenario, scenario.policies[0], [0, 3])
    comparison = compare(scenario)
    for point, name in zip(sweep.points, ("per-paycheck", "per-paycheck+3d"), strict=True):
        assert point.box_2a == comparison.statistics(taxable(comparison, name), taxable=True)
    assert {one.policy: one.box_2a for one in sweep.marks} == {
        one.policy.name: comparison.statistics(one.total("box_2a"), taxable=True)
        for one in comparison.results
    }


def test_delays_that_end_on_the_same_sessions_are_one_result() -> None:
    """Emily is paid on Fridays: one, two and three days later is Monday."""
    scenario = emily("returns.model=lognormal", "returns.paths=64")
    sweep = sweep_delay(scenario, scenario.policies[0], [1, 2, 3])
    one, two, three = (point.box_2a for point in sweep.points)
    assert one == two == three


def test_a_sweep_knows_differences_better_than_means() -> None:
    """On the same paths: the paired error, from the amounts themselves, is far below that of either mean."""
    scenario = lognormal()
    year_end = scenario.policy("year-end")
    sweep = sweep_delay(scenario, year_end, [0, 30])
    pair = [scenario.model_copy(update={"policies": (year_end.model_copy(update={"delay": days}),)})
            for days in (0, 30)]  # fmt: skip
    none, thirty = (compare(one).results[0].total("box_2a") for one in pair)
    told = sweep.points[1].over_first
    assert told is not None
    assert told["mean"] == pytest.approx((thirty - none).mean() / 100, abs=0.006)
    assert told["se"] == pytest.approx(standard_error(thirty - none, 16) / 100, abs=0.006)
    apart = math.hypot(*(point.box_2a["se"] for point in sweep.points))
    assert told["se"] < apart / 2
    by_field = sweep_field(scenario, "plan.eligibility_days", [0, 30], "year-end")
    assert by_field.points[1].over_first == told


def test_a_sweep_follows_a_policy_whose_name_changes_with_the_value() -> None:
    scenario = emily("policies=[per-paycheck, {cadence: per-paycheck, delay: 3}]")
    swept = sweep_field(scenario, "policies.1.delay", [3, 30], "per-paycheck+3d")
    assert [point.box_2a["mean"] for point in swept.points] == [11.88, 115.93]
    with pytest.raises(SweepError, match="there is no policy in the place of per-paycheck\\+3d"):
        sweep_field(scenario, "policies", ["[monthly]"], "per-paycheck+3d")


def test_a_sweep_over_the_paths_says_so_and_keeps_the_question() -> None:
    from simulator.report.sentences import over

    scenario = lognormal()
    model = sweep_field(scenario, "returns.model", ["lognormal", "constant"], "year-end")
    assert (model.paths, model.scenario) == (scenario.returns.paths, scenario)
    assert model.points[0].box_2a["se"] > 0 == model.points[1].box_2a["se"]
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
    assert [point.box_2a["mean"] for point in sweep.points] == [305.98, 508.36]
    assert sweep.to_dict()["field"] == "returns.annual_return"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:10:5", ["0", "5", "10"]),
        ("0:11:5", ["0", "5", "10"]),
        ("5%:6%:0.5%", ["5.0%", "5.5%", "6.0%"]),
        ("$100:$300:$100", ["$100", "$200", "$300"]),
        ("carry-forward, forfeit", ["carry-forward", "forfeit"]),
        (
            "[{rate: 50%, up_to: 6%}],[{rate: 100%, up_to: 3%}]",
            ["[{rate: 50%, up_to: 6%}]", "[{rate: 100%, up_to: 3%}]"],
        ),
        ("0%,{amount: 6_000, date: 2025-12-31}", ["0%", "{amount: 6_000, date: 2025-12-31}"]),
        ("[monthly, never],[year-end]", ["[monthly, never]", "[year-end]"]),
        ("'a, b',c", ["'a, b'", "c"]),
    ],
)
def test_values_of_a_sweep_keep_the_notation_of_the_first(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text", ["", "1:2", "a:b:c", "5:1:1", "0:10:0", "0:100000:1", "$100,000,$200,000"]
)
def test_a_range_that_is_none_is_answered_with_a_line(text: str) -> None:
    with pytest.raises(BadRange):
        values(text)


@pytest.mark.parametrize(
    ("value", "error", "written"),
    [
        (117_077.0, 300.0, "1,171"),
        (117_077.0, 3_000.0, "1,170"),
        (3_036.0, 13.0, "30.4"),
        (3_035.0, 0.2, "30.35"),
        (0.0, 0.0, "0.00"),
        (123_456_789.0, 2_000_000.0, "1,230,000"),
    ],
)
def test_an_estimate_shows_the_digits_that_its_error_supports(
    value: float, error: float, written: str
) -> None:
    assert str(Estimate(value, error)) == written


def test_statistics_are_as_defined() -> None:
    """Sd divides by n, percentiles interpolate linearly, se is that of the mean."""
    cents = np.array([0.0, 100.0, 200.0, 700.0])
    assert distribution(cents, taxable=True) == {
        "mean": 2.50, "sd": 2.69, "se": 1.55, "p5": 0.15, "p25": 0.75, "p50": 1.50, "p75": 3.25,
        "p95": 6.25, "zero_share": 0.25,
    }  # fmt: skip
