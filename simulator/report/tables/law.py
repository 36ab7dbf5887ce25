"""What the law allows, and how it taxes, as tables: limits by year, brackets by year and status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.answer.records import LIMIT_COLUMNS
from simulator.law.income_tax import RATES, IncomeTaxTable
from simulator.law.limits import Limits
from simulator.notation.numbers import percent
from simulator.report.tables.table import COUNT, TEXT, WORD, Column, Table

STATUSES = {
    "single": "single",
    "married-joint": "joint",
    "married-separate": "separate",
    "head-of-household": "head",
}
"""Filing statuses, as a table has room for them."""


def limits_table(years: Sequence[Limits]) -> Table:
    """The limits of some years, with the notice of each. [whole dollars]"""
    columns = (
        Column("Year", COUNT),
        *(Column(header, COUNT) for header in LIMIT_COLUMNS.values()),
        Column("Source", TEXT),
    )
    rows = tuple(
        (
            year.year,
            *(_whole_dollars(getattr(year, name)) for name in LIMIT_COLUMNS),
            year.source,
        )
        for year in years
    )
    return Table(
        "Limits by year, dollars",
        columns,
        rows,
        notes=(
            "402(g): elective deferrals; 50+, 60-63: catch-up (414(v)); 415(c): annual additions; "
            "401(a)(17): compensation; Roth above: wages of the year before above which catch-up is "
            "Roth (in force from 2026); HCE: highly compensated (414(q)).",
        ),
        yields=("HCE", "Roth above"),
    )


def income_tax_tables_shown(tables: Sequence[IncomeTaxTable]) -> Iterator[Table]:
    """Where each bracket ends; then deductions, breakpoints of gains, and notices. Nothing of no tables."""
    if not tables:
        return
    whose = (Column("Year", COUNT), Column("Status", WORD))
    rows = [(table.year, STATUSES[table.status]) for table in tables]
    yield Table(
        "Income tax brackets: each rate up to this taxable income, dollars",
        (*whose, *(Column(percent(rate), COUNT) for rate in RATES[:-1])),
        tuple(
            (*row, *map(_whole_dollars, table.tops))
            for row, table in zip(rows, tables, strict=True)
        ),
        notes=(
            f"Above them {percent(RATES[-1])}. A surviving spouse has the brackets of a joint return.",
        ),
    )
    heads = ("Standard", "65+", "Gains 0%", "15%")
    yield Table(
        "Deductions, and gains: 0% and 15% up to this taxable income, dollars",
        (*whose, *(Column(head, COUNT) for head in heads), Column("Source", TEXT)),
        tuple(
            (
                *row,
                *map(_whole_dollars, list(table.amounts.values())[len(table.tops) :]),
                table.source,
            )
            for row, table in zip(rows, tables, strict=True)
        ),
        notes=("65+: for each person of 65 or more, beside the standard deduction.",),
    )


def _whole_dollars(cents: int | None) -> str | None:
    return None if cents is None else f"{cents // 100:,}"
