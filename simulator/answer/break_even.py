"""What the untaxed part of wealth is taxed in the end, and up to which fee a conversion pays."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean
from simulator.answer.weighing import Weighing
from simulator.money import nearly_half_up
from simulator.taxes.increment import times


def tax_at_the_end(weighing: Weighing, added: Amounts) -> Callable[[Any], Any]:
    """The tax on what is untaxed at the end, as a function of it; nothing is rounded. [cents; path]

    Args:
        weighing: The taxes, and what is asked of wealth.
        added: What is taxable in the last year already. [cents; path]
    """
    asked, taxes, last = weighing.scenario.wealth, weighing.taxation, weighing.scenario.years.last
    assert asked is not None and taxes is not None, "wealth needs taxes"
    if (rate := asked.end_rate) is not None:
        return lambda more: times(more, rate)
    before = taxes.unrounded(last, added)

    def tax(more: Any) -> Any:
        both = taxes.unrounded(last, added + more)
        exact = isinstance(both, Fraction) or not isinstance(before, Fraction)
        return both - (before if exact else float(before))

    return tax


class BreakEven(NamedTuple):
    """The fee of one conversion that uses up what a policy saves in tax.

    Attributes:
        against: The policy with fewer conversions.
        amount: The fee; below 0 where the policy saves nothing. [cents]
    """

    against: PolicyResult
    amount: int


def reference(weighing: Weighing) -> PolicyResult | None:
    """What a fee is broken even against: the year's end, else the fewest conversions; None where all stays.

    Of the policies that leave no money without a date.
    """
    ranked = [result for result, _ in weighing.verdict.costs]
    at_year_end = [result for result in ranked if result.policy.cadence == "year-end"]
    return min(at_year_end[:1] or ranked, key=lambda result: result.conversions, default=None)


def break_even(weighing: Weighing, result: PolicyResult) -> BreakEven | None:
    """Up to which fee a policy pays, at the fee that there is; None where it converts no more often.

    A fee also lowers Box 2a, by no more than itself at the rate: that is left out.
    """
    against = reference(weighing)
    if against is None or result.leaves_money or result.conversions <= against.conversions:
        return None
    saved = Fraction(mean(weighing.all_tax(against))) - Fraction(mean(weighing.all_tax(result)))
    more = result.conversions - against.conversions
    return BreakEven(against, nearly_half_up(saved / more))
