"""Scenario files: what may be written, and each mistake with its line, its column and what to write."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conversion.policy import Policy
from simulator.days.years import Years
from simulator.law.limits import LimitRules
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.yaml_reader import LARGEST
from simulator.payroll.elections import Elections
from simulator.payroll.plan import LumpSum
from simulator.returns.constant import Constant
from simulator.scenario.loading import load, loads
from simulator.scenario.question import Plan
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.strategies import scenarios

SHORTEST = """\
name: Emily
years: 2025
birth_year: 1997
pay:
  salary: 200_000
  frequency: monthly
"""
"""Everything that is required, and nothing else."""

EXAMPLE = """\
name: Emily, 28, converts after every paycheck   # required
notes: Where the figures come from               # optional
years: 2025                                      # required: 2025, or 2025-2054
birth_year: 1997                                 # required: catch-up goes by the age at the year's end

pay:
  salary: 200_000            # $ a year; or a list of {from: 2025-01-01, salary: 200_000}
  raise: 0%                  # each January 1 from the second year on
  frequency: biweekly        # weekly | biweekly | semimonthly | monthly
  first_pay_date: 2025-01-03 # weekly, biweekly: required (the cycle's anchor); others: no pay before it
  last_pay_date: none        # employment ends: no paycheck after it
  pay_days: [15, last]       # semimonthly: two, monthly: one
  extra_period: pay          # pay | spread
  rounding: paycheck         # paycheck | year-to-date
  bonuses:
    - {date: 2025-03-14, amount: 30_000, elections: true, matched: true}
  prior_year_wages: 185_000  # FICA wages of the year before; default the first year's salary; 0 = new hire

elections:                   # each: a share of gross ("12%"), dollars per paycheck (500), or max
  pre_tax: 12%
  roth: 0%
  after_tax: 10%
  changes:                   # from a date on
    - {from: 2025-07-01, after_tax: 15%}
  already_deferred: 0        # to another employer's plan in the first year (402(g) is per person)

plan:
  type: 401k                 # 401k | 403b | solo-401k
  after_tax: {allowed: true, cap: none}       # cap: share of gross, dollars a year, or none
  room: reserve              # reserve | year-to-date
  spillover: false
  match:                     # tiers; one without up_to matches every deferral
    - {rate: 100%, up_to: 3%}
  match_cap: none            # dollars a year
  match_catch_up: true
  true_up: false
  nonelective: 3%            # a share of pay, or {amount: 6_000, date: 2025-12-31}
  deposit_lag: 0             # bank days
  eligibility_days: 0        # calendar days
  conversion:
    allowed: true
    to: roth-401k            # roth-401k | roth-ira | split
    fee: 0                   # dollars each
    max_per_year: none
    min_days_between: 0
  basis_after_loss: carry-forward             # carry-forward | carry-within-year | forfeit
  opening: {after_tax: 0, basis: 0, roth: 0}  # before the first year

limits:
  inflation: 2.5%            # projects beyond the table
  overrides: {2025: {annual_additions: 70_000}}

returns:
  model: constant            # constant | lognormal | bootstrap | garch | history
  annual_return: 7%
  volatility: 16%
  paths: 10_000
  seed: 2025

policies:                    # names, or maps; `label` optional, unique
  - per-paycheck
  - {cadence: per-paycheck, delay: 3, label: I need three days}
  - monthly
  - {cadence: dates, dates: [2025-06-30, 2025-12-15]}
  - {cadence: year-end, cutoff: 2}
  - never

taxes:                       # marginal rates on the taxable earnings
  federal: 32%
  state: 9.3%
"""
"""The file that documents every field."""


def mistakes(content: str | bytes, *assignments: str, folder: Path = Path()) -> list[str]:
    """Every mistake in a file named emily.yaml, as its line is printed; none where it is right."""
    written = content.encode() if isinstance(content, str) else content
    try:
        loads(written, "emily.yaml", folder, assignments)
    except Mistakes as found:
        return list(map(str, found.mistakes))
    return []


def scenario(*more: str) -> Scenario:
    """The shortest scenario with lines added at its end."""
    return loads((SHORTEST + "".join(f"{line}\n" for line in more)).encode(), "emily.yaml")


# What may be written


def test_the_example_of_every_field_is_valid_as_it_stands() -> None:
    assert mistakes(EXAMPLE) == []


def test_the_example_says_what_it_seems_to_say() -> None:
    read = loads(EXAMPLE.encode(), "emily.yaml")
    assert read.name == "Emily, 28, converts after every paycheck"
    assert (read.years, read.birth_year) == (Years(2025, 2025), 1997)
    assert read.pay is not None
    assert (read.pay.salary, read.pay.last_pay_date, read.pay.pay_days) == (
        200_000_00,
        None,
        (15, "last"),
    )
    assert (read.pay.bonuses[0].amount, read.pay.prior_year_wages) == (30_000_00, 185_000_00)
    assert read.elections.pre_tax == Fraction(12, 100)
    assert read.elections.changes[0].after_tax == Fraction(15, 100)
    assert (read.plan.after_tax.cap, read.plan.match_cap) == (None, None)
    assert read.plan.match[0].up_to == read.plan.nonelective == Fraction(3, 100)
    assert read.limits.overrides[2025].annual_additions == 70_000_00
    assert [policy.name for policy in read.policies] == [
        "per-paycheck", "I need three days", "monthly", "dates", "year-end-2s", "never",
    ]  # fmt: skip
    assert read.taxes is not None
    assert read.taxes.rate == Fraction(413, 1_000)


def test_all_but_five_fields_may_be_left_out() -> None:
    read = scenario()
    assert read.notes == ""
    assert read.elections == Elections(), "nothing is contributed"
    assert (read.plan, read.limits, read.taxes) == (Plan(), LimitRules(), None)
    assert read.returns == Constant()
    assert read.policies == tuple(
        Policy(cadence=name) for name in ("per-paycheck", "monthly", "year-end")
    )


def test_defaults_are_those_of_the_reference() -> None:
    read = scenario()
    assert read.pay is not None
    pay, plan, elections = read.pay, read.plan, read.elections
    assert pay.raise_ == Fraction(0)
    assert (pay.first_pay_date, pay.last_pay_date, pay.pay_days) == (None, None, None)
    assert (pay.extra_period, pay.rounding, pay.bonuses) == ("pay", "paycheck", ())
    assert pay.prior_year_wages is None, "the first year's salary"
    assert pay.wages_before(read.years) == 200_000_00
    assert (elections.pre_tax, elections.roth, elections.after_tax) == (0, 0, 0)
    assert (elections.changes, elections.already_deferred) == ((), 0)
    assert (plan.type, plan.room, plan.spillover) == ("401k", "reserve", False)
    assert (plan.after_tax.allowed, plan.after_tax.cap) == (True, None)
    assert (plan.match, plan.match_cap, plan.match_catch_up, plan.true_up) == (
        (),
        None,
        True,
        False,
    )
    assert plan.nonelective == Fraction(0)
    assert (plan.deposit_lag, plan.eligibility_days) == (0, 0)
    assert (plan.conversion.allowed, plan.conversion.to, plan.conversion.fee) == (
        True,
        "roth-401k",
        0,
    )
    assert (plan.conversion.max_per_year, plan.conversion.min_days_between) == (None, 0)
    assert plan.basis_after_loss == "carry-forward"
    assert (plan.opening.after_tax, plan.opening.basis, plan.opening.roth) == (0, 0, 0)
    assert (read.limits.inflation, read.limits.overrides) == (None, {})
    assert isinstance(read.returns, Constant)
    assert read.returns.annual_return == Fraction(7, 100)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("650", 650_00),
        ("1_500.50", 1_500_50),
        ("$650", 650_00),
        ("$1_500.50", 1_500_50),
        ("'$1,500.50'", 1_500_50),
        ("0.1", 10),
        ("0", 0),
        ("'650'", 650_00),
        ("1_000_000_000", 1_000_000_000_00),
    ],
)
def test_dollars_become_whole_cents(written: str, cents: int) -> None:
    read = scenario(f"plan: {{opening: {{roth: {written}}}}}")
    assert read.plan.opening.roth == cents


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("12%", Fraction(12, 100)),
        ("12 %", Fraction(12, 100)),
        ("'2.5%'", Fraction(25, 1_000)),
        ("0.12", Fraction(12, 100)),
        ("100%", Fraction(1)),
        ("1", Fraction(1)),
        ("0%", Fraction(0)),
        ("0", Fraction(0)),
    ],
)
def test_where_only_a_share_makes_sense_a_fraction_up_to_one_is_one_too(
    written: str, share: Fraction
) -> None:
    assert scenario(f"plan: {{nonelective: {written}}}").plan.nonelective == share


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("12%", Fraction(12, 100)),
        ("500", 500_00),
        ("$12", 12_00),
        ("$0.50", 50),
        ("100.01", 100_01),
        ("0", 0),
        ("max", "max"),
    ],
)
def test_an_election_is_a_share_or_dollars_or_max(
    written: str, asked: Fraction | int | str
) -> None:
    assert scenario(f"elections: {{after_tax: {written}}}").elections.after_tax == asked


@pytest.mark.parametrize(
    ("written", "cap"),
    [("none", None), ("null", None), ("10%", Fraction(1, 10)), ("20_000", 20_000_00)],
)
def test_a_cap_is_a_share_or_dollars_or_none(written: str, cap: Fraction | int | None) -> None:
    assert scenario(f"plan: {{after_tax: {{cap: {written}}}}}").plan.after_tax.cap == cap


def test_a_nonelective_lump_sum_has_amount_and_date() -> None:
    lump = scenario("plan: {nonelective: {amount: 6_000, date: 2025-12-31}}").plan.nonelective
    assert isinstance(lump, LumpSum)
    assert (lump.amount, str(lump.date)) == (6_000_00, "2025-12-31")


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("2025", Years(2025, 2025)),
        ("2025-2026", Years(2025, 2026)),
        ("2024 - 2026", Years(2024, 2026)),
    ],
)
def test_years_are_one_year_or_a_range(written: str, years: Years) -> None:
    assert loads(SHORTEST.replace("2025", written).encode(), "emily.yaml").years == years


@pytest.mark.parametrize(
    ("pay", "paid"),
    [
        # January 1, 2027 is a Friday and a holiday: it is paid on December 31, and ends there if need be.
        ("{frequency: weekly, first_pay_date: 2027-01-01}", ["2026-12-31"]),
        (
            "{frequency: weekly, first_pay_date: 2027-01-01, last_pay_date: 2026-12-31}",
            ["2026-12-31"],
        ),
        ("{frequency: semimonthly, first_pay_date: 2027-01-01, pay_days: [1, 15]}", ["2026-12-31"]),
        # No pay before it: a month's first day is no pay date, and the month's end is.
        ("{frequency: monthly, first_pay_date: 2026-12-01}", ["2026-12-31"]),
        (
            "{frequency: semimonthly, first_pay_date: 2026-12-16, last_pay_date: 2026-12-31}",
            ["2026-12-31"],
        ),
        # Employment that ended before the years is no contradiction: an opening balance may be left.
        ("{frequency: monthly, last_pay_date: 2025-06-30}", []),
        ("{frequency: weekly, first_pay_date: 2024-01-05, last_pay_date: 2025-06-27}", []),
    ],
)
def test_the_moved_pay_date_decides_whether_anything_is_paid(pay: str, paid: list[str]) -> None:
    """Model: `first_pay_date` is compared with nominal dates, everything else with moved ones."""
    read = loads(f"name: x\nyears: 2026\nbirth_year: 1990\npay: {pay}\n".encode(), "x.yaml",
                 settings=["pay.salary=120_000"])  # fmt: skip
    assert read.pay is not None
    assert [str(day) for day in read.pay.pay_dates(read.years)] == paid


@pytest.mark.parametrize(
    "cycle",
    [
        "{salary: 1, frequency: weekly, first_pay_date: 2027-01-08}",
        "{salary: 1, frequency: biweekly, first_pay_date: 2030-01-04}",
        "{salary: 1, frequency: semimonthly, first_pay_date: 2027-01-02, pay_days: [1, 15]}",
        "{salary: 1, frequency: semimonthly, first_pay_date: 2027-01-01}",
    ],
)
def test_pay_that_begins_after_the_years_is_a_contradiction(cycle: str) -> None:
    """By hand: all these cycles have their first pay date in 2027 or later."""
    with pytest.raises(Mistakes, match="is after the years 2026: nothing is paid in them"):
        loads(f"name: x\nyears: 2026\nbirth_year: 1990\npay: {cycle}\n".encode(), "x.yaml")


def test_salary_may_be_a_list_of_steps() -> None:
    steps = "[{from: 2025-01-01, salary: 200_000}, {from: 2025-07-01, salary: 210_000}]"
    read = loads(SHORTEST.replace("200_000", steps).encode(), "emily.yaml")
    assert read.pay is not None
    assert [step.salary for step in read.pay.salary] == [200_000_00, 210_000_00]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        ("per-paycheck", "per-paycheck"),
        ("{cadence: per-paycheck, delay: 3}", "per-paycheck+3d"),
        ("{cadence: year-end, cutoff: 2}", "year-end-2s"),
        ("{cadence: monthly, zero_out: true}", "monthly+zero"),
        ("{cadence: monthly, delay: 3, label: I wait}", "I wait"),
    ],
)
def test_a_policy_without_a_label_is_called_by_its_cadence_delay_cutoff_and_zero_out(
    policy: str, name: str
) -> None:
    assert [one.name for one in scenario(f"policies: [{policy}]").policies] == [name]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + SHORTEST.encode(),
        SHORTEST.replace("\n", "\r\n").encode(),
        SHORTEST.replace("Emily", "Émilie \U0001f600").encode(),
        ("---\n" + SHORTEST + "...\n").encode(),
        json.dumps({"name": "a", "years": 2025, "birth_year": 1997,
                    "pay": {"salary": 1.5, "frequency": "monthly"}}).encode(),
        SHORTEST.encode() + b"#" * (LARGEST - len(SHORTEST)),
    ],
    ids=["byte order mark", "Windows lines", "any letters", "YAML document", "JSON", "just 1 MiB"],
)  # fmt: skip
def test_these_files_are_read(content: bytes) -> None:
    assert mistakes(content) == []


# One mistake, one line. Each row: what replaces which line of the shortest file, and what is printed.

CADENCES = "(per-paycheck, daily, automatic, weekly, monthly, quarterly, semiannual, year-end, dates, never)"
FREQUENCIES = "(weekly, biweekly, semimonthly, monthly)"
NOT_DOLLARS = "is not an amount of dollars; write it like 650, 1_500.50 or $650"
TOP_KEYS = (
    "(name, notes, years, birth_year, pay, elections, deposits, plan, limits, returns, "
    "policies, taxes, events)"
)
OVERRIDES = (
    "elective_deferral, catch_up, enhanced_catch_up, annual_additions, compensation, "
    "roth_catch_up_wages"
)

IN_PLACE = [
    # required fields
    ("name: Emily\n", "", "1:1: name: is missing; write for example name: Emily, 28"),
    ("years: 2025\n", "", "1:1: years: is missing; write for example years: 2025"),
    ("birth_year: 1997\n", "", "1:1: birth_year: is missing; write for example birth_year: 1997"),
    ("Emily", '""', "1:7: name: is empty; write a text"),
    # years
    ("2025", "20x5", "2:8: years: '20x5' is neither a year nor a range; write 2025 or 2025-2054"),
    ("2025", "true", "2:8: years: 'true' is neither a year nor a range; write 2025 or 2025-2054"),
    ("2025", ".nan", "2:8: years: '.nan' is neither a year nor a range; write 2025 or 2025-2054"),
    ("2025", "2026-2025", "2:8: years: '2026-2025' runs backwards; did you mean 2025-2026?"),
    ("2025", "1989", "2:8: years: '1989' is out of range; 1999 to 2080"),
    ("2025", "2081", "2:8: years: '2081' is out of range; 1999 to 2080"),
    (
        "2025",
        "2025-2027",
        "1:1: limits: 2027 has no published limits (2013 to 2026); write limits.inflation (for example "
        "2.5%), or limits.overrides for 2027: elective_deferral, catch_up, annual_additions, "
        "compensation, enhanced_catch_up, roth_catch_up_wages",
    ),
    (
        "2025",
        "2012",
        "1:1: limits: 2012 has no published limits (2013 to 2026); write limits.overrides for 2012: "
        "elective_deferral, catch_up, annual_additions, compensation",
    ),
    # birth year
    ("1997", "2025", "3:13: birth_year: 2025 is not before the simulated years, 2025"),
    ("1997", "1899", "3:13: birth_year: '1899' is out of range; write 1,900 to 2,100"),
    ("1997", "28 years", "3:13: birth_year: '28 years' is not a whole number"),
    ("1997", "1997.5", "3:13: birth_year: '1997.5' is not a whole number"),
    ("1997", "true", "3:13: birth_year: 'true' is not a whole number"),
    # money
    ("200_000", "two hundred", f"5:11: pay.salary: 'two hundred' {NOT_DOLLARS}"),
    ("200_000", "true", f"5:11: pay.salary: 'true' {NOT_DOLLARS}"),
    ("200_000", ".nan", f"5:11: pay.salary: '.nan' {NOT_DOLLARS}"),
    ("200_000", "NaN", f"5:11: pay.salary: 'NaN' {NOT_DOLLARS}"),
    ("200_000", ".inf", f"5:11: pay.salary: '.inf' {NOT_DOLLARS}"),
    ("200_000", "-.inf", f"5:11: pay.salary: '-.inf' {NOT_DOLLARS}"),
    ("200_000", "Infinity", f"5:11: pay.salary: 'Infinity' {NOT_DOLLARS}"),
    ("200_000", "1e5", f"5:11: pay.salary: '1e5' {NOT_DOLLARS}"),
    ("200_000", "0x10", f"5:11: pay.salary: '0x10' {NOT_DOLLARS}"),
    ("200_000", "50%", f"5:11: pay.salary: '50%' {NOT_DOLLARS}"),
    ("200_000", "€200", f"5:11: pay.salary: '€200' {NOT_DOLLARS}"),
    ("200_000", "-1", "5:11: pay.salary: '-1' is negative; write an amount of 0 or more"),
    ("200_000", "$-1", "5:11: pay.salary: '$-1' is negative; write an amount of 0 or more"),
    (
        "200_000",
        "1.005",
        "5:11: pay.salary: '1.005' has more than two decimals; write dollars and cents",
    ),
    (
        "200_000",
        "1_000_000_001",
        "5:11: pay.salary: '1_000_000_001' is too large; at most $1,000,000,000",
    ),
    (
        "200_000",
        "{from: 2025-01-01, salary: 1}",
        f"5:11: pay.salary: '{{from: 2025-01-01, salary: 1}}' {NOT_DOLLARS}",
    ),
    (
        "200_000",
        "[]",
        "5:11: pay.salary: has no steps; write for example {from: 2025-01-01, salary: 200_000}",
    ),
    (
        "200_000",
        "[{from: 2025-02-01, salary: 200_000}]",
        "5:11: pay.salary: no salary is in force on the pay date 2025-01-31; "
        "let the first step begin by then",
    ),
    (
        "200_000",
        "[{from: 2025-01-01, salary: 1}, {from: 2025-01-01, salary: 2}]",
        "5:50: pay.salary.1.from: a step from 2025-01-01 is there already; write one salary a date",
    ),
    (
        "200_000",
        "[{from: 2025-01-01, salary: 200_000}]\n  raise: 3%",
        "6:10: pay.raise: goes with a single salary; write the raises as steps of salary",
    ),
    ("200_000", "200_000\n  raise: 3", "6:10: pay.raise: '3' is not a share; did you mean 3%?"),
    (
        "200_000",
        "200_000\n  raise: 101%",
        "6:10: pay.raise: '101%' is out of range; write a share from -50% to 100%",
    ),
    # pay cycles
    (
        "monthly",
        "biweekley",
        "6:14: pay.frequency: 'biweekley' is not a pay frequency; did you mean 'biweekly'? "
        "(weekly, biweekly, semimonthly, monthly)",
    ),
    ("monthly", "12", f"6:14: pay.frequency: '12' is not a pay frequency {FREQUENCIES}"),
    (
        "monthly",
        "weekly",
        "5:3: pay.first_pay_date: is required with weekly pay; write the first pay date, like 2025-01-03",
    ),
]

ADDED = [
    # pay: what is added below it, its first line is line 7
    (
        "  first_pay_date: 2025-02-29",
        "7:19: pay.first_pay_date: '2025-02-29' does not exist; February 2025 has 28 days",
    ),
    (
        "  first_pay_date: 2025-13-01",
        "7:19: pay.first_pay_date: '2025-13-01' is not a date; months go from 01 to 12, years from 0001",
    ),
    (
        "  first_pay_date: 01/03/2025",
        "7:19: pay.first_pay_date: '01/03/2025' is not a date; write it like 2025-01-03",
    ),
    (
        "  first_pay_date: 2025-01-03 12:00:00",
        "7:19: pay.first_pay_date: '2025-01-03 12:00:00' is not a date; write it like 2025-01-03",
    ),
    (
        "  first_pay_date: 2025-06-01\n  last_pay_date: 2025-05-31",
        "8:18: pay.last_pay_date: 2025-05-31 is before the first pay date, 2025-06-30",
    ),
    (
        # By hand: paid at the month's end, so no paycheck before June 30.
        "  first_pay_date: 2025-06-01\n  last_pay_date: 2025-06-29",
        "8:18: pay.last_pay_date: 2025-06-29 is before the first pay date, 2025-06-30",
    ),
    (
        "  first_pay_date: 2026-01-31",
        "7:19: pay.first_pay_date: 2026-01-31 is after the years 2025: nothing is paid in them",
    ),
    (
        "  first_pay_date: 9999-12-31",
        "7:19: pay.first_pay_date: 9999-12-31 is after the years 2025: nothing is paid in them",
    ),
    (
        "  pay_days: [15, last]",
        "7:13: pay.pay_days: monthly pay has one day of the month; write [last]",
    ),
    ("  pay_days: [32]", "7:14: pay.pay_days.0: '32' is out of range; write 1 to 31"),
    (
        "  pay_days: last",
        "7:13: pay.pay_days: 'last' is not a list; write [...] or lines that begin with -",
    ),
    (
        "  extra_period: both",
        "7:17: pay.extra_period: 'both' is not a rule for the extra period (pay, spread)",
    ),
    ("  rounding: cents", "7:13: pay.rounding: 'cents' is not a rounding (paycheck, year-to-date)"),
    (
        "  bonuses: [{date: 2026-03-14, amount: 1}]",
        "7:20: pay.bonuses.0.date: 2026-03-14 (paid on 2026-03-13, the bank day before)"
        " is outside the years 2025",  # paid on the Friday before
    ),
    (
        "  bonuses: [{date: 2025-03-14, amount: -1}]",
        "7:40: pay.bonuses.0.amount: '-1' is negative; write an amount of 0 or more",
    ),
    (
        '  bonuses: [{date: 2025-03-14, amount: 1, matched: "yes"}]',
        "7:52: pay.bonuses.0.matched: 'yes' is neither true nor false; write true or false",
    ),
    (
        "  last_pay_date: 2025-06-30\n  bonuses: [{date: 2025-08-01, amount: 1}]",
        "8:20: pay.bonuses.0.date: 2025-08-01 is after last_pay_date, 2025-06-30",
    ),
    # elections
    (
        "elections: {pre_tax: 12}",
        "7:22: elections.pre_tax: '12' is neither a share nor dollars; "
        "did you mean 12%? For dollars write $12",
    ),
    (
        "elections: {roth: 0.12}",
        "7:19: elections.roth: '0.12' is neither a share nor dollars; "
        "did you mean 12%? For dollars write $0.12",
    ),
    (
        "elections: {after_tax: 100}",
        "7:24: elections.after_tax: '100' is neither a share nor dollars; "
        "did you mean 100%? For dollars write $100",
    ),
    (
        "elections: {pre_tax: 101%}",
        "7:22: elections.pre_tax: '101%' is out of range; write a share from 0% to 100%",
    ),
    (
        "elections: {pre_tax: -5%}",
        "7:22: elections.pre_tax: '-5%' is out of range; write a share from 0% to 100%",
    ),
    (
        "elections: {pre_tax: -500}",
        "7:22: elections.pre_tax: '-500' is negative; write an amount of 0 or more",
    ),
    ("elections: {pre_tax: true}", f"7:22: elections.pre_tax: 'true' {NOT_DOLLARS}"),
    (
        "elections: {pre_tax: .inf}",
        "7:22: elections.pre_tax: '.inf' is no election; "
        "write a share like 12%, dollars like 500, or max",
    ),
    (
        "elections: {after_tax: MAX}",
        "7:24: elections.after_tax: 'MAX' is no election; "
        "write a share like 12%, dollars like 500, or max",
    ),
    (
        "elections: {pre_tax: 60%, after_tax: 41%}",
        "7:12: elections: the elections together ask for 101% of pay; at most 100%",
    ),
    (
        "elections: {pre_tax: 60%, changes: [{from: 2025-02-01, after_tax: 40.5%}]}",
        "7:37: elections.changes.0: the elections together ask for 100.5% of pay; at most 100%",
    ),
    (
        "elections: {changes: [{after_tax: 41%}]}",
        "7:23: elections.changes.0.from: is missing; write for example from: 2025-07-01",
    ),
    (
        "elections: 12%",
        "7:12: elections: '12%' is no group of fields; "
        "below it may stand: pre_tax, roth, after_tax, changes, already_deferred",
    ),
    # plan
    (
        "plan: {type: 403}",
        "7:14: plan.type: '403' is not a plan type; did you mean '403b'? (401k, 403b, solo-401k)",
    ),
    (
        "plan: {after_tax: {allowed: yes}}",
        "7:29: plan.after_tax.allowed: 'yes' is neither true nor false; write true or false",
    ),
    (
        "plan: {after_tax: {cap: 10}}",
        "7:25: plan.after_tax.cap: '10' is neither a share nor dollars; "
        "did you mean 10%? For dollars write $10",
    ),
    (
        "plan: {room: reserved}",
        "7:14: plan.room: 'reserved' is not a rule for the room; "
        "did you mean 'reserve'? (reserve, year-to-date)",
    ),
    (
        "plan: {spillover: 1}",
        "7:19: plan.spillover: '1' is neither true nor false; write true or false",
    ),
    (
        "plan: {match: [{rate: 100, up_to: 3%}]}",
        "7:23: plan.match.0.rate: '100' is not a share; did you mean 100%?",
    ),
    (
        "plan: {match: [{rate: 100%, up_to: 3}]}",
        "7:36: plan.match.0.up_to: '3' is not a share; did you mean 3%?",
    ),
    (
        "plan: {match: [{rate: 100%, up_to: 5%}, {rate: 50%, up_to: 3%}]}",
        "7:60: plan.match.1.up_to: 3% must be above the tier before it, 5%; order the tiers",
    ),
    (
        "plan: {match: [{rate: 100%, up_to: 3%}, {rate: 50%, up_to: 3%}]}",
        "7:60: plan.match.1.up_to: 3% must be above the tier before it, 3%; order the tiers",
    ),
    (
        "plan: {match: [{rate: 100%}, {rate: 50%, up_to: 3%}]}",
        "7:30: plan.match.1: the tier before it matches every deferral; give that one an up_to",
    ),
    (
        "plan: {match: 3%}",
        "7:15: plan.match: '3%' is not a list; write [...] or lines that begin with -",
    ),
    (
        "plan: {match: {rate: null, up_to: [true]}}",
        "7:15: plan.match: '{rate: null, up_to: [true]}' is not a list; "
        "write [...] or lines that begin with -",
    ),
    (
        "plan: {nonelective: [null]}",
        "7:21: plan.nonelective: '[null]' is not a share of pay; write it like 3%, "
        "or dollars with their date: {amount: 6000, date: 2025-12-31}",
    ),
    (
        "plan: {nonelective: 6000}",
        "7:21: plan.nonelective: '6000' is not a share of pay; write it like 3%, "
        "or dollars with their date: {amount: 6000, date: 2025-12-31}",
    ),
    (
        "plan: {nonelective: {amount: 6_000, date: 2026-01-31}}",
        "7:43: plan.nonelective.date: 2026-01-31 is outside the years 2025",
    ),
    (
        "plan: {nonelective: {amount: -6_000, date: 2025-01-31}}",
        "7:30: plan.nonelective.amount: '-6_000' is negative; write an amount of 0 or more",
    ),
    (
        "plan: {match_cap: -1}",
        "7:19: plan.match_cap: '-1' is negative; write an amount of 0 or more",
    ),
    ("plan: {deposit_lag: -1}", "7:21: plan.deposit_lag: '-1' is out of range; write 0 to 60"),
    ("plan: {eligibility_days: 1.5}", "7:26: plan.eligibility_days: '1.5' is not a whole number"),
    (
        "plan: {conversion: {to: roth}}",
        "7:25: plan.conversion.to: 'roth' is not a destination; "
        "did you mean 'roth-ira'? (roth-401k, roth-ira, split)",
    ),
    ("plan: {conversion: {fee: free}}", f"7:26: plan.conversion.fee: 'free' {NOT_DOLLARS}"),
    (
        "plan: {conversion: {max_per_year: 0}}",
        "7:35: plan.conversion.max_per_year: '0' is out of range; write 1 to 366",
    ),
    (
        "plan: {basis_after_loss: carry}",
        "7:26: plan.basis_after_loss: 'carry' is not a rule for the basis; "
        "did you mean 'carry-forward'? (carry-forward, carry-within-year, forfeit)",
    ),
    (
        "plan: {opening: {basis: -1}}",
        "7:25: plan.opening.basis: '-1' is negative; write an amount of 0 or more",
    ),
    # limits
    (
        "limits: {inflation: 2.5}",
        "7:21: limits.inflation: '2.5' is not a share; did you mean 2.5%?",
    ),
    (
        "limits: {inflation: -1%}",
        "7:21: limits.inflation: '-1%' is out of range; write a share from 0% to 50%",
    ),
    (
        "limits: {overrides: {2025: {annual: 70_000}}}",
        "7:29: limits.overrides.2025.annual: unknown key 'annual'; "
        f"did you mean 'annual_additions'? ({OVERRIDES})",
    ),
    (
        "limits: {overrides: {2025: {annual_additions: -1}}}",
        "7:47: limits.overrides.2025.annual_additions: '-1' is negative; write an amount of 0 or more",
    ),
    (
        "limits: {overrides: {2025: 70_000}}",
        f"7:28: limits.overrides.2025: '70_000' is no group of fields; below it may stand: {OVERRIDES}",
    ),
    # returns
    (
        "returns: {annual_return: 7}",
        "7:26: returns.annual_return: '7' is not a share; did you mean 7%?",
    ),
    (
        "returns: {annual_return: .nan}",
        "7:26: returns.annual_return: '.nan' is not a share; write it like 12%",
    ),
    (
        "returns: {volatility: -1%}",
        "7:23: returns.volatility: '-1%' is out of range; write a share from 0% to 500%",
    ),
    (
        "returns: {paths: 100_000_001}",
        "7:18: returns.paths: '100_000_001' is out of range; write 1 to 100,000,000",
    ),
    ("returns: {paths: 0}", "7:18: returns.paths: '0' is out of range; write 1 to 100,000,000"),
    ("returns: {paths: many}", "7:18: returns.paths: 'many' is not a whole number"),
    ("returns: {seed: 1.5}", "7:17: returns.seed: '1.5' is not a whole number"),
    # policies
    (
        "policies: [montly]",
        f"7:12: policies.0: 'montly' is not a cadence; did you mean 'monthly'? {CADENCES}",
    ),
    ("policies: [3]", f"7:12: policies.0: '3' is not a cadence {CADENCES}"),
    (
        "policies: []",
        "7:11: policies: is empty; write for example [per-paycheck, monthly, year-end]",
    ),
    (
        "policies: monthly",
        "7:11: policies: 'monthly' is not a list; write [...] or lines that begin with -",
    ),
    (
        "policies: [{delay: 3}]",
        "7:12: policies.0.cadence: is missing; write for example cadence: monthly",
    ),
    (
        "policies:\n  - {cadence: monthly, label: A}\n  - {cadence: never, label: A}",
        "9:29: policies.1.label: a policy is already called 'A'; give this one another label",
    ),
    (
        "policies: [monthly, monthly]",
        "7:21: policies.1: a policy is already called 'monthly'; give this one another label",
    ),
    (
        "policies: [{cadence: monthly, label: never}, never]",
        "7:46: policies.1: a policy is already called 'never'; give this one another label",
    ),
    (
        "policies: [{cadence: monthly, delay: -1}]",
        "7:38: policies.0.delay: '-1' is out of range; write 0 to 3,650",
    ),
    (
        "policies: [{cadence: monthly, delay: 3 days}]",
        "7:38: policies.0.delay: '3 days' is not a whole number",
    ),
    (
        "policies: [{cadence: dates}]",
        "7:12: policies.0: cadence: dates needs its dates; write for example dates: [2025-06-30]",
    ),
    (
        "policies: [{cadence: monthly, dates: [2025-06-30]}]",
        "7:38: policies.0.dates: go with cadence: dates, not with monthly; leave them out",
    ),
    (
        "policies: [{cadence: dates, dates: [2024-12-31]}]",
        "7:37: policies.0.dates.0: 2024-12-31 must lie from 2025-01-01 to 2026-12-31",
    ),
    (
        "policies: [{cadence: dates, dates: [2025-06-30, 2027-01-01]}]",
        "7:49: policies.0.dates.1: 2027-01-01 must lie from 2025-01-01 to 2026-12-31",
    ),
    (
        "policies: [{cadence: dates, dates: [2025-06-31]}]",
        "7:37: policies.0.dates.0: '2025-06-31' does not exist; June 2025 has 30 days",
    ),
    # taxes
    ("taxes: {federal: 32}", "7:18: taxes.federal: '32' is not a share; did you mean 32%?"),
    (
        "taxes: {federal: 101%}",
        "7:18: taxes.federal: '101%' is out of range; write a share from 0% to 100%",
    ),
    ("taxes: {federal: 32%, local: 1%}", "7:23: taxes.local: unknown key 'local' (federal, state)"),
    # keys and values of no kind that is taken
    ("tax: {federal: 32%}", f"7:1: tax: unknown key 'tax'; did you mean 'taxes'? {TOP_KEYS}"),
    (
        "  bonus: []",
        "7:3: pay.bonus: unknown key 'bonus'; did you mean 'bonuses'? (salary, raise, frequency, "
        "first_pay_date, last_pay_date, pay_days, extra_period, rounding, bonuses, prior_year_wages)",
    ),
    ("notes: true", "7:8: notes: 'true' is not a text; write it in quotes"),
    ("name: Emma", "7:1: name: the key stands twice; first in line 1"),
    ("  salary: 1", "7:3: pay.salary: the key stands twice; first in line 5"),
    (
        "notes: !!python/object/apply:os.system ls",
        "7:8: notes: tags like tag:yaml.org,2002:python/object/apply:os.system are not read here; "
        "leave it out",
    ),
    (
        "notes: !!str x",
        "7:8: notes: tags like tag:yaml.org,2002:str are not read here; leave it out",
    ),
    ("? [a]\n: b", "7:3: a key must be a plain word"),
    ("<<: {notes: x}", f"7:1: <<: unknown key '<<' {TOP_KEYS}"),
    # not YAML
    ('notes: "a', "8:1: not YAML: the text ends too early; a quotation mark is not closed"),
    (" notes: a", "7:2: not YAML: expected <block end>, but found '<block mapping start>'"),
    ("\tnotes: a", "7:1: not YAML: found character '\\t' that cannot start any token"),
    ("notes: @a", "7:8: not YAML: found character '@' that cannot start any token"),
    ("---\nname: b", "7:1: a second document begins here; write one scenario a file"),
]


@pytest.mark.parametrize(("before", "after", "line"), IN_PLACE)
def test_a_mistake_in_place_of_a_line_is_answered_with_where_what_and_how(
    before: str, after: str, line: str
) -> None:
    assert mistakes(SHORTEST.replace(before, after, 1)) == [f"emily.yaml:{line}"]


@pytest.mark.parametrize(("added", "line"), ADDED)
def test_a_mistake_in_an_added_line_is_answered_with_where_what_and_how(
    added: str, line: str
) -> None:
    assert mistakes(f"{SHORTEST}{added}\n") == [f"emily.yaml:{line}"]


def test_a_semimonthly_pay_has_two_different_days() -> None:
    for days in ("[15]", "[15, 15]", "[1, 15, last]"):
        text = SHORTEST.replace("monthly", f"semimonthly\n  pay_days: {days}")
        wrong = "semimonthly pay has two different days of the month; write [15, last]"
        assert mistakes(text) == [f"emily.yaml:7:13: pay.pay_days: {wrong}"]


def test_a_file_without_pay_or_deposits_is_told_so() -> None:
    text = "name: Emily\nyears: 2025\nbirth_year: 1997\n"
    wrong = "is missing; write pay with salary and frequency, or deposits: FILE.csv"
    assert mistakes(text) == [f"emily.yaml:1:1: pay: {wrong}"]


def test_an_unknown_returns_model_is_answered_with_the_nearest() -> None:
    (line,) = mistakes(SHORTEST + "returns: {model: konstant}\n")
    hint = "'konstant' is not a returns model; did you mean 'constant'? ("
    assert line.startswith(f"emily.yaml:7:18: returns.model: {hint}")


def test_returns_must_be_a_group_of_fields() -> None:
    (line,) = mistakes(SHORTEST + "returns: constant\n")
    assert line.startswith("emily.yaml:7:10: returns: 'constant' is no group of fields; ")


def test_an_empty_value_is_not_called_none() -> None:
    """Nobody wrote None: the line has to make sense to the person who left the value out."""
    (line,) = mistakes(SHORTEST.replace(" 200_000", ""))
    assert line.startswith("emily.yaml:")
    assert ": pay.salary: " in line
    assert "None" not in line


# The file as a whole


def test_all_mistakes_of_a_file_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = """\
name: Emily
name: Emma
years: 2025
birth_year: 28 years
pay:
  salary: -5
  frequency: biweekley
elections:
  pre_tax: 12
plan:
  match:
    - {rate: 100%, up_to: 5%}
    - {rate: 50%, up_to: 3%}
  nonelective: {amount: 6_000, date: 2026-01-31}
policies: [monthly, monthly, {cadence: dates, dates: [2030-01-01]}]
tax: {federal: 32%}
"""
    assert mistakes(text) == [
        "emily.yaml:2:1: name: the key stands twice; first in line 1",
        "emily.yaml:4:13: birth_year: '28 years' is not a whole number",
        "emily.yaml:6:11: pay.salary: '-5' is negative; write an amount of 0 or more",
        "emily.yaml:7:14: pay.frequency: 'biweekley' is not a pay frequency; did you mean 'biweekly'? "
        + FREQUENCIES,
        "emily.yaml:9:12: elections.pre_tax: '12' is neither a share nor dollars; "
        "did you mean 12%? For dollars write $12",
        "emily.yaml:13:26: plan.match.1.up_to: 3% must be above the tier before it, 5%; order the tiers",
        "emily.yaml:14:38: plan.nonelective.date: 2026-01-31 is outside the years 2025",
        "emily.yaml:15:21: policies.1: a policy is already called 'monthly'; "
        "give this one another label",
        "emily.yaml:15:55: policies.2.dates.0: 2030-01-01 must lie from 2025-01-01 to 2026-12-31",
        f"emily.yaml:16:1: tax: unknown key 'tax'; did you mean 'taxes'? {TOP_KEYS}",
    ]


def test_what_is_missing_is_listed_in_the_order_of_the_reference() -> None:
    assert [line.split(": ")[1] for line in mistakes("notes: x\n")] == [
        "name", "years", "birth_year", "pay",
    ]  # fmt: skip


def test_mistakes_at_one_place_keep_their_order_in_every_run() -> None:
    found = [Mistake(Place("emily.yaml", 1, 1), (), f"mistake {number}") for number in range(30)]
    assert Mistakes(found).mistakes == found


def test_a_mistake_that_is_found_twice_is_told_once() -> None:
    found = Mistake(Place("emily.yaml", 1, 1), ("pay",), "is missing")
    assert str(Mistakes([found, found])) == "emily.yaml:1:1: pay: is missing"


BEGINS = "it begins like name: Emily, 28 (`mbdr new FILE` writes one)"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", f":1:1: the file is empty; {BEGINS}"),
        (b"# x\n", f":1:1: the file is empty; {BEGINS}"),
        (b"hello", f":1:1: this is not a scenario; {BEGINS}"),
        (b"- a", f":1:1: this is not a scenario; {BEGINS}"),
        ("name: É\n".encode("latin-1"), ":1:1: byte 7 is not UTF-8; save the file as UTF-8"),
        (SHORTEST.encode("utf-16"), ":1:1: byte 1 is not UTF-8; save the file as UTF-8"),
        (b"name: Emily\nnotes: a\0b\n", ":2:1: a NUL byte; this is not a text file"),
        (b"name: \x07", ": not YAML: unacceptable character #x0007: special characters are not allowed"),
        (b"#" * (LARGEST + 1), ": the file is too large: 1,048,577 bytes; a scenario has at most 1,048,576"),
        (b"notes: " + b"[" * 60 + b"]" * 60, ":1:58: nested over 50 levels"),
        (b"{a: " * 5_000, ":1:205: nested over 50 levels"),
    ],
    ids=["empty", "only a comment", "a word", "a list", "Latin-1", "UTF-16", "NUL", "control character",
         "over 1 MiB", "60 lists deep", "5,000 maps deep"],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_refused_with_a_line(content: bytes, line: str) -> None:
    assert mistakes(content) == [f"emily.yaml{line}"]


def test_forty_levels_are_not_too_deep_to_be_read() -> None:
    (line,) = mistakes(SHORTEST + "notes: " + "[" * 40 + "]" * 40)
    assert "is not a text" in line


def test_an_alias_is_refused_once() -> None:
    line = "emily.yaml:7:38: plan.match: aliases are not read here; write the value out"
    assert mistakes(SHORTEST + "plan: {opening: &a {roth: 0}, match: *a}\n") == [line]


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    lines = mistakes(bomb)
    assert "emily.yaml:2:8: b.0: aliases are not read here; write the value out" in lines
    assert sum("aliases are not read here" in line for line in lines) == 80


def test_a_number_of_very_many_digits_is_refused_at_once() -> None:
    (line,) = mistakes(SHORTEST.replace("1997", "9" * 250_000))
    assert line.startswith("emily.yaml:3:13: birth_year: '9999")
    assert len(line) < 200


@pytest.mark.parametrize(("place", "written"), [("1:7: name", "Emily"), ("2:8: years", "2025")])
def test_half_a_letter_in_an_escape_is_a_mistake_like_any_other(place: str, written: str) -> None:
    r"""YAML can write \ud83d, which is no letter by itself and cannot be printed."""
    (line,) = mistakes(SHORTEST.replace(written, r'"\ud83d"'))
    assert line.startswith(f"emily.yaml:{place}: ")
    assert line.encode()


def test_a_file_that_is_not_there_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "emily.yaml").write_text(SHORTEST)
    with pytest.raises(Mistakes) as caught:
        load(tmp_path / "emly.yaml")
    there = tmp_path / "emily.yaml"
    wrong = f"No such file or directory; did you mean {there}?"
    assert str(caught.value) == f"{tmp_path / 'emly.yaml'}: {wrong}"
    with pytest.raises(Mistakes) as caught:
        load(tmp_path / "far" / "away.yaml")
    assert str(caught.value).endswith(
        "No such file or directory; `mbdr new FILE` writes one to start from"
    )


def test_a_file_is_known_by_its_name_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "emily.yaml").write_bytes(b"\xef\xbb\xbf" + SHORTEST.encode())
    read = load(tmp_path / "emily.yaml", ["name=Emma"])
    assert (read.name, read.source) == ("Emma", str(tmp_path / "emily.yaml"))
    assert len(read.sha256) == 64
    assert read.sha256 != scenario().sha256, "the mark at the beginning is part of the bytes"
    assert read.sha256 == load(tmp_path / "emily.yaml").sha256, "assignments are not"


# Assignments: --set path.to.field=value


@pytest.mark.parametrize(
    ("assignment", "read"),
    [
        ("pay.salary=180_000", lambda one: one.pay.salary == 180_000_00),
        ("pay.salary=$650", lambda one: one.pay.salary == 650_00),
        ("name=a=b", lambda one: one.name == "a=b"),
        ("years=2025-2026", lambda one: one.years == Years(2025, 2026)),
        ("plan.conversion.fee=25", lambda one: one.plan.conversion.fee == 25_00),
        (
            "limits.overrides.2025.annual_additions=71_000",
            lambda one: one.limits.of(2025).annual_additions == 71_000_00,
        ),
        ("policies=[weekly]", lambda one: [p.name for p in one.policies] == ["weekly"]),
        ("policies.0=weekly", lambda one: [p.name for p in one.policies] == ["weekly", "year-end"]),
        ("policies.1.delay=3", lambda one: one.policies[1].name == "year-end+3d"),
        (
            "policies.2=never",
            lambda one: [p.name for p in one.policies][1:] == ["year-end", "never"],
        ),
        ("policies.2.cadence=never", lambda one: one.policies[2].name == "never"),
        ("plan.match=[{rate: 50%}]", lambda one: one.plan.match[0].rate == Fraction(1, 2)),
    ],
)
def test_an_assignment_sets_a_field_and_makes_the_groups_around_it(
    assignment: str, read: Callable[[Any], bool]
) -> None:
    text = SHORTEST + "policies: [monthly, {cadence: year-end}]\n"
    assert read(loads(text.encode(), "emily.yaml", settings=[assignment]))


@pytest.mark.parametrize(
    ("assignment", "line"),
    [
        ("pay.salary", "--set pay.salary: write it like --set pay.salary=180_000"),
        ("=3", "--set =3: write it like --set pay.salary=180_000"),
        ("pay..salary=1", "--set pay..salary=1: write it like --set pay.salary=180_000"),
        (
            "policies.3=weekly",
            "--set policies.3: policies is a list of 2; write a place from 0 to 2",
        ),
        (
            "policies.-1=weekly",
            "--set policies.-1: policies is a list of 2; write a place from 0 to 2",
        ),
        (
            "policies.x=weekly",
            "--set policies.x: policies is a list of 2; write a place from 0 to 2",
        ),
        (
            "pay.salary=-5",
            "--set pay.salary: pay.salary: '-5' is negative; write an amount of 0 or more",
        ),
        (
            "pay.first_pay_date=2025-02-30",
            "--set pay.first_pay_date: pay.first_pay_date: '2025-02-30' does not exist; "
            "February 2025 has 28 days",
        ),
        (
            "plan.mach=3%",
            "--set plan.mach: plan.mach: unknown key 'mach'; did you mean 'match'? (type, after_tax, "
            "room, excess, spillover, match, match_cap, match_catch_up, true_up, nonelective, deposit_lag, "
            "eligibility_days, conversion, basis_after_loss, opening)",
        ),
        ("pay.salary=*a", "--set pay.salary: aliases are not read here; write the value out"),
        (
            "pay.salary=!!int 3",
            "--set pay.salary: tags like tag:yaml.org,2002:int are not read here; leave it out",
        ),
        ("notes={a: 1, a: 2}", "--set notes: notes.a: the key stands twice"),
        (
            "policies=[never",
            "--set policies: not YAML: the text ends too early; a bracket [ is not closed",
        ),
        (
            "notes='a",
            "--set notes: not YAML: the text ends too early; a quotation mark is not closed",
        ),
        ("notes=[a]]", "--set notes: not YAML: ']' stands behind the end of the value"),
    ],
)
def test_an_assignment_that_cannot_be_is_answered_with_a_line(assignment: str, line: str) -> None:
    assert mistakes(SHORTEST + "policies: [monthly, never]\n", assignment) == [line]


@pytest.mark.parametrize("assignment", ["name.x=3", "pay.salary.x=3", "pay.bonuses.0.amount=3"])
def test_a_mistake_that_an_assignment_makes_is_laid_to_the_assignment(assignment: str) -> None:
    """Not to a line of the file, which is right as it stands."""
    lines = mistakes(SHORTEST, assignment)
    assert lines
    assert all(line.startswith(f"--set {assignment.split('=')[0]}: ") for line in lines)


def test_an_assignment_mends_a_file_before_it_is_checked() -> None:
    broken = SHORTEST.replace("200_000", "-5")
    assert mistakes(broken, "pay.salary=5") == []


def test_the_last_of_two_assignments_to_a_field_is_in_force() -> None:
    read = loads(SHORTEST.encode(), "emily.yaml", settings=["name=a", "name=b"])
    assert read.name == "b"


# Whatever the bytes


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_mistakes(content: bytes) -> None:
    assert all(line.startswith("emily.yaml") for line in mistakes(content))


@settings(max_examples=300)
@given(st.text(alphabet="aname: \n-[]{}&*!|>'\"%@`,?#012~<.\t\u2028", max_size=100))
def test_random_punctuation_raises_nothing_but_mistakes(text: str) -> None:
    assert all(line.startswith("emily.yaml") for line in mistakes(text))


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "12%",
            "-5%",
            "1_000%",
            "max",
            "none",
            "2025-01-03",
            "9999-12-31",
            "$650",
            "1,0",
            "٢٠٢٥",
            "²",
        ]
    ),
    st.sampled_from(["monthly", "biweekly", "dates", "history", "constant", "2025", "2025-2027"]),
)
KEYS = st.sampled_from(
    [
        "name", "years", "birth_year", "pay", "salary", "from", "frequency", "bonuses", "date", "dates",
        "amount", "elections", "changes", "plan", "match", "rate", "nonelective", "opening", "limits",
        "overrides", "2025", "returns", "model", "prices", "policies", "cadence", "label", "taxes", "0", "",
    ]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=8,
)


def as_yaml(value: object) -> str:
    """JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


@settings(max_examples=300)
@given(VALUES)
def test_random_values_raise_nothing_but_mistakes(value: object) -> None:
    assert all(line.startswith("emily.yaml") for line in mistakes(as_yaml(value)))


@settings(max_examples=300)
@given(scenarios(), st.data())
def test_a_random_value_anywhere_in_a_scenario_raises_nothing_but_mistakes(
    document: dict[str, Any], data: st.DataObject
) -> None:
    node: Any = document
    while True:
        places = list(range(len(node))) if isinstance(node, list) else sorted(node)
        place = data.draw(st.sampled_from(places)) if places else None
        if place is None or not isinstance(node[place], dict | list) or data.draw(st.booleans()):
            break
        node = node[place]
    if place is not None:
        node[place] = data.draw(VALUES)
    assert all(line.startswith("emily.yaml") for line in mistakes(as_yaml(document)))


# CSV files: deposits, prices


def replay(folder: Path, rows: str, years: str = "2025") -> Scenario:
    """A scenario that replays the deposits of a CSV."""
    (folder / "deposits.csv").write_text(rows, encoding="utf-8")
    text = f"name: Replay\nyears: {years}\nbirth_year: 1997\ndeposits: deposits.csv\n"
    return loads(text.encode(), "replay.yaml", folder)


def csv_mistakes(folder: Path, one: Scenario) -> list[str]:
    """The mistakes in a CSV when it is used, each as its line is printed, without the name of its folder."""
    with pytest.raises(Mistakes) as caught:
        compare(one)
    return [str(one).replace(f"{folder}/", "") for one in caught.value.mistakes]


def test_deposits_replay_what_really_went_in(tmp_path: Path) -> None:
    rows = 'date,amount,remark\n2025-01-31,"1,000.50",first\n\n2025-01-15,$20,\n'
    one = replay(tmp_path, "\ufeff" + rows)
    assert [(str(day), cents) for day, cents in compare(one).deposits] == [
        ("2025-01-15", 20_00),
        ("2025-01-31", 1_000_50),
    ]


def test_deposits_stand_in_place_of_pay_and_elections(tmp_path: Path) -> None:
    (tmp_path / "deposits.csv").write_text("date,amount\n2025-01-31,1\n")
    text = SHORTEST + "elections: {pre_tax: 5%}\ndeposits: deposits.csv\n"
    wrong = "deposits replays what really went in; leave this out, or leave out deposits"
    assert mistakes(text, folder=tmp_path) == [
        f"emily.yaml:5:3: pay: {wrong}",
        f"emily.yaml:7:12: elections: {wrong}",
    ]


@pytest.mark.parametrize(
    ("added", "where"),
    [
        ("deposits: away.csv", "7:11: deposits"),
        ("returns: {model: history, prices: away.csv}", "7:35: returns.prices"),
    ],
)
def test_a_csv_that_is_not_there_is_missed_in_the_scenario_file(
    added: str, where: str, tmp_path: Path
) -> None:
    lines = mistakes(f"{SHORTEST}{added}\n", folder=tmp_path)
    assert f"emily.yaml:{where}: 'away.csv' is no file in {tmp_path}" in lines


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("day,amount\n2025-01-31,1\n", ["1:1: the header has no column date; write date,amount"]),
        (
            "2025-01-31,1\n",
            ["1:1: the header has no column date and no column amount; write date,amount"],
        ),
        ("", ["1:1: the header has no column date and no column amount; write date,amount"]),
        ("date,amount\n2025-01-31\n", ["2:1: a value is missing in this row"]),
        ("date,amount\n2025-01-31,\n", ["2:1: a value is missing in this row"]),
        (
            "date,amount\n2025-02-30,1\n2025-03-03,1\nsoon,1\n",
            [
                "2:1: '2025-02-30' does not exist; February 2025 has 28 days",
                "4:1: this is not a date; write it like 2025-01-03",
            ],
        ),
        (
            "date,amount\n2025-01-31,-1\n2025-02-28,nan\n2025-03-31,1.005\n",
            [
                "2:1: '-1' is negative; write an amount of 0 or more",
                f"3:1: this {NOT_DOLLARS}",
                "4:1: '1.005' has more than two decimals; write dollars and cents",
            ],
        ),
        (
            "date,amount\n2024-12-31,1\n2025-01-31,1\n2026-01-02,1\n",
            [
                "2:1: 2024-12-31 is outside the years 2025",
                "4:1: 2026-01-02 is outside the years 2025",
            ],
        ),
    ],
)
def test_a_deposit_that_cannot_be_read_is_answered_with_its_line(
    rows: str, lines: list[str], tmp_path: Path
) -> None:
    one = replay(tmp_path, rows)
    assert csv_mistakes(tmp_path, one) == [f"deposits.csv:{line}" for line in lines]


def test_a_csv_that_is_no_text_is_refused(tmp_path: Path) -> None:
    one = replay(tmp_path, "date,amount\n")
    (tmp_path / "deposits.csv").write_bytes(b"date,amount\n\xff\xfe")
    wrong = "is not UTF-8 text; save it as CSV in UTF-8"
    assert csv_mistakes(tmp_path, one) == [f"deposits.csv: {wrong}"]


NO_PRICE = "is no price; write a number from 0.000001 to 1,000,000,000, like 101.25"
FIRST_WEEKS = "2025-01-02,100\n2025-01-03,101\n2025-01-06,102.50\n2025-01-07,99\n"


def history(folder: Path, rows: str) -> Scenario:
    """One deposit on 2025-01-03, converted in its session, at the prices of a CSV."""
    (folder / "prices.csv").write_text(rows, encoding="utf-8")
    (folder / "deposits.csv").write_text("date,amount\n2025-01-03,1000\n", encoding="utf-8")
    text = (
        "name: History\nyears: 2025\nbirth_year: 1997\ndeposits: deposits.csv\n"
        "returns: {model: history, prices: prices.csv}\npolicies: [per-paycheck]\n"
    )
    return loads(text.encode(), "history.yaml", folder)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("day,price\n2025-01-02,100\n", ["1:1: the header has no column date; write date,price"]),
        ("date,close\n2025-01-02,100\n", ["1:1: the header has no column price; write date,price"]),
        ("date,price\n", ["2:1: no prices; write rows like 2025-01-02,101.25"]),
        (
            "date,price\n2025-01-02,0\n2025-01-03,-5\n2025-01-06,nan\n2025-01-07,inf\n2025-01-08,x\n",
            [
                f"{line}:1: {text} {NO_PRICE}"
                for line, text in ((2, "'0'"), (3, "'-5'"), (4, "this"), (5, "this"), (6, "this"))
            ],
        ),
        (
            "date,price\n2025-01-02,0.000000999\n2025-01-03,1000000000.01\n2025-01-06,1e300\n"
            f"2025-01-07,0.{'0' * 36}1\n2025-01-08,1{'0' * 300}\n2025-01-09,0.000001\n"
            "2025-01-10,1_000_000_000\n",
            [
                f"2:1: '0.000000999' {NO_PRICE}",
                f"3:1: '1000000000.01' {NO_PRICE}",
                *(f"{line}:1: this {NO_PRICE}" for line in (4, 5, 6)),
            ],
        ),
        (
            "date,price\n2025-01-03,100\n2025-01-02,101\n2025-01-02,102\n",
            [
                "3:1: 2025-01-02 does not come after 2025-01-03; order the rows by date, one a day",
                "4:1: 2025-01-02 does not come after 2025-01-02; order the rows by date, one a day",
            ],
        ),
        (
            "date,price\n" + FIRST_WEEKS,
            [
                "2:1: the prices go from 2025-01-02 to 2025-01-07; "
                "the simulation needs 2025-01-02 to 2025-12-31"
            ],
        ),
        (
            "date,price\n2025-01-03,101\n2026-01-02,100\n",
            [
                "2:1: the prices go from 2025-01-03 to 2026-01-02; "
                "the simulation needs 2025-01-02 to 2025-12-31"
            ],
        ),
    ],
)  # fmt: skip
def test_prices_that_cannot_be_used_are_answered_with_their_line(
    rows: str, lines: list[str], tmp_path: Path
) -> None:
    found = csv_mistakes(tmp_path, history(tmp_path, rows))
    assert [line for line in found if "no price for the session" not in line] == [
        f"prices.csv:{line}" for line in lines
    ]


def test_a_session_without_a_price_is_named_with_the_row_before_it(tmp_path: Path) -> None:
    """2025-01-09 was no session, so that it may be missing; 2025-01-08 and 2025-01-13 were."""
    one = history(tmp_path, "date,price\n" + FIRST_WEEKS + "2025-01-10,100\n2025-12-31,100\n")
    found = csv_mistakes(tmp_path, one)
    gap = "no price for the session {}; add its row after this one"
    assert found[:2] == [
        f"prices.csv:5:1: {gap.format('2025-01-08')}",
        f"prices.csv:6:1: {gap.format('2025-01-13')}",
    ]
    assert not any("2025-01-09" in line for line in found)


def test_a_file_that_a_scenario_names_is_read_anew_when_it_was_edited(tmp_path: Path) -> None:
    text = "name: a\nyears: 2025\nbirth_year: 1990\ndeposits: d.csv\npolicies: [year-end]\n"
    (tmp_path / "a.yaml").write_text(text)
    for amount in (500, 900):
        (tmp_path / "d.csv").write_text(f"date,amount\n2025-01-15,{amount}\n")
        told = compare(load(tmp_path / "a.yaml")).to_dict()
        assert told["policies"][0]["total"]["box_5"]["mean"] == amount


def test_a_replay_needs_no_limits(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("date,amount\n2008-01-15,500\n")
    text = "name: a\nyears: 2008\nbirth_year: 1970\ndeposits: d.csv\npolicies: [year-end]\n"
    (tmp_path / "a.yaml").write_text(text)
    assert load(tmp_path / "a.yaml").years.first == 2008


def test_a_misspelt_model_does_not_hide_what_else_is_wrong_with_the_returns() -> None:
    returns = "returns: {model: lognorm, paths: 0, seed: -1, volatility: 9}"
    told = mistakes(f"{SHORTEST}{returns}\n")
    assert [line.split(": ")[1] for line in told] == [
        "returns.model",
        "returns.paths",
        "returns.seed",
        "returns.volatility",
    ]


def test_one_wrong_election_does_not_hide_that_the_others_exceed_the_paycheck() -> None:
    told = mistakes(f"{SHORTEST}elections: {{pre_tax: 80%, roth: 30%, foo: 1}}\n")
    assert len(told) == 2
    assert "elections together ask for 110% of pay" in "".join(told)


def test_tiers_are_checked_although_a_rate_is_wrong() -> None:
    tiers = "plan: {match: [{rate: 50, up_to: 6%}, {rate: 50%, up_to: 3%}]}"
    told = mistakes(f"{SHORTEST}{tiers}\n")
    assert any("3% must be above the tier before it, 6%" in line for line in told)


def test_a_raise_beside_steps_of_salary_is_a_mistake_even_at_zero() -> None:
    text = SHORTEST.replace("200_000", "[{from: 2025-01-01, salary: 200_000}]")
    assert "pay.raise: goes with a single salary" in "".join(mistakes(f"{text}  raise: 0%\n"))
