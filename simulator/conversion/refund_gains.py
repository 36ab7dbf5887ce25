"""What contributions that come back have earned by the end of their year, exactly: for the ledger."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from simulator.conversion.timeline import Timeline
from simulator.days.calendars import sessions_of


@dataclass
class RefundGains:
    """The gains of each year of which contributions come back, wherever the money is.

    Attributes:
        timeline: What is posted.
        bought: Units that the contributions of a year bought; where money is parked, by when they were
            converted within it, and of the fund outside from then on.
        gains: What they had earned by that year's end. [cents]
    """

    timeline: Timeline
    bought: dict[tuple[int, date | None], Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )
    gains: dict[int, Decimal] = field(default_factory=dict)

    def measure(self, session: date, price: Decimal, outside: Decimal) -> None:
        """After the deposits of a close.

        Args:
            session: The day.
            price: Of the fund in the subaccount.
            outside: Of the fund in the Roth.
        """
        parked = self.timeline.parked
        for year, places in self.timeline.refunded.items():
            for place in places:
                deposit = self.timeline.deposits[place]
                if deposit.lands == session:
                    moves = self.timeline.converted_within(year, place) if parked else None
                    self.bought[year, moves] += Decimal(deposit.amount) / price
            if (year, session) in self.bought:  # converted today, at the same value
                self.bought[year, session] *= price / outside
            if session == sessions_of(year)[-1]:
                deposited = sum(self.timeline.deposits[place].amount for place in places)
                worth = (
                    units * (outside if moved else price)
                    for (of, moved), units in self.bought.items()
                    if of == year
                )
                self.gains[year] = sum(worth, Decimal(0)) - deposited
