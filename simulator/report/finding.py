"""What a comparison comes to, in one sentence: the title of its picture, and what one policy alone costs."""

from __future__ import annotations

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import average, behind, compared, subject, whole_dollars
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean
from simulator.answer.verdict import SENT_ON, WEALTH, Verdict

BEST_BY = {
    SENT_ON: "least earnings taxed or sent to the IRA",
    WEALTH: "most held after tax",
}
"""What the best policy has, where it is not the least of what is weighed."""


def best_by(verdict: Verdict) -> str:
    """What sets the best policy off, with a capital: `The best: least tax`."""
    if verdict.alike:
        return "Costs no more than the others, with the fewest conversions"
    return f"The best: {BEST_BY.get(verdict.measure, f'least {verdict.measure}')}"


def _known(comparison: Comparison, cents: Amounts) -> str:
    """An amount as a headline has it."""
    return comparison.known(cents, whole_dollars)


def finding(comparison: Comparison) -> str:
    """What a comparison comes to, in a sentence without its full stop."""
    if not any(result.timeline.deposits for result in comparison.results):
        return "No after-tax contribution goes in: there is nothing to convert"
    if not comparison.scenario.plan.conversion.allowed:
        return "The plan allows no conversion: everything stays in the after-tax subaccount"
    verdict = comparison.verdict
    if verdict.best is None:
        first = comparison.results[0]
        return f"{subject(first.policy)} {leaves(comparison, first)}"
    if verdict.beside and mean(comparison.adds["earnings"]):
        return _adds(comparison, verdict.best, verdict.beside)
    figure = _known(comparison, verdict.best.earnings_moved)
    if verdict.others:
        return f"These policies move the same earnings, {figure}: waiting costs nothing here"
    return f"{subject(verdict.best.policy)} {_verb(comparison)} {figure} {_what(comparison)}"


def _adds(comparison: Comparison, best: PolicyResult, beside: PolicyResult) -> str:
    """By how much the earnings that one policy moves exceed the other's, whichever is the best."""
    added = comparison.adds["earnings"]
    more, less = (beside, best) if mean(added) > 0 else (best, beside)
    alike = more.policy.words == less.policy.words
    size = _known(comparison, added if more is beside else -added)
    return (
        f"{subject(more.policy, alike)} {_verb(comparison)} {size} more {_what(comparison)} "
        f"than {compared(less.policy, alike)}{_of_tax(comparison, added)}"
    )


def _of_tax(comparison: Comparison, added: Amounts) -> str:
    """The tax on earnings that are moved; nothing without taxes, or where it goes the other way."""
    tax = comparison.adds.get("tax", 0)
    sign = 1 if mean(added) > 0 else -1
    return f", {_known(comparison, sign * tax)} of tax" if sign * mean(tax) > 0 else ""


def _verb(comparison: Comparison) -> str:
    if comparison.splits:
        return "sends"
    return "moves" if comparison.has_ira else "makes"


def _what(comparison: Comparison) -> str:
    what = "of earnings" if comparison.has_ira else "taxable"
    return ("to the IRA" if comparison.splits else what) + average(comparison.paths)


def leaves(comparison: Comparison, result: PolicyResult) -> str:
    """That a policy leaves money without a date, or what is not converted so far."""
    if until := comparison.scenario.until:
        return f"leaves {_known(comparison, result.unconverted)} of deposits unconverted on {until}"
    left = _known(comparison, result.for_good), _known(comparison, result.earnings_for_good)
    return f"leaves {behind(*left)}"
