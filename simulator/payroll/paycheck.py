"""A paycheck: one payment of wages, or a date on which the employer alone pays."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from simulator.payroll.nonelective import LumpShare, LumpSum

REGULAR = "regular"
BONUS = "bonus"
SO_FAR = "so_far"
"""The kind of all that came before the simulation begins, in one."""

LUMP_SUM = "nonelective"
"""The kind of a date on which the employer alone pays."""


class Paycheck(NamedTuple):
    """One payment of wages, or a date on which the employer alone pays; or all that came so far.

    Attributes:
        pay_date: The bank day on which it is paid; its year decides whose limits it counts towards.
        kind: `regular`, `bonus`, `nonelective` (a lump sum of the employer, without wages), or `so_far`.
        gross: Wages as paid. [cents]
        counted: What shares are taken of: gross as paid, or unrounded under year-to-date rounding. [cents]
        elections: Whether the employee's elections apply to it.
        matched: Whether it is eligible pay for the employer's formulas.
        label: What a bonus is called.
        lump: What the employer pays where it alone does.
    """

    pay_date: date
    kind: str
    gross: int
    counted: Fraction
    elections: bool = True
    matched: bool = True
    label: str = ""
    lump: LumpSum | LumpShare | None = None

    @property
    def year(self) -> int:
        """The year whose limits it counts towards."""
        return self.pay_date.year - (self.lump.years_after if self.lump else 0)
