"""The laws of payroll: no limit is exceeded, and dollars scale, in every scenario."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from simulator.payroll.contribution import ContributionYear
from simulator.scenario.scenario import Scenario
from simulator.simulation import went_in
from tests.documents import scenario_of
from tests.how_many import times
from tests.strategies import scenarios, valid

COLUMNS = ("pre_tax", "roth", "catch_up", "match", "nonelective", "after_tax")

LATE_DEFERRALS: dict[str, Any] = {
    "name": "After-tax first",
    "years": "2026",
    "birth_year": 1970,
    "pay": {"salary": 480_000, "frequency": "monthly"},
    "elections": {
        "after_tax": "50%",
        "changes": [{"from": "2026-12-01", "after_tax": "0%", "pre_tax": "100%"}],
    },
    "plan": {"room": "year-to-date"},
}
"""After-tax contributions take all of 415(c); December's deferrals keep what is catch-up of them."""


@times(3)
@given(scenarios())
@example(LATE_DEFERRALS)
def test_law_8_no_limit_is_exceeded(document: dict[str, object]) -> None:
    """Neither of the law nor of the plan, and catch-up that must be Roth is Roth."""
    scenario = valid(document)
    years = went_in(scenario)
    law_is_kept(scenario, years)
    plan_is_kept(scenario, years)
    roth_where_it_must_be(scenario, years)


def law_is_kept(scenario: Scenario, years: Sequence[ContributionYear]) -> None:
    """402(g) with catch-up, 415(c) and 401(a)(17) hold in every year, and nothing is negative."""
    for year in years:
        limits = scenario.limits.of(year.year)
        age = year.year - scenario.birth_year
        already = scenario.elections.already_deferred if year.year == scenario.years.first else 0
        fifteen = year.elective_deferral - limits.elective_deferral
        assert 0 <= fifteen <= (3_000_00 if scenario.plan.fifteen_years else 0)
        own = limits.elective_deferral + fifteen  # of this plan, which knows no other's deferrals
        catch_up = 0 if age < 50 else limits.catch_up
        if 60 <= age <= 63 and limits.enhanced_catch_up is not None:
            catch_up = limits.enhanced_catch_up
        personal = max(0, own + catch_up - already)
        limit = year.elective_deferral_limit + year.catch_up_limit
        if (
            year.earned
        ):  # nothing is deferred of what was not earned, or for what 415(c) has no place
            assert limit <= min(personal, max(0, year.earned.net - year.earned.employer))
        else:
            assert limit == personal
        assert year.elective_deferral_limit <= own
        paid = year.contributions
        gross = sum(one.paycheck.gross for one in paid)
        if year.earned:  # earned income is after the employer's own share
            gross = year.earned.net - year.earned.employer
        outside = sum(one.catch_up for one in paid)
        deferred = sum(one.pre_tax + one.roth for one in paid)
        added = sum(one.match + one.nonelective + one.after_tax for one in paid)
        assert outside <= year.catch_up_limit <= catch_up
        assert deferred <= personal
        assert deferred - outside <= year.elective_deferral_limit
        also = scenario.plan.also_annual_additions
        assert deferred - outside + added <= max(0, min(limits.annual_additions, gross) - also)
        assert sum(one.eligible for one in paid) <= limits.compensation
        for one in paid:
            assert one.catch_up <= one.pre_tax + one.roth
            assert one.eligible >= 0
            assert all(getattr(one, column) >= 0 for column in (*COLUMNS, "room_after"))


def plan_is_kept(scenario: Scenario, years: Sequence[ContributionYear]) -> None:
    """The plan's cap at every paycheck, the match cap, and what a paycheck can pay all hold."""
    plan = scenario.plan
    for year in years:
        gross, after_tax, match = Fraction(0), 0, 0
        for one in year.contributions:
            most = floor(plan.paycheck_cap * one.paycheck.gross + Fraction(1, 2))
            assert one.pre_tax + one.roth + one.after_tax <= most
            counted = one.eligible if plan.after_tax.cap_on == "eligible" else one.paycheck.counted
            if plan.after_tax.cap_on != "regular" or one.paycheck.kind == "regular":
                gross += counted
            after_tax += one.after_tax
            match += one.match
            if not one.paycheck.elections:
                assert one.pre_tax == one.roth == one.after_tax == 0
            if not one.paycheck.matched:
                assert one.eligible == 0
            if isinstance(plan.after_tax.cap, Fraction):
                assert after_tax <= floor(plan.after_tax.cap * gross + Fraction(1, 2))
            elif plan.after_tax.cap is not None:
                assert after_tax <= plan.after_tax.cap
        assert plan.after_tax.allowed or after_tax == 0
        assert plan.match_cap is None or match <= plan.match_cap


def roth_where_it_must_be(scenario: Scenario, years: Sequence[ContributionYear]) -> None:
    """From 2026 on, after a year with wages above the threshold, no catch-up is pre-tax."""
    assert scenario.pay is not None
    wages = scenario.pay.wages_before(scenario.years)
    for year in years:
        threshold = scenario.limits.of(year.year).roth_catch_up_wages
        required = year.year >= 2026 and threshold is not None and wages > threshold
        assert year.roth_catch_up == required
        for one in year.contributions:
            assert not required or one.catch_up <= one.roth
        wages = 0 if scenario.pay.self_employment else year.gross  # a profit is no FICA wages


LIMITS = (
    "elective_deferral", "catch_up", "enhanced_catch_up", "annual_additions", "compensation",
    "roth_catch_up_wages",
)  # fmt: skip


CENTS_A_PAYCHECK = 8
"""How far a paycheck's doubled amount may be from the amount of the doubled scenario.

Doubling an amount that was rounded makes half a cent a whole one. Behind an amount are up to eight
that were rounded: gross, pre-tax, Roth, match, four nonelective ones.
"""


def twice(written: Any) -> Any:
    """An amount of a document doubled; shares and words stay."""
    if not isinstance(written, str) or written == "max" or written.endswith("%"):
        return written
    return str(Decimal(written.removeprefix("$")) * 2).join(["$", ""])


def twice_each(written: dict[str, Any], *names: str) -> dict[str, Any]:
    """A part of a document with some of its amounts doubled."""
    return written | {name: twice(written[name]) for name in names if name in written}


def doubled(document: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    """A document with every dollar in it doubled, the law's among them."""
    pay = twice_each(document["pay"], "salary", "prior_year_wages")
    if isinstance(pay["salary"], list):
        pay["salary"] = [twice_each(step, "salary") for step in pay["salary"]]
    pay["bonuses"] = [twice_each(bonus, "amount") for bonus in pay["bonuses"]]
    names = ("pre_tax", "roth", "after_tax", "already_deferred")
    elections = twice_each(document["elections"], *names)
    elections["bonuses"] = twice_each(elections["bonuses"], *names)
    elections["changes"] = [
        twice_each(change, *names) | {"bonuses": twice_each(change.get("bonuses", {}), *names)}
        for change in elections["changes"]
    ]
    plan = twice_each(document["plan"], "match_cap", "also_annual_additions")
    plan["after_tax"] = twice_each(plan["after_tax"], "cap")
    plan["conversion"] = twice_each(plan["conversion"], "fee")
    plan["opening"] = twice_each(plan["opening"], "after_tax", "basis", "roth")
    items = plan["nonelective"] if isinstance(plan["nonelective"], list) else [plan["nonelective"]]
    plan["nonelective"] = [
        twice_each(item, "amount") if isinstance(item, dict) else item for item in items
    ]
    overrides = {}
    for year in scenario.years:
        known = {name: getattr(scenario.limits.of(year), name) for name in LIMITS}
        overrides[str(year)] = {
            name: f"${cents // 50}.00" for name, cents in known.items() if cents is not None
        }
    limits = document["limits"] | {"overrides": overrides}
    return document | {"pay": pay, "elections": elections, "plan": plan, "limits": limits}


def modest(document: dict[str, Any]) -> dict[str, Any]:
    """A document rounded year-to-date whose elections few limits bite: what doubling is exact for."""
    shares = {
        "pre_tax": "2.5%",
        "roth": "1.5%",
        "after_tax": "3.5%",
        "bonuses": {"after_tax": "1.5%"},
        "changes": [],
    }
    plan = {"after_tax": {"allowed": True, "cap": None}, "match_cap": None}
    return document | {
        "pay": document["pay"] | {"rounding": "year-to-date"},
        "elections": shares | {"already_deferred": "0"},
        "plan": document["plan"] | plan,
    }


def settled(year: ContributionYear) -> bool:
    """Whether no limit took anything in a year, and nothing had to be told apart as catch-up."""
    taken = any(one.clipped for one in year.contributions)
    return not taken and not year.total("catch_up")


@times(1.5)
@given(st.one_of(scenarios(), scenarios().map(modest)))
def test_law_8_twice_the_dollars_give_twice_the_contributions(document: dict[str, Any]) -> None:
    """The same scenario with all dollars doubled, limits included, gives doubled contributions.

    Where rounding is year-to-date and no limit bites, a year's total is rounded once, a match with
    its true-up twice: doubled, they are at most a cent and two cents off. Else each paycheck may
    differ: what is clipped is not made up later, and catch-up is told apart in rounded amounts.
    """
    document["plan"].pop("fifteen_years", None)  # its dollars are of the law, and not indexed
    assume("self_employment" not in document["pay"])  # nor is its tax in proportion
    scenario = valid(document)
    assert scenario.pay is not None
    double = scenario_of(doubled(document, scenario))
    assert double is not None
    max_asked = any("max" in in_force for _, in_force in scenario.elections.ever())
    for one, two in zip(went_in(scenario), went_in(double), strict=True):
        exact = scenario.pay.rounding == "year-to-date" and not max_asked
        exact = exact and all(settled(year) for year in (one, two))
        assert one.paychecks == two.paychecks
        for column in COLUMNS:
            once = 2 if column == "match" and scenario.plan.true_up else 1
            if column == "nonelective":
                once = max(1, len(scenario.plan.nonelective_items))
            allowed = once if exact else CENTS_A_PAYCHECK * max(1, one.paychecks)
            assert abs(2 * one.total(column) - two.total(column)) <= allowed, column
        if scenario.pay.rounding == "year-to-date":
            assert abs(2 * one.gross - two.gross) <= 1
        assert two.elective_deferral_limit == 2 * one.elective_deferral_limit
        assert two.catch_up_limit == 2 * one.catch_up_limit
