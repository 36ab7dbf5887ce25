"""Form 1099-R: what will arrive in January, and the lines of Form 1040 that it goes on.

Source: Instructions for Forms 1099-R and 5498 (2024): in-plan Roth rollover, Boxes 1, 2a, 5, 7; Form
1040 instructions, lines 5a and 5b; Notice 2014-54 for a split rollover.
"""

from dataclasses import dataclass
from typing import Generic

from simulator.conversion.amounts import Amount, YearOutcome

CODE = "G"
"""Box 7: direct rollover. Neither Form 8606 nor the 10% tax of IRC 72(t), and nothing is withheld."""


@dataclass(frozen=True, slots=True)
class Form1099R(Generic[Amount]):
    """One calendar year's form of a policy. [cents]

    Attributes:
        year: The calendar year of the conversions; the form arrives in the January after.
        box_1: Gross distribution: everything converted.
        box_2a: Taxable amount: the earnings in it; 0 in a split rollover.
        box_5: Employee contributions: the basis recovered.
        box_7: Distribution code.
    """

    year: int
    box_1: Amount
    box_2a: Amount
    box_5: Amount
    box_7: str = CODE


def form_1099r(year: int, outcome: YearOutcome[Amount]) -> Form1099R[Amount]:
    """The form of a calendar year.

    Args:
        year: The year of the conversions.
        outcome: What they came to.
    """
    return Form1099R(year, outcome.box_1, outcome.box_2a, outcome.box_5)
