"""Exact figures against the simulation's, which knows nothing of them: within four standard errors."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean, standard_error
from simulator.notation.specification import replaced
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.commands import ROOT

SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))

EVENTFUL = (
    "policies=[per-paycheck, {cadence: per-paycheck, delay: 5}, monthly, year-end, never, "
    "{cadence: dates, dates: [2025-01-03, 2025-03-14, 2025-12-01]}]"
)
SETTINGS = [
    ("uneven-year", ()),
    (
        "uneven-year",
        (EVENTFUL, "plan.conversion.fee=25", "plan.opening={after_tax: 0, basis: 500}"),
    ),
    ("uneven-year", (EVENTFUL, "plan.conversion.to=split", "plan.deposit_lag=3")),
    (
        "uneven-year",
        ("plan.opening={after_tax: 12_000, basis: 10_000, roth: 5_000}", "until=2025-09-30"),
    ),
    ("uneven-year", ("taxes={status: single, state: NY}", "plan.basis_after_loss=forfeit")),
    ("ten-uneven-years", ("years=2025-2027", "plan.basis_after_loss=carry-within-year")),
    ("ten-uneven-years", ("years=2025-2027", EVENTFUL)),
]


PLAIN = "returns.paths=8192", "returns.sampling=random"
"""Independent paths: the standard error of a lattice is that of few means."""


def amounts(comparison: Comparison, result: PolicyResult) -> Iterator[tuple[str, Any]]:
    """Every amount of a policy by name. [cents; path]"""
    outcome, name = result.outcome, result.policy.name
    for column in ("box_1", "box_2a", "box_5", "fees", "ira", "forfeited"):
        yield f"{name} {column}", result.total(column)
    for column in ("left_value", "left_basis", "roth_end", "ira_end"):
        yield f"{name} {column}", getattr(outcome, column)
    for year, of_year in outcome.years.items():
        for column in ("box_1", "box_2a", "ira", "forfeited", "left_value", "left_basis"):
            yield f"{name} {year} {column}", getattr(of_year, column)
        yield f"{name} {year} left earnings", of_year.left_earnings
        yield f"{name} {year} tax", comparison.year_tax(result, year).total
    yield f"{name} tax", comparison.tax(result)


def of_exact(question: Scenario) -> Scenario | None:
    """A question with those of its policies alone that are exact, if there are any."""
    few = question.varied("returns.paths=16")  # for those that are not
    told = zip(question.policies, compare(few, engine="exact").results, strict=True)
    exact = [one for one, known in told if known.exactness and not known.exactness.why_not]
    return replaced(question, policies=tuple(exact)) if exact else None


def apart(
    question: Scenario, seeds: Sequence[int] = (1,), engine: str = "numpy"
) -> dict[str, float]:
    """How far each exact mean lies from the simulated one, over the paths of all seeds. [standard errors]

    Where no path differs from another a cent for each conversion is allowed, by which rounding may move it.
    """
    exact = compare(question, engine="exact")
    runs: dict[str, list[tuple[float, float]]] = {}
    for seed in seeds:
        simulated = compare(question.varied(f"returns.seed={seed}"), engine=engine)
        for drawn in simulated.results:
            for name, cents in amounts(simulated, drawn):
                error = standard_error(cents, question.returns.randomisations)
                runs.setdefault(name, []).append((mean(cents), error))
    found = {}
    for known in exact.results:
        for name, expected in amounts(exact, known):
            means, errors = zip(*runs[name], strict=True)
            error = sum(one**2 for one in errors) ** 0.5 / len(seeds)
            beyond = abs(mean(expected) - sum(means) / len(seeds))
            found[name] = beyond / error if error else max(0.0, beyond - known.conversions)
    return found


@pytest.mark.parametrize(("file", "settings"), SETTINGS)
def test_means_are_those_of_the_paths(file: str, settings: tuple[str, ...]) -> None:
    question = load(ROOT / "scenarios" / f"{file}.yaml", [*settings, *PLAIN])
    told = compare(question, engine="exact").results
    assert [one.exactness.why_not for one in told if one.exactness] == [""] * len(told)
    far = {name: round(errors, 1) for name, errors in apart(question).items() if errors > 4}
    assert far == {}


@pytest.mark.parametrize("settings", [(), ("plan.basis_after_loss=forfeit",)])
def test_the_distribution_is_that_of_the_paths(settings: tuple[str, ...]) -> None:
    """The share of the paths up to each exact percentile, within four standard errors."""
    question = load(
        ROOT / "scenarios" / "uneven-year.yaml",
        [
            *settings,
            "returns.paths=16384",
            "returns.sampling=random",
            "policies=[monthly, year-end]",
        ],
    )
    exact, simulated = compare(question, engine="exact"), compare(question, engine="numpy")
    for known, drawn in zip(exact.results, simulated.results, strict=True):
        for percent in (50, 75, 95):
            share = float((drawn.taxable <= known.taxable.percentile(percent)).mean())
            assert share == pytest.approx(percent / 100, abs=4 * 0.5 / 128)
        nothing = float((drawn.taxable == 0).mean())
        assert nothing == pytest.approx(known.taxable.zero_share, abs=4 * 0.5 / 128)


MANY = "returns={model: lognormal, sampling: random, paths: 125_000}", range(8)
"""The setting of a million independent paths, and their seeds: an eighth of them at a time finds room."""


@pytest.mark.many_paths
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_shipped_scenario_agrees_with_a_million_paths(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a lognormal fund, those of its policies that are exact; says how far they are apart."""
    setting, seeds = MANY
    question = of_exact(replaced(load(file, [setting]), wealth=None))
    found = apart(question, seeds, "auto") if question else {}
    errors = [error for error in found.values() if error]
    with capsys.disabled():
        square = (sum(error**2 for error in errors) / max(1, len(errors))) ** 0.5
        worst = max(errors, default=0.0)
        told = f"{len(errors)} means, root mean square {square:.2f}, worst {worst:.2f}"
        sys.stdout.write(f"\n{file.stem}: {told} standard errors")
    assert {name: round(error, 1) for name, error in found.items() if error > 4} == {}
