"""The picture of a comparison by policy: what each moves in taxable earnings, and what waiting costs."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from simulator.comparison import Comparison, PolicyResult
from simulator.distribution import mean, standard_error
from simulator.report.pictures.distributions import Row, distributions
from simulator.report.pictures.lettering import one_line
from simulator.report.pictures.phrases import (
    average,
    behind,
    capital,
    compared,
    paragraph,
    subject,
)
from simulator.report.sentences import money, over
from simulator.report.tables import cheapest


def cadence(comparison: Comparison) -> Figure:
    """A row for each policy."""
    return distributions(
        _finding(comparison),
        [comparison.scenario.name, f"{comparison.scenario.years}; {over(comparison)}"],
        _rows(comparison),
        _measure(comparison),
        comparison.paths > 1,
        _told(comparison),
    )


def _finding(comparison: Comparison) -> str:
    if not any(result.timeline.deposits for result in comparison.results):
        return "No after-tax contribution goes in: there is nothing to convert"
    if not comparison.scenario.plan.conversion.allowed:
        return "The plan allows no conversion: everything stays in the after-tax subaccount"
    complete = [result for result in comparison.results if not result.leaves_money]
    if not complete:
        first = comparison.results[0]
        return f"{subject(first.policy)} {_leaves(comparison, first)}"
    least = cheapest(comparison)
    if least:
        return _dearest_and_cheapest(comparison, complete, least[0])
    figure = _estimate(comparison, complete[0].earnings_moved)
    if len(complete) > 1:
        return f"These policies move the same earnings, {figure}: waiting costs nothing here"
    return f"{subject(complete[0].policy)} {_verb(comparison)} {figure} {_what(comparison)}"


def _dearest_and_cheapest(
    comparison: Comparison, complete: Sequence[PolicyResult], best: PolicyResult
) -> str:
    worst = max(complete, key=lambda result: mean(result.earnings_moved))
    added = _estimate(comparison, comparison.difference(worst, best))
    alike = worst.policy.words == best.policy.words
    return (
        f"{subject(worst.policy, alike)} {_verb(comparison)} {added} "
        f"more {_what(comparison)} than {compared(best.policy, alike)}"
    )


def _verb(comparison: Comparison) -> str:
    return "sends" if comparison.splits else "makes"


def _what(comparison: Comparison) -> str:
    return ("to the IRA" if comparison.splits else "taxable") + average(comparison.paths)


def _measure(comparison: Comparison) -> str:
    return "earnings sent to the IRA" if comparison.splits else "taxable earnings"


def _estimate(comparison: Comparison, cents: Any) -> str:
    """An amount, or a mean with the digits that its error supports."""
    error = standard_error(cents, comparison.scenario.returns.randomisations)
    return money(mean(cents), error)


def _leaves(comparison: Comparison, result: PolicyResult) -> str:
    outcome = result.outcome
    left = _estimate(comparison, outcome.left_value), _estimate(comparison, outcome.left_earnings)
    return f"leaves {behind(*left)}"


def _rows(comparison: Comparison) -> list[Row]:
    return [
        Row(
            result.policy.name,
            comparison.told(result.earnings_moved),
            _estimate(comparison, result.earnings_moved),
            _leaves(comparison, result) if result.leaves_money else "",
        )
        for result in comparison.results
    ]


def _told(comparison: Comparison) -> str:
    many = comparison.paths > 1
    rows = (
        f"{one_line(row.name)}: {row.figure}"
        + (f" (5% to 95%: ${row.told['p5']:,.0f} to ${row.told['p95']:,.0f})" if many else "")
        + (f", {row.behind}" if row.behind else "")
        for row in _rows(comparison)
    )
    measure = capital(f"{'Mean ' * many}{_measure(comparison)} by policy")
    return paragraph(_finding(comparison), f"{measure}: {'; '.join(rows)}")
