"""One policy of a comparison: when it converts, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answer.statistics import mean
from simulator.conversion.amounts import Outcome, YearOutcome
from simulator.conversion.form1099r import CODE, Form1099R, form_1099r, forms_paid
from simulator.conversion.payments import PAYOUT
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Timeline
from simulator.notation.letters import visible

if TYPE_CHECKING:
    from simulator.answer.known_outcome import Exactness

Amounts = Any
"""Whole cents: an int on one path, an array over many; or known without paths."""


@dataclass(frozen=True, repr=False)
class PolicyResult:
    """One policy: when it converts, and what came of it.

    Attributes:
        policy: The policy.
        timeline: Its deposits and conversions.
        outcome: The amounts, by year and at the end.
        exactness: Whether they are exact, where that was asked for.
    """

    policy: Policy
    timeline: Timeline
    outcome: Outcome[Amounts]
    exactness: Exactness | None = None

    def __repr__(self) -> str:
        return visible(f"<PolicyResult {self.policy.name}: {self.conversions:,} conversions>")

    @property
    def forms(self) -> dict[int, Form1099R[Amounts]]:
        """The Form 1099-R of each year with conversions, and payouts that are rolled over."""
        years = set(self.timeline.conversions) | self.timeline.rollovers
        return {year: form_1099r(year, self.outcome.years[year]) for year in sorted(years)}

    @property
    def all_forms(self) -> list[Form1099R[Amounts]]:
        """Every form that arrives, by year: that of the conversions, then one for each code of a payment."""
        forms = [*self.forms.values()]
        for year, outcome in self.outcome.years.items():
            codes = self.timeline.ways(year)
            forms += [form for form in forms_paid(year, outcome) if form.box_7 in codes]
        return sorted(
            (form for form in forms if form.box_7 == CODE or mean(form.box_1)),
            key=lambda form: (form.year, form.box_7 != CODE, form.box_7),
        )

    @property
    def years_paid(self) -> frozenset[int]:
        """The years in which a life event pays something out."""
        return frozenset(payment.session.year for payment in self.timeline.payments)

    def paid_out_by(self, year: int) -> bool:
        """Whether a separation has paid out all that was inside, and will all that comes, by a year's end."""
        return any(
            payment.event == PAYOUT and payment.session.year <= year
            for payment in self.timeline.payments
        )

    @property
    def taxable(self) -> Amounts:
        """Box 2a over all forms. [cents]"""
        return self.outcome.taxable

    @property
    def clock(self) -> dict[int, Amounts]:
        """The taxable part of each year's conversions, which bears 10% if it is withdrawn too soon. [cents]

        Law: IRC 408A(d)(3)(F), 402A(c)(4)(D).
        """
        return {year: form.box_2a for year, form in self.forms.items()}

    def total(self, column: str) -> Amounts:
        """The sum of an amount over all years, the run-off's included. [cents]"""
        return self.outcome.total(column)

    @property
    def earnings_moved(self) -> Amounts:
        """Earnings in what was converted or paid out, taxable or sent to a traditional IRA. [cents]"""
        return self.taxable + self.total("ira")

    @property
    def leaves_money(self) -> bool:
        """Whether some money has no date to leave on."""
        return self.timeline.leaves_money

    @property
    def for_good(self) -> Amounts:
        """What has no date to leave on, when all else has left; landed by then or not. [cents]"""
        return self._last_year.left_value + self.in_transit_for_good

    @property
    def in_transit_for_good(self) -> int:
        """What of it has not landed by then. [cents]"""
        return self.timeline.in_transit_after[max(self.outcome.years)]

    @property
    def earnings_for_good(self) -> Amounts:
        """Earnings in it, not yet taxed. [cents]"""
        return self._last_year.left_earnings

    @property
    def _last_year(self) -> YearOutcome[Amounts]:
        """The last year, the run-off included."""
        return self.outcome.years[max(self.outcome.years)]

    @property
    def conversions(self) -> int:
        """How many conversions there are, in all years."""
        return sum(self.timeline.conversions.values())

    @property
    def conversion_dates(self) -> list[date]:
        """The sessions on which something is converted, in order."""
        return sorted(self.timeline.leaving)

    @property
    def unconverted(self) -> int:
        """The deposits that have not left. [cents]"""
        return self.timeline.unconverted

    def stranded(self, year: int) -> int:
        """The deposits of a year's paychecks that are not converted by its end. [cents]"""
        return self._stranded[year]

    @cached_property
    def _stranded(self) -> Counter[int]:
        """What `stranded` says of each year, in one pass over the deposits. [cents]"""
        waiting: Counter[int] = Counter()
        for deposit in self.timeline.deposits:
            if deposit.paid_out:
                continue
            if deposit.leaves is None or deposit.leaves.year > deposit.pay_date.year:
                waiting[deposit.pay_date.year] += deposit.amount
        return waiting
