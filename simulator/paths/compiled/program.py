"""A program: timelines flattened into arrays, what happens in order and where its amounts stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.returns.draws import Floats

OPEN, LAND, LEAVE, END_YEAR, FORM, END, WITHDRAW, REFUND, SHRINK, GATHER = range(10)
"""What happens: the account opens, deposits land, a batch leaves, a year ends, its form is made, policies
are compared; an amount is withdrawn, contributions are refunded, and after either a batch that stays is the
smaller for it. Before a refund of parked money it is gathered what that has earned, in either fund."""

(
    KIND,
    PRICE,
    FIRST,
    LAST,
    HOW,
    BOX_1,
    BOX_5,
    GAIN,
    FEES,
    FORFEITED,
    UNPAID,
    CARRIED,
    STAKE,
    OUTSIDE,
) = range(14)
"""Columns of an event.

PRICE is the row of the price in the account, OUTSIDE that in Roth and IRA: the same, where nothing is parked.
FIRST and LAST are the lots of a batch, or those that land, as a range of `members`; HOW its flags. CARRIED
and STAKE are rows of what was left of a batch when it was last the smaller: its units, and the contributions
that they were bought with. The others are rows of amounts, or `NOWHERE`. GAIN is what a split sends to the
IRA, or what is taxable in a payment; where forms alone are wanted, Box 2a.
"""

WITHHELD = FEES
"""What the same column holds where something is paid to the person."""

YEAR_END = UNPAID
"""Of a refund: the row of the price at the end of the year of which contributions come back."""

LEFT_VALUE, LEFT_BASIS, ROTH_END, IRA_END = BOX_1, BOX_5, GAIN, FEES
"""What the same columns hold where a year ends and where policies are compared."""

BOX_2A, IRA, BASIS_PAID = GAIN, FEES, UNPAID
"""What they hold where a form is made."""

CONVERTED = GAIN
"""Where a year ends: its Box 1; where forms alone are wanted, Box 2a so far."""

EMPTIES, GROWS, SPLITS, CUTS, PAYS, KEEPS, MOVED, WHOLE, PASSES = (1 << n for n in range(9))
"""Flags: nothing stays behind; the Roth is followed; earnings go to the IRA; after a loss basis is cut; the
person is paid; some of what stays inside are contributions of which each path has kept its own share; what is
gathered was converted within its year, and of a refund: it was gathered before; the batch is all that came
since the account was last empty, so its units are those of the account; or it passes through an account that
is empty before and after, and is not added to it."""

BASIS, ROTH, FEE, INSIDE = range(4)
"""Amounts of an event: basis that comes, opening Roth, the fee, contributions that stay inside. [cents]"""

ASKED, CONTRIBUTED, LANDED = FEE, BASIS, ROTH
"""The same where something is withdrawn or refunded: what is asked for; what went in in the refund's year,
and what of it had landed by its end. [cents]"""


@dataclass(frozen=True)
class Program:
    """The events of some timelines on the same prices.

    Attributes:
        events: What happens. [event, column]
        amounts: What it takes. [event, amount]
        starts: The first event of each timeline, and the end of the last.
        members: Lots that leave together, batch after batch.
        lots: Each deposit that buys, once for all timelines: the row of its price.
        lot_amounts: What it buys for. [cents]
        carried: How many rows there are of what is left of batches.
    """

    events: NDArray[np.int64]
    amounts: Floats
    starts: NDArray[np.int64]
    members: NDArray[np.int64]
    lots: NDArray[np.int64]
    lot_amounts: Floats
    carried: int
