"""The laws of the model: what holds in every scenario, whatever its figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from itertools import pairwise
from math import floor
from typing import Any, NamedTuple

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.conversion.amounts import Outcome, YearOutcome
from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger
from simulator.conversion.policy import Policy
from simulator.conversion.postings import Posting
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import preceding_bank_day, sessions_between, sessions_of
from simulator.days.years import Years
from simulator.notation.specification import replaced
from simulator.simulation import compare
from tests.how_many import times
from tests.strategies import conversion_terms, policies, scenarios, valid
from tests.timelines import PATHS, walks

FIRST = 2024
RUN_OFF = 4
"""Years beyond the last simulated one that the longest delay and the plan's rules may take."""

HALF_CENT = 0.5 + 1e-6
"""A rounding moves a value by at most this: within a millionth of a cent below, a half rounds up."""

DUST = 1e-4
"""Cents that the floating point of a test itself may be off by."""

NESTED = ("per-paycheck", "monthly", "quarterly", "semiannual", "year-end")
"""Cadences of which each one's dates are among the dates of the one before."""

SCALES = st.sampled_from([0.0, 0.0005, 0.01, 0.05])


@dataclass(frozen=True)
class Money:
    """After-tax contributions of some years, before any policy."""

    years: Years
    contributed: tuple[tuple[date, int], ...]

    def under(self, policy: Policy, terms: ConversionTerms) -> Timeline:
        """The timeline of a policy on this money."""
        return timeline(self.contributed, policy, terms, self.years)


@cache
def places_of(years: Years) -> dict[date, int]:
    """Where each session's prices are."""
    first, last = date(years.first, 1, 1), date(years.last + RUN_OFF, 12, 31)
    return {day: place for place, day in enumerate(sessions_between(first, last))}


@dataclass(frozen=True)
class Market:
    """Prices of every session, the same for all policies: they wander, losses included, or never fall."""

    years: Years
    seed: int
    scale: float
    rising: bool

    @cached_property
    def places(self) -> dict[date, int]:
        """Where each session's prices are."""
        return places_of(self.years)

    @cached_property
    def prices(self) -> NDArray[np.float64]:
        """The price of the fund. [session, path]"""
        wandering = walks(len(self.places), self.seed, self.scale)
        return np.maximum.accumulate(wandering, axis=0) if self.rising else wandering

    def of(self, plan: Timeline) -> NDArray[np.float64]:
        """The prices that a timeline needs. [session, path]"""
        return self.prices[[self.places[session] for session in plan.sessions]]

    def growth(self, path: int, since: date, until: date) -> float:
        """What a dollar becomes from one close to another."""
        then, now = (float(self.prices[self.places[day], path]) for day in (since, until))
        return now / then


CENTS = st.one_of(st.integers(1, 300), st.integers(1, 2_000_000))


@cache
def payments(last: int, least: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """What goes in on which days up to a year's end, large and small."""
    days = st.integers(date(FIRST, 1, 2).toordinal(), date(last, 12, 31).toordinal())
    return st.lists(st.tuples(days, CENTS), min_size=least, max_size=20)


@st.composite
def monies(draw: st.DrawFn, least: int = 0) -> Money:
    """Contributions of one to three years, large and small, several on one day among them."""
    years = Years(FIRST, FIRST + draw(st.integers(0, 2)))
    drawn = draw(payments(years.last, least))
    moved = [(preceding_bank_day(date.fromordinal(day)), amount) for day, amount in drawn]
    return Money(years, tuple(sorted(moved)))


@cache
def markets(years: Years, rising: bool = False) -> st.SearchStrategy[Market]:
    """Prices of some years and of the run-off after them."""
    return st.builds(Market, st.just(years), st.integers(0, 2**32), SCALES, st.just(rising))


@st.composite
def terms_of(draw: st.DrawFn, /, *, opening_loss: bool = True, **changed: Any) -> ConversionTerms:
    """Any plan, but for what is changed: `fee=0` in its conversions, `eligibility_days=0` in itself."""
    written: dict[str, Any] = draw(conversion_terms())
    for name, value in changed.items():
        (written if name in written else written["conversion"])[name] = value
    if not opening_loss:
        value = Decimal(written["opening"]["after_tax"].removeprefix("$"))
        basis = Decimal(written["opening"]["basis"].removeprefix("$"))
        written["opening"]["basis"] = str(min(value, basis))
    return ConversionTerms.model_validate(written)


@st.composite
def any_policy(draw: st.DrawFn, /, years: Years, **changed: Any) -> Policy:
    """Any policy, but for what is changed."""
    return Policy.model_validate(draw(policies(years.first, years.last)) | changed)


def on_path(outcome: Outcome[Any], path: int) -> Outcome[int]:
    """One path of the kernel's outcome, every amount whole cents; a number stands for all paths."""

    def whole(amounts: NDArray[np.float64] | int) -> int:
        amount = float(amounts[path] if isinstance(amounts, np.ndarray) else amounts)
        assert amount.is_integer()
        return int(amount)

    return Outcome(
        years={
            year: YearOutcome(
                **{column: whole(getattr(sums, column)) for column in YearOutcome.__slots__}
            )
            for year, sums in outcome.years.items()
        },
        left_value=whole(outcome.left_value),
        left_basis=whole(outcome.left_basis),
        roth_end=whole(outcome.roth_end),
        ira_end=whole(outcome.ira_end),
        in_transit=outcome.in_transit,
    )


def outcomes(
    plan: Timeline, market: Market, outside: Market | None = None
) -> Iterator[tuple[int, Outcome[int]]]:
    """What a timeline comes to: the ledger on the first path, the kernel on each; with the path.

    Where money is parked the market is that of the parked fund, and another one that of the Roth.
    """
    prices, inside = (outside or market).of(plan), market.of(plan)
    yield 0, ledger(plan, prices[:, 0].tolist(), inside[:, 0].tolist()).outcome
    every = kernel(plan, prices, inside)
    yield from ((path, on_path(every, path)) for path in range(PATHS))


def moved_earnings(outcome: Outcome[int]) -> int:
    """Earnings in all that was converted: taxable, or sent to a traditional IRA. [cents]"""
    return sum(year.box_2a + year.ira for year in outcome.years.values())


def rounded(cents: Fraction) -> int:
    """A grown amount in whole cents, up from 0.499999 of one on, in exact fractions."""
    whole = floor(cents)
    return whole + (cents - whole > Fraction(499_999, 1_000_000))


class Case(NamedTuple):
    """Money under any policy and any plan, and what it comes to.

    Attributes:
        outcomes: With the path of each: the ledger's on the first, then the kernel's on all.
        postings: The ledger's.
    """

    money: Money
    terms: ConversionTerms
    plan: Timeline
    market: Market
    outcomes: list[tuple[int, Outcome[int]]]
    postings: Sequence[Posting]


# Laws 1 and 2


@times(3)
@given(st.data(), monies())
def test_laws_1_and_2_money_is_conserved_and_boxes_are_what_they_say(
    data: st.DataObject, money: Money
) -> None:
    terms = data.draw(terms_of())
    plan = money.under(data.draw(any_policy(money.years)), terms)
    market = data.draw(markets(money.years))
    outside = data.draw(st.just(market) | markets(money.years))
    prices = (one.of(plan)[:, 0].tolist() for one in (outside, market))
    postings = ledger(plan, *prices).postings
    case = Case(money, terms, plan, market, list(outcomes(plan, market, outside)), postings)
    cents_are_conserved(case)
    basis_is_conserved(case)
    boxes_add_up(case)
    boxes_stay_within_bounds(case)


def cents_are_conserved(case: Case) -> None:
    """Deposits + opening + earnings - fees = converted + left + in transit, at each year's end.

    Earnings are worked out deposit by deposit from the prices; each conversion and what is left
    were rounded once.
    """
    money, plan = case.money, case.plan
    put_in = sum(cents for _, cents in money.contributed) + case.terms.opening.after_tax
    for path, outcome in case.outcomes:
        converted = fees = 0
        for close in plan.closes:
            if close.year_end is None:
                continue
            end, year = close.session, outcome.years[close.year_end.year]
            landed = [deposit for deposit in plan.deposits if deposit.lands <= end]
            in_transit = sum(one.amount for one in plan.deposits if one.lands > end)
            earnings = sum(
                one.amount * (case.market.growth(path, one.lands, min(one.leaves or end, end)) - 1)
                for one in landed
            )
            converted += year.box_1
            fees += year.fees
            left = converted + year.left_value + in_transit
            gone = {one.leaves for one in landed if one.leaves and one.leaves <= end}
            assert abs(put_in + earnings - fees - left) <= HALF_CENT * (len(gone) + 1) + DUST
        last = outcome.years[money.years.last]
        assert (outcome.left_value, outcome.left_basis) == (last.left_value, last.left_basis)
        late = [one for one in plan.deposits if one.lands > plan.last_session]
        assert outcome.in_transit == sum(one.amount for one in late)


@times(1)
@given(st.data(), st.sampled_from(["0%", "-30%", "40%"]))
def test_law_1_cents_are_conserved_in_the_records(data: st.DataObject, growth: str) -> None:
    """The same law of what JSON says, at each reported year's end, what is in transit included.

    December's paychecks land in the run-off, about its conversion dates. Earnings are worked out from the
    growth from landing to conversion, deposit by deposit.
    """
    first = data.draw(st.sampled_from([2021, 2024, 2025]))
    last = first + data.draw(st.integers(0, 1))
    january = st.dates(date(last + 1, 1, 1), date(last + 1, 1, 31)).map(str)
    early = st.lists(january, min_size=1, max_size=2).map(
        lambda days: {"cadence": "dates", "dates": days}
    )
    document: dict[str, Any] = {
        "name": "Anyone",
        "years": f"{first}-{last}",
        "birth_year": 1990,
        "pay": {"salary": 120_000, "frequency": "semimonthly"},
        "elections": {"after_tax": "10%"},
        "plan": data.draw(conversion_terms()) | {"deposit_lag": data.draw(st.integers(0, 60))},
        "returns": {"annual_return": "9%", "after_tax": {"annual_return": growth}}
        if data.draw(st.booleans())
        else {"model": "constant", "annual_return": growth},
        "limits": {"inflation": "2.5%"},
        "policies": [data.draw(st.one_of(early, policies(first, last)))],
    }
    comparison = compare(valid(document))
    plan, records = comparison.results[0].timeline, comparison.to_dict()["policies"][0]
    rate = 1 + float(growth.removesuffix("%")) / 100
    converted = fees = 0.0
    for year in records["years"]:
        end = sessions_of(year["year"])[-1]
        put_in = [one for one in plan.deposits if one.pay_date <= end]
        converted += year["box_1"]["mean"] * 100
        fees += year["fees"]["mean"] * 100
        earnings = sum(
            one.amount * (rate ** ((min(one.leaves or end, end) - one.lands).days / 365) - 1)
            for one in put_in
            if one.lands <= end
        )
        left = converted + sum(
            year[name]["mean"] * 100 for name in ("left_value", "in_transit") if name in year
        )
        paid = sum(one.amount for one in put_in)
        roundings = sum(day <= end for day in {one.leaves for one in put_in if one.leaves})
        assert abs(paid + earnings - fees - left) <= HALF_CENT * (2 * roundings + 1) + 0.01


def basis_is_conserved(case: Case) -> None:
    """Basis in = recovered + left + in transit + forfeited, at each year's end, to the cent."""
    put_in = sum(cents for _, cents in case.money.contributed) + case.terms.opening.basis
    for _, outcome in case.outcomes:
        recovered = forfeited = 0
        for close in case.plan.closes:
            if close.year_end is None:
                continue
            year = outcome.years[close.year_end.year]
            recovered += year.box_5
            forfeited += year.forfeited
            in_transit = sum(one.amount for one in case.plan.deposits if one.lands > close.session)
            assert put_in == recovered + year.left_basis + in_transit + forfeited


def boxes_add_up(case: Case) -> None:
    """Box 1 = Box 2a + Box 5, or split, Box 5 + the earnings sent on: each posting, each year."""
    split = case.terms.conversion.to == "split"
    for _, outcome in case.outcomes:
        for year in outcome.years.values():
            assert year.box_1 == year.box_5 + (year.ira if split else year.box_2a)
            assert (year.box_2a if split else year.ira) == 0
    for one in case.postings:
        if one.event == "conversion":
            assert one.amount == one.basis_recovered + one.taxable + one.ira
        else:
            assert one.basis_recovered == one.taxable == one.ira == 0


# Law 2


@times(3)
@given(st.data(), monies(least=1), st.floats(0.01, 5_000.0))
def test_law_2_without_a_return_nothing_is_taxable(
    data: st.DataObject, money: Money, price: float
) -> None:
    """Zero return and no opening gain: Box 2a = 0 under every policy, fees or not, whatever the Roth does."""
    terms = data.draw(terms_of())
    opening = terms.opening
    opening = replaced(opening, basis=max(opening.basis, opening.after_tax))
    terms = replaced(terms, opening=opening)
    plan = money.under(data.draw(any_policy(money.years)), terms)
    inside = np.full((len(plan.sessions), PATHS), price)
    prices = data.draw(st.just(inside) | markets(money.years).map(lambda market: market.of(plan)))
    posted = ledger(plan, prices[:, 0].tolist(), inside[:, 0].tolist()).outcome
    for outcome in (posted, on_path(kernel(plan, prices, inside), 0)):
        assert moved_earnings(outcome) == 0


def boxes_stay_within_bounds(case: Case) -> None:
    """Always: Box 2a >= 0, Box 5 <= Box 1, Box 5 <= deposits + opening basis; nothing is negative."""
    basis_in = sum(cents for _, cents in case.money.contributed) + case.terms.opening.basis
    for _, outcome in case.outcomes:
        for year in outcome.years.values():
            assert min(getattr(year, column) for column in YearOutcome.__slots__) >= 0
            assert year.box_5 <= year.box_1
        ends = (outcome.left_value, outcome.left_basis, outcome.roth_end, outcome.ira_end)
        assert min(ends) >= 0
        assert sum(year.box_5 for year in outcome.years.values()) <= basis_in
    for one in case.postings:
        assert min(one.amount, one.basis_recovered, one.taxable, one.ira) >= 0
        assert min(one.value_after, one.basis_after, one.roth_after) >= 0


# Law 3


@times(3)
@given(st.data(), monies(least=1))
def test_law_3_a_conversion_makes_no_money(data: st.DataObject, money: Money) -> None:
    """No fees: V + Roth (+ IRA) is what the deposits would be worth unconverted, at every posting.

    Up to half a cent for each conversion, grown; the two figures of a posting are rounded besides.
    As no policy is in that worth, it is the same under every one.
    """
    terms = data.draw(terms_of(fee="0"))
    plan = money.under(data.draw(any_policy(money.years)), terms)
    market = data.draw(markets(money.years))
    first = plan.sessions[0]
    postings = ledger(plan, market.of(plan)[:, 0].tolist()).postings
    last_of_session = {one.session: one for one in postings}
    for today, one in last_of_session.items():
        worth = terms.opening.roth * market.growth(0, first, today) + sum(
            deposit.amount * market.growth(0, deposit.lands, today)
            for deposit in plan.deposits
            if deposit.lands <= today
        )
        gone = [it for it in postings if it.event == "conversion" and it.session <= today]
        grown = [market.growth(0, it.session, today) for it in gone]
        ira = sum(it.ira * growth for it, growth in zip(gone, grown, strict=True))
        allowed = HALF_CENT * (sum(grown) + 2) + DUST
        assert abs(one.value_after + one.roth_after + ira - worth) <= allowed


@times(1.5)
@given(st.data(), monies(least=1))
def test_law_3_wealth_is_the_same_under_every_policy(data: st.DataObject, money: Money) -> None:
    """No fees: V + Roth (+ IRA) + in transit is the same under every policy at the end.

    Up to half a cent for each conversion, grown, and the rounding of the three figures themselves.
    """
    terms = data.draw(terms_of(fee="0"))
    market = data.draw(markets(money.years))
    wealths = []
    for _ in range(3):
        plan = money.under(data.draw(any_policy(money.years)), terms)
        end = plan.last_session
        days = {one.leaves for one in plan.deposits if one.leaves and one.leaves <= end}
        wealths.append(
            [
                (
                    outcome.left_value + outcome.roth_end + outcome.ira_end + outcome.in_transit,
                    HALF_CENT * (sum(market.growth(path, day, end) for day in days) + 3),
                )
                for path, outcome in outcomes(plan, market)
            ]
        )
    for of_path in zip(*wealths, strict=True):
        for one, allowed in of_path:
            for other, allowed_other in of_path:
                assert abs(one - other) <= allowed + allowed_other + DUST


# Law 4


def gains(plan: Timeline, prices: list[float]) -> dict[date, int]:
    """The gain converted at each conversion, everything inside leaving, in exact fractions. [cents]

    An opening basis without a balance comes with the first.
    """
    price = {day: Fraction(each) for day, each in zip(plan.sessions, prices, strict=True)}
    worth: dict[date, Fraction] = {}
    basis: dict[date, int] = {}
    for one in plan.deposits:
        if one.leaves:
            grown = one.amount * price[one.leaves] / price[one.lands]
            worth[one.leaves] = worth.get(one.leaves, Fraction(0)) + grown
            basis[one.leaves] = basis.get(one.leaves, 0) + one.basis
    gained = {day: rounded(worth[day]) - basis[day] for day in sorted(worth)}
    opening = plan.terms.opening
    if gained and not opening.after_tax:
        gained[min(gained)] -= opening.basis
    return gained


def taxable_of(gained: dict[date, int], forfeit: bool) -> dict[int, int]:
    """Taxable by year: new highs of the cumulative gain; under forfeit every positive gain. [cents]"""
    by_year: dict[int, int] = {}
    running = highest = 0
    for day, gain in gained.items():
        running += gain
        taxable = max(0, gain) if forfeit else max(0, running - highest)
        highest = max(highest, running)
        by_year[day.year] = by_year.get(day.year, 0) + taxable
    return by_year


@times(3)
@given(st.data(), monies(least=1), st.sampled_from(["carry-forward", "forfeit"]))
def test_law_4_full_conversions_tax_new_highs_or_every_gain(
    data: st.DataObject, money: Money, rule: str
) -> None:
    """Every conversion full, no fee: cumulative taxable is the running maximum of the cumulative gain.

    Under forfeit it is the sum of the positive gains. To the cent, year by year, thinned or not.
    """
    terms = data.draw(terms_of(fee="0", allowed=True, eligibility_days=0, basis_after_loss=rule))
    plan = money.under(data.draw(any_policy(money.years, delay=0)), terms)
    market = data.draw(markets(money.years))
    assume(plan.conversions)
    outside = data.draw(st.just(market) | markets(money.years))
    for path, outcome in outcomes(plan, market, outside):
        gained = gains(plan, market.of(plan)[:, path].tolist())
        expected = taxable_of(gained, forfeit=rule == "forfeit")
        actual = {year: sums.box_2a + sums.ira for year, sums in outcome.years.items()}
        assert actual == dict.fromkeys(actual, 0) | expected


@times(3)
@given(st.data(), monies(least=1))
def test_law_4_losing_basis_never_lowers_what_is_taxable(data: st.DataObject, money: Money) -> None:
    """Carry-forward taxes least: at each conversion of any plan, whole accounts or parts of them.

    Where every conversion is full, carry-within-year lies between the other two.
    """
    full = data.draw(st.booleans())
    changed = {"allowed": True} | ({"eligibility_days": 0} if full else {})
    terms = data.draw(terms_of(opening_loss=not full, **changed))
    policy = data.draw(any_policy(money.years, **({"delay": 0} if full else {})))
    market = data.draw(markets(money.years))
    taxable = []
    for rule in ("carry-forward", "carry-within-year", "forfeit"):
        plan = money.under(policy, replaced(terms, basis_after_loss=rule))
        assume(plan.conversions)
        postings = ledger(plan, market.of(plan)[:, 0].tolist()).postings
        taxable.append([one.taxable + one.ira for one in postings if one.event == "conversion"])
    for carried, within, forfeited in zip(*taxable, strict=True):
        assert carried <= min(within, forfeited)
        if full:
            assert within <= forfeited


# Law 5


def all_taxable(plan: Timeline, market: Market) -> tuple[list[int], int]:
    """Earnings converted over all forms, path by path, and the number of conversions."""
    assert all(one.leaves for one in plan.deposits)
    every = [moved_earnings(outcome) for _, outcome in outcomes(plan, market)]
    return every, sum(plan.conversions.values())


def never_falls(plans: list[Timeline], market: Market) -> None:
    """Box 2a over all forms does not fall from plan to plan, up to half a cent for each conversion."""
    for one, other in pairwise(plans):
        (lower, conversions), (higher, more) = all_taxable(one, market), all_taxable(other, market)
        allowed = HALF_CENT * (conversions + more)
        for less, greater in zip(lower, higher, strict=True):
            assert less <= greater + allowed


UNTHINNED = {"fee": "0", "allowed": True, "max_per_year": None, "min_days_between": 0}


@times(2)
@given(st.data(), monies(least=1))
def test_law_5_waiting_longer_never_lowers_what_is_taxable(
    data: st.DataObject, money: Money
) -> None:
    """Growth never negative: Box 2a over all forms does not fall as the delay rises."""
    terms = data.draw(terms_of(opening_loss=False, **UNTHINNED))
    cadence = data.draw(st.sampled_from([*NESTED, "weekly"]))
    policy = data.draw(any_policy(money.years, cadence=cadence, dates=[]))
    delays = sorted(data.draw(st.sets(st.integers(0, 400), min_size=2, max_size=4)))
    market = data.draw(markets(money.years, rising=True))
    waiting = [replaced(policy, delay=delay) for delay in delays]
    never_falls([money.under(each, terms) for each in waiting], market)


@times(2)
@given(st.data(), monies(least=1))
def test_law_5_converting_less_often_never_lowers_what_is_taxable(
    data: st.DataObject, money: Money
) -> None:
    """Growth never negative: per-paycheck <= monthly <= quarterly <= semiannual <= year-end."""
    terms = data.draw(terms_of(opening_loss=False, **UNTHINNED))
    delay = data.draw(st.sampled_from([0, 3, 30]))
    market = data.draw(markets(money.years, rising=True))
    rarer = [Policy(cadence=cadence, delay=delay) for cadence in NESTED]
    never_falls([money.under(each, terms) for each in rarer], market)
    weekly = Policy(cadence="weekly", delay=delay)
    never_falls([money.under(each, terms) for each in (rarer[0], weekly)], market)


# Law 8


@times(3)
@given(st.data(), monies(least=1))
def test_law_8_twice_the_dollars_give_twice_the_forms(data: st.DataObject, money: Money) -> None:
    """Deposits, opening balances and the fee doubled: amounts converted and left are doubled.

    Each conversion was rounded once, so doubled it is at most a cent off. What it recovers was
    rounded again, and a basis left behind is off by all that came before it: two cents each.
    """
    terms = data.draw(terms_of())
    policy = data.draw(any_policy(money.years))
    market = data.draw(markets(money.years))
    opening = {name: 2 * getattr(terms.opening, name) for name in type(terms.opening).model_fields}
    larger = replaced(
        terms,
        opening=replaced(terms.opening, **opening),
        conversion=replaced(terms.conversion, fee=2 * terms.conversion.fee),
    )
    double = replace(money, contributed=tuple((day, 2 * cents) for day, cents in money.contributed))
    plan, larger_plan = money.under(policy, terms), double.under(policy, larger)
    assert plan.conversions == larger_plan.conversions
    pairs = zip(outcomes(plan, market), outcomes(larger_plan, market), strict=True)
    for (_, one), (_, two) in pairs:
        conversions = 0
        for year, sums in one.years.items():
            of_year = plan.conversions[year]
            conversions += of_year
            assert abs(2 * sums.box_1 - two.years[year].box_1) <= of_year
            assert abs(2 * sums.fees - two.years[year].fees) <= of_year
            assert abs(2 * sums.left_value - two.years[year].left_value) <= 1
            for column in ("box_5", "left_basis"):
                off = 2 * getattr(sums, column) - getattr(two.years[year], column)
                assert abs(off) <= 2 * conversions + of_year


# Law 9


PARKED = {
    "model": "lognormal",
    "paths": 1,
    "after_tax": {"model": "lognormal", "volatility": "4%"},
}


@times(0.5)
@given(st.data(), scenarios(), st.integers(0, 2))
def test_law_9_one_more_policy_changes_no_others_figures(
    data: st.DataObject, document: dict[str, Any], place: int
) -> None:
    """A policy's figures are the same alone, beside others, and in whatever order; parked money too."""
    document = document | data.draw(st.sampled_from([{}, {"returns": PARKED}]))
    scenario = valid(document)
    added = data.draw(policies(scenario.years.first, scenario.years.last)) | {"label": "added"}
    written = document["policies"]
    more = valid(document | {"policies": [*written[:place], added, *written[place:]]})
    alone = valid(document | {"policies": [added]})
    before, after = compare(scenario), compare(more)
    records = {one["policy"]: one for one in after.to_dict()["policies"]}
    assert list(records).index("added") == place
    assert [records[policy["label"]] for policy in written] == before.to_dict()["policies"]
    assert [records["added"]] == compare(alone).to_dict()["policies"]
    for result in before.results:
        assert after.result(result.policy.name).outcome == result.outcome
        assert after.result(result.policy.name).timeline == result.timeline
