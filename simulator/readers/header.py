"""The table in a file: its header, wherever it stands, and the rows under it.

An export may have lines above the header, or two lines of it: a fund's name over `Close`, or under it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from simulator.files.csv_rows import Row
from simulator.readers.dates import NO_DATE, days_of
from simulator.readers.grids import Grid
from simulator.readers.names import Want, plain_name, rank

LOOKED_AT = 100
"""Rows in which the header is looked for."""

MOST_LINES = 3
"""Lines of a header, at most."""


class Column(NamedTuple):
    """A column.

    Attributes:
        place: Which, from 0.
        name: Its name as it stands in the file; of a header of several lines all, the upper first.
        words: The same line by line, in plain words.
    """

    place: int
    name: str
    words: tuple[str, ...]

    def rank(self, want: Want) -> int | None:
        """How early it stands among the names of a thing; None where it is none of them."""
        ranks = [place for word in self.words if (place := rank(want, word)) is not None]
        return min(ranks, default=None)

    def is_called(self, name: str) -> bool:
        """Whether somebody who writes a name means it."""
        return plain_name(name) in (" ".join(self.words), *self.words[-1:])


class Header(NamedTuple):
    """A header that was found.

    Attributes:
        grid: How the file is cut.
        line: Its line, of several the last.
        above: Lines above it that are not empty.
        columns: Those with a name.
        width: How many cells it has.
        score: How much it looks like one.
        repeats: Its cells: a row that repeats them is none of the table.
        behind: Rows that belong to it, counted from the first of the file.
    """

    grid: Grid
    line: int
    above: int
    columns: tuple[Column, ...]
    width: int
    score: int
    repeats: tuple[str, ...]
    behind: int

    @property
    def nameless(self) -> list[Column]:
        """The columns without a name."""
        named = {each.place for each in self.columns}
        return [Column(place, "", ()) for place in range(self.width) if place not in named]

    def body(self) -> Iterator[Row]:
        """The rows under it."""
        return islice(self.grid.rows(), self.behind, None)


def header_of(
    grids: Iterable[Grid], date: Want, others: Sequence[Want]
) -> tuple[Header | None, Row]:
    """The header that looks most like one, and the first row of the file.

    Args:
        grids: Each way to cut the file.
        date: What the column of dates may be called.
        others: What the other columns may be called, any of which makes a header.
    """
    best: Header | None = None
    first = Row(1, [])
    for number, grid in enumerate(grids):
        rows = list(islice(grid.rows(), LOOKED_AT))
        if number == 0:
            first = rows[0] if rows else first
        for place in range(len(rows)):
            score = _score(rows, place, date, others)
            if score and (best is None or score > best.score):
                best = _header(grid, rows, place, score, date, others)
            if score == _FULL:
                break
        if best and best.score >= _FULL and grid.separator == ",":
            break
    return best, first


_DATE, _OTHER, _DAY_BELOW = 4, 2, 1
_FULL = _DATE + _OTHER + _DAY_BELOW


def _score(rows: Sequence[Row], place: int, date: Want, others: Sequence[Want]) -> int:
    names = [plain_name(cell) for cell in rows[place].cells]
    if sum(map(bool, names)) == 0 or len(names) < 2:
        return 0
    dates = [n for n, name in enumerate(names) if rank(date, name) is not None]
    around = chain(names, *(_plain(row) for row in rows[max(place - MOST_LINES + 1, 0) : place]))
    wanted = names if len(list(filter(None, names))) > 1 else list(around)
    other = any(rank(want, name) is not None for want in others for name in wanted)
    below = (
        next((row for row in rows[place + 1 :] if _is_data(row, dates)), None) if dates else None
    )
    near = below is not None and below.line - rows[place].line <= MOST_LINES + 1
    return _DATE * bool(dates) + _OTHER * other + _DAY_BELOW * near


def _plain(row: Row) -> list[str]:
    return [plain_name(cell) for cell in row.cells]


def _is_data(row: Row, dates: Sequence[int]) -> bool:
    """Whether a date stands in one of the columns."""
    return any(len(row.cells) > place and is_date(row.cells[place].strip()) for place in dates[:1])


def is_date(text: str) -> bool:
    """Whether a text is a date in one of the notations, a spreadsheet's number included."""
    if not any(map(str.isdigit, text[:40])) or len(text) > 40:
        return False
    return days_of([text]).faults.get(text) is None


def is_dateless(text: str) -> bool:
    """Whether nothing in a text looks like a date."""
    return days_of([text]).faults.get(text) == NO_DATE


def _header(
    grid: Grid, rows: Sequence[Row], place: int, score: int, date: Want, others: Sequence[Want]
) -> Header:
    """The header at a place, with the lines that belong to it."""
    own = [cell.strip() for cell in rows[place].cells]
    dates = [n for n, name in enumerate(own) if rank(date, plain_name(name)) is not None]
    lines = [own]
    behind = place + 1
    while (
        dates and behind < min(place + MOST_LINES, len(rows)) and _continues(rows[behind], dates[0])
    ):
        lines.append([cell.strip() for cell in rows[behind].cells])
        behind += 1
    first = place
    if _needs_more(own, dates, others):
        while first > 0 and place - first < MOST_LINES - 1 and _stands_above(rows, first - 1, own):
            first -= 1
            lines.insert(0, _filled([cell.strip() for cell in rows[first].cells]))
    width = max(map(len, lines))
    columns = []
    for number in range(width):
        parts = [line[number] for line in lines if number < len(line) and line[number]]
        if number in dates:
            parts = [own[number]]
        if parts:
            columns.append(Column(number, " ".join(parts), tuple(map(plain_name, parts))))
    above = sum(any(map(str.strip, row.cells)) for row in rows[:first])
    line = rows[behind - 1].line
    return Header(grid, line, above, tuple(columns), width, score, tuple(own), behind)


def _continues(row: Row, date: int) -> bool:
    """Whether a row under a header belongs to it: names, and nothing where the date stands."""
    cells = [cell.strip() for cell in row.cells]
    named = [cell for cell in cells if cell]
    empty = len(cells) <= date or not cells[date]
    return empty and len(named) > 0 and not any(any(map(str.isdigit, cell[:1])) for cell in named)


def _needs_more(own: Sequence[str], dates: Sequence[int], others: Sequence[Want]) -> bool:
    """Whether a header says too little by itself: nothing beside the date, or one name twice."""
    names = [plain_name(name) for n, name in enumerate(own) if n not in dates and name]
    ranked = [name for name in names if any(rank(want, name) is not None for want in others)]
    return not names or any(a == b for a, b in pairwise(sorted(ranked)))


def _stands_above(rows: Sequence[Row], place: int, own: Sequence[str]) -> bool:
    cells = rows[place].cells
    return sum(bool(cell.strip()) for cell in cells) > 1 and len(cells) >= min(len(own), 2)


def _filled(cells: list[str]) -> list[str]:
    """Names over several columns: an empty cell has that of the cell before it."""
    filled: list[str] = []
    for cell in cells:
        filled.append(cell or (filled[-1] if len(filled) > 1 else ""))
    return filled
