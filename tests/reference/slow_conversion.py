"""A slow and literal reference for how after-tax 401(k) money lands, grows and is converted.

It walks every session day by day, keeps every deposit still in the account in a list, with its
units as a fraction, and asks of each one "may it leave today?". It shares no code with the
simulator. All amounts are cents; only postings are rounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

import exchange_calendars

Event = tuple[date, str, int, int, int]
YearRow = dict[str, int]

HALF = Fraction(1, 2)
MILLIONTH = Fraction(1, 1_000_000)
UNIT_GRID = 10**40
RUN_OFF_YEARS = 12
YEAR_KEYS = (
    "conversions",
    "passed_over",
    "box_1",
    "box_2a",
    "box_5",
    "fees",
    "ira",
    "left_value",
    "left_basis",
)


@dataclass(frozen=True)
class SlowOutcome:
    """What happened, in whole cents.

    `years` has every simulated year and every run-off year in which something happened, with
    `left_*` at that year's last session. `events` are (date, kind, cents, recovered, taxable).
    `roth_end` to `in_transit` are taken at the last session of the last simulated year;
    `forfeited` is the sum over everything, the run-off included.
    """

    years: dict[int, YearRow]
    events: list[Event]
    roth_end: int
    ira_end: int
    left_value: int
    left_basis: int
    in_transit: int
    forfeited: int


@dataclass(frozen=True)
class Deposit:
    """One deposit inside the account: the day it landed, its contribution, its units."""

    landed: date
    contribution: int
    units: Fraction


# ---------------------------------------------------------------------------------- rounding


def half_up(value: Fraction) -> int:
    """Cents rounded half-up; less than a millionth of a cent below a half is the half."""
    whole = value.numerator // value.denominator
    part = value - whole
    return whole + 1 if HALF - part < MILLIONTH else whole


def bought(cents: int, price: Fraction) -> Fraction:
    """Units of the fund that so many cents buy, on a grid of 10**-40."""
    return Fraction(round(cents / price * UNIT_GRID), UNIT_GRID)


# --------------------------------------------------------------------------------- calendars


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday (Monday is 0) of a month."""
    day = date(year, month, 1)
    while day.weekday() != weekday:
        day += timedelta(days=1)
    return day + timedelta(days=7 * (n - 1))


def last_monday_of_may(year: int) -> date:
    """Memorial Day."""
    day = date(year, 5, 31)
    while day.weekday() != 0:
        day -= timedelta(days=1)
    return day


@cache
def federal_reserve_holidays(year: int) -> frozenset[date]:
    """The days of a year on which the Federal Reserve Banks are closed, weekends apart.

    A holiday on a Sunday closes the Monday; one on a Saturday closes nothing.
    """
    holidays = [
        date(year, 1, 1),
        nth_weekday(year, 1, 0, 3),  # Martin Luther King Jr.
        nth_weekday(year, 2, 0, 3),  # Presidents
        last_monday_of_may(year),
        date(year, 7, 4),
        nth_weekday(year, 9, 0, 1),  # Labor
        nth_weekday(year, 10, 0, 2),  # Columbus
        date(year, 11, 11),
        nth_weekday(year, 11, 3, 4),  # Thanksgiving
        date(year, 12, 25),
    ]
    if year >= 2021:
        holidays.append(date(year, 6, 19))
    return frozenset(
        day + timedelta(days=1) if day.weekday() == 6 else day
        for day in holidays
        if day.weekday() != 5
    )


def is_bank_day(day: date) -> bool:
    """Whether a day is a weekday and no Federal Reserve holiday."""
    return day.weekday() < 5 and day not in federal_reserve_holidays(day.year)


def bank_days_later(day: date, count: int) -> date:
    """The day moved forward by so many bank days."""
    while count > 0:
        day += timedelta(days=1)
        if is_bank_day(day):
            count -= 1
    return day


@cache
def sessions_of_decade(decade: int) -> tuple[date, ...]:
    """The NYSE sessions of the ten years from `decade` on."""
    calendar = exchange_calendars.get_calendar(
        "XNYS", start=f"{decade}-01-01", end=f"{decade + 9}-12-31"
    )
    return tuple(stamp.date() for stamp in calendar.sessions)


@cache
def sessions_of_year(year: int) -> tuple[date, ...]:
    """The NYSE sessions of one calendar year."""
    return tuple(day for day in sessions_of_decade(year - year % 10) if day.year == year)


@cache
def is_session(day: date) -> bool:
    """Whether the NYSE trades on a day."""
    return day in sessions_of_year(day.year)


def session_on_or_after(day: date) -> date:
    """The first session on or after a day."""
    while not is_session(day):
        day += timedelta(days=1)
    return day


def session_after(day: date) -> date:
    """The first session after a day."""
    return session_on_or_after(day + timedelta(days=1))


def session_before_last(year: int, cutoff: int) -> date | None:
    """The session `cutoff` sessions before the year's last one, if the year has that many."""
    sessions = sessions_of_year(year)
    return sessions[len(sessions) - 1 - cutoff] if cutoff < len(sessions) else None


# ---------------------------------------------------------------------------------- settings


@dataclass(frozen=True)
class Rules:
    """The plan's and the policy's settings, with the contract's defaults filled in."""

    deposit_lag: int
    eligibility_days: int
    allowed: bool
    split: bool
    fee: int
    max_per_year: int | None
    min_days_between: int
    basis_after_loss: str
    cadence: str
    delay: int
    cutoff: int
    day: int | None
    dates: tuple[date, ...]
    zero_out: bool

    def may_leave_from(self, landed: date) -> date:
        """The day e from which a deposit that landed on a day is convertible."""
        return landed + timedelta(days=max(self.delay, self.eligibility_days))

    def is_cadence_date(self, today: date) -> bool:
        """Whether a session is a date of the policy's cadence."""
        tomorrow = session_after(today)
        if self.cadence in ("per-paycheck", "daily", "automatic"):
            return True
        if self.cadence == "weekly":
            return today.isocalendar()[:2] != tomorrow.isocalendar()[:2]
        if self.cadence == "monthly":
            return self.is_date_of_month(today, self.day)
        if self.cadence == "quarterly":
            return (today.month - 1) // 3 != (tomorrow.month - 1) // 3
        if self.cadence == "semiannual":
            return (today.month - 1) // 6 != (tomorrow.month - 1) // 6
        if self.cadence == "year-end":
            return today == session_before_last(today.year, self.cutoff)
        if self.cadence == "dates":
            return any(today == session_on_or_after(listed) for listed in self.dates)
        if self.cadence == "never":
            return False
        raise ValueError(f"{self.cadence!r} is not a cadence")

    @staticmethod
    def is_date_of_month(today: date, day_of_month: int | None) -> bool:
        """Whether a session is its month's first on or after a day, or its last where there is none."""
        begin = today.replace(day=1)
        in_month = [begin + timedelta(days=n) for n in range(31)]
        in_month = [day for day in in_month if day.month == today.month]
        wanted = in_month[min(day_of_month or 31, len(in_month)) - 1]
        sessions = [day for day in in_month if is_session(day)]
        return today == next((day for day in sessions if day >= wanted), sessions[-1])

    def is_zero_out_date(self, today: date) -> bool:
        """Whether a session is the one on which a zero-out policy empties the account."""
        return self.zero_out and today == session_before_last(today.year, self.cutoff)

    def is_forbidden(self, today: date, converted_on: list[date]) -> bool:
        """Whether the plan's thinning rules forbid a conversion today, given those made."""
        this_year = sum(1 for day in converted_on if day.year == today.year)
        if self.max_per_year is not None and this_year >= self.max_per_year:
            return True
        return bool(converted_on) and (today - converted_on[-1]).days < self.min_days_between

    def can_leave_after(self, today: date, landed: date) -> bool:
        """Whether a deposit that landed (or will land) on a day has a date after today."""
        if not self.allowed or self.max_per_year == 0:
            return False
        if self.zero_out:
            return True
        if self.cadence == "never":
            return False
        if self.cadence == "dates":
            ready = self.may_leave_from(landed)
            leaving = [session_on_or_after(listed) for listed in self.dates]
            return any(day > today and day >= ready for day in leaving)
        return True


def read_rules(plan: dict[str, Any], policy: dict[str, Any]) -> Rules:
    """The settings of the two mappings; missing keys get the contract's defaults."""
    conversion = plan.get("conversion") or {}
    most = conversion.get("max_per_year")
    return Rules(
        deposit_lag=plan.get("deposit_lag", 0),
        eligibility_days=plan.get("eligibility_days", 0),
        allowed=conversion.get("allowed", True),
        split=conversion.get("to", "roth-401k") == "split",
        fee=conversion.get("fee", 0),
        max_per_year=None if most in (None, "none") else int(most),
        min_days_between=conversion.get("min_days_between", 0),
        basis_after_loss=plan.get("basis_after_loss", "carry-forward"),
        cadence=policy.get("cadence", "per-paycheck"),
        delay=policy.get("delay", 0),
        cutoff=policy.get("cutoff", 0),
        day=policy.get("day"),
        dates=tuple(policy.get("dates") or ()),
        zero_out=policy.get("zero_out", False),
    )


# ----------------------------------------------------------------------------------- account


class Account:
    """The after-tax subaccount, and the Roth and the traditional IRA beside it."""

    def __init__(self, rules: Rules, price: Callable[[date], float]) -> None:
        """An empty account under these rules."""
        self.rules = rules
        self.price = price
        self.inside: list[Deposit] = []
        self.passed_over: list[Deposit] = []
        self.basis = 0
        self.roth_units = Fraction(0)
        self.ira_units = Fraction(0)
        self.converted_on: list[date] = []
        self.forfeited = 0
        self.events: list[Event] = []
        self.years: dict[int, YearRow] = {}

    def price_on(self, today: date) -> Fraction:
        """The exact value of the float that is the fund's price at a session's close."""
        return Fraction(float(self.price(today)))

    def value(self, deposits: list[Deposit], today: date) -> Fraction:
        """What these deposits are worth at today's close, unrounded."""
        if not deposits:
            return Fraction(0)
        return sum((one.units for one in deposits), Fraction(0)) * self.price_on(today)

    def row(self, today: date) -> YearRow:
        """The row of today's year."""
        return self.years.setdefault(today.year, dict.fromkeys(YEAR_KEYS, 0))

    def land(self, today: date, cents: int, contribution: int) -> None:
        """A deposit buys at today's close; its contribution becomes basis."""
        units = bought(cents, self.price_on(today))
        self.inside.append(Deposit(today, contribution, units))
        self.basis += contribution
        self.row(today)
        self.events.append((today, "deposit", cents, 0, 0))

    def due(self, today: date) -> list[Deposit]:
        """The deposits inside that may leave today, thinning rules apart."""
        if not self.rules.allowed or not self.inside:
            return []
        cadence_date = self.rules.is_cadence_date(today)
        zero_out_date = self.rules.is_zero_out_date(today)
        waiting = timedelta(days=self.rules.eligibility_days)
        batch = []
        for one in self.inside:
            by_cadence = cadence_date and self.rules.may_leave_from(one.landed) <= today
            by_zero_out = zero_out_date and one.landed + waiting <= today
            waits = (cadence_date or zero_out_date) and any(one is it for it in self.passed_over)
            if by_cadence or by_zero_out or waits:
                batch.append(one)
        return batch

    def convert(self, today: date, batch: list[Deposit]) -> None:
        """A batch leaves: fee, amount, basis recovered, taxable, and what a loss forfeits."""
        rules, row = self.rules, self.row(today)
        staying = [one for one in self.inside if not any(one is gone for gone in batch)]
        batch_value = self.value(batch, today)
        account_value = self.value(self.inside, today)

        fee = min(Fraction(rules.fee), batch_value)
        batch_value -= fee
        account_value -= fee
        fee_posted = half_up(fee)
        if fee_posted:
            self.events.append((today, "fee", fee_posted, 0, 0))
            row["fees"] += fee_posted

        loss = self.is_below_basis(account_value)
        amount = half_up(batch_value)
        if not staying and amount >= self.basis:
            recovered = self.basis
        elif account_value <= self.basis:
            recovered = amount
        else:
            recovered = half_up(min(Fraction(amount), amount * self.basis / account_value))
        recovered = min(recovered, self.basis)  # nothing is ever negative
        earnings = amount - recovered
        taxable = 0 if rules.split else earnings

        self.inside = staying
        self.basis -= recovered
        price = self.price_on(today)
        if rules.split:
            self.roth_units += bought(recovered, price)
            self.ira_units += bought(earnings, price)
            row["ira"] += earnings
        else:
            self.roth_units += bought(amount, price)
        row["conversions"] += 1
        row["box_1"] += amount
        row["box_2a"] += taxable
        row["box_5"] += recovered
        self.converted_on.append(today)
        self.events.append((today, "conversion", amount, recovered, taxable))
        if loss and rules.basis_after_loss == "forfeit":
            self.cut_basis(today)

    def is_below_basis(self, account_value: Fraction) -> bool:
        """Whether a value is below the basis by more than a millionth of a cent."""
        return self.basis - account_value > MILLIONTH

    def cut_basis(self, today: date) -> None:
        """The basis above the contributions still inside is forfeited."""
        kept = min(self.basis, sum(one.contribution for one in self.inside))
        lost = self.basis - kept
        if lost:
            self.basis = kept
            self.forfeited += lost
            self.row(today)
            self.events.append((today, "forfeit", lost, 0, 0))

    def close_session(self, today: date) -> None:
        """Conversions leave, or are passed over; then the cut of a year's last session."""
        batch = self.due(today)
        if batch and self.rules.is_forbidden(today, self.converted_on):
            self.row(today)["passed_over"] += 1
            self.passed_over = batch
        elif batch:
            self.convert(today, batch)
            self.passed_over = []
        if today != sessions_of_year(today.year)[-1]:
            return
        value = self.value(self.inside, today)
        if self.rules.basis_after_loss == "carry-within-year" and self.is_below_basis(value):
            self.cut_basis(today)
        if today.year in self.years:
            self.years[today.year]["left_value"] = half_up(value)
            self.years[today.year]["left_basis"] = self.basis


# -------------------------------------------------------------------------------------- walk


def slow_conversion(
    deposits: list[tuple[date, int]],
    years: tuple[int, int],
    plan: dict[str, Any],
    policy: dict[str, Any],
    price: Callable[[date], float],
) -> SlowOutcome:
    """Walk session by session from the first year's first one until all that can leave has left.

    `deposits` are (pay date, cents), pay dates being bank days already. Money in `plan` (fee and
    opening) is cents. `price` gives the fund's price at a session's close.
    """
    rules = read_rules(plan, policy)
    first_year, last_year = years
    account = Account(rules, price)
    for year in range(first_year, last_year + 1):
        account.years[year] = dict.fromkeys(YEAR_KEYS, 0)

    first_session = sessions_of_year(first_year)[0]
    final_session = sessions_of_year(last_year)[-1]
    opening = plan.get("opening") or {}
    if opening.get("after_tax", 0):
        account.land(first_session, opening["after_tax"], opening.get("basis", 0))
    else:
        account.basis += opening.get("basis", 0)
    if opening.get("roth", 0):
        account.roth_units += bought(opening["roth"], account.price_on(first_session))

    transit: list[tuple[date, int]] = []  # (the session it lands on, cents)
    for pay_date, cents in sorted(deposits, key=lambda one: one[0]):
        lands = session_on_or_after(bank_days_later(pay_date, rules.deposit_lag))
        if lands < first_session:
            raise ValueError(f"the deposit of {pay_date} lands before {first_session}")
        if cents:
            transit.append((lands, cents))

    roth_end = ira_end = left_value = left_basis = in_transit = 0
    today = first_session
    while True:
        for lands, cents in transit:
            if lands == today:
                account.land(today, cents, cents)
        transit = [(lands, cents) for lands, cents in transit if lands > today]
        account.close_session(today)

        if today == final_session:
            closing = account.price_on(today)
            roth_end = half_up(account.roth_units * closing)
            ira_end = half_up(account.ira_units * closing)
            left_value = account.years[last_year]["left_value"]
            left_basis = account.basis
            in_transit = sum(cents for _, cents in transit)
        if today >= final_session and today == sessions_of_year(today.year)[-1]:
            landed = [one.landed for one in account.inside] + [lands for lands, _ in transit]
            if not any(rules.can_leave_after(today, day) for day in landed):
                break
            if today.year >= last_year + RUN_OFF_YEARS:
                break
        today = session_after(today)

    return SlowOutcome(
        years={year: account.years[year] for year in sorted(account.years)},
        events=account.events,
        roth_end=roth_end,
        ira_end=ira_end,
        left_value=left_value,
        left_basis=left_basis,
        in_transit=in_transit,
        forfeited=account.forfeited,
    )
