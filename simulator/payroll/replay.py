"""Replay: the after-tax deposits that really went in, in place of a payroll."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from simulator.dated_csv import Dated, Numbers, content, dated_csv, demand_none
from simulator.document import Mistake, Place
from simulator.letters import visible
from simulator.money import MOST_CENTS, beyond_range
from simulator.notation import NOT_DOLLARS, Years, read_dollars

AMOUNTS = Numbers("amount", read_dollars, f"this {NOT_DOLLARS}")


def deposits_made(file: Path) -> tuple[Dated[int], ...]:
    """The deposits of a CSV with the columns date,amount, in its order. [cents]

    Raises:
        Mistakes: The file or a row cannot be read.
    """
    return _deposits(file, content(file))


@lru_cache(maxsize=16)
def _deposits(file: Path, content: bytes) -> tuple[Dated[int], ...]:
    return tuple(dated_csv(file, content, AMOUNTS))


def deposits_in(file: Path, years: Years) -> tuple[tuple[date, int], ...]:
    """Date and amount of each deposit, by date. [cents]

    Raises:
        Mistakes: A row cannot be read, or lies outside the years.
        OutOfRange: All together are more than amounts are told to the cent.
    """
    rows = deposits_made(file)
    demand_none(
        Mistake(Place(str(file), row.line, 1), (), f"{row.day} is outside the years {years}")
        for row in rows
        if row.day.year not in years
    )
    if (cents := sum(row.number for row in rows)) > MOST_CENTS:
        raise beyond_range(
            f"{visible(str(file))}: the sum of the deposits", cents, "smaller or fewer ones"
        )
    return tuple(sorted((row.day, row.number) for row in rows))
