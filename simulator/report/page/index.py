"""The index of many clients' pages: one line each, who can save most the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from simulator.answer.phrases import money
from simulator.answer.verdict import SENT_ON, TAXABLE_EARNINGS, WEALTH
from simulator.report.page.templates import template
from simulator.version import __version__

if TYPE_CHECKING:
    pass

EARNINGS = (TAXABLE_EARNINGS, SENT_ON)
"""Measures of a verdict that are no dollars saved: the file says nothing of taxes."""

MORE = {WEALTH: "more held after tax"}
"""What is said of an amount in place of its measure."""


class ClientLine(NamedTuple):
    """A client's line of the index.

    Attributes:
        name: Who the client is; the scenario's name where that is not said.
        about: The scenario's name, where the client has one of their own.
        years: What is simulated.
        measure: What the verdict weighs.
        saves: What the best policy saves against another, on average; None where there is none. [dollars]
        error: Its standard error. [dollars]
        convert: The best policy, as `after each paycheck`; empty where none is ranked.
        against: The other one.
        conversions: How many there are under the best policy.
        first: Its first day; empty where there is none.
        page: The name of the client's page.
        paper: The name of the PDF; empty where there is none.
    """

    name: str
    about: str
    years: str
    measure: str
    saves: float | None
    error: float
    convert: str
    against: str
    conversions: int
    first: str
    page: str = ""
    paper: str = ""

    @property
    def known(self) -> bool:
        """Whether what can be saved differs from nothing by more than its error."""
        return self.saves is not None and abs(self.saves) > 2 * self.error

    @property
    def amount(self) -> str:
        """What can be saved, in whole dollars or as its error supports."""
        if self.saves is None:
            return ""
        return money(round(self.saves) * 100, max(100.0, self.error * 100))

    @property
    def words(self) -> str:
        """What is said of the amount."""
        if not self.convert:
            return "no policy can be ranked"
        if self.saves is None:
            return "nothing: there is no other policy to compare"
        what = MORE.get(self.measure, self.measure)
        return what if self.known else f"{what}: no difference beyond the error"


class Group(NamedTuple):
    """Clients whose savings are of one kind.

    Attributes:
        heading: What they save.
        note: What is to be known of it; empty where there is nothing.
        lines: The clients, who can save most the first.
    """

    heading: str
    note: str
    lines: Sequence[ClientLine]

    def part(self, line: ClientLine) -> float:
        """What a client can save, as a share of the most of the group. [percent]"""
        most = max((one.saves or 0.0 for one in self.lines), default=0.0)
        return max(0.0, 100 * (line.saves or 0.0) / most) if most > 0 else 0.0


def in_order(lines: Iterable[ClientLine]) -> list[ClientLine]:
    """Clients, who can save most the first; dollars of tax before dollars of earnings."""
    return sorted(
        lines,
        key=lambda one: (one.measure in EARNINGS, one.saves is None, -(one.saves or 0.0), one.name),
    )


def index(lines: Iterable[ClientLine], unmade: Sequence[tuple[str, Sequence[str]]] = ()) -> str:
    """The index as an HTML page; it loads nothing and runs nothing.

    Args:
        lines: A line for each client.
        unmade: The files that have no page, each with what is wrong.
    """
    ordered = _told_apart(in_order(lines))
    groups = [
        Group("What they can save", "", [one for one in ordered if one.measure not in EARNINGS]),
        Group(
            "Taxable earnings that they can avoid",
            "These files say nothing of taxes. With a rate or a filing status in them, the tax is told.",
            [one for one in ordered if one.measure in EARNINGS],
        ),
    ]
    return template("index.html.jinja", "style.css", "index.css").render(
        groups=[group for group in groups if group.lines],
        lead=" ".join(_lead(*(group.lines for group in groups))),
        unmade=unmade,
        version=__version__,
    )


def _told_apart(lines: Sequence[ClientLine]) -> list[ClientLine]:
    """Lines whose clients have a name of their own, or that of their page beside it."""
    names = Counter(one.name for one in lines)
    return [
        one._replace(about=" \u00b7 ".join(filter(None, (one.about, PurePath(one.page).stem))))
        if names[one.name] > 1
        else one
        for one in lines
    ]


def _lead(taxed: Sequence[ClientLine], untaxed: Sequence[ClientLine]) -> Iterator[str]:
    """How many clients there are, how many can save, and who the most."""
    count = len(taxed) + len(untaxed)
    clients = f"{count:,} client{'s' * (count != 1)}"
    savers = [one for one in taxed if one.known and (one.saves or 0.0) > 0]
    if savers:
        most = max(savers, key=lambda one: one.saves or 0.0)
        yield f"{clients}; {len(savers):,} can save, the most {most.name}: {most.amount}."
    else:
        yield f"{clients}."
    if untaxed and taxed:
        yield f"Of {len(untaxed):,} the files say nothing of taxes."
