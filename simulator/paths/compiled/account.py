"""The account of one timeline on a block of paths: `simulator.conversion.kernel`, compiled.

Whatever is added, multiplied and rounded is so in the kernel's order.
"""

from simulator.conversion.rows import NOWHERE
from simulator.paths.compiled.column_arithmetic import (
    add,
    add_difference,
    add_rounded,
    add_withheld,
    beyond,
    buy,
    part,
    product,
    recovered_of_all,
    recovered_pro_rata,
    rounded,
    take_fee,
    value_of,
)
from simulator.paths.compiled.payments import gather, gathered, refund, shrink, withdraw
from simulator.paths.compiled.program import (
    BASIS,
    BOX_1,
    BOX_5,
    CARRIED,
    CONVERTED,
    CUTS,
    EMPTIES,
    END,
    END_YEAR,
    FEE,
    FEES,
    FIRST,
    FORFEITED,
    GAIN,
    GATHER,
    GROWS,
    HOW,
    INSIDE,
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
    SPLITS,
    STAKE,
    WITHDRAW,
    WITHHELD,
    YEAR_END,
)
from simulator.paths.compiled.state import (
    AMOUNT,
    BASIS_LEFT,
    BATCH,
    IRA_UNITS,
    LOSS,
    RECOVERED,
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
def batch_of(
    state: Floats, bought: Floats, members: Numbers, event: Numbers, carried: Floats
) -> Floats:
    """The units of lots that leave together, summed in the order of landing. [path]"""
    first, last = event[FIRST], event[LAST]
    if event[CARRIED] != NOWHERE:
        left: Floats = carried[event[CARRIED]]
        for n in range(first, last):
            add(left, bought[members[n]])
        return left
    alone: Floats = bought[members[first]]
    if last - first == 1:
        return alone
    batch: Floats = state[BATCH]
    other = bought[members[first + 1]]
    for i in range(batch.size):
        batch[i] = alone[i] + other[i]
    for n in range(first + 2, last):
        add(batch, bought[members[n]])
    return batch


@compiled
def leave(
    state: Floats,
    batch: Floats,
    price: Floats,
    outside: Floats,
    event: Numbers,
    amounts: Floats,
    carried: Floats,
    sums: Floats,
    origin: int,
) -> None:
    """Converts or pays out a batch. The arguments are those of `post`."""
    how = event[HOW]
    basis, amount, recovered = state[BASIS_LEFT], state[AMOUNT], state[RECOVERED]
    worth, value = state[WORTH], state[VALUE]
    product(worth, price, batch)
    if how & EMPTIES:
        value[:] = worth
    else:
        product(value, price, state[UNITS])
    if amounts[FEE] != 0.0:  # before the loss is judged: what the fee took is not there any more
        take_fee(state[AMOUNT], worth, value, amounts[FEE])
        if event[FEES] != NOWHERE:
            add_rounded(part(sums, event[FEES], origin, price.size), state[AMOUNT])
    if event[STAKE] != NOWHERE:
        stake, shrunk = carried[event[STAKE]], state[SHRUNK]
        for i in range(shrunk.size):
            shrunk[i] -= stake[i]
    if how & CUTS:  # judged before the batch leaves, cut after it: its own basis is recovered first
        loss = state[LOSS]
        for i in range(loss.size):
            loss[i] = basis[i] - value[i]
    rounded(amount, worth)
    if how & EMPTIES:
        recovered_of_all(recovered, amount, basis)
    else:
        recovered_pro_rata(recovered, amount, basis, value)
    for i in range(basis.size):
        basis[i] -= recovered[i]
    if event[BOX_1] != NOWHERE:
        add(part(sums, event[BOX_1], origin, price.size), amount)
        add(part(sums, event[BOX_5], origin, price.size), recovered)
    if event[GAIN] != NOWHERE:
        add_difference(part(sums, event[GAIN], origin, price.size), amount, recovered)
    if how & PAYS and event[WITHHELD] != NOWHERE:
        add_withheld(part(sums, event[WITHHELD], origin, price.size), amount, recovered)
    if how & GROWS:
        if how & SPLITS:
            for i in range(worth.size):
                worth[i] = amount[i] - recovered[i]
            buy(state[IRA_UNITS], worth, outside)
            buy(state[ROTH_UNITS], recovered, outside)
        else:
            buy(state[ROTH_UNITS], amount, outside)
    if how & CUTS:
        cut_after_loss(state, how, amounts[INSIDE])
        if event[FORFEITED] != NOWHERE:
            add_difference(part(sums, event[FORFEITED], origin, price.size), worth, basis)
    units = state[UNITS]
    if how & EMPTIES:  # set, not subtracted: no rest of a rounding stays to grow
        units[:] = 0.0
    else:
        for i in range(units.size):
            units[i] -= batch[i]


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
