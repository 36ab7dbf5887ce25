"""The command line: read the arguments, one call of the library, print or write.

One file a command, loaded when it is called; what they share is in `options`. Imports wait for their
command too, so that a table needs neither pandas nor matplotlib.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from simulator.cli.command import LINE
from simulator.cli.terminal import answer, prepare, remark
from simulator.notation.letters import visible
from simulator.notation.wording import meant, shown
from simulator.refusal import Refused
from simulator.version import __version__

GROUPS = {
    "What to do": ("compare", "best", "elect", "remind", "check"),
    "What it is made of": ("payroll", "ledger", "form", "sweep"),
    "To look at and to send": ("report", "plot", "app"),
    "Your own files": ("new", "read", "audit"),
    "Many people": ("batch", "summary", "export"),
    "To look up": ("limits", "schema"),
    "For assistants": ("mcp",),
}
"""The commands as the help has them."""

COMMANDS = tuple(name for names in GROUPS.values() for name in names)
"""Every command, in the order of the help; its module and its function have its name."""

WIDEST = 66
"""Letters of what the list of commands says of each."""

FEWER_PATHS = "take fewer --paths, or mbdr batch, which works through them in pieces"

REFUSED, INTERRUPTED = 2, 130
"""The exit statuses after a question that cannot be answered, and after Ctrl-C."""

FEW_COLLECTIONS = 100_000
"""Allocations between two collections of garbage: starting up makes many objects and no garbage.

With the look-up of pydantic's plugins and the threads of numpy's linear algebra, neither of which is used
here, that is a twentieth of the start-up."""

START = """\
Start here:

  mbdr new my.yaml       write a commented scenario; put your own figures in
  mbdr compare my.yaml   what to do: every conversion policy side by side
  mbdr check my.yaml     does the strategy suit, and what to ask the plan
  mbdr report my.yaml    one page to keep or to send
  mbdr app               the same in a browser, with a field for each figure

mbdr -h lists all commands; mbdr COMMAND -h explains one.
"""


class Ended(Exception):
    """The end of the program before a command is done: interrupted, or nobody reads on.

    Attributes:
        status: Its exit status.
    """

    def __init__(self, status: int):
        super().__init__()
        self.status = status


class _Commands(click.Group):
    """The commands, each imported when it is first asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keeps the line as it was written, for who has to be asked what it leaves open."""
        ctx.meta[LINE] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command: what it refuses is said here. Click would say an interrupt in a line of its own."""
        try:
            return super().invoke(ctx)
        except MemoryError as error:
            remark(f"{str(error).rstrip('.') or 'there is not enough memory'}; {FEWER_PATHS}")
        except Refused as refused:
            remark(self._told(ctx, refused))
        except KeyboardInterrupt:
            raise Ended(INTERRUPTED) from None
        except BrokenPipeError:
            raise Ended(0) from None
        raise click.exceptions.Exit(REFUSED)

    def _told(self, ctx: click.Context, refused: Refused) -> str:
        """What was refused: where the library names its arguments, by the options of the command."""
        from simulator.notation.mistakes import Argument, Mistakes

        command = self.get_command(ctx, ctx.invoked_subcommand or "")
        params = command.params if command else []
        options = {str(one.name): max(one.opts, key=len) for one in params}
        if isinstance(refused, Mistakes):
            return str(refused.called(options))
        if refused.argument is None:
            return refused.words
        name = refused.argument.partition(" ")[0]
        option = Argument(refused.argument).called({name: f"--{name}", **options})
        return f"{option}: {refused.words}"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was named, with the rest of the line.

        Raises:
            click.UsageError: There is none of this name; the nearest is told.
        """
        name = args[0] if args else ""
        if name not in COMMANDS and not name.startswith("-"):
            raise click.UsageError(f"{shown(name)} is not a command{meant(name, COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands, by what they are for."""
        for title, names in GROUPS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [(name, found.get_short_help_str(WIDEST)) for name, found in commands if found]
                )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="mbdr")
@click.pass_context
def cli(context: click.Context) -> None:
    """The mega backdoor Roth, simulated: how often to convert, and what waiting costs."""
    if context.invoked_subcommand is None:
        answer(START)


def main() -> None:
    """Runs the command line; every mistake that a user can make ends in a line, not in a traceback."""
    gc.set_threshold(FEW_COLLECTIONS)
    prepare()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        remark(f"Error: {error.format_message()}{_hint(error)}")
        status = REFUSED
    except OSError as error:  # of a file each command tells its own; what is left is the output
        file = visible(str(error.filename or "standard output"))
        remark(f"Error: {file}: {error.strerror or error}")
        status = REFUSED
    except Ended as ended:
        status = ended.status
        if status == INTERRUPTED:
            remark("interrupted")
        else:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _leave(status or 0)


def _hint(error: click.ClickException) -> str:
    """Where a command is explained that was called in a way that it does not know."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f" ({context.command_path} -h explains)" if context else ""


def _leave(status: int) -> NoReturn:
    """Ends the process at once: taking all modules apart is a tenth of a small comparison."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(status)
