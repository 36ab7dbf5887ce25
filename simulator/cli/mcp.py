"""`mbdr mcp`."""

from __future__ import annotations

import click

from simulator.cli.command import Command


@click.command(cls=Command)
def mcp() -> None:
    """The same calls for assistants (extra mcp).

    A Model Context Protocol server on standard input and output.

    It reads no file that a call does not name, and writes none.

    \b
    Example:
      mbdr mcp
    """
    from simulator.mcp.server import serve

    serve()
