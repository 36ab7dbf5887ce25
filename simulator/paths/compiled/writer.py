"""Writes timelines as a program: what happens on all paths, event after event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from simulator.conversion.amounts import ENDS, SPLIT, paid, withheld
from simulator.conversion.close import Close, Due
from simulator.conversion.payments import ROLLOVER, TO_BOTH, Payment
from simulator.conversion.rows import NOWHERE, Rows
from simulator.conversion.timeline import Timeline
from simulator.paths.compiled.inside import Inside
from simulator.paths.compiled.lines import Lines
from simulator.paths.compiled.payments_written import pay
from simulator.paths.compiled.program import (
    CUTS,
    EMPTIES,
    END,
    END_YEAR,
    FORM,
    GROWS,
    LAND,
    LEAVE,
    OPEN,
    PASSES,
    PAYS,
    SPLITS,
    WHOLE,
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
    lines = Lines(price_rows, inside_rows)
    for plan, of in zip(timelines, rows, strict=True):
        _write(lines, plan, of)
    return lines.program()


def _write(lines: Lines, plan: Timeline, of: Rows) -> None:
    """The events of one timeline."""
    lines.parked = plan.parked
    lines.starts.append(len(lines.events))
    opening = plan.terms.opening
    basis = 0 if opening.after_tax else opening.basis
    lines.event(OPEN, plan.closes[0].session, basis=basis, roth=opening.roth)
    account = Inside(plan, of)
    for close in plan.closes:
        for place in close.landing:
            deposit = plan.deposits[place]
            account.land(deposit, lines.lot(deposit))
        for due in close.due:
            if not due.payment.last:
                _pay(lines, account, close, due)
        if close.leaving:
            _leave(lines, account, close.session, len(close.leaving))
        for due in close.due:
            if due.payment.last:
                _pay(lines, account, close, due)
        if close.year_end:
            _end_year(lines, account, close.session, close.year_end)
        if close.session == plan.last_session and of.ends:
            _land(lines, account, close.session)
            lines.event(END, close.session, rows=(*(of.ends[name] for name in ENDS), NOWHERE))
    lines.carried = max(lines.carried, account.rows)


def _land(lines: Lines, account: Inside, session: date) -> None:
    """What has landed by now and is still there is among the account's units from now on."""
    lots, basis = account.landed()
    if lots:
        lines.event(LAND, session, batch=lines.batch(lots), basis=basis)


def _pay(lines: Lines, account: Inside, close: Close, due: Due) -> None:
    """A life event pays: all that is inside, an amount of it, or a refund."""
    if due.payment.clears:
        _leave(lines, account, close.session, len(due.leaving), due.payment)
    else:
        _land(lines, account, close.session)
        pay(lines, account, close.session, due.payment)


def _leave(
    lines: Lines, account: Inside, session: date, count: int, payment: Payment | None = None
) -> None:
    """A batch leaves: it is converted, or all that is inside is paid out."""
    of, terms, year = account.of, account.plan.terms, session.year
    batch = account.leave(session, count)
    passes = batch.whole and batch.lots == account.waiting
    whole = batch.whole and not passes
    if not passes:
        _land(lines, account, session)
    _, brought = account.landed()
    to_person = payment is not None and payment.code != ROLLOVER
    splits = payment.to == TO_BOTH if payment else terms.conversion.to == SPLIT
    how = EMPTIES * (not account.inside) | WHOLE * whole | PASSES * passes
    how |= GROWS * (account.follows_roth(session) and not to_person)
    how |= SPLITS * splits
    how |= CUTS * (terms.basis_after_loss == "forfeit")
    how |= account.keeps
    earnings = "ira" if splits else "" if of.ends else "box_2a"
    names = ("box_1", "", earnings, "fees", "forfeited")
    if payment and to_person:
        how |= PAYS
        names = (
            paid(payment.code),
            "basis_paid",
            account.taxed(payment),
            withheld(payment.code),
            names[-1],
        )
    lines.event(
        LEAVE,
        session,
        batch=lines.batch([] if whole else batch.lots),
        how=how,
        rows=tuple(of.row(year, name) for name in names),
        basis=brought,
        fee=0 if payment else terms.conversion.fee,
        inside=account.kept_after_loss,
        carried=(batch.carried, batch.stake),
    )


def _end_year(lines: Lines, account: Inside, session: date, year_end: date) -> None:
    """A year ends: what it leaves behind, and its form."""
    _land(lines, account, session)
    plan, of, year = account.plan, account.of, year_end.year
    converted = "box_1" if of.ends else "box_2a"
    names = ("left_value", "left_basis", converted, "", "forfeited")
    within_year = plan.terms.basis_after_loss == "carry-within-year"
    lines.event(
        END_YEAR,
        session,
        how=CUTS * (within_year and plan.ends_year(year_end)) | account.keeps,
        rows=tuple(of.row(year, name) for name in names),
        inside=account.kept_after_loss,
    )
    if of.ends:
        names = ("box_1", "box_5", "box_2a", "ira", "forfeited")
        lines.event(
            FORM,
            session,
            rows=tuple(of.row(year, name) for name in names),
            basis=account.contributed,
            unpaid=of.row(year, "basis_paid"),
        )
        account.contributed = 0
