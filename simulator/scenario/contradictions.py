"""Contradictions: what two fields of a scenario must not say against each other.

Each rule names the fields that it reads; it is left out only where one of those is itself wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from simulator.days.calendars import preceding_bank_day
from simulator.law.limits import UnknownLimits
from simulator.notation.mistakes import Mistake, as_keys
from simulator.notation.mistakes import Path as Where
from simulator.notation.numbers import percent
from simulator.notation.yaml_document import Document
from simulator.payroll.pay import DAYS_APART, PAYCHECKS_A_YEAR, NoSalary
from simulator.payroll.plan import LumpSum
from simulator.scenario.event_contradictions import EVENT_RULES, Broken
from simulator.scenario.question import Question


def contradictions(
    scenario: Question, read: Document, faulty: Iterable[tuple[int | str, ...]]
) -> list[Mistake]:
    """All that a scenario says against itself.

    Args:
        scenario: The scenario; with stand-ins for its faulty fields.
        read: The file.
        faulty: The fields that are wrong by themselves.
    """
    wrong = list(faulty)
    return [
        Mistake(read.place(as_keys(path)), path, message)
        for rule in RULES
        if not any(_touches(path, reads) for path in wrong for reads in rule.reads)
        for path, message in rule.broken_by(scenario)
    ]


def _touches(path: Where, reads: str) -> bool:
    """Whether a faulty field is, holds, or lies within a field that a rule reads."""
    names = tuple(part for part in path if isinstance(part, str))
    parts = tuple(reads.split("."))
    length = min(len(names), len(parts))
    return names[:length] == parts[:length]


@dataclass(frozen=True)
class Rule:
    """What fields must not say against each other.

    Attributes:
        reads: The fields it reads; where one is wrong already, the rule is not tried.
        broken_by: Gives the path and the message of each way in which a scenario breaks it.
    """

    reads: tuple[str, ...]
    broken_by: Callable[[Question], Iterable[tuple[Where, str]]]


RULES = [Rule(reads, broken_by) for reads, broken_by in EVENT_RULES]


def rule(*reads: str) -> Callable[[Callable[[Question], Broken]], Callable[[Question], Broken]]:
    """Makes a function over a scenario one of the rules."""

    def added(broken_by: Callable[[Question], Broken]) -> Callable[[Question], Broken]:
        RULES.append(Rule(reads, broken_by))
        return broken_by

    return added


@rule("pay", "deposits", "elections")
def pay_or_deposits(scenario: Question) -> Broken:
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


@rule("pay.frequency", "pay.first_pay_date")
def anchored_cycle(scenario: Question) -> Broken:
    """A cycle of weeks needs its anchor."""
    if (pay := scenario.pay) and pay.frequency in DAYS_APART and pay.first_pay_date is None:
        wrong = f"is required with {pay.frequency} pay; write the first pay date, like 2025-01-03"
        yield ("pay", "first_pay_date"), wrong


@rule("pay.frequency", "pay.first_pay_date", "pay.last_pay_date", "pay.pay_days")
def employed_for_a_paycheck(scenario: Question) -> Broken:
    """Employment does not end before the first pay date."""
    if not (pay := scenario.pay):
        return
    first, last = pay.first_paid, pay.last_pay_date
    if first and last and last < first:
        yield ("pay", "last_pay_date"), f"{last} is before the first pay date, {first}"


@rule("years", "pay.frequency", "pay.first_pay_date", "pay.pay_days")
def paid_within_years(scenario: Question) -> Broken:
    """Pay does not begin after the years; a pay date of January may be moved into December."""
    if not (pay := scenario.pay) or not pay.first_pay_date or not pay.first_paid:
        return
    if min(pay.first_pay_date.year, pay.first_paid.year) > scenario.years.last:
        wrong = f"{pay.first_pay_date} is after the years {scenario.years}: nothing is paid in them"
        yield ("pay", "first_pay_date"), wrong


@rule("pay.salary")
def salary_steps_apart(scenario: Question) -> Broken:
    """Each step of the salary has a date of its own."""
    if scenario.pay and not isinstance(scenario.pay.salary, int):
        steps = [step.from_ for step in scenario.pay.salary]
        yield from _twice(steps, ("pay", "salary"), "a step", "write one salary a date")


@rule("elections.changes")
def changes_apart(scenario: Question) -> Broken:
    """Each change of the elections has a date of its own."""
    changes = [change.from_ for change in scenario.elections.changes]
    yield from _twice(changes, ("elections", "changes"), "a change", "write both into one")


def _twice(begins: list[date], path: Where, what: str, instead: str) -> Broken:
    """Those of some entries that begin on the date of an earlier one."""
    for place, day in enumerate(begins):
        if day in begins[:place]:
            yield (*path, place, "from"), f"{what} from {day} is there already; {instead}"


@rule("pay.frequency", "pay.pay_days")
def pay_days_of_frequency(scenario: Question) -> Broken:
    """Semimonthly pay has two days of the month, monthly one; the weeks' cycles do not look at them."""
    if (pay := scenario.pay) is None or pay.pay_days is None or pay.frequency in DAYS_APART:
        return
    needed = PAYCHECKS_A_YEAR[pay.frequency] // 12
    if not len(set(pay.pay_days)) == len(pay.pay_days) == needed:
        days, example = (
            ("two different days", "[15, last]") if needed == 2 else ("one day", "[last]")
        )
        yield ("pay", "pay_days"), f"{pay.frequency} pay has {days} of the month; write {example}"


@rule("pay.salary", "pay.raise")
def raise_of_one_salary(scenario: Question) -> Broken:
    """A raise goes with a single salary."""
    if scenario.pay and not isinstance(scenario.pay.salary, int):
        if "raise_" in scenario.pay.model_fields_set:
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
def salary_in_force(scenario: Question) -> Broken:
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
def bonuses_while_employed(scenario: Question) -> Broken:
    """Bonuses are paid within the years and not after the last pay date."""
    if not (pay := scenario.pay):
        return
    for place, bonus in enumerate(pay.bonuses):
        path = ("pay", "bonuses", place, "date")
        paid = preceding_bank_day(bonus.date)
        moved = "" if paid == bonus.date else f" (paid on {paid}, the bank day before)"
        if paid.year not in scenario.years:
            yield path, f"{bonus.date}{moved} is outside the years {scenario.years}"
        elif pay.last_pay_date and paid > pay.last_pay_date:
            yield path, f"{bonus.date}{moved} is after last_pay_date, {pay.last_pay_date}"


@rule("years", "plan.nonelective")
def lump_sum_within_years(scenario: Question) -> Broken:
    """A lump sum is paid within the years."""
    lump = scenario.plan.nonelective
    if isinstance(lump, LumpSum) and lump.date.year not in scenario.years:
        yield ("plan", "nonelective", "date"), f"{lump.date} is outside the years {scenario.years}"


@rule("plan.match.up_to")
def tiers_rise(scenario: Question) -> Broken:
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
            below = f"the tier before it, {percent(before)}; order the tiers" if place else "0%"
            yield path, f"{percent(tier.up_to)} must be above {below}"
        before = tier.up_to


@rule("elections.pre_tax", "elections.roth", "elections.after_tax", "elections.changes")
def elections_within_pay(scenario: Question) -> Broken:
    """No set of elections asks for more than the paycheck."""
    for place, in_force in scenario.elections.ever():
        if in_force.shares > 1:
            path: Where = ("elections",) if place is None else ("elections", "changes", place)
            yield (
                path,
                f"the elections together ask for {percent(in_force.shares)} of pay; at most 100%",
            )


@rule("policies.label")
def policies_apart(scenario: Question) -> Broken:
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


@rule("policies.cadence", "policies.dates", "policies.day")
def dates_of_cadence(scenario: Question) -> Broken:
    """The cadence `dates`, and it alone, has dates; `monthly`, and it alone, a day."""
    for place, policy in enumerate(scenario.policies):
        if policy.cadence == "dates" and not policy.listed:
            wrong = "cadence: dates needs its dates; write for example dates: [2025-06-30]"
            yield ("policies", place), wrong
        elif policy.listed and policy.cadence != "dates":
            wrong = f"go with cadence: dates, not with {policy.cadence}; leave them out"
            yield ("policies", place, "dates"), wrong
        if policy.day is not None and policy.cadence != "monthly":
            wrong = f"goes with cadence: monthly, not with {policy.cadence}; leave it out"
            yield ("policies", place, "day"), wrong


@rule("years", "policies.dates")
def conversion_dates_near_years(scenario: Question) -> Broken:
    """Conversion dates lie in the years or in the one after."""
    first, last = scenario.years.first, scenario.years.last + 1
    for place, policy in enumerate(scenario.policies):
        for entry, day in enumerate(policy.listed):
            if not first <= day.year <= last:
                wrong = f"{day} must lie from {first}-01-01 to {last}-12-31"
                yield ("policies", place, "dates", entry), wrong


@rule("years", "limits.inflation")
def limits_known(scenario: Question) -> Broken:
    """Every simulated year has limits; a replay uses none."""
    if scenario.deposits is not None:
        return
    for year in scenario.years:
        try:
            scenario.limits.of(year)
        except UnknownLimits as error:
            yield ("limits",), str(error)
            return


@rule("years", "birth_year")
def born_before(scenario: Question) -> Broken:
    """The person is born before the simulation."""
    if scenario.birth_year >= scenario.years.first:
        wrong = f"{scenario.birth_year} is not before the simulated years, {scenario.years}"
        yield ("birth_year",), wrong
