"""Conversions of an account's history: date and amount of each, and what else the file tells of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from simulator.notation.numbers import read_dollars
from simulator.readers.dated_csv import Dated, content
from simulator.readers.deposits import OTHERWISE, amounts_in
from simulator.readers.faults import Fault
from simulator.readers.figures import number_in
from simulator.readers.kinds import columns_of_kinds, counted, demand_one_kind
from simulator.readers.named_file import ConversionFile
from simulator.readers.names import AMOUNT, BASIS, CONVERTED, FEE, TO, VALUE
from simulator.readers.reading import Reading, Taken

DESTINATIONS = ("roth", "traditional", "cash", "refund", "refund-acp")
"""Where a conversion may go; a refund has a form of its own."""


def conversions_read(named: ConversionFile) -> Reading[int]:
    """The conversions of a file, by date and then in the file's order. [cents]

    An amount that leaves the account may be written with a minus. What stands beside each row is in
    `beside`: `value`, `fee` and `basis` in cents, `to` as one of `DESTINATIONS`, each where there is one.

    Raises:
        Mistakes: The file or a row cannot be read, or it leaves something open.
    """
    return _read(named, content(named.file))


@lru_cache(maxsize=16)
def _read(named: ConversionFile, content: bytes) -> Reading[int]:
    amounts = amounts_in(named, content, "amount", [AMOUNT])
    table = amounts.table
    beside = {
        want.thing: column for want in (VALUE, FEE, BASIS, TO) if (column := table.column(want))
    }
    taken = [table.date, amounts.column, *beside.values()]
    kinds = columns_of_kinds(table, amounts.rows, taken)
    demand_one_kind(table, kinds, amounts.rows, CONVERTED)
    commas = {thing: table.commas(column) for thing, column in beside.items() if thing != "to"}
    rows = []
    for entry, cents in amounts.rows:
        more: dict[str, Any] = {}
        for thing, column in beside.items():
            text = entry.at(column)
            try:
                if text and thing == "to":
                    more[thing] = _destination(text)
                elif text:
                    more[thing] = number_in(text, commas[thing], read_dollars, OTHERWISE)[1]
            except ValueError as error:
                table.faults.append(Fault(entry.line, f"{thing}: {error}"))
        day = amounts.days.of[entry.at(table.date)]
        rows.append((Dated(entry.line, day, abs(cents)), more))
    table.demand_no_faults()
    rows.sort(key=lambda pair: pair[0].day)
    return Reading(
        str(named.file),
        "conversions",
        (
            Taken("date", table.date.name),
            Taken("amount", amounts.column.name),
            *(Taken(thing, column.name) for thing, column in beside.items()),
        ),
        tuple(row for row, _ in rows),
        beside=tuple(more for _, more in rows),
        kinds=tuple(kind for each in kinds for kind in counted(each, amounts.rows, taken=True)),
        left_out=tuple(table.left_out),
        told=tuple(table.told),
    )


def _destination(text: str) -> str:
    """Where a conversion goes, in the words of this program."""
    words = "-".join(text.casefold().replace("_", " ").split())
    if words not in DESTINATIONS:
        raise ValueError(f"this is no destination; write {', '.join(DESTINATIONS)}")
    return words
