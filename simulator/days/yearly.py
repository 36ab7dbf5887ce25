"""A day of each year, like March 10."""

import re
from dataclasses import dataclass
from datetime import date

from simulator.days.calendars import month_end


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A month and a day, each year again; February 29 is the 28th where a year has none.

    Attributes:
        month: 1 to 12.
        day: Of the month.
    """

    month: int
    day: int

    def of(self, year: int) -> date:
        """The day in a year."""
        return date(year, self.month, min(self.day, month_end(year, self.month).day))

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.day:02d}"


def yearly_day(text: str) -> YearlyDay | None:
    """The day that a text like `03-10` states; None where it states none."""
    match = re.fullmatch(r"(\d{2})-(\d{2})", text.strip())
    if not match:
        return None
    month, day = map(int, match.groups())
    in_leap_year = 2024
    if not 1 <= month <= 12 or not 1 <= day <= month_end(in_leap_year, month).day:
        return None
    return YearlyDay(month, day)
