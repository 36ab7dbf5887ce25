"""Commands in processes of their own, as a user runs them."""

import os
import subprocess
import sys
from pathlib import Path

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
