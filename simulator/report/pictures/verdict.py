"""The picture of the verdict: what each policy costs by what they are told apart by, the cheapest on top."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import average, compared, one_line, paragraph, subject, whole_dollars
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean
from simulator.answer.verdict import SENT_ON, TAX, TAX_AND_FEES, TAXABLE_EARNINGS, WEALTH
from simulator.report.finding import finding, leaves
from simulator.report.pictures.distributions import distributions
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.rows import BARS, Row
from simulator.report.sentences import over

MEASURES = {
    TAX: "tax on the earnings",
    TAX_AND_FEES: "tax on the earnings, and fees",
    TAXABLE_EARNINGS: "taxable earnings",
    SENT_ON: "earnings sent to the IRA",
    WEALTH: "how much less is held after tax",
}
"""What is drawn, by what policies are told apart by."""

DONE = "what was done"


@in_style
def verdict_picture(
    comparison: Comparison, most: int | None = None, *, look: Look = WIDE
) -> Figure:
    """A bar for each policy; those that leave money behind are named, without one.

    Args:
        comparison: The answer.
        most: The most rows; the recommended policy and the one that it is told beside are always among them.
        look: Its shape and colours.
    """
    rows = _rows(comparison)
    shown = _fewest(comparison, rows, most or len(rows))
    more = len(rows) - len(shown)
    many = comparison.paths != 1
    unseen = f"{more} more {'policy is' if more == 1 else 'policies are'} in the table."
    return distributions(
        _finding(comparison),
        [comparison.scenario.name, f"{comparison.scenario.period}; {over(comparison)}"],
        shown,
        measured(comparison),
        many,
        _alt_text(comparison),
        " ".join([BARS] * many + [unseen] * bool(more)),
        bars=True,
        look=look,
    )


def measured(comparison: Comparison) -> str:
    """What is drawn, in words."""
    measure = comparison.verdict.measure
    if measure == SENT_ON and not comparison.splits:
        return "earnings, taxed now or sent to the IRA"
    return MEASURES[measure]


def drawn_costs(comparison: Comparison) -> list[tuple[PolicyResult, Amounts]]:
    """Each ranked policy with what is drawn of it, the cheapest first. [cents; path]"""
    verdict = comparison.verdict
    costs = list(verdict.costs)
    if verdict.measure == WEALTH:
        costs = [(result, verdict.costs_more(result)) for result, _ in costs]
    return sorted(costs, key=lambda cost: (mean(cost[1]), cost[0] is not verdict.best))


def _rows(comparison: Comparison) -> list[Row]:
    best = comparison.verdict.best
    ranked = [
        Row(
            result.policy.name,
            comparison.statistics(cost),
            comparison.known(cost, whole_dollars),
            below=("recommended, " if result is best else "") + _work(result),
            best=result is best,
        )
        for result, cost in drawn_costs(comparison)
    ]
    if comparison.verdict.done:
        done, cost = comparison.verdict.done
        if comparison.verdict.measure == WEALTH:
            cost = comparison.verdict.costs_more(done)
        figure = comparison.known(cost, whole_dollars)
        ranked.append(Row(done.policy.name, comparison.statistics(cost), figure, below=DONE))
    of = {result.policy.name for result, _ in comparison.verdict.costs}
    rest = [result for result in comparison.results if result.policy.name not in of]
    return ranked + [
        Row(result.policy.name, None, "", leaves(comparison, result)) for result in rest
    ]


def _fewest(comparison: Comparison, rows: Sequence[Row], most: int) -> list[Row]:
    """As many rows as there is room for: the cheapest, and the one that the best is told beside."""
    if len(rows) <= most:
        return list(rows)
    beside = comparison.verdict.beside
    kept = [row for row in rows if beside and row.name == beside.policy.name]
    kept += [row for row in rows if row not in kept][: most - len(kept)]
    return [row for row in rows if row in kept]


def _work(result: PolicyResult) -> str:
    return f"{result.conversions:,} conversion{'s' * (result.conversions != 1)}"


def _finding(comparison: Comparison) -> str:
    """What the dearer policy costs more, in a sentence without its full stop."""
    verdict = comparison.verdict
    best, beside = verdict.best, verdict.beside
    by_earnings = verdict.measure in (SENT_ON, TAXABLE_EARNINGS)
    if best is None or beside is None or verdict.alike or by_earnings:
        return finding(comparison)
    alike = best.policy.words == beside.policy.words
    more = comparison.known(verdict.costs_more(beside), whole_dollars)
    tells = f"costs {more} more of {verdict.measure}"
    if verdict.measure == WEALTH:
        tells = f"leaves {more} less after tax"
    than = compared(best.policy, alike)
    return f"{subject(beside.policy, alike)} {tells}{average(comparison.paths)} than {than}"


def _alt_text(comparison: Comparison) -> str:
    rows = (
        f"{one_line(row.name)}: {row.figure or row.behind}"
        + (row.spread if comparison.paths != 1 else "")
        for row in _rows(comparison)
    )
    measure = measured(comparison)
    return paragraph(_finding(comparison), f"By policy, {measure}: {'; '.join(rows)}")
