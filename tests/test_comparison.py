"""A comparison in a notebook: as data frames, as a table, as a picture."""

from matplotlib.figure import Figure

from simulator.simulation import compare
from tests.documents import emily


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
    assert isinstance(compare(emily()).plot("cadence"), Figure)


def test_a_notebook_shows_the_picture_without_pyplot() -> None:
    shown = compare(emily()).plot("cadence")._repr_png_()  # type: ignore[attr-defined]
    assert shown.startswith(b"\x89PNG")


def test_the_json_names_the_start_years_and_those_left_out() -> None:
    scenario = emily("returns={model: history, start: each}")
    told = compare(scenario).to_dict()["simulator"]
    assert told["paths"] == len(told["years"])
    assert set(told["years"]) | set(told["left_out"]) == set(range(1999, 2019))
