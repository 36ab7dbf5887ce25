"""Writes timelines as a program: what happens on all paths, event after event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from simulator.conversion.amounts import ENDS, SPLIT, paid, withheld
from simulator.conversion.close import Close, Deposit, Due
from simulator.conversion.payments import REFUND as REFUNDS
from simulator.conversion.payments import ROLLOVER, TO_BOTH, Payment
from simulator.conversion.rows import NOWHERE, Rows
from simulator.conversion.timeline import Timeline
from simulator.days.calendars import sessions_of
from simulator.paths.compiled.inside import Inside
from simulator.paths.compiled.program import (
    CUTS,
    EMPTIES,
    END,
    END_YEAR,
    GATHER,
    GROWS,
    INSIDE,
    KEEPS,
    LAND,
    LEAVE,
    MOVED,
    OPEN,
    OUTSIDE,
    PAYS,
    REFUND,
    SHRINK,
    SPLITS,
    WHOLE,
    WITHDRAW,
    Program,
)


def program(
    timelines: Sequence[Timeline],
    rows: Sequence[Rows],
    price_rows: Mapping[date, int],
    inside_rows: Mapping[date, int],
) -> Program:
    """Flattens timelines.

    Args:
        timelines: Deposits and conversions of each policy.
        rows: Where the amounts of each stand.
        price_rows: Which row has the price of each session.
        inside_rows: Which row has that of the fund that money is parked in.
    """
    writer = _Writer(price_rows, inside_rows)
    starts = [0]
    for plan, of in zip(timelines, rows, strict=True):
        writer.write(plan, of)
        starts.append(len(writer.events))
    return Program(
        events=np.array(writer.events, np.int64).reshape(-1, OUTSIDE + 1),
        amounts=np.array(writer.amounts, np.float64).reshape(-1, INSIDE + 1),
        starts=np.array(starts, np.int64),
        members=np.array(writer.members, np.int64),
        lots=np.array([row for row, _ in writer.lots], np.int64),
        lot_amounts=np.array([cents for _, cents in writer.lots], np.float64),
        carried=writer.carried,
    )


@dataclass
class _Writer:
    """The lists that become a program."""

    outside_rows: Mapping[date, int]
    inside_rows: Mapping[date, int]
    parked: bool = False
    events: list[tuple[int, ...]] = field(default_factory=list)
    amounts: list[tuple[float, ...]] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    lots: dict[tuple[int, int], int] = field(default_factory=dict)
    carried: int = 0

    @property
    def price_rows(self) -> Mapping[date, int]:
        """Which row has the price of each session in the account of the timeline that is written."""
        return self.inside_rows if self.parked else self.outside_rows

    def write(self, plan: Timeline, of: Rows) -> None:
        """The events of one timeline."""
        self.parked = plan.parked
        opening = plan.terms.opening
        basis = 0 if opening.after_tax else opening.basis
        self._event(OPEN, plan.closes[0].session, basis=basis, roth=opening.roth)
        account = Inside(plan, of)
        for close in plan.closes:
            for place in close.landing:
                deposit = plan.deposits[place]
                lot = self.lots.setdefault(self._lot(deposit), len(self.lots))
                account.land(deposit, lot)
                self._event(LAND, close.session, batch=(lot, lot + 1), basis=deposit.basis)
            for due in close.due:
                if not due.payment.last:
                    self._pay(account, close, due)
            if close.leaving:
                self._leave(account, close, len(close.leaving))
            for due in close.due:
                if due.payment.last:
                    self._pay(account, close, due)
            if close.year_end:
                self._end_year(account, close)
            if close.session == plan.last_session and of.ends:
                self._event(END, close.session, rows=(*(of.ends[name] for name in ENDS), NOWHERE))
        self.carried = max(self.carried, account.rows)

    def _leave(
        self, account: Inside, close: Close, count: int, payment: Payment | None = None
    ) -> None:
        """A batch leaves: it is converted, or all that is inside is paid out."""
        plan, of = account.plan, account.of
        terms, year = plan.terms, close.session.year
        batch = account.leave(close.session, count)
        first = len(self.members)
        self.members += [] if batch.whole else batch.lots
        to_person = payment is not None and payment.code != ROLLOVER
        splits = payment.to == TO_BOTH if payment else terms.conversion.to == SPLIT
        how = EMPTIES * (not account.inside) | WHOLE * batch.whole
        how |= GROWS * (account.follows_roth(close.session) and not to_person)
        how |= SPLITS * splits
        how |= CUTS * (terms.basis_after_loss == "forfeit")
        how |= account.keeps
        names = ("box_1", "box_5", "ira" if splits else "box_2a", "fees", "forfeited")
        if payment and to_person:
            how |= PAYS
            names = (
                paid(payment.code),
                "basis_paid",
                account.taxed(payment),
                withheld(payment.code),
                names[-1],
            )
        self._event(
            LEAVE,
            close.session,
            batch=(first, len(self.members)),
            how=how,
            rows=tuple(of.row(year, name) for name in names),
            fee=0 if payment else terms.conversion.fee,
            inside=account.kept_after_loss,
            carried=(batch.carried, batch.stake),
        )

    def _pay(self, account: Inside, close: Close, due: Due) -> None:
        """A life event pays: all that is inside, an amount of it, or a refund."""
        payment, places = due
        if payment.clears:
            self._leave(account, close, len(places), payment)
            return
        of, year = account.of, close.session.year
        refund = payment.event == REFUNDS
        forfeits = account.plan.terms.basis_after_loss == "forfeit" and not refund
        names = (
            paid(payment.code),
            "basis_paid",
            account.taxed(payment),
            "" if refund else withheld(payment.code),
            "forfeited",
        )
        members, landed, year_end = (0, 0), 0, of.row(year, "unpaid")
        if refund:
            gathered = [account.plan.deposits[n] for n in account.plan.refunded[payment.year]]
            landed = sum(deposit.amount for deposit in gathered)
            members = self._members(gathered)
            year_end = self.price_rows[sessions_of(payment.year)[-1]]
            if self.parked:
                self._gather(account.plan, payment.year)
        self._event(
            REFUND if refund else WITHDRAW,
            close.session,
            batch=members,
            how=CUTS * forfeits | MOVED * (refund and self.parked) | account.keeps,
            rows=tuple(of.row(year, name) for name in names),
            basis=payment.contributed,
            roth=landed,
            fee=payment.asked or 0,
            inside=account.kept,
            unpaid=year_end,
        )
        for batch in account.shrink():
            first = len(self.members)
            self.members += batch.lots
            self._event(
                SHRINK,
                close.session,
                batch=(first, len(self.members)),
                how=KEEPS * batch.was_smaller,
                inside=batch.staked,
                carried=(batch.carried, batch.stake),
            )

    def _lot(self, deposit: Deposit) -> tuple[int, int]:
        return self.price_rows[deposit.lands], deposit.amount

    def _members(self, deposits: Iterable[Deposit]) -> tuple[int, int]:
        first = len(self.members)
        self.members += [self.lots[self._lot(deposit)] for deposit in deposits]
        return first, len(self.members)

    def _gather(self, plan: Timeline, year: int) -> None:
        """What parked contributions of a year are worth by its end: the first converted first."""
        apart: dict[date | None, list[Deposit]] = {}
        for place in plan.refunded[year]:
            apart.setdefault(plan.converted_within(year, place), []).append(plan.deposits[place])
        last = sessions_of(year)[-1]
        groups = sorted(apart or {None: []}, key=lambda day: day or last)
        for place, day in enumerate(groups):
            self._event(
                GATHER,
                day or last,
                batch=self._members(apart.get(day, ())),
                how=MOVED * (day is not None) | EMPTIES * (place == 0),
                unpaid=self.outside_rows[last] if day else self.price_rows[last],
            )

    def _end_year(self, account: Inside, close: Close) -> None:
        assert close.year_end is not None
        plan, of = account.plan, account.of
        converted = "box_1" if of.ends else "box_2a"
        names = ("left_value", "left_basis", converted, "", "forfeited")
        within_year = plan.terms.basis_after_loss == "carry-within-year"
        self._event(
            END_YEAR,
            close.session,
            how=CUTS * (within_year and plan.ends_year(close.year_end)) | account.keeps,
            rows=tuple(of.row(close.year_end.year, name) for name in names),
            inside=account.kept_after_loss,
        )

    def _event(
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
        price, outside = self.price_rows[session], self.outside_rows[session]
        self.events.append((kind, price, *batch, how, *rows, unpaid, *carried, outside))
        self.amounts.append((basis, roth, fee, inside))
