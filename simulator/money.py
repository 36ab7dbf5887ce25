"""Whole cents: how many there can be, and the one place where a fraction of one is rounded: half-up."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from simulator.refusal import Refused

NEARLY_HALF = Decimal("0.499999")
"""Half a cent less a millionth: where a value that took powers and divisions rounds up."""

_NEARLY_HALF = Fraction(NEARLY_HALF)

NOTHING = Fraction(0)
"""An exact amount of nothing."""

MOST_CENTS = 10**14
"""A trillion dollars: a float64 holds it to a sixty-fourth of a cent, and the sum of eighty such years is
still whole cents in one (below 2**53)."""


class OutOfRange(Refused, ArithmeticError):
    """A number left the range that is computed with: which, where, and what to write instead, in a line."""


def beyond_range(what: str, cents: float, instead: str) -> OutOfRange:
    """What is said of an amount above `MOST_CENTS`.

    Args:
        what: The amount, in words.
        cents: How large it is. [cents]
        instead: What to write instead.
    """
    bound = f"amounts are told to the cent up to ${MOST_CENTS // 100:,}"
    return OutOfRange(f"{what} is about ${cents / 100:.3g}, and {bound}; write {instead}")


@lru_cache(maxsize=1024)
def exact(cents: int) -> Fraction:
    """Whole cents as an exact amount; most paychecks are like others, and share it. [cents]"""
    return Fraction(cents)


def half_up(cents: Fraction | int) -> int:
    """An exact amount in whole cents, halves up.

    Args:
        cents: An exact amount, not negative. [cents]
    """
    if (parts := cents.denominator) == 1:
        return cents.numerator
    return (2 * cents.numerator + parts) // (2 * parts)


def nearly_half_up(cents: Decimal | Fraction) -> int:
    """A grown amount in whole cents; a fraction within a millionth of a cent below a half is the half.

    Growth is computed in decimals here, tax in fractions, and both in binary floating point on many paths.
    The margin, far above the error of either and far below anything a person could notice, makes both
    round alike.

    Args:
        cents: A market value or a share of one, or the tax on an amount. [cents]
    """
    if isinstance(cents, Decimal):
        return ceil(cents - NEARLY_HALF)
    return ceil(cents - _NEARLY_HALF)


def dollars(cents: int) -> str:
    """An amount as a column of dollars has it: `1,234.50`, `-0.05`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def in_dollars(cents: int) -> str:
    """An amount as a sentence has it, with its unit: `$1,234.50`, `-$0.05`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${dollars(abs(cents))}"


def half_up_to_dollars(cents: int) -> int:
    """Whole dollars of an amount, halves up, as Form 1040 is filled in.

    Args:
        cents: An amount, not negative. [cents]
    """
    return (cents + 50) // 100
