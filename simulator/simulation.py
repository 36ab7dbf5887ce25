"""The main job, from question to answer. Read this file first.

scenario -> contributions -> timeline of each policy -> prices -> ledger -> comparison
"""

from datetime import date

from simulator.comparison import Comparison, PolicyResult
from simulator.conversion.ledger import Ledger, ledger
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Timeline, timeline
from simulator.payroll.contributions import ContributionYear, contributions
from simulator.payroll.replay import deposits_in
from simulator.scenario import Scenario


def compare(scenario: Scenario) -> Comparison:
    """Every policy of a scenario side by side, on the same money and the same prices.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    results = []
    for policy in scenario.policies:
        plan = timeline(deposits, policy, scenario.plan, scenario.years)
        results.append(PolicyResult(policy, plan, posted(scenario, plan).outcome))
    return Comparison(scenario, years, deposits, tuple(results), paths=1)


def went_in(scenario: Scenario) -> tuple[ContributionYear, ...]:
    """The contributions of a scenario, year by year; none in a replay."""
    if scenario.pay is None:
        return ()
    return contributions(
        scenario.pay,
        scenario.elections,
        scenario.plan,
        scenario.limits,
        scenario.birth_year,
        scenario.years,
    )


def after_tax_deposits(
    scenario: Scenario, years: tuple[ContributionYear, ...]
) -> tuple[tuple[date, int], ...]:
    """Pay date and amount of each after-tax contribution: of the payroll, or replayed. [cents]"""
    if scenario.deposits is not None:
        return deposits_in(scenario.deposits, scenario.years)
    paid = (one for year in years for one in year.contributions)
    return tuple((one.pay_date, one.after_tax) for one in paid if one.after_tax)


def posted(scenario: Scenario, plan: Timeline, path: int = 0) -> Ledger:
    """The ledger of one path under one policy."""
    return ledger(plan, scenario.returns.path(plan.sessions, path))


def ledger_of(scenario: Scenario, policy: Policy, path: int = 0) -> Ledger:
    """Every posting of one path of a scenario under one of its policies.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    deposits = after_tax_deposits(scenario, went_in(scenario))
    return posted(scenario, timeline(deposits, policy, scenario.plan, scenario.years), path)
