"""`mbdr sweep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.options import (
    chosen_policy,
    engine_option,
    policy_option,
    scenario_options,
    vary_option,
)
from simulator.cli.output import Output
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.answer.sweep import Sweep
    from simulator.scenario.scenario import Scenario


@click.command()
@scenario_options
@policy_option("Which policy; by default the first.")
@click.option("--delay", "delays", metavar="START:STOP:STEP", help="Delays in days, like 0:365:5.")
@vary_option("Any other field, like plan.basis_after_loss=carry-forward,forfeit.")
@engine_option
def sweep(
    scenario: Scenario,
    output: Output,
    policy: str | None,
    delays: str | None,
    vary: str | None,
    engine: str,
) -> None:
    """Taxable earnings of one policy against the delay, or against any field.

    \b
    Examples:
      mbdr sweep scenarios/emily.yaml --delay 0:90:10
      mbdr sweep scenarios/emily.yaml --policy year-end --vary returns.annual_return=3%:9%:2%
    """
    from simulator.report.tables.sweep import sweep_table

    swept = asked_sweep(scenario, policy, delays, vary, output, engine)
    output.warn(swept.warnings)
    output.give(
        lambda: [sweep_table(swept)], swept.to_dict, lambda: iter(swept.to_dict()["points"])
    )


def asked_sweep(
    scenario: Scenario,
    policy: str | None,
    delays: str | None,
    vary: str | None,
    output: Output,
    engine: str,
) -> Sweep:
    """The sweep that the options ask for."""
    from simulator.notation.letters import visible
    from simulator.notation.ranges import BadRange, values
    from simulator.sweeps import SweepError, sweep_delay, sweep_field, varied_to

    if (delays is None) == (vary is None):
        raise Refused("what shall vary? add --delay 0:365:5 or --vary FIELD=VALUES")
    chosen = chosen_policy(scenario, policy) if policy is not None else scenario.policies[0]
    try:
        if delays is not None:
            days = _days(delays)
            unit = "paths" if scenario.returns.drawn else "delays"
            with output.progress(unit) as progress:
                return sweep_delay(scenario, chosen, days, progress, engine)
        field, equals, written = (vary or "").partition("=")
        if field == "delay":
            raise SweepError(f"for the delay of a policy write --delay {written or '0:365:5'}")
        if not equals:
            raise SweepError(
                f"'{vary}' names no values; write FIELD=START:STOP:STEP or FIELD=A,B,C"
            )
        each = values(written)
        if output.file is not None and field.partition(".")[0] in ("returns", "deposits"):
            for value in each:  # each may name files of its own
                output.demand_apart(varied_to(scenario, field, value).files_read())
        with output.progress("values") as progress:
            return sweep_field(
                scenario, field, each, policy, lambda done: progress(done, len(each)), engine
            )
    except BadRange as error:
        option = "--vary" if delays is None else "--delay"
        raise Refused(f"{option}: {visible(str(error))}") from None


def _days(written: str) -> list[int]:
    """The delays that an option states."""
    from simulator.conversion.policy import LONGEST_DELAY
    from simulator.notation.ranges import values
    from simulator.sweeps import SweepError

    days = values(written)
    if not all(day.isascii() and day.isdigit() and int(day) <= LONGEST_DELAY for day in days):
        raise SweepError(f"'{written}' are no delays; write days from 0 to {LONGEST_DELAY:,}")
    return [int(day) for day in days]
