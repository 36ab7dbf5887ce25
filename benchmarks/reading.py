"""How long files of prices and deposits take to be read, beside what their cells alone take."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from simulator.readers import deposits, prices
from simulator.readers.named_file import DepositFile, PriceFile

MOST_ROWS = 100_000
FIRST = date(1926, 1, 4)


def cells(text: str) -> None:
    """The least that a reader does: rows by the standard library, a date and a number of each."""
    for day, number in list(csv.reader(StringIO(text, newline="")))[1:]:
        date.fromisoformat(day)
        Decimal(number)


def price_file(file: Path) -> None:
    """A price file, read anew."""
    prices._read.cache_clear()
    prices.prices_read(PriceFile(file=file))


def deposit_file(file: Path) -> None:
    """A file of deposits, read anew."""
    deposits._read.cache_clear()
    deposits.deposits_read(DepositFile(file=file))


def reading(
    in_turn: Callable[..., tuple[float, float]], row: Callable[..., None], rows: int, turns: int
) -> None:
    """Plain files and an export against their cells.

    Args:
        in_turn: Median times of two jobs done in turn. [s]
        row: Writes a line of the results.
        rows: How many rows a file has.
        turns: How often two jobs are done in turn.
    """
    days = [FIRST + timedelta(n) for n in range(min(rows, MOST_ROWS) * 7 // 5 + 2)]
    sessions = [day for day in days if day.weekday() < 5][:rows]
    plain = [f"{day},{100 + n % 997 / 100:.2f}\n" for n, day in enumerate(sessions)]
    export = [
        f'{day:%m/%d/%Y},"${1000 + n % 997 / 100:,.2f}",1\n' for n, day in enumerate(sessions)
    ]
    jobs: list[tuple[str, str, Callable[[Path], Any], str]] = [
        ("date,price", "date,price\n" + "".join(plain), price_file, "at most 10"),
        ("date,amount", "date,amount\n" + "".join(plain), deposit_file, "at most 10"),
        (
            "an export, newest first",
            "Date,Close/Last,Volume\n" + "".join(export[::-1]),
            price_file,
            "",
        ),
    ]
    floor = jobs[0][1]
    with TemporaryDirectory() as folder:
        for name, text, read, promised in jobs:
            file = Path(folder) / "file.csv"
            file.write_text(text, encoding="utf-8")
            took, least = in_turn(partial(read, file), partial(cells, floor), turns)
            what = f"{len(sessions):,} rows of {name} / their cells by csv, date and Decimal"
            row(what, f"{took / least:.1f}", promised, f"{took:.2f} s")
