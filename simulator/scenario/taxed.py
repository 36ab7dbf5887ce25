"""The taxes of a scenario, and what its pay comes to in each year."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.payroll.contribution import ContributionYear
from simulator.scenario.question import Question
from simulator.taxes.taxation import Taxation
from simulator.taxes.taxes import Taxes


def taxation_of(
    scenario: Question, taxes: Taxes, years: Sequence[ContributionYear] = ()
) -> Taxation:
    """The taxes of a scenario over its years.

    Args:
        scenario: The question.
        taxes: What it says of them.
        years: Its contributions, year by year.
    """
    pay = scenario.employment
    return Taxation(
        taxes,
        scenario.birth_year,
        scenario.years,
        {year.year: taxable_pay(year) for year in years},
        pay.last_pay_date if pay else None,
        scenario.limits.inflation,
    )


def taxable_pay(year: ContributionYear) -> int:
    """What a year pays less pre-tax deferrals; of the self-employed less the employer's share too. [cents]

    Roth deferrals and after-tax contributions stay in.

    Law: IRC 402(e)(3), 404(a)(8).
    """
    whole = year.planned
    return (year.earned.compensation if year.earned else whole.gross) - whole.total("pre_tax")
