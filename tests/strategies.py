"""Random scenarios, as a file would have them.

A strategy is made once and drawn from often: to make one and to check it takes longer than a draw.
"""

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from simulator.scenario.scenario import Scenario
from tests.documents import scenario_of

SHARES = st.integers(0, 120).map(lambda tenths: f"{tenths / 2:g}%")


@cache
def dates(first: int, last: int) -> st.SearchStrategy[str]:
    """Days of some years, as text."""
    return st.dates(date(first, 1, 1), date(last, 12, 31)).map(str)


@cache
def dollars(low: int, high: int) -> st.SearchStrategy[str]:
    """Amounts with cents, as text."""
    return st.integers(low * 100, high * 100).map(
        lambda cents: f"${cents // 100}.{cents % 100:02d}"
    )


elections = st.one_of(
    st.integers(0, 60).map(lambda tenths: f"{tenths / 2:g}%"),
    dollars(0, 6_000),
    st.just("max"),
)


named_elections = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("pre_tax", "roth", "after_tax"), elections)
)


@cache
@st.composite
def changes(draw: st.DrawFn, first: int, last: int) -> dict[str, Any]:
    """New elections from a date on; shares stay within the paycheck."""
    named: dict[str, Any] = draw(named_elections)
    if draw(st.booleans()):
        named["bonuses"] = draw(named_elections)
    return {"from": draw(dates(first, last)), **named}


@cache
def lists_of_changes(first: int, last: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to three changes, each from a date of its own on."""
    return st.lists(changes(first, last), max_size=3, unique_by=lambda change: change["from"])


@cache
def bonuses(first: int, last: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to three bonuses."""
    bonus = {
        "date": st.dates(date(first, 1, 5), date(last, 12, 31)).map(str),
        "amount": dollars(0, 150_000),
        "elections": st.booleans(),
        "matched": st.booleans(),
    }
    labelled = {"label": st.just("RSU vest")}
    return st.lists(st.fixed_dictionaries(bonus, optional=labelled), max_size=3)


@cache
def steps(first: int, last: int) -> st.SearchStrategy[list[str]]:
    """Days on which a salary changes."""
    return st.lists(dates(first, last), max_size=2, unique=True)


CYCLE = st.fixed_dictionaries(
    {
        "frequency": st.sampled_from(["weekly", "biweekly", "semimonthly", "monthly"]),
        "rounding": st.sampled_from(["paycheck", "year-to-date"]),
        "extra_period": st.sampled_from(["pay", "spread"]),
    }
)
SALARIES = st.one_of(dollars(1_000, 90_000), dollars(90_000, 700_000))
RAISES = st.sampled_from(["0%", "3%", "-2%", "3.37%"])
DAYS = st.one_of(st.integers(1, 31), st.just("last"))
PAY_DAYS = {
    frequency: st.lists(DAYS, min_size=count, max_size=count, unique=True)
    for frequency, count in (("semimonthly", 2), ("monthly", 1))
}
WAGES_BEFORE = st.sampled_from(["0", "150000", "150000.01", "400000"])


@cache
@st.composite
def pay(draw: st.DrawFn, first: int, last: int) -> dict[str, object]:
    """Salary, cycle and bonuses."""
    result: dict[str, object] = {**draw(CYCLE), "bonuses": draw(bonuses(first, last))}
    frequency = str(result["frequency"])
    if draw(st.booleans()):
        result["salary"] = draw(SALARIES)
        result["raise"] = draw(RAISES)
    else:
        starts = ["2000-01-01", *draw(steps(first, last))]
        result["salary"] = [{"from": start, "salary": draw(SALARIES)} for start in starts]
    if frequency in ("weekly", "biweekly"):
        anchor = date(first, 1, 1) + timedelta(days=draw(st.integers(-40, 60)))
        result["first_pay_date"] = str(anchor)
    elif draw(st.booleans()):
        result["pay_days"] = draw(PAY_DAYS[frequency])
    if not result["bonuses"] and draw(st.integers(0, 3)) == 0:
        result["last_pay_date"] = f"{last}-{draw(st.integers(4, 12)):02d}-17"
    if draw(st.booleans()):
        result["prior_year_wages"] = draw(WAGES_BEFORE)
    return result


@cache
@st.composite
def lump_sums(draw: st.DrawFn, first: int, last: int) -> dict[str, str]:
    """Employer money on a date: dollars or a share, once or each year, of its year or of the one before."""
    amount = draw(st.booleans())
    result = {"amount": draw(dollars(0, 60_000))} if amount else {"share": draw(SHARES)}
    previous = draw(st.booleans())
    if previous:
        result["counts_for"] = "previous"
    yearly = draw(st.booleans())
    result["date"] = draw(dates(first, last + previous))[5 if yearly else 0 :]
    return result


BOUNDS = st.lists(st.integers(1, 10), max_size=3, unique=True)
RATES = st.sampled_from(["25%", "50%", "100%", "120%"])
CAPS = st.one_of(st.none(), SHARES.filter(lambda text: float(text[:-1]) <= 30), dollars(0, 50_000))
CAPPED_ON = st.sampled_from(["gross", "eligible", "regular"])
FIFTEEN_YEARS = st.fixed_dictionaries(
    {
        "service": st.integers(15, 30),
        "prior_deferrals": dollars(0, 160_000),
        "used": dollars(0, 15_000),
    }
)
PLAN = st.fixed_dictionaries(
    {
        "paycheck_cap": st.sampled_from(["100%", "100%", "75%", "33.3%"]),
        "also_annual_additions": st.sampled_from(["0", "0", "$12000.01", "$90000"]),
        "room": st.sampled_from(["reserve", "year-to-date"]),
        "spillover": st.booleans(),
        "match_cap": st.one_of(st.none(), dollars(0, 12_000)),
        "match_catch_up": st.booleans(),
        "true_up": st.booleans(),
    }
)


@cache
def nonelective(first: int, last: int) -> st.SearchStrategy[object]:
    """Employer money: a share or a lump sum, one or several."""
    item = st.one_of(st.sampled_from(["0%", "3%", "7.5%", "25%"]), lump_sums(first, last))
    return st.one_of(item, st.lists(item, max_size=4))


@cache
@st.composite
def contribution_rules(draw: st.DrawFn, first: int, last: int) -> dict[str, object]:
    """What the plan lets in and the employer adds."""
    tiers: list[dict[str, str]] = [
        {"rate": draw(RATES), "up_to": f"{bound}%"} for bound in sorted(draw(BOUNDS))
    ]
    if draw(st.booleans()):
        tiers.append({"rate": "50%"})
    cap = draw(CAPS)
    after_tax: dict[str, object] = {"allowed": draw(st.integers(0, 9)) > 0, "cap": cap}
    if cap and cap.endswith("%"):
        after_tax["cap_on"] = draw(CAPPED_ON)
    more: dict[str, object] = {}
    if tiers and draw(st.integers(0, 2)) == 0:
        more["match_after_tax"] = True
    if draw(st.integers(0, 3)) == 0:
        more["type"] = "403b"
        more["fifteen_years"] = draw(FIFTEEN_YEARS)
    rules = {"after_tax": after_tax, "match": tiers, "nonelective": draw(nonelective(first, last))}
    return more | draw(PLAN) | rules


WAGE_BASE = {"social_security_wage_base": "$192300"}
"""Social Security's is not projected; that of 2027 is given."""


BUSINESS = st.fixed_dictionaries(
    {
        "profit": st.one_of(dollars(0, 60_000), dollars(60_000, 900_000)),
        "w2_wages": st.sampled_from(["0", "0", "$60000", "$200000.01"]),
    }
)
OWN_RATES = st.sampled_from(["0%", "10%", "25%", "max", "100%"])


@st.composite
def self_employed(
    draw: st.DrawFn, pay: dict[str, object], rules: dict[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """The same pay and plan where the salary is the profit of one's own business."""
    business = draw(BUSINESS)
    apart = ("salary", "raise", "extra_period", "bonuses")
    kept = {name: value for name, value in pay.items() if name not in apart}
    others = ("match", "match_after_tax", "fifteen_years")
    plan = {name: value for name, value in rules.items() if name not in others}
    rate = draw(OWN_RATES)
    return (
        kept | {"self_employment": business, "bonuses": []},
        plan | {"type": "solo-401k", "nonelective": rate},
    )


TERMS = st.fixed_dictionaries(
    {
        "deposit_lag": st.sampled_from([0, 0, 1, 3, 12, 60]),
        "eligibility_days": st.sampled_from([0, 0, 5, 40]),
        "conversion": st.fixed_dictionaries(
            {
                "allowed": st.integers(0, 19).map(lambda drawn: drawn > 0),
                "to": st.sampled_from(["roth-401k", "roth-ira", "split"]),
                "fee": st.sampled_from(["0", "0", "$25", "$900"]),
                "max_per_year": st.sampled_from([None, None, 1, 2, 4]),
                "min_days_between": st.sampled_from([0, 0, 31, 90, 200]),
            }
        ),
        "basis_after_loss": st.sampled_from(["carry-forward", "carry-within-year", "forfeit"]),
        "opening": st.fixed_dictionaries(
            {
                "after_tax": st.sampled_from(["0", "$10000", "$25.50"]),
                "basis": st.sampled_from(["0", "$8000", "$12000.01"]),
                "roth": st.sampled_from(["0", "$5000"]),
            }
        ),
    }
)


def conversion_terms() -> st.SearchStrategy[dict[str, Any]]:
    """How money lands, waits and leaves."""
    return TERMS


CADENCES = st.sampled_from(
    [
        *("per-paycheck", "daily", "automatic", "weekly", "monthly", "monthly"),
        *("quarterly", "semiannual", "year-end", "never", "dates"),
    ]
)
WAITING = st.fixed_dictionaries(
    {
        "delay": st.sampled_from([0, 0, 1, 3, 15, 30, 200, 400]),
        "cutoff": st.sampled_from([0, 0, 2, 9]),
        "zero_out": st.booleans(),
    }
)
DAYS_OF_MONTHS = st.sampled_from([None, 1, 2, 15, 28, 29, 30, 31])


@cache
def conversion_dates(first: int, last: int) -> st.SearchStrategy[list[str]]:
    """One to four dates: of the years and the one after them, or all of the first weeks after them."""
    run_off = st.dates(date(last + 1, 1, 1), date(last + 1, 2, 1)).map(str)
    day = st.sampled_from([dates(first, last + 1), run_off])
    return day.flatmap(lambda days: st.lists(days, min_size=1, max_size=4))


@cache
@st.composite
def policies(draw: st.DrawFn, first: int, last: int) -> dict[str, object]:
    """A cadence with its delay, cut-off, zero-out and dates."""
    cadence = draw(CADENCES)
    result: dict[str, object] = {"cadence": cadence, **draw(WAITING)}
    if cadence == "monthly":
        result["day"] = draw(DAYS_OF_MONTHS)
    if cadence == "dates":
        result["dates"] = draw(conversion_dates(first, last))
    return result


FIRST_YEARS = st.sampled_from([2019, 2024, 2025, 2026])
AGES = st.sampled_from([30, 49, 50, 59, 60, 63, 64])
ELECTIONS = st.fixed_dictionaries(
    {
        "pre_tax": elections,
        "roth": elections,
        "after_tax": elections,
        "bonuses": st.booleans().flatmap(lambda named: named_elections if named else st.just({})),
        "already_deferred": st.sampled_from(["0", "0", "$5000", "$30000"]),
    }
)


@cache
@st.composite
def scenarios(draw: st.DrawFn, length: int = 2) -> dict[str, object]:
    """A whole scenario of one to `length` years, growth constant, two policies."""
    first = draw(FIRST_YEARS)
    last = first + draw(st.integers(0, length - 1))
    asked = draw(ELECTIONS) | {"changes": draw(lists_of_changes(first, last))}
    rules: dict[str, object] = draw(contribution_rules(first, last))
    paid = draw(pay(first, last))
    if draw(st.integers(0, 7)) == 0:
        paid, rules = draw(self_employed(paid, rules))
    return {
        "name": "Anyone",
        "years": f"{first}-{last}",
        "birth_year": first - draw(AGES),
        "pay": paid,
        "elections": asked,
        "plan": rules | draw(TERMS),
        "limits": {"inflation": "2.5%", "overrides": {"2027": dict(WAGE_BASE)}},
        "policies": [
            draw(policies(first, last)) | {"label": f"policy {number}"} for number in range(2)
        ],
    }


def valid(document: dict[str, object]) -> Scenario:
    """The scenario of a random document that does not contradict itself."""
    scenario = scenario_of(document)
    assume(scenario is not None)
    assert scenario is not None
    return scenario
