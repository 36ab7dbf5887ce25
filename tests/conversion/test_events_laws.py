"""The laws of the model, with life events among the conversions: nothing is lost, whatever is drawn."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.conversion.amounts import CODES, Outcome
from simulator.conversion.ledger import ledger
from simulator.conversion.payments import payments
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import sessions_of
from tests.events_drawn import SCALES, Drawn, drawn, read, timelines, walks
from tests.how_many import times


def outcome_of(plan: Timeline, seed: int, scale: float) -> Outcome[int]:
    """What a timeline comes to on one path."""
    return ledger(plan, walks(len(plan.sessions), seed, scale)[:, 0].tolist()).outcome


@times(3)
@given(timelines, st.integers(0, 2**32), SCALES)
def test_law_1_basis_is_recovered_paid_out_left_or_forfeited(
    plan: Timeline, seed: int, scale: float
) -> None:
    """Box 1 is Box 2a and Box 5 on every form, earnings sent on apart; and no amount is negative."""
    outcome = outcome_of(plan, seed, scale)
    years = outcome.years.values()
    for year in years:
        assert year.box_1 == year.box_2a + year.box_5 + year.ira
        for code in CODES:
            paid, taxable = (
                getattr(year, f"{name}_{code.lower()}") for name in ("paid", "taxable")
            )
            assert 0 <= taxable <= paid
    opening = plan.terms.opening
    brought = opening.basis if not opening.after_tax else 0
    last = max(outcome.years)
    brought += sum(deposit.basis for deposit in plan.deposits if deposit.lands.year <= last)
    gone = sum(year.box_5 + year.basis_paid + year.forfeited for year in years)
    assert brought == gone + outcome.years[last].left_basis


@times(3)
@given(timelines)
def test_law_1_where_nothing_grows_every_cent_is_somewhere(plan: Timeline) -> None:
    """Deposits and opening balances are fees, paid out, left, in the Roth or in the IRA.

    A payment takes of every deposit its share, fractions of cents too: then up to half a cent for whatever
    leaves afterwards, and for each balance at the end.
    """
    outcome = outcome_of(plan, 0, 0.0)
    within = [year for number, year in outcome.years.items() if number in plan.years]
    landed = sum(deposit.amount for deposit in plan.deposits if deposit.lands <= plan.last_session)
    out = sum(year.fees + year.paid_out for year in within)
    held = outcome.left_value + outcome.roth_end + outcome.ira_end
    shared = any(not payment.clears for payment in plan.payments)
    roundings = sum(plan.conversions.values()) + len(plan.payments) + 3
    lost = landed + plan.terms.opening.roth - out - held
    assert abs(lost) <= (roundings / 2 if shared else 0)


@times(2)
@given(timelines)
def test_law_2_without_return_and_opening_gain_no_form_is_taxed(plan: Timeline) -> None:
    """But for the half cents by which what a payment left of deposits is rounded when it leaves."""
    opening = plan.terms.opening
    assume(opening.basis >= opening.after_tax)
    outcome = outcome_of(plan, 0, 0.0)
    shared = any(not payment.clears for payment in plan.payments)
    roundings = sum(plan.conversions.values()) + len(plan.payments)
    assert outcome.taxable <= (roundings / 2 if shared else 0)
    if not outcome.taxable:
        assert not any(year.withheld or year.additional_tax for year in outcome.years.values())


@times(2)
@given(drawn(), st.integers(0, 2**32), SCALES)
def test_a_withdrawal_of_everything_leaves_nothing(one: Drawn, seed: int, scale: float) -> None:
    """On the last session, under whatever policy and after whatever events."""
    last = sessions_of(one.years.last)[-1]
    plan = with_event(one, {"kind": "withdrawal", "date": str(last), "amount": "all"})
    outcome = outcome_of(plan, seed, scale)
    assert outcome.left_value == 0
    assert not any(deposit.lands <= last for deposit in plan.deposits if deposit.gone is None)


@times(2)
@given(drawn(), st.integers(0, 2**32), SCALES, st.sampled_from(["split", "roth-ira", "cash"]))
def test_after_a_separation_nothing_stays_whatever_lands(
    one: Drawn, seed: int, scale: float, payout: str
) -> None:
    """In January of the last year; what lands later leaves on its session, and nothing is converted."""
    one.events = [event for event in one.events if event["kind"] != "separation"]
    plan = with_event(
        one, {"kind": "separation", "date": f"{one.years.last}-01-15", "payout": payout}
    )
    left = ledger(plan, walks(len(plan.sessions), seed, scale)[:, 0].tolist())
    assert not plan.leaves_money
    assert left.outcome.left_value == 0
    day = f"{one.years.last}-01-15"
    assert not any(str(session) >= day for session in plan.leaving)


def with_event(one: Drawn, event: dict[str, Any]) -> Timeline:
    """What was drawn, with one more event at the end of the file."""
    paid = payments([*map(read, one.events), read(event)], one.contributed, one.returned, one.born)
    terms = ConversionTerms.model_validate(one.plan)
    policy = Policy.model_validate(one.policy)
    return timeline(one.contributed, policy, terms, one.years, paid)
