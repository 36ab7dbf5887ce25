"""What goes in by a scenario: its contributions year by year, and its after-tax deposits."""

from datetime import date

from simulator.payroll.contribution import ContributionYear
from simulator.payroll.contributions import contributions
from simulator.payroll.replay import deposits_in
from simulator.refusal import Refused
from simulator.scenario.scenario import Scenario


def went_in(scenario: Scenario) -> tuple[ContributionYear, ...]:
    """The contributions of a scenario, year by year; none in a replay."""
    if (pay := scenario.employment) is None:
        return ()
    years = contributions(
        pay,
        scenario.elections,
        scenario.plan,
        scenario.limits,
        scenario.birth_year,
        scenario.years,
        scenario.so_far,
    )
    return tuple(year.cut(until) for year in years) if (until := scenario.until) else years


def after_tax_deposits(
    scenario: Scenario, years: tuple[ContributionYear, ...]
) -> tuple[tuple[date, int], ...]:
    """Pay date and amount of each after-tax contribution: of the payroll, or replayed. [cents]"""
    if scenario.deposits is not None:
        return deposits_in(scenario.deposits, scenario.years)
    return tuple(
        (contribution.pay_date, contribution.after_tax)
        for year in years
        for contribution in year.contributions
        if contribution.after_tax and not contribution.given
    )


class NoPayroll(Refused):
    """Paychecks were asked for where the deposits are given."""

    def __init__(self) -> None:
        super().__init__("this scenario replays deposits and has no payroll; see mbdr compare")


def payroll_of(scenario: Scenario) -> tuple[ContributionYear, ...]:
    """What went in, year by year, paycheck by paycheck.

    Raises:
        NoPayroll: The scenario replays deposits.
    """
    if scenario.pay is None:
        raise NoPayroll
    return went_in(scenario)
