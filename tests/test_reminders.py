"""Reminders: a day for each conversion, and a calendar file that any calendar opens."""

import re
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from simulator import compare, load
from simulator.cli import cli
from simulator.comparison import Comparison, PolicyResult
from simulator.report.reminders import Reminder, calendar, reminders
from simulator.simulation import converted, ledger_of

EMILY = Path(__file__).parents[1] / "scenarios" / "emily.yaml"
MANY = ("returns.model=lognormal", "returns.paths=2048")


def asked(policy: str, *settings: str) -> tuple[Comparison, PolicyResult]:
    comparison = compare(load(EMILY, settings))
    return comparison, comparison.result(policy)


def of(policy: str, *settings: str) -> list[Reminder]:
    return reminders(*asked(policy, *settings))


def ics(policy: str, *settings: str) -> bytes:
    comparison, result = asked(policy, *settings)
    return calendar(comparison.scenario, result.policy, reminders(comparison, result))


def events(content: bytes) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parsed = Calendar.from_ical(content)
    assert parsed.errors == []
    found = parsed.walk("VEVENT")
    assert all(event.errors == [] for event in found)
    return list(found)


def remind(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["remind", str(EMILY), *map(str, arguments)])


def test_each_conversion_has_its_day_and_the_amount_of_the_ledger() -> None:
    scenario = load(EMILY)
    for name in ("per-paycheck", "monthly", "per-paycheck+30d"):
        expect = [
            (one.session, one.amount)
            for one in ledger_of(scenario, scenario.policy(name)).postings
            if one.event == "conversion"
        ]
        assert [(one.day, one.amount) for one in of(name) if one.kind == "convert"] == expect


def test_over_many_paths_the_expected_amounts_add_up_to_the_mean_of_box_1() -> None:
    comparison, result = asked("monthly", *MANY, "plan.conversion.fee=10")
    expected = converted(comparison.scenario, result.timeline)
    assert len(expected) == 12
    assert sum(expected.values()) == pytest.approx(float(result.total("box_1").mean()), abs=0.01)


def test_a_year_has_its_last_look_its_last_day_and_its_form() -> None:
    days = {
        one.kind: one.day for one in of("year-end-2s", "policies=[{cadence: year-end, cutoff: 2}]")
    }
    assert days == {
        "zero-out": date(2025, 12, 19),  # five sessions before the cut-off
        "convert": date(2025, 12, 29),
        "cut-off": date(2025, 12, 29),
        "form": date(2026, 2, 2),  # January 31, 2026 is a Saturday
    }


def test_the_form_is_told_with_its_boxes() -> None:
    """Emily's year-end form: scenarios/emily.yaml."""
    (form,) = [one for one in of("year-end") if one.kind == "form"]
    assert "Box 1 $20,709.49, Box 2a $709.49, Box 5 $20,000.00, Box 7 code G" in form.words


def test_money_that_stays_inside_is_not_called_zero() -> None:
    words = [one.words for one in of("per-paycheck+30d") if one.kind == "convert"]
    assert "after-tax source shows what came in since" in words[0]
    assert "after-tax source shows zero" in words[-1]


def test_the_calendar_holds_every_reminder_as_a_day_with_an_alarm() -> None:
    found = events(ics("monthly"))
    expect = of("monthly")
    assert [(event.decoded("dtstart"), str(event["summary"])) for event in found] == [
        (one.day, one.title) for one in expect
    ]
    assert all(len(event.walk("VALARM")) == 1 for event in found)


def test_the_file_keeps_the_rules_of_rfc_5545() -> None:
    """Lines end in CRLF and have at most 75 octets (3.1); what an event must have is there (3.6.1)."""
    content = ics("per-paycheck", *MANY)
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    text = content.decode().replace("\r\n ", "").split("\r\n")
    assert text[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mbdr-simulator//reminders//EN"]
    assert text[-2:] == ["END:VCALENDAR", ""]
    for event in "\n".join(text).split("BEGIN:VEVENT")[1:]:
        for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
            assert len(re.findall(rf"(?m)^{name}[:;]", event)) == 1, name
    assert not re.search(r"(?m)^(SUMMARY|DESCRIPTION):.*(?<!\\)[,;]", "\n".join(text))


def test_importing_again_moves_events_instead_of_doubling_them() -> None:
    before = {str(event["uid"]): event for event in events(ics("monthly"))}
    later = ("plan.deposit_lag=1", "returns.annual_return=9%")
    after = {str(event["uid"]): event for event in events(ics("monthly", *later))}
    assert before.keys() == after.keys()
    assert len(before) == 15
    assert before != after
    assert not before.keys() & {str(event["uid"]) for event in events(ics("quarterly"))}


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert ics("monthly", *MANY) == ics("monthly", *MANY)


@pytest.mark.parametrize(
    "name",
    ["a, b; c\\", "two\nlines\r\nBEGIN:VEVENT", "\x07\x1b[31m", "\U0001f4b0" * 60, "x" * 10_000],
)
def test_any_label_makes_a_calendar(name: str) -> None:
    comparison, result = asked("monthly")
    policy = result.policy.model_copy(update={"label": name})
    content = calendar(comparison.scenario, policy, reminders(comparison, result))
    assert len(events(content)) == 15
    assert max(map(len, content.split(b"\r\n"))) <= 75
    shown = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    assert shown in str(events(content)[0]["description"])


def test_remind_lists_or_writes_a_calendar(tmp_path: Path) -> None:
    assert "2026-02-02   Look for the Form 1099-R of 2025" in remind("--policy", "monthly").output
    done = remind("--policy", "monthly", "-o", tmp_path / "monthly.ics")
    assert done.exit_code == 0
    assert (tmp_path / "monthly.ics").read_bytes() == ics("monthly")


def test_a_policy_that_never_converts_has_nothing_to_be_reminded_of() -> None:
    done = remind("--set", "policies=[never]")
    assert done.exit_code != 0
    assert "never converts nothing: there is nothing to be reminded of" in done.output
