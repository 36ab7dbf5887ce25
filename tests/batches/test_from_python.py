"""A batch from Python: scenarios and data frames, beside the files and tables that say the same."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import simulator
from simulator.batches.table import UnusableTable
from simulator.batches.what_varies import NoJobs
from simulator.simulation import compare
from tests.documents import emily

pytestmark = pytest.mark.usefixtures("here")


def test_scenarios_are_answered_and_told_apart_by_what_they_set(tmp_path: Path) -> None:
    many = [
        emily("policies=[monthly]").varied(pay__salary=salary, elections__after_tax=share)
        for salary in (100_000, 180_000)
        for share in (0.05, 0.1)
    ]
    done = simulator.batch(many, tmp_path)
    assert (done.jobs, done.failed) == (4, 0)
    frame = done.to_frame().sort_values("job")
    assert list(frame["pay.salary"]) == ["100000", "100000", "180000", "180000"]
    assert list(frame["elections.after_tax"]) == ["5%", "10%", "5%", "10%"]
    own = [compare(one)["monthly"]["box_2a"]["mean"] for one in many]
    assert list(frame["box_2a_mean"]) == own
    assert simulator.batch(many, tmp_path).known == 4


def test_one_scenario_is_a_batch_and_one_made_in_python_too(tmp_path: Path) -> None:
    made = simulator.Scenario(**emily("policies=[monthly]").model_dump(by_alias=True))
    done = simulator.batch(made, tmp_path)
    assert list(done.to_frame()["source"]) == ["scenario 1"]
    assert list(done.to_frame()["box_2a_mean"]) == [51.58]


PEOPLE = pd.DataFrame(
    {
        "name": ["Ann", "Bo", "Cy"],
        "pay.salary": [100_000.0, float("nan"), 150_000],
        "elections.after_tax": [0.05, 0.1, "8%"],
        "pay.first_pay_date": [pd.Timestamp("2025-01-03"), pd.NaT, date(2025, 1, 10)],
        "plan.true_up": [True, False, None],
        "policies": [["weekly"], [{"cadence": "monthly", "delay": 3}], "[monthly]"],
        "#id": [1, 2, 3],
    }
)
WRITTEN = """\
name,pay.salary,elections.after_tax,pay.first_pay_date,plan.true_up,policies,#id
Ann,100000,5%,2025-01-03,true,[weekly],1
Bo,,10%,,false,"[{cadence: monthly, delay: 3}]",2
Cy,150000,8%,2025-01-10,,[monthly],3
"""


def test_the_rows_of_a_frame_are_those_of_a_table(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(WRITTEN)
    frames = []
    for place, of in (("a", PEOPLE), ("b", table)):
        done = simulator.batch(emily(), tmp_path / place, table=of)
        assert done.failed == 0, done.failures()
        frames.append(done.to_frame().sort_values(["job", "policy", "year"]).reset_index(drop=True))
    told = ["key", "name", "pay.salary", "#id", "policy", "year", "box_1_mean", "box_2a_mean"]
    pd.testing.assert_frame_equal(frames[0][told], frames[1][told])
    assert frames[0]["source"][0] == "<DataFrame>:2"
    assert simulator.batch(emily(), tmp_path / "a", table=PEOPLE).known == 3


def test_a_row_changes_what_a_scenario_of_python_has_set(tmp_path: Path) -> None:
    frame = pd.DataFrame({"pay.salary": [100_000, None]})
    begun = emily("policies=[monthly]").varied(pay__salary=180_000)
    told = simulator.batch(begun, tmp_path, table=frame).to_frame().sort_values("job")
    assert list(told["pay.salary"]) == ["100000", "180000"]


def test_a_field_that_a_group_of_the_row_replaces_is_not_told(tmp_path: Path) -> None:
    frame = pd.DataFrame({"plan": [{"nonelective": 0.03}, None]})
    begun = emily("policies=[monthly]").varied(plan__conversion__fee=5)
    told = simulator.batch(begun, tmp_path, table=frame).to_frame().sort_values("job")
    assert list(told["fees_mean"]) == [0, 60]
    assert list(told["plan.conversion.fee"].fillna("")) == ["", "5"]


def test_a_wrong_cell_has_the_words_of_a_file(tmp_path: Path) -> None:
    frame = pd.DataFrame({"pay.salary": [100, -5, object()], "elections.after_tax": [12, 0.1, 0.1]})
    done = simulator.batch(emily(), tmp_path, table=frame)
    assert done.failed == 3
    told = done.failures()
    assert list(told["line"]) == [2, 3, 4]
    assert told["message"][0].endswith("did you mean 12%? For dollars write $12")
    assert told["message"][1] == "'-5' is negative; write an amount of 0 or more"
    assert told["message"][2].startswith("pay.salary: a value of type object")


def test_a_frame_that_cannot_be_used_is_refused_with_a_line(tmp_path: Path) -> None:
    for wrong in (pd.DataFrame({"pay.slary": [1]}), pd.DataFrame({5: [1]}), pd.DataFrame()):
        with pytest.raises(UnusableTable, match=r"^<DataFrame>:1:1: "):
            simulator.batch(emily(), tmp_path, table=wrong)
    with pytest.raises(NoJobs, match=r"batch\(scenario, folder, table=frame\)"):
        simulator.batch(PEOPLE, tmp_path)  # type: ignore[arg-type]
    with pytest.raises(NoJobs, match="a table of type int"):
        simulator.batch(emily(), tmp_path, table=7)  # type: ignore[arg-type]
    with pytest.raises(NoJobs, match="nothing was named"):
        simulator.batch([], tmp_path)


def test_a_table_without_rows_is_no_batch_of_nothing(tmp_path: Path) -> None:
    nobody = pd.DataFrame({"name": [], "pay.salary": []})
    csv, book, columns = (tmp_path / f"people.{ending}" for ending in ("csv", "xlsx", "parquet"))
    csv.write_text("name,pay.salary\n\n")
    nobody.to_excel(book, index=False)
    duckdb.from_df(nobody).write_parquet(str(columns))
    for table in (nobody, csv, book, columns):
        with pytest.raises(UnusableTable, match="the table has no rows; write one for each person"):
            simulator.batch(emily(), tmp_path / "out", table=table)
    assert not (tmp_path / "out").exists()


def test_a_scenario_that_is_kept_in_a_folder_keeps_its_rows_there(tmp_path: Path) -> None:
    """A row that names a file outside is told what a file would be."""
    served, outside = tmp_path / "served", tmp_path / "outside.csv"
    served.mkdir()
    outside.write_text("date,amount\n2025-01-03,1\n")
    file = served / "a.yaml"
    file.write_text(
        "name: A\nyears: 2025\nbirth_year: 1990\npay: {salary: 1, frequency: monthly}\n"
    )
    kept = simulator.load(file, within=served)
    frame = pd.DataFrame({"pay": [None], "deposits": ["../outside.csv"]})
    told = simulator.batch(kept, tmp_path / "out", table=frame).failures()
    assert any("lies outside" in message for message in told["message"])
