"""Independent normal log returns: the textbook fund."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import log, sqrt
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from simulator.days import sessions_between, sessions_of
from simulator.notation import Choice, Years
from simulator.returns.model import ReturnsModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SESSIONS_A_YEAR = 252
BRIDGE, RUN_OFF = 2, 3
"""Streams of random numbers: draws of the bridge beyond the lattice, and of the run-off."""

CHUNK = 65_536
"""Draws made at a time, over the paths: enough to spread the cost of a call, few enough for the cache."""


class Lognormal(ReturnsModel):
    """Normal log returns, variance volatility^2 / 252 a session; E[P] grows by (1 + annual_return)^(1/252).

    log P(t) = t (log(1 + annual_return) / 252 - volatility^2 / 504) + volatility / sqrt(252) W(t), t sessions
    after the first, W a Brownian motion built as a bridge over the simulated years.
    """

    stochastic: ClassVar[bool] = True

    model: Annotated[Literal["lognormal"], Choice("a returns model")] = Field(
        "lognormal", description="Which model."
    )
    sampling: Annotated[Literal["quasi", "random"], Choice("a way of sampling")] = Field(
        "quasi", description="Points of a randomly shifted lattice, or independent random draws."
    )

    @property
    def randomisations(self) -> int:
        """The lattice's, or none."""
        if self.sampling == "random":
            return 0
        from simulator.returns.draws import RANDOMISATIONS

        return RANDOMISATIONS

    def held(self, sessions: Sequence[date]) -> int:
        """How many amounts are held of a path: of each session, and of those that it hangs on, about."""
        return min(3 * len(sessions), places_of(sessions)[-1] + 1)

    def closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:
        """The prices of consecutive paths, 1 at the first session. [session, path]"""
        import numpy as np

        from simulator.returns.draws import exponential

        group = self.randomisations or 1
        whole_groups = range(paths.start // group * group, paths.stop)
        places = places_of(sessions)
        spread = float(self.volatility) / sqrt(SESSIONS_A_YEAR)
        drift = log(1 + self.annual_return) / SESSIONS_A_YEAR - spread * spread / 2
        closes = np.empty((len(sessions), len(whole_groups)))
        self._move(dict(zip(places, closes, strict=True)), years, whole_groups)
        for row, place in enumerate(places):
            closes[row] *= spread
            closes[row] += drift * place
        for chunk in _chunks(range(len(places)), whole_groups):
            rows = slice(chunk[0], chunk[-1] + 1)
            closes[rows] = exponential(closes[rows])
        return closes[:, paths.start - whole_groups.start :]

    def _move(self, motion: dict[int, NDArray[np.float64]], years: Years, paths: range) -> None:
        """Brownian motion at some sessions, put where it is wanted, and at those that they hang on.

        Args:
            motion: Where it goes, by the sessions' places in order; the first is that of the start. [path]
            years: The simulated years.
            paths: Consecutive paths.
        """
        import numpy as np

        from simulator.returns.bridge import needed

        steps, last = sum(len(sessions_of(year)) for year in years) - 1, max(motion)
        nodes = needed(steps, [steps, *(place for place in motion if place < steps)])
        motion[0].fill(0.0)
        for node, normal in zip(
            nodes, self._bridge_draws([node.draw for node in nodes], paths), strict=True
        ):
            at = np.multiply(motion[node.left], node.from_left, out=motion.get(node.place))
            if node.from_right:
                at += motion[node.right] * node.from_right
            normal *= node.spread
            at += normal
            motion[node.place] = at
        at = motion[steps]
        for place, normal in zip(
            range(steps + 1, last + 1), self._run_off_draws(last - steps, paths), strict=True
        ):
            at = np.add(at, normal, out=motion.get(place))

    def _bridge_draws(self, draws: Sequence[int], paths: range) -> Iterator[NDArray[np.float64]]:
        """Normal draws of the bridge: from the lattice as far as it goes. [path]"""
        from simulator.returns.draws import Lattice, random_words

        lattice = Lattice(self.seed) if self.sampling == "quasi" else None
        dimensions = lattice.dimensions if lattice else 0
        for chunk in _chunks([draw for draw in draws if draw < dimensions], paths):
            assert lattice is not None
            yield from _normals(lattice.words(chunk, paths))
        for chunk in _chunks([draw for draw in draws if draw >= dimensions], paths):
            yield from _normals(random_words(self.seed, BRIDGE, chunk, paths))

    def _run_off_draws(self, sessions: int, paths: range) -> Iterator[NDArray[np.float64]]:
        """Normal draws of the sessions after the years, keyed by the session. [path]"""
        from simulator.returns.draws import random_words

        for chunk in _chunks(range(max(0, sessions)), paths):
            yield from _normals(random_words(self.seed, RUN_OFF, chunk, paths))


def places_of(sessions: Sequence[date]) -> list[int]:
    """The places of some sessions in the calendar, counted from the first of them."""
    place = {day: n for n, day in enumerate(sessions_between(sessions[0], sessions[-1]))}
    return [place[day] for day in sessions]


def _chunks(draws: Sequence[int], paths: range) -> Iterator[Sequence[int]]:
    rows = max(1, CHUNK // max(1, len(paths)))
    return (draws[start : start + rows] for start in range(0, len(draws), rows))


def _normals(words: NDArray[np.uint32]) -> NDArray[np.float64]:
    from simulator.returns.draws import normal_quantile, uniform

    return normal_quantile(uniform(words).reshape(-1)).reshape(words.shape)
