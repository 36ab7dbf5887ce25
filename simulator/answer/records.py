"""Answers as plain records, for JSON and CSV. Amounts in dollars."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from simulator.conversion.amounts import is_unknown
from simulator.conversion.ledger import Ledger
from simulator.law.income_tax import IncomeTaxTable
from simulator.law.limits import Limits
from simulator.payroll.contribution import AMOUNTS, Contribution, ContributionYear
from simulator.payroll.nonelective import LumpSum
from simulator.payroll.paycheck import LUMP_SUM

LIMIT_COLUMNS = {
    "elective_deferral": "402(g)",
    "catch_up": "50+",
    "enhanced_catch_up": "60-63",
    "annual_additions": "415(c)",
    "compensation": "401(a)(17)",
    "roth_catch_up_wages": "Roth above",
    "highly_compensated": "HCE",
}


def paycheck_records(years: Sequence[ContributionYear]) -> Iterator[dict[str, Any]]:
    """Every paycheck of the years, in order; a lump sum of the employer on the paycheck of its day. [dollars]

    Where none is paid on its day it has a record of its own; paid for the year before, it stands with the
    year that it counts for. Limits are told that bind in their year.
    """
    for year in years:
        binding = year.clipped
        known = [paid for paid in year.earlier if isinstance(paid.paycheck.lump, LumpSum)]
        for event in (*known, *events(year)):
            yield {
                "pay_date": str(event.pay_date),
                "kind": event.paycheck.kind,
                **_told_apart(event),
                "gross": event.paycheck.gross / 100,
                **{column: getattr(event, column) / 100 for column in (*AMOUNTS, "room_after")},
                **({"after_tax_returned": event.returned / 100} if event.returned else {}),
                "clipped": {
                    limit: cents / 100 for limit, cents in event.clipped.items() if limit in binding
                },
            }


def _told_apart(event: Contribution) -> dict[str, Any]:
    """What a bonus is called; which year employer money counts for that is paid in another."""
    paycheck = event.paycheck
    label = {"label": paycheck.label} if paycheck.label else {}
    other = {"counts_for": paycheck.year} if paycheck.year != paycheck.pay_date.year else {}
    return label | other


def events(year: ContributionYear) -> Iterator[Contribution]:
    """A year's paychecks in order, lump sums of the employer in the last paycheck of their day, if any."""
    for _, of_day in groupby(year.contributions, key=lambda paid: paid.pay_date):
        rows: list[Contribution] = []
        for paid in of_day:
            if rows and paid.paycheck.kind == LUMP_SUM:
                paid = _together(rows.pop(), paid)
            rows.append(paid)
        yield from rows


def _together(paid: Contribution, lump: Contribution) -> Contribution:
    """What is paid on a day, with a lump sum that is paid on it too."""
    return replace(
        paid,
        nonelective=paid.nonelective + lump.nonelective,
        room_after=lump.room_after,
        employer_cut=paid.employer_cut + lump.employer_cut,
        clipped=dict(Counter(paid.clipped) + Counter(lump.clipped)),
    )


def ledger_records(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Every posting as a record. [dollars]"""
    for posting in ledger.postings:
        yield {
            "date": str(posting.session),
            "event": posting.event,
            "amount": posting.amount / 100,
            "basis_recovered": posting.basis_recovered / 100,
            "taxable": posting.taxable / 100,
            "ira": posting.ira / 100,
            "value_after": _balance(posting.value_after),
            "basis_after": posting.basis_after / 100,
            "roth_after": _balance(posting.roth_after),
            **({"code": posting.code, "withheld": posting.withheld / 100} if posting.code else {}),
        }


def _balance(cents: int) -> float | None:
    """A balance; None where no price says what it is. [dollars]"""
    return None if is_unknown(cents) else cents / 100


def limit_records(
    years: Iterable[Limits], tables: Iterable[IncomeTaxTable] = ()
) -> Iterator[dict[str, Any]]:
    """The limits of some years as records, with the income tax tables of those that have some. [dollars]"""
    by_year: dict[int, dict[str, Any]] = {}
    for table in tables:
        amounts = {name: cents / 100 for name, cents in table.amounts.items()}
        by_year.setdefault(table.year, {})[table.status] = amounts | {"source": table.source}
    for year in years:
        tax = by_year.get(year.year)
        yield {
            "year": year.year,
            **{
                name: None if (cents := getattr(year, name)) is None else cents / 100
                for name in (*LIMIT_COLUMNS, "social_security_wage_base")
            },
            "projected": year.projected,
            "source": year.source,
            **({"income_tax": tax} if tax else {}),
        }
