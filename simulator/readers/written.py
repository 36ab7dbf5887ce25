"""How a text of a file is written into a scenario file: plain, or in quotes where YAML needs them."""

import re

from simulator.notation.letters import visible

_PLAIN = re.compile(r"(?=.*[A-Za-z])\w(?:[\w ./$()&%-]*[\w.)%])?", re.ASCII)
_WORDS = frozenset(("true", "false", "null", "none", "yes", "no"))


def as_yaml(text: str) -> str:
    """A text as a YAML mapping in braces takes it."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    escaped = visible(text.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'
