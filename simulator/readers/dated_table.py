"""The rows of a table of dates and numbers, whatever stands around it: above, under and between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place, short
from simulator.readers.dates import DATE_LIKE, NO_DATE, Days, days_of
from simulator.readers.faults import QUOTABLE, Fault, demand_no_faults
from simulator.readers.figures import Commas, commas_of, plain_number, says_nothing, unsigned
from simulator.readers.grids import grids
from simulator.readers.header import Column, Header, header_of, is_date
from simulator.readers.named_file import NamedFile
from simulator.readers.names import DATE, Want, plain_name
from simulator.readers.written import as_yaml

MOST_NAMED = 12
"""Columns, or values of one, that a line names."""

LONGEST_NAME = 40
"""Letters of the name of a column that are shown."""

_SUM = re.compile(
    r"(grand |sub-?)?totals?\b|sum\b|(beginning|ending|opening|closing) ", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]{2,}")


class Entry(NamedTuple):
    """A row as it is written.

    Attributes:
        line: Its line in the file.
        cells: Its cells, without spaces around them.
    """

    line: int
    cells: list[str]

    def at(self, column: Column) -> str:
        """What stands in a column; nothing where the row is too short."""
        return self.cells[column.place] if column.place < len(self.cells) else ""


class LeftOut(NamedTuple):
    """Rows that were left out: why, how many, the line of the first."""

    why: str
    rows: int
    line: int


@dataclass
class DatedTable:
    """A table of dates and numbers.

    Attributes:
        named: The file, and what its columns are called.
        header: Its header.
        date: The column of dates.
        entries: Its rows, in the file's order.
        left_out: Rows that are none of the table, or were not asked for.
        faults: What is wrong in rows.
        told: What was converted, in sentences.
    """

    named: NamedFile
    header: Header
    date: Column
    entries: list[Entry]
    left_out: list[LeftOut] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def column(self, want: Want) -> Column | None:
        """The column of a thing: the one that is named for it, else the first by the names of exports.

        Raises:
            Mistakes: There is none of the name that is given, or there are several.
        """
        if (name := self.named.column(want.thing)) is not None:
            return self.called(name, want.thing)
        ranked = [
            (rank, each) for each in self.header.columns if (rank := each.rank(want)) is not None
        ]
        if not ranked:
            return None
        best = min(ranked)[0]
        several = [each for rank, each in ranked if rank == best]
        if len(several) > 1:
            raise self.asked_which(want.thing, several)
        return several[0]

    def called(self, name: str, thing: str) -> Column:
        """The column that somebody named."""
        found = [each for each in self.header.columns if each.is_called(name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise self.asked_which(thing, found)
        raise self.mistake(f"{thing}: the header has no column {_quoted(name)}{self._columns()}")

    def asked_which(self, thing: str, columns: Sequence[Column]) -> Mistakes:
        """The question which of several columns is meant."""
        listed = _listed([each.name for each in columns])
        first = as_yaml(columns[0].name)
        return self.mistake(
            f"{len(columns)} columns may be the {thing}: {listed}; name one, like "
            f"{{file: {as_yaml(self.named.file.name)}, {thing}: {first}}}"
        )

    def mistake(self, message: str, line: int | None = None) -> Mistakes:
        """A mistake of the whole file, at its header."""
        place = Place(str(self.named.file), line or self.header.line, 1)
        return Mistakes([Mistake(place, (), message)])

    def days(self, sessions: bool = False) -> Days:
        """The dates of the rows. What is none is a fault.

        Args:
            sessions: Whether a day is one of trading.

        Raises:
            Mistakes: It is open which comes first, day or month.
        """
        texts = [entry.at(self.date) for entry in self.entries]
        days = days_of(texts, self.named.dates, sessions)
        if days.question:
            raise self.mistake(
                f"{days.question}; write dates: month-first or day-first, as in "
                f"{{file: {as_yaml(self.named.file.name)}, dates: month-first}}"
            )
        for entry, text in zip(self.entries, texts, strict=True):
            if why := days.faults.get(text):
                kind = "date" if DATE_LIKE.fullmatch(text) is None else "no such date"
                self.faults.append(Fault(entry.line, _told(why, text, NO_DATE), kind=kind))
        self.told += [days.told] if days.told else []
        return days

    def commas(self, column: Column) -> Commas:
        """What the commas of a column of numbers are.

        Raises:
            Mistakes: That is open.
        """
        texts = {entry.at(column) for entry in self.entries}
        commas = commas_of(texts, self.header.grid.separator)
        if commas.question:
            raise self.mistake(
                f"numbers like {commas.question} may have thousands or decimals behind the comma; "
                "write them like 1234 or 1.234"
            )
        if commas.decimal:
            self.told.append("a comma stands before the decimals of its numbers")
        return commas

    def leave_out(self, why: str, lines: Sequence[int]) -> None:
        """Notes rows that were left out."""
        if lines:
            self.left_out.append(LeftOut(why, len(lines), lines[0]))

    def demand_no_faults(self) -> None:
        """Raises `Mistakes` where rows have faults."""
        demand_no_faults(self.named.file, self.faults, len(self.entries))

    def _columns(self) -> str:
        """The columns that there are, where rows show that this is a table of dates and numbers."""
        return (
            f"; it has {_listed([each.name for each in self.header.columns])}"
            if self.is_table
            else ""
        )

    def naming(self, thing: str) -> str:
        """What to write where the names of a table's columns do not tell which a thing is."""
        numbers = [
            each for each in self.header.columns if each != self.date and self.has_numbers(each)
        ]
        if not numbers or not self.is_table:
            return ""
        example = f"{{file: {as_yaml(self.named.file.name)}, {thing}: {as_yaml(numbers[0].name)}}}"
        return f"; or name it, like {example}: there are {_listed([each.name for each in numbers])}"

    def has_numbers(self, column: Column) -> bool:
        """Whether a column has numbers and nothing else."""
        cells = [entry.at(column) for entry in self.entries]
        return any(map(is_number, cells)) and all(is_number(c) or says_nothing(c) for c in cells)

    @property
    def is_table(self) -> bool:
        """Whether a row has a date and a number: then this is a table, and its names may be told."""
        return any(
            is_date(entry.at(self.date))
            and any(is_number(cell) for n, cell in enumerate(entry.cells) if n != self.date.place)
            for entry in self.entries[:MOST_NAMED]
        )


Value = TypeVar("Value")


def number_in(
    text: str, commas: Commas, read: Callable[[str], Value], otherwise: str
) -> tuple[bool, Value]:
    """Whether a number is negative, and what it says without its sign.

    Args:
        text: What stands there.
        commas: What a comma is.
        read: Reads a number without sign, or raises `ValueError` with the reason.
        otherwise: The reason where the text must not be quoted.

    Raises:
        ValueError: The reason why it says nothing, which quotes nothing that might be anything.
    """
    negative, body = unsigned(text)
    body = plain_number(body, commas)
    try:
        return negative, read(body)
    except ValueError as error:
        raise ValueError(
            _told(str(error).replace(f"'{body}'", f"'{text}'"), text, otherwise)
        ) from None


def is_number(text: str) -> bool:
    """Whether a cell has a number, in any of the notations."""
    body = unsigned(text)[1].removesuffix("%")
    return bool(body) and body[0] in "0123456789." and not set(body) - set("0123456789.,_")


def _told(why: str, text: str, otherwise: str) -> str:
    return why if QUOTABLE.fullmatch(text) else otherwise


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
    _filter(table)
    return table


def _as_named(want: Want, name: str) -> Want:
    return Want(want.thing, (plain_name(name),))


def _fill(table: DatedTable) -> None:
    """Reads the rows under the header, without those that are none of the table."""
    header, repeated = table.header, []
    for row in header.body():
        cells = [cell.strip() for cell in row.cells]
        if row.fault:
            table.faults.append(Fault(row.line, row.fault, row.column))
        elif not any(cells):
            continue
        elif tuple(cells) == header.repeats:
            repeated.append(row.line)
        else:
            table.entries.append(Entry(row.line, cells))
    behind = []
    while table.entries and _is_footer(table, table.entries[-1]):
        behind.append(table.entries.pop().line)
    for entry in table.entries:
        if len(entry.cells) > header.width and any(entry.cells[header.width :]):
            wrong = f"{len(entry.cells)} cells; the header has {header.width}"
            hint = f"{wrong}; put quotes around numbers with commas"
            table.faults.append(Fault(entry.line, hint, kind="cells"))
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
            listed = _listed(sorted(filter(None, there.values()))) if table.is_table else ""
            raise table.mistake(
                f"where: {_quoted(missing[0])} is no value of the column {_quoted(column.name)}"
                + (f"; it has {listed}" if listed else "")
            )
        lines = [entry.line for entry in table.entries if _plain(entry.at(column)) not in wanted]
        table.leave_out(f"another {short(visible(column.name), LONGEST_NAME)}", lines)
        table.entries = [entry for entry in table.entries if _plain(entry.at(column)) in wanted]


def _plain(value: str) -> str:
    return " ".join(value.split()).casefold()


def _quoted(name: str) -> str:
    return f"'{short(visible(name), LONGEST_NAME)}'"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(_quoted(name) for name in names[:MOST_NAMED])
    return shown + (f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else "")
