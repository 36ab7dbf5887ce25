"""A clean table, written in a random layout, reads back equal."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.readers.deposits import deposits_read
from simulator.readers.named_file import DepositFile, PriceFile
from simulator.readers.prices import prices_read
from tests.readers.layouts import german

DATES = (
    "%Y-%m-%d",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%Y-%m-%dT00:00:00Z",
    "%Y%m%d",
    "%A, %B %d, %Y",
    "%Y/%m/%d",
)
AMOUNTS = {
    "plain": lambda n: f"{n:.2f}",
    "thousands": lambda n: f"{n:,.2f}",
    "dollars": lambda n: f"${n:,.2f}",
    "spaces": lambda n: f" $ {n:,.2f} ",
    "usd": lambda n: f"{n:,.2f} USD",
    "four places": lambda n: f"{n:.2f}00",
}
PREAMBLES = (
    "",
    "Account history\n\n",
    "Plan name:,NORTHWIND\nDate Range,01/01/2025 - 12/31/2025\n\n\n",
)
FOOTERS = (
    "",
    "\n\n",
    '\n"Not advice. Figures, as told, may change."\n',
    "\nTotal\n",
    "\nData as of Jan 1\n",
)


@st.composite
def layouts(
    draw: st.DrawFn, days: list[date], numbers: list[Decimal], heads: tuple[str, str]
) -> bytes:
    """The bytes of a table in a layout."""
    separator = draw(st.sampled_from(",;\t|"))
    written = draw(st.sampled_from(DATES))
    comma = separator == ";" and any(n < 1000 or n % 1 for n in numbers) and draw(st.booleans())
    amount = german if comma else AMOUNTS[draw(st.sampled_from(sorted(AMOUNTS)))]
    rows = [
        [day.strftime(written), amount(number), "x y"]
        for day, number in zip(days, numbers, strict=True)
    ]
    order = draw(st.permutations(range(3)))
    names = [*heads, "Unrelated"]
    lines = [[names[n] for n in order], *([row[n] for n in order] for row in rows)]
    if draw(st.booleans()):
        lines[1:] = lines[:0:-1]
    quoted = draw(st.booleans())
    text = "\n".join(
        separator.join(f'"{cell}"' if quoted or separator in cell else cell for cell in line)
        for line in lines
    )
    text = draw(st.sampled_from(PREAMBLES)) + text + "\n" + draw(st.sampled_from(FOOTERS))
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
    return text.replace("\n", draw(st.sampled_from(("\n", "\r\n")))).encode(encoding)


days = st.lists(
    st.dates(date(1990, 1, 1), date(2068, 12, 31)), min_size=1, max_size=12, unique=True
)
cents = st.integers(1, 10**9)


@given(st.data())
def test_deposits_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    on = sorted(data.draw(days))
    went_in = [data.draw(cents) for _ in on]
    numbers = [Decimal(one) / 100 for one in went_in]
    file = tmp_path_factory.mktemp("drawn") / "d.csv"
    head = (data.draw(st.sampled_from(("Date", "Trade Date", "PAY_DATE"))), "Amount ($)")
    file.write_bytes(data.draw(layouts(on, numbers, head)))
    read = deposits_read(DepositFile(file=Path(file)))
    assert [(row.day, row.number) for row in read.rows] == list(zip(on, went_in, strict=True))


@given(st.data())
def test_prices_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    on = sorted(data.draw(days))
    numbers = [Decimal(data.draw(cents)) / 100 for _ in on]
    file = tmp_path_factory.mktemp("drawn") / "p.csv"
    head = (
        "Date",
        data.draw(st.sampled_from(("Price", "NAV", "Close/Last", "Adj. Close", "INVX"))),
    )
    file.write_bytes(data.draw(layouts(on, numbers, head)))
    read = prices_read(PriceFile(file=Path(file)))
    assert [(row.day, row.number) for row in read.rows] == list(
        zip(on, map(float, numbers), strict=True)
    )
