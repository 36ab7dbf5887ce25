"""Emily's January and Daniel's loss, worked out by hand: what goes in, what leaves, and what is taxed.

Emily is paid 200,000 / 26 = 7,692.307692... every two weeks, elects 12% pre-tax and 10% after-tax, and her
employer adds 3%; the fund grows by 7% a year. Daniel converts quarterly at the prices of `loss-year.yaml`.
"""

from datetime import date
from fractions import Fraction

import pytest

from simulator.conversion.postings import Posting
from simulator.payroll.contribution import Contribution
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of, went_in
from simulator.sweeps import sweep
from tests.cases import cents
from tests.commands import ROOT

EMILY = ROOT / "scenarios" / "emily.yaml"


@pytest.fixture(scope="module")
def january() -> tuple[Contribution, ...]:
    """The three paychecks of January 3, 17 and 31, 2025."""
    return went_in(load(EMILY))[0].contributions[:3]


def conversions(scenario: Scenario, policy: str) -> list[Posting]:
    """The conversions of a policy on its one path."""
    postings = ledger_of(scenario, scenario.policy(policy)).postings
    return [posting for posting in postings if posting.event == "conversion"]


@pytest.mark.parametrize(
    ("column", "percent", "of_each"),
    [
        ("gross", 100, ("7692.31", "7692.31", "7692.30")),
        ("pre_tax", 12, ("923.08", "923.07", "923.08")),
        ("nonelective", 3, ("230.77", "230.77", "230.77")),
        ("after_tax", 10, ("769.23", "769.23", "769.23")),
    ],
)
def test_a_paycheck_has_the_change_of_its_rounded_running_total(
    column: str, percent: int, of_each: tuple[str, ...], january: tuple[Contribution, ...]
) -> None:
    """Unrounded, after-tax runs 769.2308, 1,538.4615, 2,307.6923, and so the others."""
    granted = [one.paycheck.gross if column == "gross" else getattr(one, column) for one in january]
    assert granted == [cents(amount) for amount in of_each]
    totals = [Fraction(20_000_000 * percent * paid, 26 * 100) for paid in (1, 2, 3)]
    assert all(
        abs(sum(granted[: paid + 1]) - total) <= Fraction(1, 2) for paid, total in enumerate(totals)
    )


def test_the_room_is_known_on_january_3(january: tuple[Contribution, ...]) -> None:
    """70,000 - 23,500 of deferrals (500.00 less than 12%) - 6,000 of employer money, less what went in."""
    left = [cents(amount) for amount in ("39730.77", "38961.54", "38192.31")]
    assert [one.room_after for one in january] == left


def test_the_month_is_converted_in_one_batch() -> None:
    """769.23 x (1.07^(28/365) + 1.07^(14/365) + 1) = 773.2329 + 771.2288 + 769.2300 = 2,313.6917."""
    batch, *_ = found = conversions(load(EMILY), "monthly")
    assert (batch.session, batch.amount) == (date(2025, 1, 31), cents("2313.69"))
    assert (batch.basis_recovered, batch.taxable) == (cents("2307.69"), cents("6.00"))
    assert sum(one.amount for one in found) == cents("20051.58")
    assert sum(one.taxable for one in found) == cents("51.58")


def test_thirty_days_later_basis_leaves_pro_rata() -> None:
    """February 2 is a Sunday. V = 773.6630 + 771.6578 + 769.6579, B = 2,307.69, and 773.66 x B / V leaves."""
    first = conversions(load(EMILY), "per-paycheck+30d")[0]
    assert (first.session, first.amount) == (date(2025, 2, 3), cents("773.66"))
    assert (first.basis_recovered, first.taxable) == (cents("771.22"), cents("2.44"))
    assert (first.value_after, first.basis_after) == (cents("1541.32"), cents("1536.47"))


TWO_YEARS = (
    "years=2025-2026",
    "elections.changes=[{from: 2025-06-27, after_tax: 0%}, {from: 2026-01-01, after_tax: 12%}]",
    "policies=[quarterly]",
)
"""Contributions that rest for half a year, so that the account is empty when the year ends."""

GAINS = ("-667.07", "496.89", "-8.13", "72.84", "-40.57", "142.00")
"""What each of six conversions gained on the money in it: shares of the file's prices."""


@pytest.mark.parametrize(
    ("rule", "taxable"),
    [
        # the highest running total so far, less what was taxed: -667.07, -170.18, -178.31, ..., -4.04
        ("carry-forward", ("0", "0", "0", "0", "0", "0")),
        # the same, begun afresh in 2026: -8.13, 64.71, 24.14, 166.14
        ("carry-within-year", ("0", "0", "0", "64.71", "0", "101.43")),
        # each gain by itself
        ("forfeit", ("0", "496.89", "0", "72.84", "0", "142.00")),
    ],
)
def test_a_loss_under_the_three_rules(rule: str, taxable: tuple[str, ...]) -> None:
    scenario = load(ROOT / "scenarios" / "loss-year.yaml", TWO_YEARS)
    found = conversions(scenario.varied(f"plan.basis_after_loss={rule}"), "quarterly")
    assert [one.taxable for one in found] == [cents(amount) for amount in taxable]
    if rule == "forfeit":
        positive = [max(cents(gain), 0) for gain in GAINS]
        assert [one.taxable for one in found] == positive


def test_a_simulated_mean_is_above_the_closed_form() -> None:
    """Emily, converting once: sum of 769.23 x (1.07^(sessions/252) - 1) = 705.54; losses are not refunded."""
    scenario = load(ROOT / "scenarios" / "uneven-year.yaml")
    comparison = compare(scenario)
    told = comparison.statistics(comparison.result("year-end").total("box_2a"), taxable=True)
    closed = sweep(scenario, "year-end", delay=[0]).closed_form
    assert closed is not None
    assert round(closed[0], 2) == 705.54
    # exact by convolution of the law: 1,168.9014, 596.18, 4,111.25, 0.377562
    assert told["mean"] == pytest.approx(1168.90, abs=4 * told["se"])
    assert told["p50"] == pytest.approx(596, abs=40)
    assert told["p95"] == pytest.approx(4111, abs=80)
    assert told["zero_share"] == pytest.approx(0.3776, abs=0.02)
