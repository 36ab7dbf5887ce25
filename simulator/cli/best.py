"""`mbdr best`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command, Whole
from simulator.cli.options import engine_option, scenario_options
from simulator.cli.output import Output, sheets_of

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command(cls=Command)
@scenario_options
@click.option(
    "--max-per-year",
    metavar="N",
    help="Conversions a year at most, in place of the plan's; none for any number.",
)
@click.option("--fee", metavar="F", help="Dollars a conversion, in place of the plan's fee.")
@click.option(
    "--cutoff",
    type=Whole(),
    default=0,
    show_default=True,
    metavar="N",
    help="Sessions before the year's last on which the plan stops.",
)
@click.option(
    "--policy-label", "label", metavar="TEXT", help="What the policy with these dates is called."
)
@engine_option
def best(
    scenario: Scenario,
    output: Output,
    max_per_year: str | None,
    fee: str | None,
    cutoff: int,
    label: str | None,
    engine: str,
) -> None:
    """The dates on which to convert, under the plan's own rules.

    And a policy to paste into the file.

    Found on the expected path, without looking ahead; then compared with the scenario's policies on its
    own paths.

    \b
    Examples:
      mbdr best scenarios/two-conversions-a-year.yaml
      mbdr best scenarios/emily.yaml --max-per-year 4
    """
    from simulator.decisions.best import best as best_dates
    from simulator.report.tables.best import best_tables

    output.demand_text()
    with output.progress("paths") as progress:
        found = best_dates(
            scenario, max_per_year, fee, cutoff, label, progress=progress, engine=engine
        )
    if output.style == "csv":  # which has no place for them
        output.warn(found.comparison.warnings)
    output.give(
        lambda: best_tables(found), found.to_dict, found.date_records, lambda: sheets_of(found)
    )
