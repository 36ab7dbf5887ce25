"""Timelines and ledgers equal a slow implementation that walks day by day and shares no code."""

from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.conversion.ledger import ledger
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import timeline
from simulator.days.calendars import preceding_bank_day
from simulator.days.years import Years
from tests.how_many import times
from tests.reference.slow_conversion import slow_conversion
from tests.strategies import conversion_terms, policies


def plain_terms(terms: ConversionTerms) -> dict[str, Any]:
    """The plan's conversion side as the reference takes it."""
    return {
        "deposit_lag": terms.deposit_lag,
        "eligibility_days": terms.eligibility_days,
        "conversion": {
            name: getattr(terms.conversion, name) for name in type(terms.conversion).model_fields
        },
        "basis_after_loss": terms.basis_after_loss,
        "opening": {
            name: getattr(terms.opening, name) for name in type(terms.opening).model_fields
        },
    }


def bumpy(day: date) -> float:
    """A price that rises and falls by a few per cent, the same for the same day."""
    steps = day.toordinal()
    return 100.0 * (1 + 0.0003 * (steps % 400)) * (0.9 + 0.2 * ((steps * 7919) % 97) / 97)


def calm(day: date) -> float:
    """A price that falls now and then, by less."""
    return 20.0 * (1 + 0.0001 * (day.toordinal() % 900))


@times(4)
@given(
    st.sampled_from([2012, 2024, 2025]),
    st.integers(0, 1),
    st.lists(st.tuples(st.integers(0, 364), st.integers(1, 500_000)), max_size=12),
    conversion_terms(),
    st.booleans(),
    st.data(),
)
def test_forms_and_balances_equal_the_slow_reference(
    first: int,
    more: int,
    money: list[tuple[int, int]],
    written_terms: dict[str, object],
    parked: bool,
    data: st.DataObject,
) -> None:
    """Parked money too, which is calm until it is converted."""
    years = Years(first, first + more)
    policy = Policy.model_validate(data.draw(policies(years.first, years.last)))
    deposits = sorted(
        (preceding_bank_day(date.fromordinal(date(years.last, 1, 5).toordinal() + day)), cents)
        for day, cents in money
    )
    assume(all(day.year in years for day, _ in deposits))
    terms = ConversionTerms.model_validate(written_terms)
    equal_the_reference(deposits, policy, terms, years, parked)


@times(1)
@given(
    st.sampled_from([2012, 2021, 2024, 2025]),
    st.lists(st.tuples(st.integers(1, 31), st.integers(1, 500_000)), min_size=1, max_size=6),
    conversion_terms(),
    st.integers(1, 60),
    st.lists(st.integers(1, 60), min_size=1, max_size=2),
)
def test_what_lands_in_the_run_off_without_a_date_stays_inside_as_in_the_slow_reference(
    year: int,
    money: list[tuple[int, int]],
    written_terms: dict[str, object],
    lag: int,
    dates: list[int],
) -> None:
    """December's deposits land from January on, about the last listed dates."""
    january = date(year + 1, 1, 1).toordinal()
    policy = {"cadence": "dates", "dates": [str(date.fromordinal(january + day)) for day in dates]}
    deposits = sorted((preceding_bank_day(date(year, 12, day)), cents) for day, cents in money)
    terms = ConversionTerms.model_validate(written_terms | {"deposit_lag": lag})
    equal_the_reference(deposits, Policy.model_validate(policy), terms, Years(year, year))


def equal_the_reference(
    deposits: list[tuple[date, int]],
    policy: Policy,
    terms: ConversionTerms,
    years: Years,
    parked: bool = False,
) -> None:
    """Asserts that every form, posting and balance is that of the slow reference."""
    plan = timeline(deposits, policy, terms, years, parked=parked)
    inside = calm if parked else bumpy
    posted = ledger(plan, *([price(day) for day in plan.sessions] for price in (bumpy, inside)))
    slow = slow_conversion(
        deposits,
        (years.first, years.last),
        plain_terms(terms),
        {
            "dates": policy.listed,
            **{
                name: getattr(policy, name)
                for name in ("cadence", "day", "delay", "cutoff", "zero_out")
            },
        },
        inside,
        outside=bumpy,
    )
    outcome = posted.outcome
    columns = ("box_1", "box_2a", "box_5", "fees", "ira")
    for year, expected in slow.years.items():
        assert plan.conversions[year] == expected["conversions"], year
        assert plan.passed_over.get(year, 0) == expected["passed_over"], year
        if year not in outcome.years:
            assert not any(expected[column] for column in columns)
            continue
        actual = outcome.years[year]
        assert {name: getattr(actual, name) for name in columns} == {
            name: expected[name] for name in columns
        }
        assert (actual.left_value, actual.left_basis) == (
            expected["left_value"],
            expected["left_basis"],
        ), year
    assert (outcome.roth_end, outcome.ira_end) == (slow.roth_end, slow.ira_end)
    assert (outcome.left_value, outcome.left_basis) == (slow.left_value, slow.left_basis)
    assert outcome.in_transit == slow.in_transit
    assert sum(year.forfeited for year in outcome.years.values()) == slow.forfeited
    moved = [one for one in slow.events if one[1] != "deposit"]
    assert [
        (one.session, one.event, one.amount, one.basis_recovered, one.taxable)
        for one in posted.postings
        if one.event != "deposit"
    ] == moved
