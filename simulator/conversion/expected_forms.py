"""The boxes that a Form 1099-R should have, from conversions as they were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from simulator.conversion.made import Distribution

WINDOW_BEGINS, WINDOW_ENDS = (12, 15), (1, 15)
"""Month and day between which a conversion is sometimes put on the neighbouring year's form."""


class Expected(NamedTuple):
    """A form as it should be. [cents]

    Attributes:
        box_1: Gross distribution.
        box_2a: Taxable amount.
        box_5: Employee contributions.
        sent_on: Earnings that went to a traditional account: in Box 1 alone.
        traditional: All that went there.
        fees: What was taken besides.
    """

    box_1: int
    box_2a: int
    box_5: int
    sent_on: int = 0
    traditional: int = 0
    fees: int = 0


def expected_form(
    distributions: Sequence[Distribution],
    year: int,
    form: str,
    moved: Mapping[date, int] = MappingProxyType({}),
) -> Expected:
    """The boxes of a year's form.

    Args:
        distributions: What left.
        year: The calendar year.
        form: Which form of the year.
        moved: Days whose conversions count in another year than their own, and in which.
    """
    on_it = [
        one
        for one in distributions
        if one.form == form and moved.get(one.day, one.day.year) == year
    ]
    return Expected(
        sum(one.amount for one in on_it),
        sum(one.taxable for one in on_it),
        sum(one.recovered for one in on_it),
        sum(one.sent_on for one in on_it),
        sum(one.traditional for one in on_it),
        sum(one.fee for one in on_it),
    )


def moved_forms(distributions: Sequence[Distribution], year: int, form: str) -> Iterator[Expected]:
    """The same where conversions from December 15 to January 15 count in the neighbouring year.

    At each turn of the year the last ones of December count in January, or the first ones of January in
    December; the form as it should be is not among them.
    """
    near = range(year - 1, year + 2)
    on_it = [one for one in distributions if one.form == form and one.day.year in near]
    days = {one.day for one in on_it}
    for before, after in product(_turns(days, year - 1), _turns(days, year)):
        moved = before | after
        if moved:
            yield expected_form(on_it, year, form, moved)


def _turns(days: set[date], year: int) -> Iterator[dict[date, int]]:
    """What may count on the other side of a year's end: days, and the year in which they count."""
    yield {}
    late = sorted(day for day in days if day.year == year and (day.month, day.day) >= WINDOW_BEGINS)
    early = sorted(
        day for day in days if day.year == year + 1 and (day.month, day.day) <= WINDOW_ENDS
    )
    for place in range(len(late)):
        yield dict.fromkeys(late[place:], year + 1)
    for place in range(len(early)):
        yield dict.fromkeys(early[: place + 1], year)
