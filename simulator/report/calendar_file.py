"""Reminders as a calendar file (RFC 5545), which a calendar can import again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from simulator.answer.phrases import one_line, shortened
from simulator.conversion.policy import Policy
from simulator.refusal import Refused
from simulator.report.reminder import CONVERT, CUT_OFF, EVENT, FORM, TAX, ZERO_OUT, Reminder
from simulator.scenario.scenario import Scenario

PRODUCT = "-//mbdr-simulator//reminders//EN"
EPOCH = "SOURCE_DATE_EPOCH"
ALARMS = {
    CONVERT: timedelta(hours=9),
    ZERO_OUT: timedelta(hours=9),
    CUT_OFF: timedelta(days=-7),
    FORM: timedelta(hours=9),
    EVENT: timedelta(hours=9),
    TAX: timedelta(days=-7),
}
"""When each kind rings, from the midnight at which its day begins."""


class NoTime(Refused):
    """The environment sets a time that is none."""

    def __init__(self, got: str):
        written = "write whole seconds since 1970, like 1735689600"
        super().__init__(f"{EPOCH} is {shortened(repr(got))}; {written}")


def made() -> datetime:
    """When a calendar file is made: now, or when `SOURCE_DATE_EPOCH` says. [UTC]

    Source: https://reproducible-builds.org/specs/source-date-epoch/.

    Raises:
        NoTime: The variable holds something else than seconds.
    """
    seconds = os.environ.get(EPOCH)
    if not seconds:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise NoTime(seconds) from None


def calendar(
    scenario: Scenario, policy: Policy, reminders: Iterable[Reminder], stamp: datetime
) -> bytes:
    """Reminders of a policy as a calendar file (RFC 5545): a day-long event with an alarm for each.

    An event's UID comes from the names of scenario and policy, the kind, the year and the ordinal, so a
    calendar that imports a later version changes its events instead of doubling them. Which version is the
    later one is told by the time stamp, where there is no SEQUENCE (RFC 5546, 2.1.5); all else comes from
    the scenario.

    Args:
        scenario: The question.
        policy: Whose reminders they are.
        reminders: The reminders.
        stamp: When the file is made. [UTC]
    """
    from icalendar import Calendar

    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", f"Roth conversions: {shortened(policy.name)}")
    for reminder in reminders:
        whole.add_component(_event(reminder, (scenario.name, policy.name), stamp))
    return bytes(whole.to_ical())


def _event(reminder: Reminder, whose: tuple[str, str], stamp: datetime) -> Any:
    from icalendar import Alarm, Event

    event, alarm = Event(), Alarm()
    identity = "\n".join((*whose, reminder.kind, str(reminder.day.year), str(reminder.ordinal)))
    title, (asked, policy) = one_line(reminder.title), map(one_line, whose)
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{PRODUCT}\n{identity}")))
    event.add("dtstamp", stamp)
    event.add("dtstart", reminder.day)
    event.add("dtend", reminder.day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", f"{one_line(reminder.words)}\n\n{asked}: {policy}. A simulation.")
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", ALARMS[reminder.kind])
    event.add_component(alarm)
    return event
