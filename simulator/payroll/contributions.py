"""Contributions: what is asked of each paycheck, poured through the limits in the order of the law.

For each calendar year: eligible pay, elective deferrals, match, nonelective, then the after-tax
contributions into the room that is left. Each limit that takes something off is recorded on the paycheck.

Law: IRC 401(a)(17), 402(g), 414(v), 415(c).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby

from simulator.law.limits import LimitRules, Limits
from simulator.money import half_up
from simulator.notation import Years
from simulator.payroll.elections import Elections
from simulator.payroll.pay import LUMP_SUM, Pay, Paycheck, RunningTotal
from simulator.payroll.plan import ContributionRules

ELECTIVE_DEFERRAL = "elective_deferral"
ANNUAL_ADDITIONS = "annual_additions"
PLAN_CAP = "plan_cap"
NET_PAY = "net_pay"
COMPENSATION = "compensation"

LEAST_TOLD = 100
"""A limit binds if it takes this or more in a year; less is the rounding of single paychecks. [cents]"""


@dataclass(slots=True)
class Contribution:
    """One paycheck and what comes of it. [cents]

    Attributes:
        paycheck: The paycheck, or the date of a lump sum.
        eligible: Eligible pay, for the employer's formulas.
        pre_tax: Pre-tax elective deferral.
        roth: Designated Roth elective deferral.
        deferral: What the match counts: unrounded under year-to-date rounding where no limit bit.
        catch_up: The part of the deferrals above the 402(g) limit.
        spilled: What the 402(g) limit took off the elections.
        match: Employer match; the true-up is in the year's last one.
        nonelective: Other employer money.
        after_tax: Employee after-tax contribution.
        room_after: Room for after-tax contributions when this one is in.
        clipped: What each limit took off.
    """

    paycheck: Paycheck
    eligible: Fraction = Fraction(0)
    pre_tax: int = 0
    roth: int = 0
    deferral: Fraction = Fraction(0)
    catch_up: int = 0
    spilled: int = 0
    match: int = 0
    nonelective: int = 0
    after_tax: int = 0
    room_after: int = 0
    clipped: dict[str, int] = field(default_factory=dict)

    @property
    def pay_date(self) -> date:
        """The day on which it is paid."""
        return self.paycheck.pay_date

    @property
    def employer(self) -> int:
        """Match and nonelective."""
        return self.match + self.nonelective

    @property
    def additions(self) -> int:
        """What counts towards 415(c) besides after-tax: deferrals less catch-up, and employer money."""
        return self.pre_tax + self.roth - self.catch_up + self.employer

    def clip(self, limit: str, asked: int, most: int) -> int:
        """What a limit leaves of an amount; what it takes is recorded."""
        granted = max(0, min(asked, most))
        if granted < asked:
            self.clipped[limit] = self.clipped.get(limit, 0) + asked - granted
        return granted


@dataclass(frozen=True, slots=True)
class ContributionYear:
    """A calendar year of contributions, and every limit with what is left of it. [cents]

    Attributes:
        year: The calendar year of the pay dates.
        limits: The law's limits of the year.
        elective_deferral_limit: 402(g), less what another employer's plan has had.
        catch_up_limit: 414(v) at the age reached in the year.
        annual_additions_limit: 415(c): the dollar limit or the year's gross, the lower.
        roth_catch_up: Whether catch-up must be Roth.
        contributions: Paycheck by paycheck, lump sums among them.
        employer_asked: What the employer's formulas gave, before 415(c) cut it.
    """

    year: int
    limits: Limits
    elective_deferral_limit: int
    catch_up_limit: int
    annual_additions_limit: int
    roth_catch_up: bool
    contributions: tuple[Contribution, ...]
    employer_asked: int

    def total(self, column: str) -> int:
        """The year's sum of a column of `Contribution`."""
        return sum(getattr(one, column) for one in self.contributions)

    @property
    def paychecks(self) -> int:
        """How many paychecks there are, bonuses included."""
        return sum(one.paycheck.kind != LUMP_SUM for one in self.contributions)

    @property
    def gross(self) -> int:
        """The year's wages as paid."""
        return sum(one.paycheck.gross for one in self.contributions)

    @property
    def deferrals(self) -> int:
        """Pre-tax and Roth, catch-up included."""
        return self.total("pre_tax") + self.total("roth")

    @property
    def annual_additions(self) -> int:
        """What 415(c) counts: everything but catch-up."""
        return self.total("additions") + self.total("after_tax")

    @property
    def room(self) -> int:
        """What deferrals and employer money leave for after-tax contributions."""
        return self.annual_additions_limit - self.total("additions")

    @property
    def room_unused(self) -> int:
        """The room that after-tax contributions did not fill."""
        return self.room - self.total("after_tax")

    @property
    def employer_cut(self) -> int:
        """Employer money that 415(c) left no place for."""
        return self.employer_asked - self.total("employer")

    @property
    def clipped(self) -> dict[str, int]:
        """What each limit that binds took in the year. [cents]"""
        taken = Counter[str]()
        for one in self.contributions:
            taken.update(one.clipped)
        return {limit: cents for limit, cents in taken.items() if cents >= LEAST_TOLD}

    @property
    def first_clipped(self) -> dict[str, date]:
        """The first date on which each limit that binds took something."""
        return {
            limit: next(one.pay_date for one in self.contributions if limit in one.clipped)
            for limit in self.clipped
        }


def contributions(
    pay: Pay,
    elections: Elections,
    plan: ContributionRules,
    limits: LimitRules,
    birth_year: int,
    years: Years,
) -> tuple[ContributionYear, ...]:
    """What goes in, paycheck by paycheck, in each year that has a pay date.

    Args:
        pay: Salary, pay dates, bonuses.
        elections: What the employee asks.
        plan: What the plan lets in and the employer adds.
        limits: Where each year's limits come from.
        birth_year: Calendar year of birth; the age counts at the year's end.
        years: The simulated calendar years.
    """
    events = sorted(
        [*pay.paychecks(years), *plan.lump_sums(years)], key=lambda paycheck: paycheck.pay_date
    )
    wages = {years.first - 1: pay.wages_before(years)}
    result = []
    for year, paid in groupby(events, key=lambda paycheck: paycheck.pay_date.year):
        already = elections.already_deferred if year == years.first else 0
        one = _year(
            [Contribution(paycheck) for paycheck in paid],
            _Rules(
                limits=limits.of(year),
                age=year - birth_year,
                already_deferred=already,
                wages_before=wages.get(year - 1, 0),
                elections=elections,
                plan=plan,
                year_to_date=pay.rounding == "year-to-date",
            ),
        )
        wages[year] = one.gross
        result.append(one)
    return tuple(result)


@dataclass(frozen=True, slots=True)
class _Rules:
    """All that one year's contributions are worked out from, besides the paychecks."""

    limits: Limits
    age: int
    already_deferred: int
    wages_before: int
    elections: Elections
    plan: ContributionRules
    year_to_date: bool

    @property
    def elective_deferral(self) -> int:
        return max(0, self.limits.elective_deferral - self.already_deferred)

    @property
    def catch_up(self) -> int:
        return self.limits.catch_up_at(self.age)

    @property
    def roth_catch_up(self) -> bool:
        return self.limits.roth_catch_up_required(self.wages_before)

    def running_total(self) -> RunningTotal:
        return RunningTotal(self.year_to_date)


def _year(events: list[Contribution], rules: _Rules) -> ContributionYear:
    """One calendar year: each step fills its columns of the same events."""
    gross = sum(one.paycheck.gross for one in events)
    limit = min(rules.limits.annual_additions, gross)
    _count_eligible_pay(events, rules)
    _grant_deferrals(events, rules)
    _grant_employer_money(events, rules)
    asked = sum(one.employer for one in events)
    if rules.plan.room == "reserve":
        _fit(events, limit, rules.roth_catch_up)  # known beforehand; year to date nothing is
    _grant_after_tax(events, rules, limit)
    _fit(events, limit, rules.roth_catch_up)
    return ContributionYear(
        year=rules.limits.year,
        limits=rules.limits,
        elective_deferral_limit=rules.elective_deferral,
        catch_up_limit=rules.catch_up,
        annual_additions_limit=limit,
        roth_catch_up=rules.roth_catch_up,
        contributions=tuple(events),
        employer_asked=asked,
    )


def _count_eligible_pay(events: Iterable[Contribution], rules: _Rules) -> None:
    """First dollars count until the year's limit, then nothing. Law: IRC 401(a)(17)."""
    left = Fraction(rules.limits.compensation)
    for one in events:
        if one.paycheck.matched:
            one.eligible = min(one.paycheck.counted, left)
            left -= one.eligible
            if one.eligible < one.paycheck.counted:
                one.clipped[COMPENSATION] = half_up(one.paycheck.counted - one.eligible)


def _grant_deferrals(events: Sequence[Contribution], rules: _Rules) -> None:
    """Pre-tax and Roth within 402(g) and catch-up, then within the paycheck. Law: IRC 402(g), 414(v)."""
    most = rules.elective_deferral + rules.catch_up
    totals = {"pre_tax": rules.running_total(), "roth": rules.running_total()}
    pace = _Pace(events, most)
    deferred = 0
    for one in events:
        pace.pay(one)
        if not one.paycheck.elections:
            continue
        exact = _ask_deferrals(one, rules.elections, totals, pace, deferred)
        asked = one.pre_tax + one.roth
        _clip_deferrals(one, most - deferred)
        granted = one.pre_tax + one.roth
        unclipped = rules.year_to_date and granted == asked
        one.deferral = exact if unclipped else Fraction(granted)
        one.catch_up = max(0, granted - max(0, rules.elective_deferral - deferred))
        deferred += granted
        if one.catch_up and rules.roth_catch_up:
            one.pre_tax = half_up(Fraction(one.pre_tax * (granted - one.catch_up), granted))
            one.roth = granted - one.pre_tax


class _Pace:
    """What `max` aims at: a total, spread over the year's gross in proportion."""

    def __init__(self, events: Iterable[Contribution], total: int) -> None:
        self._total = total
        self._gross = sum((one.paycheck.counted for one in events), start=Fraction(0))
        self._to_date = Fraction(0)

    def pay(self, one: Contribution) -> None:
        """Takes the next paycheck into account."""
        self._to_date += one.paycheck.counted

    def due(self, contributed: int) -> int:
        """What should go in now, if so much is in already. [cents]"""
        target = half_up(self._total * self._to_date / self._gross) if self._gross else 0
        return target - contributed


def _ask_deferrals(
    one: Contribution,
    elections: Elections,
    totals: dict[str, RunningTotal],
    pace: _Pace,
    deferred: int,
) -> Fraction:
    """Fills in what the elections ask of a paycheck, and returns it unrounded. [cents]

    Args:
        one: The paycheck.
        elections: The elections of the scenario.
        totals: The running totals of both columns.
        pace: What `max` aims at for both together.
        deferred: What is deferred already this year. [cents]
    """
    in_force = elections.on(one.pay_date)._asdict()
    exact = Fraction(0)
    for column, total in totals.items():
        asked = in_force[column]
        if asked != "max":
            unrounded = asked * one.paycheck.counted if isinstance(asked, Fraction) else asked
            exact += unrounded
            setattr(one, column, total.add(unrounded))
    for column in totals:
        if in_force[column] == "max":
            rest = max(0, pace.due(deferred) - one.pre_tax - one.roth)
            exact += rest
            setattr(one, column, rest)
    return exact


def _clip_deferrals(one: Contribution, left: int) -> None:
    """Both shrink in proportion to what the limit leaves; then the paycheck pays pre-tax first."""
    asked = one.pre_tax + one.roth
    granted = one.clip(ELECTIVE_DEFERRAL, asked, left)
    if granted < asked:
        one.spilled = asked - granted
        one.pre_tax = half_up(Fraction(one.pre_tax * granted, asked))
        one.roth = granted - one.pre_tax
    one.pre_tax = one.clip(NET_PAY, one.pre_tax, one.paycheck.gross)
    one.roth = one.clip(NET_PAY, one.roth, one.paycheck.gross - one.pre_tax)


def _grant_employer_money(events: Sequence[Contribution], rules: _Rules) -> None:
    """Match on each paycheck's own deferrals, nonelective on its eligible pay, then the true-up."""
    plan = rules.plan
    match, nonelective = rules.running_total(), rules.running_total()
    matched = 0
    for one in events:
        formula = match.add(plan.matched(_matched_deferral(one, plan), one.eligible))
        one.match = _capped(formula, matched, plan.match_cap)
        matched += one.match
        one.nonelective = nonelective.add(plan.nonelective_on(one.eligible))
        if one.paycheck.kind == LUMP_SUM:
            one.nonelective = plan.lump_amount
    if plan.true_up:
        _true_up(events, plan, matched)


def _matched_deferral(one: Contribution, plan: ContributionRules) -> Fraction:
    """The part of a paycheck's deferrals that the match counts. [cents]"""
    if not one.paycheck.matched:
        return Fraction(0)
    if one.catch_up and not plan.match_catch_up:
        return Fraction(one.pre_tax + one.roth - one.catch_up)
    return one.deferral


def _capped(match: int, matched: int, cap: int | None) -> int:
    return match if cap is None else max(0, min(match, cap - matched))


def _true_up(events: Sequence[Contribution], plan: ContributionRules, matched: int) -> None:
    """What the formula gives on the year's totals beyond what was matched, on the last pay date."""
    counted = [one for one in events if one.paycheck.matched]
    deferral = sum((_matched_deferral(one, plan) for one in counted), start=Fraction(0))
    if any({ELECTIVE_DEFERRAL, NET_PAY} & one.clipped.keys() for one in counted):
        unmatched = 0 if plan.match_catch_up else sum(one.catch_up for one in counted)
        deferral = Fraction(sum(one.pre_tax + one.roth for one in counted) - unmatched)
    eligible = sum((one.eligible for one in counted), start=Fraction(0))
    owed = half_up(plan.matched(deferral, eligible)) - matched
    paychecks = [one for one in events if one.paycheck.kind != LUMP_SUM]
    if paychecks:
        paychecks[-1].match += _capped(max(0, owed), matched, plan.match_cap)


def _fit(events: Sequence[Contribution], limit: int, roth_catch_up: bool) -> None:
    """Cuts what exceeds 415(c): employer money, latest first; where none is left, the latest deferrals.

    After-tax contributions never exceed it by themselves; under `room: year-to-date` they may have
    taken the room of what came later. Catch-up is outside the limit and stays. Law: IRC 415(c).
    """
    excess = sum(one.additions + one.after_tax for one in events) - limit
    for columns in (("nonelective", "match"), ("roth", "pre_tax")):
        for one in reversed(events):
            kept = {"roth": one.catch_up} if roth_catch_up else {}
            for column in columns:
                if excess <= 0:
                    return
                excess -= _cut(one, column, excess, kept.get(column, 0))


def _cut(one: Contribution, column: str, excess: int, kept: int) -> int:
    """Takes at most the excess off a column, but not what must be kept; returns what was taken. [cents]"""
    granted: int = getattr(one, column)
    deferrals = column in ("pre_tax", "roth")
    counted = one.pre_tax + one.roth - one.catch_up if deferrals else granted
    taken = min(excess, granted - kept, counted)
    setattr(one, column, one.clip(ANNUAL_ADDITIONS, granted, granted - taken))
    return taken


def _grant_after_tax(events: Sequence[Contribution], rules: _Rules, limit: int) -> None:
    """After-tax contributions within the plan's cap, the year's room, and the paycheck. Law: IRC 415(c)."""
    reserve = rules.plan.room == "reserve"
    room = limit - sum(one.additions for one in events)
    cap = rules.plan.after_tax.cap_on(sum((one.paycheck.counted for one in events), Fraction(0)))
    pace = _Pace(events, max(0, room if cap is None else min(room, half_up(cap))))
    total = rules.running_total()
    lump = next((one for one in events if one.paycheck.kind == LUMP_SUM), None)
    gross, additions, contributed = Fraction(0), 0, 0
    for one in events:
        gross += one.paycheck.counted
        if one is not lump:
            additions += one.additions
        # Employer money of a day comes before the day's after-tax contributions, a lump sum's too.
        alone = lump.additions if lump and lump.pay_date <= one.pay_date else 0
        left = (room if reserve else limit - additions - alone) - contributed
        pace.pay(one)
        if one.paycheck.elections:
            cap = rules.plan.after_tax.cap_on(gross)
            one.after_tax = _ask_after_tax(one, rules, total, pace, contributed)
            if cap is not None:
                one.after_tax = one.clip(PLAN_CAP, one.after_tax, half_up(cap) - contributed)
            one.after_tax = one.clip(ANNUAL_ADDITIONS, one.after_tax, left)
            net = one.paycheck.gross - one.pre_tax - one.roth
            one.after_tax = one.clip(NET_PAY, one.after_tax, net)
        contributed += one.after_tax
        one.room_after = max(0, left - one.after_tax)


def _ask_after_tax(
    one: Contribution, rules: _Rules, total: RunningTotal, pace: _Pace, contributed: int
) -> int:
    """What the election asks of a paycheck, and what spills over from the deferrals. [cents]"""
    asked = rules.elections.on(one.pay_date).after_tax
    if isinstance(asked, str):
        amount = max(0, pace.due(contributed))
    else:
        amount = total.add(
            asked * one.paycheck.counted if isinstance(asked, Fraction) else Fraction(asked)
        )
    return amount + (one.spilled if rules.plan.spillover else 0)
