"""What the commands share: how a scenario is named and changed, and how a command answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from simulator.cli import terminal
from simulator.files.opened import Unreadable, bounded, is_folder, is_same_file
from simulator.notation.letters import plain_lines, visible
from simulator.refusal import Refused
from simulator.version import __version__

if TYPE_CHECKING:
    from simulator.conversion.policy import Policy
    from simulator.report.tables.table import Table
    from simulator.scenario.scenario import Scenario


def dollars_above_zero(written: str) -> float:
    """An amount of dollars on the command line; anything else is a mistake of the user. [dollars]"""
    from math import inf

    try:
        dollars = float(written.removeprefix("$"))
    except ValueError:
        dollars = -1.0
    if not 0 < dollars < inf:
        raise click.BadParameter(f"'{written}' is no amount above 0; write dollars like 1 or 0.50")
    return dollars


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Turns the system's refusal to write a file into a line for the user."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{visible(str(file))}: cannot be written: {error.strerror}") from None


def demand_apart(file: Path, reads: Iterable[Path]) -> None:
    """Raises `Refused` where a file that is to be written is one of those that are read."""
    if any(is_same_file(file, one) for one in reads):
        raise Refused(
            f"{visible(str(file))}: the answer is worked out from this file; name another"
        )


def demand_batch_apart(folder: Path, file: Path) -> None:
    """Raises `Refused` where a file that is to be written is one that a batch is made from."""
    from simulator.batches.reading import demand_apart, reading

    with reading(folder) as database:
        demand_apart(database, folder, file)


STYLES = {".json": "json", ".csv": "csv", ".md": "markdown"}
"""How a command answers into a file with such an ending."""

STANDARD_INPUT = "/dev/stdin"
"""Where the system has a name for it, also when a shell has put a file there."""

OTHER_ENDINGS = {
    *(".png", ".svg", ".pdf", ".jpg", ".jpeg", ".gif", ".webp"),
    *(".html", ".htm", ".ics", ".parquet", ".xlsx", ".xls", ".docx"),
}
"""Endings that promise something else than text."""


@dataclass(frozen=True)
class Output:
    """Where and how a command answers."""

    asked: str | None = None
    file: Path | None = None
    quiet: bool = False
    verbose: bool = False
    color: bool = False

    def give(
        self,
        tables: Callable[[], Iterable[Table]],
        answer: Callable[[], Any],
        records: Callable[[], Iterable[Any]] | None = None,
    ) -> None:
        """Prints or writes an answer in the format that was asked for.

        Args:
            tables: For people.
            answer: For JSON.
            records: For CSV, where they are not the answer itself.
        """
        self.demand_text()
        if self.style == "json":
            from simulator.report.data_text import json_text

            every_letter = self.file is not None or terminal.takes_every_letter()
            content = json_text(answer(), every_letter)
        elif self.style == "csv":
            from simulator.report.data_text import csv_text

            content = csv_text((records or answer)())
            content = content if self.file else plain_lines(content)
        elif self.style == "markdown":
            from simulator.report.markdown import markdown

            content = markdown(tables())
        else:
            from simulator.report.terminal import text

            color = self.color and self.file is None
            content = text(tables(), _width(), color)
        self.write(content)

    @property
    def style(self) -> str:
        """What was asked for with --format; otherwise what the file's ending says, or a table."""
        ending = self.file.suffix.lower() if self.file else ""
        return self.asked or STYLES.get(ending, "table")

    def demand_text(self) -> None:
        """Raises `Refused` where the file's ending promises what this command does not write."""
        if self.file and self.file.suffix.lower() in OTHER_ENDINGS:
            endings = ", ".join(sorted(STYLES))
            raise Refused(
                f"{visible(str(self.file))}: this command writes text; end the file in {endings} or .txt"
            )

    def demand_no_format(self, what: str) -> None:
        """Raises `Refused` where --format was given and says nothing to what is written."""
        if self.asked is not None:
            raise Refused(f"--format {self.asked} says nothing to {what}; leave it out")

    def demand_apart(self, reads: Iterable[Path]) -> None:
        """Raises `Refused` where the answer would take the place of a file that it is worked out from.

        Args:
            reads: These files.
        """
        if self.file is not None:
            demand_apart(self.file, reads)

    def progress(self, unit: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Shows how far long work is, on standard error, once it has taken two seconds."""
        from simulator.cli.progress import progress

        return progress(unit, shown=not self.quiet)

    def write(self, content: str | bytes) -> None:
        """Writes to the file that was named, or to standard output."""
        if self.file is None:
            terminal.answer(content)
            return
        from simulator.files.whole import write

        with writing(self.file):
            write(self.file, content)
        self.wrote()

    def warn(self, warnings: Iterable[str]) -> None:
        """Says on standard error what of the question looks like a slip."""
        for line in () if self.quiet else warnings:
            terminal.remark(line)

    def wrote(self, file: Path | None = None) -> None:
        """Says on standard error that a file is there; without a name the one that was asked for."""
        if not self.quiet:
            terminal.remark(f"wrote {visible(str(file or self.file))}")


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that answers: format, file, quiet, colour."""

    @wraps(command)
    def with_output(file: Path | None, no_color: bool, **rest: Any) -> Any:
        shown = {name: rest.pop(name) for name in ("asked", "quiet", "verbose")}
        if no_color:
            os.environ["NO_COLOR"] = "1"  # the bar of progress heeds it too
        if file is not None and not is_folder(file.parent):
            name, folder = visible(str(file)), visible(str(file.parent))
            raise Refused(f"{name}: cannot be written: there is no folder {folder}")
        plain = "NO_COLOR" in os.environ or not sys.stdout.isatty()
        return command(output=Output(file=file, color=not plain, **shown), **rest)

    for option in (
        click.option("--no-color", is_flag=True, help="No colours (as NO_COLOR)."),
        click.option("-v", "--verbose", is_flag=True, help="Say more on standard error."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error."),
        click.option(
            "-o",
            "--output",
            "file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write to a file.",
        ),
        click.option(
            "--format",
            "asked",
            type=click.Choice(["table", "json", "csv", "markdown"]),
            help="How to answer. [default: a table, or what the ending of -o FILE says]",
        ),
    ):
        option(with_output)
    return with_output


def scenario_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument SCENARIO and the options that override what is in it."""

    @wraps(command)
    def with_scenario(
        scenario: str, settings: tuple[str, ...], paths: int | None, seed: int | None, **rest: Any
    ) -> Any:
        output: Output = rest["output"]
        written = assignments(settings, paths, seed)
        read = _scenario(scenario, [assignment for _, assignment in written])
        reads = [Path(STANDARD_INPUT if scenario == "-" else scenario), *read.files_read()]
        output.demand_apart(reads)
        if rest.get("pdf") and output.file is not None:
            demand_apart(output.file.with_suffix(".pdf"), reads)
        returns = read.returns
        whose = f", {returns.whose_paths}" if returns.whose_paths else ""
        said = without_effect(written, returns.unread, f"{returns.model} returns{whose}")
        varies = str(rest.get("vary")).startswith("returns.")  # perhaps the model
        if said and not varies and not output.quiet:
            terminal.remark(said)
        if output.verbose:
            origin = f"{read.source} (sha256 {read.sha256[:12]})"
            model = f"{returns.model} returns, seed {returns.seed}"
            terminal.remark(f"mbdr {__version__}: {origin}, {model}")
        return command(scenario=read, **rest)

    for option in (
        click.option("--seed", type=int, help="Seed of the random paths."),
        click.option("--paths", type=int, help="Number of random paths."),
        click.option(
            "--set",
            "settings",
            multiple=True,
            metavar="PATH=VALUE",
            help="Override a field, like --set pay.salary=180_000 (repeatable).",
        ),
        click.argument("scenario", metavar="SCENARIO", shell_complete=_files),
    ):
        option(with_scenario)
    return output_options(with_scenario)


def assignments(
    settings: Iterable[str], paths: int | None, seed: int | None
) -> list[tuple[str, str]]:
    """What overrides the file: each option, and the assignment `path.to.field=value` that it stands for."""
    written = [(f"--set {each.partition('=')[0].strip()}", each) for each in settings]
    written += [("--paths", f"returns.paths={paths}")] if paths is not None else []
    return written + ([("--seed", f"returns.seed={seed}")] if seed is not None else [])


def without_effect(written: Iterable[tuple[str, str]], unread: Iterable[str], models: str) -> str:
    """Which options set what no model of returns reads; empty where all are read.

    Args:
        written: Each option, and its assignment.
        unread: The fields of returns that none reads.
        models: Which models these are.
    """
    fields = tuple(f"returns.{name}" for name in unread)
    options = [option for option, each in written if each.partition("=")[0].strip() in fields]
    verb = "changes" if len(options) == 1 else "change"
    return f"{', '.join(options)} {verb} nothing with {models}" if options else ""


def _files(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Lets the shell complete a SCENARIO as the name of a file."""
    return [CompletionItem(begun, type="file")]


def policy_option(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that names a policy of the scenario; the shell completes its labels.

    Args:
        words: The help text.
    """
    return click.option("--policy", metavar="LABEL", help=words, shell_complete=_policies)


def _policies(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The labels of the scenario that stands before on the line; none while it cannot be read.

    One that would steer the terminal is left out.

    While the option lacks its value, click has not come to the argument: it is still in the rest.
    """
    from simulator.notation.mistakes import Mistakes

    name = context.params.get("scenario") or next(iter(context.args), "")
    try:
        policies = _scenario(name, []).policies if name != "-" else ()
    except Mistakes:
        return []
    names = (policy.name for policy in policies)
    return [name for name in names if name.startswith(begun) and visible(name) == name]


def vary_option(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that names a field and its values, once.

    Args:
        words: The help text.
    """

    def once(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> str | None:
        if len(given) > 1:
            hint = "mbdr batch multiplies several: --grid FIELD=VALUES --grid FIELD=VALUES"
            raise Refused(f"--vary: one field at a time; {hint}")
        return given[0] if given else None

    return click.option("--vary", metavar="FIELD=VALUES", multiple=True, callback=once, help=words)


def image_file(output: Output) -> Path:
    """The file that a picture goes to, known to be one of a picture before anything is worked out."""
    from simulator.report.pictures.endings import IMAGES

    if output.file is None:
        raise Refused(f"where to? add -o FILE{IMAGES[0]}, or {' or '.join(IMAGES[1:])}")
    output.demand_no_format("a picture")
    if output.file.suffix.lower() not in IMAGES:
        raise Refused(
            f"{visible(str(output.file))}: write a file that ends in {' or '.join(IMAGES)}"
        )
    return output.file


def engine_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of the commands that work on many paths: what computes them."""
    return click.option(
        "--engine",
        type=click.Choice(["auto", "numpy", "fast"]),
        default="auto",
        show_default=True,
        help="What computes many paths; the figures are the same.",
    )(command)


def _scenario(name: str, settings: list[str]) -> Scenario:
    from simulator.scenario.loading import load, loads

    if name == "-":
        return loads(_standard_input(), "<stdin>", settings=settings)
    return load(name, settings)


def _standard_input() -> bytes:
    """What is written to the command, as far as a scenario goes."""
    from simulator.notation.yaml_document import LARGEST

    if sys.stdin is None:
        raise Refused("<stdin>: closed; name a file in place of -")
    try:
        return bounded(sys.stdin.buffer, LARGEST, "a scenario")
    except Unreadable as why:
        raise Refused(f"<stdin>: {why}") from None
    except OSError as error:
        raise Refused(f"<stdin>: cannot be read: {error.strerror}") from None


def chosen_policy(scenario: Scenario, name: str | None) -> Policy:
    """The policy that was asked for; the only one where none was."""
    from simulator.answer.phrases import shortened

    names = ", ".join(shortened(policy.name) for policy in scenario.policies)
    if name is None and len(scenario.policies) > 1:
        raise Refused(f"which policy? add --policy with one of: {names}")
    return scenario.policy(name) if name is not None else scenario.policies[0]
