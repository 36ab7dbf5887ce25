"""The price of a unit, from the dollars and the units of a transaction.

A collective trust has no ticker: what its members can download is their own history. Amounts there are
rounded to the cent and units to three decimals or so, so that two transactions of one day give two quotients.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from simulator.notation.numbers import read_number
from simulator.readers.figures import Commas, number_in, says_nothing

LEAST_UNITS = Decimal("0.000001")
NO_NUMBER = "this is not a number; write it like 16.250"


class UnitPrice(NamedTuple):
    """A quotient of dollars by units, and how far rounding lets it be off.

    Attributes:
        price: Dollars a unit.
        units: How many, without sign.
        low: The least price that rounds to these figures.
        high: The greatest.
    """

    price: float
    units: Decimal
    low: Decimal
    high: Decimal

    def agrees(self, other: UnitPrice) -> bool:
        """Whether both may be the same price, rounded."""
        return self.low <= other.high and other.low <= self.high


def unit_price(dollars: str, units: str, commas: tuple[Commas, Commas]) -> UnitPrice | None:
    """The price that a transaction tells; None where it moved no units or no dollars.

    Args:
        dollars: What stands in the column of amounts.
        units: What stands in that of units.
        commas: What a comma is in each.

    Raises:
        ValueError: One of them is no number.
    """
    if says_nothing(dollars) or says_nothing(units):
        return None
    amount = number_in(dollars, commas[0], _number, NO_NUMBER)[1]
    count = number_in(units, commas[1], _number, NO_NUMBER)[1]
    if not amount or count < LEAST_UNITS:
        return None
    cents, share = (Decimal(1).scaleb(_exponent(number)) / 2 for number in (amount, count))
    low = (amount - cents) / (count + share)
    high = (amount + cents) / (count - share) if count > share else Decimal("Infinity")
    return UnitPrice(float(amount / count), count, low, high)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "no number that is read is infinite"
    return exponent


def _number(text: str) -> Decimal:
    number = read_number(text)
    if number is None:
        raise ValueError(f"'{text}' is not a number; write it like 16.250")
    return number
