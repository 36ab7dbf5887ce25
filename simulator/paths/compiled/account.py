"""The account of one timeline on a block of paths: `simulator.conversion.kernel`, compiled.

Whatever is added, multiplied and rounded is so in the kernel's order.
"""

from simulator.conversion.rows import NOWHERE
from simulator.paths.compiled.column_arithmetic import (
    add,
    add_difference,
    beyond,
    brought_to,
    buy_for,
    copy,
    part,
    product,
    rounded,
    take,
    value_of,
)
from simulator.paths.compiled.leaving import batch_of, leave
from simulator.paths.compiled.payments import gather, gathered, refund, shrink, withdraw
from simulator.paths.compiled.program import (
    BASIS,
    BASIS_PAID,
    BOX_1,
    BOX_2A,
    BOX_5,
    CONVERTED,
    CUTS,
    END,
    END_YEAR,
    FIRST,
    FORFEITED,
    FORM,
    GATHER,
    HOW,
    INSIDE,
    IRA,
    IRA_END,
    KIND,
    LAND,
    LAST,
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
    BEGUN,
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
        copy(part(sums, event[LEFT_BASIS], origin, price.size), basis)
        outside += beyond(left)
    return outside


@compiled
def form(state: Floats, event: Numbers, contributed: float, sums: Floats, origin: int) -> None:
    """Boxes 5 and 2a of a year, whose Box 1 is summed: Box 5 is the basis that is not there any more."""
    basis, begun = state[BASIS_LEFT], state[BEGUN]
    box_1, box_5, box_2a = (
        part(sums, event[BOX_1], origin, basis.size),
        part(sums, event[BOX_5], origin, basis.size),
        part(sums, event[BOX_2A], origin, basis.size),
    )
    for i in range(basis.size):
        box_5[i] = begun[i] + contributed - basis[i]
    copy(begun, basis)
    for other in (event[FORFEITED], event[BASIS_PAID]):
        if other != NOWHERE:
            take(box_5, part(sums, other, origin, basis.size))
    for i in range(basis.size):
        box_2a[i] = box_1[i] - box_5[i]
    if event[IRA] != NOWHERE:
        take(box_2a, part(sums, event[IRA], origin, basis.size))


@compiled
def post(
    prices: Floats,
    at: int,
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
        prices: Of each session. [row, path of some blocks]
        at: The first column of this block in them.
        bought: Units of each lot. [lot, path]
        members: The lots of the batches.
        event: What happens. [column]
        amounts: What it takes. [amount]
        state: The account. [row, path]
        carried: What is left of batches that payments were taken of. [row, path]
        sums: The amounts of the outcomes so far. [row, path of all blocks]
        origin: The first column of this block in them.
    """
    kind, size = event[KIND], state.shape[1]
    price, outside = part(prices, event[PRICE], at, size), part(prices, event[OUTSIDE], at, size)
    if kind == LAND:
        for n in range(event[FIRST], event[LAST]):
            add(state[UNITS], bought[members[n]])
        brought_to(state[BASIS_LEFT], amounts[BASIS])
    elif kind == LEAVE:
        batch = batch_of(state, bought, members, event, carried)
        leave(state, batch, price, outside, event, amounts, carried, sums, origin)
        if event[HOW] & PAYS:
            return beyond(state[AMOUNT])
    elif kind == END_YEAR:
        return end_year(state, price, event, amounts, sums, origin)
    elif kind == FORM:
        form(state, event, amounts[BASIS], sums, origin)
    elif kind == WITHDRAW:
        return withdraw(state, price, event, amounts, sums, origin)
    elif kind == REFUND:
        gathered(state, bought, members, event)
        year_end = part(prices, event[YEAR_END], at, size)
        return refund(state, price, outside, year_end, event, amounts, sums, origin)
    elif kind == GATHER:
        year_end = part(prices, event[YEAR_END], at, size)
        gather(state, price, outside, year_end, bought, members, event)
    elif kind == SHRINK:
        shrink(state, bought, members, event, amounts, carried)
    elif kind == OPEN:
        state[UNITS, :] = 0.0
        state[SHRUNK, :] = 0.0
        state[BASIS_LEFT, :] = amounts[BASIS]
        state[BEGUN, :] = amounts[BASIS]
        state[IRA_UNITS, :] = 0.0
        state[ROTH_UNITS, :] = 0.0
        if amounts[ROTH] != 0.0:
            buy_for(state[ROTH_UNITS], amounts[ROTH], outside)
    elif kind == END:
        value_of(part(sums, event[LEFT_VALUE], origin, price.size), state[UNITS], price)
        copy(part(sums, event[LEFT_BASIS], origin, price.size), state[BASIS_LEFT])
        roth = part(sums, event[ROTH_END], origin, price.size)
        ira = part(sums, event[IRA_END], origin, price.size)
        value_of(roth, state[ROTH_UNITS], outside)
        value_of(ira, state[IRA_UNITS], outside)
        return beyond(roth) + beyond(ira)
    return 0
