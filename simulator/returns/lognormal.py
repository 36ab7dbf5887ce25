"""Independent normal log returns: the textbook fund."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import log, sqrt
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, PrivateAttr

from simulator.days.calendars import sessions_between, sessions_of
from simulator.days.years import Years
from simulator.notation.fields import Choice, between
from simulator.notation.specification import replaced
from simulator.returns.bridge import reach
from simulator.returns.model import MOST_PRICE, ReturnsModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SESSIONS_A_YEAR = 252
BRIDGE, RUN_OFF = 2, 3
"""Streams of random numbers: draws of the bridge beyond the lattice, and of the run-off."""

FARTHEST = 6.4
"""No normal draw lies farther from 0: words of 32 bits stay 2**-33 from probabilities 0 and 1."""

CHUNK = 65_536
"""Draws made at a time, over the paths: enough to spread the cost of a call, few enough for the cache."""


class Lognormal(ReturnsModel):
    """Normal log returns, variance volatility^2 / 252 a session; E[P] grows by (1 + annual_return)^(1/252).

    log P(t) = t (log(1 + annual_return) / 252 - volatility^2 / 504) + volatility / sqrt(252) W(t), t sessions
    after the first, W a Brownian motion built as a bridge over the simulated years.
    """

    stochastic: ClassVar[bool] = True
    rows: ClassVar[int] = 3  # its price, and the motion there and at the midpoints that it hangs on

    model: Annotated[Literal["lognormal"], Choice("a returns model")] = Field(
        "lognormal", description="Which model."
    )
    sampling: Annotated[Literal["quasi", "random"], Choice("a way of sampling")] = Field(
        "quasi", description="Points of a randomly shifted lattice, or independent random draws."
    )
    correlation: Annotated[float, between(-1, 1)] = Field(
        0.0,
        description="In `returns.after_tax` alone, where both funds are `lognormal`: of their log returns.",
        examples=["0.2"],
    )

    @property
    def randomisations(self) -> int:
        """The lattice's, or none."""
        if self.sampling == "random":
            return 0
        from simulator.returns.draws import RANDOMISATIONS

        return RANDOMISATIONS

    _outside: Lognormal | None = PrivateAttr(None)
    """The fund that it is correlated with."""

    def beside(self, outside: ReturnsModel) -> Lognormal:
        """The same as the model of the fund that money is parked in: the lattice is the other's."""
        fund = replaced(super().beside(outside), sampling="random")
        assert isinstance(fund, Lognormal)
        if self.correlation and isinstance(outside, Lognormal):
            fund._outside = outside
        return fund

    def bounded(self, sessions: Sequence[date], years: Years) -> bool:
        """Whether even the farthest draws of all keep every log price within that of the range."""
        if self._outside:  # two draws together lie farther out
            return False
        steps = _steps(years)
        run_off = max(0, (sessions[-1] - sessions_of(years.last)[-1]).days)  # or fewer sessions
        spread, drift = self.step()
        farthest = spread * FARTHEST * (reach(steps) + run_off)
        return farthest + abs(drift) * (steps + run_off) <= log(MOST_PRICE)

    def step(self) -> tuple[float, float]:
        """Volatility and drift of the log price. [a session]"""
        spread = float(self.volatility) / sqrt(SESSIONS_A_YEAR)
        return spread, log(1 + self.annual_return) / SESSIONS_A_YEAR - spread * spread / 2

    def _closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:
        """The prices of consecutive paths, 1 at the first session. [session, path]"""
        import numpy as np

        from simulator.returns.draws import LARGEST_POWER, exponential

        places = places_of(sessions)
        spread, drift = self.step()
        closes = np.empty((len(sessions), len(paths)))
        for row, motion in enumerate(self._motion(places, years, paths)):
            np.multiply(motion, spread, out=closes[row])
            closes[row] += drift * places[row]
        if not self.bounded(sessions, years):
            np.clip(closes, -LARGEST_POWER, LARGEST_POWER, out=closes)
        for chunk in _chunks(range(len(places)), paths):
            rows = slice(chunk[0], chunk[-1] + 1)
            closes[rows] = exponential(closes[rows])
        return closes

    def _motion(
        self, places: Sequence[int], years: Years, paths: range
    ) -> Iterator[NDArray[np.float64]]:
        """Brownian motion at each of some sessions; correlated with another fund's, made of both. [path]"""
        group = self.randomisations or 1
        whole_groups = range(paths.start // group * group, paths.stop)
        motion = self._own_motion(places, years, whole_groups)
        skipped = paths.start - whole_groups.start
        own = (motion[place][skipped:] for place in places)
        if self._outside is None:
            yield from own
            return
        r = self.correlation
        rest = sqrt(1 - r * r)
        others = self._outside._motion(places, years, paths)
        yield from (r * other + rest * alone for other, alone in zip(others, own, strict=True))

    def _own_motion(
        self, places: Sequence[int], years: Years, paths: range
    ) -> dict[int, NDArray[np.float64]]:
        """Brownian motion at the sessions that are asked for and those they hang on. [place][path]"""
        import numpy as np

        from simulator.returns.bridge import needed

        steps = _steps(years)
        nodes = needed(steps, [steps, *(place for place in places if place < steps)])
        motion = {0: np.zeros(len(paths))}
        for node, normal in zip(
            nodes, self._bridge_draws([node.draw for node in nodes], paths), strict=True
        ):
            at = motion[node.left] * node.from_left
            if node.from_right:
                at += motion[node.right] * node.from_right
            normal *= node.spread
            at += normal
            motion[node.place] = at
        at = motion[steps]
        last = places[-1]
        for place, normal in zip(
            range(steps + 1, last + 1), self._run_off_draws(last - steps, paths), strict=True
        ):
            motion[place] = at = at + normal
        return motion

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


def _steps(years: Years) -> int:
    """The sessions of some years after the first."""
    return sum(len(sessions_of(year)) for year in years) - 1


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
