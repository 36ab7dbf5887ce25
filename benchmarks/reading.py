"""How long files of prices and deposits take to be read, beside what their cells alone take.

`benchmarks/run.py` has the rows. Against the reader as it was before it took exports as they come:

    first=$(git log --diff-filter=A --format=%H -- simulator/readers/dated_table.py)
    git worktree add --detach ../before $first~1
    python benchmarks/reading.py --before ../before  # a minute; writes the line under the rows, `reading.txt`
"""

import argparse
import csv
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from simulator.readers import deposits, prices
from simulator.readers.named_file import DepositFile, PriceFile

HERE = Path(__file__).parent
PAIR = HERE / "reading.txt"

MOST_ROWS = 100_000
FIRST = date(1926, 1, 4)
PAIRS, FEW = 9, 1

ALONE = """
import sys, time
from pathlib import Path
kind, file = sys.argv[1], Path(sys.argv[2])
try:
    from simulator.readers import deposits, prices
    from simulator.readers.named_file import DepositFile, PriceFile
    made = {"price": (prices._read, prices.prices_read, PriceFile),
            "amount": (deposits._read, deposits.deposits_read, DepositFile)}
    kept, read, named = made[kind]
    job = lambda: read(named(file=file)).rows
except ImportError:
    from simulator.payroll import replay
    from simulator.returns import series
    made = {"price": (series._closing_prices, series.closing_prices),
            "amount": (replay._deposits, replay.deposits_made)}
    kept, read = made[kind]
    job = lambda: read(file)
took = []
for _ in range(4):  # the first loads what the others have
    kept.cache_clear()
    began = time.process_time()
    rows = job()
    took.append(time.process_time() - began)
assert rows[-1].number > 0
print(min(took[1:]))
"""
"""A process of its own: how long a file takes, by whichever reader the program has. [s of its processor]"""


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


def weekdays(rows: int) -> list[date]:
    """So many days from `FIRST` on."""
    days = [FIRST + timedelta(n) for n in range(min(rows, MOST_ROWS) * 7 // 5 + 2)]
    return [day for day in days if day.weekday() < 5][:rows]


def plain_rows(days: list[date]) -> list[str]:
    """Rows of dates and numbers, as the program writes them."""
    return [f"{day},{100 + n % 997 / 100:.2f}\n" for n, day in enumerate(days)]


def pair(kind: str, file: Path, before: Path, pairs: int) -> tuple[float, float]:
    """How long a file takes before and now, in processes that take turns: the medians. [s of a processor]"""
    took: dict[Path, list[float]] = {before: [], HERE.parent: []}
    for _ in range(pairs):
        for tree, times in took.items():
            command = [sys.executable, "-c", ALONE, kind, str(file)]
            environment = {**os.environ, "PYTHONPATH": str(tree)}
            done = subprocess.run(
                command, env=environment, check=True, capture_output=True, text=True, cwd=tree
            )
            times.append(float(done.stdout))
    return median(took[before]), median(took[HERE.parent])


def main() -> None:
    """Writes the line of before and now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, help="the program as it was, a working tree")
    parser.add_argument("--tiny", action="store_true", help="only whether it runs; writes nothing")
    asked = parser.parse_args()
    tree = HERE.parent if asked.tiny else asked.before
    if tree is None:
        parser.error("--before FOLDER: the working tree to compare with")
    rows = plain_rows(weekdays(100 if asked.tiny else MOST_ROWS))
    told = []
    with TemporaryDirectory() as folder:
        for kind in ("price", "amount"):
            file = Path(folder) / f"{kind}.csv"
            file.write_text(f"date,{kind}\n{''.join(rows)}", encoding="utf-8")
            before, now = pair(kind, file, tree.resolve(), FEW if asked.tiny else PAIRS)
            told.append(f"{before:.2f} s and {now:.2f} s of date,{kind} ({now / before:.2f})")
    line = f"{len(rows):,} rows before the reader took exports as they come, and now: {', '.join(told)}"
    line += "; time of the processor, medians of pairs that take turns.\n"
    if asked.tiny:
        sys.stdout.write(line)
    else:
        PAIR.write_text(line, encoding="utf-8")


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
    sessions = weekdays(rows)
    plain = plain_rows(sessions)
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


if __name__ == "__main__":
    main()
