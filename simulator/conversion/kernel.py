"""The kernel: all paths at once, on arrays of floats, postings rounded to the cent.

The same timeline as the ledger's, and none of its arithmetic. Amounts are whole cents in float64, exact
up to 2**53; units are not rounded. Only deposits that leave together share an array: a batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.amounts import Outcome
from simulator.conversion.rows import NOWHERE, Rows, rows_of_all
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


def kernel(timeline: Timeline, prices: Sequence[Paths] | NDArray[np.float64]) -> Outcome[Paths]:
    """Converts a timeline on every path.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session, path]
    """
    (rows,), count = rows_of_all([timeline])
    amounts = np.zeros((count, len(prices[0])))
    post_all(timeline, prices, rows, amounts, {})
    return rows.outcome(timeline, amounts)


def post_all(
    timeline: Timeline,
    prices: Sequence[Paths] | NDArray[np.float64],
    rows: Rows,
    amounts: NDArray[np.float64],
    bought: Bought,
) -> None:
    """Converts a timeline on every path, and fills its rows of a table.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session, path]
        rows: Where its amounts stand.
        amounts: The table; zeros in those rows. [cents; row, path]
        bought: Units that deposits bought at these prices, shared with other timelines on them.
    """
    account = _Account(timeline, prices[0], rows, amounts, bought)
    for close, price in zip(timeline.closes, prices, strict=True):
        account.post(close, price)
    account.close()


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


def rounded(cents: Paths) -> Paths:
    """Whole cents, halves up; in place. [path]"""
    cents += UP
    return np.floor(cents, out=cents)


@dataclass
class _Account:
    """The account on every path. [path]

    `units` is the sum of `batches`, the units that leave together; `inside` counts their deposits, and `kept`
    is what these have contributed. What a year recovers is not summed: it is the basis that it began with
    (`begun`) and was brought (`contributed`), and that is neither left nor forfeited. [cents]
    """

    timeline: Timeline
    first_price: Paths
    rows: Rows
    amounts: NDArray[np.float64]
    bought: Bought
    units: Paths = field(init=False)
    basis: Paths = field(init=False)
    begun: Paths = field(init=False)
    roth: Paths = field(init=False)
    ira: Paths = field(init=False)
    contributed: int = 0
    batches: dict[date | None, Paths] = field(default_factory=dict)
    inside: int = 0
    kept: int = 0

    def __post_init__(self) -> None:
        self.units, self.basis, self.ira = (np.zeros(self.first_price.size) for _ in range(3))
        opening = self.timeline.terms.opening
        self.roth = opening.roth / self.first_price
        if not opening.after_tax:  # with a market value it lands as a deposit
            self.basis += opening.basis
        self.begun = self.basis.copy()

    @property
    def forms_alone(self) -> bool:
        """Whether Box 2a over all forms is all that is asked for."""
        return not self.rows.ends

    @property
    def splits(self) -> bool:
        """Whether earnings go to a traditional IRA."""
        return self.timeline.terms.conversion.to == "split"

    def post(self, close: Close, price: Paths) -> None:
        """One close: the price has moved, deposits land, conversions leave, the year may end."""
        for place in close.landing:
            self._deposit(place, price)
        if close.leaving:
            self._convert(close, price)
        if close.year_end:
            self._end_year(close.year_end.year, price)
        if not self.forms_alone and close.session == self.timeline.last_session:
            for name, units in (
                ("left_value", self.units),
                ("roth_end", self.roth),
                ("ira_end", self.ira),
            ):
                self.amounts[self.rows.ends[name]] = rounded(units * price)
            self.amounts[self.rows.ends["left_basis"]] = self.basis

    def _deposit(self, place: int, price: Paths) -> None:
        deposit = self.timeline.deposits[place]
        units = self._bought(deposit, price)
        self.units += units
        self.basis += deposit.basis
        self.contributed += deposit.basis
        self.inside += 1
        self.kept += deposit.basis
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
        terms, year = self.timeline.terms, close.session.year
        batch = self.batches.pop(close.session)
        self.inside -= len(close.leaving)
        self.kept -= sum(self.timeline.deposits[place].basis for place in close.leaving)
        empties = not self.inside
        worth = price * batch
        value = worth if empties else price * self.units
        if terms.conversion.fee:
            fee = np.minimum(worth, float(terms.conversion.fee))
            worth = worth - fee
            value = np.maximum(value - fee, LEAST_LOSS)  # above 0, to divide by
            self._add(year, "fees", rounded(fee))
        loss = self.basis - value > LEAST_LOSS if terms.basis_after_loss == "forfeit" else None
        amount = rounded(worth)
        recovered = np.minimum(amount, self.basis)
        if not empties:
            share = amount * self.basis
            share /= np.maximum(value, LEAST_LOSS, out=value)  # what stays may have cancelled
            np.minimum(recovered, rounded(share), out=recovered)
        self.basis -= recovered
        self._add(year, "box_1", amount)
        if not self.forms_alone:
            self._receive(year, amount, recovered, price)
        if loss is not None:
            self._forfeit(year, loss)
        if empties:
            self.units.fill(0.0)
        else:
            self.units -= batch

    def _receive(self, year: int, amount: Paths, recovered: Paths, price: Paths) -> None:
        """What the Roth receives, and in a split rollover the traditional IRA."""
        if self.splits:
            earnings = amount - recovered
            self._add(year, "ira", earnings)
            self.ira += earnings / price
            amount = recovered
        self.roth += amount / price

    def _add(self, year: int, column: str, cents: Paths) -> None:
        """Adds an amount to its column of a year.

        Where forms alone are asked for, what is converted and what is forfeited both go to their row, from
        which `close` takes the basis that the account has had.
        """
        if self.forms_alone:
            column = "box_2a" if column in ("box_1", "forfeited") and not self.splits else ""
        row = self.rows.row(year, column)
        if row != NOWHERE:
            total = self.amounts[row]
            np.add(total, cents, out=total)

    def _end_year(self, year: int, price: Paths) -> None:
        within_year = self.timeline.terms.basis_after_loss == "carry-within-year"
        if self.forms_alone and not within_year:
            return
        value = price * self.units
        if within_year:
            self._forfeit(year, self.basis - value > LEAST_LOSS)
        if self.forms_alone:
            return
        of = self.rows.years[year]
        forfeited, ira = (
            self.amounts[of[name]] if name in of else 0.0 for name in ("forfeited", "ira")
        )
        box_5 = self.begun + self.contributed - self.basis - forfeited
        self.amounts[of["box_5"]] = box_5
        self.amounts[of["box_2a"]] = self.amounts[of["box_1"]] - box_5 - ira
        self.amounts[of["left_value"]] = rounded(value)
        self.amounts[of["left_basis"]] = self.basis
        self.begun, self.contributed = self.basis.copy(), 0

    def _forfeit(self, year: int, loss: NDArray[np.bool_]) -> None:
        """Where there is a loss, cuts the basis to the contributions still inside."""
        kept = np.where(loss, np.minimum(self.basis, float(self.kept)), self.basis)
        self._add(year, "forfeited", self.basis - kept)
        self.basis = kept

    def close(self) -> None:
        """Of what forms alone have summed, all but the basis recovered is taxable."""
        if self.forms_alone and not self.splits:
            last = self.timeline.reported_years[-1]
            taxable = self.amounts[self.rows.row(last, "box_2a")]
            taxable += self.basis - self.begun - self.contributed
