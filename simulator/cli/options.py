"""What the commands share: how a scenario is named and changed, and how a command answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from simulator.cli import terminal
from simulator.cli.command import LINE, Common, More, OneOf, Whole
from simulator.cli.output import Output, demand_apart
from simulator.cli.output_options import output_options
from simulator.files.opened import Unreadable, bounded
from simulator.notation.letters import visible
from simulator.refusal import Refused
from simulator.version import __version__

if TYPE_CHECKING:
    from simulator.conversion.policy import Policy
    from simulator.scenario.scenario import Scenario


STANDARD_INPUT = "/dev/stdin"
"""Where the system has a name for it, also when a shell has put a file there."""


def scenario_options(command: Callable[..., Any], untold: Sequence[str] = ()) -> Callable[..., Any]:
    """The argument SCENARIO and the options that override what is in it, with `output_options`."""

    @wraps(command)
    def with_scenario(
        scenario: str, settings: tuple[str, ...], paths: int | None, seed: int | None, **rest: Any
    ) -> Any:
        written = assignments(settings, paths, seed)
        return command(scenario=asked_scenario(scenario, written, **rest), **rest)

    argument = click.argument("scenario", metavar="SCENARIO", shell_complete=files_begun)
    return output_options(argument(setting_options(with_scenario)), untold=untold)


def setting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that override what is in a scenario: --set, --paths, --seed."""
    for option in (
        click.option(
            "--seed",
            type=Whole(),
            help="Seed of the random paths.",
            cls=More,
        ),
        click.option(
            "--paths",
            type=Whole(),
            help="Number of random paths.",
            cls=More,
        ),
        click.option(
            "--set",
            "settings",
            multiple=True,
            metavar="PATH=VALUE",
            help="Override a field, like --set pay.salary=180_000 (repeatable).",
            shell_complete=fields_begun,
            cls=Common,
        ),
    ):
        option(command)
    return command


def asked_scenario(
    name: str, written: Sequence[tuple[str, str]], output: Output, **rest: Any
) -> Scenario:
    """The scenario that a command is asked of; what of the question changes nothing is said.

    Args:
        name: The file, or `-`.
        written: What overrides it: each option, and its assignment.
        output: Where the answer goes: not over what is read.
        rest: The command's own options.
    """
    read = _scenario(name, [assignment for _, assignment in written])
    reads = [Path(STANDARD_INPUT if name == "-" else name), *read.files_read()]
    output.demand_apart(reads)
    if rest.get("pdf") and output.file is not None:
        demand_apart(output.file.with_suffix(".pdf"), reads)
    returns = read.returns
    whose = f", {returns.whose_paths}" if returns.whose_paths else ""
    said = without_effect(written, returns.idle, f"{returns.model} returns{whose}")
    varies = any(one.startswith("returns.") for one in rest.get("vary") or ())  # perhaps the model
    if said and not varies and not output.quiet:
        terminal.remark(said)
    if output.verbose:
        origin = f"{read.source} (sha256 {read.sha256[:12]})"
        model = f"{returns.model} returns, seed {returns.seed}"
        terminal.remark(f"mbdr {__version__}: {origin}, {model}")
    return read


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


def files_begun(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Lets the shell complete a SCENARIO as the name of a file."""
    return [CompletionItem(begun, type="file")]


def fields_begun(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The fields whose names begin so, each with what it is where the shell shows that."""
    from simulator.scenario.field_names import field_names

    return [CompletionItem(f"{one.name}=", help=one.words) for one in field_names(begun)]


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
    name = context.params.get("scenario") or next(iter(context.args), "")
    try:
        policies = _scenario(name, []).with_done if name != "-" else ()
    except Refused:
        return []
    names = (policy.name for policy in policies)
    return [name for name in names if name.startswith(begun) and visible(name) == name]


def vary_option(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that names a field and its values, once, or twice for a grid of both.

    Args:
        words: The help text.
    """

    def at_most_two(
        _: click.Context, __: click.Parameter, given: tuple[str, ...]
    ) -> tuple[str, ...]:
        if len(given) > 2:
            hint = "mbdr batch multiplies more: --grid FIELD=VALUES --grid FIELD=VALUES"
            raise Refused(f"--vary: two fields at most; {hint}")
        return given

    return click.option(
        "--vary",
        metavar="FIELD=VALUES",
        multiple=True,
        callback=at_most_two,
        help=words,
        shell_complete=fields_begun,
    )


def of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says what a sweep tells of a policy."""
    return click.option(
        "--of",
        type=OneOf(["box_2a", "tax", "wealth"]),
        default="box_2a",
        show_default=True,
        help="What is told of the policy: its taxable earnings, the tax on them, or wealth after tax.",
    )(command)


def engine_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of the commands that work on many paths: what computes them."""
    words = "What computes many paths; the figures are the same."
    return _engine(["auto", "numpy", "fast"], words)(command)


def engine_or_exact_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same of those that can do without paths."""
    words = "What computes; numpy and fast give the same figures, exact needs no paths."
    return _engine(["auto", "numpy", "fast", "exact"], words)(command)


def _engine(names: list[str], words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    one = OneOf(names)
    return click.option(
        "--engine", type=one, default="auto", show_default=True, help=words, cls=More
    )


def _scenario(name: str, settings: list[str]) -> Scenario:
    from simulator.scenario.loading import load, loads

    if not name:
        raise Refused("the name is empty; name a scenario file, or write - for standard input")
    if name == "-":
        return loads(_standard_input(), "<stdin>", settings=settings)
    return load(name, settings)


def _standard_input() -> bytes:
    """What is written to the command, as far as a scenario goes."""
    from simulator.notation.yaml_reader import LARGEST

    if sys.stdin is None:
        raise Refused("<stdin>: closed; name a file in place of -")
    try:
        return bounded(sys.stdin.buffer, LARGEST, "a scenario")
    except Unreadable as why:
        raise Refused(f"<stdin>: {why}") from None
    except OSError as error:
        raise Refused(f"<stdin>: cannot be read: {error.strerror}") from None


def chosen_policy(scenario: Scenario, name: str | None) -> Policy:
    """The policy that was asked for; the only one where none was. Of several none is taken unasked."""
    if name is None and len(scenario.policies) > 1:
        import shlex

        from simulator.notation.mistakes import few_lines

        command, *rest = click.get_current_context().meta[LINE]
        names = [policy.name for policy in scenario.with_done]
        commands = [shlex.join(["mbdr", command, "--policy", each, *rest]) for each in names]
        raise Refused(few_lines(["which policy? write one of these:", *commands]))
    return scenario.policy(name) if name is not None else scenario.policies[0]
