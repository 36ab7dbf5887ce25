"""A scenario: the question of a file, read, checked once, and frozen; and the same with other settings.

Every mistake of a file is found in one reading. Each class checks its own fields; what two fields say
against each other is for `contradictions`.
"""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pydantic import PrivateAttr, ValidationError

from simulator.notation.mistakes import Mistake, Mistakes
from simulator.notation.yaml_document import Document, document
from simulator.scenario.contradictions import contradictions
from simulator.scenario.explanation import explained, faulty_field
from simulator.scenario.question import Question
from simulator.scenario.stand_ins import without


class Scenario(Question):
    """One person, one plan, some years, and the conversion policies to compare."""

    _origin: "Origin | None" = PrivateAttr(None)

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

    def varied(self, *settings: str, option: str = "--set") -> "Scenario":
        """The same scenario with other assignments `path.to.field=value`, checked again.

        Args:
            settings: The assignments.
            option: Where they were written, for their mistakes.

        Raises:
            Mistakes: An assignment cannot be read, or contradicts the rest.
        """
        origin = self._origin or Origin(self.model_dump_json(by_alias=True).encode(), "", Path())
        read = document(origin.content, origin.source)
        for assignment in origin.settings:
            read.set(assignment)
        for assignment in settings:
            read.set(assignment, option)
        return scenario_in(read, origin._replace(settings=(*origin.settings, *settings)))


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
