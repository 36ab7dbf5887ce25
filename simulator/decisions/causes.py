"""What changed between two answers to one question: the file, what overrides it, the law, the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.law.edition import law_digest
from simulator.notation.letters import visible
from simulator.notation.wording import shown

CAUSES = {
    "file": "the scenario file",
    "settings": "what overrides the file (--set)",
    "data": "a file that the scenario names",
    "paths": "how many paths were asked for",
    "law": "the law's tables",
    "program": "the program",
}
"""What may have changed, in words."""

DRAWN = ("model", "paths", "seed")
"""What an answer says of its paths."""

Change = tuple[str, str]
"""What something was, and what it is."""


def changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Change]]:
    """What of the question, the law and the program is not as it was, as far as an answer says; by `CAUSES`.

    Args:
        was: An answer in the shape of its JSON, or a part of one.
        now: The answer of today.
    """
    before, after = part(was, "scenario"), now["scenario"]
    files, named = part(before, "files"), after.get("files", {})
    drawn, drawn_now = part(was, "simulator"), now["simulator"]
    same_file = before.get("sha256", after["sha256"]) == after["sha256"]
    same_settings = not before or before.get("settings", []) == after.get("settings", [])
    if not same_file:
        yield "file", (_short(before["sha256"]), _short(after["sha256"]))
    if not same_settings:
        yield "settings", (_set(before.get("settings")), _set(after.get("settings")))
    if changed := [name for name in files if files[name] != named.get(name, files[name])]:
        yield "data", (_listed(changed, files), _listed(changed, named))
    asked = [name for name in DRAWN if drawn.get(name, drawn_now[name]) != drawn_now[name]]
    if asked and same_file and same_settings:
        yield "paths", (_listed(asked, drawn), _listed(asked, drawn_now))
    law = part(drawn, "law")
    if law and law.get("sha256") != (today := _law_now(law)):
        yield "law", (_short(law.get("sha256")), _short(today))
    if drawn.get("version", drawn_now["version"]) != drawn_now["version"]:
        yield "program", (shown(drawn["version"]), shown(drawn_now["version"]))


def part(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What stands in a record under a name; nothing where that is no record."""
    found = record.get(name)
    return found if isinstance(found, Mapping) else {}


def _law_now(law: Mapping[str, Any]) -> str:
    """The hash of what the law says today of what an answer rested on; empty where it does not say what."""
    match law:
        case {"years": [int(first), int(last)]}:
            of = (law.get("status"), law.get("state"))
            return law_digest(first, last, *(one if isinstance(one, str) else None for one in of))
    return ""


def _short(digest: object) -> str:
    return visible(str(digest))[:12]


def _listed(names: Sequence[str], record: Mapping[str, Any]) -> str:
    return ", ".join(f"{visible(name)} {_short(record.get(name))}" for name in names)


def _set(settings: object) -> str:
    return shown(settings) if settings else "nothing"
