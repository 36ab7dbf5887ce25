"""The main answer on one screen: what to do, the policies side by side, the first dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from simulator.answer.advice import first_dates
from simulator.answer.assumed import assumed
from simulator.answer.comparison import Comparison
from simulator.answer.phrases import lower
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import Estimate, mean, standard_error
from simulator.conversion.amounts import UNKNOWN
from simulator.report.finding import best_by, finding
from simulator.report.sentences import findings, until_words
from simulator.report.set_aside_words import told_of
from simulator.report.tables.cells import average, spread_cells
from simulator.report.tables.comparison import tables_behind
from simulator.report.tables.table import COUNT, MARK, TEXT, Column, Table
from simulator.report.tables.wealth import wealth_words

YIELDS = "Withheld", "of it taxable", "+/-", "5%", "median", "Box 1 converted"
"""What a narrow terminal does without, the first one first."""


def comparison_tables(
    comparison: Comparison, verbose: bool = False, every: bool = False
) -> tuple[Table, ...]:
    """The main answer, and the tables behind it where they are asked for.

    Args:
        comparison: The answer.
        verbose: Whether all that it assumes is told, rather than how much that is.
        every: Whether the tables behind it follow, rather than their names.
    """
    answer, behind = answer_table(comparison), tuple(tables_behind(comparison))
    defaults = tuple(one.words for one in assumed(comparison.scenario))
    notes = (*defaults, *comparison.assumptions)
    if verbose:
        notes = (*told_of(comparison), *notes)
    elif notes:
        many = f"{len(notes)} assumption{'s' * (len(notes) > 1)}"
        notes = (f"The answer rests on {many}; -v tells them.",)
    more = () if every else (f"More tables, with --all: {', '.join(map(_named, behind))}.",)
    return answer._replace(notes=(*answer.notes, *notes, *more)), *(behind if every else ())


def _named(table: Table) -> str:
    """A table's title within a sentence, without its date."""
    title = table.title.partition(",")[0].partition(" on ")[0]
    return title if title.startswith("Form") else lower(title)


def answer_table(comparison: Comparison) -> Table:
    """What to do, above what each policy costs; over many paths Box 2a has its mean and spread."""
    of_events = _of_events(comparison)
    rows = [_cells(comparison, result, of_events) for result in comparison.with_done]
    columns = tuple(column for column, _ in rows[0])
    verdict = comparison.verdict
    marked = [n for n, result in enumerate(comparison.results) if result is verdict.best]
    lead = tuple(_lead(comparison))
    better = comparison.better_dates
    notes = (
        *_about_the_best(comparison),
        *([better.words] if better else []),
        *(sentence for sentence in findings(comparison) if sentence not in lead),
    )
    return Table(
        f"{comparison.scenario.name} ({comparison.scenario.period})",
        columns,
        tuple(tuple(value for _, value in row) for row in rows),
        frozenset(marked if verdict.others else []),
        notes,
        yields=YIELDS,
        lead=lead,
    )


def _lead(comparison: Comparison) -> Iterator[str]:
    """What to do; where there is nothing to choose from what it comes to."""
    if comparison.headlines:
        yield from comparison.headlines
    elif comparison.scenario.until and not comparison.verdict.best:
        yield from until_words(comparison)
    else:
        yield f"{finding(comparison)}."
    yield from wealth_words(comparison)


def _about_the_best(comparison: Comparison) -> Iterator[str]:
    """What the star means, and when the best policy first converts."""
    verdict = comparison.verdict
    star = f"{MARK} {best_by(verdict)}." if verdict.others else ""
    if sentence := " ".join(filter(None, [star, *first_dates(verdict)])):
        yield sentence


Cells = list[tuple[Column, Any]]

PAID_OUT = {"paid_out": "Paid out", "paid_out_taxable": "of it taxable", "withheld": "Withheld"}
"""What life events pay out on forms of their own: amounts and their heads."""

ADDITIONAL = "additional_tax"


def _cells(comparison: Comparison, result: PolicyResult, of_events: frozenset[str]) -> Cells:
    """A policy: what it is told apart by first, then the boxes of its forms."""
    amounts = (*_held(comparison, result), *_costs(comparison, result, of_events))
    figures = _spread if comparison.paths != 1 else _boxes
    return [
        (Column("Policy", TEXT), result.policy.name),
        (Column("Conversions", COUNT), result.conversions),
        *((Column(head), average(comparison, cents)) for head, cents in amounts),
        *figures(comparison, result),
        *(
            (Column(head), average(comparison, _sum(result, name)))
            for name, head in PAID_OUT.items()
            if name in of_events
        ),
    ]


def _held(comparison: Comparison, result: PolicyResult) -> Iterator[tuple[str, Any]]:
    """What is held less tax, where money is parked; of what was done where it is weighed."""
    if not comparison.parking:
        return
    known = {parked.policy: parked.held for parked in comparison.parking}
    if comparison.verdict.done:
        done, cost = comparison.verdict.done
        known[done.policy.name] = -cost
    head = "Held after tax" if comparison.scenario.taxes else "Held"
    yield head, known.get(result.policy.name, UNKNOWN)


def _costs(
    comparison: Comparison, result: PolicyResult, of_events: frozenset[str]
) -> Iterator[tuple[str, Any]]:
    """Tax and fees, where any policy has some; what all comes to, where that is asked."""
    if comparison.scenario.taxes is not None:
        yield "Tax", comparison.tax(result)
    if ADDITIONAL in of_events:
        yield "10% tax", comparison.additional_tax(result)
    if comparison.fees:
        yield "Fees", result.total("fees")
    if comparison.worth:
        yield "Wealth after tax", comparison.worth.of(result)


def _boxes(comparison: Comparison, result: PolicyResult) -> Cells:
    """The boxes of the forms on one path."""
    return [
        (Column("Box 2a taxable"), result.total("box_2a")),
        *([(Column("Sent to IRA"), result.total("ira"))] if comparison.has_ira else []),
        (Column("Box 1 converted"), result.total("box_1")),
    ]


def _spread(comparison: Comparison, result: PolicyResult) -> Cells:
    """What is taxed, or sent on, over many paths."""
    earnings = result.total("ira" if comparison.splits else "box_2a")
    name = "Sent to IRA" if comparison.splits else "Box 2a"
    error = standard_error(earnings, comparison.scenario.returns.randomisations)
    exact = _is_exact(result)
    error_column = [] if all(map(_is_exact, comparison.with_done)) else [Column("+/-")]
    return [
        (Column(f"{name} mean"), Estimate(mean(earnings), error)),
        *((column, None if exact else round(error)) for column in error_column),
        *((Column(head), value) for head, value in spread_cells(comparison, earnings).items()),
    ]


def _is_exact(result: PolicyResult) -> bool:
    return result.exactness is not None and not result.exactness.why_not


def _of_events(comparison: Comparison) -> frozenset[str]:
    """What life events bring under any of the policies, asked once for all rows."""

    def some(amount: Callable[[PolicyResult], Any]) -> bool:
        return any(mean(amount(result)) for result in comparison.with_done)

    paid_out = {name for name in PAID_OUT if some(partial(_sum, name=name))}
    additional = {ADDITIONAL} if some(comparison.additional_tax) else set()
    return frozenset(additional | (paid_out if "paid_out" in paid_out else set()))


def _sum(result: PolicyResult, name: str) -> Any:
    return sum(getattr(year, name) for year in result.outcome.years.values())
