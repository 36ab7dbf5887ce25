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
    CASH,
    CONVERSION,
    EXCESS,
    FORMS,
    Distribution,
    Made,
    Rule,
    Step,
)
from simulator.conversion.made_account import MadeAccount
from simulator.days.calendars import session_on_or_after, sessions_of
from simulator.money import in_dollars, nearly_half_up
from simulator.refusal import Refused

LEAST_APART, SHARE_APART = 100, Decimal("0.005")
"""How far an amount may be from units times price and still be all there was. [cents; fraction]"""

POSTED_AS = {CONVERSION: "conversion", CASH: "withdrawal", EXCESS: "refund", ACP: "refund"}
"""What a ledger calls that which stands on each form."""


class MoreThanHeld(Refused):
    """More is said to have left than the account held.

    Attributes:
        line: The row that says so.
    """

    def __init__(self, row: Made, amount: int, held: Decimal | int):
        self.line = row.line
        held_cents = nearly_half_up(Decimal(held))
        super().__init__(
            f"{in_dollars(amount)} is more than the account held ({in_dollars(held_cents)})"
        )


class Followed(NamedTuple):
    """A history under one rule.

    Attributes:
        rule: The rule.
        distributions: What each came to, by date.
        basis_left: Basis at the end of each year. [cents]
        inside: Contributions still inside at the end of each year. [cents]
        steps: All that happened, in order.
        empty: Whether all has left when it ends.
    """

    rule: Rule
    distributions: tuple[Distribution, ...]
    basis_left: Mapping[int, int]
    inside: Mapping[int, int]
    steps: tuple[Step, ...]
    empty: bool


@dataclass
class History:
    """What went in and what left, as the account's statements show it.

    Attributes:
        deposits: Date and amount of each. [cents]
        made: What left, by date.
        opening: Value and basis when it begins. [cents]
        begins: The first day.
        price: The fund's price on a session, None where it is not known.
        before: What left in the first year before it begins.
    """

    deposits: Sequence[tuple[date, int]]
    made: Sequence[Made]
    opening: tuple[int, int]
    begins: date
    price: Callable[[date], Decimal | None] = field(default=lambda _: None)
    before: Sequence[Distribution] = ()

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
        account = MadeAccount()
        value, basis = self.opening
        account.put_in(self.begins, value, basis, self._priced(self.begins) if value else None)
        left, inside = dict[int, int](), dict[int, int]()
        for year in self.years:
            for day, paid, rows in self._of(year):
                for cents in paid:
                    account.put_in(day, cents, cents, self._priced(day))
                for group in _together(rows):
                    self._leave(account, group, rule)
            if rule == "carry-within-year":
                worth = self._at_end(account, year)
                if worth is None:
                    return None
                if account.is_at_loss(worth):
                    account.cut(sessions_of(year)[-1])
            left[year], inside[year] = account.basis, nearly_half_up(account.contributed)
        gone = (step.left for step in account.steps if step.left)
        distributions = (*self.before, *gone)
        return Followed(rule, distributions, left, inside, tuple(account.steps), account.empty)

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

    def _at_end(self, account: MadeAccount, year: int) -> Decimal | int | None:
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

    def _leave(self, account: MadeAccount, group: Sequence[Made], rule: Rule) -> None:
        """Some rows leave together."""
        first, amount = group[0], sum(row.amount for row in group)
        form, fee = FORMS[first.to], sum(row.fee for row in group)
        if not amount:
            account.note(first.day, "told", 0, told=group[-1].value)
            return
        held, told = self._held(account, group, amount, fee)
        if fee:
            before = None if held is None else held + fee
            account.charge(first.day, fee, before, told)
        if form in (EXCESS, ACP):
            _refund(account, first, held, told)
            return
        full = held is None or abs(Decimal(amount) - held) <= (0 if told else _apart(held))
        if held is not None and amount > held and not full:
            raise MoreThanHeld(first, amount, held)
        worth = Decimal(amount if full else held or 0)
        lost = account.is_at_loss(worth)
        recovered = amount if worth <= account.basis else account.basis
        stays = Decimal(0)
        if full:
            account.clear()
        else:
            if worth > account.basis:
                recovered = min(amount, nearly_half_up(amount * account.basis / worth))
            stays = 1 - amount / worth
            account.shrink(stays)
        account.basis -= recovered
        traditional = sum(row.amount for row in group if row.to == "traditional")
        sent_on = min(traditional, amount - recovered)
        left = Distribution(first.day, form, amount, recovered, sent_on, traditional, fee)
        after = worth - amount if told else None
        account.note(first.day, POSTED_AS[form], amount, stays, after, left)
        if rule == "forfeit" and lost:
            account.cut(first.day)

    def _held(
        self, account: MadeAccount, group: Sequence[Made], amount: int, fee: int
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


def _refund(account: MadeAccount, row: Made, held: Decimal | int | None, told: bool) -> None:
    """A refund: its basis is told, not worked out. What is not inside any more comes out of the Roth."""
    basis = row.basis or 0
    inside = Decimal(0) if account.empty else held
    left = Distribution(row.day, FORMS[row.to], row.amount, basis, fee=row.fee)
    stays, after, outside = Decimal(1), None, Decimal(0)
    if inside is None:  # nobody knows what is inside: the contributions in it leave
        account.contributed = max(Decimal(0), account.contributed - basis)
        account.basis -= min(account.basis, basis)
    else:
        taken = min(Decimal(row.amount), Decimal(inside))
        outside = row.amount - taken
        account.basis -= min(account.basis, nearly_half_up(basis * taken / row.amount))
        if taken and inside - taken <= (0 if told else _apart(inside)):
            stays = Decimal(0)
            account.clear()
        elif taken:
            stays = 1 - taken / inside
            account.shrink(stays)
        after = inside - taken if told else None
    account.note(row.day, POSTED_AS[left.form], row.amount, stays, after, left, outside)


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
