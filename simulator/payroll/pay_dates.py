"""The cycle of regular pay dates: by the week from an anchor, or on days of the month."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from simulator.days.calendars import FIRST_YEAR, LAST_YEAR, month_end, preceding_bank_day
from simulator.days.years import Years

PAYCHECKS_A_YEAR = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}
DAYS_APART = {"weekly": 7, "biweekly": 14}
DEFAULT_PAY_DAYS: dict[str, tuple[int | str, ...]] = {
    "semimonthly": (15, "last"),
    "monthly": ("last",),
}

MOST_KEPT = 64
"""Cycles whose dates are kept: those of many employees."""


class Cycle(NamedTuple):
    """When regular pay is due, as in `Pay`.

    Attributes:
        frequency: How often.
        first: The anchor; no nominal date before it.
        last: No date after it.
        days: Of the month, where it is not by the week; None for the usual ones.
    """

    frequency: str
    first: date | None
    last: date | None
    days: tuple[int | str, ...] | None

    @property
    def first_paid(self) -> date | None:
        """The first regular pay date ever, moved; None where no anchor says so."""
        first = self.first
        if first is None or first.year not in range(FIRST_YEAR, LAST_YEAR):
            return first
        if self.frequency in DAYS_APART:
            return preceding_bank_day(first)
        nominal = self._days_of_months(Years(first.year, first.year))
        return preceding_bank_day(next(day for day in nominal if day >= first))

    def nominal_dates(self, years: Years) -> Iterator[date]:
        """Dates before they are moved, from January 1 of the first year to a week after the last."""
        start, end = date(years.first, 1, 1), date(years.last + 1, 1, 7)
        if self.frequency not in DAYS_APART:
            yield from self._days_of_months(years)
            return
        assert self.first is not None, "required by the scenario"
        step = timedelta(days=DAYS_APART[self.frequency])
        nominal = self.first + max(0, -((self.first - start) // step)) * step
        while nominal <= end:
            yield nominal
            nominal += step

    def _days_of_months(self, years: Years) -> Iterator[date]:
        pay_days = self.days or DEFAULT_PAY_DAYS[self.frequency]
        months = [(year, month) for year in years for month in range(1, 13)]
        for year, month in [*months, (years.last + 1, 1)]:
            end = month_end(year, month)
            yield from sorted(
                end.replace(day=min(day, end.day)) if isinstance(day, int) else end
                for day in pay_days
            )


@lru_cache(maxsize=MOST_KEPT)
def pay_dates(cycle: Cycle, years: Years) -> tuple[date, ...]:
    """The regular pay dates that fall in some years, moved to the preceding bank day."""
    moved = (
        preceding_bank_day(nominal)
        for nominal in cycle.nominal_dates(years)
        if cycle.first is None or nominal >= cycle.first
    )
    return tuple(
        [day for day in moved if day.year in years and (cycle.last is None or day <= cycle.last)]
    )
