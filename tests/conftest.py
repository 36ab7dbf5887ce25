"""Settings that all tests share."""

import sys

import pytest
from hypothesis import settings

import simulator.cli as command_line
from tests.commands import Ended, Run

settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Of several processes one takes a whole file: what its tests share is made once."""
    if config.getoption("numprocesses", None) and config.option.dist == "no":
        config.option.dist = "loadscope"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers of a batch are this process, where it is not they that are tried: none is started."""
    from tests.batches import Here

    monkeypatch.setattr("simulator.batches.run.Processes", Here)


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, as `main` does; what is no line for the user is raised."""

    def leave(status: int) -> None:
        raise SystemExit(status)

    monkeypatch.setattr(command_line, "_leave", leave)

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["mbdr", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, *capsys.readouterr())

    return run
