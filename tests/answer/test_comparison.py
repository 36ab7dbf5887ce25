"""A comparison in a notebook: as data frames, as a table, as a picture."""

import json
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from simulator.presentation import ledger, plot
from simulator.scenario.loading import loads
from simulator.simulation import compare
from tests.documents import LAGGING, emily, scenario


def test_the_data_frame_has_a_row_for_each_policy_and_year() -> None:
    rows = compare(emily()).to_frame().to_dict("records")
    assert [
        (row["policy"], row["year"], row["box_1_mean"], row["box_2a_mean"]) for row in rows
    ] == [
        ("per-paycheck", 2025, 20_000.00, 0.00),
        ("monthly", 2025, 20_051.58, 51.58),
        ("year-end", 2025, 20_709.49, 709.49),
    ]


def test_the_summary_has_a_row_for_each_policy() -> None:
    summary = compare(emily()).summary()
    assert summary["box_2a"].to_dict() == {
        "per-paycheck": 0.0,
        "monthly": 51.58,
        "year-end": 709.49,
    }


def test_a_notebook_shows_a_table_in_which_names_are_text() -> None:
    shown = compare(emily("name=<script>alert(1)</script>"))._repr_html_()
    assert "709.49" in shown
    assert "<script>" not in shown


def test_a_comparison_draws_itself() -> None:
    assert isinstance(plot(compare(emily()), "cadence"), Figure)


def test_a_notebook_shows_the_picture_without_pyplot() -> None:
    shown = plot(compare(emily()), "cadence")._repr_png_()  # type: ignore[attr-defined]
    assert shown.startswith(b"\x89PNG")


def test_the_json_names_the_start_years_and_those_left_out() -> None:
    scenario = emily("returns={model: history, start: each}")
    told = compare(scenario).to_dict()["simulator"]
    assert told["paths"] == len(told["years"])
    assert set(told["years"]) | set(told["left_out"]) == set(range(1999, 2019))


STILL = "returns={model: lognormal, annual_return: 0%, volatility: 0%, paths: 32}"


@pytest.mark.parametrize(
    ("settings", "engine"),
    [((), "auto"), ((STILL,), "numpy"), ((STILL,), "fast")],
    ids=["ledger", "kernel", "compiled"],
)
def test_what_lands_after_the_last_conversion_is_left_in_the_run_off_year(
    settings: tuple[str, ...], engine: str
) -> None:
    """By hand: 23 deposits, 11,500.00, leave on January 3; the last 500.00 have no date and stay."""
    if engine == "fast":
        pytest.importorskip("numba")
    records = compare(scenario(LAGGING, *settings), engine=engine).to_dict()["policies"]
    last_date, run_off = records[0]["years"]
    assert (last_date["year"], run_off["year"]) == (2021, 2022)
    assert last_date["left_value"]["mean"] == last_date["left_basis"]["mean"] == 11_500.00
    assert run_off["box_1"]["mean"] == run_off["box_5"]["mean"] == 11_500.00
    assert run_off["left_value"]["mean"] == run_off["left_basis"]["mean"] == 500.00


@pytest.mark.parametrize("settings", [(), (STILL,)])
def test_money_that_has_not_landed_stands_beside_what_is_left(settings: tuple[str, ...]) -> None:
    """Under every policy 500.00 are in transit on December 31, 2021; a year later nothing is."""
    comparison = compare(scenario(LAGGING, *settings))
    for record in comparison.to_dict()["policies"]:
        on_its_way = record["total"]["in_transit"]
        assert list(on_its_way) == list(record["total"]["left_value"])
        amounts = {on_its_way[name] for name in ("mean", "p5", "p25", "p50", "p75", "p95")}
        assert (amounts, on_its_way["sd"], on_its_way["se"]) == ({500.00}, 0.0, 0.0)
        assert record["years"][0]["in_transit"] == on_its_way
        assert not any("in_transit" in year for year in record["years"][1:])
    assert [row.get("in_transit_mean") for row in comparison.rows()] == [
        500.00, None, 500.00, 500.00, None,
    ]  # fmt: skip
    assert [row["in_transit_mean"] for row in comparison.total_rows()] == [500.00] * 3
    assert comparison.summary()["in_transit"].tolist() == [500.00] * 3


def test_where_all_has_landed_no_record_speaks_of_transit() -> None:
    assert "in_transit" not in str(compare(emily()).to_dict())
    assert "in_transit" not in str(list(compare(emily()).rows()))


def test_each_years_end_has_its_own_money_in_transit() -> None:
    """By hand: the last paycheck of 2021 is 500.00; with a raise of 10% that of 2022 is 550.00."""
    two = scenario(LAGGING, "years=2021-2022", "pay.raise=10%", "policies=[per-paycheck]")
    (record,) = compare(two).to_dict()["policies"]
    years = {year["year"]: year.get("in_transit", {}).get("mean") for year in record["years"]}
    assert years == {2021: 500.00, 2022: 550.00, 2023: None}
    assert record["total"]["in_transit"]["mean"] == 550.00


def test_money_in_the_roth_before_asks_for_no_price_of_its_own(tmp_path: Path) -> None:
    """1,000 at 100 are converted at 110: no form has more of it. What the Roth holds nobody knows."""
    (tmp_path / "in.csv").write_text("date,amount\n2025-06-02,1000\n")
    (tmp_path / "fund.csv").write_text("date,price\n2025-06-02,100\n2025-12-31,110\n")
    document = {
        "name": "Money in the Roth before",
        "years": 2025,
        "birth_year": 1985,
        "deposits": "in.csv",
        "plan": {"opening": {"roth": 1000}},
        "returns": {"model": "history", "prices": "fund.csv"},
        "policies": ["year-end"],
    }
    question = loads(json.dumps(document).encode(), "a.yaml", tmp_path)
    answer = compare(question)
    total = answer["year-end"].to_dict()["total"]
    assert (total["box_1"]["mean"], total["box_2a"]["mean"]) == (1_100, 100)
    assert total["roth_end"] is None
    assert answer.to_dict()["warnings"] == [
        "There is no price of 2025-01-02: what is held then is not known."
    ]
    assert ledger(question, "year-end")["roth_after"].isna().all()
    assert "the Roth an unknown amount" in str(plot(answer, "balance").get_label())
