"""Timelines alike: the same deposits land and leave in the same order, on days of their own.

Their accounts hold the same units, so one account posts them all: of delays in a row some ten at a time.
"""

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.account_on_paths import Account, Bought
from simulator.conversion.on_paths import Paths, aligned
from simulator.conversion.rows import rows_of_taxable
from simulator.conversion.timeline import Timeline

TIMELINES = 14
"""What is posted at a time, at most: enough to spread the cost of a call, few enough for the cache."""


class Conversion(NamedTuple):
    """One conversion of timelines that are alike. Those that have had the same days so far share a row.

    Attributes:
        parting: Of each row that comes into use, the row that its timelines shared until now.
        days: Of each row.
    """

    parting: list[int]
    days: list[date]


class Alike(NamedTuple):
    """Timelines that are alike.

    Attributes:
        one: The first of them.
        places: Which they are.
        conversions: What they convert, in order.
        rows: The row of each in the end.
    """

    one: Timeline
    places: list[int]
    conversions: list[Conversion]
    rows: list[int]


def alike(timelines: Sequence[Timeline]) -> tuple[list[int], list[Alike]]:
    """The places of timelines that are like no other, such as where life events pay; and those alike."""
    groups: dict[Hashable, list[int]] = {}
    for place, plan in enumerate(timelines):
        groups.setdefault(place if plan.payments else _order(plan), []).append(place)
    alone = [places[0] for places in groups.values() if len(places) == 1]
    several = (places for places in groups.values() if len(places) > 1)
    parts = (ones[n : n + TIMELINES] for ones in several for n in range(0, len(ones), TIMELINES))
    return alone, [_together(places, [timelines[place] for place in places]) for places in parts]


def _order(plan: Timeline) -> Hashable:
    """What timelines that are alike have in common: all but the days of their conversions."""
    happens: list[tuple[date, Hashable]] = [*plan.leaving.items()]
    if plan.terms.basis_after_loss == "carry-within-year":
        happens += plan.course.year_ends.items()
    happens.sort(key=lambda event: event[0])
    lands = [deposit.lands for deposit in plan.deposits]
    order = tuple([(bisect_right(lands, day), what) for day, what in happens])
    money = tuple([(deposit.lands, deposit.amount, deposit.basis) for deposit in plan.deposits])
    return plan.terms, plan.parked, money, order


def _together(places: list[int], timelines: Sequence[Timeline]) -> Alike:
    """Works out when timelines that are alike part."""
    rows, used = [0] * len(timelines), 1
    conversions = []
    for days in zip(*(plan.leaving for plan in timelines), strict=True):
        row_of: dict[tuple[int, date], int] = {}
        parting: list[int] = []
        for before, day in zip(rows, days, strict=True):
            if (before, day) not in row_of:
                parts = before in row_of.values()
                row_of[before, day] = used + len(parting) if parts else before
                parting += [before] if parts else []
        rows = [row_of[pair] for pair in zip(rows, days, strict=True)]
        used += len(parting)
        day_of = {row: day for (_, day), row in row_of.items()}
        conversions.append(Conversion(parting, [day_of[row] for row in range(used)]))
    return Alike(timelines[0], places, conversions, rows)


@dataclass
class Accounts(Account):
    """The accounts of timelines that are alike: the same units in all; basis and amounts, a row of each.

    Attributes:
        prices: At which each row converts: multiplied one by one they need no copy. [row][path]
        lowest: The lowest of all prices.
    """

    prices: Sequence[Paths] = ()
    lowest: float = 0.0

    def worth(self, price: Paths, batch: Paths, empties: bool) -> tuple[Paths, Paths]:  # noqa: ARG002
        """What a batch is worth in each row, and all that is inside with it. [cents; row, path]"""
        into, beside, _ = self.scratch
        if empties:
            for at, worth in zip(self.prices, into, strict=True):
                np.multiply(at, batch, out=worth)
            return into, into
        for at, worth, value in zip(self.prices, into, beside, strict=True):
            np.multiply(at, batch, out=worth)
            np.multiply(at, self.units, out=value)
        return into, beside

    def least(self, price: Paths) -> float:  # noqa: ARG002
        """The lowest price on any path of any day."""
        return self.lowest


def post_alike(
    groups: Sequence[Alike],
    closes: Mapping[date, Paths],
    amounts: NDArray[np.float64],
    bought: Bought,
) -> None:
    """Converts timelines that are alike on every path, for Box 2a over all forms.

    Args:
        groups: Which; all on the same prices.
        closes: Price at the close of each session of the fund in the account. [path]
        amounts: The table; zeros in their rows. [cents; row, path]
        bought: Units that deposits bought at these prices, shared with other timelines on them.
    """
    if not groups:
        return
    lowest = float(min(prices.min() for prices in closes.values()))
    room = aligned(5, TIMELINES, amounts.shape[1])
    for group in groups:
        taxable = _taxable(group, closes, lowest, bought, room)
        for place, row in zip(group.places, group.rows, strict=True):
            amounts[place] = taxable[row]


def _taxable(
    group: Alike, closes: Mapping[date, Paths], lowest: float, bought: Bought, room: Paths
) -> Paths:
    """Box 2a of timelines that are alike. [cents; row, path]"""
    total, basis, *scratch = room
    total[0] = 0.0
    (rows,) = rows_of_taxable([group.one])
    first_price = closes[group.one.first_session]
    account = Accounts(group.one, first_price, rows, total[None, :1], bought, lowest=lowest)
    basis[0] = account.basis
    account.basis = basis[:1]
    conversions = iter(group.conversions)
    for close in group.one.closes:
        price = closes[close.session]
        account.land(close, price)
        if close.leaving:
            parting, days = next(conversions)
            used = len(days)
            for row, before in enumerate(parting, used - len(parting)):
                total[row], basis[row] = total[before], basis[before]
            account.amounts, account.basis = total[None, :used], basis[:used]
            account.scratch = [one[:used] for one in scratch]
            account.prices = [closes[day] for day in days]
            account.convert(close, price)
        account.end(close, price)
    account.close()
    taxable: Paths = total
    return taxable
