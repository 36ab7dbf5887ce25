"""What may be written in a scenario file, and what it means."""

import json
from fractions import Fraction

import pytest

from simulator.conversion.policy import Policy
from simulator.days.years import Years
from simulator.law.limits import LimitRules
from simulator.notation.mistakes import Mistakes
from simulator.notation.yaml_reader import LARGEST
from simulator.payroll.elections import Elections
from simulator.payroll.plan import LumpSum
from simulator.returns.constant import Constant
from simulator.scenario.loading import loads
from simulator.scenario.question import Plan
from tests.scenario.files import EXAMPLE, SHORTEST, mistakes, scenario


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
