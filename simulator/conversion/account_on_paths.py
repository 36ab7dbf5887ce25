"""The account of the kernel: what one timeline holds on every path, close by close."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.close import Close, Deposit
from simulator.conversion.on_paths import LEAST_LOSS, Paths, aligned, rounded
from simulator.conversion.rows import NOWHERE, Rows
from simulator.conversion.timeline import Timeline
from simulator.days.calendars import sessions_of

Bought = dict[tuple[date, int], Paths]
"""Units that an amount bought at the close of a day. [path]"""

MOST_SHARED = 1 << 23
"""Units that timelines share, at most; of very many deposits each timeline works the rest out again."""


A_CENT = 1.0
"""Where this much stays on every path, no more than the basis is recovered, whatever is rounded. [cents]"""


class Left(NamedTuple):
    """What left the account. [path]

    Attributes:
        amount: What arrived. [cents]
        recovered: Basis in it. [cents]
        loss: Whether the account stood below its basis just before; None where it does not matter.
    """

    amount: Paths
    recovered: Paths
    loss: NDArray[np.bool_] | None


@dataclass
class Account:
    """The account on every path. [path]

    `units` is the sum of `batches`, the units that leave together; `inside` counts their deposits, and `kept`
    is what these have contributed. What a year recovers is not summed: it is the basis that it began with
    (`begun`) and was brought (`contributed`), and that is neither left nor forfeited nor paid out. [cents]

    Where a life event took a share of every deposit, `kept_shrunk` is what was left of the contributions
    until then, and `kept` what came since; `stakes_shrunk` and `stakes` are the same of each batch. Of a year
    of which contributions come back, `gathered` are the units that they bought, `gains` what these had earned
    by its end. [cents]

    `outside` is the price of the fund in Roth and IRA at the close that is posted: where money is parked
    another one than the price that goes with the account. Then units are gathered by when they are converted.
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
    scratch: Sequence[Paths] = field(init=False)
    outside: Paths = field(init=False)
    contributed: int = 0
    batches: dict[date | None, Paths] = field(default_factory=dict)
    inside: int = 0
    kept: int = 0
    kept_shrunk: Paths | float = 0.0
    stakes: dict[date | None, int] = field(default_factory=dict)
    stakes_shrunk: dict[date | None, Paths] = field(default_factory=dict)
    gathered: dict[tuple[int, date | None], Paths] = field(default_factory=dict)
    gains: dict[int, Paths] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units, self.ira = (np.zeros(self.first_price.size) for _ in range(2))
        self.basis = np.zeros(self.amounts.shape[1:])
        self.scratch = tuple(aligned(3, *self.basis.shape))
        opening = self.timeline.terms.opening
        self.outside = self.first_price
        self.roth = opening.roth / self.first_price
        if not opening.after_tax:  # with a market value it lands as a deposit
            self.basis += opening.basis
        self.begun = self.basis.copy()

    @property
    def forms_alone(self) -> bool:
        """Whether Box 2a over all forms is all that is asked for."""
        return not self.rows.ends

    @property
    def cuts(self) -> bool:
        """Whether a loss cuts the basis to the contributions inside."""
        return self.timeline.terms.basis_after_loss != "carry-forward"

    @property
    def splits(self) -> bool:
        """Whether earnings go to a traditional IRA."""
        return self.timeline.terms.conversion.to == "split"

    def land(self, close: Close, price: Paths) -> None:
        """The deposits of a close buy at its price."""
        for place in close.landing:
            self._deposit(place, price)
        if self.timeline.refunded:
            self._measure(close, price)

    def end(self, close: Close, price: Paths) -> None:
        """What a close leaves, where a year ends at it, or the last one."""
        if close.year_end:
            self._end_year(close.year_end, price)
        if not self.forms_alone and close.session == self.timeline.last_session:
            for name, units, at in (
                ("left_value", self.units, price),
                ("roth_end", self.roth, self.outside),
                ("ira_end", self.ira, self.outside),
            ):
                self.amounts[self.rows.ends[name]] = rounded(units * at)
            self.amounts[self.rows.ends["left_basis"]] = self.basis

    def _deposit(self, place: int, price: Paths) -> None:
        deposit = self.timeline.deposits[place]
        units = self._bought(deposit, price)
        self.units += units
        self.basis += deposit.basis
        self.contributed += deposit.basis
        self.inside += 1
        self.kept += deposit.basis
        batch = self.batches.get(deposit.gone)
        self.batches[deposit.gone] = units if batch is None else batch + units
        self.stakes[deposit.gone] = self.stakes.get(deposit.gone, 0) + deposit.basis

    def _bought(self, deposit: Deposit, price: Paths) -> Paths:
        """The units that a deposit buys; the same amount on the same day buys the same."""
        key = (deposit.lands, deposit.amount)
        units = self.bought.get(key)
        if units is None:
            units = deposit.amount / price
            if (len(self.bought) + 1) * price.size <= MOST_SHARED:
                self.bought[key] = units
        return units

    def _measure(self, close: Close, price: Paths) -> None:
        """What contributions of a year that come back have earned by its end."""
        parked = self.timeline.parked
        for year, places in self.timeline.refunded.items():
            for place in places:
                if self.timeline.deposits[place].lands == close.session:
                    units = self._bought(self.timeline.deposits[place], price)
                    key = year, self.timeline.converted_within(year, place) if parked else None
                    known = self.gathered.get(key)
                    self.gathered[key] = units if known is None else known + units
            if (year, close.session) in self.gathered:  # converted today: from now on units outside
                moved = self.gathered[year, close.session]
                self.gathered[year, close.session] = moved * (price / self.outside)
            if close.session == sessions_of(year)[-1]:
                deposited = sum(self.timeline.deposits[place].amount for place in places)
                self.gains[year] = self._gathered(year, price) - deposited

    def _gathered(self, year: int, price: Paths) -> Paths:
        """What the contributions of a year are worth at its end: the first converted first. [cents; path]"""
        moved = sorted(day for of, day in self.gathered if of == year and day)
        worth = [self.gathered[year, day] * self.outside for day in moved]
        if (year, None) in self.gathered:
            worth.append(self.gathered[year, None] * price)
        first, *rest = worth or [np.zeros(price.size)]
        return sum(rest, start=first)

    def convert(self, close: Close, price: Paths) -> Left:
        """The deposits of a conversion leave; gives what it moved."""
        year, fee = close.session.year, self.timeline.terms.conversion.fee
        left = self.leave(close.session, len(close.leaving), fee, price)
        self.arrive(year, left, self.splits)
        if left.loss is not None:
            self.forfeit(year, left.loss)
        return left

    def leave(self, session: date, count: int, fee: int, price: Paths) -> Left:
        """The deposits of a batch leave whole, and basis in proportion; the fee comes out of them first."""
        batch = self.batches.pop(session)
        self.inside -= count
        self.kept -= self.stakes.pop(session)
        if session in self.stakes_shrunk:
            self.kept_shrunk = self.kept_shrunk - self.stakes_shrunk.pop(session)
        empties = not self.inside
        worth, value = self.worth(price, batch, empties)
        if fee:
            charged = np.minimum(worth, float(fee))
            worth = worth - charged
            value = np.maximum(value - charged, LEAST_LOSS)  # above 0, to divide by
            self.add(session.year, "fees", rounded(charged))
        loss = self.loss(value)
        amount = rounded(worth)
        if empties:
            recovered = np.minimum(amount, self.basis, out=self.scratch[2])
            self.units.fill(0.0)
        else:
            recovered = np.multiply(amount, self.basis, out=self.scratch[2])
            self.units -= batch
            remaining = float(np.minimum.reduce(self.units))
            doubtful = remaining * self.least(price) < A_CENT  # may have cancelled
            recovered /= np.maximum(value, LEAST_LOSS, out=value) if doubtful else value
            np.minimum(rounded(recovered), amount, out=recovered)
            if doubtful:
                np.minimum(recovered, self.basis, out=recovered)
        self.basis -= recovered
        return Left(amount, recovered, loss)

    def worth(self, price: Paths, batch: Paths, empties: bool) -> tuple[Paths, Paths]:
        """What a batch is worth, and all that is inside with it: the same where it empties. [cents; path]"""
        worth = np.multiply(price, batch, out=self.scratch[0])
        return worth, worth if empties else np.multiply(price, self.units, out=self.scratch[1])

    def least(self, price: Paths) -> float:
        """The lowest price on any path, or less."""
        return float(np.minimum.reduce(price))

    def loss(self, value: Paths) -> NDArray[np.bool_] | None:
        """Whether the account is below its basis, where that cuts it at once. [path]"""
        if self.timeline.terms.basis_after_loss != "forfeit":
            return None
        return self.basis - value > LEAST_LOSS

    def arrive(self, year: int, left: Left, split: bool) -> None:
        """What the Roth receives, and in a split rollover the traditional IRA."""
        amount, recovered, _ = left
        if self.forms_alone:
            self.add_on_forms(year, recovered if split else amount, recovered)
            if not self.timeline.refunded:
                return
        self.add(year, "box_1", amount)
        if split:
            earnings = amount - recovered
            self.add(year, "ira", earnings)
            self.ira += earnings / self.outside
            amount = recovered
        self.roth += amount / self.outside

    def add_on_forms(self, year: int, amount: Paths, basis: Paths) -> None:
        """Where forms alone are asked for, adds to their row what of an amount is taxable.

        In a plan that does not split all of it: `close` takes out the basis that the account has had.
        """
        total = self.amounts[self.rows.row(year, "box_2a")]
        np.add(total, amount - basis if self.splits else amount, out=total)

    def add(self, year: int, column: str, cents: Paths) -> None:
        """Adds an amount to its column of a year, where there is one."""
        row = NOWHERE if self.forms_alone else self.rows.row(year, column)
        if row != NOWHERE:
            total = self.amounts[row]
            np.add(total, cents, out=total)

    def _end_year(self, session: date, price: Paths) -> None:
        year, rule = session.year, self.timeline.terms.basis_after_loss
        within_year = rule == "carry-within-year" and self.timeline.ends_year(session)
        if self.forms_alone and not within_year:
            return
        value = price * self.units
        if within_year:
            self.forfeit(year, self.basis - value > LEAST_LOSS)
        if self.forms_alone:
            return
        of = self.rows.years[year]
        forfeited, ira, paid = (
            self.amounts[of[name]] if name in of else 0.0
            for name in ("forfeited", "ira", "basis_paid")
        )
        box_5 = self.begun + self.contributed - self.basis - forfeited - paid
        self.amounts[of["box_5"]] = box_5
        self.amounts[of["box_2a"]] = self.amounts[of["box_1"]] - box_5 - ira
        self.amounts[of["left_value"]] = rounded(value)
        self.amounts[of["left_basis"]] = self.basis
        self.begun, self.contributed = self.basis.copy(), 0

    def forfeit(self, year: int, loss: NDArray[np.bool_]) -> None:
        """Where there is a loss, cuts the basis to the contributions still inside."""
        inside: Paths | float = float(self.kept)
        if not isinstance(self.kept_shrunk, float):
            inside = rounded(self.kept_shrunk + self.kept)
        kept = np.where(loss, np.minimum(self.basis, inside), self.basis)
        if self.forms_alone:
            self.add_on_forms(year, self.basis - kept, self.basis - kept)
        else:
            self.add(year, "forfeited", self.basis - kept)
        self.basis[:] = kept

    def close(self) -> None:
        """Of what forms alone have summed, all but the basis recovered is taxable."""
        if self.forms_alone and not self.splits:
            last = self.timeline.reported_years[-1]
            taxable = self.amounts[self.rows.row(last, "box_2a")]
            taxable += self.basis - self.begun - self.contributed
