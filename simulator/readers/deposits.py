"""Deposits of an account's history: date and amount of each, reversals taken back."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from simulator.money import in_dollars
from simulator.notation.numbers import NOT_DOLLARS, plain_cents, read_dollars
from simulator.notation.specification import replaced
from simulator.readers.dated_csv import Dated, content
from simulator.readers.dated_table import DatedTable, Entry
from simulator.readers.dates import Days
from simulator.readers.faults import Fault
from simulator.readers.figures import number_in, says_nothing
from simulator.readers.finding import dated_table
from simulator.readers.header import Column
from simulator.readers.kinds import columns_of_kinds, counted, demand_one_kind
from simulator.readers.named_file import DepositFile, NamedFile
from simulator.readers.names import AFTER_TAX, AMOUNT, Want
from simulator.readers.reading import Kind, Reading, Taken

OTHERWISE = f"this {NOT_DOLLARS}"
NO_VALUE = "a value is missing in this row"


class Amounts(NamedTuple):
    """The rows of a history with their amounts.

    Attributes:
        table: The table.
        days: Its dates.
        column: The column of amounts.
        rows: The rows, and their amounts; what goes out is negative. [cents]
    """

    table: DatedTable
    days: Days
    column: Column
    rows: list[tuple[Entry, int]]


def deposits_read(named: DepositFile) -> Reading[int]:
    """The deposits of a file, by date. [cents]

    Raises:
        Mistakes: The file or a row cannot be read, or it leaves something open.
    """
    return _read(named, content(named.file))


@lru_cache(maxsize=16)
def _read(named: DepositFile, content: bytes) -> Reading[int]:
    amounts = amounts_in(named, content, "amount", [AMOUNT])
    table = amounts.table
    taken = [table.date, amounts.column]
    kinds = columns_of_kinds(table, amounts.rows, taken)
    demand_one_kind(table, kinds, amounts.rows)
    rows, reversals = _without_reversals(amounts)
    table.demand_no_faults()
    table.leave_out("reversals, and the deposits that they take back", reversals)
    return Reading(
        str(named.file),
        "deposits",
        (Taken("date", table.date.name), Taken("amount", amounts.column.name)),
        tuple(sorted(rows, key=itemgetter(1, 2))),
        kinds=tuple(kind for each in kinds for kind in counted(each, amounts.rows, taken=True)),
        left_out=tuple(table.left_out),
        told=tuple(table.told),
        notes=_unsourced(amounts, kinds),
    )


def _unsourced(amounts: Amounts, kinds: list[Column]) -> tuple[str, ...]:
    """That no column says that the money is after-tax, where columns say what it is."""
    said = {entry.at(column) for entry, _ in amounts.rows for column in kinds}
    if not kinds or any(AFTER_TAX.search(text) for text in (*said, *amounts.column.words)):
        return ()
    return (
        "no column says that these are after-tax contributions; see that no others are among them",
    )


def kinds_in(named: NamedFile, content: bytes) -> tuple[Kind, ...]:
    """The values of each column of kinds, whether they are asked for or not, with count and sum.

    Raises:
        Mistakes: A row cannot be read.
    """
    every = amounts_in(replaced(named, where=()), content, "amount", [AMOUNT])
    asked = {entry.line for entry, _ in amounts_in(named, content, "amount", [AMOUNT]).rows}
    columns = columns_of_kinds(every.table, every.rows, [every.table.date, every.column])
    inside = [pair for pair in every.rows if pair[0].line in asked]
    outside = [pair for pair in every.rows if pair[0].line not in asked]
    return tuple(
        kind
        for column in columns
        for kind in (*counted(column, inside, taken=True), *counted(column, outside, taken=False))
    )


def amounts_in(named: NamedFile, content: bytes, thing: str, wants: list[Want]) -> Amounts:
    """The rows of a history with their dates and amounts. [cents]

    A cell that says that there is no amount (`--`, `null`) leaves its row out; an empty one is a fault.

    Args:
        named: The file, and what its columns are called.
        content: Its bytes.
        thing: What is looked for, for messages.
        wants: What the columns may be called, that of amounts first.

    Raises:
        Mistakes: The table or its columns cannot be found, or a date or a number is open.
    """
    table = dated_table(named, content, thing, wants)
    column = table.column(wants[0])
    if column is None:
        raise table.mistake(
            f"the header has no column {thing}; write date,{thing}{table.naming(thing)}"
        )
    days, commas = table.days(), table.commas(column)
    rows, nothing = [], []
    known: dict[str, int] = {}
    for entry, text in zip(table.entries, table.texts(column), strict=True):
        cents = known.get(text)
        if cents is None and not commas.decimal:
            cents = plain_cents(text)
        if cents is not None:
            rows.append((entry, cents))
        elif not text:
            table.faults.append(Fault(entry.line, NO_VALUE))
        elif says_nothing(text):
            nothing.append(entry.line)
        else:
            try:
                negative, read = number_in(text, commas, read_dollars, OTHERWISE)
                known[text] = -read if negative else read
                rows.append((entry, known[text]))
            except ValueError as error:
                table.faults.append(Fault(entry.line, str(error)))
    table.leave_out("no amount", nothing)
    table.demand_no_faults()
    return Amounts(table, days, column, rows)


def _without_reversals(amounts: Amounts) -> tuple[list[Dated[int]], list[int]]:
    """The deposits that stay, and the lines of those that were taken back, with what took them back.

    A negative row takes back the latest deposit of its size that is not after it.
    """
    days, place = amounts.days.of, amounts.table.date.place
    rows = [Dated(line, days[cells[place]], cents) for (line, cells), cents in amounts.rows]
    if all(row.number >= 0 for row in rows):
        return rows, []
    rows.sort(key=lambda row: (row.day, row.number < 0))
    kept: dict[int, list[Dated[int]]] = defaultdict(list)
    gone: list[int] = []
    for row in rows:
        if row.number >= 0:
            kept[row.number].append(row)
        elif there := kept[-row.number]:
            gone += [there.pop().line, row.line]
        else:
            wrong = (
                f"{in_dollars(row.number)} on {row.day} takes back no deposit of that size; leave the row "
                "out, and write money that the plan gave back under events, or in the file of conversions, "
                "with to: refund and its basis"
            )
            amounts.table.faults.append(Fault(row.line, wrong, kind="reversal"))
    return [row for several in kept.values() for row in several], sorted(gone)
