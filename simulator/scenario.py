"""The question: a scenario file, read, checked once, and frozen.

Every mistake of a file is found in one reading. Each class checks its own fields; what two fields say
against each other is for `contradictions`.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fractions import Fraction
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Discriminator, Field, PrivateAttr, Tag, ValidationError

from simulator.contradictions import contradictions, without
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.document import LARGEST, Document, Mistake, Mistakes, Place, document
from simulator.explanation import explained, faulty_field
from simulator.files import Unreadable, content, is_folder
from simulator.law.limits import LimitRules
from simulator.letters import visible
from simulator.notation import (
    FileBeside,
    Name,
    Specification,
    Text,
    YearRange,
    percent,
    share,
    shown,
    suggestion,
    whole,
)
from simulator.payroll.elections import Elections
from simulator.payroll.pay import Pay
from simulator.payroll.plan import ContributionRules
from simulator.returns.bootstrap import Bootstrap
from simulator.returns.constant import Constant
from simulator.returns.garch import Garch
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal

MOST_POLICIES = 400
"""Policies that are compared: a delay for each day of a year, and some more."""


MOST_NAMES = 1_000
"""Files of a folder that are compared with a misspelt name."""


class Plan(ConversionTerms, ContributionRules):
    """The plan: what may go in and what the employer adds; how money waits, leaves, and what that costs."""


class Taxes(Specification):
    """Marginal rates on the taxable earnings."""

    federal: Annotated[Fraction, share(0, 1)] = Field(Fraction(0), description="Federal rate.")
    state: Annotated[Fraction, share(0, 1)] = Field(
        Fraction(0), description="State and local rate."
    )

    @property
    def rate(self) -> Fraction:
        """Both together."""
        return self.federal + self.state


def _model(value: Any) -> Any:
    return (
        value.get("model", "constant")
        if isinstance(value, dict)
        else getattr(value, "model", "constant")
    )


Returns = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Bootstrap, Tag("bootstrap")]
    | Annotated[Garch, Tag("garch")]
    | Annotated[History, Tag("history")],
    Discriminator(_model),
]


class Scenario(Specification):
    """One person, one plan, some years, and the conversion policies to compare."""

    name: Name = Field(description="The story in a line.", examples=["Emily, 28"])
    notes: Text = Field("", description="Where the figures come from.")
    years: YearRange = Field(description="Simulated calendar years.", examples=["2025"])
    birth_year: Annotated[int, whole(1900, 2100)] = Field(
        description="Catch-up goes by the age at the year's end.", examples=["1997"]
    )
    pay: Pay | None = Field(None, description="Salary, pay dates, bonuses.")
    elections: Elections = Field(
        Elections.model_construct(), description="What the employee asks of each paycheck."
    )
    deposits: FileBeside | None = Field(
        None,
        description="CSV with the columns date,amount: what really went in, in place of pay and elections.",
    )
    plan: Plan = Field(Plan.model_construct(), description="What the plan allows and adds.")
    limits: LimitRules = Field(
        LimitRules.model_construct(), description="Projection and overrides of the law's limits."
    )
    returns: Returns = Field(Constant.model_construct(), description="The price of the fund.")
    policies: tuple[Policy, ...] = Field(
        tuple(
            Policy.model_construct(cadence=name) for name in ("per-paycheck", "monthly", "year-end")
        ),
        max_length=MOST_POLICIES,
        description="Conversion policies, in the order of the report.",
    )
    taxes: Taxes | None = Field(
        None, description="Marginal rates; without them there is no tax column."
    )

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

    def files_read(self) -> Iterator[Path]:
        """The files that the answer depends on: prices, deposits. One that is named in vain is not read."""
        for file in (self.deposits, self.returns.reads):
            if file is not None:
                yield file

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

    def policy(self, name: str) -> Policy:
        """The policy that is called by a label or a name.

        Raises:
            UnknownPolicy: There is none.
        """
        for policy in self.policies:
            if policy.name == name:
                return policy
        raise UnknownPolicy(name, [policy.name for policy in self.policies])


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


class UnknownPolicy(ValueError):
    """A policy was asked for that the scenario does not have."""

    def __init__(self, name: str, known: list[str]):
        hint = suggestion(name, tuple(shown(one).strip("'") for one in known))
        super().__init__(visible(f"{shown(name)} is not a policy of this scenario{hint}"))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, from the classes that validate it."""
    from pydantic.json_schema import GenerateJsonSchema

    class AsWritten(GenerateJsonSchema):
        """Defaults are shown as a file has them: `7%`, not `7/100`."""

        def encode_default(self, dft: Any) -> Any:
            for part in dft if isinstance(dft, tuple) else (dft,):
                if isinstance(part, Specification):
                    part.model_rebuild()  # before pydantic 2.14 nothing built it by now
            return percent(dft) if isinstance(dft, Fraction) else super().encode_default(dft)

    schema = Scenario.model_json_schema(by_alias=True, schema_generator=AsWritten)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def load(
    path: str | Path, settings: Iterable[str] = (), within: str | Path | None = None
) -> Scenario:
    """Reads a scenario file.

    Args:
        path: The file; its folder is where the files that it names are looked for.
        settings: Assignments `path.to.field=value` that override it before it is checked.
        within: A folder that no file which the scenario names may lie outside of, for those who answer
            the scenarios of others: neither by an absolute name nor by `..` nor by a link. What lies
            outside is refused without a look at it.

    Raises:
        Mistakes: All that is wrong with it, each with file, line and column.
    """
    try:
        read = content(path, LARGEST, "a scenario", pipes=True)
    except Unreadable as why:
        hint = _files_like(Path(path)) if why.missing else ""
        raise Mistakes([Mistake(Place(str(Path(path))), (), f"{why}{hint}")]) from None
    return loads(read, visible(str(path)), Path(path).parent, settings, within)


def _files_like(path: Path) -> str:
    """A hint at a scenario file whose name is near."""
    there = path.parent.glob("*.y*ml") if is_folder(path.parent) else iter(())
    names = [file.name for file in islice(there, MOST_NAMES) if file.name != path.name]
    near = get_close_matches(path.name, names, n=1)
    return (
        f"; did you mean {path.parent / near[0]}?"
        if near
        else "; `mbdr new FILE` writes one to start from"
    )


def loads(
    content: bytes,
    source: str,
    folder: Path = Path(),
    settings: Iterable[str] = (),
    within: str | Path | None = None,
) -> Scenario:
    """Reads the bytes of a scenario file; see `load`."""
    inside = None if within is None else Path(within)
    origin = Origin(content, source, folder, tuple(settings), inside)
    read = document(content, source)
    for assignment in origin.settings:
        read.set(assignment)
    return scenario_in(read, origin)


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
        found = error.errors(include_url=False)
    told = {mistake.path for mistake in read.mistakes}
    explanations = (explained(details, read, Scenario) for details in found)
    mistakes = [mistake for mistake in explanations if mistake.path not in told]
    try:
        rest = without(read.data, [faulty_field(details, read.data) for details in found])
        scenario = Scenario.model_validate(rest, context=context)
    except ValidationError as error:  # behind a stand-in, such as that of a misspelt returns model
        found = error.errors(include_url=False)
        behind = [one for one in found if one["type"] != "extra_forbidden"]
        return None, mistakes + [explained(details, read, Scenario) for details in behind]
    return scenario, mistakes + contradictions(scenario, read, [one["loc"] for one in found])
