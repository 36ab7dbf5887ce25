"""`mbdr payroll`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.options import scenario_options
from simulator.cli.output import Output
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command()
@scenario_options
def payroll(scenario: Scenario, output: Output) -> None:
    """Paycheck by paycheck: gross, each contribution, room left, what was clipped by which limit.

    \b
    Example:
      mbdr payroll scenarios/emily.yaml
    """
    from simulator.answer.records import paycheck_records
    from simulator.report.tables.payroll import payroll_tables
    from simulator.simulation import went_in

    if scenario.pay is None:
        raise Refused("this scenario replays deposits and has no payroll; see mbdr compare")
    years = went_in(scenario)
    output.give(lambda: payroll_tables(years), lambda: list(paycheck_records(years)))
