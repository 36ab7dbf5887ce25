"""The after-tax subaccount, exactly: market value, basis, pro rata recovery, and what a loss leaves.

Law: IRC 72(d)(2) (a separate contract), 72(e)(8) (pro rata), 72(e)(6) (unrecovered basis).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from simulator.money import nearly_half_up

LEAST_LOSS = Decimal("0.000001")
"""A value counts as below the basis from a millionth of a cent on. [cents]"""


class Converted(NamedTuple):
    """What one conversion moved. [cents]

    Attributes:
        amount: What arrived: Box 1.
        recovered: Basis in it, not taxable: Box 5.
        loss: Whether the account stood below its basis just before.
    """

    amount: int
    recovered: int
    loss: bool

    @property
    def earnings(self) -> int:
        """What is not basis."""
        return self.amount - self.recovered


@dataclass
class Lot:
    """One deposit inside: its units of the fund, and the contributions it brought. [units; cents]"""

    units: Decimal
    contributed: int


@dataclass
class Subaccount:
    """Units of one fund with one basis; deposits stay apart only in when they leave.

    Attributes:
        basis: Contributions not yet recovered. [cents]
        inside: The lots by the place of their deposit.
    """

    basis: int = 0
    inside: dict[int, Lot] = field(default_factory=dict)

    def value(self, price: Decimal) -> Decimal:
        """Market value at a price, unrounded. [cents]"""
        return self._value_of(self.inside, price)

    @property
    def contributed(self) -> int:
        """The contributions of the deposits still inside. [cents]"""
        return sum(lot.contributed for lot in self.inside.values())

    def deposit(self, place: int, amount: int, basis: int, price: Decimal) -> None:
        """Money lands and buys at a close."""
        self.inside[place] = Lot(Decimal(amount) / price, basis)
        self.basis += basis

    def charge(self, places: tuple[int, ...], price: Decimal, fee: int) -> int:
        """Takes a fee out of a batch, at most all of it; the basis stays. Returns what was taken. [cents]"""
        batch = self._value_of(places, price)
        charged = min(batch, Decimal(fee))
        for place in places if batch else ():
            self.inside[place].units *= (batch - charged) / batch
        return nearly_half_up(charged)

    def convert(self, places: tuple[int, ...], price: Decimal) -> Converted:
        """Deposits leave together, and basis with them in the proportion that they bear to the account.

        Args:
            places: The deposits that leave.
            price: Fund price at the close.
        """
        value, amount = self.value(price), nearly_half_up(self._value_of(places, price))
        loss = self.at_loss(price)
        for place in places:
            del self.inside[place]
        recovered = self._recovered(amount, value)
        self.basis -= recovered
        return Converted(amount, recovered, loss)

    def _value_of(self, places: Iterable[int], price: Decimal) -> Decimal:
        return price * sum((self.inside[place].units for place in places), start=Decimal(0))

    def _recovered(self, amount: int, value: Decimal) -> int:
        """The basis in an amount that leaves. Law: IRC 72(e)(8)(B)."""
        if not self.inside or value <= self.basis:
            return min(amount, self.basis)
        return min(amount, nearly_half_up(amount * self.basis / value))

    def forfeit(self) -> int:
        """Cuts the basis to the contributions still inside; returns what was cut. [cents]"""
        cut = max(0, self.basis - self.contributed)
        self.basis -= cut
        return cut

    def at_loss(self, price: Decimal) -> bool:
        """Whether the account is worth less than its basis."""
        return self.basis - self.value(price) > LEAST_LOSS
