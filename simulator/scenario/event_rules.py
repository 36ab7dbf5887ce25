"""What the life events of a scenario must not say against the rest of it."""

from __future__ import annotations

from simulator.conversion.life_events import AcpRefund, Separation
from simulator.days.calendars import preceding_bank_day
from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule


@rule("years", "events")
def near_years(scenario: Question) -> Broken:
    """Events lie in the years or in the one after; a refund after the year that was tested."""
    first, last = scenario.years.first, scenario.years.last + 1
    for place, event in enumerate(scenario.events):
        if not first <= event.date.year <= last:
            wrong = f"{event.date} must lie from {first}-01-01 to {last}-12-31"
            yield (_event(place), "date"), wrong
        elif isinstance(event, AcpRefund) and event.date.year <= event.year:
            wrong = f"{event.date} is not after {event.year}: a year is tested when it is over"
            yield (_event(place), "date"), wrong


@rule("pay.last_pay_date", "events")
def one_separation(scenario: Question) -> Broken:
    """Employment ends once, and not before the last paycheck."""
    before: Separation | None = None
    for place, event in enumerate(scenario.events):
        if not isinstance(event, Separation):
            continue
        if before:
            yield (
                (_event(place),),
                f"employment ends on {before.date} already; leave one of both out",
            )
            continue
        before = event
        pay = scenario.pay
        if pay and pay.last_pay_date and event.date < pay.last_pay_date:
            yield (_event(place), "date"), f"{event.date} is before last_pay_date"


@rule("pay.bonuses.date", "pay.last_pay_date", "events")
def bonuses_before_separation(scenario: Question) -> Broken:
    """No bonus is paid after the separation, where that sets the last pay date."""
    pay, employment = scenario.pay, scenario.employment
    if not pay or not employment or pay.last_pay_date or not employment.last_pay_date:
        return
    for place, bonus in enumerate(pay.bonuses):
        if preceding_bank_day(bonus.date) > employment.last_pay_date:
            wrong = f"{bonus.date} is after the separation, {employment.last_pay_date}"
            yield ("pay", "bonuses", place, "date"), wrong


def _event(place: int) -> str:
    return f"events[{place}]"
