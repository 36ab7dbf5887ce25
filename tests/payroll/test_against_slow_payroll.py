"""Payroll equals a slow implementation that was written apart from it and shares no code."""

from fractions import Fraction
from typing import Any

from hypothesis import given

from simulator.days.yearly import YearlyDay
from simulator.payroll.nonelective import LumpSum
from simulator.scenario.scenario import Scenario
from simulator.simulation import went_in
from tests.how_many import times
from tests.reference.slow_payroll import slow_payroll
from tests.strategies import scenarios, valid

PAYCHECK_COLUMNS = (
    "pre_tax", "roth", "catch_up", "match", "nonelective", "after_tax", "room_after",
)  # fmt: skip
YEAR_COLUMNS = ("pre_tax", "roth", "catch_up", "match", "nonelective", "after_tax")
YEAR_PROPERTIES = (
    "gross", "annual_additions", "annual_additions_limit", "elective_deferral_limit",
    "catch_up_limit", "room", "room_unused", "employer_cut",
)  # fmt: skip


def plain(scenario: Scenario) -> dict[str, Any]:
    """A scenario as the reference takes it: cents, fractions, dates."""
    pay, plan, elections = scenario.pay, scenario.plan, scenario.elections
    assert pay is not None
    salary: Any = pay.salary
    if not isinstance(salary, int):
        salary = [{"from": step.from_, "salary": step.salary} for step in salary]
    columns = ("pre_tax", "roth", "after_tax")

    def named(block: Any) -> dict[str, Any]:
        given = {column: getattr(block, column) for column in columns}
        return {column: asked for column, asked in given.items() if asked is not None}

    return {
        "years": (scenario.years.first, scenario.years.last),
        "birth_year": scenario.birth_year,
        "pay": {
            "salary": salary,
            "self_employment": pay.self_employment
            and {"profit": pay.self_employment.profit, "w2_wages": pay.self_employment.w2_wages},
            "raise": pay.raise_,
            "frequency": pay.frequency,
            "first_pay_date": pay.first_pay_date,
            "last_pay_date": pay.last_pay_date,
            "pay_days": list(pay.pay_days) if pay.pay_days else None,
            "extra_period": pay.extra_period,
            "rounding": pay.rounding,
            "bonuses": [
                {
                    "date": one.date,
                    "amount": one.amount,
                    "elections": one.elections,
                    "matched": one.matched,
                }
                for one in pay.bonuses
            ],
            "prior_year_wages": pay.prior_year_wages,
        },
        "elections": {
            **named(elections),
            "bonuses": named(elections.bonuses),
            "changes": [
                {"from": change.from_} | named(change) | {"bonuses": named(change.bonuses)}
                for change in elections.changes
            ],
            "already_deferred": elections.already_deferred,
        },
        "plan": {
            "after_tax": {
                "allowed": plan.after_tax.allowed,
                "cap": plan.after_tax.cap,
                "cap_on": plan.after_tax.cap_on,
            },
            "paycheck_cap": plan.paycheck_cap,
            "also_annual_additions": plan.also_annual_additions,
            "match_after_tax": plan.match_after_tax,
            "fifteen_years": plan.fifteen_years
            and {
                name: getattr(plan.fifteen_years, name)
                for name in type(plan.fifteen_years).model_fields
            },
            "room": plan.room,
            "spillover": plan.spillover,
            "match": [
                {"rate": tier.rate} | ({"up_to": tier.up_to} if tier.up_to is not None else {})
                for tier in plan.match
            ],
            "match_cap": plan.match_cap,
            "match_catch_up": plan.match_catch_up,
            "true_up": plan.true_up,
            "nonelective": [item_of(item) for item in plan.nonelective_items],
        },
    }


def item_of(item: Any) -> Any:
    """Nonelective money as the reference takes it: a share, or dollars or a share with their date."""
    if isinstance(item, Fraction | str):
        return item
    day = item.date
    given = {"amount": item.amount} if isinstance(item, LumpSum) else {"share": item.share}
    return given | {
        "date": (day.month, day.day) if isinstance(day, YearlyDay) else day,
        "counts_for": item.counts_for,
    }


def limits_of(scenario: Scenario) -> Any:
    """The limits of a year as the reference takes them."""

    def limits(year: int) -> dict[str, int]:
        found = scenario.limits.of(year)
        names = (
            "elective_deferral", "catch_up", "enhanced_catch_up", "annual_additions",
            "compensation", "roth_catch_up_wages", "social_security_wage_base",
        )  # fmt: skip
        amounts = {name: getattr(found, name) for name in names}
        return {name: amount for name, amount in amounts.items() if amount is not None}

    return limits


@times(3)
@given(scenarios())
def test_every_paycheck_and_year_equals_the_slow_reference(document: dict[str, object]) -> None:
    scenario = valid(document)
    years = went_in(scenario)
    slow = slow_payroll(plain(scenario), limits_of(scenario))
    paid = [one for year in years for one in year.contributions]
    paychecks = [one for one in paid if one.paycheck.kind != "nonelective"]
    assert [(one.pay_date, one.paycheck.kind, one.paycheck.gross) for one in paychecks] == [
        (one["pay_date"], one["kind"], one["gross"]) for one in slow.paychecks
    ]
    for column in PAYCHECK_COLUMNS:
        expected = [max(0, one[column]) for one in slow.paychecks]
        assert [getattr(one, column) for one in paychecks] == expected, column
    lumps = [(one.pay_date, one.nonelective) for one in paid if one.paycheck.kind == "nonelective"]
    assert sorted(lump for lump in lumps if lump[1]) == sorted(slow.lumps)
    by_year = {year["year"]: year for year in slow.years}
    for year in years:
        expected_year = by_year[year.year]
        assert {name: year.total(name) for name in YEAR_COLUMNS} == {
            name: expected_year[name] for name in YEAR_COLUMNS
        }
        assert {name: getattr(year, name) for name in YEAR_PROPERTIES} == {
            name: expected_year[name] for name in YEAR_PROPERTIES
        }
        assert year.first_clipped == expected_year["first_clipped"]
