"""Many paths: the same whatever the order of work, equal to the ledger, and as sure as they claim to be."""

import math

import numpy as np
import pytest

from simulator.answer.statistics import standard_error
from simulator.conversion.amounts import YearOutcome
from simulator.paths import blocks
from simulator.simulation import compare, ledger_of
from simulator.sweeps import sweep_delay
from tests.documents import FOUR, lognormal
from tests.tables import box_2a


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
    assert np.array_equal(box_2a(few, "year-end"), box_2a(many, "year-end")[:600])


def test_one_more_policy_changes_no_others_figures() -> None:
    before = compare(lognormal()).to_dict()["policies"]
    more = FOUR.replace("]", ", quarterly, {cadence: weekly, delay: 90}]")
    after = compare(lognormal(more)).to_dict()["policies"]
    assert after[: len(before)] == before


def test_another_seed_gives_other_paths_with_the_same_answer() -> None:
    one, other = compare(lognormal()), compare(lognormal("returns.seed=7"))
    a, b = box_2a(one, "monthly"), box_2a(other, "monthly")
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
        assert point.amount["mean"] >= gain - 3 * point.amount["se"]


def test_the_lattices_standard_error_is_honest_and_smaller() -> None:
    """Over 60 seeds the year-end mean scatters as its standard error says, and far less than plain paths."""
    means, errors = [], []
    for seed in range(60):
        comparison = compare(lognormal(f"returns.seed={seed}", "returns.paths=1_024"))
        cents = box_2a(comparison, "year-end")
        means.append(cents.mean())
        errors.append(standard_error(cents, 16))
    scatter, claimed = np.std(means, ddof=1), np.sqrt(np.mean(np.square(errors)))
    assert 0.7 < scatter / claimed < 1.4
    plain = compare(lognormal("returns.sampling=random", "returns.paths=1_024"))
    assert claimed < standard_error(box_2a(plain, "year-end")) / 2


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
        means[rule] = box_2a(compare(scenario), policy).mean()
    low, high = forfeit_over_carry
    assert low <= means["forfeit"] / means["carry-within-year"] <= high
    assert means["carry-forward"] == means["carry-within-year"]  # one year: there is no later one


def test_the_difference_between_policies_is_surer_than_either() -> None:
    comparison = compare(lognormal("returns.sampling=random"))
    plus = comparison.to_dict()["policies"][2]["total"]["box_2a_over_first"]
    year_end, monthly = comparison.result("year-end"), comparison.result("monthly")
    difference = box_2a(comparison, "year-end") - box_2a(comparison, "monthly")
    paired = standard_error(year_end.earnings_moved - monthly.earnings_moved)
    apart = math.hypot(
        standard_error(box_2a(comparison, "year-end")),
        standard_error(box_2a(comparison, "monthly")),
    )
    assert paired == difference.std(ddof=1) / math.sqrt(600)
    assert paired < apart
    assert plus["mean"] == pytest.approx(box_2a(comparison, "monthly").mean() / 100, abs=0.006)


def test_until_begins_with_enough_paths_to_know_an_error() -> None:
    """One path has no error, and would look sure."""
    comparison = compare(lognormal("returns.paths=1"), until=1_000.0)
    assert comparison.paths == 1_024
    with pytest.raises(ValueError, match="write dollars above 0"):
        compare(lognormal(), until=float("nan"))


def test_until_takes_the_start_years_that_there_are() -> None:
    scenario = lognormal("returns={model: history, start: each}")
    assert compare(scenario, until=1.0).paths == compare(scenario).paths


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
        lognormal("returns.paths=9_000"),
        progress=lambda done, total: seen.append((done, total)),
        engine="numpy",
    )
    assert seen == [(4_096, 9_000), (8_192, 9_000), (9_000, 9_000)]
