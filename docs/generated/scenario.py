"""What docs/scenario.md has of every field, from the classes that validate a scenario file."""

import re
from collections.abc import Iterator
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from simulator.notation.fields import Specification
from simulator.notation.numbers import percent
from simulator.returns.model import ReturnsModel
from simulator.scenario.scenario import Scenario

BOUNDS = re.compile(r",? (?:from |above )?-?[\d.,]+%? to [\d.,]+%?|, not empty|, above 0%")
"""What the program tells of who is outside: it is in the schema, and in the line of the mistake."""

AGAIN = re.compile(r"(.+?), or (\[map\]\(.*?\)), or list of \1, or \[list\]\(.*?\)")
"""A list of what may stand by itself."""

ELSEWHERE = re.compile(r"\[(map|list)\]\(#[\w-]+\)")
"""A field whose section says what it is."""

DOLLARS = re.compile(r" \[\$\]$")
"""A unit that `dollars` has said."""


class Section(NamedTuple):
    """One class of the file, where it stands.

    Attributes:
        path: Where: `pay.bonuses[]`; empty for the file itself.
        which: Its kind or model, where several classes may stand there.
        told: The class.
        fields: Those that the section lists.
    """

    path: str
    which: str
    told: type[Specification]
    fields: dict[str, FieldInfo]

    @property
    def title(self) -> str:
        """The heading."""
        return f"`{self.path}`" if self.path else "The file"


def fields() -> str:
    """Every class of the file with its fields; what several have in common is told once."""
    first: dict[tuple[str, str, str], Section] = {}
    once: dict[tuple[Any, str], Section] = {}
    for section in sections(Scenario, ""):
        once.setdefault((section.told, section.which), section)
    told, heading = [], ""
    for section in once.values():
        if section.title != heading:
            heading = section.title
            told.append(f"## {heading}\n")
        told.append(listed(section, first))
    return "\n".join(told)


def sections(told: type[Specification], path: str) -> Iterator[Section]:
    """A class and, after it, each class that its fields hold."""
    kind = told.model_fields.get("kind")
    yield Section(path, kind.default if kind else "", told, dict(told.model_fields))
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
    yield Section("returns", "", ReturnsModel, shared)
    for name, model in models.items():
        own = {key: one for key, one in model.model_fields.items() if key not in shared}
        yield Section("returns", name, model, own)
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


def listed(section: Section, first: dict[tuple[str, str, str], Section]) -> str:
    """A section as Markdown: its sentence, and a line for each field that is not told by now.

    Args:
        section: The section.
        first: Where each field, by name, notation and meaning, is told first; added to.
    """
    which = f"**`{section.which}`**. " if section.which else ""
    lines = [which + first_paragraph(section.told), ""]
    again: dict[str, list[str]] = {}
    for name, field in section.fields.items():
        shown = written_name(name, field)
        meaning = DOLLARS.sub("", str(field.description))
        before = first.setdefault((shown, notation(field), meaning), section)
        if before is not section:
            again.setdefault(f"[{before.title}](#{anchor(before.title)})", []).append(f"`{shown}`")
            continue
        path = f"{section.path}.{shown}".lstrip(".")
        how = written_as(field, path)
        said = "" if ELSEWHERE.match(how) else f" {meaning}"
        lines.append(f"* `{shown}`: {how}.{said}")
    lines += [f"* {', '.join(names)}: as in {where}." for where, names in again.items()]
    return "\n".join(lines).rstrip() + "\n"


def written_name(name: str, field: FieldInfo) -> str:
    """The name of a field in a file."""
    return field.alias or name


def first_paragraph(told: Any) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(str(told.__doc__).partition("\n\n")[0].split())


def written_as(field: FieldInfo, path: str) -> str:
    """What may be written in a field, and what it is if nothing is."""
    shown = notation(field, path)
    preset = default(field)
    if f"`{field.default}`" == preset and preset in shown:
        return shown.replace(preset, f"*{preset}*", 1)
    return ", ".join(filter(None, (shown, preset)))


def notation(field: FieldInfo, path: str = "") -> str:
    """What may be written in a field."""
    annotation = field.annotation
    if field.metadata:
        annotation = Annotated[(annotation, *field.metadata)]  # type: ignore[assignment]
    shown = BOUNDS.sub("", words(annotation, path)).replace("; or ", " or ").replace(";", ",")
    return AGAIN.sub(r"\1, or \2, or a list of these", shown)


def words(annotation: Any, path: str) -> str:
    """What an annotation lets a file say."""
    inner = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            instead = [each.instead for each in inner[1:] if getattr(each, "instead", "")]
            if instead:
                return f"{instead[0]}, or {words(inner[0], path)}"
            found = [each for each in inner[1:] if getattr(each, "words", "")]
            return str(found[0].words) if found else words(inner[0], path)
        case origin if origin is Literal:
            return ", ".join(f"`{choice}`" for choice in inner)
        case origin if origin in (Union, UnionType):
            several = dict.fromkeys(words(each, path) for each in inner if each is not NoneType)
            return ", or ".join(several)
        case origin if origin is tuple:
            one = words(inner[0], path + "[]")
            return one if one.startswith("[") else f"list of {one}"
        case origin if origin is dict:
            return words(inner[1], path + ".YEAR")
    if path in ("returns", "returns.after_tax"):
        return "[a model](#returns)"
    return f"[{'list' if path.endswith('[]') else 'map'}](#{anchor(path)})"


def anchor(title: str) -> str:
    """Where a section is found in the page."""
    plain = title.lower().replace(" ", "-")
    return "".join(letter for letter in plain if letter.isalnum() or letter in "_-")


def default(field: FieldInfo) -> str:
    """What a field is if the file does not say; empty for what is then absent."""
    value = field.default
    if field.is_required():
        return "**required**"
    if value is None or value in ({}, (), ""):
        return ""
    match value:
        case Specification():
            return ""
        case tuple():
            return "*" + ", ".join(f"`{each.name}`" for each in value) + "*"
        case bool():
            return f"*`{str(value).lower()}`*"
        case float():
            return f"*`{value:g}`*"
        case int():
            return f"*`{value:_}`*" if value >= 10_000 else f"*`{value}`*"
        case Fraction():
            return f"*`{percent(value)}`*"
    return f"`{value}`"
