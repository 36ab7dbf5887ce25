"""`mbdr plot`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command, OneOf
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

if TYPE_CHECKING:
    from simulator.answer.comparison import Comparison
    from simulator.answer.grid import Grid
    from simulator.answer.sweep import Sweep
    from simulator.scenario.scenario import Scenario


DELAYS = "0:120:2"

HEED = {
    "--policy": ("delay", "balance"),
    "--path": ("balance",),
    "--delay": ("delay",),
    "--vary": ("delay",),
    "--of": ("delay",),
}
"""The kinds of pictures that an option says something to."""


@click.command(cls=Command)
@scenario_options
@click.option(
    "--kind",
    type=OneOf(["cadence", "delay", "balance", "contributions", "wealth"]),
    default="cadence",
    show_default=True,
    help="What to draw.",
)
@policy_option("Whose delay or balance.")
@click.option(
    "--delay",
    "delays",
    metavar="START:STOP:STEP",
    help=f"Delays in days, for the kind delay. [default: {DELAYS}]",
)
@vary_option("For the kind delay, another field instead; twice for a heat map of two.")
@of_option
@click.option("--path", type=click.IntRange(0), help="Whose balance, of many paths. [default: 0]")
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
    engine: str,
) -> None:
    """A picture: png, svg or pdf.

    What is drawn says --kind, the format the ending of -o FILE.

    \b
    Examples:
      mbdr plot scenarios/emily.yaml --kind cadence -o cadence.png
      mbdr plot scenarios/emily.yaml --kind delay --set returns.model=lognormal -o delay.svg
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
    if kind == "delay":
        asked = delays if delays or vary else DELAYS
        answer: Comparison | Sweep | Grid = asked_sweep(
            scenario, policy, asked, vary, of, output, engine, demand_room
        )
    else:
        with output.progress("paths") as progress:
            answer = compare(scenario, progress, engine=engine)
    if kind != "contributions":  # of which no price is a part
        output.warn(answer.warnings)
    figure = presentation.plot(answer, kind, chosen, path or 0)
    with writing(file):
        save(figure, file)
    output.wrote()


def _unheeded(kind: str, given: Mapping[str, object]) -> Iterator[str]:
    """A line for each option that was given and says nothing to a kind of picture."""
    for option, value in given.items():
        kinds = HEED[option]
        if value is not None and kind not in kinds:
            goes = " or ".join(kinds)
            yield f"{option} goes with --kind {goes}; a picture of {kind} does not heed it"
