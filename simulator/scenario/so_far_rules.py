"""What `so_far` and `until` must not say against each other, or against the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from simulator.conversion.arrivals import first_session
from simulator.days.calendars import (
    bank_days_after,
    preceding_bank_day,
    session_on_or_after,
    session_on_or_before,
    sessions_of,
)
from simulator.days.years import Years
from simulator.law.limits import UnknownLimits
from simulator.money import in_dollars
from simulator.payroll.pay import NoSalary
from simulator.payroll.pay_dates import DAYS_APART
from simulator.payroll.so_far import ContributionsSoFar
from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule


@rule("years", "so_far.through", "deposits")
def so_far_within_first_year(scenario: Question) -> Broken:
    """The figures so far are of the first year's payroll, and leave some of it."""
    if not (so_far := scenario.so_far):
        return
    first = scenario.years.first
    if scenario.deposits is not None:
        wrong = "goes with pay; deposits replays what went in, so leave so_far out"
        yield ("so_far",), f"{wrong}, and the rows that it stands for in"
    elif so_far.through.year != first:
        yield ("so_far", "through"), f"{so_far.through} is not in the first year, {first}"
    elif so_far.through >= sessions_of(first)[-1]:
        instead = f"write years from {first + 1} on, with what is in the account as plan.opening"
        yield ("so_far", "through"), f"{so_far.through} leaves nothing of {first}; {instead}"


@rule("years", "until", "so_far.through")
def until_within_last_year(scenario: Question) -> Broken:
    """The last simulated day is in the last year, and there is a session by then."""
    if (until := scenario.until) is None:
        return
    years, so_far = scenario.years, scenario.so_far
    if until.year != years.last:
        last = "the year" if years.first == years.last else "the last year"
        yield ("until",), f"{until} is not in {last}, {years.last}"
    elif so_far and until <= so_far.through:
        yield ("until",), f"{until} is before so_far.through"
    elif (before := session_on_or_before(until)) < (first := first_session(years, so_far)):
        yield (
            ("until",),
            f"{until} is before the first session, {first} (the last one was {before})",
        )


@rule("years", "so_far", "pay", "plan", "limits", "elections.already_deferred", "birth_year")
def so_far_within_limits(scenario: Question) -> Broken:
    """The figures so far exceed none of the year's limits: then one of them is a slip."""
    so_far, year = scenario.so_far, scenario.years.first
    if not so_far or so_far.through.year != year:
        return
    try:
        limits = scenario.limits.of(year)
    except UnknownLimits:  # told of the limits themselves
        return
    fifteen, age = scenario.plan.fifteen_years, year - scenario.birth_year
    more = fifteen.allowed(0, 0, 0) if fifteen else 0
    whole = limits.elective_deferral + more
    most = max(0, whole + limits.catch_up_at(age) - scenario.elections.already_deferred)
    if so_far.deferrals > most:
        wrong = f"deferrals of {in_dollars(so_far.deferrals)} exceed the limit of {year}"
        yield ("so_far",), f"{wrong}, {in_dollars(most)}"
    catch_up = max(0, so_far.deferrals - whole)
    additions = so_far.all_of_it - catch_up
    room = max(0, limits.annual_additions - scenario.plan.also_annual_additions)
    if additions > room:
        wrong = f"annual additions of {in_dollars(additions)} exceed 415(c) of {year}"
        yield ("so_far",), f"{wrong}, {in_dollars(room)}"
    elif (rest := _additions_beyond_pay(scenario, so_far, additions)) > 0:
        wrong = f"annual additions of {in_dollars(additions)} exceed the year's pay"
        yield ("so_far",), f"{wrong} by {in_dollars(rest)}; look at gross"
    eligible = so_far.eligible
    if eligible is not None and eligible > min(so_far.gross, limits.compensation):
        bound = "gross" if so_far.gross < limits.compensation else "the limit of 401(a)(17)"
        least = min(so_far.gross, limits.compensation)
        wrong = f"{in_dollars(eligible)} is more than {bound}, {in_dollars(least)}"
        yield ("so_far", "eligible"), wrong


def _additions_beyond_pay(scenario: Question, so_far: ContributionsSoFar, additions: int) -> int:
    """By how much additions so far exceed all pay of the year; of the self-employed the profit bounds it."""
    pay, first = scenario.employment, Years(scenario.years.first, scenario.years.first)
    if (
        pay is None
        or pay.self_employment
        or (pay.frequency in DAYS_APART and not pay.first_pay_date)
    ):
        return 0
    try:
        to_come = sum(paycheck.gross for paycheck in pay.paychecks(first, after=so_far.through))
    except NoSalary:  # told of the salary itself
        return 0
    return additions - max(0, so_far.gross + to_come - scenario.plan.also_annual_additions)


@rule("so_far", "plan.conversion")
def so_far_adds_up(scenario: Question) -> Broken:
    """What went in came out of the pay, and what was converted adds up."""
    if not (so_far := scenario.so_far):
        return
    from_pay = so_far.deferrals + so_far.after_tax
    if from_pay > so_far.gross:
        wrong = f"{in_dollars(so_far.gross)} is less than deferrals and after-tax together"
        yield ("so_far", "gross"), f"{wrong}, {in_dollars(from_pay)}"
    if (so_far.in_transit or 0) > so_far.after_tax:
        wrong = f"{in_dollars(so_far.in_transit or 0)} is more than after_tax, {in_dollars(so_far.after_tax)}"
        yield ("so_far", "in_transit"), wrong
    yield from _conversions_add_up(scenario)


def _conversions_add_up(scenario: Question) -> Iterator[tuple[tuple[str, ...], str]]:
    so_far, path = scenario.so_far, ("so_far", "conversions")
    assert so_far is not None
    made, split = so_far.conversions, scenario.plan.conversion.to == "split"
    if made.box_2a > made.box_1:
        wrong = f"box_2a {in_dollars(made.box_2a)} is more than box_1 {in_dollars(made.box_1)}"
        yield path, wrong
    elif made.box_5 is not None and not split:
        wrong = "goes with conversion.to: split; else it is box_1 less box_2a"
        yield (*path, "box_5"), wrong
    elif made.recovered > made.box_1 - made.box_2a:
        wrong = f"box_5 {in_dollars(made.recovered)} and box_2a {in_dollars(made.box_2a)}"
        yield path, f"{wrong} are more than box_1 {in_dollars(made.box_1)}"
    if made.box_1 and not made.count:
        yield (*path, "count"), f"is missing; how many conversions moved {in_dollars(made.box_1)}?"
    if made.count and not scenario.plan.conversion.allowed:
        yield (*path, "count"), "the plan allows no conversions"
    most = scenario.plan.conversion.max_per_year
    if most is not None and made.count > most:
        yield (*path, "count"), f"{made.count} is more than conversion.max_per_year, {most}"
    if made.last is None:
        if made.count and scenario.plan.conversion.min_days_between:
            yield (*path, "last"), "is missing; min_days_between runs from that day"
    elif made.last > so_far.through:
        yield (*path, "last"), f"{made.last} is after so_far.through, {so_far.through}"


@rule("years", "so_far", "pay", "plan.deposit_lag")
def transit_is_told(scenario: Question) -> Broken:
    """Where a deposit lag leaves money on its way, the figures so far say how much."""
    so_far, pay, lag = scenario.so_far, scenario.employment, scenario.plan.deposit_lag
    if not so_far or not pay or not lag or not so_far.after_tax or so_far.in_transit is not None:
        return
    if so_far.through.year != scenario.years.first:
        return
    paid = [*pay.pay_dates(scenario.years), *(preceding_bank_day(one.date) for one in pay.bonuses)]
    late = [day for day in sorted(paid) if day <= so_far.through < _lands(day, lag)]
    if late:
        wrong = f"is missing; with a deposit_lag of {lag} what was paid on {late[0]} lands on "
        instead = "write how much after-tax money of it had not landed, or 0"
        yield ("so_far", "in_transit"), f"{wrong}{_lands(late[0], lag)}: {instead}"


def _lands(pay_date: date, lag: int) -> date:
    return session_on_or_after(bank_days_after(pay_date, lag))


@rule("policies.cadence", "until")
def best_of_whole_years(scenario: Question) -> Broken:
    """The best dates are sought for whole years."""
    for place, policy in enumerate(scenario.policies):
        if scenario.until and policy.cadence == "best":
            wrong = "best is sought for whole years; leave until out, or write the dates"
            yield ("policies", place), wrong


@rule("so_far.through", "events")
def events_to_come(scenario: Question) -> Broken:
    """Life events come after what the figures so far cover; a refund needs the whole year's deposits."""
    if not (so_far := scenario.so_far):
        return
    for place, event in enumerate(scenario.events):
        if event.date <= so_far.through:
            wrong = f"{event.date} is not after so_far.through, {so_far.through}"
            yield (f"events[{place}]", "date"), wrong
        elif event.kind == "acp-refund" and event.year == so_far.through.year and so_far.after_tax:
            wrong = "what so_far.after_tax earned is not known, so its refund cannot be worked out"
            yield (f"events[{place}]", "year"), wrong
