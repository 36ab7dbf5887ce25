"""The best dates on which to convert, under a plan's own rules, beside a scenario's policies."""

from __future__ import annotations

from simulator.answer.best_dates import BestDates
from simulator.conversion.policy import LARGEST_CUTOFF, Policy
from simulator.notation.specification import replaced
from simulator.notation.taken import demand_kind, demand_whole
from simulator.notation.wording import shown
from simulator.paths.blocks import Progress
from simulator.paths.engine import EXACT, NoEngine, demand_engine
from simulator.refusal import Refused
from simulator.scenario.arguments import with_argument
from simulator.scenario.best_dates import calendar_of, problem
from simulator.scenario.contradictions import unweighed
from simulator.scenario.paid_out import payments_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import after_tax_deposits, compare, went_in

LABEL = "label"


def best(
    scenario: Scenario,
    max_per_year: int | str | None = None,
    fee: float | str | None = None,
    cutoff: int = 0,
    label: str | None = None,
    *,
    progress: Progress | None = None,
    engine: str = "auto",
) -> BestDates:
    """The dates on which to convert, under the plan's own rules, compared with the scenario's policies.

    They are found on the expected path, never by looking ahead, and are then followed on all paths.

    Args:
        scenario: The question.
        max_per_year: In place of the plan's `max_per_year`; "none" for any number. [conversions]
        fee: In place of the plan's `fee`. [dollars a conversion]
        cutoff: Sessions before each year's last on which the plan stops.
        label: What the policy with these dates is called.
        progress: Is told how many paths are done, of how many.
        engine: See `compare`.

    Raises:
        Refused: The plan allows no conversions, there are no deposits, fee and tax cannot be weighed, the
            rules leave no date, another policy has the label, or `exact` is asked for.
        Mistakes: A rule cannot be read, or a file that the scenario names cannot be used.
    """
    demand_kind("best", scenario, Scenario)
    demand_engine(engine)
    if engine == EXACT:
        raise NoEngine("best compares policies path by path; choose auto, numpy or fast")
    for name, value in (("max_per_year", max_per_year), ("fee", fee)):
        if value is not None:
            scenario = with_argument(scenario, name, f"plan.conversion.{name}", value)
    sought = _sought(cutoff, label)
    scenario = _beside(scenario, sought)
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    paid = payments_of(scenario, years, deposits)
    _demand_weighable(scenario)
    calendar = calendar_of(scenario, sought, deposits, paid)
    if calendar is None:
        raise Refused("best: needs deposits")
    if not calendar.all_dates:
        raise Refused(
            "best: needs deposits that no life event pays out before they may be converted"
        )
    asked = problem(scenario, sought, deposits, paid)
    return BestDates(compare(scenario, progress, engine=engine), calendar, asked, cutoff)


def _sought(cutoff: int, label: str | None) -> Policy:
    """The policy whose dates are sought."""
    demand_whole("cutoff", cutoff, 0, LARGEST_CUTOFF, "sessions")
    if label is not None and not (isinstance(label, str) and label.strip()):
        raise Refused(f"{shown(label)} is not a label; write a text", LABEL)
    return Policy(cadence="best", cutoff=int(cutoff), label=label)


def _beside(scenario: Scenario, sought: Policy) -> Scenario:
    """The scenario with that policy first; in place of one that asks the same, whose label it takes over."""
    nameless = replaced(sought, label=None)
    same = [policy for policy in scenario.policies if replaced(policy, label=None) == nameless]
    if same and sought.label is None:
        sought = same[0]
    own = tuple(policy for policy in scenario.policies if policy not in same)
    if sought.name in (policy.name for policy in own):
        wrong = f"a policy is already called '{sought.name}'; give this one another label"
        raise Refused(wrong, LABEL)
    return replaced(scenario, policies=(sought, *own))


def _demand_weighable(scenario: Scenario) -> None:
    """Raises `Refused` where nothing can be converted, or fee and tax cannot be weighed."""
    rules = scenario.plan.conversion
    if not rules.allowed:
        raise Refused("best: the plan allows no conversions")
    if scenario.until:
        raise Refused("best: is sought for whole years; leave until out")
    if rules.fee and not scenario.taxes:
        raise Refused(unweighed(rules.fee))
