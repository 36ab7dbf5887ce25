"""Contributions: what is asked of each paycheck, poured through the limits in the order of the law.

For each calendar year: eligible pay, elective deferrals, match, nonelective, then the after-tax
contributions into the room that is left. Each limit that takes something off is recorded on the paycheck.

Law: IRC 401(a)(17), 402(g), 414(v), 415(c).
"""

from collections.abc import Sequence
from itertools import groupby

from simulator.days.years import Years
from simulator.law.limits import LimitRules
from simulator.payroll.after_tax import grant_after_tax
from simulator.payroll.annual_additions import fit_annual_additions
from simulator.payroll.contribution import Contribution, ContributionYear
from simulator.payroll.deferrals import grant_deferrals
from simulator.payroll.elections import Elections
from simulator.payroll.employer_money import count_eligible_pay, grant_employer_money
from simulator.payroll.pay import Pay, Paycheck
from simulator.payroll.plan import ContributionRules
from simulator.payroll.year_rules import YearRules


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
    for year, of_year in groupby(dated, key=lambda paycheck: paycheck.pay_date.year):
        paychecks = list(of_year)
        wages[year] = sum(paycheck.gross for paycheck in paychecks)
        rules = YearRules(
            limits=limits.of(year),
            age=year - birth_year,
            already_deferred=elections.already_deferred if year == years.first else 0,
            wages_before=wages.get(year - 1, 0),
            gross=wages[year],
            elections=elections,
            plan=plan,
            year_to_date=pay.rounding == "year-to-date",
        )
        result.append(_year(paychecks, rules))
    return tuple(result)


def _year(paychecks: Sequence[Paycheck], rules: YearRules) -> ContributionYear:
    """One calendar year: each step fills its columns of the same contributions."""
    paid = tuple(Contribution(paycheck) for paycheck in paychecks)
    count_eligible_pay(paid, rules)
    grant_deferrals(paid, rules)
    grant_employer_money(paid, rules)
    employer_asked = sum(contribution.employer for contribution in paid)
    if rules.plan.room == "reserve":
        fit_annual_additions(paid, rules)  # known beforehand; year to date nothing is
    grant_after_tax(paid, rules)
    fit_annual_additions(paid, rules)
    return ContributionYear(
        year=rules.limits.year,
        limits=rules.limits,
        elective_deferral_limit=rules.elective_deferral,
        catch_up_limit=rules.catch_up,
        annual_additions_limit=rules.annual_additions,
        roth_catch_up=rules.roth_catch_up,
        contributions=paid,
        employer_asked=employer_asked,
    )
