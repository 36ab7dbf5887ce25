"""The compiled engine's one entry: the prices and the accounts of some paths, a block at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from zlib import crc32

from numba import njit, types

from simulator import money
from simulator.conversion import on_paths
from simulator.paths.compiled.account import post
from simulator.paths.compiled.column_arithmetic import buy_for, copy, part
from simulator.paths.compiled.prices import closes
from simulator.paths.compiled.state import STATES
from simulator.paths.compiled.strict import STRICT
from simulator.returns import draws
from simulator.returns.draws import Floats

FLOATS, ROWS = types.float64[::1], types.float64[:, ::1]
INTS, EVENTS = types.int64[::1], types.int64[:, ::1]
WORD, WORDS, PLACES = types.uint32[::1], types.uint32[:, ::1], types.int32[::1]
INT, SEED, FLOAT = types.int64, types.uint64, types.float64

Ints = Any


def _sources() -> int:
    """A number that changes with whatever is compiled: numba looks at the entry's own file alone."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    return crc32(b"".join(file.read_bytes() for file in [*own, *_borrowed()]))


def _borrowed() -> list[Path]:
    return [Path(draws.__file__), Path(on_paths.__file__), Path(money.__file__)]


def _entry(sources: int) -> Callable[..., None]:
    """The entry; what it encloses is part of the key under which numba keeps its compiled form."""

    def blocks(
        first: int,
        last: int,
        size: int,
        given: Floats,
        steps: Ints,
        weights: Floats,
        shifts: Ints,
        seed: int,
        drifts: Floats,
        spread: float,
        lots: Ints,
        lot_amounts: Floats,
        events: Ints,
        amounts: Floats,
        starts: Ints,
        members: Ints,
        carried: int,
        sums: Floats,
        origin: int,
        beyond: Ints,
        kept: Floats,
        price_space: Floats,
        lot_space: Floats,
        state_space: Floats,
        carried_space: Floats,
        inverse: Ints,
        words: Ints,
        z: Floats,
        tails: Floats,
        places: Ints,
    ) -> None:
        if sources < 0:
            return
        made = len(drifts)
        rows = made + len(given) if made else 0
        for start in range(first, last, size):
            paths = min(size, last - start)
            prices = price_space[: rows * paths].reshape(rows, paths)
            bought = lot_space[: len(lots) * paths].reshape(len(lots), paths)
            state = state_space[: STATES * paths].reshape(STATES, paths)
            smaller = carried_space[: carried * paths].reshape(carried, paths)
            if made:
                draws = inverse, words, z, tails, places
                closes(prices, start, steps, weights, shifts, seed, drifts, spread, *draws)
            asked = 0
            for row in range(made if len(kept) else 0):
                if drifts[row] == drifts[row]:
                    copy(part(kept, asked, start - first, paths), prices[row])
                    asked += 1
            at = 0
            if not made:
                prices, at = given, start - first
            for row in range(len(given) if made else 0):
                copy(prices[made + row], part(given, row, start - first, paths))
            for lot in range(len(lots)):
                buy_for(bought[lot], lot_amounts[lot], part(prices, lots[lot], at, paths))
            for plan in range(len(starts) - 1):
                for n in range(starts[plan], starts[plan + 1]):
                    beyond[0] += post(
                        prices,
                        at,
                        bought,
                        members,
                        events[n],
                        amounts[n],
                        state,
                        smaller,
                        sums,
                        origin + start - first,
                    )

    walk = (ROWS, EVENTS, ROWS, WORDS, SEED, FLOATS, FLOAT)
    program = (INTS, FLOATS, EVENTS, ROWS, INTS, INTS, INT)
    space = (FLOATS, FLOATS, FLOATS, FLOATS, WORD, WORD, FLOATS, FLOATS, PLACES)
    signature = types.void(INT, INT, INT, *walk, *program, ROWS, INT, INTS, ROWS, *space)
    return cast(Callable[..., None], njit(signature, cache=True, **STRICT)(blocks))


blocks = _entry(_sources())
"""Prices and accounts of paths `first` to `last`, `size` at a time.

Args:
    first, last, size: Paths, and how many at a time.
    given: Prices that are not made here; their rows come after those that are. [row, path]
    steps, weights, shifts, seed, drifts, spread: See `simulator.paths.compiled.prices.closes`.
    lots, lot_amounts, events, amounts, starts, members, carried: See
        `simulator.paths.compiled.program.Program`.
    sums: Where the outcomes go. [row, path]
    origin: The column of path `first` in them.
    beyond: Where it is counted how many amounts leave the range. [1]
    kept: Where those prices go that are made here and asked for; without rows nowhere. [row, path]
    price_space and on: See `simulator.paths.compiled.space.Space`.
"""
