"""`mbdr plot`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.options import (
    Output,
    Unusable,
    chosen_policy,
    engine_option,
    policy_option,
    scenario_options,
    writing,
)
from simulator.cli.sweep import asked_sweep

if TYPE_CHECKING:
    from simulator.scenario import Scenario


@click.command()
@scenario_options
@click.option(
    "--kind",
    type=click.Choice(["cadence", "delay", "balance", "contributions"]),
    default="cadence",
    show_default=True,
    help="What to draw.",
)
@policy_option("Whose delay or balance.")
@click.option(
    "--delay",
    "delays",
    metavar="START:STOP:STEP",
    default="0:120:2",
    show_default=True,
    help="Delays in days, for the kind delay.",
)
@click.option("--vary", metavar="FIELD=VALUES", help="For the kind delay, another field instead.")
@engine_option
def plot(
    scenario: Scenario,
    output: Output,
    kind: str,
    policy: str | None,
    delays: str,
    vary: str | None,
    engine: str,
) -> None:
    """A picture, as png, svg or pdf after the ending of -o FILE.

    \b
    Examples:
      mbdr plot scenarios/emily.yaml --kind cadence -o cadence.png
      mbdr plot scenarios/emily.yaml --kind delay --set returns.model=lognormal -o delay.svg
    """
    from simulator.report.pictures import UnknownImage, delay_picture, picture, save
    from simulator.simulation import compare

    if output.file is None:
        raise Unusable("where to? add -o FILE.png, FILE.svg or FILE.pdf")
    chosen = chosen_policy(scenario, policy).name if policy is not None else None
    if kind == "delay":
        varied = asked_sweep(scenario, policy, None if vary else delays, vary, output, engine)
        figure = delay_picture(varied)
    else:
        with output.progress("paths") as progress:
            figure = picture(kind, compare(scenario, progress, engine=engine), chosen)
    try:
        with writing(output.file):
            save(figure, output.file)
    except UnknownImage as error:
        raise Unusable(str(error)) from None
    output.wrote()
