"""The income tax of a state with brackets, as the adjusted gross income varies: exact."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from simulator.law.states import (
    RECAPTURE_FROM,
    RECAPTURE_OVER,
    SURTAX,
    TOP_RATE_FROM,
    StateTable,
    state_table,
)
from simulator.taxes.piecewise import Knot, Number, PiecewiseLinear, joined, schedule


@lru_cache(maxsize=1024)
def state_tax(state: str, status: str, year: int) -> PiecewiseLinear:
    """The tax of a state with brackets. [cents of an adjusted gross income in cents]

    Args:
        state: Its code.
        status: The filing status.
        year: The calendar year; where no table is held for it, the nearest one is taken.
    """
    table = state_table(state, status, year)
    income = (PiecewiseLinear.identity() - table.deduction).positive()
    tax = schedule(income, table.brackets)
    if state in SURTAX:
        above, rate = SURTAX[state]
        tax += (income - above).positive() * rate
    return new_york(tax, table) if table.recapture else tax


def new_york(tax: PiecewiseLinear, table: StateTable) -> PiecewiseLinear:
    """New York's tax: the benefit of the lower brackets is taken back, over a range or at once.

    It jumps where the taxable income reaches another row of the worksheets.

    Args:
        tax: That of the brackets. [cents of an adjusted gross income in cents]
        table: The table, with its recapture.

    Law: N.Y. Tax Law 601(d); IT-201-I, tax computation worksheets.
    """
    top_rate, deduction = table.brackets[-1][1], table.deduction
    top = PiecewiseLinear(-deduction * top_rate, {0: Knot(0, top_rate)})
    pieces: list[tuple[Number, PiecewiseLinear]] = [(0, tax)]
    for above, base, benefit in table.recapture:
        begins = max(above, RECAPTURE_FROM)
        over = (PiecewiseLinear.identity() - begins).positive()
        share = over.at_most(PiecewiseLinear(RECAPTURE_OVER)) * Fraction(benefit, RECAPTURE_OVER)
        pieces.append((max(above + deduction, RECAPTURE_FROM), tax + share + base))
    return joined([*pieces, (TOP_RATE_FROM, top)])
