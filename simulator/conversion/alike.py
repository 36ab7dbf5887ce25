"""Timelines alike: the same deposits land and leave in the same order, on days of their own.

Their accounts hold the same units, so one account posts them all: of delays in a row some ten at a time.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.account_on_paths import Account, Bought
from simulator.conversion.on_paths import Paths, aligned
from simulator.conversion.rows import rows_of_taxable
from simulator.conversion.timeline import Timeline

PATHS, TIMELINES = 2_048, 12
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
    happens: list[tuple[str, Hashable]] = []
    for close in plan.closes:
        happens += [("lands", place) for place in close.landing]
        happens += [("leaves", close.leaving)] if close.leaving else []
        if close.year_end and plan.terms.basis_after_loss == "carry-within-year":
            happens.append(("ends", close.year_end))
    money = tuple((deposit.lands, deposit.amount, deposit.basis) for deposit in plan.deposits)
    return plan.terms, plan.parked, money, tuple(happens)


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


def post_alike(
    groups: Sequence[Alike], closes: Mapping[date, Paths], amounts: NDArray[np.float64]
) -> None:
    """Converts timelines that are alike on every path, for Box 2a over all forms.

    Args:
        groups: Which; all on the same prices.
        closes: Price at the close of each session of the fund in the account. [path]
        amounts: The table; zeros in their rows. [cents; row, path]
    """
    for start in range(0, amounts.shape[1] if groups else 0, PATHS):
        part = slice(start, start + PATHS)
        some = {day: prices[part] for day, prices in closes.items()}
        room = aligned(6, TIMELINES, amounts[0, part].size)
        bought: Bought = {}
        for group in groups:
            amounts[group.places, part] = _taxable(group, some, bought, room)


def _taxable(group: Alike, closes: Mapping[date, Paths], bought: Bought, room: Paths) -> Paths:
    """Box 2a of timelines that are alike. [cents; timeline, path]"""
    total, basis, prices, *_ = room
    total[0] = 0.0
    (rows,) = rows_of_taxable([group.one])
    account = Account(group.one, closes[group.one.first_session], rows, total[None, :1], bought)
    basis[0] = account.basis
    account.basis = basis[:1]
    conversions = iter(group.conversions)
    for close in group.one.closes:
        account.land(close, closes[close.session])
        if close.leaving:
            parting, days = next(conversions)
            used = len(days)
            for row, before in enumerate(parting, used - len(parting)):
                total[row], basis[row] = total[before], basis[before]
            account.amounts, account.basis = total[None, :used], basis[:used]
            account.scratch = room[3:, :used]
            np.concatenate([closes[day] for day in days], out=prices[:used].reshape(-1))
            account.convert(close, prices[:used])
        account.end(close, closes[close.session])
    account.close()
    of_each: Paths = total[group.rows]
    return of_each
