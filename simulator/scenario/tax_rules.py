"""What the taxes of a scenario must not say against each other, or against the rest."""

from __future__ import annotations

from simulator.law.income_tax import table_years
from simulator.law.limits import UnknownLimits
from simulator.money import in_dollars
from simulator.notation.wording import shown
from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule
from simulator.scenario.taxed import taxation_of


@rule("taxes.status", "taxes.federal")
def status_or_federal(scenario: Question) -> Broken:
    """A filing status stands in place of a federal rate."""
    taxes = scenario.taxes
    if taxes and taxes.status is not None and taxes.federal is not None:
        wrong = "status and federal: give one; status computes the federal tax, federal is a rate"
        yield ("taxes",), wrong


@rule("taxes")
def taxes_read(scenario: Question) -> Broken:
    """What is earned besides is asked for where a filing status is given; brackets of a state need one."""
    if not (taxes := scenario.taxes):
        return
    for name in taxes.unread:
        yield (
            ("taxes", name),
            "does nothing without a status; write status: single, or leave this out",
        )
    if taxes.by_brackets and taxes.status is None:
        wrong = (
            f"'{taxes.state_code}' has brackets, which need status: single (or another); or give the "
            "marginal rate, as state: 5.75%"
        )
        yield ("taxes", "state"), wrong


@rule("taxes.wages", "taxes.status", "deposits")
def wages_of_a_replay(scenario: Question) -> Broken:
    """A replay has no payroll, so wages are given."""
    taxes = scenario.taxes
    if taxes and taxes.status is not None and scenario.deposits and taxes.wages is None:
        yield ("taxes", "wages"), "needed with deposits, as no payroll says what you earn"


@rule("taxes.investment_income", "taxes.other_income")
def investment_within_other_income(scenario: Question) -> Broken:
    """Net investment income is a part of other income."""
    taxes = scenario.taxes
    if taxes and taxes.status and taxes.investment_income > taxes.other_income:
        amounts = (taxes.investment_income, taxes.other_income)
        more, less = (in_dollars(cents).removesuffix(".00") for cents in amounts)
        yield ("taxes", "investment_income"), f"{more} is more than other_income {less}"


@rule("taxes.spouse_birth_year", "taxes.status")
def spouse_of_a_joint_return(scenario: Question) -> Broken:
    """A spouse's year of birth goes with a joint return."""
    taxes = scenario.taxes
    if taxes and taxes.spouse_birth_year is not None and taxes.status != "married-joint":
        yield ("taxes", "spouse_birth_year"), "only with married-joint"


@rule("years", "birth_year", "limits.inflation", "taxes.status")
def income_tax_table_known(scenario: Question) -> Broken:
    """Every simulated year has an income tax table, or is projected."""
    taxes = scenario.taxes
    if not taxes or taxes.status is None:
        return
    first, last = table_years()
    years = scenario.years
    if years.first < first:
        wrong = f"no table before {first} for years {years}; give federal as a rate"
        yield ("taxes", "status"), wrong
    elif years.last > last + 1 and scenario.limits.inflation is None and not _told(scenario):
        wrong = (
            f"no table after {last} for years {years}; write limits.inflation (for example 2.5%)"
        )
        yield ("taxes", "status"), wrong


def _told(scenario: Question) -> bool:
    """Whether the limits of a year are missing too, which says what to write."""
    if scenario.deposits is not None:
        return False
    try:
        for year in scenario.years:
            scenario.limits.of(year)
    except UnknownLimits:
        return True
    return False


@rule("years", "birth_year", "taxes.state")
def state_known(scenario: Question) -> Broken:
    """A state that is named by its code takes what is known, in every simulated year."""
    taxes = scenario.taxes
    if not taxes or taxes.state_code is None:
        return
    taxation = taxation_of(scenario, taxes)
    for year in scenario.years:
        if why := taxation.why_not_state(year):
            yield ("taxes", "state"), f"{shown(taxes.state_code)}: {why}"
            return
