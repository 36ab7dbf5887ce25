"""The kernel: all paths at once, on arrays of floats, postings rounded to the cent.

The same timeline as the ledger's, and none of its arithmetic. Amounts are whole cents in float64, exact
up to 2**53; units are not rounded. Only deposits that leave together share an array: a batch.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.outcome import Outcome, YearOutcome
from simulator.conversion.timeline import Close, Timeline

Paths = NDArray[np.float64]
"""One value on each path. [path]"""

UP = 0.500001
"""Added before the fraction is dropped: halves round up, and so does what is a millionth of a cent below."""

LEAST_LOSS = 1e-6


def kernel(timeline: Timeline, prices: NDArray[np.float64]) -> Outcome[Paths]:
    """Converts a timeline on every path.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session, path]
    """
    state = _State(timeline, prices.shape[1])
    state.open(prices[0])
    for close, price in zip(timeline.closes, prices, strict=True):
        state.post(close, price)
    return state.outcome()


def rounded(cents: Paths) -> Paths:
    """Whole cents, halves up. [path]"""
    return np.floor(cents + UP)


@dataclass
class _Year:
    """The sums of a calendar year, while it runs. [cents; path]"""

    box_1: Paths
    box_5: Paths
    fees: Paths
    ira: Paths
    forfeited: Paths


@dataclass
class _State:
    """The account on every path. [path]"""

    timeline: Timeline
    paths: int
    units: Paths = field(init=False)
    basis: Paths = field(init=False)
    roth: Paths = field(init=False)
    ira: Paths = field(init=False)
    batches: dict[date | None, Paths] = field(default_factory=dict)
    inside: set[int] = field(default_factory=set)
    years: dict[int, _Year] = field(default_factory=dict)
    left: dict[int, tuple[Paths, Paths]] = field(default_factory=dict)
    at_end: tuple[Paths, Paths, Paths, Paths] | None = None

    def __post_init__(self) -> None:
        self.units, self.basis, self.roth, self.ira = (self._zeros() for _ in range(4))

    def _zeros(self) -> Paths:
        return np.zeros(self.paths)

    def open(self, price: Paths) -> None:
        opening = self.timeline.terms.opening
        self.roth += opening.roth / price
        if not opening.after_tax:
            self.basis += opening.basis

    def post(self, close: Close, price: Paths) -> None:
        for place in close.landing:
            self._deposit(place, price)
        if close.leaving:
            self._convert(close, price)
        if close.year_end:
            self._end_year(close.year_end.year, price)
        if close.session == self.timeline.last_session:
            value, roth, ira = (rounded(each * price) for each in (self.units, self.roth, self.ira))
            self.at_end = (value, self.basis.copy(), roth, ira)

    def _deposit(self, place: int, price: Paths) -> None:
        deposit = self.timeline.deposits[place]
        bought = deposit.amount / price
        self.units += bought
        self.basis += deposit.basis
        self.inside.add(place)
        if deposit.leaves in self.batches:
            self.batches[deposit.leaves] += bought
        else:
            self.batches[deposit.leaves] = bought

    def _convert(self, close: Close, price: Paths) -> None:
        terms = self.timeline.terms
        year = self._year(close.session.year)
        batch = self.batches.pop(close.session)
        self.inside.difference_update(close.leaving)
        empties = not self.inside
        worth = price * batch
        value = worth if empties else price * self.units
        if terms.conversion.fee:
            fee = np.minimum(worth, float(terms.conversion.fee))
            worth, value = worth - fee, value - fee
            year.fees += rounded(fee)
        amount = rounded(worth)
        recovered = np.minimum(amount, self.basis)
        if not empties:
            gain = value > self.basis
            share = np.divide(amount * self.basis, value, out=recovered.copy(), where=gain)
            np.minimum(recovered, rounded(share), out=recovered, where=gain)
        year.box_1 += amount
        year.box_5 += recovered
        to_roth = amount
        if terms.conversion.to == "split":
            year.ira += amount - recovered
            self.ira += (amount - recovered) / price
            to_roth = recovered
        self.roth += to_roth / price
        self.units = self._zeros() if empties else self.units - batch
        loss = self.basis - value > LEAST_LOSS
        self.basis = self.basis - recovered
        if terms.basis_after_loss == "forfeit":
            self._forfeit(year, loss)

    def _end_year(self, year: int, price: Paths) -> None:
        value = price * self.units
        if self.timeline.terms.basis_after_loss == "carry-within-year":
            self._forfeit(self._year(year), self.basis - value > LEAST_LOSS)
        self._year(year)
        self.left[year] = (rounded(value), self.basis.copy())

    def _forfeit(self, year: _Year, loss: NDArray[np.bool_]) -> None:
        """Where there is a loss, cuts the basis to the contributions still inside."""
        inside = float(sum(self.timeline.deposits[place].basis for place in self.inside))
        kept = np.where(loss, np.minimum(self.basis, inside), self.basis)
        year.forfeited += self.basis - kept
        self.basis = kept

    def _year(self, year: int) -> _Year:
        if year not in self.years:
            self.years[year] = _Year(*(self._zeros() for _ in range(5)))
        return self.years[year]

    def outcome(self) -> Outcome[Paths]:
        assert self.at_end is not None, "every timeline holds its last session"
        value, basis, roth, ira = self.at_end
        return Outcome(
            years={year: self._year_outcome(year) for year in sorted(self.left)},
            left_value=value,
            left_basis=basis,
            roth_end=roth,
            ira_end=ira,
            in_transit=self.timeline.in_transit,
        )

    def _year_outcome(self, year: int) -> YearOutcome[Paths]:
        sums, (value, basis) = self.years[year], self.left[year]
        return YearOutcome(
            box_1=sums.box_1,
            box_2a=sums.box_1 - sums.box_5 - sums.ira,
            box_5=sums.box_5,
            fees=sums.fees,
            ira=sums.ira,
            forfeited=sums.forfeited,
            left_value=value,
            left_basis=basis,
        )
