"""`mbdr form`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.cli.command import Command, Whole
from simulator.cli.options import (
    chosen_policy,
    engine_or_exact_option,
    policy_option,
    scenario_options,
)
from simulator.cli.output import Output, writing
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario

MOST_FORMS = 12
"""That fit one picture."""


@click.command(cls=Command)
@scenario_options
@policy_option("Only this policy.")
@click.option("--year", type=Whole(), help="Only this year's form.")
@engine_or_exact_option
def form(
    scenario: Scenario, output: Output, policy: str | None, year: int | None, engine: str
) -> None:
    """The Forms 1099-R that will arrive, with lines 5a and 5b.

    As a picture where the ending of -o FILE is svg, png or pdf.

    \b
    Examples:
      mbdr form scenarios/emily.yaml --policy year-end
      mbdr form scenarios/emily.yaml --policy year-end -o form.svg
    """
    from simulator.notation.specification import replaced
    from simulator.report.pictures.endings import IMAGES
    from simulator.report.sentences import form_notes
    from simulator.report.tables.forms import form_table, left_table
    from simulator.simulation import answered

    picture = output.file is not None and output.file.suffix.lower() in IMAGES
    if picture:
        output.demand_no_format("a picture")
    else:
        output.demand_text(IMAGES)
    chosen = chosen_policy(scenario, policy) if policy is not None else None
    if chosen is not None:
        compared = (chosen,) if chosen in scenario.policies else scenario.policies[:1]
        scenario = replaced(scenario, policies=compared)
    with output.progress("paths") as progress:
        comparison = answered(scenario, progress, engine=engine)
    output.warn(comparison.warnings)
    told = [one for one in comparison.with_done if chosen in (None, one.policy)]
    records = [record for one in told for record in comparison.form_records(one)]
    years = sorted({record["year"] for record in records})
    if year is not None and year not in years:
        known = (
            f"there are forms for {', '.join(map(str, years))}" if years else "there are no forms"
        )
        raise Refused(f"--year {year}: {known}")
    records = [record for record in records if year in (None, record["year"])]
    if picture:
        _draw(records, scenario, output)
        return
    left = left_table(comparison, year, told)
    tables = [form_table(records, form_notes(records)), *([left] if left else [])]
    output.give(lambda: tables, lambda: records)


def _draw(records: list[dict[str, Any]], scenario: Scenario, output: Output) -> None:
    from simulator.report.pictures import form_picture, save

    assert output.file is not None, "a picture goes to a file"
    if not records:
        raise Refused(f"{scenario.source}: there are no forms to draw: nothing is converted")
    if len(records) > MOST_FORMS:
        raise Refused(f"{len(records)} forms are too many for a picture; add --policy or --year")
    with writing(output.file):
        save(form_picture(records, scenario.recipient), output.file)
    output.wrote()
