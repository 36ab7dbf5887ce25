"""Contributions: what is asked of each paycheck, poured through the limits in the order of the law.

For each calendar year: eligible pay, elective deferrals, match, nonelective, then the after-tax
contributions into the room that is left. Each limit that takes something off is recorded on the paycheck.

Law: IRC 401(a)(17), 402(g), 414(v), 415(c).
"""

from datetime import date
from fractions import Fraction
from itertools import groupby

from simulator.days.years import Years
from simulator.law.limits import LimitRules
from simulator.money import half_up
from simulator.payroll.after_tax import grant_after_tax
from simulator.payroll.annual_additions import fit_annual_additions
from simulator.payroll.contribution import Contribution, ContributionYear
from simulator.payroll.deferrals import grant_deferrals
from simulator.payroll.elections import Elections
from simulator.payroll.employer_money import count_eligible_pay, grant_nonelective
from simulator.payroll.fifteen_years import FifteenYearsUsed
from simulator.payroll.matching import grant_match
from simulator.payroll.pay import Pay
from simulator.payroll.paycheck import BONUS
from simulator.payroll.plan import ContributionRules
from simulator.payroll.self_employment import EarnedIncome
from simulator.payroll.so_far import ContributionsSoFar


def contributions(
    pay: Pay,
    elections: Elections,
    plan: ContributionRules,
    limits: LimitRules,
    birth_year: int,
    years: Years,
    so_far: ContributionsSoFar | None = None,
) -> tuple[ContributionYear, ...]:
    """What goes in, paycheck by paycheck, in each year that has a pay date.

    Args:
        pay: Salary, pay dates, bonuses.
        elections: What the employee asks.
        plan: What the plan lets in and the employer adds.
        limits: Where each year's limits come from.
        birth_year: Calendar year of birth; the age counts at the year's end.
        years: The simulated calendar years.
        so_far: What came in the first of them before the simulation begins.
    """
    business = pay.self_employment
    earned = None
    if business:
        rate = plan.rate_of_profit
        earned = {year: business.earned(rate, limits.of(year)) for year in years}
    begins = so_far.through if so_far else date.min
    stub = [so_far.paycheck] if so_far else []
    lumps = (lump for lump in plan.lump_sums(years) if lump.pay_date > begins)
    dated = sorted(
        [*stub, *pay.paychecks(years, earned, begins), *lumps],
        key=lambda paycheck: (paycheck.year, paycheck.pay_date),
    )
    wages = {years.first - 1: pay.wages_before(years)}
    fifteen = FifteenYearsUsed(plan.fifteen_years, years.first)
    earlier: tuple[Contribution, ...] = ()
    result: list[ContributionYear] = []
    for number, paychecks in groupby(dated, key=lambda paycheck: paycheck.year):
        paid = tuple(Contribution(paycheck) for paycheck in paychecks)
        if number < years.first:
            earlier = tuple(map(_paid_for_earlier, paid))
            continue
        law = limits.of(number)
        if so_far and number == years.first:
            counted = so_far.contribution(law.compensation, plan.match_after_tax)
            paid = (counted, *paid[1:])
        gross = sum(contribution.paycheck.gross for contribution in paid)
        wages[number] = 0 if earned else gross  # FICA wages: a profit is none
        income = earned[number] if earned else None
        compensation = income.compensation if income else gross
        additions = min(law.annual_additions, compensation) - plan.also_annual_additions
        already = elections.already_deferred if number == years.first else 0
        whole_deferral = law.elective_deferral + fifteen.allowed(number)
        most = whole_deferral + law.catch_up_at(number - birth_year) - already
        if income:
            most = min(most, _most_of_profit(income, additions, whole_deferral))
        most = max(0, most)
        year = ContributionYear(
            year=number,
            limits=law,
            elective_deferral=whole_deferral,
            already_deferred=already,
            elective_deferral_limit=min(whole_deferral, most),
            catch_up_limit=max(0, most - whole_deferral),
            annual_additions_limit=max(0, additions),
            roth_catch_up=law.roth_catch_up_required(wages.get(number - 1, 0)),
            contributions=paid,
            year_to_date=pay.rounding == "year-to-date",
            paycheck_cap=plan.paycheck_cap,
            earlier=() if result else earlier,
            earned=income,
        )
        _pour(year, elections, plan)
        fifteen.count(year)
        result.append(year)
    return tuple(result)


def _most_of_profit(income: EarnedIncome, additions: int, whole_deferral: int) -> int:
    """The most that is deferred of a profit: the employer's share is not cut for it. [cents]

    Args:
        income: What the profit comes to.
        additions: What 415(c) allows. [cents]
        whole_deferral: 402(g) in full; what exceeds it is catch-up, which 415(c) does not count. [cents]
    """
    left = additions - income.employer
    return min(income.compensation, left) if left < whole_deferral else income.compensation


def _paid_for_earlier(contribution: Contribution) -> Contribution:
    """Employer money of the year before the first: no limit is known that would cut it.

    Of that year's pay the file knows nothing, so a share of it is nothing here.
    """
    lump = contribution.paycheck.lump
    assert lump is not None, "employer money alone is paid for a year before"
    contribution.nonelective = half_up(lump.of(Fraction(0)))
    return contribution


def _pour(year: ContributionYear, elections: Elections, plan: ContributionRules) -> None:
    """The steps of a year; each fills in its columns of the same contributions."""
    in_force = elections.in_force(
        (paid.pay_date, paid.paycheck.kind == BONUS) for paid in year.contributions
    )
    count_eligible_pay(year)
    grant_deferrals(year, in_force)
    grant_nonelective(year, plan)
    if not plan.match_after_tax:
        grant_match(year, plan)
        if plan.room == "reserve":  # known beforehand; year to date nothing is
            fit_annual_additions(year, plan.excess)
    grant_after_tax(year, in_force, plan)
    fit_annual_additions(year, plan.excess)
