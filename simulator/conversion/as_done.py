"""What was really done as a timeline: it answers what is asked of a policy's, and has no other dates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from simulator.conversion.amounts import SPLIT, Ways
from simulator.conversion.as_made import Followed
from simulator.conversion.made import CASH, CONVERSION, Distribution
from simulator.conversion.payments import REFUND, WITHDRAWAL, Payment, code_of_cash
from simulator.conversion.timeline import Timeline


@dataclass(frozen=True)
class AsDone(Timeline):
    """Deposits and conversions as the account's statements show them.

    Attributes:
        done: What left, by date.
        empty: Whether all has left by the last row.
        inside: The contributions that have not. [cents]
        landed: Pay date, landing day and amount of each deposit. [cents]
        born: The year of birth.
        separated: The day on which employment ended.
    """

    done: tuple[Distribution, ...] = ()
    empty: bool = True
    inside: int = 0
    landed: tuple[tuple[date, date, int], ...] = ()
    born: int = 0
    separated: date | None = None

    def code(self, left: Distribution) -> str:
        """Box 7 of the form on which something stands."""
        if left.form != CASH:
            return left.form
        since = self.separated.year if self.separated and self.separated <= left.day else None
        return code_of_cash(left.day.year, self.born, since)

    @property
    def _converted(self) -> list[Distribution]:
        return [left for left in self.done if left.form == CONVERSION]

    @property
    def paid_out(self) -> list[Distribution]:
        """What left on forms of its own."""
        return [left for left in self.done if left.form != CONVERSION]

    @cached_property
    def conversions(self) -> Counter[int]:
        """How many conversions there were, by year; those so far included."""
        counted = Counter(left.day.year for left in self._converted)
        if self.so_far and self.so_far.conversions.count:
            counted[self.years.first] += self.so_far.conversions.count
        return counted

    @cached_property
    def leaving(self) -> dict[date, tuple[int, ...]]:
        """The days of the conversions; which deposits left on each, nobody knows."""
        return {left.day: () for left in self._converted}

    @property
    def leaves_money(self) -> bool:
        """Whether something is still inside after the last row."""
        return not self.empty

    @property
    def unconverted(self) -> int:
        """The deposits that have not left. [cents]"""
        return self.inside + self.in_transit

    @cached_property
    def in_transit_after(self) -> Counter[int]:
        """Deposits that are paid by a year's last session and land after it, by year. [cents]"""
        on_the_way = Counter[int]()
        for paid, lands, cents in self.landed:
            for year in range(paid.year, lands.year + 1):
                if paid <= self.ends(year) < lands:
                    on_the_way[year] += cents
        return on_the_way

    def ways(self, year: int | None = None) -> Ways:
        """By which ways money went out beside to the Roth, in a year or in all."""
        sent = any(left.sent_on for left in self._converted if year in (None, left.day.year))
        return super().ways(year) | (frozenset((SPLIT,)) if sent else frozenset())


def as_done(
    plan: Timeline,
    followed: Followed,
    landed: Sequence[tuple[date, date, int]],
    born: int,
    separated: date | None,
) -> AsDone:
    """What was done, of the timeline of a policy that does nothing.

    Args:
        plan: The same deposits, never converted.
        followed: The history under the plan's rule.
        landed: Pay date, landing day and amount of each deposit. [cents]
        born: The year of birth.
        separated: The day on which employment ended.
    """
    made = AsDone(
        plan.years,
        plan.terms,
        plan.deposits,
        passed_over={},
        so_far=plan.so_far,
        until=plan.until,
        parked=plan.parked,
        done=tuple(step.left for step in followed.steps if step.left),
        empty=followed.empty,
        inside=followed.inside[max(followed.inside)],
        landed=tuple(landed),
        born=born,
        separated=separated,
    )
    return replace(made, payments=tuple(_payment(left, made.code(left)) for left in made.paid_out))


def _payment(left: Distribution, code: str) -> Payment:
    """What was paid out, as a life event pays it."""
    event = WITHDRAWAL if left.form == CASH else REFUND
    return Payment(left.day, event, code, asked=left.amount)
