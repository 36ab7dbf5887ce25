"""`mbdr app`: how it is started and ended, and what it says where it cannot be."""

from __future__ import annotations

import asyncio
import errno
import resource
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from urllib.request import urlopen

import pytest

from simulator.app.server import serving
from tests.app.running import SCENARIOS
from tests.commands import Run


def test_it_opens_the_browser_at_its_address_with_the_scenario_and_ends_with_ctrl_c(
    main: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    visited: list[str] = []

    def visit(address: str) -> None:
        visited.append(address)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(webbrowser, "open", visit)
    done = main("app", SCENARIOS / "emily.yaml", "--port", "0", "--folder", tmp_path)
    assert done.status == 0
    (address,) = visited
    assert f"the app is at {address} (Ctrl-C ends it)" in done.stderr
    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(OSError, match="refused"):
        urlopen(address, timeout=10)


def test_where_it_cannot_begin_it_says_so(
    main: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind((serving.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = main("app", "--no-open", "--port", port)
        assert (said.status, f"port {port}: Address already in use" in said.stderr) == (2, True)
        monkeypatch.setattr(serving, "PORT", port)
        with serving.listening(None) as other:
            assert other.getsockname()[1] != port, "any other, where the usual one is taken"
    said = main("app", "--no-open", "--folder", tmp_path / "none")
    assert "there is no such folder" in said.stderr
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    said = main("app", "--no-open")
    assert "pip install 'mbdr-simulator[app]'" in said.stderr


def test_it_takes_as_many_open_files_as_the_system_gives_for_the_asking() -> None:
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, most))
        given = serving._open_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (given, most)
        assert given == min(serving.FILES, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))


def test_connections_beyond_what_the_system_gives_are_no_traceback(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.new_event_loop()
    full = {"message": "socket.accept()", "exception": OSError(errno.EMFILE, "Too many open files")}
    serving._unless_full(loop, full)
    assert (capfd.readouterr().err, caplog.messages) == ("", [])
    serving._unless_full(loop, {"message": "another", "exception": OSError(errno.EIO, "broken")})
    assert "another" in caplog.text
    loop.close()
