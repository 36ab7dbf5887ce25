"""Values of an independent build of the method whose steps were halved until four decimals held."""

from typing import Any

import pytest

from simulator.answer.order import PERCENTILES
from simulator.distribution.known import Known
from simulator.scenario.loading import load
from simulator.simulation import compare
from tests.commands import ROOT

ONE, TEN = "uneven-year", "ten-uneven-years"
WITHIN, FORFEIT = ("plan.basis_after_loss=" + rule for rule in ("carry-within-year", "forfeit"))
OPENED = "plan.opening={after_tax: 12_000, basis: 10_000}"

KNOWN: list[tuple[str, str, tuple[str, ...], int | None, dict[str, float]]] = [
    (ONE, "per-paycheck+3d", (), None,
     {"mean": 30.1173, "sd": 25.0219, "p5": 0, "p25": 9.9349, "p50": 25.2563, "p75": 45.0743, "p95": 78.0615,
      "zero_share": 0.094317}),
    (ONE, "monthly", (), None,
     {"mean": 120.5413, "sd": 99.7369, "p5": 0, "p25": 39.4985, "p50": 103.3939, "p75": 181.3443,
      "p95": 309.6222, "zero_share": 0.119901}),
    (ONE, "quarterly", (), None,
     {"mean": 344.6950, "sd": 320.4960, "p25": 58.1364, "p50": 282.1567, "p75": 539.4141, "p95": 959.3284,
      "zero_share": 0.193348}),
    (ONE, "year-end", (), None,
     {"mean": 1168.9014, "sd": 1449.0542, "p25": 0, "p50": 596.1843, "p75": 1959.0475, "p95": 4111.2524,
      "zero_share": 0.377562}),
    (ONE, "monthly", (FORFEIT,), None,
     {"mean": 222.7790, "sd": 92.3229, "p5": 84.8270, "p25": 156.0707, "p50": 215.1193, "p75": 281.1060,
      "p95": 386.8267, "zero_share": 0.000110}),
    (ONE, "year-end", ("returns.volatility=100%",), None,
     {"mean": 5033.7860, "sd": 11524.5311, "p50": 0, "zero_share": 0.613095}),
    (ONE, "quarterly", (OPENED,), None,
     {"mean": 2510.9595, "sd": 1185.1170, "p5": 616.3942, "p25": 1679.6919, "p50": 2463.9045,
      "p75": 3286.9741, "p95": 4542.6944, "zero_share": 0.012533}),
    (TEN, "year-end", (), None, {"mean": 19587.6901, "sd": 11932.3220, "zero_share": 0.027341}),
    (TEN, "year-end", (), 2034,
     {"mean": 1931.0504, "sd": 3191.7840, "p25": 0, "p50": 0, "p75": 3023.7967, "p95": 8889.9291,
      "zero_share": 0.564900}),
    (TEN, "quarterly", (WITHIN,), None,
     {"mean": 9471.4320, "sd": 2727.9383, "zero_share": 0.0}),
]  # fmt: skip
"""Dollars; the total, or the form of a year."""

LESS_SHARP = [
    (ONE, "year-end", ("returns.volatility=100%",), {"p75": 5107.6071, "p95": 26251.00}),
    (TEN, "year-end", (),
     {"p5": 1776.83, "p25": 10548.43, "p50": 18499.21, "p75": 27309.43, "p95": 40967.32}),
    (TEN, "quarterly", (WITHIN,),
     {"p5": 5235.66, "p25": 7547.08, "p50": 9329.24, "p75": 11240.25, "p95": 14191.84}),
]  # fmt: skip
"""Percentiles at 100% and of ten years, which the method has to the cent."""


def known(file: str, policy: str, settings: tuple[str, ...], year: int | None = None) -> Known:
    """Box 2a of one policy of a shipped scenario. [cents]"""
    scenario = load(ROOT / "scenarios" / f"{file}.yaml", list(settings))
    result = compare(scenario, engine="exact").result(policy)
    found: Any = result.taxable if year is None else result.outcome.years[year].box_2a
    assert isinstance(found, Known)
    return found


def figures(amount: Known) -> dict[str, Any]:
    """What is told of it, unrounded. [dollars]"""
    told = {"mean": amount.mean(), "sd": amount.sd}
    told |= {f"p{percent}": amount.percentile(percent) for percent in PERCENTILES}
    return {name: (value or 0.0) / 100 for name, value in told.items()} | {
        "zero_share": amount.zero_share
    }


@pytest.mark.parametrize(("file", "policy", "settings", "year", "values"), KNOWN)
def test_four_decimals_are_those_of_another_build(
    file: str, policy: str, settings: tuple[str, ...], year: int | None, values: dict[str, float]
) -> None:
    found = figures(known(file, policy, settings, year))
    told = {name: found[name] for name in values}
    shares = {"zero_share": pytest.approx(values["zero_share"], abs=1e-6)}
    assert told == {name: pytest.approx(value, abs=2e-4) for name, value in values.items()} | shares


@pytest.mark.parametrize(("file", "policy", "settings", "values"), LESS_SHARP)
def test_the_widest_percentiles_are_those_to_a_cent(
    file: str, policy: str, settings: tuple[str, ...], values: dict[str, float]
) -> None:
    found = figures(known(file, policy, settings))
    told = {name: found[name] for name in values}
    assert told == {name: pytest.approx(value, abs=0.01) for name, value in values.items()}
