"""A slow, literal reference implementation of 401(k) payroll.

It is written from the description of the model alone and shares nothing with the simulator.
All arithmetic is in integers and fractions; every running total is summed again from the start
of the year for every paycheck. Money is whole cents.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

PERIODS = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}
STEP_DAYS = {"weekly": 7, "biweekly": 14}
ZERO = Fraction(0)


@dataclass(frozen=True)
class SlowPayroll:
    """What the payroll of a scenario comes to: its paychecks, lump sums and years."""

    paychecks: list[dict[str, Any]]
    lumps: list[tuple[date, int]]
    years: list[dict[str, Any]]


@dataclass
class Paycheck:
    """One paycheck while it is being worked out."""

    pay_date: date
    nominal: date
    kind: str
    exact_gross: Fraction  # before any rounding
    elects: bool = True  # elections apply to it
    matched: bool = True  # it is eligible pay, and its deferrals are matched
    gross: int = 0  # as paid
    base: Fraction = ZERO  # the gross that amounts are worked out from
    eligible: Fraction = ZERO
    asked: dict[str, Fraction] = field(default_factory=dict)  # by shares alone, unrounded
    exact_deferral: Fraction = ZERO  # pre-tax and Roth as elected, unrounded
    pre_tax: int = 0
    roth: int = 0
    catch_up: int = 0
    clipped: bool = False  # something was taken off its deferrals
    exact_after_tax: Fraction = ZERO  # after-tax as elected, unrounded
    after_tax_clipped: bool = False  # something was taken off its after-tax contribution
    spillover: int = 0
    asked_match: Fraction = ZERO
    asked_nonelective: list[Fraction] = field(default_factory=list)  # of each share
    match: int = 0
    nonelective: int = 0
    after_tax: int = 0
    room_after: int = 0


@dataclass
class Lump:
    """Nonelective money that is paid on a date, and the year that it counts for."""

    pay_date: date
    counts_for: int
    item: dict[str, Any]
    nonelective: int = 0


@dataclass
class Year:
    """One calendar year while it is being worked out."""

    number: int
    checks: list[Paycheck]
    lumps: list[Lump]
    whole_deferral_limit: int  # 402(g), with what fifteen years of service add
    deferral_limit: int
    catch_up_limit: int
    compensation_limit: int
    dollar_limit: int  # of 415(c)
    roth_catch_up: bool  # catch-up must be Roth
    profit: tuple[int, int] | None = None  # net earnings and the employer's share of them
    additions_limit: int = 0
    employer_cut: int = 0
    clips: list[tuple[str, date, int]] = field(default_factory=list)  # limit, day, cents it took


def half_up(amount: Fraction | int) -> int:
    """The whole number nearest to a fraction, halves upwards."""
    return math.floor(Fraction(amount) + Fraction(1, 2))


def total(amounts: Iterable[Fraction]) -> Fraction:
    """The sum of fractions."""
    result = ZERO
    for amount in amounts:
        result = result + amount
    return result


def get(mapping: dict[str, Any] | None, key: str, default: Any) -> Any:
    """A key's value, or the default where the mapping or the value is missing or none."""
    if mapping is None or mapping.get(key) is None:
        return default
    return mapping[key]


# ------------------------------------------------------------------------------ the calendar


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth given weekday (Monday is 0) of a month."""
    day = date(year, month, 1)
    while day.weekday() != weekday:
        day = day + timedelta(days=1)
    return day + timedelta(days=7 * (nth - 1))


def last_weekday(year: int, month: int, weekday: int) -> date:
    """The last given weekday of a month."""
    day = date(year, month, calendar.monthrange(year, month)[1])
    while day.weekday() != weekday:
        day = day - timedelta(days=1)
    return day


def bank_holidays(year: int) -> list[date]:
    """The days of a year on which the Federal Reserve banks are closed, weekends apart."""
    holidays = [
        date(year, 1, 1),
        nth_weekday(year, 2, 0, 3),
        last_weekday(year, 5, 0),
        date(year, 7, 4),
        nth_weekday(year, 9, 0, 1),
        nth_weekday(year, 10, 0, 2),
        date(year, 11, 11),
        nth_weekday(year, 11, 3, 4),
        date(year, 12, 25),
    ]
    if year >= 1986:
        holidays.append(nth_weekday(year, 1, 0, 3))
    if year >= 2021:  # that year's was a Saturday, and so closed nothing
        holidays.append(date(year, 6, 19))
    closed = []
    for holiday in holidays:
        if holiday.weekday() == 6:
            closed.append(holiday + timedelta(days=1))
        elif holiday.weekday() < 5:
            closed.append(holiday)
    return closed


def is_bank_day(day: date) -> bool:
    """Whether the banks are open."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def moved(day: date) -> date:
    """The day itself where it is a bank day, else the bank day before it."""
    while not is_bank_day(day):
        day = day - timedelta(days=1)
    return day


def day_of_month(year: int, month: int, day: int | str) -> date:
    """A day of a month; `last`, or a day past the month's end, is its last."""
    length = calendar.monthrange(year, month)[1]
    if day == "last":
        return date(year, month, length)
    return date(year, month, min(int(day), length))


def nominal_dates(document: dict[str, Any]) -> list[date]:
    """Every nominal pay date that might be paid in the years of the scenario, in order."""
    pay = document["pay"]
    first, last = document["years"]
    frequency = pay["frequency"]
    start = get(pay, "first_pay_date", None)
    dates = []
    if frequency in STEP_DAYS:
        if start is None:
            raise ValueError("pay.first_pay_date is required")
        day = start
        while day <= date(last + 1, 1, 31):
            dates.append(day)
            day = day + timedelta(days=STEP_DAYS[frequency])
        return dates
    days = get(pay, "pay_days", [15, "last"] if frequency == "semimonthly" else ["last"])
    if isinstance(days, int | str):
        days = [days]
    for year in range(first, last + 2):
        for month in range(1, 13):
            dates += sorted(day_of_month(year, month, day) for day in days)
    return [day for day in dates if start is None or day >= start]


# -------------------------------------------------------------------------------- the gross


def salary_on(document: dict[str, Any], day: date) -> Fraction | None:
    """The annual salary in force on a day, unrounded; none before the first one."""
    pay = document["pay"]
    salary = pay["salary"]
    growth = Fraction(get(pay, "raise", 0))
    if not isinstance(salary, list):
        raises: int = day.year - document["years"][0]
        return Fraction(salary) * (1 + growth) ** raises
    if growth != 0:
        raise ValueError("pay.raise goes with a single salary")
    in_force = None
    for step in sorted(salary, key=lambda step: step["from"]):
        if step["from"] <= day:
            in_force = Fraction(step["salary"])
    return in_force


def profit(
    document: dict[str, Any], business: dict[str, int], limits: dict[str, int]
) -> tuple[int, int]:
    """Net earnings of a year's profit, and the employer's share; cents half-up at each line."""
    earnings = half_up(Fraction(business["profit"] * 9235, 10_000))
    base = max(0, limits["social_security_wage_base"] - business["w2_wages"])
    tax = Fraction(124, 1000) * min(earnings, base) + Fraction(29, 1000) * earnings
    half = half_up(tax / 2)
    net = business["profit"] - half
    rate = get(document["plan"], "nonelective", Fraction(0))
    if isinstance(rate, list):
        (rate,) = rate
    if rate == "max":
        rate = Fraction(1, 4)
    share = min(net * rate / (1 + rate), rate * limits["compensation"])
    return net, half_up(share)


def schedule(document: dict[str, Any], limits: Callable[[int], dict[str, int]]) -> list[Paycheck]:
    """Every paycheck of the scenario's years in order, with its exact gross."""
    pay = document["pay"]
    first, last = document["years"]
    end = get(pay, "last_pay_date", None)
    frequency = pay["frequency"]
    regular = []
    for nominal in nominal_dates(document):
        day = moved(nominal)
        if first <= day.year <= last and (end is None or day <= end):
            regular.append((day, nominal))

    checks = []
    business = get(pay, "self_employment", None)
    for day, nominal in regular:
        if business is not None:
            draws = len([other for other, _ in regular if other.year == day.year])
            net = profit(document, business, limits(day.year))[0]
            checks.append(Paycheck(day, nominal, "regular", Fraction(net, draws)))
            continue
        salary = salary_on(document, day)
        if salary is None:
            raise ValueError(f"no salary in force on {day}")
        periods = PERIODS[frequency]
        if get(pay, "extra_period", "pay") == "spread" and frequency in STEP_DAYS:
            paid = len([other for other, _ in regular if other.year == day.year])
            periods = max(periods, paid)
        checks.append(Paycheck(day, nominal, "regular", salary / periods))

    for bonus in get(pay, "bonuses", []):
        day = moved(bonus["date"])
        if not first <= day.year <= last:
            raise ValueError(f"bonus of {day} is outside the years")
        if end is not None and day > end:
            raise ValueError(f"bonus of {day} is after the last pay date")
        checks.append(
            Paycheck(
                day,
                bonus["date"],
                "bonus",
                Fraction(bonus["amount"]),
                elects=get(bonus, "elections", True),
                matched=get(bonus, "matched", True),
            )
        )
    # sorting is stable: what ties here stays in the order of the file
    return sorted(checks, key=lambda c: (c.pay_date, c.kind == "bonus", c.nominal))


def is_year_to_date(document: dict[str, Any]) -> bool:
    """Whether amounts are changes of rounded running totals."""
    return bool(get(document["pay"], "rounding", "paycheck") == "year-to-date")


def rounded(document: dict[str, Any], amounts: list[Fraction]) -> int:
    """The last of the year's amounts so far in cents, by the scenario's rule of rounding."""
    if is_year_to_date(document):
        return half_up(total(amounts)) - half_up(total(amounts[:-1]))
    return half_up(amounts[-1])


def pay_gross(document: dict[str, Any], year: Year) -> None:
    """Set the gross of every paycheck, its eligible pay, and the year's 415(c) limit."""
    checks = year.checks
    for i, check in enumerate(checks):
        check.gross = rounded(document, [c.exact_gross for c in checks[: i + 1]])
        check.base = check.exact_gross if is_year_to_date(document) else Fraction(check.gross)
    for i, check in enumerate(checks):
        if not check.matched:
            continue
        so_far = total(c.eligible for c in checks[:i])
        check.eligible = max(ZERO, min(check.base, year.compensation_limit - so_far))
        if check.eligible < check.base:
            year.clips.append(
                ("compensation", check.pay_date, half_up(check.base - check.eligible))
            )
    also = get(get(document, "plan", {}), "also_annual_additions", 0)
    compensation = sum(c.gross for c in checks)
    if year.profit is not None:
        compensation = year.profit[0] - year.profit[1]
    year.additions_limit = max(0, min(year.dollar_limit, compensation) - also)
    if year.profit is not None:
        # deferrals within the profit after the employer's share, and but for catch-up within the leg
        most = min(year.deferral_limit + year.catch_up_limit, compensation)
        leg = min(year.dollar_limit, compensation) - also
        if leg - year.profit[1] < year.whole_deferral_limit:
            most = min(most, leg - year.profit[1])
        most = max(0, most)
        year.deferral_limit = min(year.whole_deferral_limit, most)
        year.catch_up_limit = most - year.deferral_limit


# ----------------------------------------------------------------------- elective deferrals


def election(document: dict[str, Any], column: str, day: date) -> Fraction | int | str:
    """The election of a column (pre_tax, roth, after_tax) in force on a day."""
    elections = get(document, "elections", {})
    value = get(elections, column, ZERO)
    for change in sorted(get(elections, "changes", []), key=lambda change: change["from"]):
        if change["from"] <= day:
            value = get(change, column, value)
    return value  # type: ignore[no-any-return]


def own_election(document: dict[str, Any], column: str, day: date) -> Fraction | int | str | None:
    """What bonuses alone elect in a column on a day; none where they follow regular pay."""
    elections = get(document, "elections", {})
    value = get(get(elections, "bonuses", {}), column, None)
    for change in sorted(get(elections, "changes", []), key=lambda change: change["from"]):
        if change["from"] <= day:
            value = get(get(change, "bonuses", {}), column, value)
    return value  # type: ignore[no-any-return]


def has_own(document: dict[str, Any], column: str, check: Paycheck) -> bool:
    """Whether a paycheck is a bonus with an election of its own in a column."""
    return check.kind == "bonus" and own_election(document, column, check.pay_date) is not None


def election_on(
    document: dict[str, Any], column: str, check: Paycheck
) -> Fraction | int | str | None:
    """The election of a column that is in force on a paycheck."""
    if has_own(document, column, check):
        return own_election(document, column, check.pay_date)
    return election(document, column, check.pay_date)


def elected(document: dict[str, Any], year: Year, i: int, column: str) -> int | None:
    """Cents that a share or a fixed amount asks of paycheck i; none for `max`.

    What shares ask is also noted on the paycheck, unrounded.
    """
    check = year.checks[i]
    check.asked[column] = ZERO
    if not check.elects:
        return 0
    value = election_on(document, column, check)
    if value == "max":
        return None
    if not isinstance(value, Fraction):
        return int(value or 0)
    check.asked[column] = value * check.base
    return rounded(document, [c.asked[column] for c in year.checks[: i + 1]])


def run_numbers(document: dict[str, Any], year: Year, columns: tuple[str, ...]) -> list[int]:
    """Which stretch of `max` each paycheck belongs to: how many were ended up to it.

    A stretch is ended on the first paycheck that follows the regular elections and is not on `max`,
    after one that was on `max` by a regular election.
    """
    numbers = []
    ended = 0
    was_on_max = False
    for check in year.checks:
        numbers.append(ended)
        if not check.elects:
            continue
        on_max = [c for c in columns if election_on(document, c, check) == "max"]
        if any(not has_own(document, c, check) for c in on_max):
            was_on_max = True
        follows = not any(has_own(document, c, check) for c in columns)
        if not on_max and follows and was_on_max:
            ended += 1
            was_on_max = False
    return numbers


def due_by_max(
    document: dict[str, Any], year: Year, i: int, columns: tuple[str, ...], missing: int
) -> int:
    """The part of what is missing that `max` asks of paycheck i, by the pay still to come in its run."""
    if missing <= 0:
        return 0
    runs = run_numbers(document, year, columns)
    to_come = ZERO
    for j in range(i, len(year.checks)):
        check = year.checks[j]
        on_max = any(election_on(document, c, check) == "max" for c in columns)
        if check.elects and on_max and runs[j] == runs[i]:
            to_come += check.base
    if to_come == 0:
        return 0
    return half_up(missing * year.checks[i].base / to_come)


def payable(document: dict[str, Any], check: Paycheck) -> int:
    """The most of a paycheck that may go into the plan."""
    share: Fraction = get(get(document, "plan", {}), "paycheck_cap", Fraction(1))
    return half_up(share * check.gross)


def defer(document: dict[str, Any], year: Year) -> None:
    """Set pre-tax, Roth and catch-up of every paycheck."""
    checks = year.checks
    limit = year.deferral_limit + year.catch_up_limit
    for i, check in enumerate(checks):
        before = sum(c.pre_tax + c.roth for c in checks[:i])

        # what is elected
        pre_tax = elected(document, year, i, "pre_tax")
        roth = elected(document, year, i, "roth")
        exact = ZERO
        for column, cents in (("pre_tax", pre_tax), ("roth", roth)):
            by_share = isinstance(election_on(document, column, check), Fraction)
            exact += check.asked[column] if by_share else Fraction(cents or 0)
        if pre_tax is None or roth is None:
            due = due_by_max(document, year, i, ("pre_tax", "roth"), limit - before)
            if pre_tax is None:
                roth = 0 if roth is None else roth
                pre_tax = max(0, due - roth)
                exact += pre_tax
            else:
                roth = max(0, due - pre_tax)
                exact += roth
        check.exact_deferral = exact

        # 402(g) and catch-up
        asked = pre_tax + roth
        left = max(0, limit - before)
        if asked > left:
            pre_tax = half_up(Fraction(pre_tax * left, asked))
            roth = left - pre_tax
            check.spillover = asked - left
            check.clipped = True
            year.clips.append(("elective_deferral", check.pay_date, asked - left))

        # what the paycheck can pay
        granted = pre_tax + roth
        most = payable(document, check)
        pre_tax = min(pre_tax, most)
        roth = min(roth, most - pre_tax)
        if pre_tax + roth < granted:
            check.clipped = True
            year.clips.append(("net_pay", check.pay_date, granted - pre_tax - roth))

        # catch-up, by this plan's deferrals alone, and catch-up that must be Roth
        granted = pre_tax + roth
        above_after = max(0, before + granted - year.whole_deferral_limit)
        above_before = max(0, before - year.whole_deferral_limit)
        check.catch_up = above_after - above_before
        if year.roth_catch_up and check.catch_up > 0:
            pre_tax = half_up(Fraction(pre_tax * (granted - check.catch_up), granted))
            roth = granted - pre_tax
        check.pre_tax = pre_tax
        check.roth = roth


# --------------------------------------------------------------------------- employer money


def match_formula(tiers: list[dict[str, Any]], deferral: Fraction, eligible: Fraction) -> Fraction:
    """What the tiers of a match give for a deferral and the eligible pay, unrounded."""
    result = ZERO
    below = ZERO  # the deferral that the tier before has covered
    for tier in tiers:
        up_to = get(tier, "up_to", None)
        own = deferral if up_to is None else Fraction(up_to) * eligible
        covered = min(deferral, own) - below
        if covered > 0:
            result += Fraction(tier["rate"]) * covered
        below = own
    return result


def matches_after_tax(document: dict[str, Any]) -> bool:
    """Whether the tiers see deferrals and after-tax contributions together."""
    return bool(get(get(document, "plan", {}), "match_after_tax", False))


def granted_for_match(document: dict[str, Any], check: Paycheck) -> Fraction:
    """What went in on a paycheck as far as it is to be matched."""
    granted = check.pre_tax + check.roth
    if not get(get(document, "plan", {}), "match_catch_up", True):
        granted -= check.catch_up
    if matches_after_tax(document):
        granted += check.after_tax
    return Fraction(granted)


def was_clipped(document: dict[str, Any], check: Paycheck) -> bool:
    """Whether a limit bit on what is to be matched."""
    return check.clipped or (matches_after_tax(document) and check.after_tax_clipped)


def counted_for_match(document: dict[str, Any], check: Paycheck) -> Fraction:
    """What a paycheck's own match is worked out from."""
    granted = granted_for_match(document, check)
    if not is_year_to_date(document) or was_clipped(document, check):
        return granted
    if check.catch_up and not get(get(document, "plan", {}), "match_catch_up", True):
        return granted
    exact = check.exact_deferral
    return exact + check.exact_after_tax if matches_after_tax(document) else exact


def set_match(document: dict[str, Any], year: Year, i: int) -> None:
    """Set the match of paycheck i, true-up included on the last, from what stands on the paychecks."""
    plan = get(document, "plan", {})
    checks = year.checks
    check = checks[i]
    tiers = get(plan, "match", [])
    cap = get(plan, "match_cap", None)
    check.asked_match = ZERO
    if check.matched:
        counted = counted_for_match(document, check)
        check.asked_match = match_formula(tiers, counted, check.eligible)
    check.match = rounded(document, [c.asked_match for c in checks[: i + 1]])
    if cap is not None:
        check.match = max(0, min(check.match, cap - sum(c.match for c in checks[:i])))

    if i == len(checks) - 1 and get(plan, "true_up", False):
        matched = [c for c in checks if c.matched]
        if any(was_clipped(document, c) for c in matched):
            seen = total(granted_for_match(document, c) for c in matched)
        else:
            seen = total(counted_for_match(document, c) for c in matched)
        due = match_formula(tiers, seen, total(c.eligible for c in checks))
        if cap is not None:
            due = min(due, Fraction(cap))
        check.match += max(0, half_up(due - sum(c.match for c in checks)))


def nonelective(document: dict[str, Any], year: Year) -> None:
    """Set the nonelective money of paychecks and lumps: each item by itself, before any 415(c) cut."""
    if year.profit is not None:
        if year.checks:
            year.checks[-1].nonelective = year.profit[1]
        return
    shares = [item for item in nonelective_items(document) if isinstance(item, Fraction)]
    for i, check in enumerate(year.checks):
        check.asked_nonelective = [share * check.eligible for share in shares]
        check.nonelective = sum(
            rounded(document, [c.asked_nonelective[k] for c in year.checks[: i + 1]])
            for k in range(len(shares))
        )
    eligible = total(c.eligible for c in year.checks)
    for lump in year.lumps:
        amount = lump.item.get("amount")
        lump.nonelective = half_up(lump.item["share"] * eligible) if amount is None else amount


def nonelective_items(document: dict[str, Any]) -> list[Any]:
    """The nonelective items of a plan: shares, and mappings with a date."""
    items = get(get(document, "plan", {}), "nonelective", [])
    return items if isinstance(items, list) else [items]


def lumps_paid(document: dict[str, Any]) -> list[Lump]:
    """Every lump sum of the years or for one of them, in the order of the items."""
    first, last = document["years"]
    lumps = []
    for item in nonelective_items(document):
        if isinstance(item, Fraction | str):
            continue
        back = 1 if get(item, "counts_for", "same") == "previous" else 0
        if isinstance(item["date"], date):
            lumps.append(Lump(item["date"], item["date"].year - back, item))
            continue
        month, day = item["date"]
        paid_in = range(first, last + 1 + back)
        lumps += [Lump(day_of_month(year, month, day), year - back, item) for year in paid_in]
    for lump in lumps:
        if not (first <= lump.pay_date.year <= last or first <= lump.counts_for <= last):
            raise ValueError("plan.nonelective.date is neither in nor for a year")
    return lumps


def regular_deferrals(checks: list[Paycheck]) -> int:
    """Deferrals less catch-up."""
    return sum(c.pre_tax + c.roth - c.catch_up for c in checks)


def employer_money(checks: list[Paycheck], lumps: list[Lump]) -> int:
    """Match and nonelective of paychecks and lumps."""
    return sum(c.match + c.nonelective for c in checks) + sum(x.nonelective for x in lumps)


def after_tax_money(checks: list[Paycheck]) -> int:
    """After-tax contributions of paychecks."""
    return sum(c.after_tax for c in checks)


def year_excess(year: Year) -> int:
    """By how much the year's additions exceed the 415(c) limit, at least 0."""
    additions = (
        regular_deferrals(year.checks)
        + employer_money(year.checks, year.lumps)
        + after_tax_money(year.checks)
    )
    return max(0, additions - year.additions_limit)


def cut_employer(year: Year) -> None:
    """Cut employer money that does not fit under 415(c), the latest first."""
    events: list[Paycheck | Lump] = [*year.checks, *year.lumps]
    # stable: paychecks of a day keep their order, a lump of the day comes after them
    events = sorted(events, key=lambda event: (event.pay_date, isinstance(event, Lump)))
    for event in reversed(events):
        cut = min(event.nonelective, year_excess(year))
        event.nonelective -= cut
        if isinstance(event, Paycheck):
            from_match = min(event.match, year_excess(year))
            event.match -= from_match
            cut += from_match
        if cut > 0:
            year.employer_cut += cut
            year.clips.append(("annual_additions", event.pay_date, cut))


def cut_deferrals(year: Year) -> None:
    """Cut deferrals below 402(g) that still do not fit, the latest first, Roth before pre-tax.

    Catch-up stays what it was. Where it must be Roth, that part of the Roth is not touched.
    """
    for check in reversed(year.checks):
        below = min(year_excess(year), check.pre_tax + check.roth - check.catch_up)
        from_roth = min(below, check.roth - (check.catch_up if year.roth_catch_up else 0))
        check.roth -= from_roth
        check.pre_tax -= below - from_roth
        if below > 0:
            year.clips.append(("annual_additions", check.pay_date, below))


# -------------------------------------------------------------------------------- after-tax


def capped_pay(document: dict[str, Any], check: Paycheck) -> Fraction:
    """The part of a paycheck that the plan's cap is a share of."""
    rule = get(get(document, "plan", {}), "after_tax", {})
    which = get(rule, "cap_on", "gross")
    if which == "eligible":
        return check.eligible
    if which == "regular" and check.kind != "regular":
        return ZERO
    return check.base


def after_tax_cap(document: dict[str, Any], checks: list[Paycheck]) -> int | None:
    """The plan's cap on after-tax for the pay of these paychecks; none without a cap."""
    rule = get(get(document, "plan", {}), "after_tax", {})
    if not get(rule, "allowed", True):
        return 0
    cap = get(rule, "cap", None)
    if isinstance(cap, Fraction):
        return half_up(cap * total(capped_pay(document, c) for c in checks))
    return None if cap is None else int(cap)


def additions_to_date(year: Year, i: int) -> int:
    """The annual additions up to paycheck i, itself included."""
    checks = year.checks[: i + 1]
    lumps = [lump for lump in year.lumps if lump.pay_date <= year.checks[i].pay_date]
    return regular_deferrals(checks) + employer_money(checks, lumps) + after_tax_money(checks)


def room_of(year: Year) -> int:
    """What deferrals and employer money leave of the year's limit."""
    return (
        year.additions_limit
        - regular_deferrals(year.checks)
        - employer_money(year.checks, year.lumps)
    )


def within_cap(document: dict[str, Any], year: Year, i: int, most: int) -> int:
    """What is asked of paycheck i, within the plan's cap."""
    check = year.checks[i]
    before = after_tax_money(year.checks[:i])
    check.after_tax_clipped = False
    wanted = elected(document, year, i, "after_tax")
    by_share = isinstance(election_on(document, "after_tax", check), Fraction)
    check.exact_after_tax = check.asked["after_tax"] if by_share else Fraction(wanted or 0)
    if wanted is None:
        wanted = due_by_max(document, year, i, ("after_tax",), most - before)
    if get(get(document, "plan", {}), "spillover", False):
        wanted += check.spillover
    cap = after_tax_cap(document, year.checks[: i + 1])
    if cap is not None and wanted > max(0, cap - before):
        clip_after_tax(year, check, "plan_cap", wanted - max(0, cap - before))
        wanted = max(0, cap - before)
    return wanted


def clip_after_tax(year: Year, check: Paycheck, limit: str, taken: int) -> None:
    """Note what a limit took off an after-tax contribution."""
    year.clips.append((limit, check.pay_date, taken))
    check.after_tax_clipped = True


def room_beside_match(document: dict[str, Any], year: Year) -> int:
    """The room that is left if all that is asked within the cap were matched, true-up included."""
    clips = list(year.clips)
    for i, check in enumerate(year.checks):
        check.after_tax = within_cap(document, year, i, 0)
        set_match(document, year, i)
    room = room_of(year)
    for check in year.checks:
        check.after_tax = 0
        check.match = 0
    year.clips = clips
    return room


def contribute_after_tax(document: dict[str, Any], year: Year) -> None:
    """Set after-tax and the room left after it on every paycheck; their match, where they are matched."""
    plan = get(document, "plan", {})
    checks = year.checks
    reserve = get(plan, "room", "reserve") == "reserve"
    matched = matches_after_tax(document)
    year_room = room_of(year)
    if matched and reserve:
        year_room = room_beside_match(document, year)
    year_cap = after_tax_cap(document, checks)
    most = max(0, year_room if year_cap is None else min(year_room, year_cap))
    for i, check in enumerate(checks):
        before = after_tax_money(checks[:i])
        wanted = within_cap(document, year, i, most)
        if matched:
            check.after_tax = wanted
            set_match(document, year, i)
            check.after_tax = 0

        # this paycheck's own after-tax is still 0 here
        if reserve:
            room = max(0, year_room - before)
        else:
            room = max(0, year.additions_limit - additions_to_date(year, i))
        if wanted > room:
            clip_after_tax(year, check, "annual_additions", wanted - room)
            wanted = room

        net = payable(document, check) - check.pre_tax - check.roth
        if wanted > net:
            clip_after_tax(year, check, "net_pay", wanted - net)
            wanted = net

        check.after_tax = wanted
        if matched:
            set_match(document, year, i)
        if reserve:
            check.room_after = year_room - after_tax_money(checks[: i + 1])
        else:
            check.room_after = max(0, year.additions_limit - additions_to_date(year, i))


# --------------------------------------------------------------------------------- the whole


def prior_wages(document: dict[str, Any], number: int, checks: list[Paycheck]) -> Fraction:
    """The wages of the year before, which decide whether catch-up must be Roth; a profit is none."""
    first = document["years"][0]
    if get(document["pay"], "self_employment", None) is not None:
        given = get(document["pay"], "prior_year_wages", 0)
        return Fraction(given if number == first else 0)
    if number > first:
        return Fraction(sum(c.gross for c in checks if c.pay_date.year == number - 1))
    given = get(document["pay"], "prior_year_wages", None)
    if given is not None:
        return Fraction(given)
    regular = [c for c in checks if c.kind == "regular" and c.pay_date.year == first]
    if not regular:
        return ZERO
    return salary_on(document, regular[0].pay_date) or ZERO


def fifteen_years(document: dict[str, Any], number: int, earlier: list[Year]) -> int:
    """What fifteen years of service with the employer add to 402(g) in a year."""
    rule = get(get(document, "plan", {}), "fifteen_years", None)
    if rule is None:
        return 0
    deferred = used = 0
    for year in earlier:
        of_year = sum(c.pre_tax + c.roth for c in year.checks)
        already = 0
        if year.number == document["years"][0]:
            already = get(get(document, "elections", {}), "already_deferred", 0)
        deferred += of_year
        added = fifteen_years(document, year.number, [y for y in earlier if y.number < year.number])
        used += max(0, min(added, of_year + already - (year.whole_deferral_limit - added)))
    service = rule["service"] + number - document["years"][0]
    dollars: int = min(
        3_000_00,
        15_000_00 - rule["used"] - used,
        5_000_00 * service - rule["prior_deferrals"] - deferred,
    )
    return max(0, dollars)


def open_year(
    document: dict[str, Any],
    number: int,
    limits: dict[str, int],
    checks: list[Paycheck],
    lumps: list[Lump],
    earlier: list[Year],
) -> Year:
    """A year with its limits, and its paychecks and lumps from all of them."""
    age = number - document["birth_year"]
    catch_up = 0
    if age >= 50:
        catch_up = limits["catch_up"]
    if 60 <= age <= 63:
        catch_up = get(limits, "enhanced_catch_up", catch_up)

    whole = limits["elective_deferral"] + fifteen_years(document, number, earlier)
    most = whole + catch_up
    if number == document["years"][0]:
        most -= get(get(document, "elections", {}), "already_deferred", 0)
    most = max(0, most)

    threshold = get(limits, "roth_catch_up_wages", None)
    roth_catch_up = (
        number >= 2026
        and threshold is not None
        and prior_wages(document, number, checks) > threshold
    )

    business = get(document["pay"], "self_employment", None)
    return Year(
        profit=None if business is None else profit(document, business, limits),
        number=number,
        checks=[c for c in checks if c.pay_date.year == number],
        lumps=[lump for lump in lumps if lump.counts_for == number],
        whole_deferral_limit=whole,
        deferral_limit=min(whole, most),
        catch_up_limit=most - min(whole, most),
        compensation_limit=limits["compensation"],
        dollar_limit=limits["annual_additions"],
        roth_catch_up=roth_catch_up,
    )


def work_out(document: dict[str, Any], year: Year) -> None:
    """Work out every paycheck and lump of a year."""
    pay_gross(document, year)
    defer(document, year)
    nonelective(document, year)
    if matches_after_tax(document):
        contribute_after_tax(document, year)
        cut_employer(year)
        cut_deferrals(year)
        return
    for i in range(len(year.checks)):
        set_match(document, year, i)
    if get(get(document, "plan", {}), "room", "reserve") == "reserve":
        cut_employer(year)
        cut_deferrals(year)
        contribute_after_tax(document, year)
    else:
        contribute_after_tax(document, year)
        cut_employer(year)
        cut_deferrals(year)


def paycheck_row(check: Paycheck) -> dict[str, Any]:
    """A paycheck as it is reported."""
    return {
        "pay_date": check.pay_date,
        "kind": check.kind,
        "gross": check.gross,
        "pre_tax": check.pre_tax,
        "roth": check.roth,
        "catch_up": check.catch_up,
        "match": check.match,
        "nonelective": check.nonelective,
        "after_tax": check.after_tax,
        "room_after": check.room_after,
    }


def year_row(year: Year) -> dict[str, Any]:
    """A year as it is reported."""
    checks = year.checks
    deferrals = regular_deferrals(checks)
    from_employer = employer_money(checks, year.lumps)
    after_tax = after_tax_money(checks)
    room = year.additions_limit - deferrals - from_employer
    return {
        "year": year.number,
        "gross": sum(c.gross for c in checks),
        "pre_tax": sum(c.pre_tax for c in checks),
        "roth": sum(c.roth for c in checks),
        "catch_up": sum(c.catch_up for c in checks),
        "match": sum(c.match for c in checks),
        "nonelective": from_employer - sum(c.match for c in checks),
        "after_tax": after_tax,
        "annual_additions": deferrals + from_employer + after_tax,
        "annual_additions_limit": year.additions_limit,
        "elective_deferral_limit": year.deferral_limit,
        "catch_up_limit": year.catch_up_limit,
        "room": room,
        "room_unused": room - after_tax,
        "employer_cut": year.employer_cut,
        "first_clipped": {
            name: min(day for other, day, _ in year.clips if other == name)
            for name in sorted({name for name, _, _ in year.clips})
            if binds(year, name)
        },
    }


def binds(year: Year, name: str) -> bool:
    """Whether a limit took a dollar or more in the year: less is rounding, and is not told."""
    return sum(cents for other, _, cents in year.clips if other == name) >= 100


def slow_payroll(document: dict[str, Any], limits: Callable[[int], dict[str, int]]) -> SlowPayroll:
    """The payroll of a scenario in plain Python, under the limits of each year."""
    first, last = document["years"]
    checks = schedule(document, limits)
    all_lumps = lumps_paid(document)
    lumps = []
    worked: list[Year] = []
    for number in range(first, last + 1):
        year = open_year(document, number, limits(number), checks, all_lumps, worked)
        work_out(document, year)
        lumps += [(lump.pay_date, lump.nonelective) for lump in year.lumps if lump.nonelective]
        worked.append(year)
    rows = [year_row(year) for year in worked]
    return SlowPayroll([paycheck_row(check) for check in checks], lumps, rows)
