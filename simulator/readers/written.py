"""How what a file leaves open is said: in a scenario that names the file, by options, or by arguments."""

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Literal

from simulator.notation.letters import visible

_PLAIN = re.compile(r"(?=.*[A-Za-z])\w(?:[\w ./$()&%-]*[\w.)%])?", re.ASCII)
_WORDS = frozenset(("true", "false", "null", "none", "yes", "no"))

Asked = Literal["scenario", "options", "arguments"]
"""Who asks for a file: a scenario that names it, `mbdr read`, or `simulator.read`."""

Where = Mapping[str, Sequence[str]]
"""Columns, and the values of each of which rows are taken."""


def as_yaml(text: str) -> str:
    """A text as a YAML mapping in braces takes it."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    escaped = visible(text.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'


def order_said(asked: Asked, file: str) -> str:
    """How the month is said to come first in the dates of a file."""
    match asked:
        case "options":
            return "--dates month-first"
        case "arguments":
            return 'dates="month-first"'
    return f"{{file: {as_yaml(file)}, dates: month-first}}"


def column_said(asked: Asked, file: str, thing: str, name: str) -> str:
    """How a column of a file is said to be a thing."""
    match asked:
        case "options":
            return f"--map {_quoted(f'{name}={thing}')}"
        case "arguments":
            return f"mapping={{{visible(repr(name))}: {thing!r}}}"
    return f"{{file: {as_yaml(file)}, {thing}: {as_yaml(name)}}}"


def rows_said(asked: Asked, file: str, where: Where) -> str:
    """How rows of a file are taken by the values of its columns."""
    match asked:
        case "options":
            pairs = [f"{name}={value}" for name, values in where.items() for value in values]
            return " ".join(f"--where {_quoted(pair)}" for pair in pairs)
        case "arguments":
            return f"where={visible(repr({name: list(values) for name, values in where.items()}))}"
    taken = ", ".join(
        f"{as_yaml(name)}: [{', '.join(map(as_yaml, values))}]" for name, values in where.items()
    )
    return f"{{file: {as_yaml(file)}, where: {{{taken}}}}}"


def _quoted(text: str) -> str:
    """A text as a shell takes it: in double quotes, where nothing in it has a meaning there."""
    return f'"{text}"' if not set(text) & set('"$`\\!') else visible(shlex.quote(text))
