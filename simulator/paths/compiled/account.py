"""The account of one timeline on a block of paths: `simulator.conversion.kernel`, compiled.

Whatever is added, multiplied and rounded is so in the kernel's order.
"""

from simulator.conversion.rows import NOWHERE
from simulator.paths.compiled.column_arithmetic import (
    add,
    add_difference,
    beyond,
    part,
    product,
    rounded,
    value_of,
)
from simulator.paths.compiled.leaving import batch_of, leave
from simulator.paths.compiled.payments import gather, gathered, refund, shrink, withdraw
from simulator.paths.compiled.program import (
    BASIS,
    CONVERTED,
    CUTS,
    END,
    END_YEAR,
    FIRST,
    FORFEITED,
    GATHER,
    HOW,
    INSIDE,
    IRA_END,
    KIND,
    LAND,
    LEAVE,
    LEFT_BASIS,
    LEFT_VALUE,
    OPEN,
    OUTSIDE,
    PAYS,
    PRICE,
    REFUND,
    ROTH,
    ROTH_END,
    SHRINK,
    WITHDRAW,
    YEAR_END,
)
from simulator.paths.compiled.state import (
    AMOUNT,
    BASIS_LEFT,
    IRA_UNITS,
    LOSS,
    ROTH_UNITS,
    SHRUNK,
    UNITS,
    VALUE,
    WORTH,
    Numbers,
    cut_after_loss,
)
from simulator.paths.compiled.strict import compiled
from simulator.returns.draws import Floats


@compiled
def end_year(
    state: Floats, price: Floats, event: Numbers, amounts: Floats, sums: Floats, origin: int
) -> int:
    """Takes down what a year leaves behind. Arguments and result are those of `post`."""
    basis, value, loss = state[BASIS_LEFT], state[VALUE], state[LOSS]
    product(value, price, state[UNITS])
    if event[HOW] & CUTS:
        for i in range(loss.size):
            loss[i] = basis[i] - value[i]
        cut_after_loss(state, event[HOW], amounts[INSIDE])
        if event[FORFEITED] != NOWHERE:
            add_difference(part(sums, event[FORFEITED], origin, price.size), state[WORTH], basis)
    outside = beyond(part(sums, event[CONVERTED], origin, price.size))
    if event[LEFT_VALUE] != NOWHERE:
        left = part(sums, event[LEFT_VALUE], origin, price.size)
        rounded(left, value)
        part(sums, event[LEFT_BASIS], origin, price.size)[:] = basis
        outside += beyond(left)
    return outside


@compiled
def post(
    prices: Floats,
    bought: Floats,
    members: Numbers,
    event: Numbers,
    amounts: Floats,
    state: Floats,
    carried: Floats,
    sums: Floats,
    origin: int,
) -> int:
    """Posts one event on every path of a block; gives how many amounts it found to leave the range.

    Args:
        prices: Of each session. [row, path]
        bought: Units of each lot. [lot, path]
        members: The lots of the batches.
        event: What happens. [column]
        amounts: What it takes. [amount]
        state: The account. [row, path]
        carried: What is left of batches that payments were taken of. [row, path]
        sums: The amounts of the outcomes so far. [row, path of all blocks]
        origin: The first column of this block in them.
    """
    kind, price, outside = event[KIND], prices[event[PRICE]], prices[event[OUTSIDE]]
    if kind == LAND:
        add(state[UNITS], bought[event[FIRST]])
        basis, comes = state[BASIS_LEFT], amounts[BASIS]
        for i in range(basis.size):
            basis[i] += comes
    elif kind == LEAVE:
        batch = batch_of(state, bought, members, event, carried)
        leave(state, batch, price, outside, event, amounts, carried, sums, origin)
        if event[HOW] & PAYS:
            return beyond(state[AMOUNT])
    elif kind == END_YEAR:
        return end_year(state, price, event, amounts, sums, origin)
    elif kind == WITHDRAW:
        return withdraw(state, price, event, amounts, sums, origin)
    elif kind == REFUND:
        gathered(state, bought, members, event)
        year_end = prices[event[YEAR_END]]
        return refund(state, price, outside, year_end, event, amounts, sums, origin)
    elif kind == GATHER:
        gather(state, price, outside, prices[event[YEAR_END]], bought, members, event)
    elif kind == SHRINK:
        shrink(state, bought, members, event, amounts, carried)
    elif kind == OPEN:
        state[UNITS, :] = 0.0
        state[SHRUNK, :] = 0.0
        state[BASIS_LEFT, :] = amounts[BASIS]
        state[IRA_UNITS, :] = 0.0
        state[ROTH_UNITS, :] = amounts[ROTH] / outside
    elif kind == END:
        value_of(part(sums, event[LEFT_VALUE], origin, price.size), state[UNITS], price)
        part(sums, event[LEFT_BASIS], origin, price.size)[:] = state[BASIS_LEFT]
        roth = part(sums, event[ROTH_END], origin, price.size)
        ira = part(sums, event[IRA_END], origin, price.size)
        value_of(roth, state[ROTH_UNITS], outside)
        value_of(ira, state[IRA_UNITS], outside)
        return beyond(roth) + beyond(ira)
    return 0
