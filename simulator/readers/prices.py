"""Prices of a fund: of a price download, or worked out from a member's own transactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from simulator.notation.mistakes import Mistakes
from simulator.notation.numbers import is_plain, read_number
from simulator.notation.specification import replaced
from simulator.notation.wording import shown
from simulator.readers.dated_csv import Dated, content
from simulator.readers.dated_table import DatedTable
from simulator.readers.dates import Days
from simulator.readers.faults import Fault
from simulator.readers.figures import Commas, number_in, says_nothing
from simulator.readers.finding import dated_table
from simulator.readers.funds import demand_one_fund
from simulator.readers.header import Column
from simulator.readers.named_file import PriceFile
from simulator.readers.names import ADJUSTED, AMOUNT, NO_PRICES, PRICE, UNITS
from simulator.readers.reading import Reading, Taken
from simulator.readers.unit_prices import unit_price

LEAST_PRICE, MOST_PRICE = Decimal("0.000001"), Decimal(1_000_000_000)
"""What a price of a file lies between: no fund has quoted others. [dollars]"""

LONGEST, LOW, HIGH = 20, float(LEAST_PRICE), float(MOST_PRICE)
"""Letters of a price that is read without a second look, and what it lies between."""

NO_PRICE = f"is no price; write a number from {LEAST_PRICE:f} to {MOST_PRICE:,}, like 101.25"
EXAMPLE = "no prices; write rows like 2025-01-02,101.25"


class Found(NamedTuple):
    """Prices, and which columns they are from.

    Attributes:
        columns: These columns.
        rows: The prices, in the file's order.
        note: What a user should know of them; empty where nothing.
    """

    columns: tuple[Taken, ...]
    rows: list[Dated[float]]
    note: str = ""


def prices_read(named: PriceFile) -> Reading[float]:
    """The prices of a file, by date. [dollars]

    Raises:
        Mistakes: The file or a row cannot be read, or it leaves something open.
    """
    return _read(named, content(named.file))


@lru_cache(maxsize=16)
def _read(named: PriceFile, content: bytes) -> Reading[float]:
    wants = [PRICE, AMOUNT, UNITS]
    if named.value is not None:
        named = replaced(named, amount=named.amount or named.value)
    table = dated_table(named, content, "price", wants)
    price = _price_column(table)
    demand_one_fund(table, price)
    days = table.days(sessions=True)
    found = _from_transactions(table, days) if price is None else _quoted(table, days, price)
    table.demand_no_faults()
    if not found.rows:
        raise table.mistake(EXAMPLE, table.header.line + 1)
    rows = _one_a_day(table, found.rows)
    if any(after.day < before.day for before, after in pairwise(found.rows)):
        newest = all(after.day <= before.day for before, after in pairwise(found.rows))
        table.told.append(
            f"the rows were put in order{', the newest stood first' if newest else ''}"
        )
    return Reading(
        str(named.file),
        "prices",
        (Taken("date", table.date.name), *found.columns),
        tuple(rows),
        left_out=tuple(table.left_out),
        told=tuple(table.told),
        notes=(found.note,) if found.note else (),
    )


def _price_column(table: DatedTable) -> Column | None:
    """The column of prices; None where prices are worked out from amounts and units.

    Raises:
        Mistakes: There is none, or it is open which.
    """
    named = table.named
    if named.column("units") is not None and named.column("price") is None:
        return None
    if (column := table.column(PRICE)) is not None:
        return column
    if table.column(UNITS) is not None and table.column(AMOUNT) is not None:
        return None
    columns = [
        each
        for each in table.header.columns
        if each != table.date
        and not any(map(NO_PRICES.search, each.words))
        and table.has_numbers(each)
    ]
    if len(columns) == 1 and table.is_table:
        return columns[0]
    if columns and table.is_table:
        raise table.asked_which("price", columns)
    raise table.mistake("the header has no column price; write date,price")


def _quoted(table: DatedTable, days: Days, column: Column) -> Found:
    """The prices of a column. A row without one is left out."""
    commas = table.commas(column)
    rows, nothing = [], []
    every = zip(table.entries, table.texts(table.date), table.texts(column), strict=True)
    for entry, date_text, text in every:
        day = days.of.get(date_text)
        if says_nothing(text):
            nothing.append(entry.line)
        else:
            try:
                price = _price(text, commas)
                if day is not None:
                    rows.append(Dated(entry.line, day, price))
            except ValueError as error:
                table.faults.append(Fault(entry.line, str(error), kind=NO_PRICE))
    table.leave_out("no price", nothing)
    taken = Taken("price", column.name)
    others = [
        each.name
        for each in table.header.columns
        if each != column and each.rank(PRICE) is not None
    ]
    if set(column.words) & ADJUSTED and others:
        note = (
            f"the prices are those of '{column.name}', before '{others[0]}': dividends are in them"
        )
        return Found((taken,), rows, note)
    return Found((taken,), rows)


def _price(text: str, commas: Commas) -> float:
    if len(text) < LONGEST and not commas.decimal and is_plain(text):  # most are
        price = float(text)
        if LOW < price < HIGH:
            return price
    negative, number = number_in(text, commas, _positive, f"this {NO_PRICE}")
    if negative:
        raise ValueError(f"{shown(text)} {NO_PRICE}")
    return number


def _positive(text: str) -> float:
    number = read_number(text)
    if number is None or not LEAST_PRICE <= number <= MOST_PRICE:
        raise ValueError(f"{shown(text)} {NO_PRICE}")
    return float(number)


def _from_transactions(table: DatedTable, days: Days) -> Found:
    """Unit prices, dollars by units, of the rows that have both."""
    dollars, units = table.column(AMOUNT), table.column(UNITS)
    if dollars is None or units is None:
        absent = "amount" if dollars is None else "units"
        raise table.mistake(f"the header has no column {absent}{table.naming(absent)}")
    commas = (table.commas(dollars), table.commas(units))
    quotients, nothing = [], []
    for entry in table.entries:
        day = days.of.get(entry.at(table.date))
        try:
            price = unit_price(entry.at(dollars), entry.at(units), commas)
        except ValueError as error:
            table.faults.append(Fault(entry.line, str(error)))
            continue
        if price is None:
            nothing.append(entry.line)
        elif day is not None:
            quotients.append((entry.line, day, price))
    table.leave_out("no units, or no dollars", nothing)
    rows = []
    for day, group in groupby(sorted(quotients, key=lambda one: one[1]), lambda one: one[1]):
        several = list(group)
        line, _, best = max(several, key=lambda one: one[2].units)
        if any(not best.agrees(one) for _, _, one in several):
            raise _contradiction(table, day, [(at, one.price) for at, _, one in several])
        rows.append(Dated(line, day, best.price))
    note = f"the prices are {dollars.name} divided by {units.name}, on days with transactions alone"
    return Found((Taken("amount", dollars.name), Taken("units", units.name)), rows, note)


def _one_a_day(table: DatedTable, rows: Iterable[Dated[float]]) -> Iterator[Dated[float]]:
    """The prices by date; equal rows of a day count once.

    Raises:
        Mistakes: Two prices of a day contradict each other.
    """
    again = []
    ordered = sorted(rows, key=attrgetter("day"))
    before: Dated[float] | None = None
    for row in ordered:
        if before is None or row.day != before.day:
            before = row
            yield row
        elif row.number != before.number:
            raise _contradiction(table, row.day, [(one.line, one.number) for one in (before, row)])
        else:
            again.append(row.line)
    table.leave_out("the same day again, at the same price", sorted(again))


def _contradiction(table: DatedTable, day: date, prices: Sequence[tuple[int, float]]) -> Mistakes:
    (first, low), (line, high) = prices[0], next(one for one in prices if one[1] != prices[0][1])
    return table.mistake(
        f"{day} has two prices, {low:,.10g} here and {high:,.10g} in line {line}; "
        "leave one out, or take the rows of one fund by where:",
        first,
    )
