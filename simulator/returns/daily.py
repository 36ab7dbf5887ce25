"""A walk from session to session, for models whose next return hangs on the sessions before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from simulator.days.years import Years
from simulator.returns.lognormal import places_of
from simulator.returns.series import HistoricalModel

if TYPE_CHECKING:
    from simulator.returns.draws import Floats

CHUNK = 8
"""Sessions drawn at a time."""


class DailyModel(HistoricalModel):
    """A model of what the fund grows by in each session in turn; the price is the running product."""

    stochastic: ClassVar[bool] = True

    def _closes(self, sessions: Sequence[date], years: Years, paths: range) -> Floats:  # noqa: ARG002
        """The prices of consecutive paths, 1 at the first session. [session, path]

        Raises:
            Mistakes: The prices that it draws on cannot be used, or there is nothing to estimate with.
        """
        import numpy as np

        closes = np.ones((len(sessions), len(paths)))
        rows = dict(zip(places_of(sessions), closes, strict=True))
        walked = range(1, max(rows) + 1)
        chunks = (walked[first : first + CHUNK] for first in range(0, len(walked), CHUNK))
        price = np.ones(len(paths))
        for place, growth in enumerate(self._growth(chunks, paths), start=1):
            price *= growth
            if place in rows:
                rows[place][:] = price
        return closes

    def _growth(self, chunks: Iterable[range], paths: range) -> Iterator[Floats]:
        """1 + return of each session from the one after the first on. [path]

        Args:
            chunks: The places of those sessions, counted from the first, as they are drawn together.
            paths: Which paths.
        """
        raise NotImplementedError
