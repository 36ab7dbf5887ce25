"""Arrivals: which money comes into the after-tax subaccount, and when."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from simulator.conversion.terms import ConversionTerms
from simulator.days.calendars import bank_days_after, session_on_or_after, sessions_of
from simulator.days.years import Years


class Arrival(NamedTuple):
    """Money that comes into the after-tax subaccount, whatever becomes of it.

    Attributes:
        pay_date: The pay date it comes from; for the opening balance the first session.
        lands: The session at whose close it buys.
        amount: What it buys for. [cents]
        basis: The contributions it brings. [cents]
    """

    pay_date: date
    lands: date
    amount: int
    basis: int


def arrivals(
    contributed: Iterable[tuple[date, int]], terms: ConversionTerms, years: Years
) -> list[Arrival]:
    """Which money lands when, in that order; the opening balance first.

    Args:
        contributed: Pay dates and after-tax contributions. [cents]
        terms: The plan's lag and opening balance.
        years: The simulated calendar years.
    """
    lag = terms.deposit_lag
    found = [
        Arrival(pay_date, session_on_or_after(bank_days_after(pay_date, lag)), cents, cents)
        for pay_date, cents in contributed
        if cents > 0
    ]
    opening, first = terms.opening, sessions_of(years.first)[0]
    if opening.after_tax > 0:
        found.insert(0, Arrival(first, first, opening.after_tax, opening.basis))
    return sorted(found, key=lambda arrival: arrival.lands)
