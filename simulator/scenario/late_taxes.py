"""Whether the tax of a year after the simulated ones, in which something is converted, can be worked out."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.conversion.timeline import Timeline
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.scenario.scenario import Scenario
from simulator.scenario.taxed import taxation_of


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
