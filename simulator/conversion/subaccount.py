"""The after-tax subaccount, exactly: market value, basis, pro rata recovery, and what a loss leaves.

Law: IRC 72(d)(2) (a separate contract), 72(e)(8) (pro rata), 72(e)(6) (unrecovered basis).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from simulator.money import nearly_half_up

DIGITS = 50
"""Between postings nothing is rounded: units and values are decimals of so many digits."""

_EXACTLY = Context(prec=DIGITS)

NONE = Decimal(0)

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


class Refunded(NamedTuple):
    """What a refund took out of the subaccount. [cents]

    Attributes:
        amount: Of its value, unrounded.
        basis: By how much the basis fell.
    """

    amount: Decimal
    basis: int


@dataclass(slots=True)
class Lot:
    """One deposit inside: its units of the fund, and the contributions it brought. [units; cents]"""

    units: Decimal
    contributed: Decimal


@lru_cache(maxsize=1024)
def _units(cents: int, price: Decimal) -> Decimal:
    """What an amount buys; under other policies the same paycheck buys the same. [units]"""
    return _EXACTLY.divide(Decimal(cents), price)


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
    units: Decimal = NONE
    contributed: Decimal = NONE

    def value(self, price: Decimal) -> Decimal:
        """Market value at a price, unrounded. [cents]"""
        return price * self.units

    def deposit(self, place: int, amount: int, basis: int, price: Decimal) -> None:
        """Money lands and buys at a close."""
        self.inside[place] = lot = Lot(_units(amount, price), Decimal(basis))
        self.units += lot.units
        self.contributed += lot.contributed
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
        value = self.value(price)
        loss = self._is_below_basis(value)
        if len(places) == len(self.inside):  # everything leaves
            amount = nearly_half_up(value)
            recovered = min(amount, self.basis)
            self.inside.clear()
            self.units = self.contributed = NONE
        else:
            lots = [self.inside.pop(place) for place in places]
            leaving = sum((lot.units for lot in lots), start=NONE)
            amount = nearly_half_up(price * leaving)
            recovered = self._recovered(amount, value, empties=False)
            self.units -= leaving
            self.contributed -= sum((lot.contributed for lot in lots), start=NONE)
        self.basis -= recovered
        return Converted(amount, recovered, loss)

    def withdraw(self, asked: int, price: Decimal) -> Converted:
        """An amount leaves, at most all there is: of every deposit its share, and basis in proportion.

        Args:
            asked: What is asked for. [cents]
            price: Fund price at the close.
        """
        value, loss = self.value(price), self.at_loss(price)
        everything = asked >= value
        amount = nearly_half_up(value) if everything else asked
        recovered = self._recovered(amount, value, everything)
        self._shrink(NONE if everything else 1 - asked / value)
        self.basis -= recovered
        return Converted(amount, recovered, loss)

    def refund(self, total: int, contributed: int, due: int, price: Decimal) -> Refunded:
        """A refund comes out of here as far as the value reaches, of every deposit its share.

        Args:
            total: What is paid. [cents]
            contributed: The contributions that are given back. [cents]
            due: They with their gain or loss. [cents]
            price: Fund price at the close.
        """
        value = self.value(price)
        taken = min(value, Decimal(total))
        basis = min(self.basis, nearly_half_up(contributed * taken / due)) if due > 0 else 0
        if taken:
            self._shrink(1 - taken / value)
        self.basis -= basis
        return Refunded(taken, basis)

    def _shrink(self, rest: Decimal) -> None:
        """Leaves a share of every deposit, and of the contributions that it brought."""
        for lot in self.inside.values():
            lot.units *= rest
            lot.contributed *= rest
        self.units *= rest
        self.contributed *= rest

    def _units_of(self, places: Iterable[int]) -> Decimal:
        return sum((self.inside[place].units for place in places), start=NONE)

    def _recovered(self, amount: int, value: Decimal, empties: bool) -> int:
        """The basis in an amount that leaves. Law: IRC 72(e)(8)(B)."""
        if empties or value <= self.basis:
            return min(amount, self.basis)
        return min(amount, nearly_half_up(amount * self.basis / value))

    def forfeit(self) -> int:
        """Cuts the basis to the contributions still inside; returns what was cut. [cents]"""
        cut = max(0, self.basis - nearly_half_up(self.contributed))
        self.basis -= cut
        return cut

    def at_loss(self, price: Decimal) -> bool:
        """Whether the account is worth less than its basis."""
        return self._is_below_basis(self.value(price))

    def _is_below_basis(self, value: Decimal) -> bool:
        return self.basis > value and self.basis - value > LEAST_LOSS
