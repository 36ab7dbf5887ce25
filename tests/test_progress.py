"""Progress on standard error: nothing at first, then lines, or a bar on a terminal."""

import io

import pytest

from simulator import progress as progress_module
from simulator.progress import progress


class Clock:
    """A clock that a test moves. [s]"""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


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
        clock.now = 4.0
        tell(2_000, 100_000, 3)
        clock.now = 5.0
        tell(2_500, 100_000, 3)  # too soon after the line before
        clock.now = 200.0
        tell(100_000, 100_000, 4)
    assert capsys.readouterr().err.splitlines() == [
        "2,000 of 100,000 jobs, 500 a second, 3 failed, about 0:03:16 to go",
        "100,000 of 100,000 jobs, 500 a second, 4 failed, about 0:00:00 to go",
    ]


def test_slow_work_has_a_rate_too(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("jobs", rate=True) as tell:
        clock.now = 8.0
        tell(2, 4)
    assert capsys.readouterr().err == "2 of 4 jobs, 0.25 a second, about 0:00:08 to go\n"


def test_quiet_work_says_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("jobs", shown=False) as tell:
        clock.now = 60.0
        tell(1, 2)
    assert capsys.readouterr().err == ""


def test_a_terminal_has_a_bar_that_is_taken_away(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    with progress("jobs", rate=True) as tell:
        clock.now = 4.0
        tell(2_000, 100_000, 3)
    shown = terminal.getvalue()
    assert "2000/100000" in shown
    assert "500 a second, 3 failed" in shown
    assert shown.endswith("\x1b[2K")  # the line is wiped
