"""Conversions as they were really made, followed through the after-tax account under a rule for its basis.

The amounts are those of the account's history; only basis and taxable earnings are worked out. What the
account held before each is told by the history, or by units and prices; where nobody knows, all of it left.

Law: IRC 72(e)(8) for the basis in a part of an account; Notice 2014-54 for one distribution that goes to a
Roth and to a traditional account: pre-tax money goes to the traditional one first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from simulator.conversion.made import (
    ACP,
    CONVERSION,
    EXCESS,
    FORMS,
    Distribution,
    Made,
    Rule,
)
from simulator.days.calendars import session_on_or_after, sessions_of
from simulator.money import dollars, nearly_half_up
from simulator.refusal import Refused

LEAST_APART, SHARE_APART = 100, Decimal("0.005")
"""How far an amount may be from units times price and still be all there was. [cents; fraction]"""

LEAST_LOSS = Decimal("0.000001")
"""A value below the basis by less than this is no loss, as in the ledger. [cents]"""


class MoreThanHeld(Refused):
    """More is said to have left than the account held.

    Attributes:
        line: The row that says so.
    """

    def __init__(self, row: Made, amount: int, held: Decimal | int):
        self.line = row.line
        held_cents = nearly_half_up(Decimal(held))
        super().__init__(f"{dollars(amount)} is more than the account held ({dollars(held_cents)})")


class Followed(NamedTuple):
    """A history under one rule.

    Attributes:
        rule: The rule.
        distributions: What each came to, by date.
        basis_left: Basis at the end of each year. [cents]
        inside: Contributions still inside at the end of each year. [cents]
    """

    rule: Rule
    distributions: tuple[Distribution, ...]
    basis_left: Mapping[int, int]
    inside: Mapping[int, int]


@dataclass
class _Account:
    """The after-tax account: basis, contributions inside, units where their prices are known."""

    basis: int = 0
    contributed: Decimal = Decimal(0)
    units: Decimal | None = Decimal(0)
    empty: bool = True

    def put_in(self, amount: int, basis: int, price: Decimal | None) -> None:
        """Money lands. [cents]"""
        self.basis += basis
        self.contributed += basis
        self.empty = self.empty and not amount
        if self.units is not None:
            self.units = None if price is None else self.units + amount / price

    def clear(self) -> None:
        """Nothing is left inside but basis."""
        self.contributed, self.units, self.empty = Decimal(0), Decimal(0), True

    def shrink(self, rest: Decimal) -> None:
        """A share of all that is inside stays."""
        self.contributed *= rest
        self.units = None if self.units is None else self.units * rest

    def cut(self) -> None:
        """Basis in excess of the contributions inside is lost."""
        self.basis = min(self.basis, nearly_half_up(self.contributed))


@dataclass
class History:
    """What went in and what left, as the account's statements show it.

    Attributes:
        deposits: Date and amount of each. [cents]
        made: What left, by date.
        opening: Value and basis when it begins. [cents]
        begins: The first day.
        price: The fund's price on a session, None where it is not known.
    """

    deposits: Sequence[tuple[date, int]]
    made: Sequence[Made]
    opening: tuple[int, int]
    begins: date
    price: Callable[[date], Decimal | None] = field(default=lambda _: None)

    @property
    def years(self) -> range:
        """The calendar years from the first to that of the last row."""
        last = max(day for day in (self.begins, *self._days()))
        return range(self.begins.year, last.year + 1)

    def _days(self) -> Iterator[date]:
        yield from (day for day, _ in self.deposits)
        yield from (row.day for row in self.made)

    def followed(self, rule: Rule) -> Followed | None:
        """The history under a rule; None where the rule needs a value at a year's end that nobody tells.

        Raises:
            MoreThanHeld: More left than the account held.
        """
        account, told = _Account(), list[Distribution]()
        value, basis = self.opening
        account.put_in(value, basis, self._priced(self.begins) if value else Decimal(1))
        left, inside = dict[int, int](), dict[int, int]()
        for year in self.years:
            for day, paid, rows in self._of(year):
                for cents in paid:
                    account.put_in(cents, cents, self._priced(day))
                for group in _together(rows):
                    told += self._left(account, group, rule)
            if rule == "carry-within-year":
                worth = self._at_end(account, year)
                if worth is None:
                    return None
                if account.basis - worth > LEAST_LOSS:
                    account.cut()
            left[year], inside[year] = account.basis, nearly_half_up(account.contributed)
        return Followed(rule, tuple(told), left, inside)

    def _of(self, year: int) -> Iterator[tuple[date, list[int], list[Made]]]:
        """Each day of a year on which something happens: deposits, and what left."""
        paid, left = defaultdict[date, list[int]](list), defaultdict[date, list[Made]](list)
        for day, cents in self.deposits:
            if day.year == year:
                paid[day].append(cents)
        for row in self.made:
            if row.day.year == year:
                left[row.day].append(row)
        for day in sorted({*paid, *left}):
            yield day, paid[day], left[day]

    def _priced(self, day: date) -> Decimal | None:
        return self.price(session_on_or_after(day))

    def _at_end(self, account: _Account, year: int) -> Decimal | int | None:
        """What the account is worth at the last session of a year, where anything tells. [cents]"""
        last = sessions_of(year)[-1]
        if account.empty:
            return 0
        told = [
            row.value
            for row in self.made
            if row.day.year == year and row.day >= last and not row.amount
        ]
        if told and told[-1] is not None:
            return told[-1]
        price = self.price(last)
        return account.units * price if account.units is not None and price is not None else None

    def _left(self, account: _Account, group: Sequence[Made], rule: Rule) -> Iterator[Distribution]:
        """What some rows that leave together come to."""
        first, amount = group[0], sum(row.amount for row in group)
        fee = sum(row.fee for row in group)
        if not amount:
            return
        held, exact = self._held(account, group, amount, fee)
        full = held is None or abs(Decimal(amount) - held) <= (0 if exact else _apart(held))
        form = FORMS[first.to]
        if form in (EXCESS, ACP):
            yield self._refunded(account, first, held, full and held is not None)
            return
        if held is not None and amount > held and not full:
            raise MoreThanHeld(first, amount, held)
        worth = Decimal(amount if full else held or 0)
        lost = account.basis - worth > LEAST_LOSS
        recovered = amount if worth <= account.basis else account.basis
        if full:
            account.clear()
        else:
            if worth > account.basis:
                recovered = min(amount, nearly_half_up(amount * account.basis / worth))
            account.shrink(1 - amount / worth)
        account.basis -= recovered
        if rule == "forfeit" and lost:
            account.cut()
        traditional = sum(row.amount for row in group if row.to == "traditional")
        sent_on = min(traditional, amount - recovered)
        yield Distribution(first.day, form, amount, recovered, sent_on, traditional, fee)

    def _held(
        self, account: _Account, group: Sequence[Made], amount: int, fee: int
    ) -> tuple[Decimal | int | None, bool]:
        """What the account held after the fee, and whether the history tells; None where nobody knows."""
        before = 0
        for row in group:
            if row.value is not None:
                value = row.value + before
                return (value - fee if amount <= value - fee else value), True
            before += row.amount
        price = self._priced(group[0].day)
        if account.units is None or price is None:
            return None, False
        worth = account.units * price
        return (worth - fee if fee < worth else worth), False

    @staticmethod
    def _refunded(
        account: _Account, row: Made, held: Decimal | int | None, full: bool
    ) -> Distribution:
        """A refund: its basis is told, not worked out."""
        basis = row.basis or 0
        if full:
            account.clear()
        elif held is not None:
            if row.amount > held:
                raise MoreThanHeld(row, row.amount, held)
            account.shrink(1 - row.amount / Decimal(held))
        else:
            account.contributed = max(Decimal(0), account.contributed - basis)
        account.basis -= min(account.basis, basis)
        return Distribution(row.day, FORMS[row.to], row.amount, basis, fee=row.fee)


def _apart(held: Decimal | int) -> Decimal:
    """How far all that was held may be from units times price. [cents]"""
    return max(Decimal(LEAST_APART), Decimal(held) * SHARE_APART)


def _together(rows: Sequence[Made]) -> list[list[Made]]:
    """The rows of a day, those together that are one distribution to a Roth and to a traditional account."""
    ways = {row.to for row in rows}
    if not {"roth", "traditional"} <= ways:
        return [[row] for row in rows]
    rolled = [row for row in rows if FORMS[row.to] == CONVERSION]
    return [rolled, *([row] for row in rows if FORMS[row.to] != CONVERSION)]
