"""Nonelective contributions: what the employer adds whatever the employee defers."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from simulator.days.yearly import YearlyDay, yearly_day
from simulator.days.years import Years
from simulator.notation.fields import Choice, Dollars, Notation, Specification, share
from simulator.notation.numbers import percent, read_day, read_number
from simulator.notation.wording import shown, wrong

MOST_ITEMS = 20
"""Nonelective items of a plan: each is worked out on each paycheck."""


SHARE = share(0, 1)
MOST_DEDUCTIBLE = Fraction(25, 100)
"""Of pay, what an employer may deduct. Law: IRC 404(a)(3)(A)."""


def _day_of_payment(value: Any) -> date | YearlyDay:
    if isinstance(value, YearlyDay):
        return value
    if isinstance(value, str) and (yearly := yearly_day(value)):
        return yearly
    try:
        return read_day(value)
    except ValueError as why:
        raise wrong(f"{why}, or 03-10 for each March 10") from None


Date = date
"""Within the classes below `date` is a field."""

PaymentDay = Annotated[
    date | YearlyDay,
    Notation(
        _day_of_payment,
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "pattern": r"^\d{2}-\d{2}$"},
            ]
        },
        words="date, or `MM-DD` for each year",
    ),
]


class _Dated(Specification):
    """Employer money that is paid on a date, paycheck or not."""

    date: PaymentDay = Field(
        description="When it is paid, once; `MM-DD` each year. Not moved to a bank day.",
        examples=["2025-12-31"],
    )
    counts_for: Annotated[Literal["same", "previous"], Choice("a year that it counts for")] = Field(
        "same",
        description="Whose room it uses: that of its date's year, or of the year before.",
    )

    @property
    def years_after(self) -> int:
        """How many years it is paid after the one that it counts for."""
        return 1 if self.counts_for == "previous" else 0

    def paid(self, years: Years) -> Iterator[Date]:
        """The date of each payment of the years, or for one of them.

        The first may count for the year before the years; the last may be paid in the year after them.
        """
        if isinstance(self.date, YearlyDay):
            for year in range(years.first, years.last + self.years_after + 1):
                yield self.date.of(year)
        else:
            yield self.date


class LumpSum(_Dated):
    """A nonelective contribution of fixed size, on a date."""

    amount: Dollars = Field(description="How much is paid. [$]", examples=["6_000"])

    def of(self, _: Fraction) -> Fraction:
        """How much is paid, whatever the year's eligible pay. [cents]"""
        return Fraction(self.amount)


class LumpShare(_Dated):
    """A nonelective contribution on a date that is a share of a whole year's eligible pay."""

    share: Annotated[Fraction, SHARE] = Field(
        description="Of the eligible pay of the whole year that it counts for.", examples=["5%"]
    )

    def of(self, eligible: Fraction) -> Fraction:
        """How much is paid for a year with this eligible pay. [cents]"""
        return self.share * eligible


def _share_of_pay(value: object) -> Fraction | str:
    if value == "max":
        return "max"
    try:
        return SHARE.read(value)  # type: ignore[return-value]
    except ValueError:
        if "%" in str(value):
            raise
        amount = str(value).removeprefix("$")
        amount = "6000" if read_number(amount) is None else amount
        raise wrong(
            f"{shown(value)} is not a share of pay; write it like 3%, "
            f"or dollars with their date: {{amount: {amount}, date: 2025-12-31}}"
        ) from None


def _written(share: Fraction | str) -> str:
    return share if isinstance(share, str) else percent(share)


def _kind(value: object) -> str:
    """What an item is written as; dollars and a share of the year's pay are told apart by their keys."""
    if isinstance(value, LumpShare) or (isinstance(value, dict) and "share" in value):
        return "share on a date"
    return "lump sum" if isinstance(value, dict | LumpSum) else "share"


Item = Annotated[
    Annotated[
        Annotated[
            Fraction | str,
            Notation(
                _share_of_pay,
                {"anyOf": [*SHARE.schema["anyOf"], {"enum": ["max"]}]},
                written=_written,
                words=f"{SHARE.words}; with `pay.self_employment` also `max`, {percent(MOST_DEDUCTIBLE)}",
            ),
        ],
        Tag("share"),
    ]
    | Annotated[LumpSum, Tag("lump sum")]
    | Annotated[LumpShare, Tag("share on a date")],
    Discriminator(_kind),
]

Nonelective = Annotated[
    Annotated[Item, Tag("one item")]
    | Annotated[tuple[Item, ...], Field(max_length=MOST_ITEMS), Tag("items")],
    Discriminator(lambda value: "items" if isinstance(value, list | tuple) else "one item"),
]
