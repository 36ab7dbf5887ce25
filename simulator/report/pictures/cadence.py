"""The picture of a comparison by policy: what each moves in taxable earnings, and what waiting costs."""

from matplotlib.figure import Figure

from simulator.comparison import Comparison, PolicyResult
from simulator.distribution import mean
from simulator.report.phrases import (
    average,
    behind,
    capital,
    compared,
    one_line,
    paragraph,
    subject,
)
from simulator.report.pictures.distributions import Row, distributions
from simulator.report.sentences import known, over


def cadence(comparison: Comparison) -> Figure:
    """A row for each policy."""
    return distributions(
        finding(comparison),
        [comparison.scenario.name, f"{comparison.scenario.years}; {over(comparison)}"],
        _rows(comparison),
        _measure(comparison),
        comparison.paths > 1,
        _told(comparison),
    )


def finding(comparison: Comparison) -> str:
    """What a comparison comes to, in a sentence without its full stop."""
    if not any(result.timeline.deposits for result in comparison.results):
        return "No after-tax contribution goes in: there is nothing to convert"
    if not comparison.scenario.plan.conversion.allowed:
        return "The plan allows no conversion: everything stays in the after-tax subaccount"
    complete = [result for result in comparison.results if not result.leaves_money]
    if not complete:
        first = comparison.results[0]
        return f"{subject(first.policy)} {_leaves(comparison, first)}"
    moved = [mean(result.earnings_moved) for result in complete]
    if max(moved) > min(moved):
        least, most = (complete[moved.index(end(moved))] for end in (min, max))
        return _least_and_most(comparison, least, most)
    figure = known(comparison, complete[0].earnings_moved)
    if len(complete) > 1:
        return f"These policies move the same earnings, {figure}: waiting costs nothing here"
    return f"{subject(complete[0].policy)} {_verb(comparison)} {figure} {_what(comparison)}"


def _least_and_most(comparison: Comparison, least: PolicyResult, most: PolicyResult) -> str:
    added = known(comparison, comparison.difference(most, least))
    alike = most.policy.words == least.policy.words
    return (
        f"{subject(most.policy, alike)} {_verb(comparison)} {added} "
        f"more {_what(comparison)} than {compared(least.policy, alike)}"
    )


def _verb(comparison: Comparison) -> str:
    return "sends" if comparison.splits else "makes"


def _what(comparison: Comparison) -> str:
    return ("to the IRA" if comparison.splits else "taxable") + average(comparison.paths)


def _measure(comparison: Comparison) -> str:
    return "earnings sent to the IRA" if comparison.splits else "taxable earnings"


def _leaves(comparison: Comparison, result: PolicyResult) -> str:
    left = known(comparison, result.for_good), known(comparison, result.earnings_for_good)
    return f"leaves {behind(*left)}"


def _rows(comparison: Comparison) -> list[Row]:
    return [
        Row(
            result.policy.name,
            comparison.told(result.earnings_moved),
            known(comparison, result.earnings_moved),
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
    return paragraph(finding(comparison), f"{measure}: {'; '.join(rows)}")
