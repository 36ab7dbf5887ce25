"""`mbdr check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command, Name
from simulator.cli.options import scenario_options
from simulator.cli.output import Output
from simulator.notation.letters import visible

if TYPE_CHECKING:
    from simulator.answer.comparison import Comparison
    from simulator.scenario.scenario import Scenario

MOVED = 1
"""The exit status where a figure is not as expected."""


@click.command(cls=Command)
@scenario_options
@click.option(
    "--expect",
    "expected",
    type=Name(path_type=Path, dir_okay=False),
    metavar="ANSWER.json",
    help="Instead: are the figures those of an answer of compare? Status 1 where one moved, and what did it.",
)
def check(scenario: Scenario, output: Output, expected: Path | None) -> int:
    """Is the file sound, does the strategy suit, what to ask the plan.

    \b
    Examples:
      mbdr check scenarios/emily.yaml
      mbdr check scenarios/emily.yaml --expect emily.json
    """
    from simulator.simulation import compare

    output.demand_text()
    if expected is not None:
        from simulator.decisions.moved import read_answer

        output.demand_apart([expected])
        read_answer(expected)
    with output.progress("paths") as progress:
        comparison = compare(scenario, progress)
    if expected is not None:
        return _expect(comparison, expected, output)
    from dataclasses import asdict

    from simulator.presentation import checklist
    from simulator.report.checklist import checklist_tables

    items = checklist(comparison)
    output.give(lambda: checklist_tables(scenario.name, items), lambda: list(map(asdict, items)))
    return 0


def _expect(comparison: Comparison, expected: Path, output: Output) -> int:
    from simulator.decisions.moved import moved
    from simulator.report.tables.moved import moved_table

    found = moved(comparison, expected)
    name = comparison.scenario.name
    if not found.figures and output.style == "table":
        output.write("".join(f"{visible(name)}: {line}\n" for line in found.sentences))
        return 0
    output.give(lambda: [moved_table(name, found)], found.to_dict, lambda: found.to_dict()["moved"])
    return MOVED if found.figures else 0
