"""Tables and records as text, Markdown, CSV, JSON and HTML; and files that are never half-written."""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from simulator.comparison import flat
from simulator.report.table import MARK, TEXT, WORD, Table, cell

NARROWEST = 80
UNBOUNDED = 10_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text(tables: Iterable[Table], width: int = NARROWEST, color: bool = False) -> str:
    """Tables for a terminal; none is cut, however narrow it is.

    Args:
        tables: What to show.
        width: Columns of the terminal.
        color: Whether to set off with colour what is marked.
    """
    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    for place, table in enumerate(tables):
        drawn = _drawn(table)
        console = Console(
            file=out, width=max(width, NARROWEST), force_terminal=color, no_color=not color,
            highlight=False, emoji=False, markup=False, legacy_windows=False,
        )  # fmt: skip
        wide = console.options.update(width=UNBOUNDED)
        console.width = max(console.width, console.measure(drawn, options=wide).minimum)
        if place:
            console.print()
        console.print(Text(table.title, style="bold"))
        console.print(drawn)
        for note in table.notes:
            console.print(Text(note))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _drawn(table: Table) -> Any:
    from rich import box
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    rows = [_cells(table, row, place in table.marked) for place, row in enumerate(table.rows)]
    for place, column in enumerate(table.columns):
        widest = max(len(words) for words in (column.header, *(cells[place] for cells in rows)))
        drawn.add_column(
            column.header,
            justify="left" if column.kind in (TEXT, WORD) else "right",
            min_width=min(widest, NARROWEST // 4) if column.kind == TEXT else widest,
            no_wrap=column.kind != TEXT,
            overflow="fold",
        )
    for place, cells in enumerate(rows):
        marked = place in table.marked
        drawn.add_row(*(Text(one) for one in cells), style="bold green" if marked else None)
    return drawn


def _cells(table: Table, row: Sequence[Any], marked: bool) -> list[str]:
    cells = [cell(value, column.kind) for value, column in zip(row, table.columns, strict=True)]
    if marked and cells[0] != "Total":
        cells[0] = f"{cells[0]} {MARK}"
    return cells


def markdown(tables: Iterable[Table]) -> str:
    """Tables as Markdown."""
    return "\n\n".join(_markdown_table(table) for table in tables) + "\n"


def _markdown_table(table: Table) -> str:
    lines = [f"### {_one_line(table.title)}", ""]
    lines.append("| " + " | ".join(column.header for column in table.columns) + " |")
    rule = [":--" if column.kind in (TEXT, WORD) else "--:" for column in table.columns]
    lines.append("| " + " | ".join(rule) + " |")
    for place, row in enumerate(table.rows):
        cells = (_one_line(one) for one in _cells(table, row, place in table.marked))
        lines.append("| " + " | ".join(cells) + " |")
    notes = [f"- {_one_line(note.removeprefix('* '))}" for note in table.notes]
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _one_line(words: str) -> str:
    escaped = "".join(f"\\{letter}" if letter in "\\`*_<>|[]#" else letter for letter in words)
    return " ".join(escaped.split())


def json_text(answer: Any) -> str:
    """An answer as JSON."""
    return json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def csv_text(records: Iterable[Mapping[str, Any]]) -> str:
    """Records as CSV, nested amounts in columns of their own. Numbers are numbers.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    rows = [dict(flat(record)) for record in records]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def write(file: Path, content: str | bytes) -> None:
    """Writes a file aside and renames it, so that it is whole or as it was.

    Raises:
        OSError: It cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(file)
    except BaseException:
        Path(aside).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
