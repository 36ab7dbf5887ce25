"""Elections: what the employee asks of each paycheck."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from pydantic import Field

from simulator.notation.fields import LONGEST_LIST, Day, Dollars, Election, Specification

COLUMNS = ("pre_tax", "roth", "after_tax")


class Change(Specification):
    """Elections that replace the earlier ones from a date on; those not named stay."""

    from_: Day = Field(
        alias="from",
        description="First pay date on which it is in force.",
        examples=["2025-07-01"],
    )
    pre_tax: Election | None = Field(
        None, description="Pre-tax elective deferrals; unnamed: as before."
    )
    roth: Election | None = Field(
        None, description="Designated Roth deferrals; unnamed: as before."
    )
    after_tax: Election | None = Field(
        None, description="After-tax contributions; unnamed: as before."
    )


class InForce(NamedTuple):
    """The elections in force on a pay date. Each a share of gross, cents a paycheck, or `max`."""

    pre_tax: Fraction | int | str
    roth: Fraction | int | str
    after_tax: Fraction | int | str

    @property
    def shares(self) -> Fraction:
        """The sum of those that are shares of gross."""
        return sum((asked for asked in self if isinstance(asked, Fraction)), start=Fraction(0))


def asked_of(gross: Fraction, election: Fraction | int | str) -> Fraction:
    """What a share or dollars ask of a paycheck, unrounded; what `max` asks is not its alone. [cents]"""
    if isinstance(election, Fraction):
        return election * gross
    return Fraction(0 if isinstance(election, str) else election)


class Elections(Specification):
    """What the employee asks of each paycheck: a share of gross, dollars, or `max`, all of what is left.

    `on` says what is in force.
    """

    pre_tax: Election = Field(0, description="Pre-tax elective deferrals.")
    roth: Election = Field(0, description="Designated Roth elective deferrals.")
    after_tax: Election = Field(0, description="Employee after-tax contributions.")
    changes: tuple[Change, ...] = Field(
        (), max_length=LONGEST_LIST, description="New elections, each from a date on."
    )
    already_deferred: Dollars = Field(
        0,
        description="Deferred to another employer's plan in the first year (402(g) is per person).",
    )

    def on(self, pay_date: date) -> InForce:
        """The elections in force on a pay date."""
        begun = [change for change in self.changes if change.from_ <= pay_date]
        latest_first = [*sorted(begun, key=lambda change: change.from_)[::-1], self]
        return InForce(
            *(
                next(
                    asked for block in latest_first if (asked := getattr(block, column)) is not None
                )
                for column in COLUMNS
            )
        )

    def ever(self) -> Iterator[tuple[int | None, InForce]]:
        """Each set of elections that is ever in force, with the index of the change that brought it."""
        yield None, self.on(date.min)
        for index, change in enumerate(self.changes):
            yield index, self.on(change.from_)
