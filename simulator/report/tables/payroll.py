"""Paychecks and the law's limits as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulator.answer.phrases import money
from simulator.answer.records import events
from simulator.notation.numbers import percent
from simulator.payroll.contribution import AMOUNTS, Contribution, ContributionYear
from simulator.payroll.nonelective import LumpShare
from simulator.payroll.paycheck import BONUS, LUMP_SUM, SO_FAR
from simulator.report.sentences import clipped_words, take_home_words
from simulator.report.tables.table import WORD, Column, Table

SHOWN = tuple(name for name in AMOUNTS if name != "catch_up")
"""The columns that add up; catch-up is in those of the deferrals."""

YIELDS = ("Gross", "Room left")
"""What a narrow terminal does without first: the pay that one knows, and what is left of the room."""

ABBREVIATED = {"nonelective": "Nonelect."}


def payroll_tables(years: Sequence[ContributionYear]) -> Iterator[Table]:
    """Paycheck by paycheck: gross, each contribution, the room left, and what was clipped."""
    columns = (
        Column("Pay date", WORD),
        Column("Gross"),
        *(Column(ABBREVIATED.get(name, name.replace("_", "-").capitalize())) for name in SHOWN),
        Column("Room left"),
    )
    for year in years:
        rows = [_paycheck_row(event) for event in events(year)]
        rows.append(("Total", year.gross, *(year.total(name) for name in SHOWN), None))
        yield Table(
            f"Payroll {year.year}",
            columns,
            tuple(rows),
            frozenset({len(rows) - 1}),
            (*clipped_words(year), *_take_home(year), *_limit_words(year)),
            yields=YIELDS,
        ).without_empty()


def _paycheck_row(contribution: Contribution) -> tuple[Any, ...]:
    mark = {BONUS: " b", LUMP_SUM: " e", SO_FAR: " s"}.get(contribution.paycheck.kind, "")
    return (
        f"{contribution.pay_date}{mark}",
        contribution.paycheck.gross,
        *(getattr(contribution, name) for name in (*SHOWN, "room_after")),
    )


def _take_home(year: ContributionYear) -> Iterator[str]:
    if paid := year.fullest:
        words = take_home_words(paid)
        yield f"Into the plan goes {words}."


def _limit_words(year: ContributionYear) -> Iterator[str]:
    paychecks = [event.paycheck for event in events(year)]
    kinds = {paycheck.kind for paycheck in paychecks}
    if SO_FAR in kinds:
        yield "s: all of the year until then, as so_far says."
    if BONUS in kinds:
        yield "b: a bonus, paid apart from the regular paycheck."
    for label in dict.fromkeys(paycheck.label for paycheck in paychecks if paycheck.label):
        dates = (str(paycheck.pay_date) for paycheck in paychecks if paycheck.label == label)
        yield f"{label}: {', '.join(dates)}."
    if LUMP_SUM in kinds:
        yield "e: a nonelective contribution, paid on its date by the employer."
    if any(paycheck.pay_date.year > year.year for paycheck in paychecks):
        yield f"What is paid in {year.year + 1} counts for {year.year}, and uses its room."
    for paid in year.earlier:
        before, lump = paid.paycheck.year, paid.paycheck.lump
        amount = money(paid.nonelective)
        if isinstance(lump, LumpShare):
            amount = f"{percent(lump.share)} of the pay of {before}, which is not in the file,"
        yield (
            f"{amount} paid on {paid.pay_date} by the employer counts for {before} and uses no room here."
        )
    limits = (
        ("402(g)", year.elective_deferral_limit, year.deferrals - year.total("catch_up")),
        ("catch-up", year.catch_up_limit, year.total("catch_up")),
        ("415(c)", year.annual_additions_limit, year.annual_additions),
    )
    for name, limit, used in limits:
        if limit:
            rest = f"{money(limit - used)} unused" if used <= limit else "more"
            yield f"{name}: {money(used)} of {money(limit)}; {rest}."
    if back := year.after_tax_returned or year.pays_back:
        when = "is" if year.after_tax_returned else "would be"
        yield (
            f"{money(back)} of the after-tax contributions exceeds 415(c) and {when} paid back at the "
            "year's end, with its earnings (code E)."
        )
    if year.roth_catch_up and year.catch_up_limit:
        yield "Catch-up must be Roth this year: last year's wages exceed the threshold."
