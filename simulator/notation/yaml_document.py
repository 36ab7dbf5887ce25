"""A YAML file as plain values, which assignments like `pay.salary=180_000` override."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulator.notation.mistakes import Argument, Mistake, Mistakes, Path, Place, dotted, short
from simulator.notation.wording import NO_VALUE
from simulator.notation.yaml_reader import DEEPEST, Contents, fill, has_half_letters, text_in

LONGEST_NAME = 200
"""Letters of the dotted name of a field."""

_DIGITS = re.compile(r"0|[1-9][0-9]{0,6}")
"""A place in a list; no file of this size has more entries."""


def is_field(name: str) -> bool:
    """Whether a name may be that of a field: parts with dots between them, none empty."""
    parts = name.split(".")
    return (
        all(parts)
        and len(name) <= LONGEST_NAME
        and len(parts) <= DEEPEST
        and not has_half_letters(name)
    )


def in_force(assignments: Iterable[str]) -> list[str]:
    """The assignments that no later one writes over: of a field, or of the group around it."""
    kept: dict[str, str] = {}
    for assignment in assignments:
        field = assignment.partition("=")[0].strip()
        kept = {name: one for name, one in kept.items() if not f"{name}.".startswith(f"{field}.")}
        kept[field] = assignment
    return list(kept.values())


@dataclass
class Document(Contents):
    """A file's values, which assignments override as if they stood in it."""

    def set(self, assignment: str, option: str = "--set") -> None:
        """Applies `path.to.field=value`; the value is read like one in the file.

        Args:
            assignment: The field and its value.
            option: Where it was written, for its mistakes: an option, or the name of an argument; empty where
                it is one itself.

        Raises:
            Mistakes: The assignment cannot be read, or runs through something that has no fields.
        """
        name, equals, text = str(assignment).partition("=")
        before = f"{option} " if option else ""
        written_as = Argument if isinstance(option, Argument) else str
        place = Place(written_as(before + name))
        if not equals or not is_field(name):
            written = Place(written_as(before + short(str(assignment), LONGEST_NAME)))
            wrong = f"write it like {before}pay.salary=180_000"
            raise Mistakes([Mistake(written, (), wrong)])
        if has_half_letters(text):
            raise Mistakes([Mistake(place, (), "the value is not UTF-8")])
        self.put(name, value_in(text, place, tuple(name.split("."))), place)

    def put(self, name: str, value: Any, place: Place) -> None:
        """Puts a value at `path.to.field`, as if it stood in the file at a place, with the groups around it.

        Raises:
            Mistakes: The path runs through something that has no fields.
        """
        *around, last = name.split(".")
        if not isinstance(self.data, dict):
            self.data = {}
        node: Any = self.data
        path: Path = ()
        for part in around:
            path = (*path, _key(node, part, path, place))
            node = self._group(node, path, place)
        path = (*path, _key(node, last, path, place))
        for known in [known for known in self.places if known[: len(path)] == path]:
            del self.places[known]
            self.keys.pop(known, None)
        _assign(node, path[-1], value)
        self.places[path] = self.keys[path] = place

    def _group(self, node: Any, path: Path, place: Place) -> Any:
        """What stands in a node at the end of a path; fields to come where nothing does."""
        below = _value_at(node, path[-1])
        if below is None:
            below = {}
            _assign(node, path[-1], below)
            self.places[path] = self.keys[path] = place
        if not isinstance(below, dict | list):
            wrong = f"{dotted(path)} is '{short(str(below))}'; assign all of it at once"
            raise Mistakes([Mistake(place, (), wrong)])
        return below


def _key(node: Any, name: str, around: Path, place: Place) -> str | int:
    """The key or the list place that a name stands for in a node. Raises `Mistakes` where there is none."""
    if isinstance(node, dict):
        return name
    if _DIGITS.fullmatch(name) and int(name) <= len(node):
        return int(name)
    wrong = f"{dotted(around)} is a list of {len(node)}; write a place from 0 to {len(node)}"
    raise Mistakes([Mistake(place, (), wrong)])


def _value_at(node: Any, key: str | int) -> Any:
    """What stands at a key or a list place of a node; None where nothing does."""
    if isinstance(node, dict):
        return node.get(key)
    return node[key] if key in range(len(node)) else None


def _assign(node: Any, key: str | int, value: Any) -> None:
    """Puts a value into a node; the place after the last of a list makes it longer."""
    if isinstance(node, list) and key == len(node):
        node.append(value)
    else:
        node[key] = value


def document(content: bytes, source: str) -> Document:
    """Reads a file's bytes.

    Raises:
        Mistakes: It is no readable text, or no YAML of the kind that is taken here.
    """
    read = Document(source)
    fill(read, text_in(content, source))
    return read


def value_in(text: str, place: Place, field: Path = ()) -> Any:
    """The value that a text stands for, read like one in a file.

    Args:
        text: What was written outside a scenario file: in an option, or in the cell of a table.
        place: Where.
        field: The field that it is for: what is wrong in a part of it is told with the name of the part.

    Raises:
        Mistakes: It cannot be read; each is at that place, whatever line and column of the text it is in.
    """
    try:
        read = document(text.encode(), place.source)
        faults = read.mistakes
        if field and () not in read.places:
            faults = [Mistake(place, (), f"{dotted(field)}: {NO_VALUE}")]
    except Mistakes as mistakes:
        faults = mistakes.mistakes
    if faults:
        raise Mistakes(
            Mistake(place, fault.path and (*field, *fault.path), fault.message) for fault in faults
        )
    return read.data
