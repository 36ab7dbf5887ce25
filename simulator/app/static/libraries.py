"""The program and its libraries as one archive, which the browser's Python unpacks at once."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import requires
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

from simulator.app.static.runtime import ABI, PLATFORM, PYTHON
from simulator.refusal import Refused

OURS = "mbdr-simulator"

NOT_THERE = ("numpy", "pandas", "matplotlib", "click")
"""What the page does without: nobody publishes the first three for browsers; it has no command line."""

OPTIONAL_C = ("markupsafe",)
"""Libraries that have compiled parts only for speed: their Python alone does."""

LEFT_OUT = ("cli", "__pycache__", "server", "static", "batches", "compiled")
"""Of the program, what the page never asks for."""

OFTEN = ("numpy",)
"""What a Pyodide distribution has, and many paths need."""

WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the same files give the same bytes."""


class NoLibraries(Refused):
    """A library cannot be fetched, or is another than the one that fits."""


def program(folder: Path, wheels: Path | None, known: Mapping[str, tuple[str, str]]) -> bytes:
    """The archive.

    Args:
        folder: Where wheels are fetched to.
        wheels: A folder of a Pyodide distribution, with numpy; None without.
        known: The libraries of that distribution: file name and SHA-256, by name.

    Raises:
        NoLibraries: A library cannot be fetched, or is another than the one that fits.
    """
    contents = dict(_own())
    for wheel in (*_fetched(folder), *of_distribution(wheels, known)):
        contents.update(_unpacked(wheel))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(contents):
            archive.writestr(zipfile.ZipInfo(name, WHEN), contents[name], zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def _own() -> Iterator[tuple[str, bytes]]:
    """The files of this program, but for what the page never asks for."""
    yield from _below(files("simulator"), "simulator")


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.name in LEFT_OUT or (path == "simulator/app" and one.name == "page"):
            continue
        if one.is_dir():
            yield from _below(one, f"{path}/{one.name}")
        else:
            yield f"{path}/{one.name}", one.read_bytes()


def _fetched(folder: Path) -> list[Path]:
    """The wheels of the libraries: pip finds those that fit, and checks their hashes."""
    named = [one for one in requires(OURS) or () if ";" not in one or "emscripten" in one]
    wanted = [one.partition(";")[0].strip() for one in named]
    wanted = [one for one in wanted if re.split(r"[^\w.-]", one, maxsplit=1)[0] not in NOT_THERE]
    pure = folder / "pure"
    for name in OPTIONAL_C:
        _pip(folder / "compiled", name, "--no-deps")
        pure.mkdir(exist_ok=True)
        for wheel in (folder / "compiled").glob("*.whl"):
            _without_c(wheel, pure)
    fits = (
        "--python-version",
        PYTHON,
        "--implementation",
        "cp",
        "--abi",
        ABI,
        "--platform",
        PLATFORM,
    )
    _pip(folder / "wheels", *wanted, *fits, "--find-links", str(pure))
    return sorted((folder / "wheels").glob("*.whl"))


def _pip(folder: Path, *arguments: str) -> None:
    command = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet")
    done = subprocess.run(
        [*command, "--only-binary", ":all:", "--dest", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoLibraries(f"a library cannot be fetched: {done.stderr.strip().splitlines()[-1]}")


def _without_c(wheel: Path, folder: Path) -> None:
    """Writes a wheel anew without its compiled parts, under a name that fits every Python."""
    name, version, *_ = wheel.name.split("-")
    with (
        zipfile.ZipFile(wheel) as full,
        zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as pure,
    ):
        for one in full.namelist():
            if not one.endswith((".so", ".pyd", ".c")):
                pure.writestr(one, full.read(one))


def of_distribution(wheels: Path | None, known: Mapping[str, tuple[str, str]]) -> Iterator[Path]:
    """The wheels of a Pyodide distribution that its makers list, with the hashes that they state."""
    for name in OFTEN if wheels is not None else ():
        assert wheels is not None
        file, digest = known[name]
        wheel = wheels / file
        if not wheel.is_file():
            raise NoLibraries(f"there is no {file} in it", "wheels")
        if sha256(wheel.read_bytes()).hexdigest() != digest:
            raise NoLibraries(f"{file} is not the one that belongs to this Pyodide", "wheels")
        yield wheel


def _unpacked(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """The modules of a wheel, without its tests and its description."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            parts = name.split("/")
            if "tests" in parts or name.endswith(("/", ".pyi", ".po", ".mo", ".pot")):
                continue
            if parts[0].endswith(".dist-info") and parts[-1] != "METADATA":
                continue
            yield name, archive.read(name)
