"""The picture of a comparison by policy: what each moves in taxable earnings, and what waiting costs."""

from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import (
    average,
    behind,
    capital,
    compared,
    one_line,
    paragraph,
    subject,
)
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.report.pictures.distributions import Row, distributions
from simulator.report.pictures.style import styled
from simulator.report.sentences import known, over


@styled()
def cadence(comparison: Comparison) -> Figure:
    """A row for each policy."""
    return distributions(
        finding(comparison),
        [comparison.scenario.name, f"{comparison.scenario.period}; {over(comparison)}"],
        _rows(comparison),
        _measure(comparison),
        comparison.paths > 1,
        _alt_text(comparison),
    )


def finding(comparison: Comparison) -> str:
    """What a comparison comes to, in a sentence without its full stop."""
    if not any(result.timeline.deposits for result in comparison.results):
        return "No after-tax contribution goes in: there is nothing to convert"
    if not comparison.scenario.plan.conversion.allowed:
        return "The plan allows no conversion: everything stays in the after-tax subaccount"
    verdict = comparison.verdict
    if verdict.best is None:
        first = comparison.results[0]
        return f"{subject(first.policy)} {_leaves(comparison, first)}"
    if verdict.beside and mean(comparison.adds["earnings"]):
        return _adds(comparison, verdict.best, verdict.beside)
    figure = known(comparison, verdict.best.earnings_moved)
    if verdict.others:
        return f"These policies move the same earnings, {figure}: waiting costs nothing here"
    return f"{subject(verdict.best.policy)} {_verb(comparison)} {figure} {_what(comparison)}"


def _adds(comparison: Comparison, best: PolicyResult, beside: PolicyResult) -> str:
    """By how much the earnings that one policy moves exceed the other's, whichever is the best."""
    added = comparison.adds["earnings"]
    more, less = (beside, best) if mean(added) > 0 else (best, beside)
    alike = more.policy.words == less.policy.words
    size = known(comparison, added if more is beside else -added)
    return (
        f"{subject(more.policy, alike)} {_verb(comparison)} {size} more {_what(comparison)} "
        f"than {compared(less.policy, alike)}"
    )


def _verb(comparison: Comparison) -> str:
    if comparison.splits:
        return "sends"
    return "moves" if comparison.has_ira else "makes"


def _what(comparison: Comparison) -> str:
    what = "of earnings" if comparison.has_ira else "taxable"
    return ("to the IRA" if comparison.splits else what) + average(comparison.paths)


def _measure(comparison: Comparison) -> str:
    if comparison.splits:
        return "earnings sent to the IRA"
    return "earnings, taxed now or sent to the IRA" if comparison.has_ira else "taxable earnings"


def _leaves(comparison: Comparison, result: PolicyResult) -> str:
    if until := comparison.scenario.until:
        return f"leaves {known(comparison, result.unconverted)} of deposits unconverted on {until}"
    left = known(comparison, result.for_good), known(comparison, result.earnings_for_good)
    return f"leaves {behind(*left)}"


def _rows(comparison: Comparison) -> list[Row]:
    return [
        Row(
            result.policy.name,
            comparison.statistics(result.earnings_moved),
            known(comparison, result.earnings_moved),
            _leaves(comparison, result) if result.leaves_money else "",
        )
        for result in comparison.told
    ]


def _alt_text(comparison: Comparison) -> str:
    many = comparison.paths > 1
    rows = (
        f"{one_line(row.name)}: {row.figure}"
        + (
            f" (5% to 95%: ${row.statistics['p5']:,.0f} to ${row.statistics['p95']:,.0f})"
            if many
            else ""
        )
        + (f", {row.behind}" if row.behind else "")
        for row in _rows(comparison)
    )
    measure = capital(f"{'Mean ' * many}{_measure(comparison)} by policy")
    return paragraph(finding(comparison), f"{measure}: {'; '.join(rows)}")
