"""A batch without paths: the figures of the exact engine, kept apart from those that are simulated."""

import math
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.batches.export import frame
from simulator.batches.job import key
from simulator.batches.large_scenario import is_cut
from simulator.batches.run import Batch
from simulator.batches.sources import sources
from simulator.batches.summary import summary
from simulator.paths.engine import NoEngine
from simulator.report.tables.batch import summary_tables
from tests.batches import TEMPLATE, exported

pytestmark = pytest.mark.usefixtures("here")

LOGNORMAL = "returns: {model: lognormal, paths: 64}\n"
KNOWN, SIMULATED = ("monthly", "year-end"), "per-paycheck+30d"
POLICIES = "policies: [monthly, year-end, {cadence: per-paycheck, delay: 30}]"


def mixed(folder: Path, returns: str = LOGNORMAL) -> Path:
    """A scenario with two policies that have an exact distribution, and one that has none."""
    file = folder / "mixed.yaml"
    lines = [
        POLICIES if line.startswith("policies") else line for line in TEMPLATE.split("\n") if line
    ]
    file.write_text("\n".join([*lines, returns]))
    return file


def exact(file: Path, to: Path, **how: Any) -> Batch:
    return simulator.batch(file, to, workers=1, engine="exact", **how)


def test_each_row_is_that_of_compare_with_the_same_engine(tmp_path: Path) -> None:
    """By policy it says whether it is exact; what is not known of an exact amount is NULL."""
    file = mixed(tmp_path)
    told = frame(exact(file, tmp_path / "r").folder, "results_total").set_index("policy")
    answer = simulator.compare(simulator.load(file), engine="exact").to_dict()
    for policy in answer["policies"]:
        row = told.loc[policy["policy"]]
        assert row.method == policy["method"]
        assert row.error == policy["error"] if "error" in policy else math.isnan(row.error)
        for statistic, value in policy["total"]["left_basis"].items():
            stored = row[f"left_basis_{statistic}"]
            assert stored == value if value is not None else math.isnan(stored)
    assert list(told.method) == ["exact", "exact", "simulated"]
    assert math.isnan(told.box_1_p50["monthly"])
    assert not math.isnan(told.box_2a_p50["monthly"])


def test_no_answer_of_one_engine_is_taken_for_that_of_the_other(tmp_path: Path) -> None:
    """Each is found again by the same command; without the engine nobody says how it was computed."""
    file, to = mixed(tmp_path), tmp_path / "r"
    scenario = simulator.load(file)
    assert key(scenario) != key(scenario, exact=True)
    assert exact(file, to).known == 0
    assert simulator.batch(file, to, workers=1).known == 0
    assert frame(to, "results_total").method.isna().all()
    assert exact(file, to).known == 1
    assert list(frame(to, "results_total").method) == ["exact", "exact", "simulated"]
    assert simulator.batch(file, to, workers=1).known == 1


def test_returns_without_an_exact_distribution_fail_in_a_line_that_names_them(
    tmp_path: Path,
) -> None:
    """The job fails, and no other."""
    done = exact(mixed(tmp_path), tmp_path / "r", grid=["returns.model=garch,lognormal"])
    assert (done.jobs, done.failed) == (2, 1)
    (told,) = done.failures().message
    assert told == (
        "the engine exact knows the distribution of lognormal returns, and these are garch; leave the "
        "engine out, or write returns.model: lognormal"
    )


def test_only_what_is_simulated_of_a_large_scenario_is_cut(tmp_path: Path) -> None:
    """In pieces its answer is the same to the last bit; one that needs no path is never cut."""
    file = mixed(tmp_path, "returns: {model: lognormal, paths: 6_000}\n")
    whole, cut = exact(file, tmp_path / "whole"), exact(file, tmp_path / "cut", piece=1 << 18)
    (job,) = sources([file], exact=True).jobs()
    assert is_cut(job, job.scenario(), 1 << 18)
    for view in ("results", "results_total"):
        assert exported(whole.folder, view) == exported(cut.folder, view)
    (alone,) = sources([file], settings=["policies=[monthly, year-end]"], exact=True).jobs()
    assert not is_cut(alone, alone.scenario(), 1 << 18)
    assert is_cut(alone._replace(exact=False), alone.scenario(), 1 << 18)


def test_wealth_of_a_large_scenario_is_that_of_compare(tmp_path: Path) -> None:
    """It is told path by path of whole timelines, so that the scenario is not cut."""
    file = mixed(tmp_path, f"{LOGNORMAL}wealth: {{outside_return: 4%}}\n")
    told = frame(simulator.batch(file, tmp_path / "r", workers=1, piece=1).folder, "results_total")
    answer = simulator.compare(simulator.load(file))
    assert list(told.wealth_mean) == [answer[name]["wealth"]["mean"] for name in told.policy]


def test_a_summary_says_which_means_are_exact(tmp_path: Path) -> None:
    to = tmp_path / "r"
    exact(mixed(tmp_path), to, grid=["pay.salary=90_000,100_000"])
    summed = summary(to)
    assert [one["exact"] for one in summed.records()] == [1, 1, 0] * 2
    assert f"Simulated: {SIMULATED}. All other means are exact." in notes(to)
    exact(mixed(tmp_path), to, settings=["policies=[monthly]"])
    assert "Every scenario's mean is exact, without paths." in notes(to)
    simulator.batch(mixed(tmp_path), to, workers=1)
    assert not any("exact" in note for note in notes(to))
    assert not any("exact" in one for one in summary(to).records())


def notes(folder: Path) -> list[str]:
    return [note for table in summary_tables(summary(folder)) for note in table.notes]


def test_another_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoEngine, match="a batch has no engine 'gpu'; choose one of auto, exact"):
        simulator.batch(mixed(tmp_path), tmp_path / "r", engine="gpu")
