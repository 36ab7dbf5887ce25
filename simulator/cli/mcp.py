"""`mbdr mcp`."""

from __future__ import annotations

import click


@click.command()
def mcp() -> None:
    """The same calls for assistants: a Model Context Protocol server on standard input and output.

    Needs the extra mcp.

    It reads no file that a call does not name, and writes none.

    \b
    Example:
      mbdr mcp
    """
    from simulator.mcp.server import serve

    serve()
