"""The verdict: which policy is best, by what measure, what the others cost more, and when it converts.

Worked out once, of differences path by path; tables, sentences, pictures, pages and batches ask it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean, standard_error
from simulator.notation.letters import visible

TAX_AND_FEES, TAX, TAXABLE_EARNINGS, SENT_ON, WEALTH = (
    "tax and fees",
    "tax",
    "taxable earnings",
    "earnings sent on",
    "wealth",
)
"""What policies are told apart by."""

DOLLAR = 100
"""What is less a simulated year is no difference. [cents]"""

DATES = 3
"""How many conversions of the best policy are told."""


@dataclass(frozen=True, repr=False)
class Verdict:
    """Which policy is best. One that leaves money without a date is not ranked: that has earned too.

    Attributes:
        measure: What is weighed: `tax and fees`, `tax`, `taxable earnings` or `earnings sent on`; where money
            is parked `wealth`: what is held less tax, as growth is missed too. Costs are then below 0.
        costs: What each ranked policy costs by it, in the scenario's order. [cents; path]
        best: The one that costs least on average, of equals the one with fewer conversions; None where none
            is ranked.
        enough: The one with the fewest conversions of those as good as the best: within a dollar a year, or
            two standard errors of the difference; None where that is the best itself.
        against: The one that the best is told against: the year's end where it is ranked, else the one with
            the fewest conversions; None where that is the best.
        done: What was really done, with what it costs, where the policies can be weighed against it. It is
            not ranked: it has happened, and cannot be chosen any more. [cents; path]
    """

    measure: str
    costs: tuple[tuple[PolicyResult, Amounts], ...] = ()
    best: PolicyResult | None = None
    enough: PolicyResult | None = None
    against: PolicyResult | None = None
    done: tuple[PolicyResult, Amounts] | None = None

    def __repr__(self) -> str:
        best = self.best.policy.name if self.best else "none"
        return visible(f"<Verdict: best {best}, by {self.measure}>")

    def costs_more(self, result: PolicyResult) -> Amounts:
        """By how much a ranked policy, or what was done, costs more than the best. [cents; path]"""
        known = (*self.costs, self.done) if self.done else self.costs
        cost, least = (
            next(cost for policy, cost in known if policy is wanted)
            for wanted in (result, self.best)
        )
        return cost - least

    @property
    def others(self) -> list[PolicyResult]:
        """The ranked policies but the best, in the scenario's order."""
        return [result for result, _ in self.costs if result is not self.best]

    @property
    def beside(self) -> PolicyResult | None:
        """What the best is told beside: `against`, else the one that costs most; None where it is alone."""
        dearest = max(self.others, key=lambda result: mean(self.costs_more(result)), default=None)
        return self.against or dearest

    @property
    def alike(self) -> bool:
        """Whether there are several policies, and on average all cost the same."""
        return bool(self.others) and not any(mean(self.costs_more(other)) for other in self.others)

    @property
    def dates(self) -> Sequence[date]:
        """The first conversions of the best policy."""
        return self.best.conversion_dates[:DATES] if self.best else ()


def verdict(
    measure: str,
    costs: Sequence[tuple[PolicyResult, Amounts]],
    years: int,
    randomisations: int,
    done: tuple[PolicyResult, Amounts] | None = None,
) -> Verdict:
    """The verdict on some policies.

    Args:
        measure: What is weighed.
        costs: What each policy costs by it, in the scenario's order. [cents; path]
        years: How many years are simulated.
        randomisations: See `standard_error`.
        done: What was really done, and what it costs by it. [cents; path]
    """
    ranked = tuple(
        (result, cost)
        for result, cost in costs
        if result.timeline.deposits and not result.leaves_money
    )
    if not ranked:
        return Verdict(measure)
    best, least = min(ranked, key=lambda result: (mean(result[1]), result[0].conversions))

    def as_good(cost: Amounts) -> bool:
        more = cost - least
        return mean(more) <= max(DOLLAR * years, 2 * standard_error(more, randomisations))

    def fewest(policies: Sequence[PolicyResult]) -> PolicyResult | None:
        """The one with the fewest conversions; None where the best has no more."""
        chosen = min(policies, key=lambda candidate: (candidate.conversions, candidate is not best))
        return None if chosen is best else chosen

    year_end = [result for result, _ in ranked if result.policy.cadence == "year-end"]
    return Verdict(
        measure,
        ranked,
        best,
        enough=fewest([result for result, cost in ranked if as_good(cost)]),
        against=fewest(year_end[:1] or [result for result, _ in ranked]),
        done=done,
    )
