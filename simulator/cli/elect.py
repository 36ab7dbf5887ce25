"""`mbdr elect`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command
from simulator.cli.options import scenario_options
from simulator.cli.output import Output, sheets_of

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command(cls=Command)
@scenario_options
@click.option(
    "--from", "begins", metavar="DATE", help="From this date on, in place of the file's elect.from."
)
def elect(scenario: Scenario, output: Output, begins: str | None) -> None:
    """The percentages to enter on the plan's website.

    What fills the year, with nothing cut off by a limit.

    From the pay stub's figures so far where the file has them; the file's key elect says the step, pre-tax or
    Roth, and what a paycheck must leave.

    \b
    Examples:
      mbdr elect scenarios/elect-in-july.yaml
      mbdr elect my.yaml --from 2026-08-01 --set elect.step=0.5%
    """
    from simulator.decisions.elect import elect as what_to_elect
    from simulator.report.tables.elect import elect_tables

    output.demand_text()
    elected = what_to_elect(scenario, begins)
    output.give(
        lambda: elect_tables(elected), elected.to_dict, elected.records, lambda: sheets_of(elected)
    )
