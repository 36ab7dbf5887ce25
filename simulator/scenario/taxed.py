"""The taxes of a scenario: what its pay comes to in each year, and whether a year's tax can be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from simulator.conversion.timeline import Timeline
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.payroll.contribution import ContributionYear
from simulator.scenario.question import Question
from simulator.taxes.taxation import Taxation
from simulator.taxes.taxes import Taxes

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


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


def demand_taxed(scenario: Scenario, timelines: Iterable[Timeline]) -> None:
    """Raises `Mistakes` where something is converted or paid out in a later year whose tax is not known.

    Of the simulated years the scenario itself was asked when it was read.
    """
    if scenario.taxes is None or scenario.taxes.flat:
        return
    taxation = taxation_of(scenario, scenario.taxes)
    moved = {year for plan in timelines for year in plan.years_moved}
    for year in sorted(moved - set(scenario.years)):
        if why := taxation.why_not(year):
            field, wrong = why
            late = f"money is converted or paid out in {year}: {wrong}"
            raise Mistakes([Mistake(Place(scenario.source), ("taxes", field), late)])
