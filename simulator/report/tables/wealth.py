"""Wealth after tax as a table: every policy, the brokerage account, and not contributing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.answer.break_even import break_even, reference
from simulator.answer.comparison import Comparison
from simulator.answer.phrases import average as on_average
from simulator.answer.phrases import lower, money, subject, whole_dollars
from simulator.answer.statistics import mean, per_day
from simulator.answer.worth import NONE, TAXABLE, WAITED
from simulator.conversion.amounts import is_unknown
from simulator.report.tables.cells import average, spread_cells
from simulator.report.tables.table import TEXT, Column, Table

BASELINES = {TAXABLE: "In a brokerage account", NONE: "Not contributing"}

HOW_TO_READ = (
    "In a brokerage account: the same contributions there. Not contributing: what is there without them; "
    "their money was spent, so the gap to it is no gain, but what you would have had in the plan."
)


def wealth_tables(comparison: Comparison) -> Iterator[Table]:
    """What everything comes to after tax; nothing where that is not asked for."""
    worth = comparison.worth
    if worth is None:
        return
    many = comparison.paths != 1
    evens = [break_even(comparison, result) for result in comparison.results]
    evens += [None] if comparison.done else []
    fees = any(evens)
    spread = ("5%", "median", "95%") if many else ()
    columns = (
        Column("Policy", TEXT),
        Column("After tax"),
        Column("Over brokerage"),
        *map(Column, spread),
        *([Column("Break-even fee")] if fees else []),
    )
    rows = []
    for result, even in zip(comparison.with_done, evens, strict=True):
        wealth = worth.of(result)
        over = worth.over(result)
        fee = ([even.amount if even else None]) if fees else []
        figures = average(comparison, wealth), average(comparison, over)
        rows.append((result.policy.name, *figures, *_spread(comparison, over, many), *fee))
    empty = (None,) * (1 + len(spread) + fees)
    for name, wealth in ((TAXABLE, worth.taxable), (NONE, worth.none)):
        rows.append((BASELINES[name], average(comparison, wealth), *empty))
    best = comparison.verdict.best
    marked = frozenset(n for n, result in enumerate(comparison.results) if result is best)
    hold = comparison.scenario.wealth and comparison.scenario.wealth.hold
    title = f"Wealth after tax{',' if hold else ''} {when(comparison)}"
    yield Table(title, columns, tuple(rows), marked, tuple(_notes(comparison, fees)))


def when(comparison: Comparison) -> str:
    """At which time wealth is taken: `on 2027-12-31`, `30 years after 2025-12-31`."""
    assert comparison.worth is not None and comparison.scenario.wealth is not None
    day, hold = comparison.worth.last_session, comparison.scenario.wealth.hold
    return f"{hold} year{'s' * (hold > 1)} after {day}" if hold else f"on {day}"


def all_paid(comparison: Comparison) -> str:
    """It after an amount: `after tax on average, 30 years after 2025-12-31`."""
    assert comparison.scenario.wealth is not None
    comma = "," if comparison.scenario.wealth.hold else ""
    return f"after tax{on_average(comparison.paths)}{comma} {when(comparison)}"


def _spread(comparison: Comparison, over: Any, many: bool) -> tuple[Any, ...]:
    if is_unknown(over):
        return (over,) * (3 * many)
    return tuple(spread_cells(comparison, over).values()) if many else ()


def _notes(comparison: Comparison, fees: bool) -> Iterator[str]:
    worth = comparison.worth
    assert worth is not None
    yield HOW_TO_READ
    paired = "; 5% to 95% of it path by path" if comparison.paths != 1 else ""
    put_in = f"{money(worth.contributed)} goes in by {worth.last_session}"
    yield f"{put_in}. Over brokerage: how much more than in the brokerage account{paired}."
    if fees and (against := reference(comparison)):
        cheaper = lower(subject(against.policy))
        yield f"Break-even fee: if a conversion costs more, {cheaper} is cheaper in tax and fees."
    if worth.waiting:
        box_2a, tax = (per_day(cents, WAITED) for cents in worth.waiting)
        cost = f"{_a_day(box_2a)} of taxable earnings and {_a_day(tax)} of tax"
        most = f" (95%: {_a_day(box_2a, 'p95')} and {_a_day(tax, 'p95')})"
        many = on_average(comparison.paths)
        yield (
            f"Waiting {WAITED} days after each paycheck's money lands costs {cost} a day{many}"
            f"{most if many else ''}."
        )


def _a_day(statistics: dict[str, float], name: str = "mean") -> str:
    return money(round(statistics[name] * 100))


def wealth_words(comparison: Comparison) -> Iterator[str]:
    """Whether it is worth it, in one sentence; how much of that the cadence decides, however little."""

    def known(cents: Any) -> str:
        return comparison.known(cents, whole_dollars)

    worth, verdict = comparison.worth, comparison.verdict
    if worth is None or not worth.contributed:
        return
    result = verdict.best or comparison.results[0]
    wealth, over = worth.of(result), worth.over(result)
    if is_unknown(over):
        yield "Whether it is worth it is not known: a day on which it is weighed has no price."
        return
    sign = -1 if mean(over) < 0 else 1
    verdict_words, more = ("Not worth", "less") if sign < 0 else ("Worth", "more")
    words = (
        f"{verdict_words} it: {lower(subject(result.policy))} comes to {known(wealth)} "
        f"{all_paid(comparison)}, {known(sign * over)} {more} than the same money in a brokerage "
        "account"
    )
    if verdict.beside and not is_unknown(worth.of(verdict.beside)):
        decides, against = wealth - worth.of(verdict.beside), lower(subject(verdict.beside.policy))
        gap = mean(decides)
        if 0 <= gap <= mean(over):
            words += f"; when it is converted decides {known(decides)} of that (against {against})"
        else:
            apart = known(decides if gap > 0 else -decides)
            words += f"; {against} comes to {apart} {'less' if gap > 0 else 'more'}"
    yield f"{words}."
