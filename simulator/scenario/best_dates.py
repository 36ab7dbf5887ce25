"""The best dates for the money of a scenario: what a policy `best` converts on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from simulator.conversion.arrivals import arrivals, first_session
from simulator.conversion.best_calendar import BestCalendar, best_calendar
from simulator.conversion.calendar_costs import Landing, Problem
from simulator.conversion.departures import all_payments
from simulator.conversion.payments import Payment
from simulator.conversion.policy import Policy
from simulator.days.calendars import sessions_of
from simulator.returns.model import ReturnsModel
from simulator.scenario.contributed import went_in
from simulator.scenario.scenario import Scenario
from simulator.scenario.taxed import taxation_of
from simulator.taxes.taxation import Taxation

ORDINARY = Fraction(7, 100)
"""The expected growth where a model of returns takes none from the file. [fraction a year]"""


def dated(
    scenario: Scenario,
    policies: Iterable[Policy],
    deposits: Sequence[tuple[date, int]],
    paid: Sequence[Payment] = (),
) -> Iterator[Policy]:
    """Policies, those whose dates are sought with their dates.

    Where the plan allows no conversions, or no money lands, there are none to be found.

    Args:
        scenario: The question.
        policies: The policies, its own or others.
        deposits: Pay date and amount of each after-tax contribution. [cents]
        paid: What its life events pay.

    Raises:
        NoCalendar: The plan's rules leave no date for money that is due.
    """
    for policy in policies:
        found = calendar_of(scenario, policy, deposits, paid) if policy.sought else None
        yield policy.on(found.all_dates) if found else policy


def calendar_of(
    scenario: Scenario,
    policy: Policy,
    deposits: Sequence[tuple[date, int]],
    paid: Sequence[Payment] = (),
) -> BestCalendar | None:
    """The best calendar for the money of a scenario; None where there is none to be found. See `dated`."""
    asked = problem(scenario, policy, deposits, paid)
    if not asked.landings or not scenario.plan.conversion.allowed:
        return None
    return best_calendar(asked)


def problem(
    scenario: Scenario,
    policy: Policy,
    deposits: Sequence[tuple[date, int]],
    paid: Sequence[Payment] = (),
) -> Problem:
    """What the dates of a policy are chosen for.

    Args:
        scenario: The question.
        policy: The policy, for its delay and cutoff.
        deposits: Pay date and amount of each after-tax contribution. [cents]
        paid: What its life events pay.
    """
    plan, years = scenario.plan, scenario.years
    arriving = arrivals(deposits, plan, years, scenario.so_far, scenario.until)
    made = scenario.so_far.conversions if scenario.so_far else None
    events = all_payments(paid, [arrival.lands for arrival in arriving])
    clearings = [payment.session for payment in events if payment.clears]
    landings = []
    for _, lands, amount, basis in arriving:
        place = bisect_left(clearings, lands)
        paid_out = clearings[place] if place < len(clearings) else None
        landings.append(Landing(lands, amount, basis, paid_out))
    taxes = scenario.taxes
    taxation = (
        taxation_of(scenario, taxes, () if taxes.flat else went_in(scenario)) if taxes else None
    )
    begins = first_session(years, scenario.so_far)
    open_to = (sessions_of(year)[: len(sessions_of(year)) - policy.cutoff] for year in years)
    return Problem(
        landings=tuple(landings),
        sessions=tuple(day for sessions in open_to for day in sessions if day >= begins),
        annual_return=expected_return(scenario.returns.inside),
        rates=tuple((year, marginal_rate(taxation, year)) for year in years),
        fee=plan.conversion.fee,
        waits=max(policy.delay, plan.eligibility_days),
        max_per_year=plan.conversion.max_per_year,
        min_days_between=plan.conversion.min_days_between,
        made=made.count if made else 0,
        last=made.last if made else None,
    )


def expected_return(returns: ReturnsModel) -> Fraction:
    """By how much the fund is expected to grow: what the file says, where the model reads it. [a year]

    Who expects it to fall would wait; that is no advice, so it is taken as not to grow.
    """
    return max(Fraction(0), annual_growth(returns))


def annual_growth(returns: ReturnsModel) -> Fraction:
    """What the file says of the fund's growth, where the model reads it; else the ordinary one. [a year]"""
    return ORDINARY if "annual_return" in returns.unread else returns.annual_return


def marginal_rate(taxation: Taxation | None, year: int) -> Fraction:
    """The tax on one dollar more of taxable earnings in a year; without taxes 1: earnings are weighed."""
    return taxation.marginal(year) if taxation else Fraction(1)
