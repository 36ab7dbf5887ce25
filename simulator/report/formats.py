"""Tables and records as text, Markdown, CSV, JSON and HTML; and files that are never half-written."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from re import Match
from re import compile as pattern
from textwrap import wrap
from typing import Any

from simulator.comparison import flat
from simulator.files import csv_row
from simulator.files import write as write
from simulator.letters import plain
from simulator.report.table import MARK, TEXT, WORD, Table, cell

IMAGES = (".png", ".svg", ".pdf")
"""The endings of pictures."""

NARROWEST = 80
NARROWEST_TEXT = 20
GAP = "   "
BOLD, BOLD_GREEN = "1", "1;32"
NOT_ASCII = pattern(r"[^ -~\n]")


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
    rows = [_cells(table, row, place in table.marked) for place, row in enumerate(table.rows)]
    widths = _widths(table, [headers, *rows], width)
    lines = [_styled(plain(table.title), BOLD, color)]
    lines += [_styled(line, BOLD, color) for line in _lines(table, headers, widths)]
    lines.append("─" * (sum(widths) + len(GAP) * (len(widths) - 1)))
    for place, cells in enumerate(rows):
        marked = color and place in table.marked
        lines += [_styled(line, BOLD_GREEN, marked) for line in _lines(table, cells, widths)]
    for note in table.notes:
        lines += wrap(plain(note), width)
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
    wrapped = [wrap(one, width) or [""] for one, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        aligned = (
            part.ljust(width) if column.kind in (TEXT, WORD) else part.rjust(width)
            for part, width, column in zip(parts, widths, table.columns, strict=True)
        )
        yield GAP.join(aligned).rstrip()


def _styled(line: str, style: str, color: bool) -> str:
    return f"\x1b[{style}m{line}\x1b[0m" if color else line


def _cells(table: Table, row: Sequence[Any], marked: bool) -> list[str]:
    cells = [
        plain(cell(value, column.kind)) for value, column in zip(row, table.columns, strict=True)
    ]
    if marked and cells[0] != "Total":
        cells[0] = f"{cells[0]} {MARK}"
    return cells


def markdown(tables: Iterable[Table]) -> str:
    """Tables as Markdown."""
    return "\n\n".join(_markdown_table(table) for table in tables) + "\n"


def _markdown_table(table: Table) -> str:
    lines = [f"### {_one_line(table.title)}", ""]
    lines.append("| " + " | ".join(_one_line(column.header) for column in table.columns) + " |")
    rule = [":--" if column.kind in (TEXT, WORD) else "--:" for column in table.columns]
    lines.append("| " + " | ".join(rule) + " |")
    for place, row in enumerate(table.rows):
        cells = (_one_line(one) for one in _cells(table, row, place in table.marked))
        lines.append("| " + " | ".join(cells) + " |")
    notes = [f"- {_one_line(note.removeprefix('* '))}" for note in table.notes]
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _one_line(words: str) -> str:
    letters = plain(words)
    escaped = "".join(f"\\{letter}" if letter in "\\`*_<>|[]#" else letter for letter in letters)
    return " ".join(escaped.split())


def json_text(answer: Any, every_letter: bool = True) -> str:
    """An answer as JSON; letters that would steer a terminal are written as escapes.

    Args:
        answer: The answer.
        every_letter: Whether the others are written as they are; otherwise only those of ASCII.
    """
    text = json.dumps(answer, indent=2, ensure_ascii=not every_letter, allow_nan=False)
    return NOT_ASCII.sub(_json_escape, text) + "\n"


def _json_escape(letter: Match[str]) -> str:
    return letter[0] if letter[0].isprintable() else json.dumps(letter[0]).strip('"')


def csv_text(records: Iterable[Mapping[str, Any]]) -> str:
    """Records as CSV, nested amounts in columns of their own. Numbers are numbers.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    rows = [dict(flat(record)) for record in records]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = (csv_row(row.get(name) for name in columns) for row in rows)
    return "".join((csv_row(columns), *lines))
