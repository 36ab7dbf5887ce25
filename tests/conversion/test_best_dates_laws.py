"""What holds of the best dates whatever the money, the rules and the dates that a person would list."""

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.conversion.best_calendar import NoCalendar, best_calendar
from simulator.conversion.calendar_costs import Costs, Landing, Problem
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import sessions_of
from simulator.days.years import Years
from tests.how_many import times
from tests.strategies import dates

YEARS = Years(2024, 2025)
SESSIONS = tuple(day for year in YEARS for day in sessions_of(year))


@st.composite
def terms(draw: st.DrawFn) -> ConversionTerms:
    """A plan's rules."""
    rules = {
        "fee": draw(st.sampled_from(["0", "$0.10", "$25"])),
        "max_per_year": draw(st.sampled_from([None, 1, 2, 4, 12])),
        "min_days_between": draw(st.sampled_from([0, 14, 90, 200])),
    }
    waits = draw(st.sampled_from([0, 0, 30]))
    return ConversionTerms.model_validate({"eligibility_days": waits, "conversion": rules})


money = st.lists(
    st.tuples(st.sampled_from(SESSIONS), st.integers(1, 2_000_000)), min_size=1, max_size=30
).map(sorted)


def asked(deposits: list[tuple[date, int]], plan: ConversionTerms) -> Problem:
    """The same question for the search: 7%, and 30% and 40% in the two years."""
    rules = plan.conversion
    return Problem(
        landings=tuple(Landing(day, cents, cents) for day, cents in deposits),
        sessions=SESSIONS,
        annual_return=Fraction(7, 100),
        rates=((2024, Fraction(3, 10)), (2025, Fraction(2, 5))),
        fee=rules.fee,
        waits=plan.eligibility_days,
        max_per_year=rules.max_per_year,
        min_days_between=rules.min_days_between,
    )


def conversions(plan: Timeline) -> list[date]:
    """The days within the years on which something leaves."""
    left = {deposit.leaves for deposit in plan.deposits if deposit.leaves}
    return sorted(day for day in left if day.year in YEARS)


def clears(plan: Timeline, problem: Problem) -> bool:
    """Whether nothing that is due stays inside at a year's end."""
    costs = Costs(problem)
    for year in YEARS:
        end = sessions_of(year)[-1]
        gone = [one for one in plan.deposits if one.leaves and one.leaves <= end]
        if sum(one.amount for one in gone) < sum(
            one.amount for one in costs.deposits[: costs.due(end)]
        ):
            return False
    return True


@times(1)
@given(money, terms(), st.lists(dates(2024, 2025), min_size=1, max_size=12))
def test_no_listed_dates_cost_less_on_the_expected_path(
    deposits: list[tuple[date, int]], plan: ConversionTerms, listed: list[str]
) -> None:
    ends = ["2024-12-31", "2025-12-31"]
    policy = Policy.model_validate({"cadence": "dates", "dates": [*listed, *ends]})
    followed, problem = timeline(deposits, policy, plan, YEARS), asked(deposits, plan)
    assume(clears(followed, problem))
    costs = [one.tax + problem.fee for one in Costs(problem).moved(conversions(followed))]
    assert best_calendar(problem).cost <= sum(costs)


@times(1)
@given(money, terms())
def test_the_dates_keep_the_rules_and_a_plan_passes_none_of_them_over(
    deposits: list[tuple[date, int]], plan: ConversionTerms
) -> None:
    rules = plan.conversion
    try:
        found = best_calendar(asked(deposits, plan))
    except NoCalendar:
        assert rules.min_days_between > 0
        return
    days = found.all_dates
    most = rules.max_per_year or len(days)
    assert all(number <= most for number in Counter(day.year for day in days).values())
    assert all((later - day).days >= rules.min_days_between for day, later in pairwise(days))
    followed = timeline(deposits, Policy(cadence="best").on(days), plan, YEARS)
    assert not followed.passed_over
    assert not followed.leaves_money
    assert sorted({deposit.leaves for deposit in followed.deposits}, key=str) == list(days)
