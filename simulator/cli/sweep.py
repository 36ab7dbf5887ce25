"""`mbdr sweep`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import prod
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command
from simulator.cli.options import (
    engine_or_exact_option,
    of_option,
    policy_option,
    scenario_options,
    vary_option,
)
from simulator.cli.output import Output, sheets_of
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.answer.grid import Grid
    from simulator.answer.sweep import Sweep
    from simulator.scenario.scenario import Scenario


@click.command(cls=Command)
@scenario_options
@policy_option("Which policy; by default the first.")
@click.option("--delay", "delays", metavar="START:STOP:STEP", help="Delays in days, like 0:365:5.")
@vary_option(
    "Any other field, like plan.basis_after_loss=carry-forward,forfeit; twice for a grid of two."
)
@of_option
@engine_or_exact_option
def sweep(
    scenario: Scenario,
    output: Output,
    policy: str | None,
    delays: str | None,
    vary: tuple[str, ...],
    of: str,
    engine: str,
) -> None:
    """Taxable earnings as the delay, or any field, varies.

    Or the tax on them, or wealth after tax; of two fields a grid.

    \b
    Examples:
      mbdr sweep scenarios/emily.yaml --delay 0:90:10
      mbdr sweep my.yaml --policy year-end --vary returns.annual_return=3%:9%:2%
      mbdr sweep my.yaml --vary pay.raise=0%,3% --vary plan.eligibility_days=0,30
    """
    from simulator.answer.sweep import Sweep
    from simulator.report.tables.grid import grid_table
    from simulator.report.tables.sweep import sweep_table

    output.demand_text()
    swept = asked_sweep(scenario, policy, delays, vary, of, output, engine)
    output.warn(swept.warnings)
    output.give(
        lambda: [sweep_table(swept) if isinstance(swept, Sweep) else grid_table(swept)],
        swept.to_dict,
        lambda: iter(swept.to_dict()["points"]) if isinstance(swept, Sweep) else swept.records(),
        lambda: sheets_of(swept),
    )


def asked_sweep(
    scenario: Scenario,
    policy: str | None,
    delays: str | None,
    vary: tuple[str, ...],
    of: str,
    output: Output,
    engine: str,
    demand_room: Callable[..., None] | None = None,
) -> Sweep | Grid:
    """The sweep that the options ask for; `demand_room` is told how many values each field has."""
    from simulator.notation.letters import visible
    from simulator.notation.ranges import BadRange
    from simulator.sweeps import sweep_delay, sweep_field, sweep_grid, varied_to

    if delays is not None and vary:
        raise Refused("either the delay or fields vary; give --delay or --vary")
    if delays is None and not vary:
        raise Refused("what shall vary? add --delay 0:365:5 or --vary FIELD=VALUES")
    chosen = scenario.compared(policy)
    try:
        if delays is not None:
            days = _days(delays)
            unit = "paths" if scenario.returns.drawn else "delays"
            with output.progress(unit) as progress:
                return sweep_delay(scenario, chosen, days, progress, engine, of)
        fields = [_field_and_values(one) for one in vary]
        if demand_room:
            demand_room(*(len(each) for _, each in fields))
        for field, each in fields:
            if output.file is not None and field.partition(".")[0] in ("returns", "deposits"):
                for value in each:  # each may name files of its own
                    output.demand_apart(varied_to(scenario, field, value).files_read())
        count = prod(len(each) for _, each in fields)
        with output.progress("values") as progress:
            done = partial(_tell, progress, count)
            if len(fields) == 1:
                (field, each), *_ = fields
                return sweep_field(scenario, field, each, policy, done, engine, of)
            return sweep_grid(scenario, fields, policy, done, engine, of)
    except BadRange as error:
        option = "--vary" if delays is None else "--delay"
        raise Refused(f"{option}: {visible(str(error))}") from None


def _tell(progress: Callable[[int, int], None], count: int, done: int) -> None:
    progress(done, count)


def _field_and_values(vary: str) -> tuple[str, list[str]]:
    """The field and the values that an option states."""
    from simulator.notation.ranges import values
    from simulator.sweeps import SweepError

    field, equals, written = vary.partition("=")
    if field == "delay":
        raise SweepError(f"for the delay of a policy write --delay {written or '0:365:5'}")
    if not equals:
        raise SweepError(f"'{vary}' names no values; write FIELD=START:STOP:STEP or FIELD=A,B,C")
    return field, values(written)


def _days(written: str) -> list[int]:
    """The delays that an option states."""
    from simulator.conversion.policy import LONGEST_DELAY
    from simulator.notation.ranges import values
    from simulator.sweeps import SweepError

    days = values(written)
    if not all(day.isascii() and day.isdigit() and int(day) <= LONGEST_DELAY for day in days):
        raise SweepError(f"'{written}' are no delays; write days from 0 to {LONGEST_DELAY:,}")
    return [int(day) for day in days]
