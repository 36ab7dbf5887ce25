"""Rows of CSV that no reader misreads and no spreadsheet runs."""

import re
from collections.abc import Iterable
from typing import Any

NOTHING_SHOWN = (
    r"\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f"
)
"""Letters that leave no mark on a screen: a spreadsheet may drop them before it reads a cell.

By their numbers, for what Unicode knows of letters differs between Pythons.
"""

FORMULA = re.compile(rf"[{NOTHING_SHOWN}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What a formula of a spreadsheet begins with; some take the wide signs of Asian type for the usual ones."""

QUOTED = re.compile(r'[",\x01-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
"""What quotes stand around: a quote, a comma, a mark of bytes, and what any reader takes for a line's end."""


def safe(value: Any) -> Any:
    """A value for a cell of CSV: no text that a spreadsheet would run, or that NUL would cut off."""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "\ufffd")
    return f"'{text}" if FORMULA.match(text) else text


def csv_row(values: Iterable[object]) -> str:
    """A row of CSV with the line feed at its end: the same from every Python, unlike the module csv's.

    Args:
        values: What goes into its cells; nothing for None.

    Source: RFC 4180, section 2.
    """
    cells = [_cell(value) for value in values]
    row = ",".join(cells)
    # Readers pass over a line without a mark, so quotes make one.
    return (row if row.strip() or not cells else f'"{row}"') + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(safe(value))
    if QUOTED.search(text) is None:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
