"""The question: a scenario file, read, checked once, and frozen.

Every mistake of a file is found in one reading. Each class checks its own fields; what two fields say
against each other is a rule below, and a rule is left out only where a field that it reads is itself wrong.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import Discriminator, Field, PrivateAttr, Tag, ValidationError
from pydantic_core import ErrorDetails

from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.days import preceding_bank_day
from simulator.document import Document, Mistake, Mistakes, Place, document
from simulator.document import Path as Where
from simulator.law.limits import LimitRules, UnknownLimits
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
from simulator.payroll.pay import DAYS_APART, PAYCHECKS_A_YEAR, NoSalary, Pay
from simulator.payroll.plan import ContributionRules, LumpSum
from simulator.returns.bootstrap import Bootstrap
from simulator.returns.constant import Constant
from simulator.returns.garch import Garch
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal


class Plan(ContributionRules, ConversionTerms):
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
        Elections(), description="What the employee asks of each paycheck."
    )
    deposits: FileBeside | None = Field(
        None,
        description="CSV with the columns date,amount: what really went in, in place of pay and elections.",
    )
    plan: Plan = Field(Plan(), description="What the plan allows and adds.")
    limits: LimitRules = Field(
        LimitRules(), description="Projection and overrides of the law's limits."
    )
    returns: Returns = Field(Constant(), description="The price of the fund.")
    policies: tuple[Policy, ...] = Field(
        tuple(Policy(cadence=name) for name in ("per-paycheck", "monthly", "year-end")),
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

    def varied(self, *settings: str) -> "Scenario":
        """The same scenario with other assignments `path.to.field=value`, checked again.

        Raises:
            Mistakes: An assignment cannot be read, or contradicts the rest.
        """
        origin = self._origin or Origin(
            self.model_dump_json(by_alias=True).encode(), "", Path(), ()
        )
        before = (*origin.settings, *settings)
        return loads(origin.content, origin.source, origin.folder, before)

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
    """

    content: bytes
    source: str
    folder: Path
    settings: tuple[str, ...]


class UnknownPolicy(ValueError):
    """A policy was asked for that the scenario does not have."""

    def __init__(self, name: str, known: list[str]):
        super().__init__(
            f"'{name}' is not a policy of this scenario{suggestion(name, tuple(known))}"
        )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, from the classes that validate it."""
    schema = Scenario.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def load(path: str | Path, settings: Iterable[str] = ()) -> Scenario:
    """Reads a scenario file.

    Args:
        path: The file; its folder is where the files that it names are looked for.
        settings: Assignments `path.to.field=value` that override it before it is checked.

    Raises:
        Mistakes: All that is wrong with it, each with file, line and column.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        hint = _files_like(Path(path))
        raise Mistakes([Mistake(Place(str(path)), (), f"{error.strerror}{hint}")]) from None
    return loads(content, str(path), Path(path).parent, settings)


def _files_like(path: Path) -> str:
    """A hint at a scenario file whose name is near."""
    names = [file.name for file in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
    near = get_close_matches(path.name, names, n=1)
    return (
        f"; did you mean {path.parent / near[0]}?"
        if near
        else "; `mbdr new FILE` writes one to start from"
    )


def loads(
    content: bytes, source: str, folder: Path = Path(), settings: Iterable[str] = ()
) -> Scenario:
    """Reads the bytes of a scenario file; see `load`."""
    origin = Origin(content, source, folder, tuple(settings))
    read = document(content, source)
    for assignment in origin.settings:
        read.set(assignment)
    scenario, mistakes = _checked(read, folder)
    if mistakes or scenario is None:
        raise Mistakes([*read.mistakes, *mistakes])
    if read.mistakes:
        raise Mistakes(read.mistakes)
    scenario._origin = origin
    return scenario


def _checked(read: Document, folder: Path) -> tuple[Scenario | None, list[Mistake]]:
    """The scenario, or all that is wrong: of single fields, and of what they say against each other."""
    if not isinstance(read.data, dict):
        wrong = "the file is empty" if read.data is None else "this is not a scenario"
        hint = f"{wrong}; it begins like name: Emily, 28 (`mbdr new FILE` writes one)"
        return None, [Mistake(read.place(()), (), hint)]
    try:
        scenario = Scenario.model_validate(read.data, context={"folder": folder})
        faulty: list[Where] = []
        mistakes: list[Mistake] = []
    except ValidationError as error:
        found = error.errors(include_url=False)
        told = {mistake.path for mistake in read.mistakes}
        mistakes = [_mistake(details, read) for details in found]
        mistakes = [mistake for mistake in mistakes if mistake.path not in told]
        faulty = [details["loc"] for details in found]
        without = _without(read.data, [_field(details, read.data) for details in found])
        try:
            scenario = Scenario.model_validate(without, context={"folder": folder})
        except ValidationError:
            return None, mistakes
    for rule in RULES:
        if not any(_touches(path, reads) for path in faulty for reads in rule.reads):
            mistakes += [
                Mistake(read.place(path), path, message)
                for path, message in rule.broken_by(scenario)
            ]
    return scenario, mistakes


def _touches(path: Where, reads: str) -> bool:
    """Whether a faulty field is, holds, or lies within a field that a rule reads."""
    names = tuple(part for part in path if isinstance(part, str))
    parts = tuple(reads.split("."))
    length = min(len(names), len(parts))
    return names[:length] == parts[:length]


STAND_INS: dict[str, Any] = {
    "name": "?",
    "years": "2025",
    "birth_year": "1900",
    "salary": "1",
    "frequency": "monthly",
    "amount": "1",
    "date": "2025-01-02",
    "from": "2025-01-02",
    "rate": "0%",
    "cadence": "never",
}
"""What stands for a faulty required field, so that the rules that do not read it can still be tried."""


def _without(data: Any, faulty: list[Where]) -> Any:
    """A copy of a document without its faulty fields; those that are required get a stand-in."""
    result = deepcopy(data)
    for path in sorted(faulty, key=len, reverse=True):
        *above, last = path
        node = result
        for part in above:
            node = node[part]
        if last in STAND_INS:
            node[last] = STAND_INS[str(last)]
        elif above == ["policies"]:
            node[last] = {"cadence": "never", "label": f"policy {last}"}
        elif isinstance(node, dict):
            node.pop(last, None)
    return result


def _mistake(details: ErrorDetails, read: Document) -> Mistake:
    """One of pydantic's errors, placed in the file and worded for the person who wrote it."""
    path = _field(details, read.data)
    match details["type"]:
        case "missing":
            message = f"is missing; write for example {_example(path)}"
        case "extra_forbidden":
            known = _known_keys(details["loc"][:-1])
            return Mistake(read.keys[path], path, f"unknown key{suggestion(path[-1], known)}")
        case "union_tag_invalid":
            tag, expected = details["ctx"]["tag"], details["ctx"]["expected_tags"]
            known = tuple(word.strip(" '") for word in expected.split(","))
            path = (*path, "model")
            message = f"'{tag}' is not a returns model{suggestion(tag, known)}"
        case "model_type" | "dict_type" | "model_attributes_type":
            fields = ", ".join(_known_keys(details["loc"]))
            message = (
                f"{shown(details['input'])} is no group of fields; below it may stand: {fields}"
            )
        case "tuple_type" | "list_type":
            message = (
                f"{shown(details['input'])} is not a list; write [...] or lines that begin with -"
            )
        case _:
            message = details["msg"]
    return Mistake(read.place(path), path, message)


def _field(details: ErrorDetails, data: Any) -> Where:
    """The field that an error is about; one that is missing is not in the file."""
    path = _path_in(details["loc"], data)
    return (*path, str(details["loc"][-1])) if details["type"] == "missing" else path


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


def _models(annotation: Any) -> Iterator[type[Specification]]:
    """The classes of a scenario that an annotation names, not those that they hold in turn."""
    if isinstance(annotation, type) and issubclass(annotation, Specification):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from _models(inner)


def _at(loc: tuple[int | str, ...]) -> list[type[Specification]]:
    """The classes that may stand at a location."""
    models: list[type[Specification]] = [Scenario]
    for part in loc:
        found = [
            model
            for outer in models
            for name, field in outer.model_fields.items()
            if part in (name, field.alias)
            for model in _models(field.annotation)
        ]
        tagged = [model for model in models if _default_model(model) == part]
        models = found or tagged or models
    return models


def _default_model(model: type[Specification]) -> object:
    field = model.model_fields.get("model")
    return field.default if field else None


def _known_keys(loc: tuple[int | str, ...]) -> tuple[str, ...]:
    keys = (field.alias or name for model in _at(loc) for name, field in model.model_fields.items())
    return tuple(dict.fromkeys(keys))


def _example(path: Where) -> str:
    """How a missing field is written."""
    for model in _at(path[:-1]):
        for name, field in model.model_fields.items():
            if path[-1] in (name, field.alias) and field.examples:
                return f"{path[-1]}: {field.examples[0]}"
    return f"{path[-1]}: ..."


@dataclass(frozen=True)
class Rule:
    """What fields must not say against each other.

    Attributes:
        reads: The fields it reads; where one is wrong already, the rule is not tried.
        broken_by: Gives the path and the message of each way in which a scenario breaks it.
    """

    reads: tuple[str, ...]
    broken_by: Callable[[Scenario], Iterable[tuple[Where, str]]]


RULES: list[Rule] = []

Broken = Iterator[tuple[Where, str]]


def rule(*reads: str) -> Callable[[Callable[[Scenario], Broken]], Callable[[Scenario], Broken]]:
    """Makes a function over a scenario one of the rules."""

    def added(broken_by: Callable[[Scenario], Broken]) -> Callable[[Scenario], Broken]:
        RULES.append(Rule(reads, broken_by))
        return broken_by

    return added


@rule("pay", "deposits", "elections")
def pay_or_deposits(scenario: Scenario) -> Broken:
    """Money comes from a payroll or from a replay, not from both."""
    if scenario.pay is None and scenario.deposits is None:
        yield ("pay",), "is missing; write pay with salary and frequency, or deposits: FILE.csv"
    if scenario.deposits is None:
        return
    for name in ("pay", "elections"):
        if name in scenario.model_fields_set:
            yield (
                (name,),
                "deposits replays what really went in; leave this out, or leave out deposits",
            )


@rule("pay.frequency", "pay.first_pay_date", "pay.last_pay_date")
def anchored_cycle(scenario: Scenario) -> Broken:
    """A cycle of weeks needs its anchor, and employment ends after it begins."""
    if not (pay := scenario.pay):
        return
    if pay.frequency in DAYS_APART and pay.first_pay_date is None:
        wrong = f"is required with {pay.frequency} pay; write any pay date, like 2025-01-03"
        yield ("pay", "first_pay_date"), wrong
    if pay.first_pay_date and pay.last_pay_date and pay.last_pay_date < pay.first_pay_date:
        wrong = f"{pay.last_pay_date} is before first_pay_date, {pay.first_pay_date}"
        yield ("pay", "last_pay_date"), wrong


@rule("pay.frequency", "pay.pay_days")
def pay_days_of_frequency(scenario: Scenario) -> Broken:
    """Semimonthly pay has two days of the month, monthly one; the weeks' cycles do not look at them."""
    pay = scenario.pay
    if pay is None or pay.pay_days is None or pay.frequency in DAYS_APART:
        return
    needed = PAYCHECKS_A_YEAR[pay.frequency] // 12
    if not len(set(pay.pay_days)) == len(pay.pay_days) == needed:
        days, example = (
            ("two different days", "[15, last]") if needed == 2 else ("one day", "[last]")
        )
        yield ("pay", "pay_days"), f"{pay.frequency} pay has {days} of the month; write {example}"


@rule("pay.salary", "pay.raise")
def raise_of_one_salary(scenario: Scenario) -> Broken:
    """A raise goes with a single salary."""
    if scenario.pay and not isinstance(scenario.pay.salary, int):
        if scenario.pay.raise_:
            yield ("pay", "raise"), "goes with a single salary; write the raises as steps of salary"
        if not scenario.pay.salary:
            yield (
                ("pay", "salary"),
                "has no steps; write for example {from: 2025-01-01, salary: 200_000}",
            )


@rule(
    "years",
    "pay.salary",
    "pay.frequency",
    "pay.first_pay_date",
    "pay.last_pay_date",
    "pay.pay_days",
)
def salary_in_force(scenario: Scenario) -> Broken:
    """Every regular pay date has a salary."""
    pay = scenario.pay
    if pay is None or (pay.frequency in DAYS_APART and pay.first_pay_date is None):
        return
    if isinstance(pay.salary, int) or pay.salary:
        try:
            for pay_date in pay.pay_dates(scenario.years):
                pay.salary_on(pay_date, scenario.years)
        except NoSalary as error:
            yield ("pay", "salary"), str(error)


@rule("years", "pay.bonuses.date", "pay.last_pay_date")
def bonuses_while_employed(scenario: Scenario) -> Broken:
    """Bonuses are paid within the years and not after the last pay date."""
    if not (pay := scenario.pay):
        return
    for place, bonus in enumerate(pay.bonuses):
        path = ("pay", "bonuses", place, "date")
        paid = preceding_bank_day(bonus.date)
        if paid.year not in scenario.years:
            yield path, f"{paid} is outside the years {scenario.years}"
        elif pay.last_pay_date and paid > pay.last_pay_date:
            yield path, f"{paid} is after last_pay_date, {pay.last_pay_date}"


@rule("years", "plan.nonelective")
def lump_sum_within_years(scenario: Scenario) -> Broken:
    """A lump sum is paid within the years."""
    lump = scenario.plan.nonelective
    if isinstance(lump, LumpSum) and lump.date.year not in scenario.years:
        yield ("plan", "nonelective", "date"), f"{lump.date} is outside the years {scenario.years}"


@rule("plan.match")
def tiers_rise(scenario: Scenario) -> Broken:
    """Each tier of the match begins where the one before it ends."""
    before: Fraction | None = Fraction(0)
    for place, tier in enumerate(scenario.plan.match):
        path = ("plan", "match", place, "up_to")
        if before is None:
            yield (
                ("plan", "match", place),
                "the tier before it matches every deferral; give that one an up_to",
            )
        elif tier.up_to is not None and tier.up_to <= before:
            yield (
                path,
                f"{percent(tier.up_to)} must be above the tier before it, {percent(before)}; order the tiers",
            )
        before = tier.up_to


@rule("elections")
def elections_within_pay(scenario: Scenario) -> Broken:
    """No set of elections asks for more than the paycheck."""
    for place, in_force in scenario.elections.ever():
        if in_force.shares > 1:
            path: Where = ("elections",) if place is None else ("elections", "changes", place)
            yield (
                path,
                f"the elections together ask for {percent(in_force.shares)} of pay; at most 100%",
            )


@rule("policies.label")
def policies_apart(scenario: Scenario) -> Broken:
    """There is a policy, and each has a name of its own."""
    if not scenario.policies:
        yield ("policies",), "is empty; write for example [per-paycheck, monthly, year-end]"
    names: set[str] = set()
    for place, policy in enumerate(scenario.policies):
        if policy.name in names:
            field = ("label",) if policy.label else ()
            wrong = f"a policy is already called '{policy.name}'; give this one another label"
            yield ("policies", place, *field), wrong
        names.add(policy.name)


@rule("policies.cadence", "policies.dates")
def dates_of_cadence(scenario: Scenario) -> Broken:
    """The cadence `dates`, and it alone, has dates."""
    for place, policy in enumerate(scenario.policies):
        if policy.cadence == "dates" and not policy.dates:
            wrong = "cadence: dates needs its dates; write for example dates: [2025-06-30]"
            yield ("policies", place), wrong
        elif policy.dates and policy.cadence != "dates":
            wrong = f"go with cadence: dates, not with {policy.cadence}; leave them out"
            yield ("policies", place, "dates"), wrong


@rule("years", "policies.dates")
def conversion_dates_near_years(scenario: Scenario) -> Broken:
    """Conversion dates lie in the years or in the one after."""
    first, last = scenario.years.first, scenario.years.last + 1
    for place, policy in enumerate(scenario.policies):
        for entry, day in enumerate(policy.dates):
            if not first <= day.year <= last:
                wrong = f"{day} must lie from {first}-01-01 to {last}-12-31"
                yield ("policies", place, "dates", entry), wrong


@rule("years", "limits")
def limits_known(scenario: Scenario) -> Broken:
    """Every simulated year has limits."""
    for year in scenario.years:
        try:
            scenario.limits.of(year)
        except UnknownLimits as error:
            yield ("limits",), str(error)
            return


@rule("years", "birth_year")
def born_before(scenario: Scenario) -> Broken:
    """The person is born before the simulation."""
    if scenario.birth_year >= scenario.years.first:
        wrong = f"{scenario.birth_year} is not before the simulated years, {scenario.years}"
        yield ("birth_year",), wrong
