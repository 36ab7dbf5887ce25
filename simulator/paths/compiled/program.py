"""Timelines flattened into arrays: what happens on all paths, in order, and where its amounts stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.amounts import ENDS
from simulator.conversion.rows import NOWHERE, Rows
from simulator.conversion.timeline import Close, Timeline
from simulator.returns.draws import Floats

OPEN, LAND, LEAVE, END_YEAR, END = range(5)
"""What happens: the account opens, a deposit lands, a batch leaves, a year ends, policies are compared."""

KIND, PRICE, FIRST, LAST, HOW, BOX_1, BOX_5, GAIN, FEES, FORFEITED = range(10)
"""Columns of an event.

PRICE is the row of the price; FIRST and LAST the batch, as a range of `members`, or a deposit's lot; HOW its
flags. The others are rows of amounts, or `NOWHERE`. GAIN is Box 2a, or a split's earnings.
"""

LEFT_VALUE, LEFT_BASIS, ROTH_END, IRA_END = BOX_1, BOX_5, GAIN, FEES
"""What the same columns hold where a year ends and where policies are compared."""

CONVERTED = GAIN
"""Where a year ends: its Box 1; where forms alone are wanted, Box 2a so far."""

EMPTIES, GROWS, SPLITS, CUTS = 1, 2, 4, 8
"""Flags: nothing stays behind; the Roth is followed; earnings go to the IRA; after a loss basis is cut."""

BASIS, ROTH, FEE, INSIDE = range(4)
"""Amounts of an event: basis that comes, opening Roth, the fee, contributions that stay inside. [cents]"""


@dataclass(frozen=True)
class Program:
    """The events of some timelines on the same prices.

    Attributes:
        events: What happens. [event, column]
        amounts: What it takes. [event, amount]
        starts: The first event of each timeline, and the end of the last.
        members: Lots that leave together, batch after batch.
        lots: Each deposit that buys, once for all timelines: the row of its price.
        lot_amounts: What it buys for. [cents]
    """

    events: NDArray[np.int64]
    amounts: Floats
    starts: NDArray[np.int64]
    members: NDArray[np.int64]
    lots: NDArray[np.int64]
    lot_amounts: Floats


def program(
    timelines: Sequence[Timeline], rows: Sequence[Rows], price_rows: Mapping[date, int]
) -> Program:
    """Flattens timelines.

    Args:
        timelines: Deposits and conversions of each policy.
        rows: Where the amounts of each stand.
        price_rows: Which row has the price of each session.
    """
    writer = _Writer(price_rows)
    starts = [0]
    for plan, of in zip(timelines, rows, strict=True):
        writer.write(plan, of)
        starts.append(len(writer.events))
    return Program(
        events=np.array(writer.events, np.int64).reshape(-1, FORFEITED + 1),
        amounts=np.array(writer.amounts, np.float64).reshape(-1, INSIDE + 1),
        starts=np.array(starts, np.int64),
        members=np.array(writer.members, np.int64),
        lots=np.array([price_rows[day] for day, _ in writer.lots], np.int64),
        lot_amounts=np.array([cents for _, cents in writer.lots], np.float64),
    )


@dataclass
class _Writer:
    """The lists that become a program."""

    price_rows: Mapping[date, int]
    events: list[tuple[int, ...]] = field(default_factory=list)
    amounts: list[tuple[float, ...]] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    lots: dict[tuple[date, int], int] = field(default_factory=dict)

    def write(self, plan: Timeline, of: Rows) -> None:
        """The events of one timeline."""
        opening = plan.terms.opening
        basis = 0 if opening.after_tax else opening.basis
        self._event(OPEN, plan.closes[0], basis=basis, roth=opening.roth)
        inside = contributed = 0
        batches: dict[date | None, list[int]] = {}
        for close in plan.closes:
            for place in close.landing:
                deposit = plan.deposits[place]
                lot = self.lots.setdefault((deposit.lands, deposit.amount), len(self.lots))
                batches.setdefault(deposit.leaves, []).append(lot)
                inside += 1
                contributed += deposit.basis
                self._event(LAND, close, batch=(lot, lot + 1), basis=deposit.basis)
            inside -= len(close.leaving)
            contributed -= sum(plan.deposits[place].basis for place in close.leaving)
            if close.leaving:
                batch = batches.pop(close.session)
                self._leave(plan, close, of, batch, not inside, contributed)
            if close.year_end:
                self._end_year(plan, close, of, contributed)
            if close.session == plan.last_session and of.ends:
                self._event(END, close, rows=(*(of.ends[name] for name in ENDS), NOWHERE))

    def _leave(
        self,
        plan: Timeline,
        close: Close,
        of: Rows,
        batch: list[int],
        empties: bool,
        contributed: int,
    ) -> None:
        terms = plan.terms
        splits = terms.conversion.to == "split"
        first = len(self.members)
        self.members += batch
        how = EMPTIES * empties
        how |= GROWS * (bool(of.ends) and close.session <= plan.last_session)
        how |= SPLITS * splits
        how |= CUTS * (terms.basis_after_loss == "forfeit")
        names = ("box_1", "box_5", "ira" if splits else "box_2a", "fees", "forfeited")
        self._event(
            LEAVE,
            close,
            batch=(first, len(self.members)),
            how=how,
            rows=tuple(of.row(close.session.year, name) for name in names),
            fee=terms.conversion.fee,
            inside=_kept_after_loss(plan, contributed),
        )

    def _end_year(self, plan: Timeline, close: Close, of: Rows, contributed: int) -> None:
        assert close.year_end is not None
        converted = "box_1" if of.ends else "box_2a"
        names = ("left_value", "left_basis", converted, "", "forfeited")
        self._event(
            END_YEAR,
            close,
            how=CUTS * (plan.terms.basis_after_loss == "carry-within-year"),
            rows=tuple(of.row(close.year_end.year, name) for name in names),
            inside=_kept_after_loss(plan, contributed),
        )

    def _event(
        self,
        kind: int,
        close: Close,
        *,
        batch: tuple[int, int] = (0, 0),
        how: int = 0,
        rows: tuple[int, ...] = (NOWHERE,) * 5,
        basis: float = 0,
        roth: float = 0,
        fee: float = 0,
        inside: float = 0,
    ) -> None:
        self.events.append((kind, self.price_rows[close.session], *batch, how, *rows))
        self.amounts.append((basis, roth, fee, inside))


def _kept_after_loss(plan: Timeline, contributed: int) -> float:
    """The contributions that stay inside, which a cut leaves; it matters under no other rule. [cents]"""
    return 0.0 if plan.terms.basis_after_loss == "carry-forward" else float(contributed)
