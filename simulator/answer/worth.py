"""What each policy comes to after tax, beside the same money in a brokerage account and beside no money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean
from simulator.money import nearly_half_up
from simulator.taxes.increment import times

if TYPE_CHECKING:
    from simulator.answer.weighing import Weighing

WAITED = 30
"""How long each deposit waits, to see what a day's waiting costs. [calendar days]"""

TAXABLE, NONE = "taxable", "none"
"""The baselines: a brokerage account, and contributing nothing."""


class Waiting(NamedTuple):
    """What each deposit's waiting `WAITED` days adds to not waiting, path by path. [cents; path]

    Attributes:
        box_2a: To Box 2a over all forms.
        tax: To the tax on it.
    """

    box_2a: Amounts
    tax: Amounts


@dataclass(frozen=True)
class Worth:
    """Wealth after tax, the untaxed part settled. [cents; path]

    Attributes:
        policies: Of each policy, by its name; not known where a price is missing.
        taxable: Of the same contributions in a brokerage account, and the openings in the plan.
        none: Of the openings alone.
        contributed: What went in by then, openings left out.
        last_session: The day from which on all is held.
        waiting: What a wait costs; None where nothing is converted, or some money has no date to leave on.
        unparked: Of each policy without parking; empty where nothing is parked.
    """

    policies: Mapping[str, Amounts]
    taxable: Amounts
    none: Amounts
    contributed: int
    last_session: date
    waiting: Waiting | None = None
    unparked: Mapping[str, Amounts] = field(default_factory=dict)

    def of(self, result: PolicyResult) -> Amounts:
        """Of a policy."""
        return self.policies[result.policy.name]


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
