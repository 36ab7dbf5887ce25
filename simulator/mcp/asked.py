"""What a call asks: the scenario, as a text or a file that it names, and what each tool needs besides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.files.opened import Unreadable, content
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.yaml_reader import LARGEST
from simulator.refusal import Refused
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario

TEXT = "scenario"
"""How a scenario is called that came as a text."""

NOWHERE = Path("/dev/null/no-folder")
"""A folder that is none on any system: in it nothing is found, and nothing is looked for."""

NO_FOLDER = (
    "is a file, and this call names no folder to look in; add folder, or give the scenario as file"
)


class NotAsked(Refused):
    """A call has arguments that are wrong, missing, or none of its tool."""


class Asked(BaseModel):
    """The arguments of a tool."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Question(Asked):
    """The arguments of every tool that answers a scenario."""

    scenario: str | None = Field(
        None, description="The text of a scenario file (YAML); see schema."
    )
    file: str | None = Field(
        None,
        description="Or the name of such a file; those that it names are looked for beside it.",
    )
    folder: str | None = Field(
        None,
        description="With a text: the folder of the files that it names. Without it none is read.",
    )
    settings: list[str] = Field(
        [], alias="set", description="Fields to override, like pay.salary=180_000."
    )

    def read(self) -> Scenario:
        """The scenario that is asked about.

        Raises:
            NotAsked: None is given, or two are.
            Mistakes: All that is wrong with it; a file that it names lies outside the folder of the call.
        """
        if (self.scenario is None) == (self.file is None):
            raise NotAsked(
                "give the scenario either as a text, scenario, or as the name of a file, file"
            )
        if self.file is not None:
            if self.folder is not None:
                raise NotAsked("folder goes with a text; the files that a file names lie beside it")
            return self._in_file(Path(self.file))
        folder = NOWHERE if self.folder is None else Path(self.folder)
        text = (self.scenario or "").encode("utf-8", "surrogatepass")
        try:
            return loads(text, TEXT, folder, self.settings, within=folder)
        except Mistakes as mistakes:
            if self.folder is None:
                raise Mistakes(map(_without_folder, mistakes.mistakes), mistakes.more) from None
            raise

    def _in_file(self, file: Path) -> Scenario:
        try:
            read = content(file, LARGEST, "a scenario")
        except Unreadable as why:
            raise Mistakes([Mistake(Place(visible(str(file))), (), str(why))]) from None
        return loads(read, visible(str(file)), file.parent, self.settings, within=file.parent)


def _without_folder(mistake: Mistake) -> Mistake:
    """A mistake in the name of a file that was never looked for."""
    for said in (f"is no file in {NOWHERE}", f"lies outside {NOWHERE}; name a file in it"):
        if said in mistake.message:
            return mistake._replace(message=mistake.message.replace(said, NO_FOLDER))
    return mistake


class OfPolicy(Question):
    """The same, of one policy."""

    policy: str | None = Field(None, description="Its label; may be left out where there is one.")


class Comparing(Question):
    """`compare`."""

    by_year: bool = Field(False, description="Each policy year by year too, not only in total.")


class Paying(Question):
    """`payroll`."""

    year: int | None = Field(None, description="Only this year.")


class Filing(OfPolicy):
    """`form`."""

    policy: str | None = Field(None, description="Only the forms of this policy.")
    year: int | None = Field(None, description="Only this year's forms.")


class Sweeping(OfPolicy):
    """`sweep`."""

    policy: str | None = Field(None, description="Whose figures; by default the first policy's.")
    delay: str | None = Field(
        None, description="Days that each deposit waits: START:STOP:STEP or A,B,C."
    )
    vary: list[str] = Field(
        [],
        description="Or one field, or two: FIELD=START:STOP:STEP or FIELD=A,B,C.",
        max_length=2,
    )
    of: Literal["box_2a", "tax", "wealth"] = Field("box_2a", description="What is told.")


class Seeking(Question):
    """`best`."""

    max_per_year: int | str | None = Field(
        None,
        description='Conversions a year at most, in place of the plan\'s; "none" for any number.',
    )
    fee: float | None = Field(None, description="Dollars a conversion, in place of the plan's.")
    cutoff: int = Field(0, description="Sessions before the year's last on which the plan stops.")


class Electing(Question):
    """`elect`."""

    begins: str | None = Field(
        None, alias="from", description="From this date on, like 2025-07-01."
    )


class Auditing(Question):
    """`audit`."""

    forms: list[dict[str, Any]] | None = Field(
        None,
        description="The forms that came, each with year, box_1, box_2a, box_4, box_5 [dollars], box_7.",
    )
    form_file: str | None = Field(
        None, description="Or the name of a file of them: YAML, JSON or CSV."
    )
    year: int | None = Field(None, description="Only this year's forms.")


class Explaining(OfPolicy):
    """`explain`."""

    path: int = Field(0, ge=0, description="Which path, of many.")
    year: int | None = Field(None, description="Only the postings of this year.")


class Limiting(Asked):
    """`limits`."""

    years: list[int] = Field([], description="Which years; by default all that are published.")
    inflation: str | None = Field(
        None, description="Projects later years, like 2.5%. Without it their limits are null."
    )


class Describing(Asked):
    """`schema`."""

    path: str = Field(
        "", description="Which part of a scenario file, like plan.conversion; empty: all."
    )


Kind = TypeVar("Kind", bound=Asked)


def asked(kind: type[Kind], arguments: object) -> Kind:
    """The arguments of a call, checked.

    Args:
        kind: The arguments of its tool.
        arguments: What came.

    Raises:
        NotAsked: All that is wrong with them, a line each.
    """
    try:
        return kind.model_validate(arguments)
    except ValidationError as error:
        lines = [_told(fault, kind) for fault in error.errors(include_url=False)]
        raise NotAsked("\n".join(dict.fromkeys(lines))) from None


def _told(fault: Any, kind: type[Asked]) -> str:
    """What is wrong with an argument, and what it takes."""
    names = arguments_of(kind)
    where = visible(".".join(map(str, fault["loc"]))) or "the arguments"
    if fault["type"] == "extra_forbidden":
        return f"{where}: no argument of this tool; it takes {', '.join(names)}"
    takes = names.get(str(fault["loc"][0]), "") if fault["loc"] else ""
    hint = f" ({takes[0].lower()}{takes[1:]})" if takes else ""
    return f"{where}: {WORDS.get(fault['type'], fault['msg'])}{hint}"


def arguments_of(kind: type[Asked]) -> dict[str, str]:
    """The arguments of a tool, and what each is."""
    return {
        field.alias or name: field.description or "" for name, field in kind.model_fields.items()
    }


WORDS = {
    "string_type": "write a text",
    "int_type": "write a whole number",
    "float_type": "write a number",
    "bool_type": "write true or false",
    "list_type": "write a list",
    "dict_type": "write an object",
    "greater_than_equal": "write 0 or more",
    "too_long": "write fewer",
}
"""What to write, by what is wrong."""


def named(values: Sequence[object]) -> str:
    """Values in a line."""
    return ", ".join(map(str, values))
