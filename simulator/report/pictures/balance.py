"""The picture of one policy over the years: the Roth, the after-tax subaccount, when money moves."""

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import behind, capital, lower, money, paragraph, quoted, subject
from simulator.answer.policy_result import PolicyResult
from simulator.conversion.amounts import is_unknown
from simulator.conversion.ledger import Ledger
from simulator.conversion.payments import PAYMENTS, ROLLOVER
from simulator.conversion.postings import Posting
from simulator.report.pictures.labels import Beside, Label
from simulator.report.pictures.lettering import width
from simulator.report.pictures.scales import amount, dollars_down, months, number, scale_width
from simulator.report.pictures.sheet import MARGIN, WIDTH, sheet
from simulator.report.pictures.style import BLUE, GREY, INK, VERMILLION, styled
from simulator.report.sentences import over

ROTH_DOWN, AFTER_TAX_DOWN, EVENTS_DOWN, APART = 1.45, 1.75, 0.45, 0.36
"""Heights of the parts, and of the headings between. [inches]"""

FEW = 40
"""Conversions that can be told apart on the page."""


@styled()
def balance(comparison: Comparison, result: PolicyResult, ledger: Ledger, path: int) -> Figure:
    """The accounts of a policy, one above the other, on one path.

    Args:
        comparison: The answer.
        result: The policy's part of it.
        ledger: Its postings on the path.
        path: Which path that is.
    """
    result = replace(result, outcome=ledger.outcome)
    many = comparison.paths != 1
    paths = f"path {path:,} of {_paths(comparison)}" if many else over(comparison)
    page = sheet(
        _finding(comparison, result, ledger),
        [
            comparison.scenario.name,
            f"{quoted(result.policy.name)}, {comparison.scenario.period}; {paths}",
        ],
        2 * APART + ROTH_DOWN + AFTER_TAX_DOWN + EVENTS_DOWN + 0.35,
        alt=_alt_text(comparison, result, ledger, path),
    )
    few = sum(posting.event == "conversion" for posting in ledger.postings) <= FEW
    held = _balances(result, ledger)
    roth, after_tax = parts = _parts(held, few)
    left = MARGIN + max(*(scale_width(part.top, 4) for part in parts), width("conversions") + 0.1)
    right = WIDTH - MARGIN - max(part.labels.wide for part in parts)
    upper = page.axes(left, right, APART, ROTH_DOWN)
    middle = page.axes(left, right, 2 * APART + ROTH_DOWN, AFTER_TAX_DOWN)
    strip = page.axes(left, right, 2 * APART + ROTH_DOWN + AFTER_TAX_DOWN + 0.08, EVENTS_DOWN)
    heading = "After-tax subaccount"
    page.write(left, APART / 2, "Roth", ha="left", weight="bold")
    page.write(left, APART * 1.5 + ROTH_DOWN, heading, ha="left", weight="bold")
    if few:
        after = left + width(heading, bold=True) + 0.12
        page.write(after, APART * 1.5 + ROTH_DOWN, "dashed: its basis", ha="left", color=GREY)
    _draw(upper, held, roth, (right - left, ROTH_DOWN))
    _draw(middle, held, after_tax, (right - left, AFTER_TAX_DOWN))
    _events(strip, ledger)
    months(strip, held.first, held.days[-1])
    return page.figure


def _paths(comparison: Comparison) -> str:
    """The paths that there are; where the answer needed none, which there would be."""
    returns = comparison.scenario.returns
    return over(comparison) if comparison.paths else f"{returns.name} paths, seed {returns.seed}"


def _finding(comparison: Comparison, result: PolicyResult, ledger: Ledger) -> str:
    words = _come_to(result, ledger)
    return f"On one path, {words}" if comparison.paths != 1 else capital(words)


def _come_to(result: PolicyResult, ledger: Ledger) -> str:
    """What the accounts come to, to stand within a sentence."""
    whose, years = lower(subject(result.policy)), ledger.outcome.years.values()
    moved, taxable = sum(year.box_1 for year in years), sum(year.box_2a for year in years)
    to_ira = sum(year.ira for year in years)
    if not result.timeline.deposits:
        return "nothing goes into the after-tax subaccount"
    paid = sum(year.paid_out for year in years)
    if not moved and paid:
        return f"{whose} moves nothing; {money(paid)} is paid out"
    if not moved:
        left = money(result.for_good), money(result.earnings_for_good)
        return f"{whose} leaves {behind(*left)}"
    if to_ira or result.timeline.terms.conversion.to == "split":
        return f"{whose} moves {money(moved - to_ira)} to the Roth and {money(to_ira)} to the IRA"
    besides = f"; {money(paid)} is paid out" if paid else ""
    return f"{whose} moves {money(moved)} to the Roth, {money(taxable)} of it taxable{besides}"


def _alt_text(comparison: Comparison, result: PolicyResult, ledger: Ledger, path: int) -> str:
    events = [posting.event for posting in ledger.postings]
    highest = max((posting.value_after + _taken(posting) for posting in ledger.postings), default=0)
    last, on_the_way = result.timeline.last_session, ledger.outcome.in_transit
    transit = f"; {money(on_the_way)} is in transit" if on_the_way else ""
    return paragraph(
        _finding(comparison, result, ledger),
        f"Path {path:,}" if comparison.paths != 1 else "",
        f"{events.count('deposit')} deposits and {events.count('conversion')} conversions; "
        f"the after-tax subaccount holds at most {money(highest)}",
        _payments_in_words(ledger),
        f"On {last} it holds {money(ledger.outcome.left_value)} and the Roth "
        f"{money(ledger.outcome.roth_end)}{transit}",
    )


def _payments_in_words(ledger: Ledger) -> str:
    """The payments of life events, each with its day."""
    paid = (posting for posting in ledger.postings if posting.event in PAYMENTS)
    listed = ", ".join(f"{one.event} of {money(one.amount)} on {one.session}" for one in paid)
    return f"Life events: {listed}" if listed else ""


def _taken(posting: Posting) -> int:
    """What a posting took out of the subaccount; negative for a deposit. [cents]"""
    signs = {"deposit": -1, "conversion": 1, "fee": 1, **dict.fromkeys(PAYMENTS, 1)}
    return signs.get(posting.event, 0) * posting.amount - posting.out_of_roth


def _arrived(posting: Posting) -> int:
    """What a posting brought into the Roth; negative for what it took out. [cents]"""
    rolled = posting.event == "conversion" or posting.code == ROLLOVER
    return posting.amount - posting.ira if rolled else -posting.out_of_roth


@dataclass(frozen=True)
class _Balances:
    """What the accounts hold before and after each posting of a ledger. [dollars]

    Attributes:
        days: From the first session to the last, or to the last posting of the run-off.
        value: Market value of the after-tax subaccount.
        basis: Its basis.
        roth: Market value of the Roth.
    """

    days: list[date]
    value: list[float]
    basis: list[float]
    roth: list[float]

    @property
    def first(self) -> date:
        return date(self.days[0].year, 1, 1)


def _balances(result: PolicyResult, ledger: Ledger) -> _Balances:
    timeline, outcome = result.timeline, ledger.outcome
    opening = timeline.terms.opening
    basis = 0 if opening.after_tax else opening.basis
    rows = [(timeline.first_session, 0, basis, opening.roth)]
    for posting in ledger.postings:
        roth = posting.roth_after - _arrived(posting)
        before = posting.value_after + _taken(posting), rows[-1][2], roth
        rows += [(posting.session, *before)]
        rows += [(posting.session, posting.value_after, posting.basis_after, posting.roth_after)]
    ends = outcome.left_value, outcome.left_basis, outcome.roth_end
    if rows[-1][0] <= timeline.last_session and not any(map(is_unknown, ends)):
        rows.append((timeline.last_session, *ends))
    days, *columns = zip(*rows, strict=True)
    return _Balances(list(days), *([cents / 100 for cents in column] for column in columns))


@dataclass(frozen=True)
class _Part:
    """One account's part of the page.

    Attributes:
        value: Its market value. [dollars]
        basis: Its basis, where it is drawn. [dollars]
        color: Of both sides of its edge.
        line: How thick the edge is. [points]
        top: Where its scale ends. [dollars]
        labels: What stands at its right.
    """

    value: list[float]
    basis: list[float] | None
    color: str
    line: float
    top: float
    labels: Beside


def _parts(held: _Balances, few: bool) -> tuple[_Part, _Part]:
    """The Roth and the after-tax subaccount."""
    last = held.days[-1]
    roth = [_at_end(held.roth, last, BLUE)]
    after_tax = [_at_end(held.value, last, VERMILLION)]
    if few and held.basis[-1] != held.value[-1]:
        after_tax.append(Label(held.basis[-1], f"basis {amount(held.basis[-1])}", INK, ":"))
    lines = held.roth, held.value + held.basis
    tops = [max(1.0, *filter(isfinite, line)) * 1.06 for line in lines]
    basis, thick = (held.basis, 1.4) if few else (None, 0.4)
    return (
        _Part(held.roth, None, BLUE, 1.6, tops[0], Beside.of(roth, 1.1)),
        _Part(held.value, basis, VERMILLION, thick, tops[1], Beside.of(after_tax, 1.1)),
    )


def _at_end(line: list[float], last: date, color: str) -> Label:
    """What stands at the end of a line; where no price says how high that is, that."""
    if not isfinite(line[-1]):
        return Label(0.0, "not known: no price", color)
    return Label(line[-1], f"{amount(line[-1])} on {last}", color)


def _draw(axes: Axes, held: _Balances, part: _Part, inches: tuple[float, float]) -> None:
    days = [number(day) for day in held.days]
    shade = 0.2 if part.line > 1 else 0.45
    axes.fill_between(days, part.value, color=part.color, alpha=shade, linewidth=0)
    axes.plot(days, part.value, color=part.color, linewidth=part.line)
    if part.basis:
        axes.plot(days, part.basis, color=INK, linewidth=0.9, linestyle=(0, (3, 2)))
    dollars_down(axes, part.top, 4)
    part.labels.draw(axes, part.top, inches)
    months(axes, held.first, held.days[-1])
    axes.set_xticklabels([])


def _events(axes: Axes, ledger: Ledger) -> None:
    """A strip of strokes: when money went in, when it was converted, when it was paid out."""
    paid = any(posting.event in PAYMENTS for posting in ledger.postings)
    rows: list[tuple[str, tuple[str, ...], str]] = [
        ("deposits", ("deposit",), GREY),
        ("conversions", ("conversion",), BLUE),
        *([("paid out", PAYMENTS, VERMILLION)] if paid else []),
    ]
    apart, tall = (0.5, 0.36) if not paid else (0.34, 0.26)
    for place, (_, events, color) in enumerate(rows):
        when = [number(posting.session) for posting in ledger.postings if posting.event in events]
        thin, top = 0.6 if len(when) > FEW else 1.6, 0.98 - place * apart
        axes.vlines(when, top - tall, top, color=color, linewidth=thin)
    axes.set_ylim(0, 1)
    axes.set_yticks(
        [0.98 - tall / 2 - place * apart for place in range(len(rows))],
        [name for name, _, _ in rows],
    )
    axes.spines[["left", "top", "right"]].set_visible(False)
