"""`mbdr report`."""

from __future__ import annotations

import os
import sys
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Between, Command, More
from simulator.cli.options import (
    asked_scenario,
    assignments,
    engine_or_exact_option,
    files_begun,
    setting_options,
    without_effect,
)
from simulator.cli.output import Output, writing
from simulator.cli.output_options import output_options
from simulator.cli.terminal import page_for_output, remark
from simulator.files.opened import is_folder
from simulator.notation.letters import visible
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.clients.pages import Pages
    from simulator.scenario.scenario import Scenario


PAGES = (".html", ".htm", "")

RESUME = (
    "interrupted; the pages that were finished are kept, and the same command goes on from there"
)

SHOWN = 20
"""How many files without a page are told at the end; the index has all of them."""


@click.command(cls=Command)
@partial(output_options, folders=True, untold=("--format",))
@click.argument(
    "scenarios", metavar="SCENARIO...", nargs=-1, required=True, shell_complete=files_begun
)
@setting_options
@click.option("--pdf", is_flag=True, help="Write a PDF beside the page (extra pdf).")
@click.option(
    "--workers",
    type=Between(1, 1024),
    help="Of many: processes; by default one a processor.",
    cls=More,
)
@engine_or_exact_option
def report(
    scenarios: tuple[str, ...],
    output: Output,
    settings: tuple[str, ...],
    paths: int | None,
    seed: int | None,
    pdf: bool,
    workers: int | None,
    engine: str,
) -> int:
    """One self-contained page to keep or to send.

    The answer, pictures, forms, checklist, assumptions. Without -o it is written beside where you are, as
    NAME.html and never over another file; into a pipe it goes as it is.

    Of several scenarios, or a folder of them, a page each into the folder -o, and an index of what each
    client can save. The same command goes on where it stopped, and makes anew what has changed.

    \b
    Examples:
      mbdr report scenarios/emily.yaml
      mbdr report scenarios/uneven-year.yaml -o uneven.html --pdf
      mbdr report clients/ -o pages/
    """
    if output.asked not in (None, "table"):
        raise Refused("a report is a page; for --format see mbdr compare")
    written = assignments(settings, paths, seed)
    if output.folder or len(scenarios) > 1 or is_folder(scenarios[0]):
        return _many(scenarios, output, written, pdf, workers, engine)
    if workers is not None:
        raise Refused("--workers says nothing to one page; leave it out")
    if output.file is None and not output.dashed and sys.stdout.isatty():
        output = output._replace(file=_free(scenarios[0]))
    scenario = asked_scenario(scenarios[0], written, output, pdf=pdf)
    _one(scenario, output, pdf, engine)
    return 0


def _free(scenario: str) -> Path:
    """The page of a scenario in the working folder, where a terminal would be no place for it.

    A number follows its name where such a page, or the PDF beside it, is there already.
    """
    name = "report" if scenario == "-" else Path(scenario).stem
    names = (name if n == 1 else f"{name}-{n}" for n in count(1))
    taken = (".html", ".pdf")
    free = next(one for one in names if not any(os.path.lexists(one + end) for end in taken))
    return Path(f"{free}.html")


def _one(scenario: Scenario, output: Output, pdf: bool, engine: str) -> None:
    from simulator.files.whole import write
    from simulator.presentation import page
    from simulator.report.page import demand_paper, paper
    from simulator.simulation import compare

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


def _many(
    scenarios: tuple[str, ...],
    output: Output,
    written: list[tuple[str, str]],
    pdf: bool,
    workers: int | None,
    engine: str,
) -> int:
    """A page for each of many scenarios; 1 where one has none."""
    from simulator.cli.progress import progress
    from simulator.clients.pages import pages
    from simulator.scenario.question import unread_fields

    if output.file is None:
        raise Refused("where to? several pages go into a folder: add -o FOLDER")
    if output.file.suffix.lower() in PAGES[:-1] and not output.folder:
        raise Refused(f"{visible(str(output.file))}: several pages go into a folder; name one")
    if "-" in scenarios:
        raise Refused("- is one scenario; name files or folders")
    try:
        with progress("pages", shown=not output.quiet) as show:
            made = pages(
                scenarios,
                output.file,
                settings=[assignment for _, assignment in written],
                pdf=pdf,
                workers=workers,
                engine=engine,
                progress=show,
            )
    except KeyboardInterrupt:
        remark(RESUME)
        return 130
    lines = [line for _, lines in made.unmade for line in lines]
    for line in lines[:SHOWN]:
        remark(line)
    if not output.quiet:
        models = made.models
        said = without_effect(written, unread_fields(models), f"{' or '.join(models)} returns")
        for line in (said, _sentence(made)):
            if line:
                remark(line)
    return 1 if made.unmade else 0


def _sentence(made: Pages) -> str:
    """What became of the pages."""
    count, folder = len(made.clients), visible(str(made.folder))
    parts = [f"{count:,} page{'s' * (count != 1)} in {folder}"]
    if made.unmade:  # one that was edited is there, and left as it is
        are = "is" if count == 1 else "are"
        parts = [f"{count:,} of {count + len(made.unmade):,} pages {are} as asked for, in {folder}"]
    if made.known:
        were = "was there and is as it" if made.known == 1 else "were there and are as they"
        parts.append(f"{made.known:,} {were} would be made now")
    parts.append(f"who can save most the first: {visible(str(made.index))}")
    return "; ".join(parts)
