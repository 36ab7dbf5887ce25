"""The folder that the app was given: its scenario files are listed, opened and saved, nothing outside it."""

from __future__ import annotations

from pathlib import Path

from simulator.app.names import NoName, scenario_name
from simulator.files.opened import Unreadable, content, lies_within
from simulator.files.whole import write
from simulator.notation.yaml_reader import LARGEST
from simulator.refusal import Refused

MOST_LISTED = 1_000


class NoFile(Refused):
    """A file of the folder cannot be read, or written."""


def listed(folder: Path) -> list[str]:
    """The scenario files of a folder, by name."""
    names = (file.name for file in folder.iterdir() if file.is_file())
    return sorted(filter(_is_scenario, names))[:MOST_LISTED]


def _is_scenario(name: str) -> bool:
    try:
        return bool(scenario_name(name))
    except NoName:
        return False


def read(folder: Path, name: str) -> bytes:
    """A scenario file of a folder.

    Raises:
        NoName: The name is none of a scenario file.
        NoFile: It cannot be read.
    """
    file = _file(folder, name)
    try:
        return content(file, LARGEST, "a scenario")
    except Unreadable as why:
        raise NoFile(f"{name} cannot be read: {why}") from None


def save(folder: Path, name: str, text: bytes, over: bool = False) -> None:
    """Writes a scenario file into a folder, whole or not at all.

    Args:
        folder: The folder.
        name: Its name.
        text: What is in it.
        over: Whether it may take the place of one that is there.

    Raises:
        NoName: The name is none of a scenario file.
        NoFile: It is there already, too large, or cannot be written.
    """
    file = _file(folder, name)
    if len(text) > LARGEST:
        raise NoFile(f"{name} is too large: a scenario has at most {LARGEST:,} bytes")
    if file.exists() and not over:
        raise NoFile(f"{name} is there already")
    try:
        write(file, text)
    except OSError as error:
        raise NoFile(f"{name} cannot be written: {error.strerror}") from None


def _file(folder: Path, name: str) -> Path:
    plain = scenario_name(name)
    if not lies_within(plain, folder, folder):  # a link that leads out
        raise NoFile(f"{name} lies outside the folder")
    return folder / plain
