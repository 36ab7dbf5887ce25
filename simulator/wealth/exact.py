"""Wealth on one path: decimals of fifty digits, fractions for the tax; nothing is rounded to the cent here.

`simulator.wealth.on_paths` works the same out in arrays, by formulas of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from simulator.wealth.wealth import QUARTERS, Wealth

DIGITS = 50

DAYS_A_YEAR = 365

EARLY = Fraction(1, 10)
"""On earnings that are taken out before 59 1/2. Law: IRC 72(t)."""


def grown(rate: Fraction, days: int) -> Fraction:
    """What a dollar becomes in some calendar days, at a rate a year."""
    with localcontext(prec=DIGITS):
        return Fraction(_decimal(1 + rate) ** (Decimal(days) / DAYS_A_YEAR))


def outside(moved: Iterable[tuple[int, int]], rate: Fraction) -> Fraction:
    """What money outside the plan has come to: what was paid out less taxes, each as it has grown. [cents]

    Args:
        moved: Calendar days to the end, and an amount; taxes are below 0. [cents]
        rate: What it earns. [fraction a year]
    """
    return sum((cents * grown(rate, days) for days, cents in moved), Fraction(0))


def settled(
    value: Fraction,
    basis: int,
    retirement: tuple[Fraction, Fraction],
    tax: Callable[[Fraction], Fraction],
    early: bool,
) -> Fraction:
    """What the accounts are worth when all that is untaxed in them has been taxed. [cents]

    Args:
        value: Of the after-tax subaccount. [cents]
        basis: Of it; a loss is no deduction. [cents]
        retirement: The Roth, and the traditional IRA. [cents]
        tax: The tax on an addition to the last year's income. [cents]
        early: Whether the gain bears the additional 10%; what is in an IRA stays there until 59 1/2.
    """
    roth, ira = retirement
    gain = max(Fraction(0), value - basis)
    return roth + ira + value - tax(gain + ira) - (gain * EARLY if early else 0)


def held_on(accounts: Fraction, outside: Fraction, asked: Wealth, growth: Fraction) -> Fraction:
    """Both after the years for which all is held. [cents]

    Args:
        accounts: What the accounts are worth when they are settled. [cents]
        outside: What money outside has come to. [cents]
        asked: For how many years.
        growth: What a dollar in the accounts becomes in a year.
    """
    years = asked.hold
    return accounts * growth**years + outside * (1 + asked.outside_return) ** years


def taxable_account(
    bought: Iterable[tuple[date, int]],
    quarter_ends: Iterable[date],
    price: Mapping[date, float],
    last: date,
    asked: Wealth,
    growth: Fraction,
) -> Fraction | None:
    """The same money in a brokerage account, sold in the end; None where a price is missing. [cents]

    Args:
        bought: Session and amount of each purchase. [cents]
        quarter_ends: The last sessions of quarters: dividends come after the day's purchases.
        price: The fund, dividends reinvested, at the close of each of these sessions.
        last: The session up to which prices are known; it is held from then on.
        asked: Dividends, their tax, that on the gain, and for how long.
        growth: What a dollar in it becomes in a year while it is held.
    """
    purchases, dividend_days = [*bought], {*quarter_ends}
    kept, taken = _decimal(asked.kept_quarterly), _decimal(asked.taken_quarterly)
    with localcontext(prec=DIGITS):
        units, basis = Decimal(0), Decimal(0)
        for session in sorted({*(day for day, _ in purchases), *dividend_days}):
            at = Decimal(price[session])
            today = sum(cents for day, cents in purchases if day == session)
            units += today / at if today else 0
            basis += today
            if session in dividend_days and units:
                basis += units * at * kept
                units *= 1 - taken
        value = units * Decimal(price[last]) if units else units
        quarter = _decimal(growth) ** Decimal("0.25")
        for _ in range(QUARTERS * asked.hold):
            value *= quarter
            basis += value * kept
            value *= 1 - taken
        if (value - basis).is_nan():
            return None
        return Fraction(value - max(value - basis, Decimal(0)) * _decimal(asked.gain_rate))


def _decimal(number: Fraction) -> Decimal:
    with localcontext(prec=DIGITS):
        return Decimal(number.numerator) / number.denominator
