"""Payments: what life events pay out of the after-tax subaccount, on which session, on which form.

Law: IRC 72(t)(2)(A)(i) and (v) (ages), 3405(c) (withholding), 402(c)(4) and Notice 2014-54 (rollovers),
401(m)(6) (refunds of the ACP test), Rev. Proc. 2021-30 (what exceeds 415(c)). Codes: Instructions for
Forms 1099-R and 5498, Table 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from simulator.conversion.amounts import SHORT, SPLIT, Ways
from simulator.conversion.life_events import ALL, AcpRefund, LifeEvent, Separation, Withdrawal
from simulator.days.calendars import session_on_or_after, sessions_of
from simulator.money import half_up, in_dollars
from simulator.refusal import Refused

ROLLOVER, EARLY, EXCEPTED, NORMAL, ACP, EXCESS = "G", "1", "2", "7", "8", "E"
"""Box 7: a rollover; early; early, and an exception is known; from 59 1/2 on; the two refunds."""

PAYOUT, WITHDRAWAL, REFUND = "payout", "withdrawal", "refund"
PAYMENTS = (PAYOUT, WITHDRAWAL, REFUND)
"""What a ledger posts."""

TO_ROTH, TO_BOTH, IN_CASH = "roth", SPLIT, "cash"
"""Where a payment goes: to the Roth; basis to the Roth and earnings to the IRA; to the person."""

LEFT_AT, OLD_AT = 55, 60
"""Years of the birthday from which separation, and any payment, bears no additional tax.

The law counts 59 1/2; the file holds a birth year only, so it is the year of the 60th birthday.
"""


class WrongEvent(Refused):
    """An event that what went in contradicts.

    Attributes:
        place: Which event.
        field: Its field.
    """

    def __init__(self, place: int, field: str, message: str):
        super().__init__(message)
        self.place, self.field = place, field


class Payment(NamedTuple):
    """What one event pays at one close.

    Attributes:
        session: The close.
        event: `payout`, `withdrawal` or `refund`.
        code: Box 7 of its form.
        to: Where it goes.
        asked: How much is asked for, of a refund the contributions in it; None: all that is inside. [cents]
        year: Of a refund, whose contributions it gives back.
        contributed: Of a refund, what went in in that year. [cents]
        place: Which of the scenario's events it is of; the last place of all for what exceeds 415(c).
        since: Of a payout, the year of the separation.
        born: The year of birth.
    """

    session: date
    event: str
    code: str
    to: str = IN_CASH
    asked: int | None = None
    year: int = 0
    contributed: int = 0
    place: int = 0
    since: int = 0
    born: int = 0

    @property
    def clears(self) -> bool:
        """Whether it takes all that is inside."""
        return self.asked is None

    @property
    def last(self) -> bool:
        """Whether it comes after the session's conversions, rather than before them."""
        return self.code == EXCESS

    @property
    def ways(self) -> Ways:
        """The ways out that it takes, which say which amounts a year has."""
        both = (SPLIT,) if self.to == TO_BOTH else ()
        short = (SHORT,) if self.event == WITHDRAWAL and not self.clears else ()
        return frozenset((self.code, *both, *short))

    def on(self, session: date) -> "Payment":
        """The same payout of what lands later."""
        rolled = self.code == ROLLOVER
        code = ROLLOVER if rolled else code_of_cash(session.year, self.born, self.since)
        return self._replace(session=session, code=code)


def code_of_cash(year: int, born: int, separated: int | None = None) -> str:
    """The code of a payment to the person; with the year of the separation that it follows, if it does."""
    if year >= born + OLD_AT:
        return NORMAL
    return EXCEPTED if separated and separated >= born + LEFT_AT else EARLY


def payments(
    events: Sequence[LifeEvent],
    contributed: Iterable[tuple[date, int]],
    returned: Mapping[int, int],
    born: int,
) -> tuple[Payment, ...]:
    """What events pay, in order; a payout of what lands after it is one more, which a timeline adds.

    Args:
        events: The life events of a scenario, in its order.
        contributed: Pay dates and after-tax contributions. [cents]
        returned: What of each year exceeds 415(c) and is paid back. [cents]
        born: The year of birth.

    Raises:
        WrongEvent: A refund has nothing, or too little, to give back.
    """
    of_year: dict[int, int] = {}
    for day, cents in contributed:
        of_year[day.year] = of_year.get(day.year, 0) + cents
    found = [
        payment
        for place, event in enumerate(events)
        if (payment := _payment(place, event, of_year, born))
    ]
    for year, cents in returned.items():
        if cents:
            day, last = sessions_of(year)[-1], len(events)
            found.append(
                Payment(
                    day,
                    REFUND,
                    EXCESS,
                    asked=cents,
                    year=year,
                    contributed=of_year[year],
                    place=last,
                )
            )
    return tuple(sorted(found, key=lambda payment: (payment.session, payment.place)))


def _payment(place: int, event: LifeEvent, of_year: Mapping[int, int], born: int) -> Payment | None:
    """What one event pays; None where it leaves everything inside."""
    session = session_on_or_after(event.date)
    if isinstance(event, AcpRefund):
        cents = _refunded(place, event, of_year.get(event.year, 0))
        return Payment(
            session, REFUND, ACP, asked=cents, year=event.year,
            contributed=of_year[event.year], place=place, born=born,
        )  # fmt: skip
    if isinstance(event, Withdrawal):
        asked = None if event.amount == ALL else int(event.amount)
        code = code_of_cash(session.year, born)
        return Payment(session, WITHDRAWAL, code, asked=asked, place=place, born=born)
    assert isinstance(event, Separation)
    if event.payout == "stay":
        return None
    since = session.year
    ways = {"split": TO_BOTH, "roth-ira": TO_ROTH, "cash": IN_CASH}
    code = ROLLOVER if event.payout != "cash" else code_of_cash(since, born, since)
    return Payment(session, PAYOUT, code, ways[event.payout], place=place, since=since, born=born)


def _refunded(place: int, event: AcpRefund, contributed: int) -> int:
    """The contributions that a refund gives back. [cents]"""
    if not contributed:
        raise WrongEvent(place, "year", f"{event.year} had no after-tax contributions")
    if isinstance(event.amount, Fraction):
        return half_up(event.amount * contributed)
    if event.amount > contributed:
        all_of_it = f"the after-tax contributions of {event.year} ({in_dollars(contributed)})"
        raise WrongEvent(place, "amount", f"more than {all_of_it}")
    return event.amount
