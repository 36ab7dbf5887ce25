"""Records as the sheets of a workbook: which amounts are dollars, shares, days, by the names of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from simulator.answer.comparison_records import flat
from simulator.answer.workbook import COUNT, DOLLARS, PLAIN, SHARE, Sheet, Shown
from simulator.notation.numbers import read_number

Kind = Callable[[Any], Any]
"""What a column makes of its values."""

DAYS = re.compile(r"(pay_)?date|day|from|free_from|first|held_on|through|until|first_clipped_.+")
SHARES = re.compile(r"(.+_)?(share|return)|marginal_(federal|state)")
UNITS, POINTS = ("price", "units"), ("acp_nhce",)
"""What has as many decimals as it has; what records have in percent."""

YEARS = ("year", "years", "counts_for")
"""How the name of a year ends, in which no comma stands."""

WRITTEN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_DAY = date(1900, 3, 1)
"""Before it workbooks count a day that never was. Source: ECMA-376, part 1, 18.17.4.1."""


def sheet(title: str, records: Iterable[Mapping[str, Any]], fields: Sequence[str] = ()) -> Sheet:
    """Records as a table, one row each; nested amounts stand in columns of their own.

    Args:
        title: What it is called.
        records: The records. [dollars; shares as fractions; ACP averages in percent]
        fields: Columns whose texts are written as in a scenario file, like `12%` or `$500`, or begin so.
    """
    rows = [dict(flat(record)) for record in records]
    header = list(dict.fromkeys(name for row in rows for name in row))
    kinds = [kind(name, name.startswith(tuple(fields))) for name in header]
    return Sheet(
        title,
        header,
        [[of(row.get(name)) for name, of in zip(header, kinds, strict=True)] for row in rows],
    )


def facts(title: str, record: Mapping[str, Any], fields: Sequence[str] = ()) -> Sheet:
    """One record, a row for each of its amounts.

    Args:
        title: What it is called.
        record: It. [dollars; shares as fractions]
        fields: See `sheet`.
    """
    told = (
        (name, kind(name, name.startswith(tuple(fields)))(value)) for name, value in flat(record)
    )
    return Sheet(title, ("what", "value"), list(told))


def kind(name: str, written: bool = False) -> Kind:
    """What the column of a name makes of its values.

    Args:
        name: As records have it: `pay_date`, `box_2a_mean`, `zero_share`.
        written: Whether it is a field of a scenario, whose texts are written as in its file.
    """
    year = name.endswith(YEARS)
    if written:
        return partial(_as_written, whole=PLAIN if year else COUNT)
    if DAYS.fullmatch(name):
        return _day
    if SHARES.fullmatch(name):
        return lambda value: Shown(value, SHARE) if isinstance(value, float) else _plain(value)
    if name in POINTS:
        return lambda value: (
            Shown(value / 100, SHARE) if isinstance(value, float) else _plain(value)
        )
    if year or name in UNITS:
        return lambda value: Shown(_plain(value), PLAIN)
    return _amount


def _as_written(value: Any, whole: str) -> Any:
    """A value as a scenario file has it: `12%` a share, `$500` dollars, `180_000` a whole number."""
    if isinstance(value, str):
        words = value.strip()
        number = read_number(words.removeprefix("$").removesuffix("%"))
        if number is None or re.fullmatch(r"0\d+", words):
            return _day(value)
        if words.startswith("$") or words.endswith("%"):
            return (
                Shown(float(number / 100), SHARE)
                if words.endswith("%")
                else Shown(float(number), DOLLARS)
            )
        value = int(number) if number == int(number) else float(number)
    return Shown(value, whole) if type(value) is int else _plain(value)


def _day(value: Any) -> Any:
    if isinstance(value, str) and WRITTEN_DAY.fullmatch(value):
        with suppress(ValueError):
            day = date.fromisoformat(value)
            return day if day >= FIRST_DAY else value
    return _plain(value)


def _amount(value: Any) -> Any:
    return Shown(value, DOLLARS) if isinstance(value, float) else _plain(value)


def _plain(value: Any) -> Any:
    """A value that has no style of its own; several as one text."""
    return ", ".join(map(str, value)) if type(value) in (list, tuple) else value
