"""The picture of one policy over the years: the Roth, the after-tax subaccount, when money moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from math import isfinite

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import (
    behind,
    capital,
    lower,
    money,
    paragraph,
    quoted,
    subject,
    whole_dollars,
)
from simulator.answer.policy_result import PolicyResult
from simulator.conversion.ledger import Ledger
from simulator.conversion.payments import PAYMENTS
from simulator.report.palette import Palette
from simulator.report.pictures.held import Balances, balances, taken
from simulator.report.pictures.lettering import width, wrapped
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.scales import dollars_down, months, number, scale_width
from simulator.report.pictures.sheet import Sheet, sheet
from simulator.report.sentences import over

ROTH_DOWN, AFTER_TAX_DOWN, EVENTS_DOWN, APART = 1.3, 1.3, 0.45, 0.36
"""Heights of the parts, and of the headings between. [inches]"""

FEW, MANY_POSTINGS = 40, 400
"""Conversions that can be told apart on the page, and postings of which a line can be drawn."""

BY_MONTH = "Of each month the highest balance."


@in_style
def balance(
    comparison: Comparison,
    result: PolicyResult,
    ledger: Ledger,
    path: int,
    *,
    look: Look = WIDE,
) -> Figure:
    """The accounts of a policy, one above the other, on one path.

    Args:
        comparison: The answer.
        result: The policy's part of it.
        ledger: Its postings on the path.
        path: Which path that is.
        look: Its shape and colours.
    """
    result = replace(result, outcome=ledger.outcome)
    many = comparison.paths != 1
    paths = f"path {path:,} of {_paths(comparison)}" if many else over(comparison)
    moved = sum(posting.event == "conversion" for posting in ledger.postings)
    few = moved <= FEW and len(ledger.postings) <= MANY_POSTINGS
    held = balances(result, ledger)
    page = sheet(
        _finding(comparison, result, ledger),
        [
            comparison.scenario.name,
            f"{quoted(result.policy.name)}, {comparison.scenario.period}; {paths}",
        ],
        2 * APART + ROTH_DOWN + AFTER_TAX_DOWN + (EVENTS_DOWN if few else 0) + 0.35,
        _basis_words(held) if few else BY_MONTH,
        _alt_text(comparison, result, ledger, path),
        look,
    )
    lines = held.roth, held.value + held.basis
    tops = [max(1.0, *filter(isfinite, line)) * 1.06 for line in lines]
    names = width("conversions") + 0.1 if few else 0.0
    left = page.left + max(names, *(scale_width(top, 4) for top in tops))
    across = page.right - 0.2 - left
    axes = partial(page.axes, left, left + across)
    upper, middle = axes(APART, ROTH_DOWN), axes(2 * APART + ROTH_DOWN, AFTER_TAX_DOWN)
    last = f"on {held.days[-1]}"
    _head(page, APART / 2, "Roth", _at_end(held.roth[-1], last))
    _head(page, APART * 1.5 + ROTH_DOWN, "After-tax subaccount", _of_subaccount(held, few, last))
    palette = look.palette
    if few:
        _area(upper, held.days, held.roth, (palette.main, palette.band))
        _area(middle, held.days, held.value, (palette.away, palette.waits))
        days = [number(day) for day in held.days]
        if held.grows:
            middle.plot(days, held.basis, color=palette.ink, linewidth=0.9, linestyle=(0, (3, 2)))
        strip = axes(2 * APART + ROTH_DOWN + AFTER_TAX_DOWN + 0.08, EVENTS_DOWN)
        _events(strip, ledger, palette)
        months(strip, held.first, held.days[-1], across)
    else:
        ends, highest = held.by_month()
        _area(upper, ends, [roth for _, roth in highest], (palette.main, palette.band))
        _area(middle, ends, [value for value, _ in highest], (palette.away, palette.waits))
    for part, top in zip((upper, middle), tops, strict=True):
        dollars_down(part, top, 4)
        months(part, held.first, held.days[-1], across)
    for part in (upper, middle) if few else (upper,):
        part.set_xticklabels([])
    return page.figure


def _paths(comparison: Comparison) -> str:
    """The paths that there are; where the answer needed none, which there would be."""
    returns = comparison.scenario.returns
    return over(comparison) if comparison.paths else f"{returns.name} paths, seed {returns.seed}"


def _head(page: Sheet, y: float, account: str, words: str) -> None:
    """The name of an account, and what it comes to."""
    page.write(page.left, y, account, ha="left", weight="bold")
    after = page.left + width(account, bold=True) + 0.1
    room = page.right - after
    told = wrapped(words, room, lines=1)
    page.write(after, y, told, ha="left", color=page.look.palette.soft)


def _of_subaccount(held: Balances, few: bool, last: str) -> str:
    if not few:
        return f"at most {_whole(max(filter(isfinite, held.value)))}"
    return _at_end(held.value[-1], last)


def _basis_words(held: Balances) -> str:
    """How to read the dashed line, where there is one, and where it ends."""
    if not held.grows:
        return ""
    value, basis = held.value[-1], held.basis[-1]
    end = f", {_whole(basis)} at the end" if isfinite(basis) and value != basis else ""
    return f"Dashed: the already taxed part (basis){end}."


def _at_end(dollars: float, last: str) -> str:
    """What an account comes to; where no price says that, so much."""
    return f"{_whole(dollars)} {last}" if isfinite(dollars) else f"not known {last}: no price"


def _whole(dollars: float) -> str:
    return whole_dollars(round(100 * dollars))


def _finding(comparison: Comparison, result: PolicyResult, ledger: Ledger) -> str:
    words = _come_to(comparison, result, ledger)
    return f"In one possible future, {words}" if comparison.paths != 1 else capital(words)


def _come_to(comparison: Comparison, result: PolicyResult, ledger: Ledger) -> str:
    """What the accounts come to, to stand within a sentence."""
    whole = whole_dollars
    whose, years = lower(subject(result.policy)), ledger.outcome.years.values()
    moved, taxable = sum(year.box_1 for year in years), sum(year.box_2a for year in years)
    to_ira = sum(year.ira for year in years)
    if not result.timeline.deposits:
        return "nothing goes into the after-tax subaccount"
    paid = sum(year.paid_out for year in years)
    if not moved and paid:
        return f"{whose} moves nothing; {whole(paid)} is paid out"
    if not moved:
        left = whole(result.for_good), whole(result.earnings_for_good)
        return f"{whose} leaves {behind(*left)}"
    if to_ira or result.timeline.terms.conversion.to == "split":
        return f"{whose} moves {whole(moved - to_ira)} to the Roth and {whole(to_ira)} to the IRA"
    besides = f"; {whole(paid)} is paid out" if paid else ""
    taxed = taxable and comparison.scenario.taxes
    tax = f" ({whole(comparison.tax(result))} of tax)" if taxed else ""
    return f"{whose} moves {whole(moved)} to the Roth, {whole(taxable)} of it taxable{tax}{besides}"


def _alt_text(comparison: Comparison, result: PolicyResult, ledger: Ledger, path: int) -> str:
    events = [posting.event for posting in ledger.postings]
    highest = max((posting.value_after + taken(posting) for posting in ledger.postings), default=0)
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


def _area(
    axes: Axes, days: Sequence[date], value: Sequence[float], colors: tuple[str, str]
) -> None:
    """A market value over the days, filled below. Of the two colours the edge has the first."""
    across, (edge, below) = [number(day) for day in days], colors
    axes.fill_between(across, value, color=below, linewidth=0)
    axes.plot(across, value, color=edge, linewidth=1.5)


def _events(axes: Axes, ledger: Ledger, palette: Palette) -> None:
    """A strip of strokes: when money went in, when it was converted, when it was paid out."""
    paid = any(posting.event in PAYMENTS for posting in ledger.postings)
    rows: list[tuple[str, tuple[str, ...], str]] = [
        ("deposits", ("deposit",), palette.soft),
        ("conversions", ("conversion",), palette.main),
        *([("paid out", PAYMENTS, palette.away)] if paid else []),
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
