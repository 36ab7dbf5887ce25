"""`mbdr ledger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.command import Between, Command
from simulator.cli.options import chosen_policy, policy_option, scenario_options
from simulator.cli.output import Output

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command(cls=Command)
@scenario_options
@policy_option("Which policy; may be left out if there is one.")
@click.option("--path", type=Between(0), default=0, show_default=True, help="Which path.")
def ledger(scenario: Scenario, output: Output, policy: str | None, path: int) -> None:
    """Every deposit and conversion of a policy.

    With value, basis and taxable earnings after each.

    \b
    Example:
      mbdr ledger scenarios/emily.yaml --policy monthly
    """
    from simulator.answer.records import ledger_records
    from simulator.report.tables.ledger import ledger_table
    from simulator.simulation import ledger_of, warnings_of

    output.demand_text()
    chosen = chosen_policy(scenario, policy)
    posted = ledger_of(scenario, chosen, path)
    output.warn(warnings_of(scenario, chosen))
    returns = scenario.returns
    which = f", path {path:,} of seed {returns.seed}" if returns.drawn else ""
    output.give(
        lambda: [ledger_table(f"{chosen.name}{which}", posted)],
        lambda: list(ledger_records(posted)),
    )
