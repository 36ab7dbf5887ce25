"""What one policy holds at the last session of the last year, before anything is rounded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from simulator.conversion.amounts import UNKNOWN
from simulator.conversion.payments import ROLLOVER
from simulator.conversion.postings import Posting
from simulator.money import nearly_half_up


class Held(NamedTuple):
    """The accounts at the last session of the last year, and what the person was paid by then. [cents; path]

    Attributes:
        value: Of the after-tax subaccount, unrounded; NaN where no price says so.
        basis: Of it.
        roth: Of the Roth, unrounded.
        ira: Of the traditional IRA, unrounded.
        paid: Session and amount of what life events have paid out in cash.
    """

    value: Any
    basis: Any
    roth: Any
    ira: Any
    paid: tuple[tuple[date, Any], ...] = ()


def in_cash(postings: Iterable[Posting], last: date) -> tuple[tuple[date, int], ...]:
    """What was paid to the person until a session. [cents]"""
    return tuple(
        (posting.session, posting.amount)
        for posting in postings
        if posting.code not in ("", ROLLOVER) and posting.session <= last
    )


def worth(units: Decimal, price: Decimal) -> Decimal:
    """What units are worth, unrounded; NaN where there are some and no price. [cents]"""
    return units * price if units else units


def in_cents(worth: Decimal) -> Any:
    """What they are worth in whole cents; `UNKNOWN` where there is no price. [cents]"""
    return UNKNOWN if worth.is_nan() else nearly_half_up(worth)
