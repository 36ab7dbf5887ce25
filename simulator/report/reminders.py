"""Reminders: what to do on which day, so that the policy is kept, and how to see that it worked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from simulator.comparison import Comparison, PolicyResult
from simulator.conversion.policy import Policy
from simulator.days import bank_days_after, sessions_of
from simulator.distribution import mean
from simulator.report.sentences import money
from simulator.report.table import TEXT, WORD, Column, Table
from simulator.scenario import Scenario
from simulator.simulation import converted

PRODUCT = "-//mbdr-simulator//reminders//EN"
LOOK_AHEAD = 5
"""Sessions before the year's last on which to look what is left: time for the plan to act."""

CONVERT, ZERO_OUT, CUT_OFF, FORM = "convert", "zero-out", "cut-off", "form"
ALARMS = {
    CONVERT: timedelta(hours=9),
    ZERO_OUT: timedelta(hours=9),
    CUT_OFF: timedelta(days=-7),
    FORM: timedelta(hours=9),
}
"""When each kind rings, from the midnight at which its day begins."""


@dataclass(frozen=True)
class Reminder:
    """One thing to do on one day.

    Attributes:
        day: When.
        kind: `convert`, `zero-out`, `cut-off` or `form`.
        ordinal: Which one of its kind in its year, from 1.
        title: What to do, in a line.
        words: What to expect, and how to check that it worked.
        amount: What is expected to move; None where nothing does. [cents]
    """

    day: date
    kind: str
    ordinal: int
    title: str
    words: str
    amount: float | None = None


def reminders(comparison: Comparison, result: PolicyResult) -> list[Reminder]:
    """What to do under a policy, in the order of the days.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    found = [*_conversions(comparison, result), *_year_ends(result), *_forms(result)]
    return sorted(found, key=lambda one: (one.day, one.kind, one.ordinal))


def _conversions(comparison: Comparison, result: PolicyResult) -> Iterator[Reminder]:
    """One for each conversion, with the amount to expect: its mean over the paths."""
    expected = converted(comparison.scenario, result.timeline)
    uncertain = f", on average over {comparison.paths:,} paths" if comparison.paths > 1 else ""
    ordinals: dict[int, int] = {}
    for day, cents in expected.items():
        ordinals[day.year] = ordinals.get(day.year, 0) + 1
        leaving = [one for one in result.timeline.deposits if one.leaves == day]
        inside = any(
            one.lands <= day and (one.leaves is None or one.leaves > day)
            for one in result.timeline.deposits
        )
        after = "what came in since" if inside else "zero"
        about = money(cents) if comparison.paths == 1 else f"${cents / 100:,.0f}"
        yield Reminder(
            day,
            CONVERT,
            ordinals[day.year],
            f"Convert after-tax money to Roth: about {about}",
            f"Convert the deposits of {_dates(leaving)}: {about} is expected{uncertain}. "
            f"It worked if the after-tax source shows {after}, the Roth source has risen by the same "
            "amount, and the confirmation speaks of a Roth conversion or rollover, not of a withdrawal.",
            cents,
        )


def _dates(deposits: list[Any]) -> str:
    first, last = deposits[0].pay_date, deposits[-1].pay_date
    return str(first) if first == last else f"{first} to {last} ({len(deposits)})"


def _year_ends(result: PolicyResult) -> Iterator[Reminder]:
    """Of each year with conversions: a look at what is left, and the last day that counts."""
    for year in sorted(result.timeline.conversions):
        last = sessions_of(year)[-1 - result.policy.cutoff]
        look = sessions_of(year)[-1 - result.policy.cutoff - LOOK_AHEAD]
        yield Reminder(
            look,
            ZERO_OUT,
            1,
            "Zero out the after-tax bucket",
            f"Look at what is left in the after-tax source, pennies of earnings too, and have the rest "
            f"converted by {last}. What stays behind goes on growing, and is taxed on a later form.",
        )
        yield Reminder(
            last,
            CUT_OFF,
            1,
            f"Last day for conversions on the {year} form",
            f"A conversion that is posted after {last} is on the Form 1099-R of {year + 1}. Plans often "
            "stop some days earlier: ask in time.",
        )


def _forms(result: PolicyResult) -> Iterator[Reminder]:
    """The Form 1099-R of each year with conversions, due by January 31 or the next business day."""
    for year, form in result.forms.items():
        box_1, box_2a, box_5 = (mean(box) for box in (form.box_1, form.box_2a, form.box_5))
        yield Reminder(
            bank_days_after(date(year + 1, 1, 30), 1),
            FORM,
            1,
            f"Look for the Form 1099-R of {year}",
            f"Expected: Box 1 {money(box_1)}, Box 2a {money(box_2a)}, Box 5 {money(box_5)}, "
            f"Box 7 code {form.box_7}. A Box 2a as large as Box 1, or an empty Box 5, taxes "
            "contributions a second time: ask for a corrected form. On Form 1040 Box 1 goes on line 5a "
            "and Box 2a on line 5b, with the word Rollover beside it.",
            box_1,
        )


def calendar(scenario: Scenario, policy: Policy, found: Iterable[Reminder]) -> bytes:
    """Reminders of a policy as a calendar file (RFC 5545): a day-long event with an alarm for each.

    An event's UID comes from the names of scenario and policy, the kind, the year and the ordinal, so a
    calendar that imports a later version moves its events instead of doubling them. Its time stamp is the
    beginning of the first simulated year, so the same scenario gives the same bytes.
    """
    from icalendar import Calendar

    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", _line(f"Roth conversions: {policy.name}"))
    stamp = datetime(scenario.years.first, 1, 1, tzinfo=UTC)
    for one in found:
        whole.add_component(_event(one, (scenario.name, policy.name), stamp))
    return bytes(whole.to_ical())


def _event(one: Reminder, whose: tuple[str, str], stamp: datetime) -> Any:
    from icalendar import Alarm, Event

    event, alarm = Event(), Alarm()
    identity = "\n".join((*whose, one.kind, str(one.day.year), str(one.ordinal)))
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{PRODUCT}\n{identity}")))
    event.add("dtstamp", stamp)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", f"{one.words}\n\n{_line(whose[0])}: {_line(whose[1])}. A simulation.")
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.title)
    alarm.add("trigger", ALARMS[one.kind])
    event.add_component(alarm)
    return event


def _line(words: str) -> str:
    """A text on one line without control characters, which a calendar file may not hold."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def reminder_records(found: Iterable[Reminder]) -> Iterator[dict[str, Any]]:
    """A record for each reminder. [dollars]"""
    for one in found:
        amount = None if one.amount is None else round(one.amount) / 100
        yield {
            "date": str(one.day),
            "kind": one.kind,
            "title": one.title,
            "amount": amount,
            "words": one.words,
        }


def reminder_table(name: str, found: Iterable[Reminder]) -> Table:
    """The days and what to do on them."""
    columns = (Column("Date", WORD), Column("What to do", TEXT), Column("Expected"))
    rows = tuple(
        (str(one.day), one.title, None if one.amount is None else round(one.amount))
        for one in found
    )
    notes = ("Write them into a calendar with -o FILE.ics.",)
    return Table(f"Reminders: {name}", columns, rows, notes=notes)
