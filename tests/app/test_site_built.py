"""The site as it is built, from a registry of this test's own: what it is made of, and what is refused."""

from __future__ import annotations

import json
import subprocess
import tarfile
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256, sha512
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from simulator.app.static import libraries
from simulator.app.static.libraries import NoLibraries, of_distribution
from simulator.app.static.runtime import LOCK, TAKEN, NoRuntime, runtime
from simulator.app.static.site import NoFolder, locked, site
from tests.commands import Run

NUMPY = b"PK a wheel"
KNOWN = {"numpy": {"file_name": "numpy-9-cp314.whl", "sha256": sha256(NUMPY).hexdigest()}}
RUNTIME = dict.fromkeys(TAKEN, b"x") | {
    LOCK: json.dumps({"info": {"python": "3.14"}, "packages": KNOWN}).encode()
}


def packed(contents: Mapping[str, bytes]) -> bytes:
    """A package as npm packs it."""
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as package:
        for name, content in contents.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            package.addfile(member, BytesIO(content))
    return out.getvalue()


def wheel(folder: Path, name: str, contents: Mapping[str, str]) -> Path:
    """A wheel."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as made:
        for file, content in contents.items():
            made.writestr(file, content)
    return folder / f"{name}-py3-none-any.whl"


class Registry:
    """A registry for npm, and one for pip, which note what they are asked for.

    Args:
        folder: Where its npm stands.
        monkeypatch: Puts it in the place of the real ones.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self.asked: list[str] = []
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.setattr("sys.executable", str(folder / "python"))
        self._run = subprocess.run
        monkeypatch.setattr("subprocess.run", self._pip)
        self._patch = monkeypatch

    def has_runtime(self, contents: Mapping[str, bytes]) -> None:
        """It has the runtime that is asked for."""
        package = packed(contents)
        (self._folder / "pyodide.tgz").write_bytes(package)
        self.says_of_it(f"/bin/cp {self._folder / 'pyodide.tgz'} kept.tgz; echo kept.tgz")
        digest = b64encode(sha512(package).digest()).decode()
        self._patch.setattr("simulator.app.static.runtime.INTEGRITY", digest)

    def says_of_it(self, script: str) -> None:
        """What its npm does when it is asked for the runtime."""
        npm = self._folder / "npm"
        npm.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        npm.chmod(0o755)

    def _pip(self, command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        if "pip" not in command:
            return self._run(command, **more)
        self.asked += command
        if "unheard-of" in command:
            return subprocess.CompletedProcess(
                command, 1, "", "ERROR: no\nERROR: No matching one\n"
            )
        into = Path(command[command.index("--dest") + 1])
        if "markupsafe" in command:
            into.mkdir()
            with zipfile.ZipFile(into / "MarkupSafe-3-cp311.whl", "w") as made:
                made.writestr("markupsafe/__init__.py", "")
                made.writestr("markupsafe/_speedups.so", "")
        else:
            named = "yaml-6.dist-info/METADATA", "yaml-6.dist-info/RECORD"
            modules = ("yaml/__init__.py", "yaml/tests/test_it.py", "yaml/types.pyi")
            wheel(into, "yaml-6", dict.fromkeys(modules + named, ""))
        return subprocess.CompletedProcess(command, 0, "", "")


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    made = tmp_path / "registry"
    made.mkdir()
    return Registry(made, monkeypatch)


def test_a_site_is_the_page_the_runtime_and_the_program_each_with_its_hash(
    registry: Registry, tmp_path: Path, main: Run
) -> None:
    registry.has_runtime(RUNTIME)
    made = tmp_path / "made"
    done = main("app", "--static", made)
    assert done.status == 0, done.stderr
    files = {str(one.relative_to(made)): one for one in made.rglob("*") if one.is_file()}
    assert f"{len(files)} files for any web host" in done.stderr
    lock = json.loads(files["lock.json"].read_bytes())
    assert set(lock) == set(files) - {"lock.json", "service-worker.js"}
    for name, hashed in lock.items():
        found = b64encode(sha256(files[name].read_bytes()).digest()).decode()
        assert hashed == f"sha256-{found}", name
    assert "runtime/pyodide.mjs" in lock
    assert json.loads(files[f"runtime/{LOCK}"].read_bytes())["packages"] == {}
    html = files["index.html"].read_text("utf-8")
    assert "script-src 'self' 'wasm-unsafe-eval'" in html
    start = json.loads(files["start.json"].read_bytes())
    assert start["can"]["paths"] is False
    with zipfile.ZipFile(files["program.zip"]) as program:
        names = program.namelist()
    assert {"simulator/app/answering.py", "yaml/__init__.py", "yaml-6.dist-info/METADATA"} <= {
        *names
    }
    never = (
        "simulator/cli/",
        "simulator/app/page/",
        "simulator/batches/",
        "yaml/tests",
        "yaml/types",
    )
    assert not [name for name in names if name.startswith(never) or name.endswith("RECORD")]
    assert {"--python-version", "3.14"} <= set(registry.asked)
    assert not {"numpy", "pandas", "click"} & {name.partition(">")[0] for name in registry.asked}
    again = main("app", "--static", made)
    assert again.status == 0, "an earlier site is written anew"


def test_a_distributions_numpy_makes_many_paths_possible(
    registry: Registry, tmp_path: Path
) -> None:
    packages = {"numpy": {"file_name": "numpy-9-py3-none-any.whl", "sha256": ""}}
    there = wheel(tmp_path / "wheels", "numpy-9", {"numpy/__init__.py": ""})
    packages["numpy"]["sha256"] = sha256(there.read_bytes()).hexdigest()
    lock = json.dumps({"info": {}, "packages": packages}).encode()
    registry.has_runtime({**RUNTIME, LOCK: lock})
    site(tmp_path / "made", tmp_path / "wheels")
    assert json.loads((tmp_path / "made" / "start.json").read_bytes())["can"]["paths"] is True
    with zipfile.ZipFile(tmp_path / "made" / "program.zip") as program:
        assert "numpy/__init__.py" in program.namelist()


def test_a_site_takes_the_place_of_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NoFolder, match="there is something else"):
        site(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letters.txt"]
    with pytest.raises(NoFolder, match="there is no folder"):
        site(tmp_path / "none" / "site")


def test_where_nothing_can_be_written_it_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulator.app.static.site.runtime", full)
    with pytest.raises(NoFolder, match="cannot be written: No space left"):
        site(tmp_path / "made")
    assert not list(tmp_path.iterdir())


def test_a_runtime_that_cannot_be_had_or_is_another_than_the_one_that_was_tried_is_refused(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoRuntime, match="the runtime comes from npm, which is not here"):
        runtime(tmp_path)
    registry.says_of_it("echo no such registry >&2; exit 1")
    with pytest.raises(NoRuntime, match="cannot be fetched: no such registry"):
        runtime(tmp_path)
    registry.says_of_it("exit 1")
    with pytest.raises(NoRuntime, match="npm says nothing more"):
        runtime(tmp_path)
    registry.has_runtime({name: b"" for name in RUNTIME if name != TAKEN[0]})
    with pytest.raises(NoRuntime, match=r"has no pyodide\.mjs"):
        runtime(tmp_path)
    monkeypatch.setattr("simulator.app.static.runtime.INTEGRITY", "another")
    with pytest.raises(NoRuntime, match="is not the one that was tried"):
        runtime(tmp_path)


@pytest.mark.usefixtures("registry")
def test_a_library_that_cannot_be_fetched_is_told_in_pips_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "requires", lambda _: ["unheard-of", "click; x"])
    with pytest.raises(NoLibraries, match="cannot be fetched: ERROR: No matching one"):
        libraries.program(tmp_path, None, {})


def test_a_wheel_of_a_distribution_is_taken_with_the_hash_that_its_makers_state(
    tmp_path: Path,
) -> None:
    known = {"numpy": (KNOWN["numpy"]["file_name"], KNOWN["numpy"]["sha256"])}
    file = tmp_path / KNOWN["numpy"]["file_name"]
    with pytest.raises(NoLibraries, match="there is no numpy-9"):
        list(of_distribution(tmp_path, known))
    file.write_bytes(b"wrong")
    with pytest.raises(NoLibraries, match="is not the one that belongs"):
        list(of_distribution(tmp_path, known))
    file.write_bytes(NUMPY)
    assert list(of_distribution(tmp_path, known)) == [file]


def test_hashes_are_those_that_browsers_check() -> None:
    """Source: W3C, Subresource Integrity, section 3.1 (SHA-256 of nothing, in base64)."""
    assert json.loads(locked({"a.js": b""})) == {
        "a.js": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
