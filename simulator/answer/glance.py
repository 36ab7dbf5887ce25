"""An answer at a glance: what is saved, what is taxed, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.verdict import WEALTH
from simulator.conversion.amounts import is_unknown


@dataclass(frozen=True)
class Glance:
    """What the recommended policy comes to. [cents; path]

    Attributes:
        result: The recommended policy.
        saved: What it saves of what policies are told apart by, against the one that it is told beside; None
            where there is no other.
        years: Over how many years that is told a year; one where money is parked, as wealth is no yearly sum.
        earnings: The earnings that it moves, in all years.
        converted: What it converts, in all years.
        worth: What all comes to after tax; None where that is not asked for, or not known.
        over_taxable: How much more than in a brokerage account.
    """

    result: PolicyResult
    saved: Amounts | None
    years: int
    earnings: Amounts
    converted: Amounts
    worth: Amounts | None
    over_taxable: Amounts | None


def glance(comparison: Comparison) -> Glance | None:
    """The three numbers of an answer; None where no policy is ranked."""
    verdict, worth = comparison.verdict, comparison.worth
    best, beside = verdict.best, verdict.beside
    if best is None:
        return None
    years = 1 if verdict.measure == WEALTH else max(1, len(comparison.contribution_years))
    saved = verdict.costs_more(beside) if beside else None
    found = worth.of(best) if worth else None
    known = worth is not None and not is_unknown(found) and not is_unknown(worth.taxable)
    return Glance(
        result=best,
        saved=saved,
        years=years,
        earnings=best.earnings_moved,
        converted=best.total("box_1"),
        worth=found if known else None,
        over_taxable=found - worth.taxable if known and worth else None,
    )
