"""The question: a scenario file, read, checked once, and frozen.

Every mistake of a file is found in one reading. Each class checks its own fields; what two fields say
against each other is for `contradictions`.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, PrivateAttr, ValidationError

from simulator.conversion.policy import Policy
from simulator.law.limits import LimitRules
from simulator.notation.fields import FileBeside, Name, Specification, Text, YearRange, whole
from simulator.notation.mistakes import Mistake, Mistakes
from simulator.notation.yaml_document import Document, document
from simulator.payroll.elections import Elections
from simulator.payroll.pay import Pay
from simulator.returns.constant import Constant
from simulator.scenario.contradictions import contradictions, without
from simulator.scenario.explanation import explained, faulty_field
from simulator.scenario.fields import MOST_POLICIES, Plan, Returns, UnknownPolicy
from simulator.taxes.flat import Taxes


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
