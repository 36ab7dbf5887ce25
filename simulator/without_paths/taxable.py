"""The distribution of what is taxable of successive conversions, by the year of their forms and in all.

Their gains are independent. In a run of them over which losses are carried, what is taxable so far is the
largest sum of gains so far, at least 0, and what is carried is how far the sum has fallen below it. A rule
for the basis after a loss says how long a run is: all of them, a year's, or a single one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from itertools import chain, groupby
from typing import NamedTuple

from simulator.distribution.bent import Bent
from simulator.distribution.half_line import HalfLine
from simulator.distribution.known import Known
from simulator.distribution.lattice import Gain, Lattice
from simulator.without_paths.conversions import Conversion

Amount = Known | int


class Step(NamedTuple):
    """What a conversion gains. [cents]

    Attributes:
        place: Which of the conversions it is.
        year: Of its form.
        gain: What it gains; None where nothing in it has grown.
        loss: What it loses then: a fee.
    """

    place: int
    year: int
    gain: Gain | None
    loss: float

    @property
    def mean(self) -> float:
        """The mean of what it gains."""
        return self.gain.mean if self.gain else -self.loss


RUNS: dict[str, Callable[[Step], int]] = {
    "carry-forward": lambda _: 0,
    "carry-within-year": lambda step: step.year,
    "forfeit": lambda step: step.place,
}
"""In which run a step is, by the plan's rule for the basis after a loss."""


class Carried(NamedTuple):
    """What is carried after conversions, beyond what they recover. [cents]

    Attributes:
        means: Its mean after each.
        at_years_end: After the last one of each year: a distribution, and a number besides.
    """

    means: list[float]
    at_years_end: dict[int, tuple[HalfLine, float]]


class Taxable:
    """What is taxable of some conversions. [cents]

    Args:
        conversions: In order; each empties the account.
        rule: The plan's rule for the basis after a loss.

    Raises:
        NotResolved: The scales of their gains lie too far apart.
    """

    def __init__(self, conversions: Sequence[Conversion], rule: str):
        self._rule = rule
        self._certain = max(0.0, conversions[0].low) if conversions else 0.0
        taken = chain([self._certain], [0.0] * len(conversions))  # it keeps the lattice short
        self._steps = [
            Step(place, one.session.year, one.gain and one.gain.lowered(above), one.less + above)
            for place, (one, above) in enumerate(zip(conversions, taken, strict=False))
        ]
        self._years = list(dict.fromkeys(step.year for step in self._steps))
        gains = [step.gain for step in self._steps if step.gain]
        if gains:
            losses = sum(step.loss for step in self._steps if not step.gain)
            self._lattice = Lattice(gains, losses)
        self._sums: dict[tuple[int, int], HalfLine] = {}
        self._runs = [list(run) for _, run in groupby(self._steps, RUNS[rule])] if gains else []

    @property
    def years(self) -> dict[int, Amount]:
        """What is taxable, by the year of the forms."""
        return {
            year: self._amount(self._by_year.get(year), self._certain * (place == 0))
            for place, year in enumerate(self._years)
        }

    @property
    def total(self) -> Amount:
        """What is taxable on all forms together."""
        whole = (
            reduce(self._lattice.plus, map(self._largest_sum, self._runs)) if self._runs else None
        )
        return self._amount(whole, self._certain)

    @property
    def means(self) -> list[float]:
        """The mean of what is taxable of each conversion."""
        found = [self._certain] + [0.0] * len(self._steps)
        for run in self._runs:
            before = 0.0
            for step in run:
                after = self._carried.means[step.place]
                found[step.place] += step.mean + after - before
                before = after
        return found[: len(self._steps)]

    def carried(self, count: int) -> tuple[HalfLine | None, float]:
        """What so many conversions, up to a year's end, carry: a distribution, and a number besides."""
        if not count or self._rule != "carry-forward":
            return None, 0.0
        if not self._runs:
            return None, sum(step.loss for step in self._steps[:count])
        return self._carried.at_years_end[self._steps[count - 1].year]

    @staticmethod
    def _amount(of: HalfLine | None, certain: float) -> Amount:
        return round(certain) if of is None else Known.distributed(of, Bent(start=certain))

    @cached_property
    def _by_year(self) -> dict[int, HalfLine]:
        """The distribution of each year. What is carried into it is independent of its gains."""
        parts: dict[int, HalfLine] = {}
        for run in self._runs:
            carried, loss = self._lattice.nothing, 0.0
            for year, group in groupby(run, lambda step: step.year):
                steps = list(group)
                part = self._largest_sum(steps)
                if carried.atom < 1:
                    part = self._lattice.over(part, carried)
                part = part.less(loss) if loss else part
                parts[year] = self._lattice.plus(parts[year], part) if year in parts else part
                if steps[-1] is not run[-1]:
                    carried, loss = self._carried.at_years_end[year]
        return parts

    def _largest_sum(self, steps: Sequence[Step]) -> HalfLine:
        """The largest sum of the first of some gains, at least 0. After a loss alone it is no larger."""
        which = steps[0].place, steps[-1].place
        if which not in self._sums:
            gains: list[Gain] = []
            loss = 0.0
            for step in steps:
                if step.gain:
                    gains.append(step.gain.lowered(loss))
                loss = 0.0 if step.gain else loss + step.loss
            up, nothing = self._lattice.up, self._lattice.nothing
            most = reduce(lambda after, gain: up(gain, after), reversed(gains), nothing)
            self._sums[which] = most
        return self._sums[which]

    @cached_property
    def _carried(self) -> Carried:
        """What is carried; a loss in which nothing has grown waits for the next gain."""
        found = Carried([], {})
        for run in self._runs:
            carried, loss = self._lattice.nothing, 0.0
            for step in run:
                if step.gain:
                    carried, loss = self._lattice.down(step.gain.lowered(loss), carried), 0.0
                else:
                    loss += step.loss
                found.means.append(carried.mean + loss)
                found.at_years_end[step.year] = carried, loss
        return found
