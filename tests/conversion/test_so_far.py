"""What was converted so far is on the first year's form, and counts for the plan's rules."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger
from simulator.conversion.policy import Policy
from simulator.conversion.so_far import MovedSoFar
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.years import Years
from tests.engines import Given, on_compiled, on_numpy
from tests.how_many import times
from tests.strategies import conversion_terms, policies
from tests.timelines import amounts, walks

YEAR = Years(2025, 2025)
DEPOSITS = [
    (date(2025, 7, 18), 1_000_00),
    (date(2025, 8, 1), 1_000_00),
    (date(2025, 9, 12), 1_000_00),
]


def plan(
    terms: dict[str, Any], so_far: dict[str, Any], cadence: str = "per-paycheck", until: str = ""
) -> Timeline:
    """Three deposits after June 30, with what was moved before."""
    return timeline(
        DEPOSITS,
        Policy.model_validate({"cadence": cadence}),
        ConversionTerms.model_validate(terms),
        YEAR,
        so_far=MovedSoFar.model_validate({"through": "2025-06-30"} | so_far),
        until=date.fromisoformat(until) if until else None,
    )


def flat(timeline: Timeline) -> Any:
    """Its outcome where the price stays what it is."""
    return ledger(timeline, [1.0] * len(timeline.sessions)).outcome


def test_the_account_is_there_on_the_first_session_after_the_figures() -> None:
    """The opening balance and what is in transit land on July 1, 2025, a Tuesday, and leave with it."""
    opening = {"after_tax": 2_000, "basis": 1_900, "roth": 50}
    one = plan({"opening": opening}, {"in_transit": 500})
    assert one.first_session == date(2025, 7, 1) == one.sessions[0]
    assert [deposit.lands for deposit in one.deposits[:2]] == [date(2025, 7, 1)] * 2
    came_to = flat(one)
    assert (came_to.years[2025].box_1, came_to.years[2025].box_2a) == (5_500_00, 100_00)


def test_boxes_so_far_are_on_the_years_form_under_every_policy() -> None:
    before = {"count": 6, "last": "2025-06-12", "box_1": "$10031.20", "box_2a": "$31.21"}
    for cadence, later in {"per-paycheck": 3_000_00, "year-end": 3_000_00, "never": 0}.items():
        one = plan({}, {"conversions": before}, cadence)
        year = flat(one).years[2025]
        assert (year.box_1, year.box_2a) == (10_031_20 + later, 31_21)
        assert year.box_5 == 9_999_99 + later
        assert one.conversions[2025] == {"per-paycheck": 9, "year-end": 7, "never": 6}[cadence]


def test_where_the_plan_splits_the_rest_of_box_1_was_sent_on() -> None:
    before = {"count": 1, "box_1": 1_000, "box_5": 900}
    year = flat(plan({"conversion": {"to": "split"}}, {"conversions": before})).years[2025]
    assert (year.box_1, year.box_2a, year.box_5, year.ira) == (4_000_00, 0, 3_900_00, 100_00)


def test_conversions_so_far_use_up_those_of_the_year() -> None:
    """Three a year, two were: one is left, and the other deposits have no date."""
    before = {"count": 2, "box_1": 100}
    one = plan({"conversion": {"max_per_year": 3}}, {"conversions": before})
    assert one.deposits[0].leaves == date(2025, 7, 18)
    assert one.conversions[2025] == 3
    assert {deposit.leaves and deposit.leaves.year for deposit in one.deposits[1:]} == {2026}


def test_days_between_run_from_the_last_conversion_so_far() -> None:
    """Thirty days after July 1: July 18 is passed over, July 31 is the first session allowed."""
    before = {"count": 1, "last": "2025-07-01", "box_1": 100}
    so_far = {"through": "2025-07-01", "conversions": before}
    one = plan({"conversion": {"min_days_between": 30}}, so_far)
    assert one.deposits[0].leaves == date(2025, 7, 31)


def test_nothing_later_than_until_happens() -> None:
    """By August 29 two deposits have landed and left; the third is not paid, and nothing runs off."""
    one = plan({}, {}, until="2025-08-30")
    assert (one.last_session, one.sessions[-1]) == (date(2025, 8, 29), date(2025, 8, 29))
    assert flat(one).years[2025].box_1 == 2_000_00
    waits = plan({}, {}, "year-end", until="2025-08-30")
    assert flat(waits).years[2025].box_1 == 0
    assert (flat(waits).left_value, flat(waits).left_basis) == (2_000_00, 2_000_00)


def test_what_has_not_landed_by_until_is_in_transit() -> None:
    """Paid on August 1 with three bank days of lag it lands on August 6."""
    one = plan({"deposit_lag": 3}, {}, until="2025-08-05")
    assert (one.in_transit, flat(one).in_transit) == (1_000_00, 1_000_00)
    assert flat(one).years[2025].box_1 == 1_000_00


def test_the_cut_within_the_year_needs_a_years_end_that_is_reached() -> None:
    """The price halves: at December 31 the basis is cut to what is inside; on August 29 it is not."""
    rule = {"basis_after_loss": "carry-within-year", "opening": {"after_tax": 100, "basis": 5_000}}
    for until, basis in (("2025-08-29", 7_000_00), ("", 5_000_00 + 3_000_00)):
        one = plan(rule, {}, "never", until)
        prices = [1.0] * (len(one.sessions) - 1) + [0.5]
        assert ledger(one, prices).outcome.left_basis == basis


@st.composite
def cut_timelines(draw: st.DrawFn) -> Timeline:
    """Deposits of a year or two that begins in the middle or ends before its end."""
    years = Years(2025, 2025 + draw(st.integers(0, 1)))
    through, until = date(2025, 5, 30), date(years.last, 11, 20)
    starts, ends = draw(st.booleans()), draw(st.booleans())
    days = st.integers(through.toordinal() + 1, date(years.last, 12, 24).toordinal())
    money = draw(st.lists(st.tuples(days, st.integers(1, 2_000_000)), max_size=15))
    box_1 = draw(st.integers(0, 100_000))
    boxes = {"box_1": f"${box_1}", "box_2a": f"${draw(st.integers(0, box_1))}"}
    before = {"count": draw(st.integers(0, 3)), **boxes}
    so_far = {"through": through, "in_transit": draw(st.integers(0, 500)), "conversions": before}
    return timeline(
        sorted((date.fromordinal(day), cents) for day, cents in money),
        Policy.model_validate(draw(policies(years.first, years.last))),
        ConversionTerms.model_validate(draw(conversion_terms())),
        years,
        so_far=MovedSoFar.model_validate(so_far) if starts else None,
        until=until if ends else None,
    )


@times(0.6)
@given(cut_timelines(), st.integers(0, 2**32 - 1), st.sampled_from([0.001, 0.05]))
def test_ledger_kernel_and_compiled_engine_agree_to_the_cent(
    cut: Timeline, seed: int, scale: float
) -> None:
    """Law 7, where the simulation begins in the middle or ends before the year does."""
    prices = walks(len(cut.sessions), seed, scale)
    together = kernel(cut, prices)
    for path in range(prices.shape[1]):
        alone = ledger(cut, prices[:, path].tolist()).outcome
        assert amounts(together, path) == amounts(alone)
    assert on_compiled(Given(prices), [cut], range(prices.shape[1])) == on_numpy([cut], prices)
