"""What the fund really did, over the same dates or from every start year of the series."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise
from math import nan
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field, PrivateAttr

from simulator.days.calendars import sessions_between
from simulator.days.years import Years
from simulator.notation.fields import Choice
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.readers.faults import MOST_ALIKE
from simulator.returns.lognormal import places_of
from simulator.returns.model import ReturnsModel, repeated
from simulator.returns.series import BUNDLED, HistoricalModel, Jump, Series

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


FEW_SHARED = 5
"""Rows that two paths may share without being called overlapping: start years are not equally long."""


class Starts(NamedTuple):
    """The calendar years that a series has a first row of.

    Attributes:
        years: Those with enough rows after it; path i starts in the i-th.
        left_out: Those without.
    """

    years: tuple[int, ...]
    left_out: tuple[int, ...]


class History(HistoricalModel):
    """The actual series: over the same dates, one path; or from every start year in turn, a path each.

    With `start: each` the k-th session after the first takes the k-th row after the start year's first row,
    divided by that row; start years without enough rows are left out. Paths share rows, so they are not
    independent of each other.
    """

    model: Annotated[Literal["history"], Choice("a returns model")] = Field(
        "history", description="Which model."
    )
    start: Annotated[Literal["actual", "each"], Choice("a start")] = Field(
        "actual", description="The same dates as simulated, or every start year of the series."
    )

    unread: ClassVar[frozenset[str]] = frozenset({"annual_return", "volatility", "paths", "seed"})

    _outside: History | None = PrivateAttr(None)
    """The fund whose start years are the paths."""

    def beside(self, outside: ReturnsModel) -> History:
        """The same as the model of the fund that money is parked in: beside start years, in the same ones."""
        fund = super().beside(outside)
        assert isinstance(fund, History)
        if self.start == "each" and isinstance(outside, History):
            fund._outside = outside
        return fund

    @property
    def drawn(self) -> bool:
        """Whether there are as many paths as one asks for: not beside start years."""
        return self.start == "actual" and super().drawn

    @property
    def whose_paths(self) -> str:
        """How many paths there are."""
        return super().whose_paths if self.start == "actual" else "whose paths are its start years"

    def count(self, sessions: Sequence[date]) -> int:
        """One, or the start years with enough rows.

        Raises:
            Mistakes: The prices cannot be used, or no start year has enough rows.
        """
        return (
            super().count(sessions) if self.start == "actual" else len(self.starts(sessions).years)
        )

    def path(
        self,
        sessions: Sequence[date],
        years: Years,
        index: int,
        priced: Collection[date] | None = None,
    ) -> list[float]:
        """The price at each session's close; NaN where there is none and none is needed. [session]

        Raises:
            Mistakes: The prices cannot be used, or a session that needs one has none.
            OutOfRange: A price leaves the range.
        """
        if self.start == "each":
            return super().path(sessions, years, index)
        prices = self._actual(sessions, sessions if priced is None else sorted(priced))
        known = [
            (day, price) for day, price in zip(sessions, prices, strict=True) if price == price
        ]
        self._demand_path([price for _, price in known], [day for day, _ in known], index)
        return prices

    def unpriced(self, sessions: Sequence[date]) -> tuple[date, ...]:
        """The sessions of some that have no price."""
        if self.start == "each":
            return ()
        days = {row.day for row in self.series().rows}
        return tuple(day for day in sessions if day not in days)

    def _actual(self, sessions: Sequence[date], needed: Sequence[date]) -> list[float]:
        series = self.series()
        if series.dividends and needed:  # they are reinvested from row to row: none may be missing
            needed = list(sessions_between(needed[0], needed[-1]))
        _demand_prices(series, needed)
        price = {row.day: total for row, total in zip(series.rows, series.totals, strict=True)}
        return [price.get(day, nan) for day in sessions]

    def _closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:  # noqa: ARG002
        import numpy as np

        if self.start == "actual":
            return repeated(self._actual(sessions, sessions), paths)
        totals, places = self.series().totals, places_of(sessions)
        rows, starts = _first_rows(self.series()), self.starts(sessions).years
        firsts = [rows[starts[index]] for index in paths]
        closes = [[totals[row + place] / totals[row] for place in places] for row in firsts]
        return np.ascontiguousarray(np.array(closes).T)

    def draws_on(self, jump: Jump, sessions: Sequence[date]) -> bool:
        """Whether a jump is within what the prices of some sessions come from: the same dates."""
        within = jump.before.day >= sessions[0] and jump.row.day <= sessions[-1]
        return self.start == "each" or within

    def described(self, paths: int, sessions: Sequence[date]) -> str:
        """Which start years there are, and that they overlap."""
        if self.start == "actual":
            return super().described(paths, sessions)
        years, left_out = self.starts(sessions)
        missing = f" ({len(left_out)} left out, too near the end)" if left_out else ""
        each = f"{paths} start years of the history, {years[0]} to {years[-1]}{missing}"
        first = _first_rows(self.series())
        apart = min((first[b] - first[a] for a, b in pairwise(years)), default=0)
        if places_of(sessions)[-1] <= apart + FEW_SHARED:
            return f"{each}."
        return f"{each}; their paths overlap, so the error +/- is understated."

    def origin(self, sessions: Sequence[date]) -> dict[str, list[int]]:
        """The start years, and those that are left out."""
        if self.start == "actual":
            return {}
        return {name: list(years) for name, years in self.starts(sessions)._asdict().items()}

    def starts(self, sessions: Sequence[date]) -> Starts:
        """Which start years have enough rows for some sessions, and which are left out.

        Raises:
            Mistakes: The prices cannot be used, or no start year has enough rows.
        """
        series = self.series()
        series.demand_daily()
        steps = places_of(sessions)[-1]
        first = _first_rows(series)
        years = tuple(year for year, row in first.items() if row + steps < len(series.rows))
        if self._outside is not None:
            wanted = self._outside.starts(sessions).years
            if missing := [year for year in wanted if year not in years]:
                wrong = f"the rows are too few for the start year {missing[0]}, which returns has"
                raise Mistakes([Mistake(Place(series.source, series.rows[0].line, 1), (), wrong)])
            years = wanted
        if not years:
            rows = f"{len(series.rows):,} rows from {series.rows[0].day} to {series.rows[-1].day}"
            needed = f"the simulation needs {steps + 1:,} from the first of a year on"
            place = Place(series.source, series.rows[0].line, 1)
            raise Mistakes([Mistake(place, (), f"{rows}; {needed}")])
        return Starts(years, tuple(year for year in first if year not in years))


def _first_rows(series: Series) -> dict[int, int]:
    """The place of each calendar year's first row."""
    first: dict[int, int] = {}
    for place, row in enumerate(series.rows):
        first.setdefault(row.day.year, place)
    return first


def _demand_prices(series: Series, needed: Sequence[date]) -> None:
    """Raises `Mistakes` where sessions that need a price have none.

    Args:
        series: The prices.
        needed: Sessions, in order.
    """
    rows = series.rows
    days = [row.day for row in rows]
    missing = sorted(set(needed).difference(days))
    outside = [day for day in missing if not days[0] <= day <= days[-1]]
    mistakes = []
    if outside:
        covered = f"the prices go from {days[0]} to {days[-1]}"
        wanted = f"the simulation needs {needed[0]} to {needed[-1]}"
        if series.source == BUNDLED:
            wanted += "; write prices: FILE.csv, or start: each"
        elif outside[0] > days[-1] and days[-1].year == needed[-1].year:
            wanted += (
                f"; add the later ones, or write until: {days[-1]} for what has happened by then"
            )
        mistakes.append(Mistake(Place(series.source, rows[0].line, 1), (), f"{covered}; {wanted}"))
    gaps = [day for day in missing if days[0] < day < days[-1]]
    few = len(gaps) <= MOST_ALIKE
    for day in gaps if few else gaps[:1]:
        gap = f"no price for the session {day}; add its row after this one"
        if not few:
            gap += f", and those of {len(gaps) - 1:,} more sessions that need one, to {gaps[-1]}"
        before = rows[bisect_left(days, day) - 1]
        mistakes.append(Mistake(Place(series.source, before.line, 1), (), gap))
    if mistakes:
        raise Mistakes(mistakes)
