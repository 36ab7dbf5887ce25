"""Wealth after tax as plain records, for JSON, CSV and frames; none where it is not asked for. [dollars]"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.answer.break_even import break_even
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import per_day
from simulator.answer.worth import NONE, TAXABLE, WAITED, Worth
from simulator.conversion.amounts import is_unknown

if TYPE_CHECKING:
    from simulator.answer.weighing import Weighing

WEALTH = ("wealth", "wealth_over_taxable")
"""Amounts of a policy that are not known where a price is missing."""


def of_policy(weighing: Weighing, result: PolicyResult) -> dict[str, Any]:
    """What a policy comes to, by how much that is more than the brokerage account, and its break-even fee."""
    if (worth := weighing.worth) is None:
        return {}
    wealth = worth.of(result)
    even = break_even(weighing, result) if result is not weighing.done else None
    return {
        "wealth": _statistics(weighing, wealth),
        "wealth_over_taxable": _statistics(weighing, worth.over(result)),
        **(_over_unparked(weighing, worth, result) if result is not weighing.done else {}),
        "break_even_fee": even
        and {"against": even.against.policy.name, "amount": even.amount / 100},
    }


def _over_unparked(weighing: Weighing, worth: Worth, result: PolicyResult) -> dict[str, Any]:
    """Where money is parked: by how much a policy comes to more than without parking."""
    if not worth.unparked:
        return {}
    more = worth.of(result) - worth.unparked[result.policy.name]
    return {"wealth_over_unparked": _statistics(weighing, more)}


def of_all(weighing: Weighing) -> dict[str, Any]:
    """What the baselines come to, and what a day's waiting costs; null where that is not known."""
    if (worth := weighing.worth) is None:
        return {}
    waiting = worth.waiting and {
        "days": WAITED,
        "box_2a_per_day": per_day(worth.waiting.box_2a, WAITED),
        "tax_per_day": per_day(worth.waiting.tax, WAITED),
    }
    baselines = ((TAXABLE, worth.taxable), (NONE, worth.none))
    return {
        "baselines": [
            {"baseline": name, "wealth": _statistics(weighing, wealth)}
            for name, wealth in baselines
        ],
        "waiting": waiting,
    }


def _statistics(weighing: Weighing, cents: Amounts) -> dict[str, float] | None:
    return None if is_unknown(cents) else weighing.statistics(cents)
