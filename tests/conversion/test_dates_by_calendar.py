"""Conversion policies: money deposited on this day leaves on which day?"""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any

import jsonschema
import pytest

from simulator.conversion.cadence import CADENCES
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import sessions_of
from simulator.days.years import Years
from simulator.notation.mistakes import Mistakes
from simulator.simulation import compare
from tests.documents import EMILY, scenario

ONE_YEAR = Years(2025, 2025)


def day(text: str) -> date:
    """A day of 2025 as `01-31`, of any other year in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2025-{text}")


def compiled(
    pay_dates: Sequence[str], policy: dict[str, Any], years: Years = ONE_YEAR, **terms: Any
) -> Timeline:
    """The timeline of $1.00 deposits: what is not a plan's own term is one of its conversions."""
    own = {name: terms.pop(name) for name in list(terms) if name in ConversionTerms.model_fields}
    return timeline(
        [(day(text), 100) for text in pay_dates],
        Policy.model_validate(policy),
        ConversionTerms.model_validate(own | {"conversion": terms}),
        years,
    )


def leaving(plan: Timeline) -> list[date | None]:
    """When each deposit leaves, in the order of landing."""
    return [deposit.leaves for deposit in plan.deposits]


def days(*texts: str) -> list[date]:
    """Days as `day` reads them."""
    return [day(text) for text in texts]


# Cadences


@pytest.mark.parametrize(
    ("of_month", "lands", "leaves"),
    [
        # 2025: January 15 is a Wednesday, March 15 and November 15 are Saturdays, June 15 is a Sunday.
        (15, "01-03", "01-15"),
        (15, "01-15", "01-15"),
        (
            15,
            "01-16",
            "02-18",
        ),  # February 15 is a Saturday, and its Monday is Washington's Birthday
        (15, "03-03", "03-17"),
        (15, "06-16", "06-16"),
        (15, "06-17", "07-15"),
        # A day past the month's end is its last day; where no session is left from then on, the last.
        (31, "02-03", "02-28"),
        (30, "02-03", "02-28"),
        (31, "05-02", "05-30"),  # May 31 is a Saturday
        (30, "08-29", "08-29"),  # August 30 is a Saturday
        (1, "11-03", "11-03"),  # November 1 is a Saturday
        (1, "11-04", "12-01"),
    ],
)
def test_monthly_with_a_day_converts_on_the_first_session_from_then_on(
    of_month: int, lands: str, leaves: str
) -> None:
    plan = compiled([lands], {"cadence": "monthly", "day": of_month})
    assert leaving(plan) == days(leaves)


@pytest.mark.parametrize("written", ["daily", "automatic"])
def test_what_plans_call_each_paycheck_is_read_so_and_called_as_written(written: str) -> None:
    paid = ["01-03", "01-17", "11-28"]
    policy = {"cadence": written, "delay": 3}
    assert leaving(compiled(paid, policy)) == leaving(
        compiled(paid, policy | {"cadence": "per-paycheck"})
    )
    assert Policy.model_validate(policy).name == f"{written}+3d"
    assert Policy.model_validate(policy).words == "3 days after each paycheck"


def test_a_day_of_the_month_stands_in_the_name_and_in_words() -> None:
    policy = Policy(cadence="monthly", day=15, delay=3)
    assert (policy.name, Policy(cadence="monthly", day=15).name) == ("monthly-15+3d", "monthly-15")
    told = [Policy(cadence="monthly", day=day).words for day in (1, 2, 3, 11, 13, 21, 22, 31)]
    endings = ("1st", "2nd", "3rd", "11th", "13th", "21st", "22nd", "31st")
    assert told == [f"on the {ending} of each month" for ending in endings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("annually", "year-end"),
        ("yearly", "year-end"),
        ("Annual", "year-end"),
        ("biweekly", "per-paycheck"),
        ("each paycheck", "per-paycheck"),
        ("immediate", "per-paycheck"),
        ("twice a year", "semiannual"),
        ("montly", "monthly"),
        ("none", "never"),
    ],
)
def test_a_hint_at_a_cadence_thinks_as_the_writer(written: str, meant: str) -> None:
    with pytest.raises(Mistakes, match=f"is not a cadence; did you mean '{meant}'"):
        scenario(EMILY | {"policies": [written]})


def test_a_day_of_the_month_goes_with_monthly_alone() -> None:
    with pytest.raises(
        Mistakes, match=r"policies.0.day: goes with cadence: monthly, not with week"
    ):
        scenario(EMILY | {"policies": [{"cadence": "weekly", "day": 15}]})


@pytest.mark.parametrize(
    ("cadence", "lands", "leaves"),
    [
        # Every session: the day it lands, also the day before a holiday and a half-day.
        ("per-paycheck", "01-03", "01-03"),
        ("per-paycheck", "01-08", "01-08"),
        ("per-paycheck", "11-28", "11-28"),
        ("per-paycheck", "12-31", "12-31"),
        # A week's last session: a Friday, or the Thursday before a Friday holiday.
        ("weekly", "01-06", "01-10"),
        ("weekly", "01-10", "01-10"),
        ("weekly", "04-14", "04-17"),
        ("weekly", "04-21", "04-25"),
        ("weekly", "06-30", "07-03"),
        ("weekly", "11-24", "11-28"),
        ("weekly", "12-22", "12-26"),
        # The week of December 29, 2025 ends in the next year, as that of December 30, 2024 did.
        ("weekly", "12-29", "2026-01-02"),
        ("weekly", "12-31", "2026-01-02"),
        ("weekly", "2024-12-31", "01-03"),
        ("weekly", "2026-06-29", "2026-07-02"),
        # A month's last session.
        ("monthly", "01-02", "01-31"),
        ("monthly", "01-31", "01-31"),
        ("monthly", "02-03", "02-28"),
        ("monthly", "05-30", "05-30"),
        ("monthly", "08-29", "08-29"),
        ("monthly", "11-03", "11-28"),
        ("monthly", "12-31", "12-31"),
        ("monthly", "2026-05-04", "2026-05-29"),
        ("monthly", "2026-01-30", "2026-01-30"),
        # A quarter's, a half-year's.
        ("quarterly", "01-02", "03-31"),
        ("quarterly", "04-01", "06-30"),
        ("quarterly", "09-30", "09-30"),
        ("quarterly", "10-01", "12-31"),
        ("quarterly", "2026-01-02", "2026-03-31"),
        ("semiannual", "01-02", "06-30"),
        ("semiannual", "06-30", "06-30"),
        ("semiannual", "07-01", "12-31"),
        ("semiannual", "2026-02-02", "2026-06-30"),
        ("year-end", "01-02", "12-31"),
        ("year-end", "12-31", "12-31"),
        ("year-end", "2026-01-02", "2026-12-31"),
    ],
)
def test_a_cadence_has_its_dates(cadence: str, lands: str, leaves: str) -> None:
    """Without a delay money leaves on the cadence's first date on or after the session it lands on."""
    plan = compiled([lands], {"cadence": cadence}, Years(2024, 2026))
    assert plan.deposits[0].lands == day(lands)
    assert leaving(plan) == [day(leaves)]


def test_cadences_step_over_days_that_are_no_sessions() -> None:
    """Asked about a weekend, a holiday or a day behind the last session, a cadence goes on to the next."""
    asked = [
        ("per-paycheck", "01-09", "01-10"),
        ("per-paycheck", "01-18", "01-21"),
        ("weekly", "04-18", "04-25"),
        ("weekly", "07-04", "07-11"),
        ("weekly", "01-11", "01-17"),
        ("weekly", "2026-01-03", "2026-01-09"),
        ("monthly", "05-31", "06-30"),
        ("monthly", "08-30", "09-30"),
        ("quarterly", "2024-06-29", "2024-09-30"),
        ("semiannual", "2024-06-29", "2024-12-31"),
        ("year-end", "2022-12-31", "2023-12-29"),
    ]
    for cadence, since, expected in asked:
        assert next(Policy.model_validate(cadence).dates([day(since)])) == (day(expected), 1)


@pytest.mark.parametrize("cadence", CADENCES)
@pytest.mark.parametrize("zero_out", [False, True])
def test_the_dates_of_a_policy_are_sessions_that_rise(cadence: str, zero_out: bool) -> None:
    """From the first on which money may leave on; without end, but for `dates` and `never`."""
    listed = days("06-30", "2026-01-19", "2025-12-31") if cadence == "dates" else []
    policy = Policy(cadence=cadence, dates=listed, delay=3, zero_out=zero_out)
    found = list(islice(policy.dates(days("01-03", "12-26", "12-26")), 600))
    sessions = [session for session, _ in found]
    assert sessions == sorted(set(sessions))
    assert all(session in sessions_of(session.year) for session in sessions)
    assert all(1 <= due <= 3 for _, due in found)
    assert all(session >= day("01-06") for session in sessions)
    expected = {"dates": 3, "never": 0, "best": 0}.get(cadence, 600)  # `best` is given its dates
    assert len(found) == (600 if zero_out else expected)


def test_each_date_says_how_many_deposits_are_due_by_then() -> None:
    """January 24 and ten days are February 3: due at that month's end, and from then on."""
    dates = Policy(cadence="monthly", delay=10).dates(days("01-03", "01-24"))
    expected = [("01-31", 1), ("02-28", 2), ("03-31", 2)]
    assert list(islice(dates, 3)) == [(day(text), due) for text, due in expected]


def test_without_deposits_there_are_no_dates() -> None:
    """Nothing can become due."""
    assert not list(Policy(cadence="monthly", zero_out=True).dates([]))


@pytest.mark.parametrize(
    ("cutoff", "lands", "leaves"),
    [
        (1, "01-02", "12-30"),
        (2, "01-02", "12-29"),
        (3, "01-02", "12-26"),
        (4, "01-02", "12-24"),
        (2, "12-29", "12-29"),
        (2, "12-30", "2026-12-29"),
        (5, "12-24", "2026-12-23"),
    ],
)
def test_year_end_with_a_cut_off_counts_sessions_back(cutoff: int, lands: str, leaves: str) -> None:
    """So many sessions before the year's last; what lands after that leaves a year later."""
    plan = compiled([lands], {"cadence": "year-end", "cutoff": cutoff})
    assert leaving(plan) == [day(leaves)]


def test_a_cut_off_moves_no_other_cadence() -> None:
    """It belongs to year-end and zero-out."""
    plan = compiled(["12-30"], {"cadence": "monthly", "cutoff": 5})
    assert leaving(plan) == days("12-31")


def test_listed_dates_that_are_no_sessions_move_on() -> None:
    """January 9 (mourning), May 31 (a Saturday) and July 4 stand for the sessions after them."""
    listed = ["2025-07-04", "2025-01-09", "2025-05-31"]
    lands = ["01-02", "01-10", "01-13", "06-02", "06-03", "07-07", "07-08"]
    plan = compiled(lands, {"cadence": "dates", "dates": listed})
    expected = ["01-10", "01-10", "06-02", "06-02", "07-07", "07-07"]
    assert leaving(plan) == [*days(*expected), None]


def test_two_listed_days_of_one_session_are_one_date() -> None:
    """May 31 and June 1 are a weekend: both stand for June 2, and the rules pass that over once."""
    listed = ["2025-01-10", "2025-05-31", "2025-06-01", "2026-01-05"]
    plan = compiled(["01-02", "05-15"], {"cadence": "dates", "dates": listed}, max_per_year=1)
    assert leaving(plan) == days("01-10", "2026-01-05")
    assert plan.passed_over == {2025: 1}


def test_a_listed_date_may_lie_in_the_year_after() -> None:
    """A deposit that waits longer than its first listed date leaves on the next."""
    listed = ["2025-12-15", "2026-01-19"]
    plan = compiled(["11-28"], {"cadence": "dates", "dates": listed, "delay": 18})
    assert leaving(plan) == [day("2026-01-20")]
    sooner = compiled(["11-28"], {"cadence": "dates", "dates": listed, "delay": 17})
    assert leaving(sooner) == [day("12-15")]


def test_never_converts_nothing() -> None:
    """All of it stays, and so it does where the plan allows no conversion."""
    assert leaving(compiled(["01-03", "12-31"], {"cadence": "never"})) == [None, None]
    forbidden = compiled(
        ["01-03", "12-31"], {"cadence": "monthly", "zero_out": True}, allowed=False
    )
    assert leaving(forbidden) == [None, None]
    assert not forbidden.conversions


# Delay and eligibility


@pytest.mark.parametrize(
    ("delay", "leaves"),
    [
        (0, "01-03"),
        (1, "01-06"),
        (3, "01-06"),
        (4, "01-07"),
        (5, "01-08"),
        (6, "01-10"),
        (7, "01-10"),
        (8, "01-13"),
        (14, "01-17"),
        (15, "01-21"),
        (365, "2026-01-05"),
    ],
)
def test_a_delay_counts_calendar_days(delay: int, leaves: str) -> None:
    """From Friday, January 3: weekends and holidays count, and the first session after them is taken."""
    plan = compiled(["01-03"], {"cadence": "per-paycheck", "delay": delay})
    assert leaving(plan) == [day(leaves)]


def test_each_deposit_waits_its_own_delay() -> None:
    """At 15 days a paycheck leaves while the younger one stays."""
    plan = compiled(["01-03", "01-17", "01-31"], {"cadence": "per-paycheck", "delay": 15})
    assert leaving(plan) == days("01-21", "02-03", "02-18")
    assert plan.conversions == {2025: 3}


def test_a_delay_runs_from_the_landing_and_not_from_the_pay_date() -> None:
    """Paid on Friday, October 10, landed on the 15th: seven days later is the 22nd."""
    plan = compiled(["10-10"], {"cadence": "per-paycheck", "delay": 7}, deposit_lag=2)
    assert plan.deposits[0].lands == day("10-15")
    assert leaving(plan) == days("10-22")


@pytest.mark.parametrize(
    ("delay", "eligibility", "leaves"),
    [(0, 30, "02-03"), (30, 0, "02-03"), (30, 30, "02-03"), (3, 30, "02-03"), (30, 3, "02-03")],
)
def test_the_longer_of_delay_and_eligibility_counts(
    delay: int, eligibility: int, leaves: str
) -> None:
    """January 3 and 30 days: Sunday, February 2, so the Monday. The two are not added."""
    policy = {"cadence": "per-paycheck", "delay": delay}
    plan = compiled(["01-03"], policy, eligibility_days=eligibility)
    assert leaving(plan) == [day(leaves)]


def test_a_delay_that_ends_on_a_date_of_the_cadence_makes_it() -> None:
    """28 days from January 3 are January 31; 29 miss it."""
    for delay, leaves in ((28, "01-31"), (29, "02-28")):
        plan = compiled(["01-03"], {"cadence": "monthly", "delay": delay})
        assert leaving(plan) == [day(leaves)]


# Zero-out


def test_zero_out_takes_what_still_waits() -> None:
    """On the year's last session the delay no longer counts."""
    policy = {"cadence": "per-paycheck", "delay": 30, "zero_out": True}
    plan = compiled(["11-28", "12-12", "12-31"], policy)
    assert leaving(plan) == days("12-29", "12-31", "12-31")
    assert plan.conversions == {2025: 2}


def test_zero_out_waits_for_what_the_plan_makes_wait() -> None:
    """Eligibility holds against it, up to the day on which it is over; what it leaves goes by the cadence."""
    policy = {"cadence": "per-paycheck", "delay": 60, "zero_out": True}
    plan = compiled(["12-01", "12-02"], policy, eligibility_days=30)
    assert leaving(plan) == [day("12-31"), day("2026-02-02")]


def test_zero_out_has_the_cut_off_of_the_year_end() -> None:
    """Two sessions before the last: what lands later waits its delay."""
    policy = {"cadence": "monthly", "delay": 20, "cutoff": 2, "zero_out": True}
    plan = compiled(["12-12", "12-29", "12-30"], policy)
    assert leaving(plan) == days("12-29", "12-29", "2026-01-30")


def test_zero_out_alone_converts_once_a_year() -> None:
    """Under `never` it is all there is."""
    policy = {"cadence": "never", "zero_out": True}
    plan = compiled(["01-03", "12-31", "2026-01-02"], policy, Years(2025, 2026))
    assert leaving(plan) == days("12-31", "12-31", "2026-12-31")


# The plan's rules thin the dates


def test_at_most_so_many_conversions_a_year() -> None:
    """The fifth date and all after it are passed over; what they would have moved waits for January."""
    paid = [f"{month:02d}-15" for month in (1, 4, 5, 7, 8, 9, 10, 12)]
    plan = compiled(paid, {"cadence": "monthly"}, max_per_year=4)
    assert leaving(plan) == days("01-31", "04-30", "05-30", "07-31", *["2026-01-30"] * 4)
    assert plan.conversions == {2025: 4, 2026: 1}
    assert plan.passed_over == {2025: 5}


def test_the_count_begins_anew_each_year() -> None:
    """One a year: each December's date is passed over, each June's is not."""
    policy = {"cadence": "semiannual"}
    plan = compiled(["01-03", "07-03", "2026-07-06"], policy, Years(2025, 2026), max_per_year=1)
    assert leaving(plan) == days("06-30", "2026-06-30", "2027-06-30")
    assert plan.passed_over == {2025: 1, 2026: 1}


def test_a_date_on_which_nothing_is_due_uses_nothing_up() -> None:
    """Before June nothing is due: neither the two of the year nor the gap is touched."""
    plan = compiled(["06-02", "07-01", "08-01"], {"cadence": "monthly"}, max_per_year=2)
    assert leaving(plan) == days("06-30", "07-31", "2026-01-30")
    # August to December: in each, the third deposit is waiting.
    assert plan.passed_over == {2025: 5}
    apart = compiled(["01-31", "03-31"], {"cadence": "monthly"}, min_days_between=59)
    # February's date had nothing due, so the gap runs from January 31: 59 days to March 31.
    assert leaving(apart) == days("01-31", "03-31")
    assert not apart.passed_over


@pytest.mark.parametrize(("gap", "second", "passed"), [(28, "01-31", 0), (29, "02-03", 1)])
def test_a_gap_equal_to_the_minimum_is_allowed(gap: int, second: str, passed: int) -> None:
    """January 3 to 31 are 28 days; one more passes that date over."""
    plan = compiled(["01-03", "01-31"], {"cadence": "per-paycheck"}, min_days_between=gap)
    assert leaving(plan) == days("01-03", second)
    assert plan.passed_over.get(2025, 0) == passed


def test_a_gap_runs_from_the_last_actual_conversion() -> None:
    """A date passed over does not push the next one further away."""
    plan = compiled(
        ["01-31", "02-28", "03-31", "04-30"], {"cadence": "monthly"}, min_days_between=45
    )
    assert leaving(plan) == days("01-31", "03-31", "03-31", "05-30")
    assert plan.passed_over == {2025: 2}


def test_every_forbidden_session_is_passed_over() -> None:
    """Per-paycheck dates are sessions: January 6, 7, 8 and 10 lie between the 3rd and the 13th."""
    plan = compiled(["01-03", "01-06"], {"cadence": "per-paycheck"}, min_days_between=10)
    assert leaving(plan) == days("01-03", "01-13")
    assert plan.passed_over == {2025: 4}


def test_what_was_passed_over_leaves_with_what_is_due_then() -> None:
    """Deposits of two quarters leave together, and younger money within its delay stays."""
    policy = {"cadence": "quarterly", "delay": 10}
    plan = compiled(["01-03", "04-01", "09-19", "09-29"], policy, min_days_between=150)
    assert leaving(plan) == days("03-31", "09-30", "09-30", "2026-03-31")
    assert plan.passed_over == {2025: 2}


def test_a_date_passed_over_waits_for_a_zero_out_as_well() -> None:
    """November's date is forbidden; the year's end, two sessions early, is the next allowed one."""
    policy = {"cadence": "monthly", "cutoff": 2, "zero_out": True}
    plan = compiled(["10-31", "11-28"], policy, min_days_between=50)
    assert leaving(plan) == days("10-31", "12-29")
    assert plan.passed_over == {2025: 1}


def test_a_zero_out_that_is_forbidden_is_passed_over_too() -> None:
    """What was due on it waits for the next date of the cadence, its delay over or not."""
    policy = {"cadence": "monthly", "delay": 200, "zero_out": True}
    plan = compiled(["05-01", "12-01"], policy, max_per_year=1)
    # 200 days after May 1 are November 17; that conversion is the year's one.
    assert leaving(plan) == days("11-28", "2026-01-30")
    assert plan.passed_over == {2025: 1}


def test_what_a_forbidden_zero_out_held_back_leaves_before_any_delay_is_over() -> None:
    """365 days after the first zero-out the second is passed over; January's date is 394 days after it."""
    policy = {"cadence": "monthly", "delay": 1_000, "zero_out": True}
    paid = ["01-03", "2026-01-05"]
    plan = compiled(paid, policy, Years(2025, 2026), min_days_between=380)
    assert leaving(plan) == days("12-31", "2027-01-29")
    assert plan.passed_over == {2026: 1}


def test_a_zero_out_counts_towards_the_gap() -> None:
    """January's date is 30 days after it, and one short of the minimum."""
    policy = {"cadence": "monthly", "cutoff": 0, "zero_out": True, "delay": 20}
    plan = compiled(["12-15", "2026-01-05"], policy, Years(2025, 2026), min_days_between=31)
    assert leaving(plan) == days("12-31", "2026-02-27")
    assert plan.passed_over == {2026: 1}


def test_a_year_end_and_its_zero_out_are_one_date() -> None:
    """They fall on one session, and that is one conversion."""
    plan = compiled(["12-01"], {"cadence": "year-end", "zero_out": True}, max_per_year=1)
    assert leaving(plan) == days("12-31")
    assert plan.conversions == {2025: 1}


# The run-off


def test_a_december_deposit_is_on_the_next_years_form() -> None:
    """The simulation runs on until it has left; balances are those of the last year's end."""
    document = EMILY | {
        "policies": [{"cadence": "per-paycheck", "delay": 30}],
        "pay": EMILY["pay"] | {"first_pay_date": "2025-12-19"},
    }
    (result,) = compare(scenario(document)).results
    # Paid on December 19 alone (the next is January 2): January 18 is a Sunday, the 19th a holiday.
    assert leaving(result.timeline) == [day("2026-01-20")]
    assert list(result.forms) == [2026]
    assert result.forms[2026].box_5 == result.outcome.left_basis == 76_923
    assert result.outcome.roth_end == 0
    assert result.stranded(2025) == 76_923
    assert result.timeline.horizon == day("2026-01-20")


def test_the_run_off_may_last_years() -> None:
    """A delay of 800 days: every deposit of 2025 leaves in 2027 or 2028."""
    plan = compiled(["01-03", "12-31"], {"cadence": "per-paycheck", "delay": 800})
    assert leaving(plan) == days("2027-03-15", "2028-03-10")
    assert plan.last_session == day("12-31")
    assert plan.horizon == day("2028-03-10")


def test_without_a_date_there_is_no_run_off() -> None:
    """Money that never leaves is not waited for."""
    plan = compiled(["01-03", "12-31"], {"cadence": "never"})
    assert plan.horizon == plan.last_session == day("12-31")
    listed = {"cadence": "dates", "dates": ["2025-12-31"]}
    assert compiled(["01-03", "12-31"], listed, deposit_lag=1).horizon == day("12-31")


def test_what_lands_after_the_last_conversion_stays_inside_to_the_end_of_that_year() -> None:
    """By hand: five bank days after December 31 is January 8; the 2nd is the only date."""
    listed = {"cadence": "dates", "dates": ["2026-01-02"]}
    plan = compiled(["12-19", "12-31"], listed, deposit_lag=5)
    assert [one.lands for one in plan.deposits] == days("12-29", "2026-01-08")
    assert leaving(plan) == [day("2026-01-02"), None]
    assert plan.horizon == day("2026-01-02")
    assert [close.session for close in plan.closes if close.landing] == days("12-29", "2026-01-08")
    assert [close.session for close in plan.closes if close.year_end] == days("12-31", "2026-12-31")
    assert plan.in_transit_after == {2025: 100}


# Landing


@pytest.mark.parametrize(
    ("paid", "lag", "lands"),
    [
        ("01-03", 0, "01-03"),
        ("01-03", 1, "01-06"),
        ("01-03", 5, "01-10"),
        # January 9 is a bank day: it counts, but nothing can be bought on it.
        ("01-08", 1, "01-10"),
        ("01-08", 2, "01-10"),
        # Columbus Day and Veterans Day are sessions and no bank days.
        ("10-10", 1, "10-14"),
        ("11-10", 1, "11-12"),
        # Good Friday is a bank day and no session.
        ("04-17", 1, "04-21"),
        ("04-17", 2, "04-21"),
        ("04-18", 0, "04-21"),
        # Thanksgiving is neither.
        ("11-26", 1, "11-28"),
        # July 3, 2026 is a bank day and no session.
        ("2026-07-02", 1, "2026-07-06"),
        ("2026-07-02", 2, "2026-07-06"),
        ("12-31", 1, "2026-01-02"),
    ],
)
def test_a_deposit_lands_after_its_lag_in_bank_days(paid: str, lag: int, lands: str) -> None:
    """Bank days are counted from the pay date; then the first session is taken."""
    plan = compiled([paid], {"cadence": "per-paycheck"}, Years(2025, 2026), deposit_lag=lag)
    assert plan.deposits[0].pay_date == day(paid)
    assert plan.deposits[0].lands == day(lands)
    assert leaving(plan) == [day(lands)]


def test_what_has_not_landed_by_the_years_end_is_in_transit() -> None:
    """It is not left in the account; it lands in January, and leaves by the policy."""
    plan = compiled(["12-26", "12-31"], {"cadence": "monthly"}, deposit_lag=3)
    assert [deposit.lands for deposit in plan.deposits] == days("12-31", "2026-01-06")
    assert plan.in_transit == 100
    assert leaving(plan) == days("12-31", "2026-01-30")
    kept = compiled(["12-26", "12-31"], {"cadence": "never"}, deposit_lag=3)
    assert kept.in_transit == 100
    assert [close.landing for close in kept.closes if close.landing] == [(0,)]


def test_an_opening_balance_is_a_deposit_on_the_first_session() -> None:
    """With a basis of its own; it waits and leaves as any other."""
    opening = {"after_tax": "$50.00", "basis": "$20.00"}
    policy = {"cadence": "per-paycheck", "delay": 5}
    plan = compiled(["01-02"], policy, opening=opening, eligibility_days=3, deposit_lag=1)
    first, second = plan.deposits
    assert (first.lands, first.leaves, first.amount, first.basis) == (
        day("01-02"), day("01-07"), 5_000, 2_000,
    )  # fmt: skip
    assert (second.lands, second.leaves, second.amount, second.basis) == (
        day("01-03"), day("01-08"), 100, 100,
    )  # fmt: skip
    assert len(compiled(["01-02"], policy).deposits) == 1


# Names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("per-paycheck", "per-paycheck"),
        ({"cadence": "per-paycheck", "delay": 3}, "per-paycheck+3d"),
        ({"cadence": "year-end", "cutoff": 2}, "year-end-2s"),
        ({"cadence": "monthly", "zero_out": True}, "monthly+zero"),
        ({"cadence": "monthly", "delay": 0, "zero_out": False}, "monthly"),
        (
            {"cadence": "quarterly", "delay": 30, "cutoff": 2, "zero_out": True},
            "quarterly+30d-2s+zero",
        ),
        ({"cadence": "dates", "dates": ["2025-06-30"]}, "dates"),
        ({"cadence": "monthly", "delay": 3, "label": "My plan"}, "My plan"),
    ],
)
def test_a_policy_is_called_by_what_it_does_or_by_its_label(written: Any, name: str) -> None:
    """A bare name is a cadence without delay."""
    question = scenario(EMILY | {"policies": [written]})
    assert question.policies[0].name == name
    assert question.policy(name) is question.policies[0]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("per-paycheck", "after each paycheck"),
        ({"cadence": "per-paycheck", "delay": 1}, "1 day after each paycheck"),
        ({"cadence": "per-paycheck", "delay": 2}, "2 days after each paycheck"),
        ({"cadence": "monthly", "delay": 1}, "at each month's end with a delay of 1 day"),
        ({"cadence": "monthly", "delay": 30}, "at each month's end with a delay of 30 days"),
        ("year-end", "at the year's end"),
        ({"cadence": "year-end", "cutoff": 1}, "1 session before the year's end"),
        ({"cadence": "year-end", "cutoff": 2}, "2 sessions before the year's end"),
        # A cut-off is of the year's end alone; without a zero-out it says nothing of others.
        ({"cadence": "quarterly", "cutoff": 2}, "at each quarter's end"),
        ({"cadence": "weekly", "zero_out": True}, "at each week's end and at the year's end"),
    ],
)
def test_a_policy_reads_as_part_of_a_sentence(written: Any, words: str) -> None:
    assert Policy.model_validate(written).words == words


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        *((name, True) for name in CADENCES),
        ("fortnightly", False),
        ({"cadence": "monthly", "delay": 3}, True),
        ({"delay": 3}, False),
        ({"cadence": "fortnightly"}, False),
        ({"cadence": "monthly", "dela": 3}, False),
        (7, False),
    ],
)
def test_the_schema_accepts_a_policy_as_its_cadences_bare_name_or_as_a_map(
    written: Any, accepted: bool
) -> None:
    validator = jsonschema.Draft202012Validator(Policy.model_json_schema())
    assert validator.is_valid(written) is accepted
