"""What the app's function says where something is missing, and what a site is not made of."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from simulator.app.static.libraries import NoLibraries, of_distribution
from simulator.app.static.runtime import NoRuntime, runtime
from simulator.app.static.site import NoFolder, locked, site
from tests.app.running import SCENARIOS
from tests.commands import ROOT

WITHOUT = """
import sys
sys.modules["numpy"] = None
from simulator.app.answering import answer
said = answer("compare", sys.stdin.buffer.read())
sys.stdout.write(f"{said.status} {said.content.decode()}")
"""


def test_a_library_that_is_missing_is_a_sentence_and_the_even_return_an_offer() -> None:
    """As in a browser, for which nobody publishes numpy."""
    text = (SCENARIOS / "uneven-year.yaml").read_text("utf-8")
    body = json.dumps({"text": text}).encode()
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], input=body, cwd=ROOT, capture_output=True, check=True
    )
    status, _, said = done.stdout.decode().partition(" ")
    (mistake,) = json.loads(said)["mistakes"]
    assert status == "422"
    assert "need the library numpy" in mistake["words"]
    assert mistake["offer"]["path"] == ["returns", "model"]


def test_a_site_takes_the_place_of_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NoFolder, match="there is something else"):
        site(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letters.txt"]
    with pytest.raises(NoFolder, match="there is no folder"):
        site(tmp_path / "none" / "site")


def test_another_runtime_than_the_one_that_was_tried_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "pyodide.tgz"
    with tarfile.open(packed, "w:gz") as package:
        package.addfile(tarfile.TarInfo("package/pyodide.mjs"), BytesIO())
    monkeypatch.setattr("simulator.app.static.runtime._packed", lambda _: packed)
    with pytest.raises(NoRuntime, match="is not the one that was tried"):
        runtime(tmp_path)


def test_a_wheel_of_a_distribution_is_taken_with_the_hash_that_its_makers_state(
    tmp_path: Path,
) -> None:
    wheel = tmp_path / "numpy-9-cp314.whl"
    known = {"numpy": (wheel.name, sha256(b"right").hexdigest())}
    with pytest.raises(NoLibraries, match="there is no numpy-9"):
        list(of_distribution(tmp_path, known))
    wheel.write_bytes(b"wrong")
    with pytest.raises(NoLibraries, match="is not the one that belongs"):
        list(of_distribution(tmp_path, known))
    wheel.write_bytes(b"right")
    assert list(of_distribution(tmp_path, known)) == [wheel]


def test_hashes_are_those_that_browsers_check() -> None:
    """Source: W3C, Subresource Integrity, section 3.1 (SHA-256 of nothing, in base64)."""
    assert json.loads(locked({"a.js": b""})) == {
        "a.js": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
