"""Measures how promptly the app answers, as the page asks it, and writes `app_speed.md`.

    python benchmarks/app_speed.py            # half a minute
    python benchmarks/app_speed.py --tiny     # few questions: whether it runs; writes no table

The server is the one that a user starts; a question is over when the last byte of its answer is here. Beside
the time on the clock stands what the processor did for an answer, which other programs do not disturb.
"""

import argparse
import http.client
import json
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "scenarios"
EVEN = (SCENARIOS / "emily.yaml").read_text("utf-8")
UNEVEN = (SCENARIOS / "uneven-year.yaml").read_text("utf-8")
ROWS: list[tuple[str, str, str, str]] = []


class Size(NamedTuple):
    """How much is asked.

    Attributes:
        answers: Of one path, one after the other; then the memory is looked at.
        many: Of 10,000 paths.
        users: At once.
        each: Questions of each of them.
    """

    answers: int = 1_000
    many: int = 50
    users: int = 20
    each: int = 20


FULL, TINY = Size(), Size(4, 1, 2, 1)


def row(what: str, measured: str, promised: str = "", note: str = "") -> None:
    """One line of the results."""
    ROWS.append((what, measured, promised, note))
    print(f"{what}: {measured} (promised {promised}) {note}", flush=True)  # noqa: T201


class App:
    """The app as a user starts it.

    Attributes:
        seconds: From the command to its address.
    """

    def __init__(self) -> None:
        began = time.perf_counter()
        command = [sys.executable, "-m", "simulator", "app", "--no-open", "--port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        found = re.search(r"http://\S+", self.process.stderr.readline())
        assert found, "the app has an address"
        self.seconds = time.perf_counter() - began
        self._address = urlsplit(found[0])

    def ask(self, text: str, few: bool = False, call: str = "compare") -> float:
        """Asks one question, and gives how long the answer took. [s]"""
        began = time.perf_counter()
        connection = http.client.HTTPConnection(self._address.netloc, timeout=60)
        body = json.dumps({"text": text, "few": few}).encode()
        origin = {"Origin": f"http://{self._address.netloc}"}
        connection.request("POST", f"{self._address.path}ask/{call}", body, origin)
        reply = connection.getresponse()
        answer = reply.read()
        connection.close()
        if reply.status != 200:
            raise RuntimeError(f"{reply.status}: {answer[:200]!r}")
        return time.perf_counter() - began

    def processes(self) -> list[int]:
        """The server, and those who answer."""
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text("ascii")
        return [own, *map(int, children.split())]

    def work(self) -> float:
        """What the processor did for all of them so far. [s]"""
        ticks = 0
        for one in self.processes():
            fields = Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """What all of them hold. [MiB]"""
        found = 0
        for one in self.processes():
            status = Path(f"/proc/{one}/status").read_text("utf-8")
            found += int(next(re.finditer(r"VmRSS:\s+(\d+)", status))[1])
        return found >> 10


@contextmanager
def running() -> Iterator[App]:
    """The app, until it is ended as Ctrl-C does."""
    app = App()
    try:
        yield app
    finally:
        app.process.send_signal(signal.SIGINT)
        app.process.communicate(timeout=30)


def at(app: App, what: str, times: int, promised: str, text: str, few: bool = False) -> None:
    """How long one question after the other takes, with a figure changed each time."""
    before = app.work()
    taken = [
        app.ask(text.replace("200_000", str(200_000 + number)), few) * 1000
        for number in range(times)
    ]
    work = (app.work() - before) * 1000 / times
    late = statistics.quantiles(taken, n=20)[-1] if times > 1 else taken[0]
    note = f"one in twenty over {late:.0f} ms; {work:.0f} ms of one processor"
    row(what, f"{statistics.median(taken):.0f} ms", promised, note)


def crowd(app: App, size: Size) -> None:
    """Users at once, each with questions of their own, one after the other."""
    barrier = threading.Barrier(size.users)

    def user(number: int) -> list[float]:
        barrier.wait()
        text = EVEN.replace("200_000", str(150_000 + 1_000 * number))
        return [app.ask(text) * 1000 for _ in range(size.each)]

    with ThreadPoolExecutor(size.users) as users:
        taken = [one for each in users.map(user, range(size.users)) for one in each]
    what = f"{size.users} users at once, {size.each} questions each"
    row(what, f"{statistics.median(taken):.0f} ms", "no error", f"the last {max(taken):.0f} ms")


def measured(size: Size) -> None:
    """Everything, of one run of the app."""
    with running() as app:
        row("from the command to the address", f"{app.seconds:.2f} s")
        row("the first answer, asked at once", f"{app.ask(EVEN) * 1000:.0f} ms")
        for _ in range(4):
            app.ask(UNEVEN)  # every process has begun
        at(app, "an answer of one path", size.answers // 10 or 1, "at most 50 ms", EVEN)
        held = app.memory()
        at(app, "1,024 paths, which come first", size.many, "at most 100 ms", UNEVEN, few=True)
        at(app, "10,000 paths", size.many, "at most 300 ms", UNEVEN)
        crowd(app, size)
        for _ in range(size.answers):
            app.ask(EVEN)
        what = f"memory after {size.answers:,} answers more"
        row(what, f"{app.memory()} MiB", "flat", f"{held} MiB before, of {len(app.processes())}")


def main() -> None:
    """Measures, and writes the table of a whole run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiny", action="store_true")
    tiny = parser.parse_args().tiny
    measured(TINY if tiny else FULL)
    if tiny:
        return
    lines = [
        "# The app, measured",
        "",
        f"`python benchmarks/app_speed.py`, Python {platform.python_version()}, {os.cpu_count()} cores. "
        "Questions of one machine to itself, as the page asks them.",
        "",
        "| what | measured | promised | |",
        "|---|---|---|---|",
        *(f"| {' | '.join(cells)} |" for cells in ROWS),
    ]
    (HERE / "app_speed.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
