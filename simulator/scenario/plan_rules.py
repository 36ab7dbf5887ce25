"""What the contribution rules of a plan must not say against each other, or against the rest."""

from __future__ import annotations

from fractions import Fraction

from simulator.days.yearly import YearlyDay
from simulator.notation.mistakes import Path as Where
from simulator.notation.numbers import percent
from simulator.payroll.fifteen_years import LEAST_SERVICE
from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule


@rule("years", "plan.nonelective")
def lump_sums_within_years(scenario: Question) -> Broken:
    """A nonelective contribution on a date is paid within the years, or for one of them."""
    plan = scenario.plan
    for place, item in enumerate(plan.nonelective_items):
        if isinstance(item, Fraction | str) or isinstance(item.date, YearlyDay):
            continue
        if not {item.date.year, item.date.year - item.years_after} & set(scenario.years):
            at: Where = (place,) if isinstance(plan.nonelective, tuple) else ()
            wrong = f"{item.date} is outside the years {scenario.years}"
            if item.date.year == scenario.years.last + 1:
                wrong += f"; if it is paid for {scenario.years.last}, add counts_for: previous"
            yield ("plan", "nonelective", *at, "date"), wrong


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


@rule("plan.after_tax.cap", "plan.after_tax.cap_on")
def cap_on_pay(scenario: Question) -> Broken:
    """Which pay a cap is of, is asked of a cap that is a share."""
    rule = scenario.plan.after_tax
    if rule.cap_on != "gross" and not isinstance(rule.cap, Fraction):
        yield (
            ("plan", "after_tax", "cap_on"),
            "goes with a cap that is a share of pay, like cap: 10%; a cap in dollars is of the year",
        )


@rule("plan.match", "plan.match_after_tax", "elections")
def after_tax_matched(scenario: Question) -> Broken:
    """After-tax contributions that are matched have a match, and are not `max`."""
    if not scenario.plan.match_after_tax:
        return
    path = ("plan", "match_after_tax")
    if not scenario.plan.match:
        yield path, "there is no match; write plan.match, like [{rate: 50%, up_to: 6%}]"
    if any(elected.after_tax == "max" for _, elected in scenario.elections.ever()):
        yield (
            path,
            "beside elections.after_tax: max the room and the match would chase each other; write "
            "after_tax as a share or in dollars",
        )


@rule("plan.type", "plan.fifteen_years")
def fifteen_years_of_a_403b(scenario: Question) -> Broken:
    """The catch-up after fifteen years is of 403(b) plans, from 15 years of service on."""
    plan = scenario.plan
    if plan.fifteen_years and (plan.type != "403b" or plan.fifteen_years.service < LEAST_SERVICE):
        yield ("plan", "fifteen_years"), f"only for 403b, from {LEAST_SERVICE} years of service"
