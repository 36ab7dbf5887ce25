"""The table of dates and numbers in a file, without what stands above, between and under its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place, short
from simulator.readers.dated_table import LONGEST_NAME, DatedTable, Entry, listed, quoted
from simulator.readers.faults import QUOTABLE, Fault
from simulator.readers.figures import is_number
from simulator.readers.grids import grids
from simulator.readers.header import header_of, is_date
from simulator.readers.named_file import NamedFile
from simulator.readers.names import DATE, Want, plain_name

_SUM = re.compile(
    r"(grand |sub-?)?totals?\b|sum\b|(beginning|ending|opening|closing) ", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]{2,}")


def dated_table(
    named: NamedFile, content: bytes, thing: str, others: Sequence[Want], dated: Want = DATE
) -> DatedTable:
    """The table in a file.

    Args:
        named: The file, and what its columns are called.
        content: Its bytes.
        thing: What is looked for beside the date, for messages.
        others: What the columns of numbers may be called.
        dated: What the column of dates may be called.

    Raises:
        Mistakes: There is no header, or rows of other numbers of cells than it has.
    """
    given = named.column("date")
    date_want = dated if given is None else _as_named(dated, given)
    wants = [
        want if (name := named.column(want.thing)) is None else _as_named(want, name)
        for want in others
    ]
    header, first = header_of(grids(named.file, content), date_want, wants)
    place = Place(str(named.file), header.line if header else 1, first.column)
    dates = [each for each in header.columns if each.rank(date_want) is not None] if header else []
    if header is None or not dates:
        asked = (
            given or "date",
            next((n for n in map(named.column, [w.thing for w in wants]) if n), thing),
        )
        absent = [name for n, name in enumerate(asked) if not (header and n)]
        missing = f"the header has no column {' and no column '.join(absent)}; write date,{thing}"
        raise Mistakes([Mistake(place, (), first.fault or missing)])
    column = min(dates, key=lambda each: (each.rank(date_want), each.place))
    table = DatedTable(named, header, column, [])
    _fill(table)
    if given is not None:
        table.date = table.called(given, "date")
    _filter(table)
    return table


def _as_named(want: Want, name: str) -> Want:
    """What a column may be called where somebody has named it; the rest tells a header all the same."""
    return want._replace(names=(plain_name(name), *want.names))


def _fill(table: DatedTable) -> None:
    """Reads the rows under the header, without those that are none of the table."""
    header, repeated, entries = table.header, [], table.entries
    again = list(header.repeats)
    for line, written, fault, column in header.body():
        cells = list(map(str.strip, written))
        if fault:
            table.faults.append(Fault(line, fault, column))
        elif not any(cells):
            continue
        elif cells == again:
            repeated.append(line)
        else:
            entries.append(Entry(line, cells))
    behind = []
    while table.entries and _is_footer(table, table.entries[-1]):
        behind.append(table.entries.pop().line)
    width = header.width
    for line, cells in table.entries:
        if len(cells) > width and any(cells[width:]):
            wrong = f"{len(cells)} cells; the header has {width}"
            hint = f"{wrong}; put quotes around numbers with commas"
            table.faults.append(Fault(line, hint, kind="cells"))
    table.leave_out("behind the table", behind[::-1])
    table.leave_out("the header again", repeated)


def _is_footer(table: DatedTable, entry: Entry) -> bool:
    """Whether a row at the end is a sum, or words, and none of the table."""
    text = entry.at(table.date)
    if any(map(str.isdigit, text)) and (is_date(text) or QUOTABLE.fullmatch(text)):
        return False
    others = [cell for n, cell in enumerate(entry.cells) if cell and n != table.date.place]
    if not text:
        return bool(others) and (bool(_SUM.match(others[0])) or not any(map(is_number, others)))
    words = 6 if any(map(is_number, others)) else 3
    return bool(_SUM.match(text)) or len(_WORDS.findall(text)) >= words


def _filter(table: DatedTable) -> None:
    """Keeps the rows that are asked for."""
    for name, values in table.named.where:
        column = table.called(name, "where")
        wanted = {_plain(value) for value in values}
        there = {_plain(entry.at(column)): entry.at(column) for entry in table.entries}
        if missing := [value for value in values if _plain(value) not in there]:
            there_are = listed(sorted(filter(None, there.values()))) if table.is_table else ""
            raise table.mistake(
                f"where: {quoted(missing[0])} is no value of the column {quoted(column.name)}"
                + (f"; it has {there_are}" if there_are else "")
            )
        lines = [entry.line for entry in table.entries if _plain(entry.at(column)) not in wanted]
        table.leave_out(f"another {short(visible(column.name), LONGEST_NAME)}", lines)
        table.entries = [entry for entry in table.entries if _plain(entry.at(column)) in wanted]


def _plain(value: str) -> str:
    return " ".join(value.split()).casefold()
