"""A close: what lands, leaves and is paid at the end of one session."""

from datetime import date
from typing import NamedTuple

from simulator.conversion.payments import Payment


class Days(NamedTuple):
    """The days of a deposit, as in `Deposit`."""

    pay_date: date
    lands: date
    leaves: date | None
    paid_out: date | None

    @property
    def gone(self) -> date | None:
        """The session at whose close it is no longer there; None if it stays."""
        return self.leaves or self.paid_out


class Deposit(NamedTuple):
    """Money on its way into the after-tax subaccount.

    Attributes:
        pay_date: The pay date it comes from; for the opening balance the first session.
        lands: The session at whose close it buys.
        leaves: The session at whose close it is converted; None if never.
        amount: What it buys for. [cents]
        basis: The contributions it brings; its amount, except in an opening balance. [cents]
        paid_out: The session at whose close a life event pays it out, whole; None where none does.
    """

    pay_date: date
    lands: date
    leaves: date | None
    amount: int
    basis: int
    paid_out: date | None = None

    @property
    def gone(self) -> date | None:
        """The session at whose close it is no longer there; None if it stays."""
        return self.leaves or self.paid_out


class Due(NamedTuple):
    """A payment of a life event, and the places of the deposits that leave with it whole."""

    payment: Payment
    leaving: tuple[int, ...]


class Close(NamedTuple):
    """What happens at the close of one session, after the price has moved.

    Attributes:
        session: The day.
        landing: Places of the deposits that land, in `Timeline.deposits`.
        leaving: Places of the deposits that are converted together.
        year_end: The last session of its calendar year where it is that one, or stands for it: a run-off
            that leaves nothing behind ends with its last conversion, and needs no later price.
        due: What life events pay, in their order: before the conversions, but for what exceeds 415(c).
    """

    session: date
    landing: tuple[int, ...]
    leaving: tuple[int, ...]
    year_end: date | None
    due: tuple[Due, ...] = ()
