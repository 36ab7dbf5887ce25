"""Rows of an account's history that left the after-tax account, and what each comes to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Rule = Literal["carry-forward", "carry-within-year", "forfeit"]
RULES: tuple[Rule, ...] = ("carry-forward", "carry-within-year", "forfeit")
"""What becomes of basis in excess of the contributions inside, after a loss."""

CONVERSION, CASH, EXCESS, ACP = "G", "cash", "E", "8"
"""Forms of a year: a direct rollover; money paid out (codes 1, 2, 7); excess additions; an ACP refund."""

FORMS = {
    "roth": CONVERSION,
    "traditional": CONVERSION,
    "cash": CASH,
    "refund": EXCESS,
    "refund-acp": ACP,
}
"""On which form money stands, by where it went."""


class Made(NamedTuple):
    """A row of the account's history: what left the after-tax account.

    Attributes:
        day: Its date.
        amount: What left; 0 tells the account's value only. [cents]
        value: The account just before, where it is told. [cents]
        to: Where it went, of `FORMS`.
        fee: What was taken from the account besides. [cents]
        basis: The contributions in a refund. [cents]
        line: The row in its file.
    """

    day: date
    amount: int
    value: int | None = None
    to: str = "roth"
    fee: int = 0
    basis: int | None = None
    line: int = 0


class Distribution(NamedTuple):
    """What one conversion, or payment, comes to. [cents]

    Attributes:
        day: Its date.
        form: The form of its year on which it stands.
        amount: All that left.
        recovered: The contributions in it.
        sent_on: Earnings in it that went to a traditional account: not taxable now.
        traditional: All that went there.
        fee: What was taken from the account besides.
    """

    day: date
    form: str
    amount: int
    recovered: int
    sent_on: int = 0
    traditional: int = 0
    fee: int = 0

    @property
    def taxable(self) -> int:
        """The earnings in it that are taxable now. [cents]"""
        return max(0, self.amount - self.recovered - self.sent_on)


class Step(NamedTuple):
    """One thing that happened to the account under a rule for its basis. [cents]

    Attributes:
        day: Its date.
        event: As a ledger posts it: `deposit`, `fee`, `conversion`, `withdrawal`, `refund`, `forfeit`; or
            `told`, where the history does no more than tell a value.
        amount: What moved.
        stays: The share of the units inside that stays. [fraction]
        told: What the account holds after it, where the history tells; None where only prices can.
        basis: Its basis after it.
        left: What left, where something did.
        out_of_roth: What of a refund was not inside any more, and came out of the Roth.
    """

    day: date
    event: str
    amount: int
    stays: Decimal
    told: Decimal | int | None
    basis: int
    left: Distribution | None = None
    out_of_roth: Decimal = Decimal(0)
