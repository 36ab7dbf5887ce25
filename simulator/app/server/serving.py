"""The server itself: on the loopback address of this machine, until Ctrl-C."""

from __future__ import annotations

import asyncio
import errno
import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.batches.workers import processors
from simulator.refusal import Refused

if TYPE_CHECKING:
    import uvicorn

ADDRESS, PORT = "127.0.0.1", 8432
"""Where the app is found; the port is the same each time, so that a page finds what it kept."""

MISSING = "the app needs the libraries starlette and uvicorn: pip install 'mbdr-simulator[app]'"
MOST_WORKERS = 4
MOST_AT_ONCE = 2_000
"""Connections; more are turned away. What they ask waits for a process, or is told that too much is asked."""

FILES = 4_096
"""Connections and files that the server may have open, where the system lets it; some allow 256 at first."""


class NoApp(Refused):
    """The app cannot be served: a library is missing, or the port is taken."""


def demand_libraries() -> None:
    """Raises `NoApp` where the extra `app` is not installed."""
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise NoApp(MISSING) from None


def listening(port: int | None) -> socket.socket:
    """A socket on the loopback address.

    Args:
        port: Its port; if None `PORT`, or any where that is taken.

    Raises:
        NoApp: The port is taken.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((ADDRESS, PORT if port is None else port))
    except OSError as error:
        if port is not None:
            made.close()
            raise NoApp(f"port {port}: {error.strerror}; leave it out for any", "port") from None
        made.bind((ADDRESS, 0))
    return made


def server(
    on: socket.socket,
    folder: Path | None = None,
    first: Mapping[str, Any] | None = None,
    ready: Callable[[str], None] = print,
) -> uvicorn.Server:
    """The server, which does not run yet.

    Args:
        on: A socket of `listening`.
        folder: The folder to list scenarios of and to save them in, if any.
        first: The scenario that the page shows first, if any.
        ready: Is told the address, with its token, once it answers.
    """
    import uvicorn

    from simulator.app.server.gate import Gate
    from simulator.app.server.promptness import Prompt
    from simulator.app.server.site import Site
    from simulator.app.server.workers import Workers

    token, port = secrets.token_urlsafe(24), on.getsockname()[1]
    workers = Workers(min(MOST_WORKERS, max(2, processors())), folder)
    gate = Gate(Site(workers, folder, first).application(), token, port)

    class Server(uvicorn.Server):
        """Says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            asyncio.get_running_loop().set_exception_handler(_unless_full)
            await super().startup(sockets)
            ready(f"http://{ADDRESS}:{port}/{token}/")

    most = _open_files()
    config = uvicorn.Config(
        gate,
        http=Prompt,
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=min(MOST_AT_ONCE, most // 2),
        backlog=min(MOST_AT_ONCE, most // 4),
        timeout_graceful_shutdown=1,
    )
    return Server(config)


def serve(
    on: socket.socket,
    folder: Path | None = None,
    first: Mapping[str, Any] | None = None,
    ready: Callable[[str], None] = print,
) -> None:
    """Serves the app until it is interrupted: see `server`."""
    with suppress(KeyboardInterrupt):
        server(on, folder, first, ready).run(sockets=[on])


def _open_files() -> int:
    """How many files and connections may be open, after as many were asked for as the system gives."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
    except ImportError:  # this system has no such limit
        return FILES
    now, most = getrlimit(RLIMIT_NOFILE)
    wanted = FILES if most == RLIM_INFINITY else min(FILES, most)
    if RLIM_INFINITY != now < wanted:
        with suppress(OSError, ValueError):
            setrlimit(RLIMIT_NOFILE, (wanted, most))
            now = wanted
    return FILES if now == RLIM_INFINITY else now


def _unless_full(loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
    """Tells what went wrong, but for connections beyond what the system gives: these wait for their turn."""
    error = told.get("exception")
    if not (isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)):
        loop.default_exception_handler(told)
