"""What is inside the account of a timeline while it is written down: its batches, by when they leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from simulator.conversion.amounts import taxable
from simulator.conversion.close import Deposit
from simulator.conversion.payments import Payment
from simulator.conversion.rows import NOWHERE, Rows
from simulator.conversion.timeline import Timeline
from simulator.paths.compiled.program import KEEPS


@dataclass
class Batch:
    """Deposits that leave together.

    Attributes:
        lots: Those that came since it was last the smaller for a payment.
        staked: The contributions that they brought. [cents]
        carried: The row of the units of those before; `NOWHERE` if it never was.
        stake: The row of their contributions, where these matter.
        was_smaller: Whether there are such rows already.
        whole: Whether it is all that came since the account was last empty.
    """

    lots: list[int] = field(default_factory=list)
    staked: int = 0
    carried: int = NOWHERE
    stake: int = NOWHERE
    was_smaller: bool = False
    whole: bool = False


@dataclass
class Inside:
    """An account while its timeline is written.

    Attributes:
        plan: The timeline.
        of: Where its amounts stand.
        batches: What is inside.
        inside: How many deposits that are.
        kept: The contributions that they brought, since payments were last taken of all. [cents]
        smaller: Whether one was.
        whole: Whether nothing has been taken of it since it was last empty.
        rows: How many rows what is left of batches has taken.
        waiting: Lots that have landed and are not among the account's units yet.
        brought: The contributions that they brought. [cents]
        contributed: Those of the year so far. [cents]
    """

    plan: Timeline
    of: Rows
    batches: dict[date | None, Batch] = field(default_factory=dict)
    inside: int = 0
    kept: int = 0
    smaller: bool = False
    whole: bool = True
    rows: int = 0
    waiting: list[int] = field(default_factory=list)
    brought: int = 0
    contributed: int = 0

    def land(self, deposit: Deposit, lot: int) -> None:
        """A deposit lands."""
        batch = self.batches.get(deposit.gone)
        if batch is None:
            batch = self.batches[deposit.gone] = Batch()
        batch.lots.append(lot)
        batch.staked += deposit.basis
        self.inside += 1
        self.kept += deposit.basis
        self.waiting.append(lot)
        self.brought += deposit.basis
        self.contributed += deposit.basis

    def landed(self) -> tuple[list[int], int]:
        """The lots that were waiting, and the contributions that they brought: they wait no longer."""
        landed = self.waiting, self.brought
        self.waiting, self.brought = [], 0
        return landed

    def leave(self, session: date, count: int) -> Batch:
        """A batch of some deposits leaves."""
        batch = self.batches.pop(session)
        self.inside -= count
        self.kept -= batch.staked
        batch.whole = self.whole and not self.inside
        self.whole = not self.inside
        return batch

    def shrink(self) -> Iterator[Batch]:
        """A payment is taken of every deposit: the batches as they were, each with its rows from now on."""
        for batch in self.batches.values():
            if not batch.was_smaller:
                batch.carried, self.rows = self.rows, self.rows + 1
                if self.cuts:
                    batch.stake, self.rows = self.rows, self.rows + 1
            yield batch
            batch.lots, batch.staked, batch.was_smaller = [], 0, True
        self.kept, self.smaller, self.whole = 0, True, False

    @property
    def cuts(self) -> bool:
        """Whether a loss cuts the basis, so that the contributions inside matter."""
        return self.plan.terms.basis_after_loss != "carry-forward"

    @property
    def kept_after_loss(self) -> float:
        """The contributions that a cut leaves inside, beside what each path has kept. [cents]"""
        return float(self.kept) if self.cuts else 0.0

    @property
    def keeps(self) -> int:
        """The flag of what each path has kept, where that matters."""
        return KEEPS * (self.smaller and self.cuts)

    def follows_roth(self, session: date) -> bool:
        """Whether what the Roth holds matters after a session: at the end, or for what comes out of it."""
        return bool(self.plan.refunded) or (
            bool(self.of.ends) and session <= self.plan.last_session
        )

    def taxed(self, payment: Payment) -> str:
        """The amount to which what is taxable in a payment is added."""
        return taxable(payment.code) if self.of.ends else "box_2a"
