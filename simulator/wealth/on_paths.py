"""Wealth on all paths at once, in arrays of floats; nothing is rounded to the cent here. [cents; path]

The same as `simulator.wealth.exact`, by formulas of its own: a taxable account that is held is linear in its
value and its basis, so years of holding are a few numbers for all paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from simulator.wealth.wealth import QUARTERS, Wealth

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    Paths = NDArray[np.float64]

A_YEAR = 365.0
EARLY = 0.1


def outside(moved: Iterable[tuple[int, Paths | int]], rate: Fraction) -> Paths | float:
    """What money outside the plan has come to: what was paid out less taxes, each as it has grown.

    Args:
        moved: Calendar days to the end, and an amount; taxes are below 0.
        rate: What it earns. [fraction a year]
    """
    log = np.log1p(float(rate))
    total: Paths | float = 0.0
    for days, cents in moved:
        total = total + cents * float(np.exp(log * (days / A_YEAR)))
    return total


def settled(
    value: Paths,
    basis: Paths,
    retirement: tuple[Paths, Paths],
    tax: Callable[[Paths], Paths],
    early: bool,
) -> Paths:
    """What the accounts are worth when all that is untaxed in them has been taxed; see `exact.settled`."""
    roth, ira = retirement
    gain = np.maximum(value - basis, 0.0)
    worth = value + roth + ira
    worth -= tax(gain + ira)
    if early:
        worth -= EARLY * gain
    return worth


def held_on(accounts: Paths, outside: Paths | float, asked: Wealth, growth: Fraction) -> Paths:
    """Both after the years for which all is held; see `exact.held_on`."""
    inside = float(growth) ** asked.hold
    return accounts * inside + outside * float(1 + asked.outside_return) ** asked.hold


def taxable_account(
    bought: Iterable[tuple[date, int]],
    quarter_ends: Iterable[date],
    price: Mapping[date, Paths],
    last: date,
    asked: Wealth,
    growth: Fraction,
) -> Paths:
    """The same money in a brokerage account, sold in the end; see `exact.taxable_account`."""
    taken, kept = float(asked.taken_quarterly), float(asked.kept_quarterly)
    units, basis = np.zeros_like(price[last]), np.zeros_like(price[last])
    moves = [(day, 0, cents) for day, cents in bought] + [(day, 1, 0) for day in quarter_ends]
    for day, dividend, cents in sorted(moves):
        if dividend:
            basis += kept * (units * price[day])
            units *= 1.0 - taken
        else:
            units += cents / price[day]
            basis += cents
    value = units * price[last]
    # k quarters on, a dollar has become q^k, and q + q^2 + ... + q^k dollars have paid dividends on the way
    before_tax = float(growth) ** (1 / QUARTERS)
    each = before_tax * (1.0 - taken)
    quarters = QUARTERS * asked.hold
    become = each**quarters
    paid = before_tax * (quarters if each == 1.0 else (become - 1.0) / (each - 1.0))
    basis += value * (kept * paid)
    value *= become
    return value - float(asked.gain_rate) * np.maximum(value - basis, 0.0)
