"""Files as they come give the boxes of the clean one, without a question.

The boxes are worked out apart from this program, from the same deposits and prices: four conversions of what
`scenarios/replay-deposits.yaml` replays are 22,631.15 in Box 1, 168.05 in Box 2a, 22,463.10 in Box 5.
"""

import csv
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from simulator.notation.mistakes import Mistakes
from simulator.readers.named_file import PriceFile
from simulator.readers.prices import prices_read
from simulator.scenario.loading import loads
from simulator.simulation import compare
from tests.readers.layouts import LAYOUTS, fund

DEPOSITS = Path(__file__).parents[2] / "scenarios" / "data" / "deposits-2025.csv"
QUARTERLY = (
    "policies: [{cadence: dates, dates: [2025-03-31, 2025-06-30, 2025-09-30, 2025-12-22]}]\n"
)
BOXES = (22_631.15, 168.05, 22_463.10)


def boxes(folder: Path, prices: str, deposits: str = str(DEPOSITS)) -> tuple[float, ...]:
    """Boxes 1, 2a and 5 of four conversions."""
    text = (
        "name: As it came\nyears: 2025\nbirth_year: 1990\n"
        f"deposits: {deposits}\nreturns: {{model: history, prices: {prices}}}\n{QUARTERLY}"
    )
    (policy,) = compare(loads(text.encode(), "a.yaml", folder)).to_dict()["policies"]
    return tuple(policy["total"][box]["mean"] for box in ("box_1", "box_2a", "box_5"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_price_file_is_read_as_it_comes(name: str, tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_bytes(LAYOUTS[name].content(fund()))
    assert boxes(tmp_path, "prices.csv") == BOXES


def test_an_adjusted_close_goes_before_the_close_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("Date,Close,Adj Close\n2025-01-02,100.40,100.00\n")
    read = prices_read(PriceFile(file=tmp_path / "p.csv"))
    assert [row.number for row in read.rows] == [100.0]
    assert read.notes == (
        "the prices are those of 'Adj Close', before 'Close': dividends are in them",
    )


def test_a_named_column_goes_before_all_others(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("Date,Close,Adj Close\n2025-01-02,100.40,100.00\n")
    read = prices_read(PriceFile.model_validate({"file": tmp_path / "p.csv", "price": "close"}))
    assert [row.number for row in read.rows] == [100.40]


WIDE = "Date,L 2050,C Fund,S Fund\n{}"
"""Share prices as tsp.gov writes them: a column for each fund."""

LONG = "Fund Name,Date,NAV\n{}"
"""Prices as a record keeper writes them: a row for each fund and day."""


def test_of_many_funds_in_columns_one_is_asked_for(tmp_path: Path) -> None:
    rows = "".join(f"{day},{p + 3},{p},{p + 5}\n" for day, p in fund())
    (tmp_path / "p.csv").write_text(WIDE.format(rows))
    with pytest.raises(Mistakes) as asked:
        boxes(tmp_path, "p.csv")
    assert str(asked.value).endswith(
        "p.csv:1:1: 3 columns may be the price: 'L 2050', 'C Fund', 'S Fund'; name one, like "
        "{file: p.csv, price: L 2050}"
    )
    assert boxes(tmp_path, "{file: p.csv, price: C Fund}") == BOXES


def test_of_many_funds_in_rows_one_is_asked_for(tmp_path: Path) -> None:
    rows = "".join(f"Stable Value,{day},10.00\nTotal Market,{day},{p}\n" for day, p in fund())
    (tmp_path / "p.csv").write_text(LONG.format(rows))
    with pytest.raises(Mistakes) as asked:
        boxes(tmp_path, "p.csv")
    assert str(asked.value).endswith(
        "the column 'Fund Name' has 2 funds: 'Stable Value', 'Total Market'; write the one that is "
        "meant, like {file: p.csv, where: {Fund Name: [Stable Value]}}"
    )
    assert boxes(tmp_path, "{file: p.csv, where: {Fund Name: Total Market}}") == BOXES


@pytest.mark.parametrize(
    "head",
    [
        "Date,Adj Close,Adj Close\n,INVX,OTHR\n",  # pandas, two levels of columns
        ",INVX,OTHR\nDate,NAV,NAV\n",  # a record keeper: the fund above
        "Price,Adj Close,Adj Close\nTicker,INVX,OTHR\nDate,,\n",  # yfinance, two tickers
    ],
)
def test_a_fund_is_named_by_both_lines_of_a_header(head: str, tmp_path: Path) -> None:
    rows = "".join(f"{day},{p},{p + 7}\n" for day, p in fund())
    (tmp_path / "p.csv").write_text(head + rows)
    with pytest.raises(Mistakes, match=r"2 columns may be the price: .*INVX") as asked:
        boxes(tmp_path, "p.csv")
    name = str(asked.value).partition("may be the price: '")[2].partition("'")[0]
    assert boxes(tmp_path, f"{{file: p.csv, price: {name}}}") == BOXES


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        (
            "date,,price",
            "column 2 has no name and may name 2 funds: 'Index', 'Bond'; give it one in",
        ),
        (
            "date,Name,price",
            "the column 'Name' has 2 funds: 'Index', 'Bond'; write the one that is",
        ),
    ],
)
def test_two_funds_on_different_days_are_not_one(head: str, asked: str, tmp_path: Path) -> None:
    """A column that says a single thing is none of funds; nor is one of numbers without a name."""
    file = tmp_path / "funds.csv"

    def read(*names: str) -> list[float]:
        lines = [f"2025-01-0{day},{name},{90 + day}" for day, name in enumerate(names, 6)]
        file.write_text("\n".join([head, *lines]) + "\n")
        return [one.number for one in prices_read(PriceFile(file=file)).rows]

    with pytest.raises(Mistakes, match=asked):
        read("Index", "Bond", "Index")
    assert read("Index", "", "Index") == [96, 97, 98]
    if head == "date,,price":
        assert read("0", "1", "2") == [96, 97, 98]


def test_unit_prices_come_from_a_members_own_transactions(tmp_path: Path) -> None:
    """A collective trust has no ticker. Dollars and units of the days with transactions are enough.

    The amounts are whole thousands of units, so that rounding to the cent takes nothing from the price.
    """
    price = dict(fund())
    with DEPOSITS.open(encoding="utf-8") as file:
        days = [date.fromisoformat(row["date"]) for row in csv.DictReader(file)]
    moves = [
        *days,
        *map(date.fromisoformat, ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-22")),
    ]
    rows = "".join(
        f'{d:%m/%d/%Y},Exchange,"{price[d] * 1000:,.2f}","1,000.000"\n' for d in sorted(moves)
    )
    (tmp_path / "h.csv").write_text("Date,Transaction Type,Amount,Shares/Unit\n" + rows)
    assert boxes(tmp_path, "h.csv") == BOXES
    assert boxes(tmp_path, "{file: h.csv, value: Amount, units: Shares/Unit}") == BOXES


def test_two_transactions_of_a_day_agree_within_rounding_or_are_asked_about(tmp_path: Path) -> None:
    """100.00 / 0.995 = 100.50 and 1,634.62 / 16.250 = 100.592: half a thousandth of a unit lies between.

    Of 100.00 by 0.995 units, rounding leaves 100.44 to 100.56 open: not 100.592. By 0.994 it leaves 100.55
    to 100.66, which agrees.
    """
    head = "Date,Amount,Units\n2025-01-17,1634.62,16.250\n"
    (tmp_path / "h.csv").write_text(head + "2025-01-17,-100.00,-0.994\n")
    (row,) = prices_read(PriceFile(file=tmp_path / "h.csv")).rows
    assert row.number == pytest.approx(1634.62 / 16.25)
    (tmp_path / "h.csv").write_text(head + "2025-01-17,-100.00,-0.995\n")
    with pytest.raises(
        Mistakes, match=r"2025-01-17 has two prices, 100\.592 here and 100\.5025126"
    ):
        prices_read(PriceFile(file=tmp_path / "h.csv"))


def workbook(rows: list[tuple[object, ...]], sheet: str = "Prices") -> bytes:
    """The bytes of a workbook with an empty sheet before the one that matters."""
    book, out = Workbook(), BytesIO()
    made = book.create_sheet(sheet)
    for row in rows:
        made.append(list(row))
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Fund: INVX",), (), ("Date", "Unit Price")]
    rows += [(day, float(price)) for day, price in fund()]
    (tmp_path / "p.xlsx").write_bytes(workbook([*rows, (), ("Past performance is no guarantee.",)]))
    assert boxes(tmp_path, "p.xlsx") == BOXES


def test_a_workbook_without_the_extra_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "p.xlsx").write_bytes(workbook([("date", "price")]))
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(
        Mistakes, match=r"needs the extra excel: pip install 'mbdr-simulator\[excel\]'"
    ):
        boxes(tmp_path, "p.xlsx")


@pytest.mark.parametrize("damaged", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 an old one"])
def test_what_is_no_workbook_is_a_line(damaged: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(damaged)
    with pytest.raises(Mistakes, match=r"p\.xlsx: is (no XLSX workbook|a workbook of before 2007)"):
        boxes(tmp_path, "p.xlsx")


def test_a_workbook_with_a_cell_far_away_is_refused(tmp_path: Path) -> None:
    """Everything between would be read."""
    book = Workbook()
    sheet = book.create_sheet("Prices")
    sheet["A1"], sheet["B1"], sheet["XFD1048576"] = "date", "price", 1
    for line in range(2, 400):
        sheet.cell(line, 16_000).value = 1
    book.save(tmp_path / "p.xlsx")
    with pytest.raises(Mistakes, match="has more than 4,000,000 cells"):
        boxes(tmp_path, "p.xlsx")


def test_prices_of_a_day_that_contradict_each_other_are_asked_about(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("date,price\n2025-01-03,101\n2025-01-02,100\n2025-01-02,102\n")
    with pytest.raises(
        Mistakes, match=r"p\.csv:3:1: 2025-01-02 has two prices, 100 here and 102 in line 4"
    ):
        prices_read(PriceFile(file=tmp_path / "p.csv"))


def test_a_comma_within_a_number_without_quotes_is_no_second_number(tmp_path: Path) -> None:
    """99,50 would be 99 and another cell."""
    (tmp_path / "p.csv").write_text("date,price\n2025-01-02,99,50\n2025-01-03,100\n")
    with pytest.raises(Mistakes, match="2:1: 3 cells; the header has 2; put quotes around numbers"):
        prices_read(PriceFile(file=tmp_path / "p.csv"))


def test_a_number_that_may_be_two_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("date;price\n2025-01-02;1,234\n2025-01-03;1,240\n")
    with pytest.raises(Mistakes, match="numbers like 1,234 may have thousands or decimals"):
        prices_read(PriceFile(file=tmp_path / "p.csv"))
