"""What the contribution rules of a plan must not say against each other, or against the rest."""

from __future__ import annotations

from fractions import Fraction

from simulator.notation.numbers import percent
from simulator.payroll.plan import LumpSum
from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule


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
