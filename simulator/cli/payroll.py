"""`mbdr payroll`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command
from simulator.cli.options import scenario_options
from simulator.cli.output import Output

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command(cls=Command)
@scenario_options
def payroll(scenario: Scenario, output: Output) -> None:
    """Each paycheck: what goes in, what a limit takes, the room left.

    \b
    Example:
      mbdr payroll scenarios/emily.yaml
    """
    from simulator.answer.records import paycheck_records
    from simulator.report.tables.payroll import payroll_tables
    from simulator.scenario.contributed import payroll_of

    output.demand_text()
    years = payroll_of(scenario)
    output.give(lambda: payroll_tables(years), lambda: list(paycheck_records(years)))
