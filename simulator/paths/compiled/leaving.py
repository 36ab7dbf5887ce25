"""A batch leaves the account on a block of paths, converted or paid out: the kernel's `leave`, compiled."""

from simulator.conversion.rows import NOWHERE
from simulator.paths.compiled.column_arithmetic import (
    add,
    add_difference,
    add_earnings,
    add_rounded,
    add_value_of,
    add_withheld,
    brought_to,
    buy,
    copy,
    part,
    product,
    recover_of_all,
    recover_pro_rata,
    rounded,
    spend,
    spend_and_buy,
    take,
    take_fee,
    value_of,
)
from simulator.paths.compiled.program import (
    BASIS,
    BOX_1,
    BOX_5,
    CARRIED,
    CUTS,
    EMPTIES,
    FEE,
    FEES,
    FIRST,
    FORFEITED,
    GAIN,
    GROWS,
    HOW,
    INSIDE,
    LAST,
    PASSES,
    PAYS,
    SPLITS,
    STAKE,
    WHOLE,
    WITHHELD,
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
from simulator.paths.compiled.strict import compiled, inlined
from simulator.returns.draws import Floats


@inlined
def batch_of(
    state: Floats, bought: Floats, members: Numbers, event: Numbers, carried: Floats
) -> Floats:
    """The units of lots that leave together, summed in the order of landing. [path]"""
    first, last = event[FIRST], event[LAST]
    if event[HOW] & WHOLE:
        whole: Floats = state[UNITS]
        return whole
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
    if event[STAKE] != NOWHERE:
        take(state[SHRUNK], carried[event[STAKE]])
    if amounts[FEE] == 0.0 and how & EMPTIES and not how & (CUTS | SPLITS | PAYS):
        convert_all(state, batch, price, outside, event, amounts[BASIS], sums, origin)
    else:
        leave_in_parts(state, batch, price, outside, event, amounts, sums, origin)
    if not how & EMPTIES:
        take(state[UNITS], batch)
    elif not how & PASSES:
        state[UNITS, :] = 0.0  # set, not subtracted: no rest of a rounding stays to grow


@compiled
def convert_all(
    state: Floats,
    batch: Floats,
    price: Floats,
    outside: Floats,
    event: Numbers,
    brought: float,
    sums: Floats,
    origin: int,
) -> None:
    """Converts all that is inside, where nothing is charged, split or cut: in as few loops as will do."""
    basis, amount = state[BASIS_LEFT], state[AMOUNT]
    if event[BOX_1] != NOWHERE:
        add_value_of(part(sums, event[BOX_1], origin, price.size), amount, batch, price)
    else:
        value_of(amount, batch, price)
    if event[GAIN] != NOWHERE:
        add_earnings(part(sums, event[GAIN], origin, price.size), amount, basis, brought)
    if event[HOW] & GROWS:
        spend_and_buy(basis, brought, state[ROTH_UNITS], amount, outside)
    else:
        spend(basis, brought, amount)


@compiled
def leave_in_parts(
    state: Floats,
    batch: Floats,
    price: Floats,
    outside: Floats,
    event: Numbers,
    amounts: Floats,
    sums: Floats,
    origin: int,
) -> None:
    """Converts or pays out a batch, a step of the kernel after the other."""
    how = event[HOW]
    basis, amount, recovered = state[BASIS_LEFT], state[AMOUNT], state[RECOVERED]
    worth, value = state[WORTH], state[VALUE]
    if amounts[BASIS] != 0.0:
        brought_to(basis, amounts[BASIS])
    plain = amounts[FEE] == 0.0 and not how & CUTS
    if plain:
        value_of(amount, batch, price)
    else:
        product(worth, price, batch)
    if not how & EMPTIES:
        product(value, price, state[UNITS])
    elif not plain:
        copy(value, worth)
    if amounts[FEE] != 0.0:  # before the loss is judged: what the fee took is not there any more
        take_fee(state[AMOUNT], worth, value, amounts[FEE])
        if event[FEES] != NOWHERE:
            add_rounded(part(sums, event[FEES], origin, price.size), state[AMOUNT])
    if how & CUTS:  # judged before the batch leaves, cut after it: its own basis is recovered first
        loss = state[LOSS]
        for i in range(loss.size):
            loss[i] = basis[i] - value[i]
    if not plain:
        rounded(amount, worth)
    if how & EMPTIES:
        recover_of_all(recovered, amount, basis)
    else:
        recover_pro_rata(recovered, amount, basis, value)
    if event[BOX_1] != NOWHERE:
        add(part(sums, event[BOX_1], origin, price.size), amount)
    if event[BOX_5] != NOWHERE:
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
