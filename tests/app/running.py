"""The app, running in this process or as a user starts it, and requests to it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from simulator.app.server.serving import listening, server
from tests.commands import ROOT

SCENARIOS = ROOT / "scenarios"


class Replied(NamedTuple):
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Running:
    """A running app, at an address.

    Args:
        address: Its address, with its token.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.host = urlsplit(address).netloc
        self.token = urlsplit(address).path.strip("/")

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        whole_path: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Replied:
        """One request, as the page sends it but for some headers; one that is empty is left out."""
        given = {"Host": self.host}
        given |= {} if method == "GET" else {"Origin": f"http://{self.host}"}
        sized = {} if body is None else {"Content-Length": str(len(body))}
        given |= sized | dict(headers or {})
        connection = http.client.HTTPConnection(self.host, timeout=30)
        connection.putrequest(
            method, path if whole_path else f"/{self.token}{path}", skip_host=True
        )
        for name, value in given.items():
            if value:
                connection.putheader(name, value)
        connection.endheaders(body)
        replied = connection.getresponse()
        result = Replied(replied.status, dict(replied.getheaders()), replied.read())
        connection.close()
        return result

    def ask(self, call: str, text: str, **more: Any) -> Replied:
        """A question of the page."""
        body = json.dumps({"text": text, **more}).encode()
        return self.request("POST", f"/ask/{call}", body)


class App(Running):
    """An app whose server runs in this process, in a thread of its own.

    Args:
        folder: The folder that it is given, if any.
    """

    def __init__(self, folder: Path | None = None) -> None:
        begun: Future[str] = Future()
        on = listening(0)
        self._server = server(on, folder, ready=begun.set_result)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [on]})
        self._thread.start()
        super().__init__(begun.result(timeout=60))

    def close(self) -> None:
        """Ends it as Ctrl-C does."""
        self._server.should_exit = True
        self._thread.join(timeout=20)
        assert not self._thread.is_alive()


class Started(Running):
    """An app as a user starts it: a process of its own.

    Args:
        arguments: Of the command.
        port: Its port; 0 for any.
    """

    def __init__(self, *arguments: str, port: int = 0) -> None:
        command = ["app", "--no-open", "--port", str(port), *arguments]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *command],
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            text=True,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + self.process.stderr.read()
        super().__init__(found[0])

    def close(self) -> None:
        """Ends it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=20)


def named_files(file: Path) -> dict[str, str]:
    """The files that a shipped scenario names, as the page sends them."""
    from simulator.app.start import opened

    files: dict[str, str] = opened(file)["files"]
    return files
