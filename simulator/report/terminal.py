"""Tables as text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from simulator.files.whole import write as write
from simulator.notation.letters import plain
from simulator.report.tables.table import MARK, TEXT, WORD, Table, cell

NARROWEST = 80
NARROWEST_TEXT = 20
GAP = "   "
BOLD, BOLD_GREEN = "1", "1;32"


def text(tables: Iterable[Table], width: int = NARROWEST, color: bool = False) -> str:
    """Tables for a terminal; none is cut, however narrow it is.

    A library for this was measured at a tenth of the whole command, so the few lines are here.

    Args:
        tables: What to show.
        width: Columns of the terminal.
        color: Whether to set off with colour what is marked.
    """
    return "\n".join(_drawn(table, max(width, NARROWEST), color) for table in tables)


def _drawn(table: Table, width: int, color: bool) -> str:
    """One table: title, headers, a rule, rows, and the notes below."""
    headers = [plain(column.header) for column in table.columns]
    rows = [
        printed_cells(table, row, place in table.marked) for place, row in enumerate(table.rows)
    ]
    widths = _widths(table, [headers, *rows], width)
    lines = [_styled(plain(table.title), BOLD, color)]
    lines += [_styled(line, BOLD, color) for line in _lines(table, headers, widths)]
    lines.append("─" * (sum(widths) + len(GAP) * (len(widths) - 1)))
    for place, cells in enumerate(rows):
        marked = color and place in table.marked
        lines += [_styled(line, BOLD_GREEN, marked) for line in _lines(table, cells, widths)]
    for note in table.notes:
        lines += wrap(plain(note), width)
    lines += ["", *map(plain, table.paste)] if table.paste else []
    return "\n".join(lines) + "\n"


def _widths(table: Table, rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is: words that may wrap give way, as far as they can; nothing else does."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - width
    wordy = [place for place, column in enumerate(table.columns) if column.kind == TEXT]
    for place in sorted(wordy, key=lambda place: -widths[place]):
        given = min(max(0, excess), max(0, widths[place] - NARROWEST_TEXT))
        widths[place] -= given
        excess -= given
    return widths


def _lines(table: Table, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of a row: one, unless words wrap."""
    wrapped = [wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        aligned = (
            part.ljust(width) if column.kind in (TEXT, WORD) else part.rjust(width)
            for part, width, column in zip(parts, widths, table.columns, strict=True)
        )
        yield GAP.join(aligned).rstrip()


def _styled(line: str, style: str, color: bool) -> str:
    return f"\x1b[{style}m{line}\x1b[0m" if color else line


def printed_cells(table: Table, row: Sequence[Any], marked: bool) -> list[str]:
    """The cells of a row as people read them, with a star where the row is set off."""
    cells = [
        plain(cell(value, column.kind)) for value, column in zip(row, table.columns, strict=True)
    ]
    if marked and cells[0] != "Total":
        cells[0] = f"{cells[0]} {MARK}"
    return cells
