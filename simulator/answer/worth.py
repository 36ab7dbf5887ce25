"""What each policy comes to after tax, beside the same money in a brokerage account and beside no money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.conversion.amounts import UNKNOWN, is_unknown

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

    def over(self, result: PolicyResult) -> Amounts:
        """By how much that is more than the brokerage account; not known where one of them is not."""
        own = self.of(result)
        return UNKNOWN if is_unknown(own) or is_unknown(self.taxable) else own - self.taxable
