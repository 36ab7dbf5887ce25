"""The room: what 415(c) leaves for the after-tax contribution of a paycheck, by the plan's rule."""

from collections.abc import Mapping
from typing import Protocol

from simulator.payroll.contribution import ANNUAL_ADDITIONS, Contribution, ContributionYear
from simulator.payroll.paycheck import LUMP_SUM


class Room(Protocol):
    """What is left of a year's room, paycheck by paycheck."""

    def limits(self, paid: Contribution, /) -> Mapping[str, int]:
        """The most that a paycheck's after-tax contribution may be, by its limit. [cents]"""

    def take(self, paid: Contribution, /) -> None:
        """Counts a paycheck, and fills in what is left after it."""


class ReservedRoom:
    """The employer money of the whole year is held back.

    Args:
        room: What deferrals and employer money of the year leave. [cents]
    """

    def __init__(self, room: int) -> None:
        self._left = room

    def limits(self, _: Contribution, /) -> Mapping[str, int]:
        """The same for every paycheck, less what went in."""
        return {ANNUAL_ADDITIONS: self._left}

    def take(self, paid: Contribution) -> None:
        """Counts the after-tax contribution alone: the rest is counted already."""
        self._left -= paid.after_tax
        paid.room_after = max(0, self._left)


class RoomToDate:
    """What came in so far counts; what is to come is not known.

    Args:
        year: The year. Employer money of a day comes before the day's after-tax contributions.
    """

    def __init__(self, year: ContributionYear) -> None:
        self._left = year.annual_additions_limit
        self._lumps = [paid for paid in year.contributions if paid.paycheck.kind == LUMP_SUM]

    def limits(self, paid: Contribution) -> Mapping[str, int]:
        """After the paycheck's own deferrals and employer money."""
        return {ANNUAL_ADDITIONS: self._after(paid)}

    def take(self, paid: Contribution) -> None:
        """Counts all that came with the paycheck."""
        paid.room_after = max(0, self._after(paid) - paid.after_tax)
        if paid.paycheck.kind != LUMP_SUM:
            self._left -= paid.additions + paid.after_tax

    def _after(self, paid: Contribution) -> int:
        lumps = sum(lump.additions for lump in self._lumps if lump.pay_date <= paid.pay_date)
        own = 0 if paid.paycheck.kind == LUMP_SUM else paid.additions
        return self._left - own - lumps


class Unbounded:
    """No room is known yet: what is asked would go in."""

    def limits(self, _: Contribution, /) -> Mapping[str, int]:
        """None."""
        return {}

    def take(self, _: Contribution, /) -> None:
        """Nothing is counted."""
