"""Arrivals: which money comes into the after-tax subaccount, and when."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from simulator.conversion.so_far import MovedSoFar
from simulator.conversion.terms import ConversionTerms
from simulator.days.calendars import (
    ONE_DAY,
    bank_days_after,
    session_on_or_after,
    sessions_of,
)
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


def first_session(years: Years, so_far: MovedSoFar | None) -> date:
    """The first session of the first year, or the first one after what came so far."""
    if so_far is None:
        return sessions_of(years.first)[0]
    return session_on_or_after(so_far.through + ONE_DAY)


def arrivals(
    contributed: Iterable[tuple[date, int]],
    terms: ConversionTerms,
    years: Years,
    so_far: MovedSoFar | None = None,
    until: date | None = None,
) -> list[Arrival]:
    """Which money lands when, in that order; the opening balance first.

    Args:
        contributed: Pay dates and after-tax contributions. [cents]
        terms: The plan's lag and opening balance.
        years: The simulated calendar years.
        so_far: What was moved before, where the simulation begins in the middle of the first year.
        until: The last day on which anything is paid.
    """
    lag = terms.deposit_lag
    found = [
        Arrival(pay_date, session_on_or_after(bank_days_after(pay_date, lag)), cents, cents)
        for pay_date, cents in contributed
        if cents > 0 and (until is None or pay_date <= until)
    ]
    opening, first = terms.opening, first_session(years, so_far)
    if so_far and so_far.in_transit:
        found.insert(0, Arrival(so_far.through, first, so_far.in_transit, so_far.in_transit))
    if opening.after_tax > 0:
        found.insert(0, Arrival(first, first, opening.after_tax, opening.basis))
    return sorted(found, key=lambda arrival: arrival.lands)
