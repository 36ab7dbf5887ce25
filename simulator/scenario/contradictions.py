"""Contradictions: what two fields of a scenario must not say against each other.

The rules of pay, plan, events and taxes stand in files of their own; here are those of policies, limits
and persons.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.conversion.policy import AS_DONE
from simulator.law.limits import UnknownLimits
from simulator.money import in_dollars
from simulator.notation.mistakes import Mistake, as_keys
from simulator.notation.mistakes import Path as Where
from simulator.notation.yaml_document import Document
from simulator.scenario import (
    elect_rules,
    event_rules,
    pay_rules,
    plan_rules,
    returns_rules,
    so_far_rules,
    tax_rules,
    wealth_rules,
)
from simulator.scenario.question import Question
from simulator.scenario.rule import RULES, Broken, rule

__all__ = [
    "RULES",
    "contradictions",
    "elect_rules",
    "event_rules",
    "pay_rules",
    "plan_rules",
    "returns_rules",
    "so_far_rules",
    "tax_rules",
    "wealth_rules",
]


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
        if not (wrong and any(_touches(path, reads) for path in wrong for reads in rule.reads))
        for path, message in rule.broken_by(scenario)
    ]


def _touches(path: Where, reads: str) -> bool:
    """Whether a faulty field is, holds, or lies within a field that a rule reads."""
    names = tuple(part for part in path if isinstance(part, str))
    parts = tuple(reads.split("."))
    length = min(len(names), len(parts))
    return names[:length] == parts[:length]


@rule("policies.label", "conversions")
def policies_apart(scenario: Question) -> Broken:
    """There is a policy, and each has a name of its own."""
    if not scenario.policies:
        yield ("policies",), "is empty; write for example [per-paycheck, monthly, year-end]"
    names = {AS_DONE.name} if scenario.conversions else set[str]()
    for place, policy in enumerate(scenario.policies):
        if policy.name in names:
            field = ("label",) if policy.label else ()
            wrong = f"a policy is already called '{policy.name}'; give this one another label"
            yield ("policies", place, *field), wrong
        names.add(policy.name)


@rule("policies.cadence", "policies.dates", "policies.day", "policies.zero_out")
def dates_of_cadence(scenario: Question) -> Broken:
    """The cadence `dates`, and it alone, has dates; `monthly`, and it alone, a day; `best` no zero-out."""
    for place, policy in enumerate(scenario.policies):
        if policy.cadence == "dates" and not policy.listed:
            wrong = "cadence: dates needs its dates; write for example dates: [2025-06-30]"
            yield ("policies", place), wrong
        elif policy.listed and policy.cadence != "dates":
            wrong = f"go with cadence: dates, not with {policy.cadence}; leave them out"
            yield ("policies", place, "dates"), wrong
        if policy.zero_out and policy.cadence == "best":
            wrong = "goes not with cadence: best, which leaves nothing that is due; leave it out"
            yield ("policies", place, "zero_out"), wrong
        if policy.day is not None and policy.cadence != "monthly":
            wrong = f"goes with cadence: monthly, not with {policy.cadence}; leave it out"
            yield ("policies", place, "day"), wrong


@rule("policies.cadence", "plan.conversion", "taxes")
def fee_weighed(scenario: Question) -> Broken:
    """Where the best dates are sought and a conversion has a fee, there are taxes to weigh it against."""
    fee = scenario.plan.conversion.fee
    for place, policy in enumerate(scenario.policies):
        if policy.cadence == "best" and fee and not scenario.taxes:
            yield ("policies", place), unweighed(fee)


def unweighed(fee: int) -> str:
    """What is said of a fee that the best dates cannot be weighed with. [cents]"""
    weighed = "give taxes, so that fee and tax can be weighed"
    return f"best: a fee of {in_dollars(fee)} and no taxes: {weighed}"


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
