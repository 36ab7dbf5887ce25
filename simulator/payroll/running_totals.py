"""Running totals over a year: amounts that are rounded by them."""

from fractions import Fraction

from simulator.money import NOTHING, half_up


class RunningTotal:
    """Rounds the amounts of one column: each by itself, or as the change in their rounded running total."""

    def __init__(self, year_to_date: bool) -> None:
        self._year_to_date = year_to_date
        self._unrounded = NOTHING
        self._amount, self._cents = NOTHING, 0

    def rounded(self, amount: Fraction) -> int:
        """The cents of one more amount, which is not added yet. [cents]"""
        if not self._year_to_date:
            if amount is not self._amount:  # most paychecks are like the one before
                self._amount, self._cents = amount, half_up(amount)
            return self._cents
        return half_up(self._unrounded + amount) - half_up(self._unrounded)

    def add(self, amount: Fraction) -> int:
        """The cents of one more amount. [cents]"""
        cents = self.rounded(amount)
        if self._year_to_date:
            self._unrounded += amount
        return cents
