"""The ledger: one path, exact to the cent, every posting kept.

Between postings nothing is rounded: units and values are decimals of fifty digits. The kernel does the
same with arrays of floats; the two share no arithmetic and are tested for equality cent by cent.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from simulator.conversion.amounts import (
    Outcome,
)
from simulator.conversion.book import Book
from simulator.conversion.held import Held, in_cash
from simulator.conversion.postings import Posting
from simulator.conversion.subaccount import DIGITS
from simulator.conversion.timeline import Timeline

MOST_KEPT = 16
"""Prices of one path that are kept as decimals."""


class Ledger(NamedTuple):
    """Every posting of one path under one policy, and what it came to.

    Attributes:
        postings: In their order.
        outcome: What they came to.
        withdrawn: What each withdrawal of dollars took, by its place among the events. [cents]
        held: What the accounts hold at the last session of the last year, unrounded. [cents]
    """

    postings: tuple[Posting, ...]
    outcome: Outcome[int]
    withdrawn: Mapping[int, int]
    held: Held

    def __repr__(self) -> str:
        return f"<Ledger: {len(self.postings):,} postings>"


def ledger(
    timeline: Timeline, prices: Sequence[float], inside: Sequence[float] | None = None
) -> Ledger:
    """Posts a timeline at the prices of one path.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session]
        inside: Price of the fund in the subaccount, where that is another one. [session]
    """
    book = _posted(timeline, prices, inside, keep=True)
    held = book.at_end._replace(paid=in_cash(book.postings, timeline.last_session))
    return Ledger(tuple(book.postings), book.outcome(), book.withdrawn, held)


def ledger_outcome(
    timeline: Timeline, prices: Sequence[float], inside: Sequence[float] | None = None
) -> Outcome[int]:
    """What a ledger comes to; its postings are not kept, nor the balances after each.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session]
        inside: Price of the fund in the subaccount, where that is another one. [session]
    """
    return _posted(timeline, prices, inside, keep=False).outcome()


def _posted(
    timeline: Timeline, prices: Sequence[float], inside: Sequence[float] | None, keep: bool
) -> Book:
    outside = _exact(tuple(prices))
    parked = outside if inside is None else _exact(tuple(inside))
    with localcontext(prec=DIGITS):
        book = Book(timeline, keep)
        book.open(outside[0])
        for close, price, other in zip(timeline.closes, parked, outside, strict=True):
            book.post(close, price, other)
    return book


@lru_cache(maxsize=MOST_KEPT)
def _exact(prices: tuple[float, ...]) -> tuple[Decimal, ...]:
    """Prices as decimals, with every digit; those of a fund that grows evenly are the same for many."""
    return tuple(map(Decimal, prices))
