"""What a fund really did, day by day: the prices that history, bootstrap and garch draw on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field

from simulator.notation.fields import share
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.readers.dated_csv import Dated
from simulator.readers.faults import demand_none
from simulator.readers.named_file import PriceFile, Prices
from simulator.returns.model import ReturnsModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SESSIONS_A_YEAR = 252
BUNDLED = "the bundled S&P 500"
BUNDLED_YIELD = Fraction(2, 100)
"""What the index paid in dividends, roughly: an assumption, the series is of prices only. [a year]"""

LONGEST_GAP = 10
"""Calendar days between two rows of a daily series; the exchange's longest closure since 1990 took 7."""

LARGEST_JUMP = 5
"""A price that changes by a larger factor in one session is told: that is a slip or a split of shares."""

MOST_JUMPS = 5
"""That are told one by one."""

EXTRA = "pip install 'mbdr-simulator[history]'"


class Jump(NamedTuple):
    """A price far from that of the session before.

    Attributes:
        file: The name of its file.
        before: The row before.
        row: Its row.
    """

    file: str
    before: Dated[float]
    row: Dated[float]

    def __str__(self) -> str:
        (_, first, low), (line, day, high) = self.before, self.row
        moved = f"from {low:,.10g} on {first} to {high:,.10g} on {day}"
        return f"{self.file}:{line}: the price goes {moved}: a slip, or a split of shares?"


class Series(NamedTuple):
    """Closing prices, one a row.

    Attributes:
        source: The file, or what stands for it.
        rows: Line (0 where there is no file), day and price, in order.
        dividends: What the prices leave out. [fraction a year]
    """

    source: str
    rows: tuple[Dated[float], ...]
    dividends: Fraction

    @property
    def totals(self) -> list[float]:
        """The prices with dividends reinvested: (1 + dividends)^(1/252) more a row. [row]

        Raises:
            Mistakes: There are so many rows that dividends leave the range of numbers.
        """
        growth = float(1 + self.dividends)
        try:
            return [
                row.number * growth ** (place / SESSIONS_A_YEAR)
                for place, row in enumerate(self.rows)
            ]
        except OverflowError:
            rows = f"dividends over {len(self.rows):,} rows leave the range of numbers"
            raise self._mistakes(f"{rows}; leave rows out, or dividend_yield") from None

    def returns(self) -> NDArray[np.float64]:
        """Simple returns from row to row, dividends included. [row - 1]

        Raises:
            Mistakes: The rows are not daily, or fewer than two.
        """
        import numpy as np

        self.demand_daily()
        if len(self.rows) < 2:
            raise self._mistakes("one price has no return; write two rows or more")
        totals = np.array(self.totals)
        returns: NDArray[np.float64] = totals[1:] / totals[:-1] - 1
        return returns

    def demand_daily(self) -> None:
        """Raises `Mistakes` where rows lie so far apart that they are not those of all sessions."""
        first, last = self.rows[0].day, self.rows[-1].day
        weeks = (last - first).days / 7
        if weeks >= 4 and len(self.rows) < 4 * weeks:
            rows = f"{len(self.rows)} prices in {weeks:.0f} weeks"
            raise self._mistakes(f"{rows}; write the price of every session")
        demand_none(
            Mistake(
                Place(self.source, row.line, 1),
                (),
                f"{(row.day - before.day).days} days after {before.day}; "
                "write the price of every session",
            )
            for before, row in pairwise(self.rows)
            if (row.day - before.day).days > LONGEST_GAP
        )

    def jumps(self) -> Iterator[Jump]:
        """The rows whose price is not within a factor of `LARGEST_JUMP` of that of the row before."""
        for before, row in pairwise(self.rows):
            low, high = before.number, row.number
            if high > LARGEST_JUMP * low or low > LARGEST_JUMP * high:
                yield Jump(visible(Path(self.source).name), before, row)

    def _mistakes(self, message: str) -> Mistakes:
        return Mistakes([Mistake(Place(self.source, self.rows[0].line, 1), (), message)])


class HistoricalModel(ReturnsModel):
    """A model that draws on what a fund really did."""

    prices: Prices | None = Field(
        None,
        description="A price download, or a CSV of date,price with a row for each session; without "
        "it the S&P 500 of 1999 to 2018 (extra `history`).",
    )
    dividend_yield: Annotated[Fraction | None, share(0, Fraction(1, 5), none=True)] = Field(
        None,
        description="Dividends that the prices leave out, reinvested evenly: (1 + this)^(1/252) a "
        "row. Default of a file 0%; of the bundled S&P 500 2%, an assumption. [fraction "
        "a year]",
    )

    @property
    def calmer(self) -> str:
        """What to write where a price leaves the range."""
        jump = next(self.series().jumps(), None)
        return f"other prices ({jump})" if jump else "other prices, or fewer years"

    def warnings(self, sessions: Sequence[date]) -> tuple[str, ...]:
        """The jumps of the prices that matter over some sessions: the first few, and how many more.

        Raises:
            Mistakes: The prices cannot be used.
        """
        jumps = [jump for jump in self.series().jumps() if self.draws_on(jump, sessions)]
        from simulator.readers.prices import prices_read  # loaded where a file is read

        taken = prices_read(self.prices).notes if self.prices else ()
        notes = tuple(f"{visible(Path(str(self.prices)).name)}: {note}." for note in taken)
        more = len(jumps) - MOST_JUMPS
        rest = (f"{jumps[0].file}: {more:,} more such jumps.",) if more > 0 else ()
        return (*notes, *map(str, jumps[:MOST_JUMPS]), *rest)

    def draws_on(self, jump: Jump, sessions: Sequence[date]) -> bool:  # noqa: ARG002
        """Whether a jump is within what the prices of some sessions come from."""
        return True

    @property
    def reads(self) -> Path | None:
        """The file that the prices are drawn from; None with the bundled ones."""
        return self.prices.file if self.prices else None

    def series(self) -> Series:
        """The prices, and the dividends that they leave out.

        Raises:
            Mistakes: The file cannot be used, or the bundled prices are not installed.
        """
        if self.prices is None:
            given = BUNDLED_YIELD if self.dividend_yield is None else self.dividend_yield
            with self.placed():
                return Series(BUNDLED, bundled_prices(), given)
        return Series(
            str(self.prices.file), closing_prices(self.prices), self.dividend_yield or Fraction(0)
        )


@cache
def bundled_prices() -> tuple[Dated[float], ...]:
    """The S&P 500 at every close from 1999-01-04 to 2018-12-31, without dividends.

    Source: the library arch, `arch.data.sp500` (Yahoo).

    Raises:
        Mistakes: The library is not installed.
    """
    try:
        from arch.data import sp500
    except ImportError:
        raise needs_extra("model", "the bundled prices need", "prices: FILE.csv") from None
    closes = sp500.load()["Close"]
    days: Sequence[date] = [stamp.date() for stamp in closes.index]
    return tuple(map(Dated, (0 for _ in days), days, map(float, closes)))


def needs_extra(field: str, what: str, instead: str) -> Mistakes:
    """What to install, or what to write instead."""
    message = f"{what} the extra history: {EXTRA}, or write {instead}"
    return Mistakes([Mistake(Place(f"returns.{field}"), (), message)])


def closing_prices(named: PriceFile) -> tuple[Dated[float], ...]:
    """The prices of a file by date, one a day.

    Raises:
        Mistakes: Rows that cannot be read, prices that contradict each other, or something that is open.
    """
    from simulator.readers.prices import prices_read

    return prices_read(named).rows
