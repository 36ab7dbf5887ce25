"""What was really done by a scenario's rows of conversions: the policy `as done`, and its ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import nan
from typing import NamedTuple

from simulator.conversion.as_done import AsDone, as_done
from simulator.conversion.as_made import Followed, History, MoreThanHeld
from simulator.conversion.done_ledger import Price, done_ledger
from simulator.conversion.ledger import Ledger
from simulator.conversion.life_events import separated_on
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import timeline
from simulator.days.calendars import session_on_or_after, session_on_or_before, sessions_of
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.returns.history import History as ActualPrices
from simulator.returns.model import ReturnsModel
from simulator.scenario.converted import history_of, landings, not_held
from simulator.scenario.scenario import Scenario


class Done(NamedTuple):
    """What was done.

    Attributes:
        timeline: When.
        ledger: Every posting, and what they came to.
        priced: Whether the fund's prices are those at which it was done, so that others can be weighed
            against it.
    """

    timeline: AsDone
    ledger: Ledger
    priced: bool


def done_of(scenario: Scenario, deposits: Sequence[tuple[date, int]]) -> Done:
    """What was really done by a scenario with conversions.

    Args:
        scenario: The question.
        deposits: Pay date and amount of each after-tax contribution. [cents]

    Raises:
        Mistakes: A row cannot be read, more was converted than there was, or the rule for basis needs a
            value at a year's end that nothing tells.
    """
    history = _until(history_of(scenario), scenario.until)
    followed = _followed(scenario, history)
    years, parked = scenario.years, scenario.returns.after_tax is not None
    still = timeline(
        deposits, Policy(cadence="never"), scenario.plan, years, (), scenario.so_far, scenario.until, parked
    )  # fmt: skip
    pay = scenario.employment
    separated = separated_on(scenario.events) or (pay.last_pay_date if pay else None)
    plan = as_done(still, followed, landings(scenario, deposits), scenario.birth_year, separated)
    prices = [_prices(scenario, fund, plan) for fund in (scenario.returns, scenario.returns.inside)]
    return Done(plan, done_ledger(plan, followed.steps, *prices), _actual(scenario))


def _until(history: History, until: date | None) -> History:
    """The history up to a day: nothing later has happened."""
    if until is None:
        return history
    deposits = [(day, cents) for day, cents in history.deposits if day <= until]
    return replace(
        history, deposits=deposits, made=[row for row in history.made if row.day <= until]
    )


def _followed(scenario: Scenario, history: History) -> Followed:
    """The history under the plan's rule for basis after a loss."""
    rule = scenario.plan.basis_after_loss
    try:
        followed = history.followed(rule)
    except MoreThanHeld as wrong:
        raise not_held(scenario, wrong.line, str(wrong)) from None
    if followed is None:
        untold = (
            f"{rule} needs what the account held at the year's end: prices, or a row of amount 0 with a "
            "value on the last session"
        )
        raise Mistakes([Mistake(Place(scenario.source), ("conversions",), untold)])
    return followed


def _actual(scenario: Scenario) -> bool:
    """Whether the prices of all funds are those of the days on which it was done."""
    return all(
        isinstance(fund, ActualPrices) and fund.start == "actual" for fund in scenario.returns.funds
    )


def _prices(scenario: Scenario, fund: ReturnsModel, plan: AsDone) -> Price:
    """The price of a fund on a day, of the session that counts for it; not known on one of many paths."""
    unknown = Decimal(nan)
    returns, years = scenario.returns, scenario.years
    last = max((left.day.year for left in plan.done), default=years.last)
    sessions = [
        session
        for year in range(years.first, max(last, years.last) + 1)
        for session in sessions_of(year)
    ]
    sessions = [session for session in sessions if session >= plan.first_session]
    if returns.drawn or returns.count(sessions) > 1:
        return lambda _: unknown
    with fund.placed():
        found = fund.path(sessions, years, 0, priced=())
    known = {day: Decimal(price) for day, price in zip(sessions, found, strict=True)}
    return lambda day: known.get(_session(day), unknown)


def _session(day: date) -> date:
    """The session whose price counts for a day: the first from it on, within its year."""
    session = session_on_or_after(day)
    return session if session.year == day.year else session_on_or_before(day)
