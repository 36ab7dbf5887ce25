"""Records as JSON and CSV."""

import json
from collections.abc import Iterable, Mapping
from re import Match
from re import compile as pattern
from typing import Any

from simulator.answer.comparison_records import flat
from simulator.files.csv_cells import csv_row

NOT_ASCII = pattern(r"[^ -~\n]")


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
