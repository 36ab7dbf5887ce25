"""`mbdr check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.options import scenario_options
from simulator.cli.output import Output

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command()
@scenario_options
def check(scenario: Scenario, output: Output) -> None:
    """Whether the file is sound, who the strategy suits, and what to ask the plan.

    \b
    Example:
      mbdr check scenarios/emily.yaml
    """
    from dataclasses import asdict

    from simulator.presentation import checklist
    from simulator.report.checklist import checklist_tables
    from simulator.simulation import compare

    output.demand_text()
    with output.progress("paths") as progress:
        comparison = compare(scenario, progress)
    items = checklist(comparison)
    output.give(lambda: checklist_tables(scenario.name, items), lambda: list(map(asdict, items)))
