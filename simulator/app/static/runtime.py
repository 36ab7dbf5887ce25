"""Python for the browser: Pyodide's runtime, as npm has it, and only the one that was tried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from base64 import b64encode
from hashlib import sha512
from pathlib import Path
from typing import Any, NamedTuple

from simulator.refusal import Refused

PACKAGE = "pyodide@314.0.7"
INTEGRITY = (
    "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
"""The SHA-512 of that package, in base64."""

PYTHON, ABI, PLATFORM = "3.14", "cp314", "pyemscripten_2026_0_wasm32"
"""What its Python is, as the wheels name it that fit."""

TAKEN = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"

MISSING = "the runtime comes from npm, which is not here: pip install 'mbdr-simulator[static]'"


class NoRuntime(Refused):
    """Python for the browser cannot be had, or is another one."""


class Runtime(NamedTuple):
    """The runtime.

    Attributes:
        files: What is in its files, by name.
        packages: The libraries that its makers have built for it: file name and SHA-256, by name.
    """

    files: dict[str, bytes]
    packages: dict[str, tuple[str, str]]


def runtime(folder: Path) -> Runtime:
    """Fetches the runtime into a folder.

    Raises:
        NoRuntime: There is no npm, the package cannot be fetched, or it is not the one that was tried.
    """
    found = sha512(content := _packed(folder).read_bytes()).digest()
    if b64encode(found).decode() != INTEGRITY:
        raise NoRuntime(f"{PACKAGE} is not the one that was tried ({len(content):,} bytes)")
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        read = {name: _member(package, name) for name in (*TAKEN, LOCK)}
    lock = json.loads(read[LOCK])
    packages = {name: (one["file_name"], one["sha256"]) for name, one in lock["packages"].items()}
    alone: dict[str, Any] = {"info": lock["info"], "packages": {}}
    return Runtime({**read, LOCK: json.dumps(alone).encode()}, packages)


def _packed(folder: Path) -> Path:
    """The package as npm packs it."""
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    if (npm := shutil.which("npm", path=beside)) is None:
        raise NoRuntime(MISSING)
    done = subprocess.run(
        [npm, "pack", PACKAGE, "--silent"],
        cwd=folder,
        env=os.environ | {"PATH": beside},
        capture_output=True,
        text=True,
        check=False,
    )
    packed = folder / done.stdout.strip().splitlines()[-1] if done.stdout.strip() else folder
    if done.returncode or not packed.is_file():
        why = done.stderr.strip().splitlines()[-1:] or ["npm says nothing more"]
        raise NoRuntime(f"{PACKAGE} cannot be fetched: {why[0]}")
    return packed


def _member(package: tarfile.TarFile, name: str) -> bytes:
    try:
        member = package.extractfile(f"package/{name}")
        assert member is not None, "a plain file"
        return member.read()
    except KeyError:
        raise NoRuntime(f"{PACKAGE} has no {name}") from None
