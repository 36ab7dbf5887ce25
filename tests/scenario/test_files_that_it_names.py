"""Deposits and prices in CSV files that a scenario names."""

from pathlib import Path

import pytest

from simulator.notation.mistakes import Mistakes
from simulator.scenario.loading import load, loads
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.scenario.files import NOT_DOLLARS, SHORTEST, mistakes


def replay(folder: Path, rows: str, years: str = "2025") -> Scenario:
    """A scenario that replays the deposits of a CSV."""
    (folder / "deposits.csv").write_text(rows, encoding="utf-8")
    text = f"name: Replay\nyears: {years}\nbirth_year: 1997\ndeposits: deposits.csv\n"
    return loads(text.encode(), "replay.yaml", folder)


def csv_mistakes(folder: Path, one: Scenario) -> list[str]:
    """The mistakes in a CSV when it is used, each as its line is printed, without the name of its folder."""
    with pytest.raises(Mistakes) as caught:
        compare(one)
    return [str(one).replace(f"{folder}/", "") for one in caught.value.mistakes]


def test_deposits_replay_what_really_went_in(tmp_path: Path) -> None:
    rows = 'date,amount,remark\n2025-01-31,"1,000.50",first\n\n2025-01-15,$20,\n'
    one = replay(tmp_path, "\ufeff" + rows)
    assert [(str(day), cents) for day, cents in compare(one).deposits] == [
        ("2025-01-15", 20_00),
        ("2025-01-31", 1_000_50),
    ]


def test_deposits_stand_in_place_of_pay_and_elections(tmp_path: Path) -> None:
    (tmp_path / "deposits.csv").write_text("date,amount\n2025-01-31,1\n")
    text = SHORTEST + "elections: {pre_tax: 5%}\ndeposits: deposits.csv\n"
    wrong = "deposits replays what really went in; leave this out, or leave out deposits"
    assert mistakes(text, folder=tmp_path) == [
        f"emily.yaml:5:3: pay: {wrong}",
        f"emily.yaml:7:12: elections: {wrong}",
    ]


@pytest.mark.parametrize(
    ("added", "where"),
    [
        ("deposits: away.csv", "7:11: deposits"),
        ("returns: {model: history, prices: away.csv}", "7:35: returns.prices"),
    ],
)
def test_a_csv_that_is_not_there_is_missed_in_the_scenario_file(
    added: str, where: str, tmp_path: Path
) -> None:
    lines = mistakes(f"{SHORTEST}{added}\n", folder=tmp_path)
    assert f"emily.yaml:{where}: 'away.csv' is no file in {tmp_path}" in lines


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("day,amount\n2025-01-31,1\n", ["1:1: the header has no column date; write date,amount"]),
        (
            "2025-01-31,1\n",
            ["1:1: the header has no column date and no column amount; write date,amount"],
        ),
        ("", ["1:1: the header has no column date and no column amount; write date,amount"]),
        ("date,amount\n2025-01-31\n", ["2:1: a value is missing in this row"]),
        ("date,amount\n2025-01-31,\n", ["2:1: a value is missing in this row"]),
        (
            "date,amount\n2025-02-30,1\n2025-03-03,1\nsoon,1\n",
            [
                "2:1: '2025-02-30' does not exist; February 2025 has 28 days",
                "4:1: this is not a date; write it like 2025-01-03",
            ],
        ),
        (
            "date,amount\n2025-01-31,-1\n2025-02-28,nan\n2025-03-31,1.005\n",
            [
                f"3:1: this {NOT_DOLLARS}",
                "4:1: '1.005' has more than two decimals; write dollars and cents",
            ],
        ),
        (
            "date,amount\n2025-01-31,2\n2025-02-28,-1\n",
            [
                "3:1: -$1.00 on 2025-02-28 takes back no deposit of that size; leave the row out, and "
                "write money that the plan gave back under events, or in the file of conversions, with to: "
                "refund and its basis"
            ],
        ),
        (
            "date,amount\n2024-12-31,1\n2025-01-31,1\n2026-01-02,1\n",
            [
                f"{line}:1: {day} is outside the years 2025; write years: 2024-2026, or leave the row "
                "out; what an earlier year left inside goes into plan.opening"
                for line, day in ((2, "2024-12-31"), (4, "2026-01-02"))
            ],
        ),
    ],
)
def test_a_deposit_that_cannot_be_read_is_answered_with_its_line(
    rows: str, lines: list[str], tmp_path: Path
) -> None:
    one = replay(tmp_path, rows)
    assert csv_mistakes(tmp_path, one) == [f"deposits.csv:{line}" for line in lines]


def test_a_csv_that_is_no_text_is_refused(tmp_path: Path) -> None:
    one = replay(tmp_path, "date,amount\n")
    (tmp_path / "deposits.csv").write_bytes(b"date,amount\n\xff\xfe")
    wrong = "is not UTF-8 text; save it as CSV in UTF-8"
    assert csv_mistakes(tmp_path, one) == [f"deposits.csv: {wrong}"]


NO_PRICE = "is no price; write a number from 0.000001 to 1,000,000,000, like 101.25"
FIRST_WEEKS = "2025-01-02,100\n2025-01-03,101\n2025-01-06,102.50\n2025-01-07,99\n"


def history(folder: Path, rows: str) -> Scenario:
    """Two deposits, converted at their months' ends, January 31 and December 31, at the prices of a CSV."""
    (folder / "prices.csv").write_text(rows, encoding="utf-8")
    (folder / "deposits.csv").write_text(
        "date,amount\n2025-01-03,1000\n2025-12-30,1000\n", encoding="utf-8"
    )
    text = (
        "name: History\nyears: 2025\nbirth_year: 1997\ndeposits: deposits.csv\n"
        "returns: {model: history, prices: prices.csv}\npolicies: [monthly]\n"
    )
    return loads(text.encode(), "history.yaml", folder)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("day,price\n2025-01-02,100\n", ["1:1: the header has no column date; write date,price"]),
        ("date,volume\n2025-01-02,100\n", ["1:1: the header has no column price; write date,price"]),
        ("date,price\n", ["2:1: no prices; write rows like 2025-01-02,101.25"]),
        (
            "date,price\n2025-01-02,0\n2025-01-03,-5\n2025-01-06,nan\n2025-01-07,inf\n2025-01-08,x\n",
            [f"2:1: '0' {NO_PRICE}; so are 4 more rows, the last in line 6"],
        ),
        (
            "date,price\n2025-01-02,0.000000999\n2025-01-03,1000000000.01\n2025-01-06,1e300\n"
            f"2025-01-07,0.{'0' * 36}1\n2025-01-08,1{'0' * 300}\n2025-01-09,0.000001\n"
            "2025-01-10,1_000_000_000\n",
            [
                f"2:1: '0.000000999' {NO_PRICE}",
                f"3:1: '1000000000.01' {NO_PRICE}",
                *(f"{line}:1: this {NO_PRICE}" for line in (4, 5, 6)),
            ],
        ),
        (
            "date,price\n2025-01-03,100\n2025-01-02,101\n2025-01-02,102\n",
            [
                "3:1: 2025-01-02 has two prices, 101 here and 102 in line 4; leave one out, or take the "
                "rows of one fund by where:"
            ],
        ),
        (
            "date,price\n" + FIRST_WEEKS,
            [
                "2:1: the prices go from 2025-01-02 to 2025-01-07; "
                "the simulation needs 2025-01-03 to 2025-12-31; "
                "add the later ones, or write until: 2025-01-07 for what has happened by then"
            ],
        ),
        (
            "date,price\n2025-01-06,101\n2026-01-02,100\n",
            [
                "2:1: the prices go from 2025-01-06 to 2026-01-02; "
                "the simulation needs 2025-01-03 to 2025-12-31"
            ],
        ),
    ],
)  # fmt: skip
def test_prices_that_cannot_be_used_are_answered_with_their_line(
    rows: str, lines: list[str], tmp_path: Path
) -> None:
    found = csv_mistakes(tmp_path, history(tmp_path, rows))
    assert [line for line in found if "no price for the session" not in line] == [
        f"prices.csv:{line}" for line in lines
    ]


def test_a_session_on_which_money_moves_needs_a_price_and_is_named_with_the_row_before_it(
    tmp_path: Path,
) -> None:
    """Money lands on January 3 and December 30, and leaves at those months' ends; on no other day."""
    rows = "date,price\n" + FIRST_WEEKS + "2025-01-10,100\n2025-02-03,100\n2025-12-31,100\n"
    gap = "no price for the session {}; add its row after this one"
    assert csv_mistakes(tmp_path, history(tmp_path, rows)) == [
        f"prices.csv:6:1: {gap.format('2025-01-31')}",
        f"prices.csv:7:1: {gap.format('2025-12-30')}",
    ]


def test_many_sessions_without_a_price_are_one_line(tmp_path: Path) -> None:
    """Money lands twelve times, from January 15 to December 15, and leaves on a day that has a price."""
    one = history(tmp_path, "date,price\n2025-01-02,100\n2025-12-31,100\n")
    rows = "".join(f"2025-{month:02}-15,1000\n" for month in range(1, 13))
    (tmp_path / "deposits.csv").write_text(f"date,amount\n{rows}")
    assert csv_mistakes(tmp_path, one.varied("policies=[year-end]")) == [
        "prices.csv:2:1: no price for the session 2025-01-15; add its row after this one, and those of 11 "
        "more sessions that need one, to 2025-12-15"
    ]


def test_a_file_that_a_scenario_names_is_read_anew_when_it_was_edited(tmp_path: Path) -> None:
    text = "name: a\nyears: 2025\nbirth_year: 1990\ndeposits: d.csv\npolicies: [year-end]\n"
    (tmp_path / "a.yaml").write_text(text)
    for amount in (500, 900):
        (tmp_path / "d.csv").write_text(f"date,amount\n2025-01-15,{amount}\n")
        told = compare(load(tmp_path / "a.yaml")).to_dict()
        assert told["policies"][0]["total"]["box_5"]["mean"] == amount


def test_a_replay_needs_no_limits(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("date,amount\n2008-01-15,500\n")
    text = "name: a\nyears: 2008\nbirth_year: 1970\ndeposits: d.csv\npolicies: [year-end]\n"
    (tmp_path / "a.yaml").write_text(text)
    assert load(tmp_path / "a.yaml").years.first == 2008
