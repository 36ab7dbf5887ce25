"""Tables as text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import TextWrapper
from unicodedata import east_asian_width

from simulator.files.whole import write as write
from simulator.notation.letters import plain
from simulator.report.tables.table import MARK, TEXT, WORD, Table

USUAL, NARROWEST, NARROWEST_TEXT = 80, 40, 16
GAPS = "   ", "  ", " "
"""Between columns, the widest that fits."""

BOLD, BOLD_CYAN, BOLD_GREEN = "1", "1;36", "1;32"


FILLER = "\ue000"
"""Stands behind a letter of two columns while lines are laid out; no text has it, as it has no shape."""


def _spaced(words: str) -> str:
    """A text without letters that would steer, as long as it is wide: of some scripts a letter takes two."""
    shown = plain(words)
    if shown.isascii():
        return shown
    wide = (f"{one}{FILLER}" if east_asian_width(one) in "WF" else one for one in shown)
    return "".join(wide)


def wrap(words: str, width: int) -> list[str]:
    """Words in lines; a name with hyphens stays whole where it fits."""
    return TextWrapper(width, break_on_hyphens=False).wrap(words)


def text(tables: Iterable[Table], width: int = USUAL, color: bool = False) -> str:
    """Tables for a terminal; no line is longer than it is wide, and no number is broken.

    A library for this was measured at a tenth of the whole command, so the few lines are here.

    Args:
        tables: What to show.
        width: Columns of the terminal.
        color: Whether to set off with colour what is marked.
    """
    lines = "\n".join(_drawn(table, max(width, NARROWEST), color) for table in tables)
    return lines.replace(FILLER, "")


def _drawn(table: Table, width: int, color: bool) -> str:
    """One table: title, lead, headers, a rule, rows, notes; blocks in place of rows where it is too narrow.

    What does not fit is narrowed first: words and headers wrap, the gaps shrink. Then columns that the table
    can do without give way, in its order; only then its rows become blocks.
    """
    lines = [_styled(line, BOLD, color) for line in wrap(_spaced(table.title), width)]
    for place, sentence in enumerate(table.lead):
        style = BOLD_CYAN if place == 0 else ""
        lines += [_styled(line, style, color) for line in wrap(_spaced(sentence), width)]
    lines += [""] if table.lead else []
    shown, dropped = table, []
    grid = _fitted(shown, width)
    for header in table.yields:
        if grid:
            break
        narrower = shown.without(header)
        dropped += [header] * (narrower is not shown)
        shown, grid = narrower, _fitted(narrower, width)
    if grid:
        lines += _grid(shown, *grid, color)
    else:
        shown, dropped = table, []
        lines += _blocks(table, width, color)
    left_out = [f"Not shown at this width: {', '.join(dropped)}."] if dropped else []
    for note in (*left_out, *table.notes):
        lines += wrap(_spaced(note), width)
    lines += ["", *map(_spaced, table.paste)] if table.paste else []
    return "\n".join(lines) + "\n"


def _fitted(table: Table, width: int) -> tuple[str, list[int]] | None:
    """The gap and the width of each column with which a table fits; None where it does not."""
    headers, rows = [_spaced(column.header) for column in table.columns], _cells(table)
    natural = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    narrow = [
        max(map(len, (*header.split(), *cells)), default=0)
        for header, *cells in zip(headers, *rows, strict=True)
    ]
    wide, middle, close = GAPS
    for gap, widths in (
        (wide, natural), (middle, natural), (wide, narrow), (middle, narrow), (close, narrow),
    ):  # fmt: skip
        least = [
            min(has, max(NARROWEST_TEXT, _longest_word(rows, place)))
            if table.columns[place].kind == TEXT
            else has
            for place, has in enumerate(widths)
        ]
        room = width - len(gap) * (len(widths) - 1)
        if sum(least) <= room:
            return gap, _given(widths, least, room)
    return None


def _longest_word(rows: Sequence[Sequence[str]], place: int) -> int:
    return min(max((len(word) for row in rows for word in row[place].split()), default=0), 20)


def _given(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that fill no more than the room: the widest gives way first, down to its least."""
    given = list(widths)
    for place in sorted(range(len(given)), key=lambda place: -given[place]):
        excess = sum(given) - room
        given[place] -= min(max(0, excess), given[place] - least[place])
    return given


def _grid(table: Table, gap: str, widths: Sequence[int], color: bool) -> Iterator[str]:
    """Headers, a rule, and rows under them."""
    headers = [_spaced(column.header) for column in table.columns]
    yield from (_styled(line, BOLD, color) for line in _lines(table, headers, widths, gap))
    yield "─" * (sum(widths) + len(gap) * (len(widths) - 1))
    for place, cells in enumerate(_cells(table)):
        marked = color and place in table.marked
        yield from (_styled(line, BOLD_GREEN, marked) for line in _lines(table, cells, widths, gap))


def _lines(table: Table, cells: Sequence[str], widths: Sequence[int], gap: str) -> Iterator[str]:
    """The lines of a row: one, unless words wrap."""
    wrapped = [wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        aligned = (
            part.ljust(width) if column.kind in (TEXT, WORD) else part.rjust(width)
            for part, width, column in zip(parts, widths, table.columns, strict=True)
        )
        yield gap.join(aligned).rstrip()


def _blocks(table: Table, width: int, color: bool) -> Iterator[str]:
    """Each row as lines of its own, a header and its value on each."""
    headers = [_spaced(column.header) for column in table.columns]
    wide = max(map(len, headers[1:]), default=0)
    for place, (head, *cells) in enumerate(_cells(table)):
        name = f"{headers[0]}: {head}" if headers[0] and head else head
        marked = color and place in table.marked
        yield from (_styled(line, BOLD_GREEN, marked) for line in wrap(name, width))
        for header, value in zip(headers[1:], cells, strict=True):
            if value:
                first, *rest = wrap(value, max(NARROWEST_TEXT, width - wide - 4))
                yield f"  {header.ljust(wide)}  {first}"
                yield from (f"  {' ' * wide}  {line}" for line in rest)


def _styled(line: str, style: str, color: bool) -> str:
    return f"\x1b[{style}m{line}\x1b[0m" if color and style else line


def printed_cells(table: Table) -> list[list[str]]:
    """The rows as people read them, with a star where one is set off."""
    rows = [[plain(cell) for cell in cells] for cells in table.cells]
    for place in table.marked:
        if rows[place][0] != "Total":
            rows[place][0] = f"{rows[place][0]} {MARK}"
    return rows


def _cells(table: Table) -> list[list[str]]:
    """The same, each as long as it is wide."""
    return [list(map(_spaced, cells)) for cells in printed_cells(table)]
