"""A history of conversions by the statute alone, row by row: what a form of each year should say.

Nothing here is taken from the program. Every row tells the account's value just before. [cents]
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 50


def slow_boxes(
    deposits: Sequence[tuple[date, int]],
    conversions: Sequence[tuple[date, int, int]],
    rule: str,
) -> dict[date, tuple[int, int]]:
    """Amount and basis recovered of each conversion, by its day. [cents]

    Args:
        deposits: Day and cents.
        conversions: Day, cents, and the account's value before it, one a day.
        rule: `carry-forward`, or `forfeit`.
    """
    basis, inside = 0, Decimal(0)
    found = {}
    days = sorted({day for day, _ in deposits} | {day for day, _, _ in conversions})
    for day in days:
        for on, cents in deposits:
            if on == day:
                basis, inside = basis + cents, inside + cents
        for on, cents, value in conversions:
            if on != day:
                continue
            loss = value < basis
            if cents == value or loss:
                recovered = min(cents, basis)
            else:
                part = Decimal(cents) * basis / value
                recovered = min(cents, int(part.quantize(Decimal(1), ROUND_HALF_UP)))
            inside *= 1 - Decimal(cents) / value
            basis -= recovered
            if loss and rule == "forfeit":
                basis = min(basis, int(inside.quantize(Decimal(1), ROUND_HALF_UP)))
            found[day] = cents, recovered
    return found


def slow_forms(found: dict[date, tuple[int, int]]) -> dict[int, tuple[int, int, int]]:
    """Boxes 1, 2a and 5 of each year. [cents]"""
    boxes: dict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for day, (cents, recovered) in found.items():
        one, two, five = boxes[day.year]
        boxes[day.year] = one + cents, two + cents - recovered, five + recovered
    return dict(boxes)
