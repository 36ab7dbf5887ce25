"""What the fund really did: a CSV of dates and closing prices."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from simulator.dated_csv import Dated, dated_csv
from simulator.days import sessions_between
from simulator.document import Mistake, Mistakes, Place
from simulator.notation import Choice, FileBeside, Years, read_number
from simulator.returns.model import ReturnsModel


class History(ReturnsModel):
    """The actual series over the same dates. One path."""

    model: Annotated[Literal["history"], Choice("a returns model")] = "history"
    prices: FileBeside = Field(
        description="CSV with the columns date,price, relative to the scenario file; dividends reinvested."
    )

    def path(self, sessions: Sequence[date], years: Years, index: int) -> list[float]:  # noqa: ARG002
        """The price at each session's close. [session]

        Raises:
            Mistakes: A row cannot be read, or a session between the first and the last has no price.
        """
        rows = closing_prices(self.prices)
        _demand_every_session(self.prices, rows, sessions[0], sessions[-1])
        price = {row.day: row.number for row in rows}
        return [price[day] for day in sessions]


@cache
def closing_prices(file: Path) -> tuple[Dated[float], ...]:
    """The rows of a price file, checked.

    Raises:
        Mistakes: Rows that cannot be read, prices that are not positive, dates out of order.
    """
    rows = dated_csv(file, "price", _price)
    mistakes = [
        Mistake(
            Place(str(file), row.line, 1),
            (),
            f"{row.day} does not come after {before.day}; order the rows by date, one a day",
        )
        for before, row in pairwise(rows)
        if row.day <= before.day
    ]
    if not rows:
        mistakes.append(
            Mistake(Place(str(file), 2, 1), (), "no prices; write rows like 2025-01-02,101.25")
        )
    if mistakes:
        raise Mistakes(mistakes)
    return tuple(rows)


def _price(text: str) -> float:
    number = read_number(text)
    if number is None or number <= 0:
        raise ValueError(f"'{text}' is not a price; write a number above 0 like 101.25")
    return float(number)


def _demand_every_session(
    file: Path, rows: Sequence[Dated[float]], first: date, last: date
) -> None:
    """Raises `Mistakes` where sessions between two days have no price."""
    line = {row.day: row.line for row in rows}
    mistakes = []
    if rows[0].day > first or rows[-1].day < last:
        covered = f"the prices go from {rows[0].day} to {rows[-1].day}"
        needed = f"the simulation needs {first} to {last}"
        mistakes.append(Mistake(Place(str(file), rows[0].line, 1), (), f"{covered}; {needed}"))
    previous = rows[0].line
    for day in sessions_between(max(first, rows[0].day), min(last, rows[-1].day)):
        if day not in line:
            gap = f"no price for the session {day}; add its row after this one"
            mistakes.append(Mistake(Place(str(file), previous, 1), (), gap))
        previous = line.get(day, previous)
    if mistakes:
        raise Mistakes(mistakes)
