"""Elections: what the employee asks of each paycheck."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic import Field

from simulator.money import NOTHING
from simulator.notation.fields import LONGEST_LIST, Day, Dollars, Election, Specification
from simulator.payroll.paycheck import Paycheck

COLUMNS = ("pre_tax", "roth", "after_tax")

PRE_TAX = "Pre-tax elective deferrals."
ROTH = "Designated Roth elective deferrals."
AFTER_TAX = "Employee after-tax contributions."
OF_BONUSES = "Those of bonuses, where they are other than of regular pay."
"""What the columns mean wherever they stand; what a block does not name its docstring says."""


class BonusElections(Specification):
    """Elections for bonuses alone; what is not named follows the regular elections."""

    pre_tax: Election | None = Field(None, description=PRE_TAX)
    roth: Election | None = Field(None, description=ROTH)
    after_tax: Election | None = Field(None, description=AFTER_TAX)


class Change(Specification):
    """Elections that replace the earlier ones from a date on; those not named stay."""

    from_: Day = Field(
        alias="from",
        description="First pay date on which it is in force.",
        examples=["2025-07-01"],
    )
    pre_tax: Election | None = Field(None, description=PRE_TAX)
    roth: Election | None = Field(None, description=ROTH)
    after_tax: Election | None = Field(None, description=AFTER_TAX)
    bonuses: BonusElections = Field(BonusElections.model_construct(), description=OF_BONUSES)


class InForce(NamedTuple):
    """The elections in force on a paycheck. Each a share of gross, cents a paycheck, or `max`.

    Attributes:
        pre_tax: Pre-tax elective deferrals.
        roth: Designated Roth deferrals.
        after_tax: After-tax contributions.
        apart: The columns in which a bonus has an election of its own.
    """

    pre_tax: Fraction | int | str
    roth: Fraction | int | str
    after_tax: Fraction | int | str
    apart: frozenset[str] = frozenset()

    @property
    def shares(self) -> Fraction:
        """The sum of those that are shares of gross."""
        return sum((asked for asked in self if isinstance(asked, Fraction)), start=Fraction(0))


def asked_of_each(
    paychecks: Iterable[Paycheck], elections: Iterable[Fraction | int | str]
) -> list[Fraction]:
    """What shares or dollars ask of paychecks, unrounded; what `max` asks is not one paycheck's. [cents]

    Args:
        paychecks: The paychecks; nothing is asked of those without elections.
        elections: What is elected on each.
    """
    found: list[Fraction] = []
    before: tuple[Any, Any] = None, None
    for paycheck, election in zip(paychecks, elections, strict=True):
        if not paycheck.elections:
            found.append(NOTHING)
            continue
        if paycheck.counted is not before[0] or election is not before[1]:  # most are alike
            before = paycheck.counted, election
            asked = _asked_of(*before)
        found.append(asked)
    return found


def _asked_of(gross: Fraction, election: Fraction | int | str) -> Fraction:
    if not election or isinstance(election, str):
        return NOTHING
    return Fraction(election) if isinstance(election, int) else election * gross


class Elections(Specification):
    """What the employee asks of each paycheck: a share of gross, dollars, or `max`, all of what is left.

    `on` says what is in force.
    """

    pre_tax: Election = Field(0, description=PRE_TAX)
    roth: Election = Field(0, description=ROTH)
    after_tax: Election = Field(0, description=AFTER_TAX)
    bonuses: BonusElections = Field(
        BonusElections.model_construct(),
        description=OF_BONUSES,
    )
    changes: tuple[Change, ...] = Field(
        (), max_length=LONGEST_LIST, description="New elections, each from a date on."
    )
    already_deferred: Dollars = Field(
        0,
        description="Deferred to another employer's plan in the first year: one limit a person. [$]",
    )

    def in_force(self, paychecks: Iterable[tuple[date, bool]]) -> list[InForce]:
        """The elections in force on paychecks: each one's pay date, and whether it is a bonus."""
        begins = sorted(change.from_ for change in self.changes)
        known: dict[tuple[int, bool], InForce] = {}  # they change on few days
        found = []
        for pay_date, bonus in paychecks:
            key = bisect_right(begins, pay_date), bonus
            if key not in known:
                known[key] = self.on(pay_date, bonus)
            found.append(known[key])
        return found

    def on(self, pay_date: date, bonus: bool = False) -> InForce:
        """The elections in force on a pay date: on its regular paycheck, or on a bonus."""
        begun = [change for change in self.changes if change.from_ <= pay_date]
        latest_first: list[Change | Elections] = [
            *sorted(begun, key=lambda change: change.from_)[::-1],
            self,
        ]
        of_bonuses = [block.bonuses for block in latest_first] if bonus else []
        named = {column: _first_named(column, of_bonuses) for column in COLUMNS}
        apart = frozenset(column for column, own in named.items() if own is not None)
        pre_tax, roth, after_tax = (
            named[column] if column in apart else _first_named(column, latest_first)
            for column in COLUMNS
        )
        return InForce(pre_tax, roth, after_tax, apart)

    def ever(self) -> Iterator[tuple[tuple[int | str, ...], InForce]]:
        """Each set of elections that is ever in force, and where it is written, below the elections."""
        for bonus in (False, True):
            yield (), self.on(date.min, bonus)
            for index, change in enumerate(self.changes):
                yield ("changes", index), self.on(change.from_, bonus)


def _first_named(column: str, blocks: Sequence[BonusElections | Change | Elections]) -> Any:
    """The first election for a column that is named; None where none is."""
    named = (getattr(block, column) for block in blocks)
    return next((asked for asked in named if asked is not None), None)
