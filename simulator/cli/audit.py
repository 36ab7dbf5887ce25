"""`mbdr audit`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command, Name, Whole
from simulator.cli.options import scenario_options
from simulator.cli.output import STANDARD_OUTPUT, Output, demand_apart, sheets_of, writing
from simulator.cli.terminal import answer
from simulator.notation.letters import visible
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command(cls=Command)
@scenario_options
@click.option(
    "--form",
    "forms",
    type=Name(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="The forms that came: YAML, JSON or CSV with year, box_1, box_2a, box_4, box_5, box_7.",
)
@click.option("--year", type=Whole(), help="Only this year's forms.")
@click.option(
    "--letter",
    "letter_file",
    type=Name(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a letter to the plan, as text, where a form is not right.",
)
def audit(
    scenario: Scenario,
    output: Output,
    forms: Path,
    year: int | None,
    letter_file: Path | None,
) -> None:
    """Is the Form 1099-R that came right?

    Its boxes beside those that it should have.

    The scenario names the account's deposits and conversions. Which known error of issuers fits, which rule
    for the basis the plan follows, and what goes on lines 5a and 5b of Form 1040.

    \b
    Examples:
      mbdr audit my.yaml --form form-2025.csv
      mbdr audit my.yaml --form form-2025.csv --letter letter.txt
    """
    from simulator.decisions.audit import audit as audited
    from simulator.report.audit_words import letter
    from simulator.report.tables.audit import audit_tables

    output.demand_text()
    output.demand_apart([forms])
    reads = [forms, *scenario.files_read(), *([Path(scenario.source)] if scenario.source else [])]
    if letter_file is not None:
        if letter_file.suffix.lower() not in ("", ".txt", ".md"):
            raise Refused(f"--letter {visible(str(letter_file))}: is text; end the file in .txt")
        demand_apart(letter_file, reads)
    found = audited(scenario, forms, year)
    output.warn(found.warnings)
    output.give(lambda: audit_tables(found), found.to_dict, found.records, lambda: sheets_of(found))
    if letter_file is not None and found.is_right:
        output.warn(["--letter: every form is right, so there is nothing to write"])
    elif letter_file is not None:
        from simulator.files.whole import write

        text = letter(found)
        if letter_file == STANDARD_OUTPUT:
            answer(text)
            return
        with writing(letter_file):
            write(letter_file, text)
        output.wrote(letter_file)
