"""What is to be borne in mind with an answer: slips of the question, prices that are missing, assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from simulator.answer.phrases import money
from simulator.answer.weighing import Weighing
from simulator.answer.worth_assumptions import worth_assumptions
from simulator.conversion.amounts import ENDS, is_unknown
from simulator.taxes.assumptions import tax_assumptions

MOST_DAYS = 3
"""Days without a price that are listed."""


class Cautioned(Weighing):
    """Every policy of a scenario weighed against each other, and what the answer rests on."""

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What of the question looks like a slip, a sentence each."""
        return self.scenario.returns.all_warnings(self.sessions)

    @property
    def unpriced(self) -> Iterator[str]:
        """On which days without a price something is held, so that it is not known what it is worth."""
        days, opening = set[date](), self.scenario.plan.opening
        for result in self.results:
            ends: list[tuple[date, Any]] = [(result.timeline.last_session, result.outcome)]
            ends += [(result.timeline.ends(year), of) for year, of in result.outcome.years.items()]
            days |= {
                day for day, of in ends if any(is_unknown(getattr(of, name, 0)) for name in ENDS)
            }
            days |= {result.timeline.first_session} if days and opening.roth else set()
        days = {day for fund in self.scenario.returns.funds for day in fund.unpriced(sorted(days))}
        if days:
            listed = ", ".join(map(str, sorted(days)[:MOST_DAYS]))
            more = f" and {len(days) - MOST_DAYS} more days" if len(days) > MOST_DAYS else ""
            yield f"There is no price of {listed}{more}: what is held then is not known."

    @property
    def unaccounted(self) -> Iterator[str]:
        """What of the after-tax money so far is nowhere: a figure of the account may be missing."""
        so_far, opening = self.scenario.so_far, self.scenario.plan.opening
        if so_far is None:
            return
        there = opening.basis + (so_far.in_transit or 0) + so_far.conversions.recovered
        if (missing := so_far.after_tax - there) > 0:
            yield (
                f"{money(missing)} of so_far.after_tax is neither in plan.opening, nor in_transit, nor "
                "converted so far: where is it? Its conversion is not on these forms."
            )

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """What the law or the model leaves open in this answer, a sentence each."""
        if (taxes := self.taxation) is None:
            return ()
        wealth = worth_assumptions(self.scenario, self.worth) if self.worth else ()
        return (*tax_assumptions(taxes, self.tax_years), *wealth)

    @cached_property
    def tax_warnings(self) -> tuple[str, ...]:
        """For which years another year's table is taken, a sentence each."""
        years = self.taxation.carried_over(self.tax_years) if self.taxation else []
        return tuple(
            f"The income tax table of {year} is not published here: that of {year - 1} is taken; "
            "limits.inflation (for example 2.5%) projects it."
            for year in years
        )
