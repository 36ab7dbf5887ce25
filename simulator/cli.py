"""The command line: read the arguments, one call of the library, print or write.

Imports wait for their command, so that a table needs neither pandas nor matplotlib.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from simulator.version import __version__

if TYPE_CHECKING:
    from simulator.report.table import Table
    from simulator.scenario import Scenario
    from simulator.sweeps import Sweep

FEW_COLLECTIONS = 100_000
"""Allocations between two collections of garbage: starting up makes many objects and no garbage.

With the look-up of pydantic's plugins, which are not used here, that is a twentieth of the start-up."""

START = """\
Start here:

  mbdr new my.yaml            write a commented scenario
  mbdr compare my.yaml        every conversion policy side by side
  mbdr check my.yaml          does the strategy suit, and what to ask the plan

mbdr -h lists all commands; mbdr COMMAND -h explains one.
"""


class Unusable(click.ClickException):
    """Something that a user can mend: one line, exit status 2."""

    exit_code = 2


@dataclass(frozen=True)
class Output:
    """Where and how a command answers."""

    style: str
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
        from simulator.report import formats

        if self.style == "json":
            content = formats.json_text(answer())
        elif self.style == "csv":
            content = formats.csv_text((records or answer)())
        elif self.style == "markdown":
            content = formats.markdown(tables())
        else:
            color = self.color and self.file is None
            content = formats.text(tables(), _width(), color)
        self.write(content)

    def progress(self, unit: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Shows how far long work is, on standard error, once it has taken two seconds."""
        from simulator.progress import progress

        return progress(unit, shown=not self.quiet)

    def write(self, content: str) -> None:
        """Writes to the file that was named, or to standard output."""
        if self.file is None:
            click.echo(content, nl=False)
            return
        from simulator.report.formats import write

        try:
            write(self.file, content)
        except OSError as error:
            raise Unusable(f"{self.file}: cannot be written: {error.strerror}") from None
        self.wrote()

    def wrote(self) -> None:
        """Says on standard error that the file is there."""
        if not self.quiet:
            click.echo(f"wrote {self.file}", err=True)


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that answers: format, file, quiet, colour."""

    @wraps(command)
    def with_output(file: Path | None, no_color: bool, **rest: Any) -> Any:
        shown = {name: rest.pop(name) for name in ("style", "quiet", "verbose")}
        plain = no_color or "NO_COLOR" in os.environ or not sys.stdout.isatty()
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
            "style",
            type=click.Choice(["table", "json", "csv", "markdown"]),
            default="table",
            show_default=True,
            help="How to answer.",
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
        overrides = [*settings]
        overrides += [f"returns.paths={paths}"] if paths is not None else []
        overrides += [f"returns.seed={seed}"] if seed is not None else []
        read = _scenario(scenario, overrides)
        if rest["output"].verbose:
            returns = f"{read.returns.model} returns, seed {read.returns.seed}"
            origin = f"{read.source} (sha256 {read.sha256[:12]})"
            click.echo(f"mbdr {__version__}: {origin}, {returns}", err=True)
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
        click.argument("scenario", metavar="SCENARIO"),
    ):
        option(with_scenario)
    return output_options(with_scenario)


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
    from simulator.scenario import load, loads

    if name == "-":
        return loads(sys.stdin.buffer.read(), "<stdin>", settings=settings)
    return load(name, settings)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="mbdr")
@click.pass_context
def cli(context: click.Context) -> None:
    """The mega backdoor Roth, simulated: how often to convert, and what waiting costs."""
    if context.invoked_subcommand is None:
        click.echo(START, nl=False)


@cli.command()
@scenario_options
@click.option(
    "--until",
    type=click.FloatRange(min=0, min_open=True),
    metavar="DOLLARS",
    help="Add paths until the standard error of every mean Box 2a is below this.",
)
@engine_option
def compare(scenario: Scenario, output: Output, until: float | None, engine: str) -> None:
    """Every policy side by side: what is converted, what is taxable, what is left.

    \b
    Examples:
      mbdr compare scenarios/emily.yaml
      mbdr compare scenarios/emily.yaml --set returns.annual_return=10% --format json
    """
    from simulator.report.tables import comparison_tables
    from simulator.simulation import compare

    with output.progress("paths") as progress:
        comparison = compare(scenario, progress, until, engine)
    if until is not None and comparison.error > until * 100 and not output.quiet:
        reached = f"${comparison.error / 100:,.2f} with {comparison.paths:,} paths"
        click.echo(f"--until {until:g} was not reached: the standard error is {reached}", err=True)
    output.give(
        lambda: comparison_tables(comparison), comparison.to_dict, lambda: comparison.rows()
    )


@cli.command()
@scenario_options
def payroll(scenario: Scenario, output: Output) -> None:
    """Paycheck by paycheck: gross, each contribution, room left, what was clipped by which limit.

    \b
    Example:
      mbdr payroll scenarios/emily.yaml
    """
    from simulator.report.records import paycheck_records
    from simulator.report.tables import payroll_tables
    from simulator.simulation import went_in

    if scenario.pay is None:
        raise Unusable("this scenario replays deposits and has no payroll; see mbdr compare")
    years = went_in(scenario)
    output.give(lambda: payroll_tables(years), lambda: list(paycheck_records(years)))


@cli.command()
@scenario_options
@click.option("--policy", metavar="LABEL", help="Which policy; may be left out if there is one.")
@click.option("--path", type=click.IntRange(0), default=0, show_default=True, help="Which path.")
def ledger(scenario: Scenario, output: Output, policy: str | None, path: int) -> None:
    """Every deposit and conversion of a policy, with value, basis and taxable earnings.

    \b
    Example:
      mbdr ledger scenarios/emily.yaml --policy monthly
    """
    from simulator.report.records import ledger_records
    from simulator.report.tables import ledger_table
    from simulator.simulation import ledger_of

    chosen = _policy(scenario, policy)
    posted = ledger_of(scenario, chosen, path)
    output.give(lambda: [ledger_table(chosen.name, posted)], lambda: list(ledger_records(posted)))


def _policy(scenario: Scenario, name: str | None) -> Any:
    """The policy that was asked for; the only one where none was."""
    from simulator.scenario import UnknownPolicy

    names = ", ".join(policy.name for policy in scenario.policies)
    if name is None and len(scenario.policies) > 1:
        raise Unusable(f"which policy? add --policy with one of: {names}")
    try:
        return scenario.policy(name) if name is not None else scenario.policies[0]
    except UnknownPolicy as error:
        raise Unusable(f"--policy: {error}") from None


@cli.command()
@scenario_options
@click.option("--policy", metavar="LABEL", help="Only this policy.")
@click.option("--year", type=int, help="Only this year's form.")
@engine_option
def form(
    scenario: Scenario, output: Output, policy: str | None, year: int | None, engine: str
) -> None:
    """The Form 1099-R that will arrive for each year, and lines 5a and 5b of Form 1040.

    \b
    Example:
      mbdr form scenarios/emily.yaml --policy year-end
    """
    from simulator.report.sentences import form_notes
    from simulator.report.tables import form_table
    from simulator.simulation import compare

    if policy is not None:
        scenario = scenario.model_copy(update={"policies": (_policy(scenario, policy),)})
    with output.progress("paths") as progress:
        comparison = compare(scenario, progress, engine=engine)
    records = [record for one in comparison.results for record in comparison.form_records(one)]
    years = sorted({record["year"] for record in records})
    if year is not None and year not in years:
        known = (
            f"there are forms for {', '.join(map(str, years))}" if years else "there are no forms"
        )
        raise Unusable(f"--year {year}: {known}")
    records = [record for record in records if year in (None, record["year"])]
    notes = tuple(form_notes(comparison, year))
    output.give(lambda: [form_table(records, notes)], lambda: records)


@cli.command()
@scenario_options
@click.option("--policy", metavar="LABEL", help="Which policy; by default the first.")
@click.option("--delay", "delays", metavar="START:STOP:STEP", help="Delays in days, like 0:365:5.")
@click.option(
    "--vary",
    metavar="FIELD=VALUES",
    help="Any other field, like plan.basis_after_loss=carry-forward,forfeit.",
)
@engine_option
def sweep(
    scenario: Scenario,
    output: Output,
    policy: str | None,
    delays: str | None,
    vary: str | None,
    engine: str,
) -> None:
    """Taxable earnings of one policy against the delay, or against any field.

    \b
    Examples:
      mbdr sweep scenarios/emily.yaml --delay 0:90:10
      mbdr sweep scenarios/emily.yaml --policy year-end --vary returns.annual_return=3%:9%:2%
    """
    from simulator.report.tables import sweep_table

    found = _sweep(scenario, policy, delays, vary, output, engine)
    output.give(
        lambda: [sweep_table(found)], found.to_dict, lambda: iter(found.to_dict()["points"])
    )


def _sweep(
    scenario: Scenario,
    policy: str | None,
    delays: str | None,
    vary: str | None,
    output: Output,
    engine: str,
) -> Sweep:
    """The sweep that the options ask for."""
    from simulator.conversion.policy import LONGEST_DELAY
    from simulator.sweeps import SweepError, sweep_delay, sweep_field, values

    if (delays is None) == (vary is None):
        raise Unusable("what shall vary? add --delay 0:365:5 or --vary FIELD=VALUES")
    chosen = _policy(scenario, policy) if policy is not None else scenario.policies[0]
    try:
        if delays is not None:
            days = values(delays)
            if not all(day.isdigit() and int(day) <= LONGEST_DELAY for day in days):
                raise SweepError(
                    f"'{delays}' are no delays; write days from 0 to {LONGEST_DELAY:,}"
                )
            with output.progress("paths") as progress:
                return sweep_delay(scenario, chosen, [int(day) for day in days], progress, engine)
        field, equals, written = (vary or "").partition("=")
        if not equals:
            raise SweepError(
                f"'{vary}' names no values; write FIELD=START:STOP:STEP or FIELD=A,B,C"
            )
        each = values(written)
        with output.progress("values") as progress:
            scenarios = ((value, scenario.varied(f"{field}={value}")) for value in each)
            return sweep_field(
                scenarios, field, policy, lambda done: progress(done, len(each)), engine
            )
    except SweepError as error:
        raise Unusable(str(error)) from None


@cli.command()
@scenario_options
def check(scenario: Scenario, output: Output) -> None:
    """Whether the file is sound, who the strategy suits, and what to ask the plan.

    \b
    Example:
      mbdr check scenarios/emily.yaml
    """
    from dataclasses import asdict

    from simulator.report.checklist import checklist, checklist_tables
    from simulator.simulation import compare

    with output.progress("paths") as progress:
        comparison = compare(scenario, progress)
    output.give(
        lambda: checklist_tables(comparison),
        lambda: [asdict(item) for item in checklist(comparison)],
    )


@cli.command()
@scenario_options
@click.option(
    "--kind",
    type=click.Choice(["cadence", "delay", "balance", "contributions"]),
    default="cadence",
    show_default=True,
    help="What to draw.",
)
@click.option("--policy", metavar="LABEL", help="Whose delay or balance.")
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
    chosen = _policy(scenario, policy).name if policy is not None else None
    if kind == "delay":
        varied = _sweep(scenario, policy, None if vary else delays, vary, output, engine)
        figure = delay_picture(varied)
    else:
        with output.progress("paths") as progress:
            figure = picture(kind, compare(scenario, progress, engine=engine), chosen)
    try:
        save(figure, output.file)
    except UnknownImage as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(f"{output.file}: cannot be written: {error.strerror}") from None
    output.wrote()


@cli.command()
@click.argument("years", type=click.IntRange(2013, 2080), nargs=-1)
@click.option("--inflation", help="Project years beyond the published ones, like 2.5%.")
@output_options
def limits(years: tuple[int, ...], inflation: str | None, output: Output) -> None:
    """The IRS limits by year, with the notice that published them.

    \b
    Examples:
      mbdr limits 2025 2026
      mbdr limits 2027 --inflation 2.5%
    """
    from pydantic import ValidationError

    from simulator.law.limits import LimitRules, UnknownLimits, published
    from simulator.report.records import limit_records
    from simulator.report.tables import limits_table

    try:
        rules = LimitRules(inflation=inflation)
        found = [rules.of(year) for year in years or published()]
    except ValidationError as error:
        raise Unusable(f"--inflation: {error.errors()[0]['msg']}") from None
    except UnknownLimits as error:
        raise Unusable(
            f"{str(error).partition(';')[0]}; add --inflation 2.5% to project them"
        ) from None
    output.give(lambda: [limits_table(found)], lambda: list(limit_records(found)))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new(file: Path) -> None:
    """Write a commented scenario to start from.

    \b
    Example:
      mbdr new my.yaml
    """
    from simulator.report.formats import write

    if file.exists():
        raise Unusable(f"{file} exists already; choose another name")
    starter = Path(__file__).with_name("starter.yaml").read_text(encoding="utf-8")
    try:
        write(file, starter)
    except OSError as error:
        raise Unusable(f"{file}: cannot be written: {error.strerror}") from None
    click.echo(f"wrote {file}; change it, then: mbdr compare {file}", err=True)


@cli.command()
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to a file.",
)
def schema(file: Path | None) -> None:
    """The JSON Schema of a scenario file, for editors that complete and check.

    \b
    Example:
      mbdr schema -o scenario.schema.json
    """
    from simulator.report.formats import json_text
    from simulator.scenario import json_schema

    Output("json", file).write(json_text(json_schema()))


def main() -> None:
    """Runs the command line; every mistake that a user can make ends in a line, not in a traceback."""
    gc.set_threshold(FEW_COLLECTIONS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from simulator.document import Mistakes
    from simulator.fast.choice import NoEngine

    try:
        status = cli.main(standalone_mode=False)
    except (Mistakes, NoEngine) as mistakes:
        click.echo(mistakes, err=True)
        status = 2
    except click.ClickException as error:
        error.show()
        status = 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    _leave(status or 0)


def _leave(status: int) -> NoReturn:
    """Ends the process at once: taking all modules apart is a tenth of a small comparison."""
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)
