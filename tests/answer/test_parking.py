"""Parked money: worked examples of what it saves and misses, and how that is told."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simulator
from simulator.answer.comparison import Comparison
from simulator.notation.mistakes import Mistakes
from simulator.report.sentences import findings
from simulator.report.tables.best import dates_table
from simulator.report.tables.comparison import tables_behind
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.documents import emily, lognormal, scenario_of_file

ONE_DEPOSIT: dict[str, Any] = {
    "name": "One deposit, converted at the year's end",
    "years": "2025-2026",
    "birth_year": 1990,
    "deposits": "deposits.csv",
    "returns": {"annual_return": "7%", "after_tax": {"annual_return": "4%"}},
    "policies": [{"cadence": "dates", "dates": ["2025-12-31"], "label": "waits"}, "per-paycheck"],
    "taxes": {"federal": "29%"},
}
"""10,000.00 landing on 2025-01-31; 334 days to 2025-12-31, and 365 more to 2026-12-31."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the deposit."""
    made = tmp_path_factory.mktemp("parking")
    (made / "deposits.csv").write_text("date,amount\n2025-01-31,10_000\n")
    return made


def one_deposit(folder: Path, *settings: str) -> Scenario:
    """The scenario of the deposit."""
    return loads(json.dumps(ONE_DEPOSIT).encode(), "test.yaml", folder, settings)


def told(comparison: Comparison, policy: str) -> dict[str, float]:
    """The means of a policy's total. [dollars]"""
    records = {one["policy"]: one["total"] for one in comparison.to_dict()["policies"]}
    total = records[policy].items()
    return {name: value["mean"] for name, value in total if isinstance(value, dict)}


@pytest.mark.parametrize(
    ("parked_at", "box_2a", "tax", "roth", "roth_less_tax"),
    [
        ("7%", 638.69, 185.22, 11_383.40, 11_190.77),
        ("4%", 365.41, 105.97, 11_090.99, 10_980.78),
        ("0%", 0.00, 0.00, 10_700.00, 10_700.00),
    ],
)
def test_a_deposit_parked_for_eleven_months(
    folder: Path, parked_at: str, box_2a: float, tax: float, roth: float, roth_less_tax: float
) -> None:
    """Roth less tax, had the tax of 2025 earned 4% outside until 2026-12-31."""
    comparison = compare(one_deposit(folder, f"returns.after_tax.annual_return={parked_at}"))
    waits = told(comparison, "waits")
    assert (waits["box_2a"], waits["tax"], waits["roth_end"]) == (box_2a, tax, roth)
    assert waits["roth_end"] - waits["tax"] * 1.04 == pytest.approx(roth_less_tax, abs=0.005)
    at_once = told(comparison, "per-paycheck")
    assert (at_once["box_2a"], at_once["tax"], at_once["roth_end"]) == (0.0, 0.0, 11_383.40)


def test_what_parking_saves_and_misses(folder: Path) -> None:
    """185.22 - 105.97, 11,383.40 - 11,090.99, and what is held less tax: 11,090.99 - 105.97."""
    total = told(compare(one_deposit(folder)), "waits")
    assert total["tax_saved"] == 79.25
    assert total["growth_missed"] == 292.41
    assert total["parking_gains"] == -213.16
    assert total["held_less_tax"] == 10_985.02


def test_the_verdict_weighs_growth_and_says_so(folder: Path) -> None:
    """11,383.40 - 10,985.02 = 398.38."""
    verdict = compare(one_deposit(folder)).to_dict()["verdict"]
    assert (verdict["measure"], verdict["best"]) == ("wealth", "per-paycheck")
    assert verdict["others"][0]["costs_more"]["mean"] == 398.38
    assert verdict["sentences"][0] == (
        "Convert after each paycheck: against “waits” it leaves $398.38 more after tax on 2026-12-31 "
        "($292.41 more of growth and $105.97 less of tax), if the fund grows evenly by 7% a year and "
        "parked money by 4%."
    )


def test_without_taxes_growth_alone_is_weighed(folder: Path) -> None:
    document = {name: value for name, value in ONE_DEPOSIT.items() if name != "taxes"}
    answer = compare(loads(json.dumps(document).encode(), "test.yaml", folder)).to_dict()
    assert "before tax, which is not weighed without taxes" in answer["verdict"]["sentences"][0]
    total = answer["policies"][0]["total"]
    assert "tax_saved" not in total
    assert total["parking_gains"]["mean"] == -total["growth_missed"]["mean"] == -292.41


def test_the_report_tells_tax_saved_and_growth_missed(folder: Path) -> None:
    comparison = compare(one_deposit(folder))
    lines = list(findings(comparison))
    assert (
        "Parking until the conversion under “waits” saves $79.25 of tax and misses $292.41 of growth."
        in lines
    )
    parking = next(table for table in tables_behind(comparison) if table.title == "Parking")
    assert parking.rows[0] == ("waits", 1_098_502, 7_925, 29_241, -21_316)


def test_over_many_paths_it_is_told_on_how_many_parking_pays() -> None:
    """Money of a fund that does not move has no earnings; it pays where the other one has fallen behind."""
    comparison = compare(lognormal("returns.after_tax.annual_return=0%", "taxes.federal=24%"))
    (year_end,) = (one for one in comparison.parking if one.policy == "year-end")
    record = comparison.to_dict()["policies"][-1]["total"]
    assert record["parking_pays_share"] == (year_end.gains > 0).mean()
    assert 0.2 < record["parking_pays_share"] < 0.5
    assert record["box_2a"]["p95"] == 0.0
    assert any("of the paths" in line for line in findings(comparison))


def test_the_tax_saved_is_a_share_of_the_growth_that_is_missed() -> None:
    """Of one conversion a year, of money that earns nothing: 24% where something grew, else nothing."""
    comparison = compare(lognormal("returns.after_tax.annual_return=0%", "taxes.federal=24%"))
    parked = comparison.parking[-1]
    grew = parked.growth_missed.clip(0)
    assert parked.policy == "year-end"
    assert np.abs(parked.tax_saved - 0.24 * grew).max() <= 0.75  # each rounded to the cent


def test_best_dates_go_by_the_parked_fund_and_say_what_they_leave_out() -> None:
    settings = ("plan.conversion.max_per_year=2", "taxes.federal=24%")
    parked = simulator.best(emily("returns.after_tax.annual_return=4%", *settings))
    alone = simulator.best(emily("returns.annual_return=4%", *settings))
    assert (parked.dates, parked.objective) == (alone.dates, alone.objective)
    assert parked.to_dict()["outside_return"] == 0.07
    assert parked.comparison.verdict.measure == "wealth"
    assert any("waiting also misses growth" in note for note in dates_table(parked).notes)
    faster = simulator.best(emily("returns.after_tax.annual_return=8%", *settings))
    assert "outside_return" not in faster.to_dict()


def test_a_sweep_and_a_form_leave_out_what_parking_is_told_beside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """29% of 10,000 growing at 4% for 334 days: 365.41 of earnings."""
    monkeypatch.setattr(
        "simulator.simulation.unparked", lambda _: pytest.fail("it is not asked for")
    )
    scenario = one_deposit(folder)
    swept = simulator.sweep(scenario, "waits", vary="taxes.federal", values=["29%"])
    assert [point.amount["mean"] for point in swept.points] == [365.41]
    swept = simulator.sweep(scenario, "per-paycheck", delay=[0], of="tax")
    assert [point.amount["mean"] for point in swept.points] == [0]


WRONG = {
    "returns={after_tax: {after_tax: {annual_return: 1%}}}": (
        "returns.after_tax.after_tax: money is parked in one fund; leave it out"
    ),
    "returns={after_tax: {model: lognormal, paths: 10}}": (
        "returns.after_tax.paths: parked money has the paths of returns; leave it out"
    ),
    "returns={after_tax: {model: lognormal, seed: 1}}": (
        "returns.after_tax.seed: parked money has the seed of returns; leave it out"
    ),
    "returns={after_tax: {model: lognormal, sampling: random}}": (
        "returns.after_tax.sampling: is random for parked money; leave it out"
    ),
    "returns={after_tax: {model: lognormal, correlation: 0.2}}": (
        "returns.after_tax.correlation: goes with two lognormal funds; returns.model is constant; "
        "leave it out"
    ),
    "returns={model: lognormal, correlation: 0.2}": (
        "returns.correlation: goes with the fund of returns.after_tax; leave it out"
    ),
    "returns={model: lognormal, after_tax: {model: lognormal, correlation: 2}}": (
        "returns.after_tax.correlation: '2' is out of range; write a number from -1 to 1"
    ),
    "returns={model: lognormal, after_tax: {model: history, start: each}}": (
        "returns.after_tax.start: each goes not with the dates of returns; write start: actual"
    ),
    "returns={after_tax: {model: konstant}}": (
        "returns.after_tax.model: 'konstant' is not a returns model; did you mean 'constant'? "
        "(constant, lognormal, bootstrap, garch, history)"
    ),
}


@pytest.mark.parametrize("setting", WRONG)
def test_what_contradicts_parking_is_explained(setting: str) -> None:
    with pytest.raises(Mistakes) as error:
        scenario_of_file(
            {
                "name": "X",
                "years": 2025,
                "birth_year": 1990,
                "pay": {"salary": 100_000, "frequency": "monthly"},
            },
            setting,
        )
    assert WRONG[setting] in str(error.value)
