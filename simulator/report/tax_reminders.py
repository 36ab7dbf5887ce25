"""Reminders of estimated tax: nothing is withheld on a conversion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import money
from simulator.answer.policy_result import PolicyResult
from simulator.answer.set_aside import LEAST, set_aside
from simulator.days.calendars import ONE_DAY, bank_days_after
from simulator.report.reminder import TAX, Reminder, averaged
from simulator.report.set_aside_words import NOTHING_WITHHELD


def tax_reminders(
    comparison: Comparison, result: PolicyResult, earnings: Mapping[date, float]
) -> Iterator[Reminder]:
    """One for each date on which estimated tax of a policy's conversions is due, a dollar or more.

    Args:
        comparison: The answer.
        result: The policy's part of it.
        earnings: What each of its conversions is expected to tax. [cents]
    """
    until = comparison.scenario.until or date.max
    for year in set_aside(comparison, result):
        for ordinal, (due, cents) in enumerate(year.by_quarter(earnings), 1):
            day = bank_days_after(due - ONE_DAY, 1)
            if cents < LEAST or day > until:
                continue
            withheld = (
                f" Not needed where {money(round(year.withheld_each))} of each of the year's "
                f"{year.paychecks} paychecks stands on line 4(c) of Form W-4."
                if year.withheld_each
                else ""
            )
            yield Reminder(
                day,
                TAX,
                ordinal,
                f"Estimated tax of {year.year}: {money(round(cents))}",
                f"{NOTHING_WITHHELD} Of the tax on the conversions of {year.year}, "
                f"{money(round(year.tax))}{averaged(comparison)}, this is the part of what was converted "
                f"since the last date (Form 1040-ES).{withheld}",
                cents,
            )
