"""The catch-up after fifteen years of service: of a 403(b), beside the one from 50 on, and before it."""

from typing import Annotated

from pydantic import Field

from simulator.notation.fields import Dollars, Specification, whole
from simulator.payroll.contribution import ContributionYear

LEAST_SERVICE = 15

MOST_A_YEAR = 3_000_00
MOST_IN_ALL = 15_000_00
A_YEAR_OF_SERVICE = 5_000_00
"""Law: IRC 402(g)(7)(A). [cents] They are not indexed."""


class FifteenYears(Specification):
    """Deferrals beyond 402(g) after fifteen years with an employer of certain kinds.

    Law: IRC 402(g)(7).
    """

    service: Annotated[int, whole(0, 80)] = Field(
        description="Years of service with the employer at the end of the first year.",
        examples=["20"],
    )
    prior_deferrals: Dollars = Field(
        0, description="All that was deferred to the employer's plans before the first year. [$]"
    )
    used: Dollars = Field(0, description="How much of the 15,000 was used before. [$]")

    def allowed(self, later: int, deferred: int, used: int) -> int:
        """How much more may be deferred in a year. [cents]

        Args:
            later: How many years it is after the first.
            deferred: All that was deferred since the first year began. [cents]
            used: How much of it was allowed by this rule alone. [cents]
        """
        by_service = A_YEAR_OF_SERVICE * (self.service + later) - self.prior_deferrals - deferred
        return max(0, min(MOST_A_YEAR, MOST_IN_ALL - self.used - used, by_service))


class FifteenYearsUsed:
    """What the rule allows year after year; service, deferrals and what was used roll forward.

    Args:
        rule: The person's fifteen years; None where the rule does not apply.
        first: The first simulated year.
    """

    def __init__(self, rule: FifteenYears | None, first: int) -> None:
        self._rule = rule
        self._first = first
        self._deferred = self._used = 0

    def allowed(self, year: int) -> int:
        """How much more than 402(g) may be deferred in a year. [cents]"""
        if self._rule is None:
            return 0
        return self._rule.allowed(year - self._first, self._deferred, self._used)

    def count(self, year: ContributionYear) -> None:
        """Counts what was deferred in a year, and what of it the rule alone allowed."""
        allowed = year.elective_deferral - year.limits.elective_deferral
        beyond = year.already_deferred + year.deferrals - year.limits.elective_deferral
        self._used += max(0, min(allowed, beyond))
        self._deferred += year.deferrals
