"""Whether dates that a person has listed could be better under the plan's rules, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answer.phrases import compared, money
from simulator.answer.policy_result import PolicyResult
from simulator.answer.verdict import DOLLAR
from simulator.conversion.best_calendar import NoCalendar
from simulator.conversion.ledger import ledger_outcome
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import timeline
from simulator.notation.numbers import percent
from simulator.notation.specification import replaced
from simulator.returns.constant import Constant
from simulator.scenario.best_dates import dated, expected_return
from simulator.scenario.paid_out import payments_of

if TYPE_CHECKING:
    from simulator.answer.weighing import Weighing

NAMED = 4
"""How many dates are named."""


class BetterDates(NamedTuple):
    """The best dates beside those that are listed, on the expected path.

    Attributes:
        listed: The listed dates that cost least.
        dates: The best dates.
        saves: By how much they cost less. [cents]
        measure: Of what.
        annual_return: By how much the fund grows on that path. [fraction a year]
        told: Whether a policy with the best dates is among those compared.
    """

    listed: Policy
    dates: tuple[date, ...]
    saves: int
    measure: str
    annual_return: Fraction
    told: bool

    @property
    def words(self) -> str:
        """It in a sentence."""
        days = ", ".join(map(str, self.dates[:NAMED])) + " ..." * (len(self.dates) > NAMED)
        return (
            f"The best dates that the plan's rules allow ({days}) cost {money(self.saves)} less of "
            f"{self.measure} than {compared(self.listed, by_name=True)}, if the fund grows evenly by "
            f"{percent(self.annual_return)} a year{'' if self.told else '; mbdr best has them'}."
        )

    def record(self) -> dict[str, Any]:
        """It for JSON; amounts in dollars."""
        return {
            "policy": self.listed.name,
            "dates": [str(day) for day in self.dates],
            "costs_less": self.saves / 100,
            "measure": self.measure,
            "annual_return": float(self.annual_return),
        }


def better_dates(weighing: Weighing) -> BetterDates | None:
    """The best dates where the plan limits conversions and listed dates cost a dollar a year more.

    None too where they cannot be found or weighed.

    Args:
        weighing: The policies and the money.
    """
    rules, taxes = weighing.scenario.plan.conversion, weighing.scenario.taxes
    limits = rules.max_per_year is not None or rules.min_days_between > 0
    ranked = (result.policy for result, _ in weighing.verdict.costs)
    listed = [policy for policy in ranked if policy.cadence == "dates"]
    if not limits or not listed or (rules.fee and not taxes) or weighing.scenario.until:
        return None
    try:
        expected = _on_expected_path(weighing, [Policy(cadence="best"), *listed])
    except NoCalendar:
        return None
    measure, costs = expected.verdict.measure, expected.verdict.costs
    least, *others = (int(cost) for _, cost in costs)
    if len(others) < len(listed):  # some of them leave money only here, or the best ones do
        return None
    saves = min(others) - least
    if saves < DOLLAR * len(list(weighing.scenario.years)):
        return None
    dates = tuple(expected.results[0].conversion_dates)
    growth = expected.scenario.returns.annual_return
    told = any(policy.cadence == "best" for policy in weighing.scenario.policies)
    return BetterDates(listed[others.index(min(others))], dates, saves, measure, growth, told)


def _on_expected_path(weighing: Weighing, policies: Sequence[Policy]) -> Weighing:
    """Some policies weighed on the path on which the fund grows as it is expected to."""
    scenario, deposits = weighing.scenario, weighing.deposits
    paid = payments_of(scenario, weighing.contributions, deposits)
    returns = Constant(annual_return=expected_return(scenario.returns.inside))
    results = []
    for policy in dated(scenario, policies, deposits, paid):
        plan = timeline(
            deposits, policy, scenario.plan, scenario.years, paid, scenario.so_far, scenario.until
        )
        prices = returns.path(plan.sessions, scenario.years, 0)
        results.append(PolicyResult(policy, plan, ledger_outcome(plan, prices)))
    asked = replaced(scenario, returns=returns, policies=tuple(policies))
    return replace(weighing, scenario=asked, results=tuple(results), paths=1, unparked=())
