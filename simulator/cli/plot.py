"""`mbdr plot`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Between, Command, OneOf
from simulator.cli.options import (
    chosen_policy,
    engine_or_exact_option,
    of_option,
    policy_option,
    scenario_options,
    vary_option,
)
from simulator.cli.output import Output, image_file, writing
from simulator.cli.sweep import asked_sweep
from simulator.cli.terminal import remark
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.answer.comparison import Comparison
    from simulator.answer.grid import Grid
    from simulator.answer.sweep import Sweep
    from simulator.scenario.scenario import Scenario


DELAYS = "0:120:2"

KINDS = ["verdict", "cadence", "delay", "balance", "contributions", "wealth", "heat"]

HEED = {
    "--policy": ("delay", "balance", "heat"),
    "--path": ("balance",),
    "--delay": ("delay",),
    "--vary": ("delay", "heat"),
    "--of": ("delay", "heat"),
}
"""The kinds of pictures that an option says something to; `--of` to a heat map of given fields."""


@click.command(cls=Command)
@partial(scenario_options, untold=("--format",))
@click.option(
    "--kind",
    type=OneOf(KINDS),
    default="cadence",
    show_default=True,
    help="What to draw.",
)
@policy_option("Whose delay, balance or heat map. [default: the recommended one's]")
@click.option(
    "--delay",
    "delays",
    metavar="START:STOP:STEP",
    help=f"Delays in days, for the kind delay. [default: {DELAYS}]",
)
@vary_option("For the kind delay, another field instead; for heat, two of them.")
@of_option
@click.option("--path", type=Between(0), help="Whose balance, of many paths. [default: 0]")
@click.option("--narrow", is_flag=True, help="For a telephone, or a column of text.")
@click.option("--dark", is_flag=True, help="On a dark ground.")
@engine_or_exact_option
def plot(
    scenario: Scenario,
    output: Output,
    kind: str,
    policy: str | None,
    delays: str | None,
    vary: tuple[str, ...],
    of: str,
    path: int | None,
    narrow: bool,
    dark: bool,
    engine: str,
) -> None:
    """A picture: png, svg or pdf.

    What is drawn says --kind, the format the ending of -o FILE.

    \b
    Examples:
      mbdr plot scenarios/emily.yaml --kind verdict -o verdict.png
      mbdr plot my.yaml --kind delay --set returns.model=lognormal -o delay.svg
    """
    from simulator import presentation
    from simulator.report.pictures import demand_room, save
    from simulator.simulation import compare

    file = image_file(output)
    given: dict[str, object] = {
        "--policy": policy,
        "--path": path,
        "--delay": delays,
        "--vary": vary or None,
    }
    given["--of"] = None if of == "box_2a" else of
    for line in _unheeded(kind, given):
        remark(line)
    chosen = chosen_policy(scenario, policy).name if policy is not None else None
    if kind == "heat" and len(vary) == 1:
        raise Refused("a heat map is of two fields; give --vary twice, or not at all")
    if vary and kind in HEED["--vary"]:
        answer: Comparison | Sweep | Grid = asked_sweep(
            scenario,
            policy,
            delays if kind == "delay" else None,
            vary,
            of,
            output,
            engine,
            demand_room,
        )
    else:
        with output.progress("paths") as progress:
            answer = compare(scenario, progress, engine=engine)
        if kind == "delay":
            whose = chosen or presentation.recommended(answer).policy.name
            days = delays or DELAYS
            answer = asked_sweep(scenario, whose, days, (), of, output, engine, demand_room)
    if kind != "contributions":  # of which no price is a part
        output.warn(answer.warnings)
    figure = presentation.plot(answer, kind, chosen, path or 0, narrow=narrow, dark=dark)
    with writing(file):
        save(figure, file)
    output.wrote()


def _unheeded(kind: str, given: Mapping[str, object]) -> Iterator[str]:
    """A line for each option that was given and says nothing to a kind of picture."""
    for option, value in given.items():
        kinds = HEED[option]
        if option == "--of" and kind == "heat" and not given["--vary"]:
            kinds = ("delay",)
        if value is not None and kind not in kinds:
            goes = " or ".join(kinds)
            yield f"{option} goes with --kind {goes}; a picture of {kind} does not heed it"
