"""What is wrong with a field, explained: pydantic's errors as lines for the person who wrote the file."""

from typing import Any

from pydantic_core import ErrorDetails

from simulator.notation.fields import Specification
from simulator.notation.mistakes import Mistake
from simulator.notation.mistakes import Path as Where
from simulator.notation.wording import NO_VALUE, meant, shown, suggestion
from simulator.notation.yaml_document import Document
from simulator.scenario.field_names import field_names
from simulator.scenario.groups import models_at

KINDS = ("model_type", "dict_type", "model_attributes_type", "tuple_type", "list_type")
"""The errors of a value that is of no kind that is taken."""

ASKED_FOR = {
    "wealth.outside_return": "required; say what money outside the plan earns after tax, for instance 4%"
}
"""What is said of a missing field for which no value is an ordinary one."""

NO_AMOUNT = "; a policy takes all that is there; dollars that were really converted are rows of conversions: "
INSTEAD: dict[tuple[str | int, ...], str] = {
    ("policies", "amount"): f"{NO_AMOUNT}FILE.csv, with columns date,amount"
}
"""Where what is looked for under a group has another place."""

SELDOM = ("so_far.", "acp.")
"""Groups that are meant less often than others."""

MOST_LIKELY = 3
"""Fields of a name that are told where it stands in a group that has none of it."""

NO_MODEL = ("union_tag_invalid", "union_tag_not_found")
NO_FIELD = ("unknown key", "is not there")
"""How a mistake begins that is one of the field, whatever is put there."""


def explained(details: ErrorDetails, read: Document, root: type[Specification]) -> Mistake:
    """One error, placed in the file and worded for the person who wrote it.

    Args:
        details: What pydantic found.
        read: The file.
        root: The class of the whole file.
    """
    path = faulty_field(details, read.data)
    nothing = details["input"] is None and details["type"] in KINDS
    if details["type"] == "union_tag_not_found" and path[0] == "events" and details["input"]:
        hint = "is missing; write for example kind: withdrawal"
        return Mistake(read.place(path), path, hint)
    if nothing or details["type"] == "union_tag_not_found":
        return Mistake(read.place(path), path, NO_VALUE)
    match details["type"]:
        case "missing":
            message = ASKED_FOR.get(
                ".".join(map(str, path)), f"is missing; write for example {_example(path, root)}"
            )
        case "extra_forbidden":
            known = _known_keys(details["loc"][:-1], root)
            other = INSTEAD.get((path[0], path[-1]), "")
            other = "; another model's fields go with it" if path[0] == "returns" else other
            hint = ("" if other else _elsewhere(path)) or meant(path[-1], known)
            message = f"unknown key {shown(path[-1])}{hint} ({', '.join(known)}){other}"
            return Mistake(read.key(path), path, message)
        case "union_tag_invalid":
            given, expected = details["input"], details["ctx"]["expected_tags"]
            field, noun = _tag_of(details["loc"])
            tag = given.get(field) if isinstance(given, dict) else details["ctx"]["tag"]
            known = tuple(word.strip(" '") for word in expected.split(","))
            message = f"{shown(tag)} is not {noun}{suggestion(tag, known)}"
        case "tuple_type" | "list_type" if _made_for_a_place(path, read):
            message = "is not there; assign all of it at once, like [...]"
        case "model_type" | "dict_type" | "model_attributes_type":
            fields = ", ".join(_known_keys(details["loc"], root))
            message = (
                f"{shown(details['input'])} is no group of fields; below it may stand: {fields}"
            )
        case "tuple_type" | "list_type":
            message = (
                f"{shown(details['input'])} is not a list; write [...] or lines that begin with -"
            )
        case "too_long":
            most, count = details["ctx"]["max_length"], len(details["input"])
            message = f"has {count:,} entries; at most {most:,}"
        case _:
            message = details["msg"]
    return Mistake(read.place(path), path, message)


def _made_for_a_place(path: Where, read: Document) -> bool:
    """Whether fields stand for a list, made by an assignment to one of its places."""
    below = (place for key, place in read.keys.items() if key[:-1] == path)
    return read.place(path) in below


def faulty_field(details: ErrorDetails, data: Any) -> Where:
    """The field that an error is about; one that is missing is not in the file."""
    path = _path_in(details["loc"], data)
    if details["type"] in NO_MODEL:
        return (*path, _tag_of(details["loc"])[0])
    return (*path, str(details["loc"][-1])) if details["type"] == "missing" else path


def _tag_of(loc: tuple[int | str, ...]) -> tuple[str, str]:
    """The field that chooses among the classes of a union, and what it names."""
    return ("kind", "a kind of event") if loc[0] == "events" else ("model", "a returns model")


def _path_in(loc: tuple[int | str, ...], data: Any) -> Where:
    """The part of pydantic's location that is in the file: without the tags of its unions."""
    path: list[str | int] = []
    for part in loc:
        key = part if isinstance(data, list) else str(part)
        if (isinstance(data, dict) and key in data) or (
            isinstance(data, list) and isinstance(key, int)
        ):
            data = data[key]  # type: ignore[index]
            path.append(key)
    return tuple(path)


def _elsewhere(path: Where) -> str:
    """The hint at fields of this name in other groups, like `pay.salary` for `salary`; empty without any."""
    written, last = "_".join(map(str, path)), str(path[-1])
    named = [
        one.name
        for one in field_names()
        if last == one.name.rpartition(".")[2] or written == one.name.replace(".", "_")
    ]
    names = sorted(named, key=lambda name: (name.count("."), name.startswith(SELDOM)))
    likely = [f"'{name}'" for name in names if name != ".".join(map(str, path))][:MOST_LIKELY]
    return f"; did you mean {' or '.join(likely)}?" if likely else ""


def _known_keys(loc: tuple[int | str, ...], root: type[Specification]) -> tuple[str, ...]:
    keys = (
        field.alias or name
        for model in models_at(loc, root)
        for name, field in model.model_fields.items()
    )
    return tuple(dict.fromkeys(keys))


def _example(path: Where, root: type[Specification]) -> str:
    """How a missing field is written."""
    for model in models_at(path[:-1], root):
        for name, field in model.model_fields.items():
            if path[-1] in (name, field.alias) and field.examples:
                return f"{path[-1]}: {field.examples[0]}"
    return f"{path[-1]}: ..."
