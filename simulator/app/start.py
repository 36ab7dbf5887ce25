"""What the page begins with: the schema that its form is made of, and scenarios to start from."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from simulator.app.asked import FEW_PATHS
from simulator.app.names import NoName, plain_name
from simulator.files.opened import Unreadable, content
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.yaml_document import document
from simulator.notation.yaml_reader import LARGEST
from simulator.scenario.loading import json_schema, load
from simulator.version import __version__

ARCHETYPES = ("automatic", "by-hand", "twice-a-year", "roth-ira", "no-conversions", "pay-stub")
"""How plans go about it, in the order of the page; each is a scenario file beside this one."""

LIBRARIES = {"pdf": "weasyprint", "xlsx": "openpyxl", "pictures": "matplotlib", "paths": "numpy"}
"""What can be had only where a library is installed, and which."""

LARGEST_FILE = 4 << 20
"""Bytes of a file that a scenario names, as the page sends it."""


def start() -> dict[str, Any]:
    """What the page begins with, the same for everyone."""
    return {
        "version": __version__,
        "schema": json_schema(),
        "archetypes": list(archetypes()),
        "few": FEW_PATHS,
        "can": {name: _is_there(library) for name, library in LIBRARIES.items()},
    }


def _is_there(library: str) -> bool:
    return find_spec(library) is not None


def archetypes() -> Iterator[dict[str, str]]:
    """Each scenario to start from; its first line is a comment that says what such a plan does."""
    folder = files("simulator.app") / "archetypes"
    for key in ARCHETYPES:
        text = (folder / f"{key}.yaml").read_text("utf-8")
        title, _, words = text.partition("\n")[0].removeprefix("# ").partition(": ")
        yield {"key": key, "title": title, "words": words, "text": text.partition("\n")[2]}


def opened(path: Path) -> dict[str, Any]:
    """A scenario file that the page shows first, with the files that it names.

    Raises:
        Mistakes: It cannot be read, or is no text.
    """
    try:
        read = content(path, LARGEST, "a scenario")
    except Unreadable as why:
        raise Mistakes([Mistake(Place(str(path)), (), str(why))]) from None
    document(read, str(path))
    return {"name": path.name, "text": read.decode("utf-8-sig"), "files": dict(_named(path))}


def _named(path: Path) -> Iterator[tuple[str, str]]:
    """The files that a scenario names, as base64; none of one that is wrong, which the page will say."""
    try:
        for file in load(path).files_read():
            name = file.relative_to(path.parent).as_posix()
            yield str(plain_name(name)), b64encode(content(file, LARGEST_FILE, "it")).decode()
    except (Mistakes, NoName, Unreadable, ValueError):
        return
