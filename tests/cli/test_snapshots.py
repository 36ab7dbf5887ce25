"""What a command says, letter by letter: a change that nobody meant is seen here.

After a change that is meant: `RENEW_SNAPSHOTS=1 pytest tests/cli/test_snapshots.py`, and read the difference.
"""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import cli

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"
CALLS = {
    "compare.txt": "compare scenarios/emily.yaml",
    "compare-all.txt": "compare scenarios/emily.yaml --all",
    "compare.json": "compare scenarios/emily.yaml --format json",
    "compare.csv": "compare scenarios/emily.yaml --format csv",
    "compare.md": "compare scenarios/emily.yaml --format markdown",
    "uneven.txt": "compare scenarios/uneven-year.yaml --paths 1024",
    **{
        f"first-{name}.txt": f"compare scenarios/{name}.yaml"
        for name in (
            "california-couple",
            "leaving-in-august",
            "loss-year",
            "pay-stub-in-july",
            "split-rollover",
            "ten-years",
            "two-conversions-a-year",
            "worth-it-at-65",
        )
    },
    "uneven.json": "compare scenarios/uneven-year.yaml --paths 1024 --format json",
    "payroll.txt": "payroll scenarios/emily.yaml",
    "ledger.txt": "ledger scenarios/emily.yaml --policy monthly",
    "form.txt": "form scenarios/emily.yaml",
    "sweep.json": "sweep scenarios/emily.yaml --delay 0:60:15 --format json",
    "parked.txt": "compare scenarios/parked-until-december.yaml",
    "best.txt": "best scenarios/two-conversions-a-year.yaml",
    "elect.txt": "elect scenarios/elect-in-july.yaml",
    "elect.json": "elect scenarios/elect-in-july.yaml --format json",
    "audit.txt": "audit scenarios/is-my-form-right.yaml --form scenarios/data/form-2025.csv",
    "audit.json": "audit scenarios/is-my-form-right.yaml --form scenarios/data/form-2025.csv --format json",
    "check.txt": "check scenarios/emily.yaml",
    "remind.txt": "remind scenarios/emily.yaml --policy monthly",
    "remind.ics": "remind scenarios/emily.yaml --policy monthly",
}


@pytest.mark.parametrize("name", CALLS)
def test_a_command_says_what_it_said(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")  # 2025-01-01, 0:00 UTC
    file = tmp_path / name
    done = CliRunner().invoke(cli, [*CALLS[name].split(), "-o", str(file)])
    assert done.exit_code == 0, done.output
    snapshot = SNAPSHOTS / name
    if os.environ.get("RENEW_SNAPSHOTS"):
        snapshot.write_bytes(file.read_bytes())
    assert file.read_bytes() == snapshot.read_bytes()


@pytest.mark.parametrize("name", [one for one in CALLS if one.startswith("first-")])
def test_a_first_answer_is_one_screen(name: str) -> None:
    lines = (SNAPSHOTS / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


def test_there_is_no_snapshot_without_its_call() -> None:
    assert sorted(CALLS) == sorted(file.name for file in SNAPSHOTS.iterdir())
