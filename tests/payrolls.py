"""Payrolls made in tests: from what a test says of a person to its year of contributions."""

from typing import Any

from simulator.payroll.contribution import ContributionYear
from simulator.simulation import went_in
from tests.documents import scenario

BOTH_MAX: dict[str, Any] = {"pre_tax": "max", "after_tax": "max"}


def years_of(document: dict[str, Any]) -> tuple[ContributionYear, ...]:
    """The contributions of somebody born in 1985 who is paid twice a month, unless said otherwise."""
    person = {"name": "Anyone", "years": 2025, "birth_year": 1985}
    pay = {"frequency": "semimonthly"} | document.get("pay", {})
    return went_in(scenario(person | document | {"pay": pay}))


def year_of(document: dict[str, Any]) -> ContributionYear:
    """The only year of contributions."""
    (year,) = years_of(document)
    return year


def each(year: ContributionYear, column: str, *, kind: str = "regular") -> list[float]:
    """A column, paycheck by paycheck of a kind. [dollars]"""
    paychecks = [paid for paid in year.contributions if paid.paycheck.kind == kind]
    return [getattr(paid, column) / 100 for paid in paychecks]


def total(year: ContributionYear, column: str) -> float:
    """A column's sum. [dollars]"""
    return year.total(column) / 100
