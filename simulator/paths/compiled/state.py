"""The rows of the state of an account on a block of paths."""

import numpy as np
from numpy.typing import NDArray

from simulator.paths.compiled.column_arithmetic import cut, cut_to
from simulator.paths.compiled.program import KEEPS
from simulator.paths.compiled.strict import compiled
from simulator.returns.draws import Floats

UNITS, BASIS_LEFT, ROTH_UNITS, IRA_UNITS, BATCH, WORTH, VALUE, AMOUNT, RECOVERED, LOSS = range(10)
"""What the account holds, and scratch."""

SHRUNK, FACTOR = 10, 11
"""What is left of the contributions inside since payments were last taken of all; what the last one left."""

EARNED = 12
"""What the parked contributions of a year are worth by its end, which come back."""

BEGUN = 13
"""The basis that the year began with."""

STATES = 14

Numbers = NDArray[np.int64]


@compiled
def cut_after_loss(state: Floats, how: int, inside: float) -> None:
    """Where there is a loss, cuts the basis to the contributions inside; WORTH has what it was. [path]"""
    if how & KEEPS:
        cut_to(state[BASIS_LEFT], state[LOSS], state[WORTH], state[SHRUNK], inside)
    else:
        cut(state[BASIS_LEFT], state[LOSS], state[WORTH], inside)
