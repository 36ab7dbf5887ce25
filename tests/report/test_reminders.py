"""Reminders: a day for each conversion, and a calendar file that any calendar opens."""

import re
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from simulator import compare, load
from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.cli import cli
from simulator.notation.specification import replaced
from simulator.paths.postings import converted
from simulator.presentation import reminders
from simulator.report.calendar_file import calendar
from simulator.report.form_reminders import form_1040
from simulator.report.reminder import Reminder
from simulator.report.tables.reminders import reminder_table
from simulator.simulation import ledger_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
EMILY = SCENARIOS / "emily.yaml"
SPLIT = SCENARIOS / "split-rollover.yaml"
MANY = ("returns.model=lognormal", "returns.paths=2048")
NOTHING = "elections.after_tax=0%"
EPOCH = 1_735_689_600  # 2025-01-01, 0:00 UTC
STAMP = datetime(2025, 1, 1, tzinfo=UTC)


def asked(policy: str, *settings: str, file: Path = EMILY) -> tuple[Comparison, PolicyResult]:
    comparison = compare(load(file, settings))
    return comparison, comparison.result(policy)


def of(policy: str, *settings: str, file: Path = EMILY) -> list[Reminder]:
    return reminders(*asked(policy, *settings, file=file))


def on(day: date, kind: str, found: list[Reminder]) -> Reminder:
    (one,) = [one for one in found if (one.day, one.kind) == (day, kind)]
    return one


def in_december(found: list[Reminder]) -> dict[int, list[str]]:
    """The kinds of a year's reminders around its end, in the order of the days."""
    years: dict[int, list[str]] = {}
    for one in found:
        if one.kind in ("zero-out", "cut-off"):
            years.setdefault(one.day.year, []).append(one.kind)
    return years


def ics(policy: str, *settings: str, stamp: datetime = STAMP) -> bytes:
    comparison, result = asked(policy, *settings)
    return calendar(comparison.scenario, result.policy, reminders(comparison, result), stamp)


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


def test_in_a_plan_conversions_raise_its_roth_source() -> None:
    found = [one for one in of("monthly") if one.kind == "convert"]
    assert all(one.title.startswith("Convert after-tax money to Roth: ") for one in found)
    assert all(
        "the Roth source of the plan has risen by the same amount" in one.words for one in found
    )


def test_a_rollover_to_a_roth_ira_raises_the_ira_and_no_source_of_the_plan() -> None:
    for one in of("monthly", "plan.conversion.to=roth-ira"):
        assert "Roth source" not in one.title + one.words
        if one.kind == "convert":
            assert one.title.startswith("Roll after-tax money to the Roth IRA: about $")
            assert "the Roth IRA has risen by the same amount" in one.words


def test_a_split_rollover_raises_the_roth_ira_by_the_basis_and_the_traditional_ira_by_the_earnings() -> (
    None
):
    """Notice 2014-54; 12% of 175,000 / 12, and 27 days of 7% a year on it: $1,750.00 and $8.78."""
    december = on(date(2025, 12, 31), "convert", of("monthly", file=SPLIT))
    earned = 1_750 * (1.07 ** (27 / 365) - 1)
    assert round(earned, 2) == 8.78
    assert (
        "the Roth IRA has risen by the basis, $1,750.00, and the traditional IRA by the earnings, $8.78,"
        in december.words
    )
    assert "same amount" not in december.words
    assert december.title == "Split after-tax money over both IRAs: about $1,758.78"


def test_over_many_paths_the_parts_of_a_split_are_those_of_the_year() -> None:
    comparison, result = asked("monthly", *MANY, file=SPLIT)
    year = result.outcome.years[2025]
    first = next(one for one in reminders(comparison, result) if one.kind == "convert")
    told = re.search(r"in all of 2025 \$([\d,]+) and \$([\d,]+) on average", first.words)
    assert told
    basis, earnings = (float(amount.replace(",", "")) for amount in told.groups())
    assert basis == pytest.approx(float(year.box_5.mean()) / 100, abs=5)
    assert earnings == pytest.approx(float(year.ira.mean()) / 100, abs=5)


def test_the_form_of_a_split_tells_what_went_to_the_traditional_ira() -> None:
    """Monthly, 87.13 in 2025 and 7.15 in 2027: 190.51 with 96.23 of 2026, as the scenario's notes say."""
    forms = [one.words for one in of("monthly", file=SPLIT) if one.kind == "form"]
    sent = [
        re.search(r"sent to the traditional IRA, \$([\d.]+), are in Box 1", one) for one in forms
    ]
    assert [one and one[1] for one in sent] == ["87.13", "96.23", "7.15"]
    assert round(87.13 + 96.23 + 7.15, 2) == 190.51


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


def test_a_plans_last_day_is_one_for_requests_and_the_form_goes_by_the_day_of_posting() -> None:
    """The handbook of the Marsh McLennan plan: scenarios/year-end-cutoff.yaml."""
    for name in ("Once on December 29", "Twenty days, and all on December 29"):
        found = of(name, file=SCENARIOS / "year-end-cutoff.yaml")
        last = on(date(2025, 12, 29), "cut-off", found)
        assert last.title == "Last day to ask for conversions on the 2025 form"
        assert last.words == (
            "2025-12-29 is the plan's last day: what is not requested by then is converted in 2026, and "
            "is on the form of that year. The form itself goes by the day of posting, until December 31."
        )


def test_without_a_cutoff_the_last_day_is_the_years_last_session() -> None:
    found = of("Twenty days after each paycheck", file=SCENARIOS / "year-end-cutoff.yaml")
    last = on(date(2025, 12, 31), "cut-off", found)
    assert last.title == "Last day for conversions on the 2025 form"
    assert "posted after 2025-12-31 is on the Form 1099-R of 2026" in last.words


def test_a_cutoff_that_the_cadence_does_not_read_is_no_last_day() -> None:
    found = of("monthly-2s", "policies=[{cadence: monthly, cutoff: 2}]")
    assert on(date(2025, 12, 31), "convert", found)
    assert on(date(2025, 12, 31), "cut-off", found)


@pytest.mark.parametrize(
    ("policy", "file"),
    [
        ("per-paycheck+30d", EMILY),
        ("monthly", SPLIT),
        ("year-end", SPLIT),
        ("Once on December 29", SCENARIOS / "year-end-cutoff.yaml"),
    ],
)
def test_a_run_off_year_at_whose_end_nothing_is_left_has_no_december(
    policy: str, file: Path
) -> None:
    comparison, result = asked(policy, file=file)
    assert max(result.forms) == comparison.scenario.years.last + 1
    december = in_december(reminders(comparison, result))
    assert december == {year: ["zero-out", "cut-off"] for year in comparison.scenario.years}


def test_a_run_off_year_at_whose_end_money_is_left_has_its_december() -> None:
    found = of("monthly+400d", "policies=[{cadence: monthly, delay: 400}]")
    assert list(in_december(found)) == [2025, 2026]
    assert max(one.day.year for one in found if one.kind == "convert") == 2027


def test_a_year_without_a_conversion_has_its_december_while_money_is_left() -> None:
    """All of Emily's year waits for January: 20,709.49 on December 31, as in scenarios/emily.yaml."""
    found = of("dates", "policies=[{cadence: dates, dates: [2026-01-15]}]")
    assert in_december(found) == {2025: ["zero-out", "cut-off"]}
    look = on(date(2025, 12, 23), "zero-out", found)
    assert look.title == "Empty the after-tax account: $20,709.49 would stay"
    assert look.amount == 2_070_949


def test_a_simulated_year_without_deposits_and_without_money_has_no_december() -> None:
    found = of("monthly", "years=2025-2026", "pay.last_pay_date=2025-12-19")
    assert list(in_december(found)) == [2025]


def test_who_never_converts_is_reminded_each_december_of_what_is_left() -> None:
    """The notes of scenarios/ten-years.yaml: 438,167.44 in all, 178,733.07 of earnings at the end."""
    found = of("never", file=SCENARIOS / "ten-years.yaml")
    assert in_december(found) == {year: ["zero-out", "cut-off"] for year in range(2025, 2035)}
    assert len(found) == 20
    last = on(date(2034, 12, 21), "zero-out", found)
    assert (
        "$614,886.16 stays at the end of 2034, with a basis of $436,153.09 and earnings of $178,733.07."
        in last.words
    )


def test_over_many_paths_what_is_left_is_told_with_the_digits_that_are_known() -> None:
    (look, _) = of("never", "policies=[never]", *MANY)
    assert re.search(
        r"By this policy \$2\d,\d{3} stays .*, on average over 2,048 paths", look.words
    )


def test_where_the_plan_allows_no_conversion_the_reminder_is_to_ask() -> None:
    (look,) = of("monthly", "plan.conversion.allowed=false")
    assert look.title == "Look at the after-tax account: $20,709.49 would stay"
    assert "ask whether the plan allows conversions by now" in look.words


@pytest.mark.parametrize(
    ("year", "lines"),
    [
        (2017, "on line 16a and Box 2a on line 16b, with the word Rollover beside it"),
        (2018, "on line 4a and Box 2a on line 4b, with the word Rollover beside it"),
        (2019, "on line 4c and Box 2a on line 4d, with the word Rollover beside it"),
        (2020, "on line 5a and Box 2a on line 5b, with the word Rollover beside it"),
        (2024, "on line 5a and Box 2a on line 5b, with the word Rollover beside it"),
        (2025, "on line 5a and Box 2a on line 5b, and the box Rollover of line 5c is checked"),
    ],
)
def test_form_1040_has_had_a_check_box_for_rollovers_since_2025(year: int, lines: str) -> None:
    """Form 1040 of each year and its instructions."""
    assert form_1040(year) == f"On Form 1040 Box 1 goes {lines}."


def test_the_form_is_told_with_the_lines_of_its_own_year() -> None:
    first = "pay.first_pay_date=2024-01-05"
    forms = [one for one in of("monthly", "years=2024-2025", first) if one.kind == "form"]
    told = [one.words.partition("corrected form. ")[2] for one in forms]
    assert told == [form_1040(2024), form_1040(2025)]


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


def test_importing_again_changes_events_instead_of_doubling_them() -> None:
    before = {str(event["uid"]): event for event in events(ics("monthly"))}
    later = ("plan.deposit_lag=1", "returns.annual_return=9%")
    after = {str(event["uid"]): event for event in events(ics("monthly", *later))}
    assert before.keys() == after.keys()
    assert len(before) == 15
    assert before != after
    assert not before.keys() & {str(event["uid"]) for event in events(ics("quarterly"))}


def test_a_later_file_is_the_later_revision_of_each_event() -> None:
    """RFC 5546, 2.1.5: the greater SEQUENCE, which is 0 where there is none, then the later DTSTAMP."""

    def revisions(content: bytes) -> dict[str, tuple[int, datetime]]:
        return {
            str(event["uid"]): (event.get("sequence", 0), event.decoded("dtstamp"))
            for event in events(content)
        }

    before = revisions(ics("monthly"))
    after = revisions(
        ics("monthly", "returns.annual_return=9%", stamp=STAMP + timedelta(seconds=1))
    )
    assert before.keys() == after.keys()
    assert all(after[uid] > before[uid] for uid in before)


def test_the_same_scenario_at_the_same_time_gives_the_same_bytes() -> None:
    assert ics("monthly", *MANY) == ics("monthly", *MANY)


def test_only_the_time_stamp_tells_two_files_of_a_scenario_apart() -> None:
    early, late = ics("monthly"), ics("monthly", stamp=STAMP + timedelta(days=400))
    assert early != late
    assert early.replace(b"DTSTAMP:20250101T", b"DTSTAMP:20260205T") == late


def test_a_file_is_stamped_with_the_time_at_which_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).replace(microsecond=0)
    assert remind("--policy", "monthly", "-o", tmp_path / "monthly.ics").exit_code == 0
    stamps = {event.decoded("dtstamp") for event in events((tmp_path / "monthly.ics").read_bytes())}
    (stamp,) = stamps
    assert before <= stamp <= datetime.now(UTC)


@pytest.mark.parametrize("seconds", ["yesterday", "1.5", "9" * 30])
def test_a_source_date_epoch_that_is_no_time_is_refused(
    seconds: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    done = remind("--policy", "monthly", "-o", tmp_path / "monthly.ics")
    assert done.exit_code == 2
    assert f"SOURCE_DATE_EPOCH is '{seconds}'; write whole seconds since 1970" in done.output
    assert not (tmp_path / "monthly.ics").exists()


@pytest.mark.parametrize(
    "name",
    ["a, b; c\\", "two\nlines\r\nBEGIN:VEVENT", "\x07\x1b[31m", "\U0001f4b0" * 60, "x" * 10_000],
)
def test_any_label_makes_a_calendar(name: str) -> None:
    comparison, result = asked("monthly")
    policy = replaced(result.policy, label=name)
    content = calendar(comparison.scenario, policy, reminders(comparison, result), STAMP)
    assert len(events(content)) == 15
    assert max(map(len, content.split(b"\r\n"))) <= 75
    shown = " ".join("".join(one for one in name if one.isprintable() or one.isspace()).split())
    assert shown in str(events(content)[0]["description"])


def test_no_title_and_no_text_holds_control_characters() -> None:
    comparison, result = asked("monthly")
    (first, *_) = reminders(comparison, result)
    hostile = Reminder(first.day, "convert", 1, "a\x07\x1b[31m\nb\u202e", "c\x00\r\nd\x9b", None)
    scenario = replaced(comparison.scenario, name="e\x08\tf\u2028g")
    policy = replaced(result.policy, label="h\x7f\ni")
    content = calendar(scenario, policy, [hostile], STAMP)
    (event,) = events(content)
    (alarm,) = event.walk("VALARM")
    assert str(event["summary"]) == str(alarm["description"]) == "a[31m b"
    assert str(event["description"]) == "c d\n\ne f g: h i. A simulation."
    assert str(Calendar.from_ical(content)["x-wr-calname"]) == "Roth conversions: h i"


def test_a_long_name_is_shortened_in_titles() -> None:
    comparison, result = asked("monthly")
    policy = replaced(result.policy, label="x" * 10_000)
    found = reminders(comparison, result)
    content = calendar(comparison.scenario, policy, found, STAMP)
    short = "x" * 39 + "…"
    assert str(Calendar.from_ical(content)["x-wr-calname"]) == f"Roth conversions: {short}"
    assert reminder_table(policy.name, found).title == f"Reminders: {short}"


def test_remind_lists_or_writes_a_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    assert "2026-02-02   Look for the Form 1099-R of 2025" in remind("--policy", "monthly").output
    done = remind("--policy", "monthly", "-o", tmp_path / "monthly.ics")
    assert done.exit_code == 0
    assert (tmp_path / "monthly.ics").read_bytes() == ics("monthly")


@pytest.mark.parametrize("policy", ["never", "monthly"])
def test_where_nothing_is_ever_deposited_there_is_nothing_to_be_reminded_of(policy: str) -> None:
    done = remind("--set", f"policies=[{policy}]", "--set", NOTHING)
    assert done.exit_code == 2
    assert (
        "emily.yaml: nothing goes into the after-tax source by 2025-12-31: there is nothing to be "
        "reminded of" in done.output
    )
