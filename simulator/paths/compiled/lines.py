"""The lines of a program while it is written: its events, and the lots that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from simulator.conversion.close import Deposit
from simulator.conversion.rows import NOWHERE
from simulator.paths.compiled.program import INSIDE, OUTSIDE, Program


@dataclass
class Lines:
    """The lists that become a program.

    Attributes:
        outside_rows: Which row has the price of each session.
        inside_rows: Which row has that of the fund that money is parked in.
        parked: Whether the timeline that is being written parks money.
        events, amounts, members, carried: See `simulator.paths.compiled.program.Program`.
        starts: The first event of each timeline so far.
        lots: The place of each lot, by the row of its price and what it buys for.
    """

    outside_rows: Mapping[date, int]
    inside_rows: Mapping[date, int]
    parked: bool = False
    events: list[tuple[int, ...]] = field(default_factory=list)
    amounts: list[tuple[float, ...]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    lots: dict[tuple[int, int], int] = field(default_factory=dict)
    carried: int = 0

    @property
    def price_rows(self) -> Mapping[date, int]:
        """Which row has the price of each session in the account of the timeline that is written."""
        return self.inside_rows if self.parked else self.outside_rows

    def event(
        self,
        kind: int,
        session: date,
        *,
        batch: tuple[int, int] = (0, 0),
        how: int = 0,
        rows: tuple[int, ...] = (NOWHERE,) * 5,
        basis: float = 0,
        roth: float = 0,
        fee: float = 0,
        inside: float = 0,
        unpaid: int = NOWHERE,
        carried: tuple[int, int] = (NOWHERE, NOWHERE),
    ) -> None:
        """What happens next, at the close of a session: the columns of `simulator.paths.compiled.program`."""
        price, outside = self.price_rows[session], self.outside_rows[session]
        self.events.append((kind, price, *batch, how, *rows, unpaid, *carried, outside))
        self.amounts.append((basis, roth, fee, inside))

    def lot(self, deposit: Deposit) -> int:
        """The place of the lot that a deposit buys: the same amount on the same day buys the same."""
        bought = self.price_rows[deposit.lands], deposit.amount
        return self.lots.setdefault(bought, len(self.lots))

    def batch(self, lots: Iterable[int]) -> tuple[int, int]:
        """Some lots as a range of `members`."""
        first = len(self.members)
        self.members += lots
        return first, len(self.members)

    def program(self) -> Program:
        """All of them, as arrays."""
        return Program(
            events=np.array(self.events, np.int64).reshape(-1, OUTSIDE + 1),
            amounts=np.array(self.amounts, np.float64).reshape(-1, INSIDE + 1),
            starts=np.array([*self.starts, len(self.events)], np.int64),
            members=np.array(self.members, np.int64),
            lots=np.array([row for row, _ in self.lots], np.int64),
            lot_amounts=np.array([cents for _, cents in self.lots], np.float64),
            carried=self.carried,
        )
