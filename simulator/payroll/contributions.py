"""Contributions: what is asked of each paycheck, poured through the limits in the order of the law.

For each calendar year: eligible pay, elective deferrals, match, nonelective, then the after-tax
contributions into the room that is left. Each limit that takes something off is recorded on the paycheck.

Law: IRC 401(a)(17), 402(g), 414(v), 415(c).
"""

from itertools import groupby

from simulator.days.years import Years
from simulator.law.limits import LimitRules
from simulator.payroll.after_tax import grant_after_tax
from simulator.payroll.annual_additions import fit_annual_additions
from simulator.payroll.contribution import Contribution, ContributionYear
from simulator.payroll.deferrals import grant_deferrals
from simulator.payroll.elections import Elections
from simulator.payroll.employer_money import count_eligible_pay, grant_employer_money
from simulator.payroll.pay import Pay
from simulator.payroll.plan import ContributionRules


def contributions(
    pay: Pay,
    elections: Elections,
    plan: ContributionRules,
    limits: LimitRules,
    birth_year: int,
    years: Years,
) -> tuple[ContributionYear, ...]:
    """What goes in, paycheck by paycheck, in each year that has a pay date.

    Args:
        pay: Salary, pay dates, bonuses.
        elections: What the employee asks.
        plan: What the plan lets in and the employer adds.
        limits: Where each year's limits come from.
        birth_year: Calendar year of birth; the age counts at the year's end.
        years: The simulated calendar years.
    """
    dated = sorted(
        [*pay.paychecks(years), *plan.lump_sums(years)], key=lambda paycheck: paycheck.pay_date
    )
    wages = {years.first - 1: pay.wages_before(years)}
    result = []
    for number, paychecks in groupby(dated, key=lambda paycheck: paycheck.pay_date.year):
        law = limits.of(number)
        already = elections.already_deferred if number == years.first else 0
        paid = tuple(Contribution(paycheck) for paycheck in paychecks)
        wages[number] = sum(contribution.paycheck.gross for contribution in paid)
        year = ContributionYear(
            year=number,
            limits=law,
            elective_deferral_limit=max(0, law.elective_deferral - already),
            catch_up_limit=law.catch_up_at(number - birth_year),
            annual_additions_limit=min(law.annual_additions, wages[number]),
            roth_catch_up=law.roth_catch_up_required(wages.get(number - 1, 0)),
            contributions=paid,
            year_to_date=pay.rounding == "year-to-date",
        )
        _pour(year, elections, plan)
        result.append(year)
    return tuple(result)


def _pour(year: ContributionYear, elections: Elections, plan: ContributionRules) -> None:
    """The steps of a year; each fills in its columns of the same contributions."""
    count_eligible_pay(year)
    grant_deferrals(year, elections)
    grant_employer_money(year, plan)
    if plan.room == "reserve":
        fit_annual_additions(year, plan.excess)  # known beforehand; year to date nothing is
    grant_after_tax(year, elections, plan)
    fit_annual_additions(year, plan.excess)
