"""Prices that are kept for the next scenario: colleagues who are paid on the same days ask for the same.

They depend on the model with its seed and on the sessions, not on anybody's money.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.days.years import Years
from simulator.returns.model import ReturnsModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_KEPT = 12
"""Blocks of paths that are kept, of at most 3 MiB each: those of 10,000 paths and four kinds of pay dates."""

MOST_ROWS, MOST_PATHS = 96, 16_384
"""Sessions and paths of a scenario whose prices are kept, at most; others are their own colleagues."""


def is_shared(rows: int, paths: range) -> bool:
    """Whether the prices of a scenario are kept.

    Args:
        rows: Of so many sessions.
        paths: All its paths.
    """
    return rows <= MOST_ROWS and len(paths) <= MOST_PATHS


@lru_cache(maxsize=MOST_KEPT)
def shared_closes(
    fund: ReturnsModel, sessions: tuple[date, ...], years: Years, paths: range
) -> NDArray[np.float64]:
    """The prices of a fund that reads no file, made once for all who ask for the same. [session, path]

    Nobody may change them. The arguments, and what is raised, are those of `ReturnsModel.closes`.
    """
    return fund.closes(sessions, years, paths)
