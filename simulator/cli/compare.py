"""`mbdr compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command, OneOf
from simulator.cli.options import engine_or_exact_option, scenario_options
from simulator.cli.output import Output, sheets_of
from simulator.cli.terminal import remark

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


def dollars_above_zero(written: str) -> float:
    """An amount of dollars on the command line; anything else is a mistake of the user. [dollars]"""
    from math import inf

    try:
        dollars = float(written.removeprefix("$"))
    except ValueError:
        dollars = -1.0
    if not 0 < dollars < inf:
        raise click.BadParameter(f"'{written}' is no amount above 0; write dollars like 1 or 0.50")
    return dollars


@click.command(cls=Command)
@scenario_options
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Show the tables behind the answer too: forms by year, balances, contributions.",
)
@click.option(
    "--until",
    type=dollars_above_zero,
    metavar="DOLLARS",
    help="Add paths until the standard error of every mean Box 2a is below this.",
)
@click.option(
    "--view",
    type=OneOf(["years", "totals", "contributions"]),
    default="years",
    show_default=True,
    help="What the rows of --format csv are.",
)
@engine_or_exact_option
def compare(
    scenario: Scenario, output: Output, until: float | None, view: str, every: bool, engine: str
) -> None:
    """What to do: every conversion policy side by side.

    The tables behind it are shown with --all.

    \b
    Examples:
      mbdr compare scenarios/emily.yaml
      mbdr compare my.yaml --set returns.annual_return=10% --format json
    """
    from simulator.report.tables.answer import comparison_tables
    from simulator.simulation import compare

    output.demand_text()
    with output.progress("paths") as progress:
        comparison = compare(scenario, progress, until, engine)
    if until is not None and comparison.error > until * 100 and not output.quiet:
        reached = f"${comparison.error / 100:,.2f} with {comparison.paths:,} paths"
        remark(f"--until {until:g} was not reached: the standard error is {reached}")
    if output.style == "csv":  # which has no place for them
        output.warn((*comparison.warnings, *comparison.tax_warnings))
    records = {
        "years": comparison.rows,
        "totals": comparison.total_rows,
        "contributions": comparison.contribution_records,
    }
    output.give(
        lambda: comparison_tables(comparison, output.verbose, every),
        comparison.to_dict,
        records[view],
        lambda: sheets_of(comparison),
    )
