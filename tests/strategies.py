"""Random scenarios, as a file would have them."""

from datetime import date, timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from simulator.scenario.scenario import Scenario
from tests.documents import scenario_of

SHARES = st.integers(0, 120).map(lambda tenths: f"{tenths / 2:g}%")


def dates(first: int, last: int) -> st.SearchStrategy[str]:
    """Days of some years, as text."""
    return st.dates(date(first, 1, 1), date(last, 12, 31)).map(str)


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


@st.composite
def changes(draw: st.DrawFn, first: int, last: int) -> dict[str, Any]:
    """New elections from a date on; shares stay within the paycheck."""
    named: dict[str, Any] = draw(named_elections)
    if draw(st.booleans()):
        named["bonuses"] = draw(named_elections)
    return {"from": draw(dates(first, last)), **named}


@st.composite
def pay(draw: st.DrawFn, first: int, last: int) -> dict[str, object]:
    """Salary, cycle and bonuses."""
    frequency = draw(st.sampled_from(["weekly", "biweekly", "semimonthly", "monthly"]))
    salaries = st.one_of(dollars(1_000, 90_000), dollars(90_000, 700_000))
    steps = st.lists(dates(first, last), max_size=2, unique=True)
    result: dict[str, object] = {
        "frequency": frequency,
        "rounding": draw(st.sampled_from(["paycheck", "year-to-date"])),
        "extra_period": draw(st.sampled_from(["pay", "spread"])),
        "bonuses": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "date": st.dates(date(first, 1, 5), date(last, 12, 31)).map(str),
                        "amount": dollars(0, 150_000),
                        "elections": st.booleans(),
                        "matched": st.booleans(),
                    },
                    optional={"label": st.just("RSU vest")},
                ),
                max_size=3,
            )
        ),
    }
    if draw(st.booleans()):
        result["salary"] = draw(salaries)
        result["raise"] = draw(st.sampled_from(["0%", "3%", "-2%", "3.37%"]))
    else:
        starts = ["2000-01-01", *draw(steps)]
        result["salary"] = [{"from": start, "salary": draw(salaries)} for start in starts]
    if frequency in ("weekly", "biweekly"):
        anchor = date(first, 1, 1) + timedelta(days=draw(st.integers(-40, 60)))
        result["first_pay_date"] = str(anchor)
    elif draw(st.booleans()):
        days = st.one_of(st.integers(1, 31), st.just("last"))
        count = 2 if frequency == "semimonthly" else 1
        result["pay_days"] = draw(st.lists(days, min_size=count, max_size=count, unique=True))
    if not result["bonuses"] and draw(st.integers(0, 3)) == 0:
        result["last_pay_date"] = f"{last}-{draw(st.integers(4, 12)):02d}-17"
    if draw(st.booleans()):
        result["prior_year_wages"] = draw(st.sampled_from(["0", "150000", "150000.01", "400000"]))
    return result


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


@st.composite
def contribution_rules(draw: st.DrawFn, first: int, last: int) -> dict[str, object]:
    """What the plan lets in and the employer adds."""
    bounds = sorted(draw(st.lists(st.integers(1, 10), max_size=3, unique=True)))
    tiers: list[dict[str, str]] = [
        {"rate": draw(st.sampled_from(["25%", "50%", "100%", "120%"])), "up_to": f"{bound}%"}
        for bound in bounds
    ]
    if draw(st.booleans()):
        tiers.append({"rate": "50%"})
    cap = draw(
        st.one_of(st.none(), SHARES.filter(lambda text: float(text[:-1]) <= 30), dollars(0, 50_000))
    )
    after_tax: dict[str, object] = {"allowed": draw(st.integers(0, 9)) > 0, "cap": cap}
    if cap and cap.endswith("%"):
        after_tax["cap_on"] = draw(st.sampled_from(["gross", "eligible", "regular"]))
    item = st.one_of(st.sampled_from(["0%", "3%", "7.5%", "25%"]), lump_sums(first, last))
    more: dict[str, object] = {}
    if tiers and draw(st.integers(0, 2)) == 0:
        more["match_after_tax"] = True
    if draw(st.integers(0, 3)) == 0:
        service = st.integers(15, 30)
        more["type"] = "403b"
        more["fifteen_years"] = {
            "service": draw(service),
            "prior_deferrals": draw(dollars(0, 160_000)),
            "used": draw(dollars(0, 15_000)),
        }
    return {
        **more,
        "paycheck_cap": draw(st.sampled_from(["100%", "100%", "75%", "33.3%"])),
        "also_annual_additions": draw(st.sampled_from(["0", "0", "$12000.01", "$90000"])),
        "after_tax": after_tax,
        "room": draw(st.sampled_from(["reserve", "year-to-date"])),
        "spillover": draw(st.booleans()),
        "match": tiers,
        "match_cap": draw(st.one_of(st.none(), dollars(0, 12_000))),
        "match_catch_up": draw(st.booleans()),
        "true_up": draw(st.booleans()),
        "nonelective": draw(st.one_of(item, st.lists(item, max_size=4))),
    }


WAGE_BASE = {"social_security_wage_base": "$192300"}
"""Social Security's is not projected; that of 2027 is given."""


@st.composite
def self_employed(
    draw: st.DrawFn, pay: dict[str, object], rules: dict[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """The same pay and plan where the salary is the profit of one's own business."""
    profit = draw(st.one_of(dollars(0, 60_000), dollars(60_000, 900_000)))
    wages = draw(st.sampled_from(["0", "0", "$60000", "$200000.01"]))
    business = {"profit": profit, "w2_wages": wages}
    apart = ("salary", "raise", "extra_period", "bonuses")
    kept = {name: value for name, value in pay.items() if name not in apart}
    others = ("match", "match_after_tax", "fifteen_years")
    plan = {name: value for name, value in rules.items() if name not in others}
    rate = draw(st.sampled_from(["0%", "10%", "25%", "max", "100%"]))
    return (
        kept | {"self_employment": business, "bonuses": []},
        plan | {"type": "solo-401k", "nonelective": rate},
    )


@st.composite
def conversion_terms(draw: st.DrawFn) -> dict[str, object]:
    """How money lands, waits and leaves."""
    return {
        "deposit_lag": draw(st.sampled_from([0, 0, 1, 3, 12, 60])),
        "eligibility_days": draw(st.sampled_from([0, 0, 5, 40])),
        "conversion": {
            "allowed": draw(st.integers(0, 19)) > 0,
            "to": draw(st.sampled_from(["roth-401k", "roth-ira", "split"])),
            "fee": draw(st.sampled_from(["0", "0", "$25", "$900"])),
            "max_per_year": draw(st.sampled_from([None, None, 1, 2, 4])),
            "min_days_between": draw(st.sampled_from([0, 0, 31, 90, 200])),
        },
        "basis_after_loss": draw(
            st.sampled_from(["carry-forward", "carry-within-year", "forfeit"])
        ),
        "opening": {
            "after_tax": draw(st.sampled_from(["0", "$10000", "$25.50"])),
            "basis": draw(st.sampled_from(["0", "$8000", "$12000.01"])),
            "roth": draw(st.sampled_from(["0", "$5000"])),
        },
    }


@st.composite
def policies(draw: st.DrawFn, first: int, last: int) -> dict[str, object]:
    """A cadence with its delay, cut-off, zero-out and dates."""
    names = ["per-paycheck", "daily", "automatic", "weekly", "monthly", "monthly"]
    names += ["quarterly", "semiannual", "year-end", "never"]
    cadence = draw(st.sampled_from([*names, "dates"]))
    result: dict[str, object] = {
        "cadence": cadence,
        "delay": draw(st.sampled_from([0, 0, 1, 3, 15, 30, 200, 400])),
        "cutoff": draw(st.sampled_from([0, 0, 2, 9])),
        "zero_out": draw(st.booleans()),
    }
    if cadence == "monthly":
        result["day"] = draw(st.sampled_from([None, 1, 2, 15, 28, 29, 30, 31]))
    if cadence == "dates":
        run_off = st.dates(date(last + 1, 1, 1), date(last + 1, 2, 1)).map(str)
        day = draw(st.sampled_from([dates(first, last + 1), run_off]))
        result["dates"] = draw(st.lists(day, min_size=1, max_size=4))
    return result


@st.composite
def scenarios(draw: st.DrawFn, length: int = 2) -> dict[str, object]:
    """A whole scenario of one to `length` years, growth constant, four policies."""
    first = draw(st.sampled_from([2019, 2024, 2025, 2026]))
    last = first + draw(st.integers(0, length - 1))
    asked = {
        "pre_tax": draw(elections),
        "roth": draw(elections),
        "after_tax": draw(elections),
        "bonuses": draw(named_elections) if draw(st.booleans()) else {},
        "changes": draw(
            st.lists(changes(first, last), max_size=3, unique_by=lambda change: change["from"])
        ),
        "already_deferred": draw(st.sampled_from(["0", "0", "$5000", "$30000"])),
    }
    rules: dict[str, object] = draw(contribution_rules(first, last))
    paid = draw(pay(first, last))
    if draw(st.integers(0, 7)) == 0:
        paid, rules = draw(self_employed(paid, rules))
    return {
        "name": "Anyone",
        "years": f"{first}-{last}",
        "birth_year": first - draw(st.sampled_from([30, 49, 50, 59, 60, 63, 64])),
        "pay": paid,
        "elections": asked,
        "plan": rules | draw(conversion_terms()),
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
