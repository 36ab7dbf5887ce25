"""The names of the fields of a scenario: completed while somebody types, told where one stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, get_args, get_origin

from simulator.notation.specification import Specification
from simulator.scenario.groups import models_at, models_in
from simulator.scenario.question import Question


class FieldName(NamedTuple):
    """A field.

    Attributes:
        name: Its name from the top of a file, like `pay.salary`.
        words: What it is, with its unit.
    """

    name: str
    words: str


def field_names(begun: str = "") -> list[FieldName]:
    """The fields whose names begin so; those of a list's entries once its place is written.

    Args:
        begun: The beginning of a name, like `pay.s` or `policies.0.`.
    """
    around = begun.rpartition(".")[0]
    loc = tuple(around.split(".")) if around else ()
    models = models_at(loc, Question)
    if around and models == [Question]:  # there is no such group
        return []
    fields = _below(models, f"{around}." if around else "")
    return [
        FieldName(name, words) for name, words in dict(fields).items() if name.startswith(begun)
    ]


def _below(
    models: Sequence[type[Specification]], before: str, around: frozenset[object] = frozenset()
) -> Iterator[tuple[str, str]]:
    """The fields of some classes that may stand in one place, groups with theirs.

    Where a class holds one like itself (`returns.after_tax`), that one is told without its fields.
    """
    around |= {*models}
    for model in models:
        for python_name, field in model.model_fields.items():
            name = f"{before}{field.alias or python_name}"
            inner = [] if _is_list(field.annotation) else list(models_in(field.annotation))
            if inner and around.isdisjoint(inner):
                yield from _below(inner, f"{name}.", around)
            else:
                yield name, field.description or ""


def _is_list(annotation: Any) -> bool:
    """Whether a field holds entries, and no group of fields of its own."""
    if get_origin(annotation) in (tuple, list, dict):
        return True
    return any(map(_is_list, get_args(annotation)))
