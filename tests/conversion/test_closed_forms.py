"""Figures that can be had another way: by formula, by hand, or from the questions people asked."""

from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.answer.policy_result import PolicyResult
from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import Ledger, ledger
from simulator.conversion.policy import Policy
from simulator.conversion.postings import Posting
from simulator.conversion.terms import Conversion, ConversionTerms, Opening
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.years import Years
from simulator.notation.specification import replaced
from simulator.scenario.scenario import Scenario
from simulator.simulation import after_tax_deposits, compare, ledger_of, went_in
from tests.documents import EMILY, emily, scenario
from tests.how_many import times

CLOSED_2025 = {
    date(2025, 1, 1), date(2025, 1, 9), date(2025, 1, 20), date(2025, 2, 17), date(2025, 4, 18),
    date(2025, 5, 26), date(2025, 6, 19), date(2025, 7, 4), date(2025, 9, 1), date(2025, 11, 27),
    date(2025, 12, 25),
}  # fmt: skip
"""The weekdays of 2025 on which the exchange is closed, January 9 among them."""

LAST_SESSION = date(2025, 12, 31)
ONE_YEAR = Years(2025, 2025)
NOTHING = Opening()


def emily_under(*policies: Any, **changed: Any) -> Scenario:
    """Emily with other policies, and whatever else is changed."""
    return scenario(EMILY | {"policies": list(policies)} | changed)


def only_result(question: Scenario) -> PolicyResult:
    """The result of the one policy of a scenario."""
    (result,) = compare(question).results
    return result


# Emily


@pytest.mark.parametrize(
    ("policy", "conversions", "box_1", "box_2a"),
    [
        ("per-paycheck", 26, 2_000_000, 0),
        ({"cadence": "per-paycheck", "delay": 3}, 26, 2_001_188, 1_188),
        ("monthly", 12, 2_005_158, 5_158),
        ("quarterly", 4, 2_017_065, 17_065),
        ("year-end", 1, 2_070_949, 70_949),
    ],
)
def test_emilys_form_is_to_the_cent(policy: Any, conversions: int, box_1: int, box_2a: int) -> None:
    """$20,000 after tax in 26 paychecks of 2025 at 7%: one Form 1099-R for each policy."""
    result = only_result(emily_under(policy))
    form = result.forms[2025]
    assert result.timeline.conversions == {2025: conversions}
    assert (form.box_1, form.box_2a, form.box_5, form.box_7) == (box_1, box_2a, 2_000_000, "G")
    assert list(result.forms) == [2025]


def test_with_a_delay_of_30_days_emilys_december_is_on_the_next_form() -> None:
    """24 conversions in 2025, and two in January 2026 of what was paid in December."""
    result = only_result(emily_under({"cadence": "per-paycheck", "delay": 30}))
    assert result.timeline.conversions == {2025: 24, 2026: 2}
    boxes = {year: (form.box_1, form.box_2a, form.box_5) for year, form in result.forms.items()}
    assert boxes == {
        2025: (1_856_846, 10_094, 1_846_752),
        2026: (154_747, 1_499, 153_248),
    }
    assert sum(form.box_5 for form in result.forms.values()) == 2_000_000


def test_emilys_contributions_are_whole_shares_of_her_salary() -> None:
    """12%, 10% and 3% of $200,000, the pre-tax share cut off at $23,500."""
    (year,) = went_in(emily())
    assert year.gross == 20_000_000
    assert (year.total("pre_tax"), year.total("roth")) == (2_350_000, 0)
    assert (year.total("after_tax"), year.total("nonelective")) == (2_000_000, 600_000)
    assert year.room == 7_000_000 - 2_350_000 - 600_000
    assert year.room_unused == year.room - 2_000_000


# Constant growth


def landing(pay_date: date) -> date:
    """The first session of 2025 on or after a pay date."""
    day = pay_date
    while day.weekday() > 4 or day in CLOSED_2025:
        day = date.fromordinal(day.toordinal() + 1)
    return day


def growth(rate: Decimal, since: date, until: date) -> Decimal:
    """(1 + rate)^(days / 365), by logarithms in thirty digits."""
    return ((1 + rate).ln() * (until - since).days / 365).exp()


@times(0.6)
@given(
    st.integers(0, 6_000),
    st.integers(10_000, 400_000),
    st.sampled_from(["weekly", "biweekly", "semimonthly", "monthly"]),
    st.integers(2, 28),
    st.sampled_from(["2.5%", "10%", "13.37%"]),
)
def test_one_conversion_a_year_taxes_each_deposits_growth(
    hundredths: int, salary: int, frequency: str, day: int, share: str
) -> None:
    """Year-end: Box 2a is the sum of D x (growth - 1), to the rounding of one conversion."""
    pay = {"salary": salary, "frequency": frequency, "first_pay_date": f"2025-01-{day:02d}"}
    question = emily_under(
        "year-end",
        pay=pay,
        elections={"after_tax": share},
        returns={"annual_return": f"{hundredths / 100}%"},
    )
    form = only_result(question).forms[2025]
    with localcontext(prec=30):
        rate = Decimal(hundredths) / 10_000
        expected = sum(
            cents * (growth(rate, landing(paid), LAST_SESSION) - 1)
            for paid, cents in after_tax_deposits(question, went_in(question))
        )
        assert abs(form.box_2a - expected) <= Decimal("0.500002")
    assert form.box_5 == sum(cents for _, cents in after_tax_deposits(question, went_in(question)))


@times(0.4)
@given(st.integers(0, 6_000), st.integers(0, 120))
def test_each_conversion_of_one_paycheck_taxes_its_own_growth(hundredths: int, delay: int) -> None:
    """Per paycheck with any delay: what leaves is its deposit's D x growth, rounded."""
    question = emily_under(
        {"cadence": "per-paycheck", "delay": delay},
        pay={"salary": 200_000, "frequency": "monthly", "pay_days": [2]},
        returns={"annual_return": f"{hundredths / 100}%"},
    )
    plan = compare(question).results[0].timeline
    posted = ledger_of(question, question.policies[0]).postings
    conversions = {one.session: one for one in posted if one.event == "conversion"}
    assert len(conversions) == len(plan.deposits) == 12
    with localcontext(prec=30):
        rate = Decimal(hundredths) / 10_000
        for deposit in plan.deposits:
            assert deposit.leaves is not None
            worth = deposit.amount * growth(rate, deposit.lands, deposit.leaves)
            assert abs(conversions[deposit.leaves].amount - worth) <= Decimal("0.500002")


@pytest.mark.parametrize("lag", [3, 7, 14, 28])
def test_the_year_ends_tax_is_half_a_year_over_the_lag(lag: int) -> None:
    """Level weekly pay, small growth: year-end to per-paycheck taxable is about 182.5 / lag days.

    Fridays and whole weeks (or the Monday after) leave weekends out of it; holidays and the days
    from the last Friday to the year's end leave a few per cent.
    """
    question = emily_under(
        "year-end",
        {"cadence": "per-paycheck", "delay": lag},
        pay=EMILY["pay"] | {"frequency": "weekly"},
        elections={"after_tax": "$1000.00"},
        returns={"annual_return": "1%"},
    )
    year_end, delayed = (result.earnings_moved for result in compare(question).results)
    assert year_end / delayed == pytest.approx(182.5 / lag, rel=0.03)


# By hand: prices on chosen days, all else between them level


def at(plan: Timeline, steps: dict[date, float]) -> list[float]:
    """The price at each session of a timeline: 1, and from each step's day on the step's."""
    days = [date.min, *steps]
    levels = dict(zip(days, [1.0, *steps.values()], strict=True))
    return [levels[max(day for day in days if day <= session)] for session in plan.sessions]


def posted(plan: Timeline, steps: dict[date, float]) -> Ledger:
    """The ledger at given prices, once the kernel has said the same."""
    prices = at(plan, steps)
    result = ledger(plan, prices)
    arrays = kernel(plan, np.array(prices)[:, None])
    for year, of_year in result.outcome.years.items():
        for column in type(of_year).__slots__:
            assert np.all(getattr(arrays.years[year], column) == getattr(of_year, column)), column
    for column in ("left_value", "left_basis", "roth_end", "ira_end"):
        assert np.all(getattr(arrays, column) == getattr(result.outcome, column)), column
    return result


def conversions(book: Ledger) -> list[Posting]:
    """The conversions of a ledger, in order."""
    return [one for one in book.postings if one.event == "conversion"]


def moved(book: Ledger) -> list[tuple[int, int, int]]:
    """Amount, basis recovered and taxable of each conversion. [cents]"""
    return [(one.amount, one.basis_recovered, one.taxable) for one in conversions(book)]


def planned(
    deposits: list[tuple[date, int]],
    policy: Policy,
    years: Years = ONE_YEAR,
    fee: int = 0,
    to: Any = "roth-401k",
    rule: Any = "carry-forward",
    opening: Opening = NOTHING,
) -> Timeline:
    """A timeline of hand-written deposits. Amounts of terms are in cents here."""
    terms = replaced(
        ConversionTerms(basis_after_loss=rule),
        conversion=replaced(Conversion(to=to), fee=fee),
        opening=opening,
    )
    return timeline(deposits, policy, terms, years)


def opened(after_tax: int, basis: int, roth: int = 0) -> Opening:
    """Opening balances in cents."""
    return replaced(Opening(), after_tax=after_tax, basis=basis, roth=roth)


JAN_10, JAN_15, JAN_31 = date(2025, 1, 10), date(2025, 1, 15), date(2025, 1, 31)
FEB_14, FEB_28 = date(2025, 2, 14), date(2025, 2, 28)
PER_PAYCHECK_30 = Policy(cadence="per-paycheck", delay=30)

JUN_2 = date(2025, 6, 2)
PER_PAYCHECK_300 = Policy(cadence="per-paycheck", delay=300)
"""The opening balance leaves in October, a deposit of June in the next year: on a form of its own."""


@pytest.mark.parametrize(
    ("rule", "taxable"),
    [
        ("carry-forward", [0, 0, 3_000, 0, 4_000]),
        ("carry-within-year", [0, 0, 3_000, 0, 4_000]),
        ("forfeit", [0, 5_000, 8_000, 0, 6_000]),
    ],
)
def test_cumulative_taxable_is_the_running_maximum_of_the_gains(
    rule: str, taxable: list[int]
) -> None:
    """Gains of -100, 50, 80, -20 and 60: cumulated -100, -50, 30, 10, 70, of which new highs 30 and 40."""
    gains = [-100, 50, 80, -20, 60]
    deposits = [(date(2025, month, 3 if month != 2 else 4), 100_000) for month in range(1, 6)]
    steps: dict[date, float] = {}
    for month, gain in enumerate(gains, start=1):
        steps[date(2025, month, 2)] = 1.0
        steps[date(2025, month, 20)] = 1 + gain / 1_000
    steps[date(2025, 6, 1)] = 1.0
    book = posted(planned(deposits, Policy(cadence="monthly"), rule=rule), steps)
    assert [one.amount for one in conversions(book)] == [100_000 + 100 * gain for gain in gains]
    assert [one.taxable for one in conversions(book)] == taxable


def test_jamir_withdraws_pro_rata() -> None:
    """$100,000 after tax and $25,000 of earnings: of $40,000 that leaves, $8,000 is taxable."""
    plan = planned([(JUN_2, 8_500_000)], PER_PAYCHECK_300, opening=opened(4_000_000, 1_500_000))
    book = posted(plan, {})
    assert moved(book) == [(4_000_000, 3_200_000, 800_000), (8_500_000, 6_800_000, 1_700_000)]
    assert {year: sums.box_2a for year, sums in book.outcome.years.items()} == {
        2025: 800_000,
        2026: 1_700_000,
    }
    first = conversions(book)[0]
    assert (first.value_after, first.basis_after) == (8_500_000, 6_800_000)


def test_jamirs_earnings_go_to_the_traditional_ira_in_a_split_rollover() -> None:
    """Notice 2014-54: basis to the Roth IRA, earnings to the IRA, nothing taxable; all grow on."""
    plan = planned(
        [(JUN_2, 8_500_000)], PER_PAYCHECK_300, to="split", opening=opened(4_000_000, 1_500_000)
    )
    book = posted(plan, {date(2025, 11, 3): 1.1})
    assert moved(book) == [(4_000_000, 3_200_000, 0), (9_350_000, 6_800_000, 0)]
    assert [one.ira for one in conversions(book)] == [800_000, 2_550_000]
    assert {year: sums.ira for year, sums in book.outcome.years.items()} == {
        2025: 800_000,
        2026: 2_550_000,
    }
    assert (book.outcome.ira_end, book.outcome.roth_end) == (880_000, 3_520_000)
    assert (book.outcome.left_value, book.outcome.left_basis) == (9_350_000, 6_800_000)


@pytest.mark.parametrize(
    ("rule", "taxable", "forfeited", "left_basis"),
    [
        ("carry-forward", [0, 0, 0, 5_000], 0, 20_000),
        ("carry-within-year", [0, 0, 0, 25_000], 20_000, 0),
        ("forfeit", [0, 10_000, 0, 25_000], 30_000, 0),
    ],
)
def test_whole_accounts_at_a_loss_under_the_three_rules(
    rule: str, taxable: list[int], forfeited: int, left_basis: int
) -> None:
    """Gains of -100, 100 and -200 in one year and of 250 in the next, each of $1,000.00.

    Carried, the first loss covers the February gain, and the December loss all but $50.00 of the
    next year's. Carried within the year, it covers nothing of that. Forfeited, neither covers.
    """
    deposits = [
        (date(2025, 1, 3), 100_000),
        (date(2025, 2, 4), 100_000),
        (date(2025, 12, 4), 100_000),
        (date(2026, 1, 5), 100_000),
    ]
    steps = {
        date(2025, 1, 20): 0.9,
        date(2025, 2, 1): 1.0,
        date(2025, 2, 20): 1.1,
        date(2025, 3, 1): 1.0,
        date(2025, 12, 20): 0.8,
        date(2026, 1, 1): 1.0,
        date(2026, 1, 20): 1.25,
    }
    plan = planned(deposits, Policy(cadence="monthly"), Years(2025, 2026), rule=rule)
    book = posted(plan, steps)
    assert [one.amount for one in conversions(book)] == [90_000, 110_000, 80_000, 125_000]
    assert [one.taxable for one in conversions(book)] == taxable
    assert book.outcome.years[2025].forfeited == forfeited
    assert book.outcome.years[2025].left_basis == left_basis
    assert book.outcome.years[2026].forfeited == book.outcome.years[2026].left_basis == 0


@pytest.mark.parametrize(
    ("rule", "second", "forfeited", "left_basis"),
    [
        ("carry-forward", (62_500, 62_500, 0), [], 7_500),
        ("carry-within-year", (62_500, 62_500, 0), [(date(2025, 12, 31), 7_500)], 0),
        ("forfeit", (62_500, 50_000, 12_500), [(date(2025, 2, 10), 20_000)], 0),
    ],
)
def test_part_of_an_account_leaves_at_a_loss(
    rule: str, second: tuple[int, int, int], forfeited: list[tuple[date, int]], left_basis: int
) -> None:
    """$1,000.00 fell to $800.00 and leaves; $500.00, bought low, stays and rises to $625.00.

    After the first, $700.00 of basis stands against $500.00 of contributions: forfeit cuts to these.
    """
    deposits = [(JAN_10, 100_000), (JAN_31, 50_000)]
    steps = {date(2025, 1, 20): 0.8, date(2025, 3, 1): 1.0}
    book = posted(planned(deposits, PER_PAYCHECK_30, rule=rule), steps)
    assert moved(book) == [(80_000, 80_000, 0), second]
    cuts = [(one.session, one.amount) for one in book.postings if one.event == "forfeit"]
    assert cuts == forfeited
    assert book.outcome.left_basis == left_basis


@pytest.mark.parametrize(
    ("price", "cut", "taxable"), [(0.88, 20_000, 12_500), (1.11, 20_000, 12_500), (1.12, 0, 0)]
)
def test_carry_within_year_looks_at_the_value_of_the_years_last_close(
    price: float, cut: int, taxable: int
) -> None:
    """$700.00 of basis stands against units worth $700.00 at 1.12; below, it is cut to $500.00.

    In January they leave at $625.00.
    """
    deposits = [(date(2025, 11, 25), 100_000), (date(2025, 12, 19), 50_000)]
    steps = {date(2025, 12, 10): 0.8, date(2025, 12, 29): price, date(2026, 1, 2): 1.0}
    book = posted(planned(deposits, PER_PAYCHECK_30, rule="carry-within-year"), steps)
    assert [one.session for one in conversions(book)] == [date(2025, 12, 26), date(2026, 1, 20)]
    assert moved(book) == [(80_000, 80_000, 0), (62_500, 62_500 - taxable, taxable)]
    assert book.outcome.years[2025].forfeited == cut
    assert book.outcome.years[2025].left_basis == 70_000 - cut


@pytest.mark.parametrize("rule", ["carry-forward", "forfeit"])
def test_without_a_loss_no_rule_cuts_anything(rule: str) -> None:
    """A basis above the contributions inside stays where the account is not below it.

    Of $1,200.00 with $1,100.00 of basis, $200.00 leave and a sixth of the basis with them:
    $183.33. The basis left, $916.67, is above the $600.00 that the rest brought.
    """
    plan = planned([(JAN_15, 60_000)], PER_PAYCHECK_30, opening=opened(20_000, 50_000), rule=rule)
    steps = {date(2025, 1, 20): 1.5, date(2025, 2, 1): 5 / 3}
    book = posted(plan, steps)
    assert moved(book)[0] == (33_333, 27_500, 5_833)
    assert conversions(book)[0].basis_after == 82_500
    assert book.outcome.years[2025].forfeited == 0


def test_a_cent_that_rounding_takes_makes_no_loss() -> None:
    """What counts is the account just before: $1,100.04125 against a basis of $1,100.04.

    $275.01375 leave as $275.01, and what stays is a quarter of a cent below its basis of $825.03.
    Forfeit would cut that to the $600.02 that it was bought for.
    """
    plan = planned(
        [(JUN_2, 60_002)], PER_PAYCHECK_300, opening=opened(20_001, 50_002), rule="forfeit"
    )
    book = posted(plan, {date(2025, 8, 1): 1.375})
    assert moved(book)[0] == (27_501, 27_501, 0)
    assert conversions(book)[0].basis_after == 82_503
    assert book.outcome.years[2025].forfeited == 0
    assert book.outcome.left_basis == 82_503


# Fees


def test_a_fee_above_its_batch_takes_all_of_it() -> None:
    """$500.00 under a fee of $900.00: A = 0, still a conversion; its basis stays for the next."""
    deposits = [(JAN_10, 50_000), (FEB_14, 100_000)]
    plan = planned(deposits, Policy(cadence="monthly"), fee=90_000)
    book = posted(plan, {})
    assert moved(book) == [(0, 0, 0), (10_000, 10_000, 0)]
    fees = [(one.session, one.amount) for one in book.postings if one.event == "fee"]
    assert fees == [(JAN_31, 50_000), (FEB_28, 90_000)]
    assert plan.conversions == {2025: 2}
    year = book.outcome.years[2025]
    assert (year.box_1, year.fees, year.left_value, year.left_basis) == (
        10_000,
        140_000,
        0,
        140_000,
    )


@pytest.mark.parametrize(
    ("fee", "cut"), [(90_000, 50_000), (50_000, 50_000), (2_500, 2_500), (0, 0)]
)
def test_a_fee_makes_a_loss_that_forfeits(fee: int, cut: int) -> None:
    """The fee lowers the account and not its basis; under forfeit what is then in excess is cut."""
    book = posted(
        planned([(JAN_10, 50_000)], Policy(cadence="monthly"), fee=fee, rule="forfeit"), {}
    )
    assert sum(one.amount for one in book.postings if one.event == "forfeit") == cut
    assert moved(book) == [(50_000 - cut, 50_000 - cut, 0)]
    assert book.outcome.left_basis == 0


def test_the_fee_comes_out_before_the_basis_is_shared() -> None:
    """Of $1,250.00 with $1,000.00 of basis, $400.00 leave under a fee of $50.00.

    A = $350.00 of $1,200.00, so $291.67 are basis. A fee taken afterwards would leave $280.00.
    """
    plan = planned([(JUN_2, 85_000)], PER_PAYCHECK_300, fee=5_000, opening=opened(40_000, 15_000))
    book = posted(plan, {})
    first = conversions(book)[0]
    assert (first.amount, first.basis_recovered, first.taxable) == (35_000, 29_167, 5_833)
    assert (first.value_after, first.basis_after) == (85_000, 70_833)


def test_a_fee_equal_to_its_batch_leaves_nothing() -> None:
    """The boundary: all of it is the fee, nothing arrives."""
    book = posted(planned([(JAN_10, 2_500)], Policy(cadence="monthly"), fee=2_500), {})
    assert moved(book) == [(0, 0, 0)]
    assert book.outcome.years[2025].fees == 2_500
    assert book.outcome.roth_end == 0


# Zero-out


def test_zero_out_takes_the_years_growth_onto_this_years_form() -> None:
    """$1,000.00 of December waits 30 days, or leaves at the year's end, as all else does."""
    deposits = [(date(2025, 11, 25), 100_000), (date(2025, 12, 19), 100_000)]
    steps = {date(2025, 12, 22): 1.1, date(2026, 1, 2): 1.2}
    waiting = posted(planned(deposits, PER_PAYCHECK_30), steps)
    # Of 220,000 with 200,000 of basis 110,000 leave; then 120,000 with the basis that is left.
    assert moved(waiting) == [(110_000, 100_000, 10_000), (120_000, 100_000, 20_000)]
    boxes = {year: sums.box_2a for year, sums in waiting.outcome.years.items()}
    assert boxes == {2025: 10_000, 2026: 20_000}
    zero_out = replaced(PER_PAYCHECK_30, zero_out=True)
    emptied = posted(planned(deposits, zero_out), steps)
    assert moved(emptied) == [(110_000, 100_000, 10_000), (110_000, 100_000, 10_000)]
    assert [one.session for one in conversions(emptied)] == [date(2025, 12, 26), LAST_SESSION]
    assert list(emptied.outcome.years) == [2025]
    assert emptied.outcome.left_value == emptied.outcome.left_basis == 0


# Rounding


@pytest.mark.parametrize(
    ("price", "amount"),
    [
        (1.005, 101),
        (1.004_999_995, 101),
        (1.004_999_98, 100),
        (1.004_9, 100),
        (1.014_99, 101),
        (1.015, 102),
    ],
)
def test_an_amount_rounds_half_up_and_a_hair_below_is_a_half(price: float, amount: int) -> None:
    """$1.00 at a price: a millionth of a cent below half a cent still rounds up, two do not."""
    book = posted(planned([(JAN_10, 100)], Policy(cadence="monthly")), {date(2025, 1, 20): price})
    assert moved(book) == [(amount, 100, amount - 100)]


@pytest.mark.parametrize(
    ("basis", "recovered"), [(1, 51), (0, 50), (3, 52), (2, 51), (99, 100), (100, 100)]
)
def test_basis_recovered_rounds_half_up(basis: int, recovered: int) -> None:
    """$1.00 leaves of $2.00: of its basis of $1.01, half of it, or 50.5 cents, are 51."""
    plan = planned([(JUN_2, 100)], PER_PAYCHECK_300, opening=opened(100, basis))
    book = posted(plan, {})
    assert moved(book) == [
        (100, recovered, 100 - recovered),
        (100, basis + 100 - recovered, recovered - basis),
    ]


def test_between_postings_nothing_is_rounded() -> None:
    """A cent that grows by 0.4 cents and then by 0.1 is worth 1.5 cents, and 2 when it leaves."""
    plan = planned([(JAN_10, 1), (JAN_15, 100)], Policy(cadence="monthly"))
    book = posted(plan, {date(2025, 1, 13): 1.4, date(2025, 1, 20): 1.5})
    # 1.5 cents and 100 / 1.4 x 1.5 = 107.142... together make 108.64.
    assert moved(book) == [(109, 101, 8)]


def test_the_roth_receives_the_rounded_amount_and_grows_on() -> None:
    """$1.00 leaves at 1.005 as $1.01, and at twice the price it is $2.02, beside the opening's."""
    plan = planned([(JAN_10, 100)], Policy(cadence="monthly"), opening=opened(0, 0, roth=1_000))
    book = posted(plan, {date(2025, 1, 20): 1.005, date(2025, 3, 1): 2.01})
    assert conversions(book)[0].roth_after == 1_005 + 101
    assert book.outcome.roth_end == 2_010 + 202
