"""Commands, as a user runs them: in processes of their own, or in this one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


def mbdr(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs the program as a user does, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | environment,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]
