"""The rows of a table of dates and numbers, whatever stands around it: above, under and between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place, short
from simulator.readers.dates import DATE_LIKE, NO_DATE, Days, days_of
from simulator.readers.faults import Fault, demand_no_faults, quotable
from simulator.readers.figures import Commas, commas_of, is_number, says_nothing
from simulator.readers.header import Column, Header, is_date
from simulator.readers.named_file import NamedFile
from simulator.readers.names import Want
from simulator.readers.written import column_said, order_said

MOST_NAMED = 12
"""Columns, or values of one, that a line names."""

LONGEST_NAME = 40
"""Letters of the name of a column that are shown."""


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
    _texts: dict[int, list[str]] = field(default_factory=dict, repr=False)

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
        raise self.mistake(f"{thing}: the header has no column {quoted(name)}{self._columns()}")

    def asked_which(self, thing: str, columns: Sequence[Column]) -> Mistakes:
        """The question which of several columns is meant."""
        several = listed([each.name for each in columns])
        said = column_said(self.named.asked, self.named.file.name, thing, columns[0].name)
        return self.mistake(
            f"{len(columns)} columns may be the {thing}: {several}; name one, like {said}"
        )

    def mistake(self, message: str, line: int | None = None) -> Mistakes:
        """A mistake of the whole file, at its header."""
        place = Place(str(self.named.file), line or self.header.line, 1)
        return Mistakes([Mistake(place, (), message)])

    def texts(self, column: Column) -> list[str]:
        """What stands in a column, row by row, when the rows are known; nothing where one is too short."""
        if (place := column.place) not in self._texts:
            self._texts[place] = [
                cells[place] if place < len(cells) else "" for _, cells in self.entries
            ]
        return self._texts[place]

    def days(self, sessions: bool = False) -> Days:
        """The dates of the rows. What is none is a fault.

        Args:
            sessions: Whether a day is one of trading.

        Raises:
            Mistakes: It is open which comes first, day or month.
        """
        texts = self.texts(self.date)
        days = days_of(texts, self.named.dates, sessions)
        if days.question:
            said = order_said(self.named.asked, self.named.file.name)
            raise self.mistake(
                f"{days.question}; write dates: month-first or day-first, as in {said}"
            )
        for entry, text in zip(self.entries, texts, strict=True) if days.faults else ():
            if why := days.faults.get(text):
                kind = "date" if DATE_LIKE.fullmatch(text) is None else "no such date"
                self.faults.append(Fault(entry.line, quotable(why, text, NO_DATE), kind=kind))
        self.told += [days.told] if days.told else []
        return days

    def commas(self, column: Column) -> Commas:
        """What the commas of a column of numbers are.

        Raises:
            Mistakes: That is open.
        """
        commas = commas_of(dict.fromkeys(self.texts(column)), self.header.grid.separator)
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
            f"; it has {listed([each.name for each in self.header.columns])}"
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
        said = column_said(self.named.asked, self.named.file.name, thing, numbers[0].name)
        return f"; or name it, like {said}: there are {listed([each.name for each in numbers])}"

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


def quoted(name: str) -> str:
    """A name as a line quotes it."""
    return f"'{short(visible(name), LONGEST_NAME)}'"


def listed(names: Sequence[str]) -> str:
    """Names as a line lists them, the first of many."""
    shown = ", ".join(quoted(name) for name in names[:MOST_NAMED])
    return shown + (f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else "")
