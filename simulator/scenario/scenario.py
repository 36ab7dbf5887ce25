"""A scenario: the question of a file, read, checked once, and frozen; and the same with other settings.

Every mistake of a file is found in one reading. Each class checks its own fields; what two fields say
against each other is for `contradictions`.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import PrivateAttr, ValidationError

from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.python_values import field_named, put_value, told_values, value_at
from simulator.notation.specification import NUMBERS
from simulator.notation.yaml_document import Document, document
from simulator.refusal import Refused
from simulator.scenario.contradictions import contradictions
from simulator.scenario.explanation import explained, faulty_field
from simulator.scenario.question import Question
from simulator.scenario.stand_ins import without

MADE_HERE = "Scenario(...)"
"""Where the mistakes of a scenario are that was made in Python."""


class Scenario(Question):
    """One person, one plan, some years, and the conversion policies to compare."""

    _origin: "Origin | None" = PrivateAttr(None)

    def __init__(self, *file: object, **fields: Any) -> None:
        """A scenario of fields in Python, each as a file has it; it is checked as a file is.

        Raises:
            Mistakes: All that is wrong with them.
            Refused: A file is named: `simulator.load` reads it.
        """
        if file:
            named = visible(repr(str(file[0]))) if isinstance(file[0], str | Path) else "FILE"
            raise Refused(f"Scenario(...) takes fields; write simulator.load({named}) for a file")
        read = Document(MADE_HERE, fields, {(): Place(MADE_HERE)})
        try:
            super().__init__(**fields)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            raise Mistakes(explained(details, read, Scenario) for details in faults) from None
        if mistakes := contradictions(self, read, []):
            raise Mistakes(mistakes)

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # not called where a file is read

    @property
    def source(self) -> str:
        """The name of the file it was read from; empty where it was not."""
        return self._origin.source if self._origin else ""

    @property
    def sha256(self) -> str:
        """The hash of that file's bytes; empty where it was not read from one."""
        return sha256(self._origin.content).hexdigest() if self._origin else ""

    @property
    def settings(self) -> tuple[str, ...]:
        """The assignments that overrode that file."""
        return self._origin.settings if self._origin else ()

    def varied(self, *settings: str, **fields: Any) -> "Scenario":
        """The same scenario with other values of some fields, checked again.

        These are the same, and leave a scenario as it was:

            scenario.varied(pay__salary=180_000, elections__after_tax=0.10)
            scenario.varied("pay.salary=180_000", "elections.after_tax=10%")

        Args:
            settings: Assignments `path.to.field=value`, written as in a file.
            fields: Values by their fields, `__` where a file goes one level down: amounts [dollars], shares
                [fraction, or a text like "12%"], dates, texts, lists, and groups of fields as a dict.

        Raises:
            Mistakes: A value cannot be read or contradicts the rest, or there is no such field.
        """
        values = [(field_named(name), value, Place(name)) for name, value in fields.items()]
        return with_values(self, settings, values, option="")

    def to_dict(self) -> dict[str, Any]:
        """Every field as a file nests them. [dollars; shares as fractions]"""
        return self.model_dump(by_alias=True, context=NUMBERS)

    @property
    def origin(self) -> "Origin":
        """What it was read from, itself as a file where it was made in Python."""
        written = self.model_dump_json(by_alias=True).encode() if self._origin is None else b""
        return self._origin or Origin(written, "", Path())

    def __getitem__(self, field: str) -> Any:
        """The value of a field like `pay.salary`, as it may be written. [dollars; shares as fractions]

        Raises:
            UnknownField: There is none.
        """
        return value_at(self.to_dict(), field)

    def __eq__(self, other: object) -> bool:
        """Equal are those that ask the same, whatever they were read from."""
        return isinstance(other, Scenario) and dict(self) == dict(other)

    def __hash__(self) -> int:
        """The same of those that ask the same, so that one may be a key, and kept in a set."""
        return hash(json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True))

    def __repr__(self) -> str:
        source = f" from {self.source}" if self.source else ""
        many, set_ = len(self.policies), len(self.settings)
        varied = f", {set_} field{'s' * (set_ > 1)} set" if set_ else ""
        policies = f"{many} polic{'y' if many == 1 else 'ies'}"
        return visible(f"<Scenario {self.name} ({self.period}), {policies}{source}{varied}>")

    __str__ = __repr__


class Origin(NamedTuple):
    """What a scenario was read from.

    Attributes:
        content: The bytes of the file.
        source: Its name.
        folder: Where the files that it names are looked for.
        settings: The assignments that overrode it.
        within: The folder that they must not lie outside of; None where they may lie anywhere.
    """

    content: bytes
    source: str
    folder: Path
    settings: tuple[str, ...] = ()
    within: Path | None = None


def with_values(
    scenario: Scenario,
    settings: Sequence[str] = (),
    values: Sequence[tuple[str, object, Place]] = (),
    option: str = "--set",
) -> Scenario:
    """A scenario with other values, checked again.

    Args:
        scenario: The scenario.
        settings: Assignments `path.to.field=value`.
        values: Fields, each with a value of Python and where it was written; they override the settings.
        option: Where the settings were written, for their mistakes; empty in Python.

    Raises:
        Mistakes: Something cannot be read, or contradicts the rest.
    """
    origin = scenario.origin
    read = document(origin.content, origin.source)
    for assignment in origin.settings:
        read.set(assignment)
    for assignment in settings:
        read.set(assignment, option)
    put = [(field, put_value(read, field, value, place)) for field, value, place in values]
    varied = scenario_in(read, origin)
    told = told_values(put, varied.model_dump(mode="json", by_alias=True, exclude_unset=True))
    varied._origin = origin._replace(settings=(*origin.settings, *settings, *told))
    return varied


def scenario_in(read: Document, origin: Origin) -> Scenario:
    """The scenario that a document says.

    Args:
        read: Its values, with what overrides them.
        origin: What it was read from.

    Raises:
        Mistakes: All that is wrong with it.
    """
    scenario, mistakes = _checked(read, origin.folder, origin.within)
    if mistakes or scenario is None:
        raise Mistakes([*read.mistakes, *mistakes])
    if read.mistakes:
        raise Mistakes(read.mistakes)
    scenario._origin = origin
    return scenario


def mistakes_in(read: Document) -> list[Mistake]:
    """What is wrong with a document as a scenario, as far as its values go."""
    return _checked(read, Path(read.source).parent)[1]


def _checked(
    read: Document, folder: Path, within: Path | None = None
) -> tuple[Scenario | None, list[Mistake]]:
    """The scenario, or all that is wrong: of single fields, and of what they say against each other."""
    if not isinstance(read.data, dict):
        wrong = "the file is empty" if read.data is None else "this is not a scenario"
        hint = f"{wrong}; it begins like name: Emily, 28 (`mbdr new FILE` writes one)"
        return None, [Mistake(read.place(()), (), hint)]
    context = {"folder": folder, "within": within}
    try:
        scenario = Scenario.model_validate(read.data, context=context)
        return scenario, contradictions(scenario, read, [])
    except ValidationError as error:
        faults = error.errors(include_url=False)
    # what the YAML says is wrong first: a field that could not be read is not reported as missing too
    known = {mistake.path for mistake in read.mistakes}
    explanations = (explained(details, read, Scenario) for details in faults)
    mistakes = [mistake for mistake in explanations if mistake.path not in known]
    # then once more without the faulty fields, so that one reading finds the contradictions of the rest too
    try:
        rest = without(read.data, [faulty_field(details, read.data) for details in faults])
        scenario = Scenario.model_validate(rest, context=context)
    except ValidationError as error:  # behind a stand-in, such as that of a misspelt returns model
        faults = error.errors(include_url=False)
        behind = [fault for fault in faults if fault["type"] != "extra_forbidden"]
        return None, mistakes + [explained(details, read, Scenario) for details in behind]
    return scenario, mistakes + contradictions(scenario, read, [fault["loc"] for fault in faults])
