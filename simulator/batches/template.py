"""A template: the document under many rows, parsed once, and its groups that no row changes, checked once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from simulator.notation.yaml_document import Document, document
from simulator.scenario.scenario import Scenario

GROUPS = ("limits", "plan", "policies", "taxes")
"""The groups that may be shared: there is much in them, and no name of a file that may change meanwhile."""

MOST_KEPT = 64
"""Documents that are kept, and the groups of so many."""

Groups = dict[str, Any]


@lru_cache(maxsize=MOST_KEPT)
def parsed(content: bytes, source: str, settings: tuple[str, ...] = ()) -> Document:
    """A document that jobs share, with what is set in every one alike; none of them may change it.

    Raises:
        Mistakes: It, or a setting, cannot be read.
    """
    read = document(content, source)
    for assignment in settings:
        read.set(assignment)
    return read


@lru_cache(maxsize=MOST_KEPT)
def checked_groups(
    content: bytes,  # noqa: ARG001
    source: str,  # noqa: ARG001
    settings: tuple[str, ...],  # noqa: ARG001
    changed: frozenset[str],  # noqa: ARG001
) -> Groups:
    """The groups that the rows of a template share; none at first, until `share` puts them there.

    Args:
        content: The bytes of the template.
        source: Its name.
        settings: What is set in every job alike.
        changed: The fields at the top that the rows and the grid change.
    """
    return {}


def share(groups: Groups, scenario: Scenario, changed: Iterable[str]) -> None:
    """Keeps the groups of a scenario that is right for the rows that change none of them."""
    given = scenario.model_fields_set.difference(changed)
    groups |= {name: getattr(scenario, name) for name in GROUPS if name in given}


def document_with(
    content: bytes, source: str, settings: tuple[str, ...], groups: Mapping[str, Any]
) -> Document:
    """A document of its own, to be changed, with some groups as they were checked.

    Raises:
        Mistakes: It, or a setting, cannot be read.
    """
    shared = parsed(content, source, settings)
    data = shared.data
    if groups:
        data = {name: value for name, value in data.items() if name not in groups}
    data = deepcopy(data)
    if groups:
        data |= groups
    return Document(source, data, dict(shared.places), dict(shared.keys), list(shared.mistakes))


class _Group:
    """A group of a scenario, which is another one's only where it is the very same: as `share` has it."""

    def __init__(self, scenario: Scenario, name: str) -> None:
        self.scenario, self.name, self.value = scenario, name, getattr(scenario, name)

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Group) and self.name == other.name and self.value is other.value


@lru_cache(maxsize=MOST_KEPT)
def _written(group: _Group) -> str:
    return json.dumps(group.scenario.model_dump(mode="json", by_alias=True, include={group.name}))


def written(scenario: Scenario) -> tuple[dict[str, Any], list[str]]:
    """A scenario as JSON has it: the groups that jobs do not share, and as texts those that they may."""
    own = scenario.model_dump(mode="json", by_alias=True, exclude=set(GROUPS))
    return own, [_written(_Group(scenario, name)) for name in GROUPS]


def top(assignment: str) -> str:
    """The field at the top that a dotted name, or an assignment to it, is a part of."""
    return assignment.partition("=")[0].partition(".")[0]
