"""What the life events of a scenario pay, and whether the account holds what they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from simulator.conversion.amounts import SHORT, Outcome
from simulator.conversion.ledger import ledger
from simulator.conversion.life_events import ALL, Withdrawal
from simulator.conversion.payments import Payment, WrongEvent, payments
from simulator.conversion.timeline import Timeline
from simulator.days.calendars import session_on_or_after
from simulator.money import in_dollars
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.payroll.contribution import ContributionYear
from simulator.scenario.prices import prices_of
from simulator.scenario.scenario import Scenario


def payments_of(
    scenario: Scenario, years: Sequence[ContributionYear], deposits: Sequence[tuple[date, int]]
) -> tuple[Payment, ...]:
    """What the life events of a scenario pay, and what of its contributions exceeds 415(c).

    Args:
        scenario: The question.
        years: Its contributions, year by year.
        deposits: Pay date and amount of each after-tax contribution. [cents]

    Raises:
        Mistakes: A refund has nothing, or too little, to give back; or it is not known what it earned.
    """
    returned = {year.year: year.after_tax_returned for year in years}
    if scenario.so_far and scenario.so_far.after_tax and (cents := returned[years[0].year]):
        excess = f"{in_dollars(cents)} of {years[0].year}"
        wrong = f"{excess} would exceed 415(c) and be paid back with its earnings"
        unknown = "what so_far.after_tax earned is not known; write excess: employer"
        raise Mistakes([Mistake(Place(scenario.source), ("plan", "excess"), f"{wrong}: {unknown}")])
    try:
        return payments(scenario.events, deposits, returned, scenario.birth_year)
    except WrongEvent as wrong:
        raise Mistakes([_mistake(scenario, wrong.place, wrong.field, str(wrong))]) from None


def _mistake(scenario: Scenario, place: int, field: str, wrong: str) -> Mistake:
    """What is wrong with an event, beside what went in or what is there."""
    return Mistake(Place(scenario.source), (f"events[{place}]", field), wrong)


def demand_held(
    scenario: Scenario, timelines: Sequence[Timeline], outcomes: Sequence[Outcome[Any]]
) -> None:
    """Raises `Mistakes` where a withdrawal is more than the account holds, whatever the policy and the path.

    Under a policy, or on a path, that leaves less inside what is there is paid.
    """
    years = [year for outcome in outcomes for year in outcome.years.values()]
    if not any(plan.ways() & {SHORT} for plan in timelines) or not any(
        _most(year.unpaid) > 0 for year in years
    ):
        return
    books = [ledger(plan, *prices_of(scenario, plan)).withdrawn for plan in timelines]
    for place, event in enumerate(scenario.events):
        held = max((book.get(place, 0) for book in books), default=0)
        everywhere = all(
            _least(year.unpaid) > 0
            for outcome in outcomes
            for number, year in outcome.years.items()
            if number == session_on_or_after(event.date).year
        )
        asked = event.amount if isinstance(event, Withdrawal) else ALL
        if asked != ALL and held < int(asked) and everywhere:
            day = session_on_or_after(event.date)
            wrong = f"more than the account holds on {day} ({in_dollars(held)})"
            raise Mistakes([_mistake(scenario, place, "amount", wrong)])


def _least(cents: Any) -> float:
    return float(cents if isinstance(cents, int) else cents.min())


def _most(cents: Any) -> float:
    return float(cents if isinstance(cents, int) else cents.max())
