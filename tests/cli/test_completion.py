"""The shell completes commands, options, files, and the policies of the scenario on the line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import COMMANDS

ROOT = Path(__file__).parents[2]
EMILY = "scenarios/emily.yaml"


def completed(line: str) -> list[str]:
    """What bash is offered for the last word of a line: kind and value."""
    words = line.split(" ")
    environment = os.environ | {
        "_MBDR_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    return run(environment).split()


def run(environment: dict[str, str]) -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name("mbdr")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str) -> None:
    script = run(os.environ | {"_MBDR_COMPLETE": f"{shell}_source"})
    assert "_MBDR_COMPLETE" in script
    assert "mbdr" in script


def test_commands_are_completed() -> None:
    assert completed("mbdr ") == [f"plain,{name}" for name in COMMANDS]
    assert completed("mbdr comp") == ["plain,compare"]


def test_options_are_completed() -> None:
    assert "plain,--policy" in completed(f"mbdr ledger {EMILY} --p")


def test_a_scenario_is_completed_as_a_file() -> None:
    assert completed("mbdr compare scen") == ["file,scen"]


def test_policies_are_those_of_the_scenario() -> None:
    assert completed(f"mbdr ledger {EMILY} --policy per") == [
        "plain,per-paycheck",
        "plain,per-paycheck+3d",
        "plain,per-paycheck+30d",
    ]


@pytest.mark.parametrize("file", ["no-such-file.yaml", "README.md"])
def test_a_file_that_cannot_be_read_offers_no_policies(file: str) -> None:
    assert completed(f"mbdr ledger {file} --policy m") == []


def test_a_label_that_would_steer_the_terminal_is_not_offered(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    labels = '[{cadence: monthly, label: "m\\e[31m"}, {cadence: year-end, label: "m\xe9"}]'
    file.write_text(
        f"name: x\nyears: 2025\nbirth_year: 1997\npolicies: {labels}\n"
        "pay: {salary: 1, frequency: monthly}\n",
        encoding="utf-8",
    )
    assert completed(f"mbdr ledger {file} --policy m") == ["plain,m\xe9"]


def test_fields_are_completed_after_the_options_that_take_them() -> None:
    assert "plain,pay.salary=" in completed(f"mbdr compare {EMILY} --set pay.")
    assert completed(f"mbdr sweep {EMILY} --vary returns.vol") == ["plain,returns.volatility="]
    assert completed("mbdr batch x.yaml --grid policies.0.d") == [
        "plain,policies.0.day=",
        "plain,policies.0.delay=",
        "plain,policies.0.dates=",
    ]
    assert "plain,name=" in completed("mbdr batch x.yaml --set na")
