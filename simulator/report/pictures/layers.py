"""What goes in, layer upon layer: each kind of contribution, added up over a year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from simulator.answer.comparison import Comparison
from simulator.payroll.contribution import Contribution, ContributionYear
from simulator.report.palette import Palette


class Layer(NamedTuple):
    """A kind of contribution.

    Attributes:
        name: What it is called.
        cents: Its amount in a paycheck. [cents]
        place: Of its colour among the layers of a palette; None of what the picture is about.
    """

    name: str
    cents: Callable[[Contribution, ContributionYear], float]
    place: int | None = None

    def color(self, palette: Palette) -> str:
        """Of its area; lighter and darker ones take turns."""
        return palette.main if self.place is None else palette.layers[self.place]


def _within(column: str) -> Callable[[Contribution, ContributionYear], float]:
    """A deferral without its part of the catch-up, which counts towards neither limit. [cents]"""

    def cents(contribution: Contribution, year: ContributionYear) -> float:
        own = int(getattr(contribution, column))
        if not contribution.catch_up:
            return own
        if year.roth_catch_up:
            return own - (contribution.catch_up if column == "roth" else 0)
        return own * (1 - contribution.catch_up / (contribution.pre_tax + contribution.roth))

    return cents


AFTER_TAX = "After-tax"

LAYERS = (
    Layer("Pre-tax", _within("pre_tax"), 0),
    Layer("Roth", _within("roth"), 1),
    Layer("Employer", lambda contribution, _: contribution.employer, 2),
    Layer(AFTER_TAX, lambda contribution, _: contribution.after_tax),
    Layer("Catch-up", lambda contribution, _: contribution.catch_up, 3),
)
"""From the bottom up."""


class Limit(NamedTuple):
    """A limit of the law: its name, its amount and the style of its line. [dollars]"""

    name: str
    dollars: float
    line: str


@dataclass(frozen=True)
class Stack:
    """One year of contributions.

    Attributes:
        year: The calendar year.
        days: January 1, the pay dates, the next January 1.
        tops: The top of each layer of `LAYERS` on these days. [layer, day; dollars]
        limits: Those it is held against.
    """

    year: int
    days: tuple[date, ...]
    tops: tuple[tuple[float, ...], ...]
    limits: tuple[Limit, ...]

    @property
    def highest(self) -> float:
        """What its scale must hold. [dollars]"""
        return max([self.tops[-1][-1], *(limit.dollars for limit in self.limits)])


def stacks(comparison: Comparison) -> list[Stack]:
    """The years with contributions, or with replayed deposits."""
    if comparison.contributions:
        return [_simulated(year) for year in comparison.contributions]
    return [_replayed(comparison, year) for year in sorted(comparison.contribution_years)]


def _simulated(year: ContributionYear) -> Stack:
    amounts = [
        [layer.cents(contribution, year) / 100 for contribution in year.contributions]
        for layer in LAYERS
    ]
    limits = (
        Limit("402(g) limit", year.elective_deferral_limit / 100, "--"),
        Limit("415(c) limit", year.annual_additions_limit / 100, "-"),
    )
    # what is paid in the next year and counts for this one is in on December 31
    last = date(year.year, 12, 31)
    days = [min(contribution.pay_date, last) for contribution in year.contributions]
    begins = days[0] if year.contributions and year.contributions[0].given else None
    return _stack(year.year, days, amounts, limits, begins)


def _replayed(comparison: Comparison, year: int) -> Stack:
    paid = [(day, cents / 100) for day, cents in comparison.deposits if day.year == year]
    amounts = [
        [dollars if layer.name == AFTER_TAX else 0.0 for _, dollars in paid] for layer in LAYERS
    ]
    return _stack(year, [day for day, _ in paid], amounts, ())


def _stack(
    year: int,
    days: Sequence[date],
    amounts: Sequence[Sequence[float]],
    limits: tuple[Limit, ...],
    begins: date | None = None,
) -> Stack:
    """Sums amounts over the year and over the layers. [layer, paycheck; dollars]"""
    below = [0.0] * (len(days) + 2)
    tops = []
    for layer in amounts:
        to_date = list(accumulate(layer, initial=0.0))
        to_date.append(to_date[-1])
        below = [under + own for under, own in zip(below, to_date, strict=True)]
        tops.append(tuple(below))
    first = begins or date(year, 1, 1)
    return Stack(year, (first, *days, date(year + 1, 1, 1)), tuple(tops), limits)
