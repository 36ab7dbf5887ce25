"""A part of the JSON Schema of a scenario file, with what it refers to in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from simulator.mcp.asked import NotAsked
from simulator.notation.letters import visible
from simulator.scenario.loading import json_schema

DEEPEST = 1
"""How deep what a part refers to is told; the rest has to be asked for by its own path."""

SHAPES = ("anyOf", "oneOf", "allOf")


def described(path: str) -> dict[str, Any]:
    """The fields of a part of a scenario file, and its schema.

    Args:
        path: The part, like `plan.conversion`; the places of a list may be left out. Empty: the whole file.

    Raises:
        NotAsked: There is no such part.
    """
    parts = [part for part in path.split(".") if part and not part.isdigit()]
    found: list[Any] = [_schema()]
    for place, part in enumerate(parts):
        below = [child for one in found for child in _children(one)]
        if part not in dict(below):
            raise NotAsked(
                _unknown(part, ".".join(parts[:place]), list(dict.fromkeys(dict(below))))
            )
        found = _apart([node for name, node in below if name == part])
    fields = {name: _words(node) for one in found for name, node in _children(one)}
    told = {"path": path, "fields": fields}
    return {**told, "schema": [_written(one, DEEPEST) for one in found]} if parts else told


@cache
def _schema() -> dict[str, Any]:
    return json_schema()


def _resolved(node: Any) -> Any:
    """A part in place of what refers to it."""
    while isinstance(node, dict) and "$ref" in node:
        node = _schema()["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _children(node: Any) -> Iterator[tuple[str, Any]]:
    """The fields below a part: of each of the shapes that it may have, and of the entries of a list."""
    node = _resolved(node)
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for shape in (shape for name in SHAPES for shape in node.get(name, ())):
            yield from _children(shape)
        yield from _children(node.get("items"))


def _words(node: Any) -> str:
    """What a field is."""
    return str(node.get("description") or _resolved(node).get("description", ""))


def _apart(nodes: Sequence[Any]) -> list[Any]:
    """Parts, each once."""
    return [node for place, node in enumerate(nodes) if node not in nodes[:place]]


def _written(node: Any, depth: int) -> Any:
    """A part with what it refers to in it; what lies too deep by its name alone."""
    if isinstance(node, list):
        return [_written(one, depth) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        if depth == 0:
            rest = {name: value for name, value in node.items() if name != "$ref"}
            return {"title": node["$ref"].rpartition("/")[2], **rest}
        return _written(_resolved(node), depth - 1)
    left_out = ("$defs", "discriminator")
    return {name: _written(value, depth) for name, value in node.items() if name not in left_out}


def _unknown(part: str, around: str, names: Sequence[str]) -> str:
    near = get_close_matches(part, names, n=1)
    where = f"in {around}" if around else "at the top"
    there = f"there are {', '.join(names)}" if names else "it has none"
    hint = f"did you mean '{near[0]}'?" if near else there
    return f"path: '{visible(part)}' is no field {where}; {hint}"
