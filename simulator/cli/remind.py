"""`mbdr remind`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command
from simulator.cli.options import chosen_policy, engine_option, policy_option, scenario_options
from simulator.cli.output import Output
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command(cls=Command)
@scenario_options
@policy_option("Which policy; may be left out if there is one.")
@engine_option
def remind(scenario: Scenario, output: Output, policy: str | None, engine: str) -> None:
    """What to do on which day.

    Each conversion, the December cut-off, the form in January.

    A calendar file where the ending of -o FILE is ics; importing it again updates its events.

    \b
    Examples:
      mbdr remind scenarios/emily.yaml --policy monthly
      mbdr remind scenarios/emily.yaml --policy monthly -o monthly.ics
    """
    from simulator.notation.specification import replaced
    from simulator.presentation import reminders
    from simulator.report.calendar_file import calendar, made
    from simulator.report.tables.reminders import reminder_records, reminder_table
    from simulator.simulation import compare

    calendar_file = output.file is not None and output.file.suffix.lower() == ".ics"
    if calendar_file:
        output.demand_no_format("a calendar")
    else:
        output.demand_text(others=[".ics"])
    chosen = chosen_policy(scenario, policy)
    scenario = replaced(scenario, policies=(chosen,))
    with output.progress("paths") as progress:
        comparison = compare(scenario, progress, engine=engine)
    output.warn(comparison.warnings)
    (result,) = comparison.results
    to_do = reminders(comparison, result)
    if not to_do:
        nothing = f"nothing goes into the after-tax source by {result.timeline.last_session}"
        raise Refused(f"{scenario.source}: {nothing}: there is nothing to be reminded of")
    if calendar_file:
        output.write(calendar(scenario, chosen, to_do, made()))
        return
    output.give(lambda: [reminder_table(chosen.name, to_do)], lambda: list(reminder_records(to_do)))
