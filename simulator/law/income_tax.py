"""The federal income tax tables of a year: published with their notice, or projected from unrounded bases.

Law: IRC 1(j), 1(f), 63(c), 1(h); the notices are in `income_tax.csv`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path
from typing import NamedTuple

from simulator.notation.numbers import percent
from simulator.refusal import Refused

HERE = Path(__file__).parent

RATES = tuple(Fraction(rate, 100) for rate in (10, 12, 22, 24, 32, 35, 37))
"""The rates of the brackets, the lowest first. Law: IRC 1(j)(2)."""

STATUSES = ("single", "married-joint", "married-separate", "head-of-household", "surviving-spouse")
"""The filing statuses of Form 1040."""

TOPS = ("to_10", "to_12", "to_22", "to_24", "to_32", "to_35")
"""Where each bracket but the last ends, as the files call it."""

AMOUNTS = (*TOPS, "standard", "additional_65", "zero_to", "fifteen_to")
"""What a table has, as the files call it."""


def table_status(status: str) -> str:
    """The status whose table is read: a surviving spouse has that of a joint return. Law: IRC 1(a)(2)."""
    return "married-joint" if status == "surviving-spouse" else status


class IncomeTaxTable(NamedTuple):
    """The table of one year and filing status. [cents]

    Attributes:
        year: The calendar year.
        status: The filing status; a surviving spouse's table is that of a joint return.
        tops: Where each bracket but the last ends. Law: IRC 1(j)(2).
        standard: The standard deduction. Law: IRC 63(c).
        additional_65: What is added for each person of 65 or more. Law: IRC 63(f).
        zero_to: Taxable income up to which gains are taxed at 0%. Law: IRC 1(h), 1(j)(5).
        fifteen_to: Taxable income up to which they are taxed at 15%, and above at 20%.
        source: The notice that published it, or how it was obtained.
        projected: Whether it is another than the published one of its year.
    """

    year: int
    status: str
    tops: tuple[int, ...]
    standard: int
    additional_65: int
    zero_to: int
    fifteen_to: int
    source: str
    projected: bool = False

    @property
    def amounts(self) -> dict[str, int]:
        """The amounts by the names of `AMOUNTS`. [cents]"""
        rest = (self.standard, self.additional_65, self.zero_to, self.fifteen_to)
        return dict(zip(AMOUNTS, (*self.tops, *rest), strict=True))


class UnknownTable(Refused):
    """A year has neither a published income tax table nor a projected one."""

    def __init__(self, year: int):
        first, last = table_years()
        when = f"before {first}" if year < first else f"after {last}"
        super().__init__(f"no table {when}")


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def _table(year: int, status: str, dollars: Mapping[str, int], source: str) -> IncomeTaxTable:
    return IncomeTaxTable(
        year,
        status,
        tops=tuple(dollars[name] * 100 for name in TOPS),
        standard=dollars["standard"] * 100,
        additional_65=dollars["additional_65"] * 100,
        zero_to=dollars["zero_to"] * 100,
        fifteen_to=dollars["fifteen_to"] * 100,
        source=source,
    )


@cache
def published_tables() -> Mapping[tuple[int, str], IncomeTaxTable]:
    """The tables that have been published, by year and status."""
    tables = (
        _table(
            int(row["year"]),
            row["status"],
            {name: int(row[name]) for name in AMOUNTS},
            row["source"],
        )
        for row in _rows("income_tax.csv")
    )
    return {(table.year, table.status): table for table in tables}


@cache
def table_years() -> tuple[int, int]:
    """The first and the last year with a published table."""
    years = [year for year, _ in published_tables()]
    return min(years), max(years)


def income_tax_table(year: int, status: str, inflation: Fraction | None = None) -> IncomeTaxTable:
    """The table of a year: published, or projected; of the year after the last one that one's values.

    Args:
        year: The calendar year.
        status: One of `STATUSES`.
        inflation: Growth of the price index, which projects tables. [fraction a year]

    Raises:
        UnknownTable: The year is before the tables, or too far beyond them without `inflation`.
    """
    first, last = table_years()
    status = table_status(status)
    if first <= year <= last:
        return published_tables()[year, status]
    if year > last and inflation is not None:
        return projected_table(year, status, inflation)
    if year != last + 1:
        raise UnknownTable(year)
    source = f"the values of {last}: those of {year} are not published here"
    return published_tables()[last, status]._replace(year=year, source=source, projected=True)


def income_tax_tables(
    years: Iterable[int], inflation: Fraction | None = None
) -> Iterator[IncomeTaxTable]:
    """The tables of some years, a row for each status with one of its own; none of years before the first."""
    first, _ = table_years()
    for year in years:
        if year >= first:
            yield from (
                income_tax_table(year, status, inflation)
                for status in STATUSES
                if table_status(status) == status
            )


class TaxIndex(NamedTuple):
    """How an amount is indexed: base x factor x growth, rounded down to a step. [dollars]

    Attributes:
        base: The amount of the law.
        step: What it is rounded down to.
        factor: Growth of the price index from the base's year to the last published year.
    """

    base: int
    step: int
    factor: Fraction

    def amount(self, growth: Fraction) -> int:
        """The amount when the index has grown since the last published year. [dollars]"""
        return floor(self.base * self.factor * growth / self.step) * self.step


@cache
def tax_indexing() -> Mapping[tuple[str, str], TaxIndex]:
    """How each amount of each status is indexed. Law: IRC 1(f)(3), 1(j)(3), 63(c)(4) and (7)."""
    return {
        (row["item"], row["status"]): TaxIndex(
            int(row["base"]), int(row["step"]), Fraction(row["factor_2026"])
        )
        for row in _rows("income_tax_indexing.csv")
    }


@cache
def projected_table(year: int, status: str, inflation: Fraction) -> IncomeTaxTable:
    """The table of a year from the unrounded amounts of the last published one, grown, then rounded down.

    Args:
        year: The last published year, or one after it.
        status: A status with a table.
        inflation: Growth of the price index. [fraction a year]
    """
    _, last = table_years()
    growth = (1 + inflation) ** (year - last)
    dollars = {name: tax_indexing()[name, status].amount(growth) for name in AMOUNTS}
    how = f"projected from {last} at {percent(inflation)} inflation"
    return _table(year, status, dollars, how)._replace(projected=True)


@cache
def _thresholds() -> Mapping[tuple[str, str], tuple[str, int, int]]:
    """What is not indexed: value, first and last year, by item and status."""
    return {
        (row["item"], row["status"]): (
            row["value"],
            int(row["from_year"]),
            int(row["to_year"] or 9999),
        )
        for row in _rows("income_tax_thresholds.csv")
    }


def _share(written: str) -> Fraction:
    return Fraction(written.removesuffix("%")) / 100


def net_investment_tax(status: str) -> tuple[Fraction, int]:
    """The rate of the tax on net investment income, and the income from which on it is due. [cents]

    Law: IRC 1411(a), (b); neither is indexed.
    """
    threshold, _, _ = _thresholds()["net_investment_threshold", table_status(status)]
    rate, _, _ = _thresholds()["net_investment_rate", "all"]
    return _share(rate), int(threshold) * 100


class SeniorDeduction(NamedTuple):
    """What a person of 65 or more deducts for some years: less by a rate of the income above a threshold.

    Attributes:
        amount: Of each person. [cents]
        rate: Of the income above the threshold; it reduces each person's amount by itself.
        threshold: Where that begins. [cents]
    """

    amount: int
    rate: Fraction
    threshold: int


def senior_deduction(year: int, status: str) -> SeniorDeduction | None:
    """The deduction of a person of 65 or more; None where the year or the status has none.

    Law: IRC 151(d)(5)(C), P.L. 119-21 section 70103; a married person must file jointly.
    """
    found = _thresholds().get(("senior_phase_out_from", status))
    if found is None or not found[1] <= year <= found[2]:
        return None
    amount, rate = (
        _thresholds()[name, "all"][0] for name in ("senior_amount", "senior_phase_out_rate")
    )
    return SeniorDeduction(int(amount) * 100, _share(rate), int(found[0]) * 100)
