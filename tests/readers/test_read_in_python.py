"""`simulator.read`: what `mbdr read` does, in one call of the library."""

from pathlib import Path

import pytest

import simulator
from simulator.batches.file_read import read_by
from simulator.notation.mistakes import Mistakes
from simulator.readers.kinds import OpenKinds

DATA = Path(__file__).parents[2] / "scenarios" / "data"
HISTORY = DATA / "netbenefits-like.csv"
CONTRIBUTIONS = {"Transaction Type": "Contributions"}


def test_rows_are_a_frame_and_the_reading_a_line() -> None:
    """26 deposits of 22,463.10 in all, the first of 634.62 on January 17."""
    reading = simulator.read(HISTORY, "deposits", where=CONTRIBUTIONS)
    frame = reading.to_frame()
    assert frame["amount"].sum() == pytest.approx(22_463.10)
    assert (frame["date"].iloc[0].date().isoformat(), frame["amount"].iloc[0]) == (
        "2025-01-17",
        634.62,
    )
    assert repr(reading) == (
        "<Reading of deposits: netbenefits-like.csv, 26 rows from 2025-01-17 to 2025-12-19, 8 left out>"
    )
    assert reading._repr_html_().count("<tr") == 27


def test_kinds_that_are_open_come_with_the_question() -> None:
    with pytest.raises(OpenKinds) as asked:
        simulator.read(HISTORY, "deposits")
    assert {one.value: one.rows for one in asked.value.kinds} == {
        "Contributions": 26,
        "Change in Market Value": 4,
        "In-Plan Conversion": 4,
    }


def test_what_a_file_leaves_open_is_said_by_the_argument_that_says_it(tmp_path: Path) -> None:
    """As by the option of `mbdr read`, and by the key of a scenario."""
    file = tmp_path / "d.csv"
    asked = []
    for text in (
        "date,amount\n01/02/2025,5\n03/04/2025,6\n",
        'date,"After-Tax, 1",After-Tax $ 2\n2025-01-17,5,6\n',
        "date,Type,amount\n2025-01-17,Payroll,5\n2025-01-31,Loan,6\n",
    ):
        file.write_text(text)
        for whom in ("arguments", "options", "scenario"):
            with pytest.raises(Mistakes) as caught:
                read_by(whom, file, "deposits")
            asked.append(str(caught.value).partition("like ")[2].partition("; there are")[0])
    assert [one.partition("as in ")[2] for one in asked[:3]] == [
        'dates="month-first"',
        "--dates month-first",
        "{file: d.csv, dates: month-first}",
    ]
    assert asked[3:] == [
        "mapping={'After-Tax, 1': 'amount'}",
        '--map "After-Tax, 1=amount"',
        '{file: d.csv, amount: "After-Tax, 1"}',
        "where={'Type': ['Payroll']}",
        '--where "Type=Payroll"',
        "{file: d.csv, where: {Type: [Payroll]}}",
    ]


def test_prices_and_people_too() -> None:
    prices = simulator.read(DATA / "yahoo-like.csv", "prices").to_frame()
    assert list(prices) == ["date", "price"]
    people = simulator.read(DATA / "hr-export.csv", "people")
    assert "pay.salary" in people.to_frame()
    assert repr(people) == f"<Reading of people: hr-export.csv, {len(people.to_frame())} rows>"


def test_what_cannot_be_read_so_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        simulator.Refused, match=r"'price' is nothing to read a file as; .*did you mean 'prices'"
    ):
        simulator.read(HISTORY, "price")
    with pytest.raises(simulator.Refused, match="'when' is nothing that is looked for in deposits"):
        simulator.read(HISTORY, "deposits", mapping={"Date": "when"})
    with pytest.raises(simulator.Refused, match="says nothing to people"):
        simulator.read(DATA / "hr-export.csv", "people", dates="day-first")
    with pytest.raises(simulator.Refused, match="is no file in"):
        simulator.read(tmp_path / "nowhere.csv", "prices")


def test_an_audit_is_a_frame_and_a_letter() -> None:
    scenario = simulator.load(DATA.parent / "is-my-form-right.yaml")
    found = simulator.audit(scenario, DATA / "form-2025.csv")
    (row,) = found.to_frame().to_dict("records")
    assert (row["finding"], row["expected_carry-forward_box_2a"]) == ("E1", 168.05)
    assert "168.05" in simulator.letter(found)
