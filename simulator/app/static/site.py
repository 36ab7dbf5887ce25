"""The whole site: the page, the runtime, the program, and the hashes of all that may be loaded."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from simulator.app.pages import page_files
from simulator.app.start import start
from simulator.app.static.libraries import program
from simulator.app.static.runtime import runtime
from simulator.notation.letters import visible
from simulator.refusal import Refused

LOCK = "lock.json"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What the page may do: run its own files and WebAssembly, and ask for nothing elsewhere."""

HEAD = '<meta charset="utf-8">'
WHERE = "Everything stays on this machine."
LIBRARIES = {"pdf": False, "xlsx": False, "pictures": False}


class NoFolder(Refused):
    """The site cannot be written where it should be."""


def site(folder: Path, wheels: Path | None = None) -> list[str]:
    """Writes the site into a folder, all of it or nothing, and gives the names of its files.

    Args:
        folder: The folder: a new one, an empty one, or an earlier site.
        wheels: A folder of a Pyodide distribution, with numpy, for scenarios of many paths.

    Raises:
        NoFolder: There is something else in the folder, or it cannot be written.
        NoRuntime, NoLibraries: Something cannot be fetched, or is another than the one that was tried.
    """
    shown = visible(str(folder))
    if folder.exists() and (
        not folder.is_dir() or not (_is_empty(folder) or (folder / LOCK).exists())
    ):
        raise NoFolder(f"{shown}: there is something else; name a new folder", "static")
    if not folder.parent.is_dir():
        raise NoFolder(f"{shown}: there is no folder {visible(str(folder.parent))}", "static")
    try:
        with tempfile.TemporaryDirectory(prefix="mbdr-", dir=folder.parent) as made:
            whole = Path(made) / "site"
            contents = _contents(Path(made), wheels)
            for name, content in contents.items():
                (whole / name).parent.mkdir(parents=True, exist_ok=True)
                (whole / name).write_bytes(content)
            if folder.exists():
                shutil.rmtree(folder)
            os.replace(whole, folder)  # noqa: PTH105
    except OSError as error:
        raise NoFolder(f"{shown}: cannot be written: {error.strerror}", "static") from None
    return sorted(contents)


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None


def _contents(folder: Path, wheels: Path | None) -> dict[str, bytes]:
    """Every file of the site, by its name."""
    python = runtime(folder)
    beginning = start()
    beginning["can"] = {**LIBRARIES, "paths": wheels is not None}
    contents = {
        **page_files(),
        **{f"runtime/{name}": content for name, content in python.files.items()},
        "start.json": json.dumps({**beginning, "folder": None, "first": None}).encode(),
        "program.zip": program(folder, wheels, python.packages),
    }
    contents["index.html"] = _page(contents["index.html"])
    for own in (files("simulator.app.static") / "browser").iterdir():
        contents[own.name] = own.read_bytes()
    lock = locked({name: one for name, one in contents.items() if name != "service-worker.js"})
    version = sha256(lock).hexdigest()[:16].encode()
    contents["service-worker.js"] = contents["service-worker.js"].replace(b"VERSION", version)
    return {**contents, LOCK: lock}


def locked(contents: Mapping[str, bytes]) -> bytes:
    """The hash of every file, as browsers check them."""
    hashes = {
        name: f"sha256-{b64encode(sha256(content).digest()).decode()}"
        for name, content in sorted(contents.items())
    }
    return json.dumps(hashes, indent=1).encode()


def _page(content: bytes) -> bytes:
    """The page with its policy, which no server of ours sends."""
    policy = f'{HEAD}\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    html = content.decode().replace(HEAD, policy)
    return html.replace(WHERE, f"{WHERE} This page runs the program itself.").encode()
