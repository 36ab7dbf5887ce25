"""What life events pay out: `simulator.conversion.payments_on_paths`, compiled, in its order.

A payment of an amount takes of every deposit its share. What is left of each batch has a row from then on.
"""

import numpy as np

from simulator.conversion.on_paths import LEAST_LOSS, UP
from simulator.conversion.rows import NOWHERE
from simulator.paths.compiled.column_arithmetic import (
    add,
    add_difference,
    add_withheld,
    beyond,
    copy,
    part,
    product,
    scale,
    take,
)
from simulator.paths.compiled.program import (
    ASKED,
    BOX_1,
    BOX_5,
    CARRIED,
    CONTRIBUTED,
    CUTS,
    EMPTIES,
    FIRST,
    FORFEITED,
    GAIN,
    HOW,
    INSIDE,
    KEEPS,
    LANDED,
    LAST,
    MOVED,
    STAKE,
    UNPAID,
    WITHHELD,
)
from simulator.paths.compiled.state import (
    AMOUNT,
    BASIS_LEFT,
    BATCH,
    EARNED,
    FACTOR,
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
def withdraw(
    state: Floats, price: Floats, event: Numbers, amounts: Floats, sums: Floats, origin: int
) -> int:
    """An amount leaves, at most all there is. Arguments and result are those of `account.post`."""
    basis, value, amount = state[BASIS_LEFT], state[VALUE], state[AMOUNT]
    recovered, rest, loss = state[RECOVERED], state[FACTOR], state[LOSS]
    asked, size = amounts[ASKED], price.size
    product(value, price, state[UNITS])
    for i in range(size):
        loss[i] = basis[i] - value[i]
    for i in range(size):
        everything = asked >= value[i]
        amount[i] = np.floor(value[i] + UP) if everything else asked
        rest[i] = 0.0 if everything else 1.0 - asked / max(value[i], LEAST_LOSS)
    for i in range(size):
        share = np.floor(amount[i] * basis[i] / max(value[i], LEAST_LOSS) + UP)
        recovered[i] = min(amount[i], basis[i])
        if asked < value[i]:
            recovered[i] = min(recovered[i], share)
    take(basis, recovered)
    if event[UNPAID] != NOWHERE:
        unpaid = part(sums, event[UNPAID], origin, size)
        for i in range(size):
            unpaid[i] += asked - amount[i]
    if event[WITHHELD] != NOWHERE:
        add_withheld(part(sums, event[WITHHELD], origin, size), amount, recovered)
    if event[BOX_1] != NOWHERE:
        add(part(sums, event[BOX_1], origin, size), amount)
        add(part(sums, event[BOX_5], origin, size), recovered)
    add_difference(part(sums, event[GAIN], origin, size), amount, recovered)
    scale(state[UNITS], rest)
    keep(state, amounts[INSIDE])
    if event[HOW] & CUTS:
        cut_after_loss(state, KEEPS, 0.0)
        if event[FORFEITED] != NOWHERE:
            add_difference(part(sums, event[FORFEITED], origin, size), state[WORTH], basis)
    return beyond(amount)


@compiled
def keep(state: Floats, inside: float) -> None:
    """Leaves a share of the contributions inside. [cents; path]"""
    shrunk, rest = state[SHRUNK], state[FACTOR]
    for i in range(shrunk.size):
        shrunk[i] = (shrunk[i] + inside) * rest[i]


@compiled
def gathered(state: Floats, bought: Floats, members: Numbers, event: Numbers) -> None:
    """The units that contributions of a year bought, which come back: in the row of batches. [path]"""
    units, first = state[BATCH], event[FIRST]
    if event[LAST] == first:
        units[:] = 0.0
        return
    copy(units, bought[members[first]])
    for n in range(first + 1, event[LAST]):
        add(units, bought[members[n]])


@compiled
def gather(
    state: Floats,
    price: Floats,
    outside: Floats,
    year_end: Floats,
    bought: Floats,
    members: Numbers,
    event: Numbers,
) -> None:
    """What parked contributions of a year are worth by its end: those that left together, or all that stayed.

    `price` and `outside` are those of the day on which they left, if they did. [path]
    """
    gathered(state, bought, members, event)
    units, worth = state[BATCH], state[EARNED]
    if event[HOW] & MOVED:
        for i in range(units.size):
            units[i] *= price[i] / outside[i]
    if event[HOW] & EMPTIES:
        for i in range(units.size):
            worth[i] = units[i] * year_end[i]
    else:
        for i in range(units.size):
            worth[i] += units[i] * year_end[i]


@compiled
def refund(
    state: Floats,
    price: Floats,
    outside: Floats,
    year_end: Floats,
    event: Numbers,
    amounts: Floats,
    sums: Floats,
    origin: int,
) -> int:
    """Contributions of a year come back with their gain, out of here first, then out of the Roth.

    `outside` is the price in the Roth, `year_end` that in the account at the end of that year; the others are
    as of `account.post`. [path]
    """
    basis, value, total = state[BASIS_LEFT], state[VALUE], state[AMOUNT]
    earned, due, taken = state[RECOVERED], state[LOSS], state[WORTH]
    units, roth, rest = state[BATCH], state[ROTH_UNITS], state[FACTOR]
    asked, size = amounts[ASKED], price.size
    worth, gathered_before = state[EARNED], event[HOW] & MOVED != 0
    for i in range(size):
        gain = (worth[i] if gathered_before else units[i] * year_end[i]) - amounts[LANDED]
        earned[i] = np.floor(asked * gain / amounts[CONTRIBUTED] + UP)
        due[i] = asked + earned[i]
    product(value, price, state[UNITS])
    for i in range(size):
        there = np.floor(value[i] + roth[i] * outside[i] + UP)
        total[i] = max(min(due[i], there), 0.0)
        taken[i] = min(value[i], total[i])
    for i in range(size):
        roth[i] = max(roth[i] - (total[i] - taken[i]) / outside[i], 0.0)
        rest[i] = 1.0 - taken[i] / max(value[i], LEAST_LOSS)
    for i in range(size):
        due[i] = min(np.floor(asked * taken[i] / max(due[i], 1.0) + UP), basis[i])
        earned[i] = min(max(earned[i], 0.0), total[i])
    take(basis, due)
    if event[BOX_1] != NOWHERE:
        add(part(sums, event[BOX_1], origin, size), total)
        add(part(sums, event[BOX_5], origin, size), due)
    add(part(sums, event[GAIN], origin, size), earned)
    scale(state[UNITS], rest)
    keep(state, amounts[INSIDE])
    return beyond(total)


@compiled
def shrink(
    state: Floats,
    bought: Floats,
    members: Numbers,
    event: Numbers,
    amounts: Floats,
    carried: Floats,
) -> None:
    """Leaves a share of a batch that stays, and of its contributions. See `account.post`."""
    units, rest, first = carried[event[CARRIED]], state[FACTOR], event[FIRST]
    smaller = event[HOW] & KEEPS != 0
    if not smaller:
        copy(units, bought[members[first]])
        first += 1
    for n in range(first, event[LAST]):
        add(units, bought[members[n]])
    scale(units, rest)
    if event[STAKE] != NOWHERE:
        stake = carried[event[STAKE]]
        for i in range(stake.size):
            before = stake[i] if smaller else 0.0
            stake[i] = (before + amounts[INSIDE]) * rest[i]
