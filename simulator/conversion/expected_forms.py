"""The boxes that a Form 1099-R should have, from conversions as they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product
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


def expected_form(distributions: Iterable[Distribution], year: int, form: str) -> Expected:
    """The boxes of a year's form.

    Args:
        distributions: What left.
        year: The calendar year.
        form: Which form of the year.
    """
    return _sum(
        Expected(one.amount, one.taxable, one.recovered, one.sent_on, one.traditional, one.fee)
        for one in distributions
        if one.form == form and one.day.year == year
    )


def _sum(forms: Iterable[Expected]) -> Expected:
    """Several forms added up, box by box."""
    return Expected(*map(sum, zip(Expected(0, 0, 0), *forms, strict=True)))


def moved_forms(distributions: Sequence[Distribution], year: int, form: str) -> Iterator[Expected]:
    """The same where conversions from December 15 to January 15 count in the neighbouring year.

    At each turn of the year the last ones of December count in January, or the first ones of January in
    December; the form as it should be is not among them.
    """
    of_day: dict[date, list[Distribution]] = defaultdict(list)
    for one in distributions:
        if one.form == form and abs(one.day.year - year) <= 1:
            of_day[one.day].append(one)
    boxes = {day: expected_form(those, day.year, form) for day, those in of_day.items()}
    ways = [list(_turns(boxes, turn)) for turn in (year - 1, year)]
    turning = {day for several in ways for moved in several for day in moved}
    rest = _sum(one for day, one in boxes.items() if day.year == year and day not in turning)
    for before, after in product(*ways):
        moved = before | after
        if moved:
            here = (boxes[day] for day in turning if moved.get(day, day.year) == year)
            yield _sum([rest, *here])


def _turns(days: Iterable[date], year: int) -> Iterator[dict[date, int]]:
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
