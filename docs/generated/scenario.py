"""What docs/scenario.md has of every field, from the classes that validate a scenario file."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

import simulator
from simulator.notation.fields import Specification
from simulator.notation.numbers import percent
from simulator.returns.model import ReturnsModel
from simulator.scenario.contradictions import RULES
from simulator.scenario.scenario import Scenario

STARTER = Path(simulator.__file__).parent / "scenario" / "starter.yaml"


class Section(NamedTuple):
    """One class of the file, where it stands.

    Attributes:
        path: Where: `pay.bonuses[]`; empty for the file itself.
        title: The heading.
        told: The class.
        fields: Those that the section lists.
    """

    path: str
    title: str
    told: type[Specification]
    fields: dict[str, FieldInfo]


def fields() -> str:
    """Every class of the file with a table of its fields."""
    return "\n".join(told(section) for section in sections(Scenario, ""))


def contradictions() -> str:
    """What two fields must not say against each other, a line each."""
    return "\n".join(f"* {first_paragraph(rule.broken_by)}" for rule in RULES)


def starter() -> str:
    """The file that `mbdr new` writes."""
    return f"```yaml\n{STARTER.read_text(encoding='utf-8')}```"


def sections(told: type[Specification], path: str) -> Iterator[Section]:
    """A class and, after it, each class that its fields hold."""
    yield Section(path, f"`{path}`" if path else "The file", told, dict(told.model_fields))
    for name, field in told.model_fields.items():
        below = f"{path}.{written_name(name, field)}".lstrip(".")
        if below == "returns":
            yield from returns_sections(field)
            continue
        for each, entry in specifications(field.annotation):
            yield from sections(each, below + entry)


def returns_sections(field: FieldInfo) -> Iterator[Section]:
    """What all returns models have, then what each has of its own."""
    models = {
        model.model_fields["model"].default: model for model, _ in specifications(field.annotation)
    }
    which = FieldInfo(
        annotation=Literal[tuple(models)],  # type: ignore[arg-type]
        default=field.default.model,
        description="Which model. Fields of its own are below.",
    )
    shared = {"model": which, **ReturnsModel.model_fields}
    yield Section("returns", "`returns`", ReturnsModel, shared)
    for name, model in models.items():
        own = {key: one for key, one in model.model_fields.items() if key not in shared}
        yield Section("returns", f"`returns`, model `{name}`", model, own)
    held = {
        key: each
        for model in models.values()
        for key, one in model.model_fields.items()
        for each, _ in specifications(one.annotation)
        if not issubclass(each, ReturnsModel)  # parked money has one of the same models
    }
    for key, each in held.items():
        yield from sections(each, f"returns.{key}")


def specifications(annotation: Any) -> Iterator[tuple[type[Specification], str]]:
    """The classes in an annotation, and how an entry is written: `[]` of a list, `.YEAR` of a map."""
    if isinstance(annotation, type) and issubclass(annotation, Specification):
        yield annotation, ""
    origin = get_origin(annotation)
    entry = {tuple: "[]", dict: ".YEAR"}.get(origin, "")
    for inner in () if origin is Literal else get_args(annotation):
        for found, below in specifications(inner):
            yield found, entry + below


def told(section: Section) -> str:
    """A section as Markdown: its heading, its sentence, its table."""
    lines = [f"## {section.title}", "", first_paragraph(section.told), ""]
    if not section.fields:
        return "\n".join(lines)
    lines += ["| field | written as | default | meaning |", "|---|---|---|---|"]
    for name, field in section.fields.items():
        shown = written_name(name, field)
        path = f"{section.path}.{shown}".lstrip(".")
        row = [f"`{shown}`", written_as(field, path), default(field), str(field.description)]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def written_name(name: str, field: FieldInfo) -> str:
    """The name of a field in a file."""
    return field.alias or name


def first_paragraph(told: Any) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(str(told.__doc__).partition("\n\n")[0].split())


def written_as(field: FieldInfo, path: str) -> str:
    """What may be written in a field."""
    return words(
        Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation, path
    )


def bound(metadata: Iterable[Any]) -> str:
    """How many entries a list may have."""
    inner = [one for each in metadata for one in (each, *getattr(each, "metadata", ()))]
    most = [one.max_length for one in inner if hasattr(one, "max_length")]
    return f", at most {most[0]:,} of them" if most else ""


def words(annotation: Any, path: str) -> str:
    """What an annotation lets a file say."""
    inner = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            instead = [each.instead for each in inner[1:] if getattr(each, "instead", "")]
            if instead:
                return f"{instead[0]}; or {words(inner[0], path)}"
            found = [each for each in inner[1:] if getattr(each, "words", "")]
            return noted(found[0]) if found else f"{words(inner[0], path)}{bound(inner[1:])}"
        case origin if origin is Literal:
            return ", ".join(f"`{choice}`" for choice in inner)
        case origin if origin in (Union, UnionType):
            several = dict.fromkeys(words(each, path) for each in inner if each is not NoneType)
            return "; or ".join(several)
        case origin if origin is tuple:
            one = words(inner[0], path + "[]")
            return one if one.startswith("[") else f"list: each a {one}"
        case origin if origin is dict:
            return words(inner[1], path + ".YEAR")
    if path in ("returns", "returns.after_tax"):
        return "[a model](#returns)"
    many = "a list, each like" if path.endswith("[]") else "a map,"
    return f"[{many} `{path}`](#{anchor(path)})"


def noted(notation: Any) -> str:
    """What a notation lets a file say."""
    return f"{notation.words}; or `none`" if notation.none else str(notation.words)


def anchor(path: str) -> str:
    """Where a section is found in the page."""
    return "".join(letter for letter in path.lower() if letter.isalnum() or letter in "_-")


def default(field: FieldInfo) -> str:
    """What a field is if the file does not say."""
    value = field.default
    if field.is_required():
        return "**required**"
    if value is None or value in ({}, ()):
        return "-"
    match value:
        case Specification():
            return "as below"
        case tuple():
            return ", ".join(f"`{each.name}`" for each in value)
        case bool():
            return f"`{str(value).lower()}`"
        case float():
            return f"`{value:g}`"
        case int():
            return f"`{value:_}`" if value >= 10_000 else f"`{value}`"
        case Fraction():
            return f"`{percent(value)}`"
    return f"`{value}`" if value else "empty"
