"""The kernel: all paths at once, on arrays of floats, postings rounded to the cent.

The same timeline as the ledger's, and none of its arithmetic. Amounts are whole cents in float64, exact
up to 2**53; units are not rounded. Only deposits that leave together share an array: a batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.outcome import Outcome, YearOutcome
from simulator.conversion.timeline import Close, Deposit, Timeline

Paths = NDArray[np.float64]
"""One value on each path. [path]"""

Bought = dict[tuple[date, int], Paths]
"""Units that an amount bought at the close of a day. [path]"""

MOST_SHARED = 1 << 23
"""Units that timelines share, at most; of very many deposits each timeline works the rest out again."""

UP = 0.500001
"""Added before the fraction is dropped: halves round up, and so does what is a millionth of a cent below."""

LEAST_LOSS = 1e-6


def kernel(
    timeline: Timeline,
    prices: Sequence[Paths] | NDArray[np.float64],
    bought: Bought | None = None,
) -> Outcome[Paths]:
    """Converts a timeline on every path.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session, path]
        bought: Units that deposits bought at these prices, shared with other timelines on them.
    """
    return _posted(timeline, prices, {} if bought is None else bought).outcome()


def taxable(
    timeline: Timeline, prices: Sequence[Paths] | NDArray[np.float64], bought: Bought
) -> Paths:
    """Box 2a over all forms of a timeline, which is all that a sweep asks for. [cents; path]

    The arguments are those of `kernel`.
    """
    if timeline.terms.conversion.to == "split":
        return np.zeros_like(prices[0])
    return _posted(timeline, prices, bought, balances=False).taxable()


def amounts_moved(timeline: Timeline, price: Mapping[date, Paths]) -> Iterator[tuple[date, Paths]]:
    """Each conversion of a timeline with the amount that it moves, after the fee. [cents; path]

    Args:
        timeline: Deposits and conversions of a policy.
        price: Fund price at the close of each of the timeline's sessions. [path]
    """
    for close in timeline.closes:
        leaving = [timeline.deposits[place] for place in close.leaving]
        if leaving:
            units = sum(deposit.amount / price[deposit.lands] for deposit in leaving)
            worth = units * price[close.session] - timeline.terms.conversion.fee
            yield close.session, rounded(np.maximum(worth, 0.0))


def _posted(
    timeline: Timeline,
    prices: Sequence[Paths] | NDArray[np.float64],
    bought: Bought,
    balances: bool = True,
) -> "_Account":
    """The account after the last close of a timeline."""
    account = _Account(timeline, prices[0], bought, balances)
    for close, price in zip(timeline.closes, prices, strict=True):
        account.post(close, price)
    return account


def joined(blocks: Sequence[Outcome[Paths]]) -> Outcome[Paths]:
    """The outcome over all paths from those of consecutive blocks of them."""
    if len(blocks) == 1:
        return blocks[0]

    def together(parts: Sequence[YearOutcome[Paths] | Outcome[Paths]], column: str) -> Any:
        amounts = [getattr(part, column) for part in parts]
        return amounts[0] if isinstance(amounts[0], int) else np.concatenate(amounts)

    years = {
        year: YearOutcome(
            *(
                together([block.years[year] for block in blocks], column)
                for column in YearOutcome.__slots__
            )
        )
        for year in blocks[0].years
    }
    ends = ("left_value", "left_basis", "roth_end", "ira_end")
    return Outcome(
        years=years,
        in_transit=blocks[0].in_transit,
        **{column: together(blocks, column) for column in ends},
    )


def rounded(cents: Paths) -> Paths:
    """Whole cents, halves up; in place. [path]"""
    cents += UP
    return np.floor(cents, out=cents)


@dataclass
class _Year:
    """The sums of a calendar year, while it runs; the rarer ones are 0 until needed. [cents; path]

    What was recovered needs no sum: it is the basis that is neither left nor forfeited.
    """

    box_1: Any
    contributed: int = 0
    fees: Any = 0
    ira: Any = 0
    forfeited: Any = 0


@dataclass
class _Account:
    """The account on every path. [path]

    `balances` tells whether to follow what is left and what grows in the Roth and the IRA.
    `units` is the sum of `batches`, the units that leave together; `inside` counts their deposits, and
    `contributed` is what these have contributed. [cents]
    """

    timeline: Timeline
    first_price: Paths
    bought: Bought
    balances: bool
    units: Paths = field(init=False)
    basis: Paths = field(init=False)
    roth: Paths = field(init=False)
    ira: Paths = field(init=False)
    batches: dict[date | None, Paths] = field(default_factory=dict)
    inside: int = 0
    contributed: int = 0
    years: dict[int, _Year] = field(default_factory=dict)
    left: dict[int, tuple[Paths, Paths]] = field(default_factory=dict)
    at_end: tuple[Paths, Paths, Paths, Paths] | None = None

    def __post_init__(self) -> None:
        self.units, self.basis, self.ira = (self._zeros() for _ in range(3))
        self.roth = self.timeline.terms.opening.roth / self.first_price
        self.basis += self._opening_basis

    @property
    def _opening_basis(self) -> int:
        """Basis without a market value: with one it lands as a deposit. [cents]"""
        opening = self.timeline.terms.opening
        return 0 if opening.after_tax else opening.basis

    def _zeros(self) -> Paths:
        return np.zeros(self.first_price.size)

    def post(self, close: Close, price: Paths) -> None:
        """One close: the price has moved, deposits land, conversions leave, the year may end."""
        for place in close.landing:
            self._deposit(place, price)
        if close.leaving:
            self._convert(close, price)
        if close.year_end:
            self._end_year(close.year_end.year, price)
        if self.balances and close.session == self.timeline.last_session:
            value, roth, ira = (rounded(each * price) for each in (self.units, self.roth, self.ira))
            self.at_end = (value, self.basis.copy(), roth, ira)

    def _deposit(self, place: int, price: Paths) -> None:
        deposit = self.timeline.deposits[place]
        units = self._bought(deposit, price)
        self.units += units
        self.basis += deposit.basis
        self._year(deposit.lands.year).contributed += deposit.basis
        self.inside += 1
        self.contributed += deposit.basis
        batch = self.batches.get(deposit.leaves)
        self.batches[deposit.leaves] = units if batch is None else batch + units

    def _bought(self, deposit: Deposit, price: Paths) -> Paths:
        """The units that a deposit buys; the same amount on the same day buys the same."""
        key = (deposit.lands, deposit.amount)
        units = self.bought.get(key)
        if units is None:
            units = deposit.amount / price
            if (len(self.bought) + 1) * price.size <= MOST_SHARED:
                self.bought[key] = units
        return units

    def _convert(self, close: Close, price: Paths) -> None:
        terms = self.timeline.terms
        year = self._year(close.session.year)
        batch = self.batches.pop(close.session)
        self.inside -= len(close.leaving)
        self.contributed -= sum(self.timeline.deposits[place].basis for place in close.leaving)
        empties = not self.inside
        worth = price * batch
        value = worth if empties else price * self.units
        if terms.conversion.fee:
            fee = np.minimum(worth, float(terms.conversion.fee))
            worth = worth - fee
            value = np.maximum(value - fee, LEAST_LOSS)  # above 0, to divide by
            year.fees = year.fees + rounded(fee)
        loss = self.basis - value > LEAST_LOSS if terms.basis_after_loss == "forfeit" else None
        amount = rounded(worth)
        recovered = np.minimum(amount, self.basis)
        if not empties:
            share = amount * self.basis
            share /= np.maximum(value, LEAST_LOSS, out=value)  # what stays may have cancelled
            np.minimum(recovered, rounded(share), out=recovered)
        self.basis -= recovered
        year.box_1 += amount
        to_roth = amount
        if terms.conversion.to == "split":
            earnings = amount - recovered
            year.ira = year.ira + earnings
            self.ira += earnings / price
            to_roth = recovered
        if self.balances:
            self.roth += to_roth / price
        if loss is not None:
            self._forfeit(year, loss)
        if empties:
            self.units.fill(0.0)
        else:
            self.units -= batch

    def _end_year(self, year: int, price: Paths) -> None:
        within_year = self.timeline.terms.basis_after_loss == "carry-within-year"
        if not (self.balances or within_year):
            return
        value = price * self.units
        if within_year:
            self._forfeit(self._year(year), self.basis - value > LEAST_LOSS)
        self.left[year] = (rounded(value), self.basis.copy())

    def _forfeit(self, year: _Year, loss: NDArray[np.bool_]) -> None:
        """Where there is a loss, cuts the basis to the contributions still inside."""
        kept = np.where(loss, np.minimum(self.basis, float(self.contributed)), self.basis)
        year.forfeited = year.forfeited + (self.basis - kept)
        self.basis = kept

    def _year(self, year: int) -> _Year:
        if year not in self.years:
            self.years[year] = _Year(self._zeros())
        return self.years[year]

    def outcome(self) -> Outcome[Paths]:
        """The amounts of each year, and the balances at the last session of the last year."""
        assert self.at_end is not None, "every timeline holds its last session"
        value, basis, roth, ira = self.at_end
        return Outcome(
            years=dict(self._year_outcomes()),
            left_value=value,
            left_basis=basis,
            roth_end=roth,
            ira_end=ira,
            in_transit=self.timeline.in_transit,
        )

    def _year_outcomes(self) -> Iterator[tuple[int, YearOutcome[Paths]]]:
        """Each year in order, with what it recovered of the basis that it began with and was brought."""
        begun: Any = self._opening_basis
        for year in sorted(self.left):
            sums, (value, basis) = self._year(year), self.left[year]
            box_5 = begun + sums.contributed - basis - sums.forfeited
            yield (
                year,
                YearOutcome(
                    box_1=sums.box_1,
                    box_2a=sums.box_1 - box_5 - sums.ira,
                    box_5=box_5,
                    fees=sums.fees,
                    ira=sums.ira,
                    forfeited=sums.forfeited,
                    left_value=value,
                    left_basis=basis,
                ),
            )
            begun = basis

    def taxable(self) -> Paths:
        """What all years converted beyond the basis that they recovered and a split's earnings."""
        sums = self.years.values()
        taxable = self.basis - self._opening_basis
        taxable -= sum(year.contributed for year in sums)
        for year in sums:
            taxable += year.box_1
            taxable += year.forfeited
            taxable -= year.ira
        return taxable
