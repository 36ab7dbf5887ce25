"""`mbdr report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.cli.options import engine_option, scenario_options
from simulator.cli.output import Output, writing
from simulator.cli.terminal import page_for_output
from simulator.notation.letters import visible
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


PAGES = (".html", ".htm", "")


@click.command()
@scenario_options
@click.option("--pdf", is_flag=True, help="Write a PDF beside the page (extra pdf).")
@engine_option
def report(scenario: Scenario, output: Output, pdf: bool, engine: str) -> None:
    """One self-contained page to send: the answer, pictures, forms, checklist, assumptions.

    \b
    Examples:
      mbdr report scenarios/emily.yaml -o emily.html
      mbdr report scenarios/uneven-year.yaml -o uneven.html --pdf
    """
    from simulator.files.whole import write
    from simulator.presentation import page
    from simulator.report.page import demand_paper, paper
    from simulator.simulation import compare

    if output.asked not in (None, "table"):
        raise Refused("a report is a page; for --format see mbdr compare")
    if output.file and output.file.suffix.lower() not in PAGES:
        beside = visible(str(output.file.with_suffix(".pdf")))
        hint = f"; the PDF beside it is {beside}" if pdf else ""
        raise Refused(
            f"{visible(str(output.file))}: a report is a page; end its file in .html{hint}"
        )
    if pdf and output.file is None:
        raise Refused("where to? add -o FILE.html, and the PDF is FILE.pdf")
    if pdf:
        demand_paper()
    with output.progress("paths") as progress:
        comparison = compare(scenario, progress, engine=engine)
    html = page(comparison)
    output.write(html if output.file else page_for_output(html))
    if pdf and output.file is not None:
        file = output.file.with_suffix(".pdf")
        content = paper(html)
        with writing(file):
            write(file, content)
        output.wrote(file)
