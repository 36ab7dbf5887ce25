"""Form 1099-R: what will arrive in January, and the lines of Form 1040 that it goes on.

Source: Instructions for Forms 1099-R and 5498 (2024): in-plan Roth rollover, Boxes 1, 2a, 5, 7, Table 1 for
other codes; Form 1040 instructions, lines 5a and 5b; Notice 2014-54 for a split rollover.
"""

from collections.abc import Iterator
from typing import Any, Generic, NamedTuple

from simulator.conversion.amounts import (
    CODES,
    NOTHING,
    WITHHELD,
    Amount,
    YearOutcome,
    paid,
    taxable,
    withheld,
)

EARLY = "1"
CODE = "G"
"""Box 7: direct rollover. Neither Form 8606 nor the 10% tax of IRC 72(t), and nothing is withheld."""


class Form1099R(NamedTuple, Generic[Amount]):
    """One calendar year's form of a policy. [cents]

    Attributes:
        year: The calendar year of the conversions; the form arrives in the January after.
        box_1: Gross distribution: everything converted.
        box_2a: Taxable amount: the earnings in it; 0 in a split rollover.
        box_5: Employee contributions: the basis recovered.
        box_7: Distribution code.
        box_4: Federal income tax withheld.
        additional_tax: 10% of Box 2a, by code 1; it stands on no box.
    """

    year: int
    box_1: Amount
    box_2a: Amount
    box_5: Amount
    box_7: str = CODE
    box_4: Amount = NOTHING
    additional_tax: Amount = NOTHING


def form_1099r(year: int, outcome: YearOutcome[Amount]) -> Form1099R[Amount]:
    """The form of a calendar year.

    Args:
        year: The year of the conversions.
        outcome: What they came to.
    """
    return Form1099R(year, outcome.box_1, outcome.box_2a, outcome.box_5)


def forms_paid(year: int, outcome: YearOutcome[Any]) -> Iterator[Form1099R[Any]]:
    """The forms of a year's payments by life events, one for each code that there can be."""
    for code in CODES:
        box_1, box_2a = (getattr(outcome, name(code)) for name in (paid, taxable))
        box_4 = getattr(outcome, withheld(code)) if code in WITHHELD else 0
        extra = outcome.additional_tax if code == EARLY else 0
        yield Form1099R(year, box_1, box_2a, box_1 - box_2a, code, box_4, extra)
