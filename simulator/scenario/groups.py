"""The classes of a scenario that stand in a place of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from simulator.notation.specification import Specification


def models_in(annotation: Any) -> Iterator[type[Specification]]:
    """The classes of a scenario that an annotation names, not those that they hold in turn."""
    if isinstance(annotation, type) and issubclass(annotation, Specification):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from models_in(inner)


def models_at(loc: tuple[int | str, ...], root: type[Specification]) -> list[type[Specification]]:
    """The classes that may stand at a location."""
    models = [root]
    for part in loc:
        below = [
            model
            for outer in models
            for name, field in outer.model_fields.items()
            if part in (name, field.alias)
            for model in models_in(field.annotation)
        ]
        tagged = [model for model in models if _default_tag(model) == part]
        models = below or tagged or models
    return models


def _default_tag(model: type[Specification]) -> object:
    field = model.model_fields.get("model") or model.model_fields.get("kind")
    return field.default if field else None
