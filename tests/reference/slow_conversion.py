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
    `forfeited` is the sum over everything, the run-off included. `forms` are Box 1, 2a and 4 of what life
    events pay, by year and code; what goes by code G is in `years`. `unpaid` is what withdrawals lacked.
    """

    years: dict[int, YearRow]
    events: list[Event]
    roth_end: int
    ira_end: int
    left_value: int
    left_basis: int
    in_transit: int
    forfeited: int
    forms: dict[tuple[int, str], tuple[int, int, int]]
    unpaid: int


@dataclass(frozen=True)
class Deposit:
    """One deposit inside the account: the day it landed, its contribution, its units."""

    landed: date
    contribution: Fraction
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

    def __init__(
        self,
        rules: Rules,
        price: Callable[[date], float],
        outside: Callable[[date], float] | None = None,
    ) -> None:
        """An empty account under these rules; `outside` is another fund that Roth and IRA hold."""
        self.rules = rules
        self.price = price
        self.outside = outside or price
        self.converted_from: dict[date, date] = {}
        self.inside: list[Deposit] = []
        self.passed_over: list[Deposit] = []
        self.basis = 0
        self.roth_units = Fraction(0)
        self.ira_units = Fraction(0)
        self.converted_on: list[date] = []
        self.forfeited = 0
        self.events: list[Event] = []
        self.years: dict[int, YearRow] = {}
        self.forms: dict[tuple[int, str], tuple[int, int, int]] = {}
        self.unpaid = 0

    def price_on(self, today: date) -> Fraction:
        """The exact value of the float that is the fund's price at a session's close."""
        return Fraction(float(self.price(today)))

    def outside_on(self, today: date) -> Fraction:
        """The same of the fund in Roth and IRA."""
        return Fraction(float(self.outside(today)))

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
        self.inside.append(Deposit(today, Fraction(contribution), units))
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
        self.converted_from |= {one.landed: today for one in batch}
        price = self.outside_on(today)
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

    def on_form(self, today: date, code: str, amount: int, taxable: int, withheld: int) -> None:
        """A payment is added to the form of its year and code."""
        box_1, box_2a, box_4 = self.forms.get((today.year, code), (0, 0, 0))
        sums = box_1 + amount, box_2a + taxable, box_4 + withheld
        self.forms[today.year, code] = sums
        self.row(today)

    def leave_by_event(
        self, today: date, amount: int, staying: Fraction, code: str, to: str
    ) -> None:
        """An amount leaves for a life event, and of every lot all but the share that stays."""
        value = self.value(self.inside, today)
        loss = self.is_below_basis(value)
        if staying == 0 or value <= self.basis:
            recovered = min(amount, self.basis)
        else:
            recovered = min(amount, self.basis, half_up(amount * self.basis / value))
        self.basis -= recovered
        earnings = amount - recovered
        self.shrink(staying)
        price, row = self.outside_on(today), self.row(today)
        if code == "G":
            row["box_1"] += amount
            row["box_5"] += recovered
            to_ira = earnings if to == "split" else 0
            row["ira"] += to_ira
            row["box_2a"] += earnings - to_ira
            self.roth_units += bought(amount - to_ira, price)
            self.ira_units += bought(to_ira, price)
        else:
            self.on_form(today, code, amount, earnings, half_up(Fraction(earnings * 20, 100)))
        if loss and self.rules.basis_after_loss == "forfeit":
            self.cut_basis(today)

    def shrink(self, staying: Fraction) -> None:
        """Of every lot a share stays; one that was passed over still is."""
        passed_over = [any(one is it for it in self.passed_over) for one in self.inside]
        self.inside = [
            Deposit(one.landed, one.contribution * staying, one.units * staying)
            for one in self.inside
        ]
        self.passed_over = [one for one, was in zip(self.inside, passed_over, strict=True) if was]

    def pay_everything(self, today: date, code: str, to: str) -> None:
        """All that is inside leaves, whether it may be converted yet or not."""
        if not self.inside:
            return
        self.leave_by_event(today, half_up(self.value(self.inside, today)), Fraction(0), code, to)
        self.inside = []

    def withdraw(self, today: date, asked: int, code: str) -> None:
        """Some cents leave, or what there is."""
        value = self.value(self.inside, today)
        if asked >= value:
            amount, staying = half_up(value), Fraction(0)
        else:
            amount, staying = asked, 1 - asked / value
        self.unpaid += asked - amount
        self.leave_by_event(today, amount, staying, code, "cash")

    def refund(self, today: date, cents: int, earned: int, code: str) -> None:
        """Contributions and what they earned come back: from here first, the rest from the Roth."""
        price, due = self.outside_on(today), cents + earned
        value = self.value(self.inside, today)
        total = max(0, min(due, half_up(value + self.roth_units * price)))
        if total == 0:
            return
        from_here = min(value, Fraction(total))
        fallen = min(self.basis, half_up(cents * from_here / due))
        self.basis -= fallen
        self.roth_units = max(Fraction(0), self.roth_units - (total - from_here) / price)
        if value:
            self.shrink(1 - from_here / value)
        self.on_form(today, code, total, min(total, max(0, earned)), 0)

    def is_below_basis(self, account_value: Fraction) -> bool:
        """Whether a value is below the basis by more than a millionth of a cent."""
        return self.basis - account_value > MILLIONTH

    def cut_basis(self, today: date) -> None:
        """The basis above the contributions still inside is forfeited."""
        kept = min(self.basis, half_up(sum((one.contribution for one in self.inside), Fraction(0))))
        lost = self.basis - kept
        if lost:
            self.basis = kept
            self.forfeited += lost
            self.row(today)
            self.events.append((today, "forfeit", lost, 0, 0))

    def close_session(self, today: date, after: Callable[[], None] = lambda: None) -> None:
        """Conversions leave, or are passed over; what comes after them; the cut of a year's last session."""
        batch = self.due(today)
        if batch and self.rules.is_forbidden(today, self.converted_on):
            self.row(today)["passed_over"] += 1
            self.passed_over = batch
        elif batch:
            self.convert(today, batch)
            self.passed_over = []
        after()
        if today != sessions_of_year(today.year)[-1]:
            return
        value = self.value(self.inside, today)
        if self.rules.basis_after_loss == "carry-within-year" and self.is_below_basis(value):
            self.cut_basis(today)
        if today.year in self.years:
            self.years[today.year]["left_value"] = half_up(value)
            self.years[today.year]["left_basis"] = self.basis


# -------------------------------------------------------------------------------- life events


class LifeEvents:
    """What the events of a scenario do, from the words of the model."""

    def __init__(
        self,
        account: Account,
        events: list[dict[str, Any]],
        excess: dict[int, int],
        born: int,
        deposits: list[tuple[date, date, int]],
    ) -> None:
        """Events as a file has them; excess of 415(c) by year; pay day, landing day and cents of deposits."""
        self.account, self.events, self.excess = account, events, excess
        self.born, self.deposits = born, deposits
        self.separated: tuple[date, str, int] | None = None

    def day_of(self, event: dict[str, Any]) -> date:
        """The first session on or after its date."""
        return session_on_or_after(date.fromisoformat(str(event["date"])))

    @property
    def last_day(self) -> date:
        """The day of the last event."""
        return max((self.day_of(event) for event in self.events), default=date.min)

    def earned(self, year: int, cents: int) -> int:
        """The earnings of some of a year's contributions, to its last session, wherever they are."""
        end = sessions_of_year(year)[-1]
        price, outside, gain = self.account.price_on, self.account.outside_on, Fraction(0)
        for paid, landed, amount in self.deposits:
            if paid.year == year and landed <= end:
                left = self.account.converted_from.get(landed, end)
                if left < end:
                    grown = price(left) / price(landed) * outside(end) / outside(left)
                else:
                    grown = price(end) / price(landed)
                gain += amount * grown - amount
        return half_up(cents * gain / self.contributed(year))

    def contributed(self, year: int) -> int:
        """What went in in a year."""
        return sum(amount for paid, _, amount in self.deposits if paid.year == year)

    def code(self, today: date) -> str:
        """Of a payment to the person that no separation explains."""
        return "7" if today.year >= self.born + 60 else "1"

    def before_conversions(self, today: date) -> None:
        """The events of the day, in the order of the file; what landed after a separation leaves too."""
        for place, event in enumerate(self.events):
            if self.separated and self.separated[2] == place and today > self.separated[0]:
                self.pay_out(today)
            if self.day_of(event) != today:
                continue
            if event["kind"] == "withdrawal":
                if event["amount"] == "all":
                    self.account.pay_everything(today, self.code(today), "cash")
                else:
                    cents = round(Fraction(str(event["amount"]).removeprefix("$")) * 100)
                    self.account.withdraw(today, cents, self.code(today))
            elif event["kind"] == "acp-refund":
                share = Fraction(str(event["amount"]).removesuffix("%")) / 100
                cents = half_up(share * self.contributed(event["year"]))
                self.account.refund(today, cents, self.earned(event["year"], cents), "8")
            elif event["payout"] != "stay":
                self.separated = (today, event["payout"], place)
                self.pay_out(today)

    def pay_out(self, today: date) -> None:
        """A separation pays out what is inside."""
        assert self.separated is not None
        left_on, payout, _ = self.separated
        if payout != "cash":
            self.account.pay_everything(today, "G", payout)
            return
        code = self.code(today)
        if code == "1" and left_on.year >= self.born + 55:
            code = "2"
        self.account.pay_everything(today, code, "cash")

    def after_conversions(self, today: date) -> None:
        """What exceeds 415(c) goes back on the year's last session."""
        if self.excess.get(today.year) and today == sessions_of_year(today.year)[-1]:
            cents = self.excess[today.year]
            self.account.refund(today, cents, self.earned(today.year, cents), "E")


# -------------------------------------------------------------------------------------- walk


def slow_conversion(
    deposits: list[tuple[date, int]],
    years: tuple[int, int],
    plan: dict[str, Any],
    policy: dict[str, Any],
    price: Callable[[date], float],
    events: list[dict[str, Any]] | None = None,
    excess: dict[int, int] | None = None,
    born: int = 1980,
    outside: Callable[[date], float] | None = None,
) -> SlowOutcome:
    """Walk session by session from the first year's first one until all that can leave has left.

    `deposits` are (pay date, cents), pay dates being bank days already. Money in `plan` (fee and
    opening) is cents. `price` gives the fund's price at a session's close; `outside` that of the fund in
    Roth and IRA, where money is parked until it is converted.
    """
    rules = read_rules(plan, policy)
    first_year, last_year = years
    account = Account(rules, price, outside)
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
        account.roth_units += bought(opening["roth"], account.outside_on(first_session))

    transit: list[tuple[date, int]] = []  # (the session it lands on, cents)
    made: list[tuple[date, date, int]] = []
    for pay_date, cents in sorted(deposits, key=lambda one: one[0]):
        lands = session_on_or_after(bank_days_later(pay_date, rules.deposit_lag))
        if lands < first_session:
            raise ValueError(f"the deposit of {pay_date} lands before {first_session}")
        if cents:
            transit.append((lands, cents))
            made.append((pay_date, lands, cents))
    life = LifeEvents(account, events or [], excess or {}, born, made)

    roth_end = ira_end = left_value = left_basis = in_transit = 0
    today = first_session
    while True:
        for lands, cents in transit:
            if lands == today:
                account.land(today, cents, cents)
        transit = [(lands, cents) for lands, cents in transit if lands > today]
        life.before_conversions(today)
        account.close_session(today, after=lambda: life.after_conversions(today))  # noqa: B023

        if today == final_session:
            closing = account.outside_on(today)
            roth_end = half_up(account.roth_units * closing)
            ira_end = half_up(account.ira_units * closing)
            left_value = account.years[last_year]["left_value"]
            left_basis = account.basis
            in_transit = sum(cents for _, cents in transit)
        if today >= final_session and today == sessions_of_year(today.year)[-1]:
            landed = [one.landed for one in account.inside] + [lands for lands, _ in transit]
            waits = any(rules.can_leave_after(today, day) for day in landed)
            if not waits and not (life.separated and transit) and today >= life.last_day:
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
        forms=account.forms,
        unpaid=account.unpaid,
    )
