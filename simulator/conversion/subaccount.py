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
        units: What they hold together, kept as they come and go: there may be very many. [units]
        contributed: The contributions of the deposits still inside. [cents]
    """

    basis: int = 0
    inside: dict[int, Lot] = field(default_factory=dict)
    units: Decimal = Decimal(0)
    contributed: int = 0

    def value(self, price: Decimal) -> Decimal:
        """Market value at a price, unrounded. [cents]"""
        return price * self.units

    def deposit(self, place: int, amount: int, basis: int, price: Decimal) -> None:
        """Money lands and buys at a close."""
        lot = Lot(Decimal(amount) / price, basis)
        self.inside[place] = lot
        self.units += lot.units
        self.contributed += basis
        self.basis += basis

    def charge(self, places: tuple[int, ...], price: Decimal, fee: int) -> int:
        """Takes a fee out of a batch, at most all of it; the basis stays. Returns what was taken. [cents]"""
        batch = price * self._units_of(places)
        charged = min(batch, Decimal(fee))
        rest = (batch - charged) / batch if charged else Decimal(1)
        for place in places if charged else ():
            lot = self.inside[place]
            left = lot.units * rest
            self.units -= lot.units - left
            lot.units = left
        return nearly_half_up(charged)

    def convert(self, places: tuple[int, ...], price: Decimal) -> Converted:
        """Deposits leave together, and basis with them in the proportion that they bear to the account.

        Args:
            places: The deposits that leave.
            price: Fund price at the close.
        """
        value, leaving = self.value(price), self._units_of(places)
        amount = nearly_half_up(price * leaving)
        loss = self.at_loss(price)
        self.contributed -= sum(self.inside.pop(place).contributed for place in places)
        self.units = self.units - leaving if self.inside else Decimal(0)
        recovered = self._recovered(amount, value)
        self.basis -= recovered
        return Converted(amount, recovered, loss)

    def _units_of(self, places: Iterable[int]) -> Decimal:
        return sum((self.inside[place].units for place in places), start=Decimal(0))

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
