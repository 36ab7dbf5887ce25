"""Tables as Markdown."""

from collections.abc import Iterable

from simulator.files.whole import write as write
from simulator.notation.letters import plain
from simulator.report.tables.table import TEXT, WORD, Table
from simulator.report.terminal import printed_cells


def markdown(tables: Iterable[Table]) -> str:
    """Tables as Markdown."""
    return "\n\n".join(_markdown_table(table) for table in tables) + "\n"


def _markdown_table(table: Table) -> str:
    lines = [f"### {_one_line(table.title)}", ""]
    for sentence in table.lead:
        lines += [_one_line(sentence), ""]
    lines.append("| " + " | ".join(_one_line(column.header) for column in table.columns) + " |")
    rule = [":--" if column.kind in (TEXT, WORD) else "--:" for column in table.columns]
    lines.append("| " + " | ".join(rule) + " |")
    lines += ["| " + " | ".join(map(_one_line, cells)) + " |" for cells in printed_cells(table)]
    notes = [f"- {_one_line(note.removeprefix('* '))}" for note in table.notes]
    paste = ["", "```yaml", *map(plain, table.paste), "```"] if table.paste else []
    return "\n".join([*lines, *([""] if notes else []), *notes, *paste])


def _one_line(words: str) -> str:
    letters = plain(words)
    escaped = "".join(f"\\{letter}" if letter in "\\`*_<>|[]#" else letter for letter in letters)
    return " ".join(escaped.split())
