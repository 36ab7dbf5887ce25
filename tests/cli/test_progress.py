"""Progress on standard error: nothing at first, then lines, or a bar on a terminal."""

import fcntl
import os
import re
import struct
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress

import pytest

from simulator.cli import progress as progress_module
from simulator.cli.progress import progress

HIDDEN = "\r\x1b[?25l"
"""What begins a bar: its line again, without a cursor."""

TAKEN_AWAY = "\x1b[?25h\r\n\x1b[A\x1b[2K"
"""What ends one: the cursor again, and from the next line back to an empty one."""


class Clock:
    """A clock that a test moves. [s]"""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


class Terminal:
    """Standard error that is a terminal of so many columns, and what it is sent."""

    def __init__(self, columns: int) -> None:
        self._screen, keyboard = os.openpty()
        self.resize(columns)
        self.stream = open(keyboard, "w", encoding="ascii")  # noqa: PTH123, SIM115

    def resize(self, columns: int) -> None:
        size = struct.pack("HHHH", 24, columns, 0, 0)
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, size)

    def shown(self) -> str:
        """What it was sent since the last look, without waiting for what is held back."""
        os.set_blocking(self._screen, False)
        sent = b""
        with suppress(BlockingIOError):
            while more := os.read(self._screen, 1 << 16):
                sent += more
        return sent.decode()

    def close(self) -> None:
        self.stream.close()
        os.close(self._screen)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    running = Terminal(100)
    yield running
    running.close()


@contextmanager
def bar(terminal: Terminal, unit: str, rate: bool = False) -> Iterator[Callable[..., None]]:
    """Progress on a terminal."""
    with redirect_stderr(terminal.stream), progress(unit, rate=rate) as tell:
        yield tell


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    running = Clock()
    monkeypatch.setattr(progress_module, "time", running)
    return running


def test_work_of_two_seconds_says_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("jobs", rate=True) as tell:
        for done in range(1, 11):
            clock.now += 0.19
            tell(done, 10)
    assert capsys.readouterr().err == ""


def test_a_line_says_rate_failures_and_time_to_go(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress("jobs", rate=True) as tell:
        clock.now = 1.0
        tell(500, 100_000)
        clock.now = 4.0
        tell(2_000, 100_000, 3)
        clock.now = 5.0
        tell(2_500, 100_000, 3)  # too soon after the line before
        clock.now = 200.0
        tell(100_000, 100_000, 4)
    assert capsys.readouterr().err.splitlines() == [
        "2,000 of 100,000 jobs, 500 a second, 3 failed, about 0:03:16 to go",
        "100,000 of 100,000 jobs, 500 a second, 4 failed",
    ]


def test_slow_work_has_a_rate_too(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("jobs", rate=True) as tell:
        clock.now = 1.9
        tell(1, 4)
        clock.now = 9.9
        tell(3, 4)
    assert capsys.readouterr().err == "3 of 4 jobs, 0.25 a second, about 0:00:04 to go\n"


def test_the_start_of_the_workers_is_no_part_of_the_pace(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """5 s until the first of 1,000 is done, which is no 5,000 s: the others take a hundredth each."""
    monkeypatch.setattr(progress_module, "BETWEEN_LINES", 0.5)
    with progress("jobs", rate=True) as tell:
        for clock.now, done in ((5.0, 1), (5.5, 51), (6.0, 101)):
            tell(done, 1_000)
    assert capsys.readouterr().err.splitlines() == [
        "1 of 1,000 jobs, time to go not known yet",
        "51 of 1,000 jobs, time to go not known yet",
        "101 of 1,000 jobs, 100 a second, about 0:00:09 to go",
    ]


def test_quiet_work_says_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("jobs", shown=False) as tell:
        clock.now = 60.0
        tell(1, 2)
    assert capsys.readouterr().err == ""


def test_a_terminal_has_a_bar_that_is_taken_away(clock: Clock, terminal: Terminal) -> None:
    with bar(terminal, "jobs", rate=True) as tell:
        clock.now = 0.0
        tell(1, 100_000)
        clock.now = 1.9
        tell(1_000, 100_000)
        assert terminal.shown() == ""
        clock.now = 4.0
        tell(20_000, 100_000, 3)
        line = "##--------  20,000 of 100,000 jobs, 5,000 a second, 3 failed, about 0:00:16 to go"
        assert terminal.shown().removeprefix(HIDDEN).rstrip() == line
    assert terminal.shown() == TAKEN_AWAY


def test_a_bar_follows_a_total_that_grows(clock: Clock, terminal: Terminal) -> None:
    """As of a batch that cuts a large scenario into pieces, and of paths that are added until it is known."""
    with bar(terminal, "paths") as tell:
        clock.now = 4.0
        tell(100, 100)
        assert "##########  100 of 100 paths" in terminal.shown()
        clock.now = 5.0
        tell(120, 200)
        assert "######----  120 of 200 paths" in terminal.shown()


def test_a_bar_is_drawn_ten_times_a_second_at_most(clock: Clock, terminal: Terminal) -> None:
    with bar(terminal, "jobs") as tell:
        for done in range(1, 101):
            clock.now = 4.0 + done / 100
            tell(done, 1_000)
        assert terminal.shown().count(HIDDEN) == 10


def test_a_line_never_goes_beyond_the_terminal(clock: Clock, terminal: Terminal) -> None:
    """A line that does leaves its beginning behind each time, also where the terminal was wider before."""
    with bar(terminal, "jobs", rate=True) as tell:
        for columns in (100, 40, 13, 0):
            terminal.resize(columns)
            clock.now += 4.0
            tell(2_000, 100_000, 3)
            shown = terminal.shown().removeprefix(HIDDEN)
            assert len(shown) == (columns or 80) - len("^C") - 1


def test_the_bar_is_taken_away_from_work_that_is_interrupted(
    clock: Clock, terminal: Terminal
) -> None:
    with pytest.raises(KeyboardInterrupt), bar(terminal, "jobs") as tell:
        clock.now = 4.0
        tell(1, 2)
        terminal.shown()
        raise KeyboardInterrupt
    assert terminal.shown() == TAKEN_AWAY


def test_the_bar_has_no_colour(clock: Clock, terminal: Terminal) -> None:
    with bar(terminal, "jobs") as tell:
        clock.now = 4.0
        tell(1, 2)
    assert "m" not in re.findall(r"\x1b\[[^a-zA-Z]*([a-zA-Z])", terminal.shown())
