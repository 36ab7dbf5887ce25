"""Blocks of what the fund really did, put together at random."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from simulator.notation.fields import Choice, whole
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.returns.daily import DailyModel
from simulator.returns.series import Series, needs_extra

if TYPE_CHECKING:
    from simulator.returns.draws import Floats

NEW_BLOCK, START = 4, 5
"""Streams of random numbers: whether a block ends, and where the next one starts."""

FEWEST = 100
"""Returns that a block length is estimated from."""


class Bootstrap(DailyModel):
    """The stationary bootstrap: blocks of the series' daily returns, lengths geometric with mean `block`.

    The first session after the first starts a block at a row drawn evenly. Each further session starts a
    new one with probability 1 / block, else takes the next row; after the last row comes the first. The
    price is the running product of 1 + return, 1 at the first session. Growth and volatility are those
    of the series: `annual_return` and `volatility` change nothing here.

    Sources: Politis, Romano (1994), "The stationary bootstrap", JASA 89; the estimate: Politis, White
    (2004), Patton, Politis, White (2009), "Automatic block-length selection", Econometric Reviews 23, 28.
    """

    unread: ClassVar[frozenset[str]] = frozenset({"annual_return", "volatility"})

    model: Annotated[Literal["bootstrap"], Choice("a returns model")] = Field(
        "bootstrap", description="Which model."
    )
    block: Annotated[int | None, whole(1, 100_000, none=True)] = Field(
        None,
        description="Mean length; default estimated from the returns, rounded (extra `history`). "
        "[sessions]",
    )

    def mean_block(self) -> int:
        """The mean length of a block, given or estimated. [sessions]

        Raises:
            Mistakes: The prices cannot be used, or there is nothing to estimate it with.
        """
        with self.placed():
            return self.block or estimated_block(self.series())

    def _growth(self, chunks: Iterable[range], paths: range) -> Iterator[Floats]:
        import numpy as np

        from simulator.returns.draws import random_words

        growth = 1 + self.series().returns()
        ending = np.uint64(-(-(1 << 32) // self.mean_block()))
        row, grown = np.zeros(len(paths), np.int64), np.empty(len(paths))
        for chunk in chunks:
            new = random_words(self.seed, NEW_BLOCK, chunk, paths) < ending
            words = random_words(self.seed, START, chunk, paths).astype(np.uint64)
            starts = ((words * np.uint64(growth.size)) >> np.uint64(32)).astype(np.int64)
            for place, begins, start in zip(chunk, new, starts, strict=True):
                row += 1
                np.copyto(row, start, where=begins if place > 1 else True)
                yield np.take(growth, row, mode="wrap", out=grown)


@cache
def estimated_block(series: Series) -> int:
    """The mean length of a block that suits a series' returns. [sessions]

    Raises:
        Mistakes: The library arch is not installed, or the returns are too few or do not vary.
    """
    try:
        from arch.bootstrap import optimal_block_length
    except ImportError:
        raise needs_extra("block", "estimating it needs", "block: 10") from None
    returns = series.returns()
    if returns.size < FEWEST or returns.std() == 0:
        wrong = (
            f"{returns.size} returns are too few, or too alike, to estimate the length of a block from; "
            "write block: 10"
        )
        raise Mistakes([Mistake(Place("returns.block"), (), wrong)])
    return max(1, round(float(optimal_block_length(returns)["stationary"].iloc[0])))
