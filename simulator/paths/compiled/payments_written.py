"""Writes what a life event pays out of what stays inside: an amount, or a refund."""

from __future__ import annotations

from datetime import date

from simulator.conversion.amounts import paid, withheld
from simulator.conversion.close import Deposit
from simulator.conversion.payments import REFUND as REFUNDS
from simulator.conversion.payments import Payment
from simulator.conversion.timeline import Timeline
from simulator.days.calendars import sessions_of
from simulator.paths.compiled.inside import Inside
from simulator.paths.compiled.lines import Lines
from simulator.paths.compiled.program import (
    CUTS,
    EMPTIES,
    GATHER,
    KEEPS,
    MOVED,
    REFUND,
    SHRINK,
    WITHDRAW,
)


def pay(lines: Lines, account: Inside, session: date, payment: Payment) -> None:
    """A payment of which every deposit bears its share."""
    of, year = account.of, session.year
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
        members = lines.batch(map(lines.lot, gathered))
        year_end = lines.price_rows[sessions_of(payment.year)[-1]]
        if lines.parked:
            _gather(lines, account.plan, payment.year)
    lines.event(
        REFUND if refund else WITHDRAW,
        session,
        batch=members,
        how=CUTS * forfeits | MOVED * (refund and lines.parked) | account.keeps,
        rows=tuple(of.row(year, name) for name in names),
        basis=payment.contributed,
        roth=landed,
        fee=payment.asked or 0,
        inside=account.kept,
        unpaid=year_end,
    )
    for batch in account.shrink():
        lines.event(
            SHRINK,
            session,
            batch=lines.batch(batch.lots),
            how=KEEPS * batch.was_smaller,
            inside=batch.staked,
            carried=(batch.carried, batch.stake),
        )


def _gather(lines: Lines, plan: Timeline, year: int) -> None:
    """What parked contributions of a year are worth by its end: the first converted first."""
    apart: dict[date | None, list[Deposit]] = {}
    for place in plan.refunded[year]:
        apart.setdefault(plan.converted_within(year, place), []).append(plan.deposits[place])
    last = sessions_of(year)[-1]
    groups = sorted(apart or {None: []}, key=lambda day: day or last)
    for place, day in enumerate(groups):
        lines.event(
            GATHER,
            day or last,
            batch=lines.batch(map(lines.lot, apart.get(day, ()))),
            how=MOVED * (day is not None) | EMPTIES * (place == 0),
            unpaid=lines.outside_rows[last] if day else lines.price_rows[last],
        )
