"""Running totals over a year: amounts that are rounded by them, and the pace of `max`."""

from collections.abc import Iterable
from fractions import Fraction

from simulator.money import half_up


class RunningTotal:
    """Rounds the amounts of one column: each by itself, or as the change in their rounded running total."""

    def __init__(self, year_to_date: bool) -> None:
        self._year_to_date = year_to_date
        self._unrounded = Fraction(0)

    def add(self, amount: Fraction) -> int:
        """The cents of one more amount. [cents]"""
        if not self._year_to_date:
            return half_up(amount)
        before = half_up(self._unrounded)
        self._unrounded += amount
        return half_up(self._unrounded) - before


class Pace:
    """The year's gross to date, by which `max` spreads a total over the year in proportion.

    Args:
        grosses: What shares are taken of, paycheck by paycheck. [cents]

    Attributes:
        gross: That of the whole year. [cents]
        to_date: The part of it paid so far. [cents]
    """

    def __init__(self, grosses: Iterable[Fraction]) -> None:
        self.gross = sum(grosses, start=Fraction(0))
        self.to_date = Fraction(0)

    def due(self, total: int, contributed: int) -> int:
        """What should go in now of a year's total, if so much is in already. [cents]"""
        target = half_up(total * self.to_date / self.gross) if self.gross else 0
        return max(0, target - contributed)
