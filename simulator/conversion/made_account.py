"""The after-tax account of a history: its basis, the contributions inside, each step that changed them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from simulator.conversion.made import Distribution, Step
from simulator.money import nearly_half_up

LEAST_LOSS = Decimal("0.000001")
"""A value below the basis by less than this is no loss, as in the ledger. [cents]"""


@dataclass
class MadeAccount:
    """The account while its history is followed.

    Attributes:
        basis: Contributions not yet recovered. [cents]
        contributed: Contributions still inside, unrounded. [cents]
        units: Units of the fund; None where not every price is known.
        empty: Whether nothing is inside but basis.
        steps: What happened, in order.
    """

    basis: int = 0
    contributed: Decimal = Decimal(0)
    units: Decimal | None = Decimal(0)
    empty: bool = True
    steps: list[Step] = field(default_factory=list)

    def put_in(self, day: date, amount: int, basis: int, price: Decimal | None) -> None:
        """Money lands. [cents]"""
        self.basis += basis
        self.contributed += basis
        self.empty = self.empty and not amount
        if amount and self.units is not None:
            self.units = None if price is None else self.units + amount / price
        if amount:
            self.note(day, "deposit", amount)

    def note(
        self,
        day: date,
        event: str,
        amount: int,
        stays: Decimal = Decimal(1),
        told: Decimal | int | None = None,
        left: Distribution | None = None,
        out_of_roth: Decimal = Decimal(0),
    ) -> None:
        """Keeps a step, with the basis after it."""
        self.steps.append(Step(day, event, amount, stays, told, self.basis, left, out_of_roth))

    def charge(self, day: date, fee: int, held: Decimal | int | None, told: bool) -> None:
        """A fee leaves; the basis, and the contributions inside, stay. [cents]"""
        rest = 1 - Decimal(fee) / held if held and fee < held else Decimal(1)
        self.units = None if self.units is None else self.units * rest
        self.note(day, "fee", fee, rest, held - fee if told and held else None)

    def clear(self) -> None:
        """Nothing is left inside but basis."""
        self.contributed, self.units, self.empty = Decimal(0), Decimal(0), True

    def shrink(self, rest: Decimal) -> None:
        """A share of all that is inside stays."""
        self.contributed *= rest
        self.units = None if self.units is None else self.units * rest

    def is_at_loss(self, worth: Decimal | int) -> bool:
        """Whether it is worth less than its basis."""
        return self.basis - worth > LEAST_LOSS

    def cut(self, day: date) -> None:
        """Basis in excess of the contributions inside is lost."""
        kept = min(self.basis, nearly_half_up(self.contributed))
        cut, self.basis = self.basis - kept, kept
        if cut:
            self.note(day, "forfeit", cut)
