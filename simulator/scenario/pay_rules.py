"""What pay and elections must not say against each other, or against the years."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from simulator.days.calendars import preceding_bank_day
from simulator.law.limits import UnknownLimits
from simulator.notation.mistakes import Path as Where
from simulator.notation.numbers import percent
from simulator.payroll.pay import NoSalary
from simulator.payroll.pay_dates import DAYS_APART, PAYCHECKS_A_YEAR
from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule


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
    pay = scenario.pay
    if pay and pay.frequency in DAYS_APART and pay.first_pay_date is None:
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
def raise_of_one_salary(scenario: Question) -> Broken:
    """A raise goes with a single salary."""
    pay = scenario.pay
    if pay and isinstance(pay.salary, tuple) and pay.salary and "raise_" in pay.model_fields_set:
        yield ("pay", "raise"), "goes with a single salary; write the raises as steps of salary"


@rule("pay.salary", "pay.self_employment")
def salary_or_profit(scenario: Question) -> Broken:
    """Pay is a salary or the profit of self-employment, not both."""
    if not (pay := scenario.pay):
        return
    if pay.salary != () and pay.self_employment:
        yield ("pay", "salary"), "self_employment is in place of it; leave one of them out"
    elif pay.salary == () and not pay.self_employment:
        wrong = "is missing; write for example salary: 200_000"
        if "salary" in pay.model_fields_set:
            wrong = "has no steps; write for example {from: 2025-01-01, salary: 200_000}"
        yield ("pay", "salary"), wrong


@rule("pay.self_employment", "pay.bonuses", "pay.raise", "pay.extra_period", "plan")
def profit_of_a_solo_plan(scenario: Question) -> Broken:
    """The profit of self-employment has its own plan and no other pay; `nonelective: max` is its alone."""
    pay, plan = scenario.pay, scenario.plan
    if not (pay and pay.self_employment):
        if "max" in plan.nonelective_items:
            wrong = "max goes with pay.self_employment; write a share like 3%"
            yield ("plan", "nonelective"), wrong
        return
    if plan.type != "solo-401k":
        yield ("pay", "self_employment"), "goes with plan.type: solo-401k"
    apart = (
        ("bonuses", pay.bonuses),
        ("raise", pay.raise_),
        ("extra_period", pay.extra_period != "pay"),
    )
    for name, given in apart:
        if given:
            yield ("pay", name), "goes with a salary, not with self_employment; leave it out"
    if isinstance(plan.nonelective, tuple) or not isinstance(plan.nonelective, Fraction | str):
        wrong = "of self-employment it is one share, like 25%, or max"
        yield ("plan", "nonelective"), wrong
    if plan.match:
        yield ("plan", "match"), "of self-employment all employer money is plan.nonelective"


@rule("years", "pay.self_employment", "limits")
def wage_base_known(scenario: Question) -> Broken:
    """Every year of self-employment has a Social Security wage base; it is not projected."""
    if not (scenario.pay and scenario.pay.self_employment):
        return
    for year in scenario.years:
        try:
            limits = scenario.limits.of(year)
        except UnknownLimits:  # told of the limits themselves
            return
        if limits.social_security_wage_base is None:
            wrong = (
                f"{year} has no published Social Security wage base; write limits.overrides for {year}: "
                "social_security_wage_base"
            )
            yield ("limits",), wrong
            return


@rule(
    "years",
    "pay.salary",
    "pay.frequency",
    "pay.first_pay_date",
    "pay.last_pay_date",
    "pay.pay_days",
    "so_far.through",
)
def salary_in_force(scenario: Question) -> Broken:
    """Every regular pay date that is simulated has a salary."""
    pay = scenario.pay
    if pay is None or (pay.frequency in DAYS_APART and pay.first_pay_date is None):
        return
    if not isinstance(pay.salary, int) and pay.salary:  # one salary is in force always
        try:
            for pay_date in pay.pay_dates(scenario.years):
                if scenario.so_far and pay_date <= scenario.so_far.through:
                    continue
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


@rule(
    "elections.pre_tax",
    "elections.roth",
    "elections.after_tax",
    "elections.bonuses",
    "elections.changes",
)
def elections_within_pay(scenario: Question) -> Broken:
    """No set of elections asks for more than the paycheck, or the bonus."""
    found: set[Where] = set()
    for below, in_force in scenario.elections.ever():
        if in_force.shares > 1 and below not in found:
            found.add(below)
            pay = "bonuses" if in_force.apart else "pay"
            yield (
                ("elections", *below),
                f"the elections together ask for {percent(in_force.shares)} of {pay}; at most 100%",
            )
