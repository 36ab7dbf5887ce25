"""Reminders: what to do on which day, so that the policy is kept, and how to see that it worked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import money
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.conversion.ledger import Ledger
from simulator.conversion.life_events import Separation
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Timeline
from simulator.days.calendars import sessions_of
from simulator.report.event_reminders import event_reminders
from simulator.report.form_reminders import form_reminders
from simulator.report.reminder import CONVERT, CUT_OFF, ZERO_OUT, Reminder, averaged
from simulator.report.sentences import known

LOOK_AHEAD = 5
"""Sessions before the year's last on which to look what is left: time for the plan to act."""


class Destination(NamedTuple):
    """Where conversions go.

    Attributes:
        title: What to do, in a line.
        account: What rises by the amount; in a split rollover by the basis in it.
        confirmed: What the confirmation speaks of.
    """

    title: str
    account: str
    confirmed: str


DESTINATIONS = {
    "roth-401k": Destination(
        "Convert after-tax money to Roth",
        "the Roth source of the plan",
        "a Roth conversion or rollover",
    ),
    "roth-ira": Destination(
        "Roll after-tax money to the Roth IRA", "the Roth IRA", "a direct rollover"
    ),
    "split": Destination(
        "Split after-tax money over both IRAs", "the Roth IRA", "two direct rollovers"
    ),
}


def reminders(
    comparison: Comparison,
    result: PolicyResult,
    moved: Mapping[date, float],
    ledger: Ledger | None,
) -> list[Reminder]:
    """What to do under a policy, in the order of the days; nothing where no money ever comes in.

    Args:
        comparison: The answer.
        result: The policy's part of it.
        moved: What each of its conversions is expected to move. [cents]
        ledger: Its postings, where there is one path.
    """
    everything = [
        *_conversions(comparison, result, moved, ledger),
        *_year_ends(comparison, result),
        *form_reminders(comparison, result),
        *event_reminders(result, ledger),
    ]
    until = comparison.scenario.until or date.max
    everything = [reminder for reminder in everything if reminder.day <= until]
    return sorted(everything, key=in_order)


def in_order(reminder: Reminder) -> tuple[date, str, int]:
    """By what reminders are sorted."""
    return (reminder.day, reminder.kind, reminder.ordinal)


def _conversions(
    comparison: Comparison,
    result: PolicyResult,
    moved: Mapping[date, float],
    ledger: Ledger | None,
) -> Iterator[Reminder]:
    """One for each conversion, with the amount to expect: its mean over the paths."""
    to = DESTINATIONS[comparison.scenario.plan.conversion.to]
    risen = _risen(comparison, result, ledger)
    ordinals = Counter[int]()
    for day, cents in moved.items():
        ordinals[day.year] += 1
        left = result.timeline.leaving[day][-1] + 1
        about = money(cents) if comparison.paths == 1 else f"${cents / 100:,.0f}"
        yield Reminder(
            day,
            CONVERT,
            ordinals[day.year],
            f"{to.title}: about {about}",
            f"Convert the deposits of {_leaving(result.timeline, day)}: {about} is "
            f"expected{averaged(comparison)}. It worked if the after-tax source shows "
            f"{_remainder(result.timeline, day, left)}, {risen[day]}, and the confirmation speaks of "
            f"{to.confirmed}, not of a withdrawal.",
            cents,
        )


def _leaving(timeline: Timeline, day: date) -> str:
    """The pay dates of what a conversion takes, and how many there are."""
    leaving = timeline.leaving[day]
    first, last = (timeline.deposits[leaving[end]].pay_date for end in (0, -1))
    return str(first) if first == last else f"{first} to {last} ({len(leaving)})"


def _remainder(timeline: Timeline, day: date, left: int) -> str:
    """What the after-tax source shows after a conversion; `left` deposits have left by then."""
    landed = bisect_right(timeline.deposits, day, key=lambda deposit: deposit.lands)
    return "what came in since" if landed > left else "zero"


def _risen(comparison: Comparison, result: PolicyResult, ledger: Ledger | None) -> dict[date, str]:
    """Of each conversion, which account has risen by how much.

    A split rollover (Notice 2014-54) sends the basis to the Roth IRA and the earnings to a traditional one.
    Over many paths these are known for the year, not for each conversion.
    """
    days = {deposit.leaves for deposit in result.timeline.deposits if deposit.leaves}
    if not comparison.splits:
        account = DESTINATIONS[comparison.scenario.plan.conversion.to].account
        return dict.fromkeys(days, f"{account} has risen by the same amount")
    if ledger is None:
        return {day: _split_of_year(comparison, result, day.year) for day in days}
    return {
        posting.session: _split(f", {money(posting.basis_recovered)},", f", {money(posting.ira)}")
        for posting in ledger.postings
        if posting.event == "conversion"
    }


def _split_of_year(comparison: Comparison, result: PolicyResult, year: int) -> str:
    of_year = result.outcome.years[year]
    basis, sent = (known(comparison, cents) for cents in (of_year.box_5, of_year.ira))
    return _split("", f" (in all of {year} {basis} and {sent} on average)")


def _split(basis: str, earnings: str) -> str:
    return (
        f"{DESTINATIONS['split'].account} has risen by the basis{basis} and the traditional IRA by the "
        f"earnings{earnings}"
    )


def _year_ends(comparison: Comparison, result: PolicyResult) -> Iterator[Reminder]:
    """Of each year in which money comes in or is left: a look at it, and the last day that counts.

    Of a year after the simulated ones only where money is left at its end.
    """
    landed = {deposit.lands.year for deposit in result.timeline.deposits}
    for year, outcome in result.outcome.years.items():
        gone = result.paid_out_by(year) or _cleared_by(comparison, year)
        comes_in = year in landed and year in result.timeline.years and not gone
        if comes_in or mean(outcome.left_value):
            yield _last_look(comparison, result, year)
            if comparison.scenario.plan.conversion.allowed:
                yield _cut_off(result.policy, year)


def _cleared_by(comparison: Comparison, year: int) -> bool:
    """Whether employment has ended by a year's end, and nothing stays in the plan."""
    return any(
        isinstance(event, Separation) and event.date.year <= year and event.payout != "stay"
        for event in comparison.scenario.events
    )


def _last_look(comparison: Comparison, result: PolicyResult, year: int) -> Reminder:
    """The look at what is left, in time for the plan to act."""
    cutoff, value = _cutoff_sessions(result.policy), result.outcome.years[year].left_value
    title, act = "Look at the after-tax account", "ask whether the plan allows conversions by now"
    if comparison.scenario.plan.conversion.allowed:
        title = "Empty the after-tax account"
        act = f"have the rest converted by {_last_day(result.policy, year)}"
        if not mean(value):
            title = "See that the after-tax account is empty"
    stays = f": {known(comparison, value)} would stay" if mean(value) else ""
    return Reminder(
        sessions_of(year)[-1 - cutoff - LOOK_AHEAD],
        ZERO_OUT,
        1,
        f"{title}{stays}",
        f"Look at what is left in the after-tax source, pennies of earnings too, and {act}. "
        f"{_left(comparison, result, year)}What stays behind goes on growing, and its earnings are on a "
        "later form.",
        mean(value) or None,
    )


def _left(comparison: Comparison, result: PolicyResult, year: int) -> str:
    """A sentence on what a policy leaves at the end of a year; none where that is nothing."""
    left = result.outcome.years[year]
    if not mean(left.left_value):
        return ""
    amounts = (left.left_value, left.left_basis, left.left_earnings)
    value, basis, earned = (known(comparison, cents) for cents in amounts)
    return (
        f"By this policy {value} stays at the end of {year}, with a basis of {basis} and earnings of "
        f"{earned}{averaged(comparison)}. "
    )


def _cut_off(policy: Policy, year: int) -> Reminder:
    """The last day that counts: the plan's for requests, or the year's last session."""
    last = _last_day(policy, year)
    title = f"Last day for conversions on the {year} form"
    words = (
        f"A conversion that is posted after {last} is on the Form 1099-R of {year + 1}. Plans often "
        "stop some days earlier: ask in time."
    )
    if _cutoff_sessions(policy):
        title = f"Last day to ask for conversions on the {year} form"
        words = (
            f"{last} is the plan's last day: what is not requested by then is converted in {year + 1}, "
            "and is on the form of that year. The form itself goes by the day of posting, until "
            "December 31."
        )
    return Reminder(last, CUT_OFF, 1, title, words)


def _cutoff_sessions(policy: Policy) -> int:
    """Sessions before the year's last on which the plan stops; 0 where the policy has no year's end."""
    return policy.cutoff if policy.cadence in ("year-end", "best") or policy.zero_out else 0


def _last_day(policy: Policy, year: int) -> date:
    return sessions_of(year)[-1 - _cutoff_sessions(policy)]
