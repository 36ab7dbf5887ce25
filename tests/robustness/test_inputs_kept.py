"""No answer takes the place of what it is worked out from: such a file is refused, and stays as it was."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.batches.run import batch
from simulator.cli import cli
from tests.commands import mbdr

SCENARIOS = Path(__file__).parents[2] / "scenarios"

LINKS = {
    "link.csv": "data/people.csv",
    "form.md": "data/form-2025.csv",
    "history.txt": "data/netbenefits-like.csv",
    "results.csv": "r/results.sqlite",
}
"""Names that an answer may have, of what is read."""

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: None) -> Path:  # noqa: ARG001
    """A working folder with scenarios, what they name, and the results of a batch over a table."""
    shutil.copytree(SCENARIOS, tmp_path, dirs_exist_ok=True)
    for link, leads_to in LINKS.items():
        (tmp_path / link).symlink_to(tmp_path / leads_to)
    monkeypatch.chdir(tmp_path)
    batch("company.yaml", "r", table="data/people.csv", workers=1)
    batch("own-fund.yaml", "fund", settings=["returns.paths=2"], workers=1)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "emily.yaml", "-o", "emily.yaml"],
        ["compare", "own-fund.yaml", "-o", "data/invented-fund.csv"],
        ["ledger", "replay-deposits.yaml", "--policy", "monthly", "-o", "data/deposits-2025.csv"],
        ["check", "emily.yaml", "-o", "data/../emily.yaml"],
        [
            *("audit", "is-my-form-right.yaml", "--form", "data/form-2025.csv"),
            *("-o", "form.md"),
        ],
        [
            *("audit", "is-my-form-right.yaml", "--form", "data/form-2025.csv"),
            *("--letter", "history.txt"),
        ],
        ["compare", "-", "-o", "emily.yaml"],
        [
            *("sweep", "company.yaml", "--set", "returns.model=history"),
            *("--vary", "returns.prices=data/invented-fund.csv", "-o", "data/invented-fund.csv"),
        ],
        ["summary", "r", "-o", "data/people.csv"],
        ["summary", "r", "-o", "results.csv"],
        ["export", "r", "-o", "link.csv"],
        ["export", "r", "--sql", "SELECT 1", "-o", "company.yaml"],
        ["export", "fund", "-o", "data/invented-fund.csv"],
    ],
)
def test_a_file_that_is_read_is_not_written(arguments: list[str], place: Path) -> None:
    file = place / arguments[-1]
    before = file.read_bytes()
    stdin = os.dup(0)
    try:
        with (place / "emily.yaml").open("rb") as given:
            os.dup2(given.fileno(), 0)  # as a shell does it
            done = CliRunner().invoke(cli, arguments, input=given.read())
    finally:
        os.dup2(stdin, 0)
        os.close(stdin)
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{arguments[-1]}: the ")
    assert line.endswith("from this file; name another")
    assert file.read_bytes() == before


def test_a_batch_knows_its_table_from_another_folder_too(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place / "data")
    done = CliRunner().invoke(cli, ["export", "../r", "-o", "people.csv"])
    assert done.stderr == "people.csv: the batch is made from this file; name another\n"


def test_another_file_is_written_over_as_ever(place: Path) -> None:
    for arguments in (["compare", "emily.yaml"], ["export", "r"]):
        (place / "out.csv").write_text("before")
        assert CliRunner().invoke(cli, [*arguments, "-o", "out.csv"]).exit_code == 0
        assert (place / "out.csv").read_text() != "before"


def test_standard_output_is_no_file_that_is_read() -> None:
    done = mbdr("compare", "-", "-o", "/dev/stdout", stdin=(SCENARIOS / "emily.yaml").read_bytes())
    assert done.returncode == 0
    assert done.stdout.startswith("Emily")
