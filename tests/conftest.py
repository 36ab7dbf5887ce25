"""Settings that all tests share."""

import sys

import pytest
from hypothesis import settings

import simulator.cli as command_line
from tests.commands import ROOT, Ended, Run
from tests.how_many import SUITE

settings.load_profile(SUITE)

pytest_plugins = ["tests.browser"]

DEAREST = (
    "batches/test_disturbed.py",
    "docs/test_notebooks.py",
    "app/test_page_in_browser.py",
    "report/test_page.py",
    "report/test_page_in_browser.py",
    "robustness/test_files_that_are_none.py",
    "report/test_paper.py",
    "app/test_server.py",
    "conversion/test_laws.py",
    "robustness/test_hostile_texts.py",
    "robustness/test_fuzz.py",
    "report/test_pictures.py",
    "cli/test_commands.py",
    "robustness/test_out_of_range.py",
    "docs/test_pages_are_run.py",
    "cli/test_terminal.py",
    "batches/test_batch.py",
    "conversion/test_events_laws.py",
    "payroll/test_laws.py",
    "conversion/test_events_ledger_against_kernel.py",
    "returns/test_returns.py",
    "paths/test_compiled_against_numpy.py",
    "batches/test_cluster.py",
    "batches/test_workers.py",
    "payroll/test_against_slow_payroll.py",
)
"""The files that take longest, in that order: two processes that begin with them end together."""


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Of several processes one takes a whole file: what its tests share is made once."""
    if config.getoption("numprocesses", None) and config.option.dist == "no":
        config.option.dist = "loadscope"
        config.option.loadscopereorder = False  # by how many tests a file has, which says little


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The dearest files first."""
    rank = {ROOT / "tests" / name: place for place, name in enumerate(DEAREST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


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
