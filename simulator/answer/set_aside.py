"""What to set aside for the tax on conversions: nothing is withheld on them.

Law: IRC 3405(c)(2) (no withholding on a direct rollover), 6654(c) (when estimated tax is due), 6654(e)(1) (no
penalty where less than $1,000 is owed beyond withholding). Form W-4, line 4(c): extra withholding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.answer.weighing import Weighing

QUARTERS = ((4, 1), (6, 1), (9, 1))
"""From these days of the year on a conversion counts for the next payment. Law: IRC 6654(d)(2)."""

DUE = ((0, 4, 15), (0, 6, 15), (0, 9, 15), (1, 1, 15))
"""When each payment is due: years later, month, day; or the next business day. Law: IRC 6654(c)(2)."""

LEAST = 100
"""A year's tax below a dollar is not told. [cents]"""


class SetAside(NamedTuple):
    """The tax on the conversions of one year, as far as it is expected. [cents]

    Attributes:
        policy: Whose conversions.
        year: Of the form.
        tax: On its Box 2a: the mean over the paths, federal and state.
        federal: The federal part.
        conversions: How many there are.
        paychecks: Regular ones of the year, each of which may withhold; 0 where none are known.
    """

    policy: PolicyResult
    year: int
    tax: float
    federal: float
    conversions: int
    paychecks: int

    @property
    def each(self) -> float:
        """Of one conversion, on average. [cents]"""
        return self.tax / self.conversions

    @property
    def withheld_each(self) -> float:
        """What line 4(c) of Form W-4 takes of a paycheck. [cents]"""
        return self.federal / self.paychecks if self.paychecks else 0.0

    def by_quarter(self, earnings: Mapping[date, float]) -> list[tuple[date, float]]:
        """When estimated tax is due, and how much: the year's tax, shared out by the earnings converted.

        What was converted before the simulation counts on the last day before it.

        Args:
            earnings: What each conversion is expected to tax, by its session. [cents]
        """
        timeline, sums = self.policy.timeline, [0.0] * len(DUE)
        before = {timeline.so_far.through: timeline.taxable_so_far} if timeline.so_far else {}
        for session, cents in (*before.items(), *earnings.items()):
            if session.year == self.year:
                sums[sum(session >= date(self.year, *since) for since in QUARTERS)] += cents
        total = sum(sums) or 1.0
        days = (date(self.year + later, month, day) for later, month, day in DUE)
        return [(day, self.tax * cents / total) for day, cents in zip(days, sums, strict=True)]


def set_aside(weighing: Weighing, result: PolicyResult) -> Iterator[SetAside]:
    """The years of a policy whose conversions are taxed."""
    taxation, scenario = weighing.taxation, weighing.scenario
    if taxation is None:
        return
    regular = {
        year.year: sum(one.paycheck.kind == "regular" for one in year.contributions)
        for year in weighing.contributions
    }
    for year, form in result.forms.items():
        tax = taxation.tax(year, form.box_2a)
        federal = tax.federal
        if federal is None:
            assert scenario.taxes is not None, "there are taxes"
            federal = form.box_2a * float(scenario.taxes.federal or 0)
        count = result.timeline.conversions[year]
        if mean(tax.total) >= LEAST and count:
            amounts = mean(tax.total), float(mean(federal))
            yield SetAside(result, year, *amounts, count, regular.get(year, 0))
