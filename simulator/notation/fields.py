"""The fields of a scenario file: annotated types that read what is written, and write it back.

`Specification`, what every class of a scenario file is made of, stands beside this file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, get_args

from pydantic_core import core_schema

from simulator.days.calendars import FIRST_YEAR
from simulator.days.years import Years
from simulator.money import dollars
from simulator.notation.numbers import (
    MOST_DOLLARS,
    percent,
    read_day,
    read_dollars,
    read_number,
    read_share,
    read_share_or_dollars,
)
from simulator.notation.specification import NUMBERS
from simulator.notation.specification import Specification as Specification
from simulator.notation.wording import NO_VALUE, shown, suggestion, wrong

LONGEST_LIST = 1_000
"""Entries of a list in a scenario file, where no other bound is stated."""

LAST_SIMULATED_YEAR = 2080


def _whole(value: object) -> int:
    number = read_number(value)
    if number is None or number != int(number):
        raise wrong(f"{shown(value)} is not a whole number")
    return int(number)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong(f"{shown(value)} is neither true nor false; write true or false")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise wrong(f"{shown(value)} is not a text; write it in quotes")
    return value


def read_name(value: object) -> str:
    """A text that is not empty."""
    if not _text(value).strip():
        raise wrong("is empty; write a text")
    return _text(value)


def _years(value: object) -> Years:
    if isinstance(value, Years):
        return value
    match = re.fullmatch(r"(\d{4})(?:\s*-\s*(\d{4}))?", str(value).strip())
    if isinstance(value, bool) or not match:
        raise wrong(f"{shown(value)} is neither a year nor a range; write 2025 or 2025-2054")
    first = int(match[1])
    last = int(match[2] or match[1])
    if last < first:
        raise wrong(f"{shown(value)} runs backwards; did you mean {last}-{first}?")
    if first < FIRST_YEAR or last > LAST_SIMULATED_YEAR:
        raise wrong(f"{shown(value)} is out of range; {FIRST_YEAR} to {LAST_SIMULATED_YEAR}")
    return Years(first, last)


def written_election(value: Fraction | int | str) -> str:
    """An election as a file has it: `12%`, `$500.00`, `max`."""
    if isinstance(value, int):
        return _amount(value)
    return percent(value) if isinstance(value, Fraction) else value


def _amount(cents: int) -> str:
    return f"${dollars(cents).replace(',', '')}"


_WRITTEN_DOLLARS = {"type": "string", "pattern": r"^\$?[\d_,]+(\.\d{1,2})?$"}
_DOLLARS = {"anyOf": [{"type": "number", "minimum": 0, "maximum": MOST_DOLLARS}, _WRITTEN_DOLLARS]}
_PERCENT = {"type": "string", "pattern": r"^[+-]?[\d_]*\.?\d+ *%$"}
_SHARE = {"anyOf": [_PERCENT, {"type": "number", "minimum": -1, "maximum": 1}]}
WORDS_KEY, BOUNDS_KEY = "x-written", "x-bounds"
"""What the JSON Schema says beyond its standard, for a form: how a value is written, and a share's bounds."""

SHARE_OR_DOLLARS = [
    _PERCENT,
    {"enum": [0]},
    {"type": "number", "exclusiveMinimum": 100, "maximum": MOST_DOLLARS},
    _WRITTEN_DOLLARS,
]
_DAY = {"type": "string", "format": "date"}
_YEARS = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d{4} *- *\d{4}$"}]}


def share_between(low: int | Fraction, high: int | Fraction) -> Callable[[object], Fraction]:
    """Reads a share within bounds, both included."""
    return lambda value: read_share(value, Fraction(low), Fraction(high))


def _whole_between(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        number = _whole(value)
        if not low <= number <= high:
            bounds = f"{low} to {high}" if low >= 1_000 else f"{low:,} to {high:,}"  # years
            raise wrong(f"{shown(value)} is out of range; write {bounds}")
        return number

    return read


def _election(value: object) -> Fraction | int | str:
    if value == "max":
        return "max"
    if isinstance(value, str) and not any(letter.isdigit() for letter in value):
        raise wrong(
            f"{shown(value)} is no election; write a share like 12%, dollars like 500, or max"
        )
    return read_share_or_dollars(value)


@dataclass(frozen=True, eq=False, repr=False)
class Notation:
    """Metadata of an annotated type: how its values are written in a file.

    Attributes:
        read: Turns what was written into a value, or raises `wrong`.
        schema: JSON Schema of what may be written, for editors.
        none: Whether the word none may be written, for None.
        written: Turns a value back into what a file would have.
        words: What may be written, with its bounds, for the reference.
    """

    read: Callable[[Any], object]
    schema: dict[str, Any]
    none: bool = False
    written: Callable[[Any], object] = str
    words: str = ""

    def __repr__(self) -> str:
        return f"<{self.words}>"  # as help() shows the fields of a class

    def _read(self, value: object) -> object:
        if self.none and (value is None or value == "none"):
            return None
        if value is None:
            raise wrong(NO_VALUE)
        return self.read(value)

    def _write_or_none(self, value: object, info: core_schema.SerializationInfo) -> object:
        if value is None:
            return None
        return self.number(value) if info.context == NUMBERS else self.written(value)

    def number(self, value: object) -> object:
        """A value as a Python caller has it: dollars, shares as fractions, dates; else as a file has it."""
        if isinstance(value, Fraction):
            return float(value)
        if isinstance(value, int) and "dollars" in self.words:
            return value / 100
        return value if isinstance(value, date | str) else self.written(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                self._write_or_none, info_arg=True
            ),
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        told = {WORDS_KEY: self.words} if self.words else {}
        bounds = {key: self.schema[key] for key in (BOUNDS_KEY,) if key in self.schema}
        if not self.none:
            return {**self.schema, **told}  # pydantic writes the default of each field into it
        alternatives = self.schema.get("anyOf", [self.schema])
        return {"anyOf": [*alternatives, {"enum": ["none", None]}], **bounds, **told}


@dataclass(frozen=True)
class Choice:
    """Metadata of an annotated `Literal`: a wrong word is answered with the nearest right one.

    Attributes:
        noun: What such a word is, with its article: `a pay frequency`.
        meant: The right word for some that people write otherwise.
        refused: Words that are known and not taken, and why.
    """

    noun: str
    meant: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        known = get_args(source)

        def read(value: object) -> object:
            if value is None:
                raise wrong(NO_VALUE)
            if why := self.refused.get(str(value)):
                raise wrong(f"{shown(value)}: {why}")
            if value not in known:
                hint = suggestion(self.meant.get(str(value).lower(), value), known)
                raise wrong(f"{shown(value)} is not {self.noun}{hint}")
            return value

        return core_schema.no_info_before_validator_function(read, handler(source))


def share(low: int | Fraction = 0, high: int | Fraction = 1, none: bool = False) -> Notation:
    """A share within bounds, both included."""
    least, most = percent(Fraction(low)), percent(Fraction(high))
    words = f"share, {least} to {most}"
    schema = {**_SHARE, BOUNDS_KEY: [float(low), float(high)]}
    return Notation(share_between(low, high), schema, none, percent, words)


def whole(low: int, high: int, none: bool = False) -> Notation:
    """A whole number within bounds, both included."""
    schema = {"type": "integer", "minimum": low, "maximum": high}
    bounds = f"{low:,} to {high:,}" if high >= 10_000 else f"{low} to {high}"
    return Notation(_whole_between(low, high), schema, none, int, f"whole number, {bounds}")


def between(low: float, high: float) -> Notation:
    """A number within bounds, both included."""

    def read(value: object) -> float:
        number = read_number(value)
        if number is None:
            raise wrong(f"{shown(value)} is not a number; write it like 0.2")
        if not low <= number <= high:
            raise wrong(f"{shown(value)} is out of range; write a number from {low:g} to {high:g}")
        return float(number)

    schema = {"type": "number", "minimum": low, "maximum": high}
    return Notation(read, schema, written=float, words=f"number from {low:g} to {high:g}")


Dollars = Annotated[int, Notation(read_dollars, _DOLLARS, written=_amount, words="dollars")]
DollarsOrNone = Annotated[
    int | None, Notation(read_dollars, _DOLLARS, True, _amount, words="dollars")
]
Day = Annotated[date, Notation(read_day, _DAY, words="date")]
DayOrNone = Annotated[date | None, Notation(read_day, _DAY, True, words="date")]
Flag = Annotated[bool, Notation(_truth, {"type": "boolean"}, written=bool, words="flag")]
Text = Annotated[str, Notation(_text, {"type": "string"}, words="text")]
Name = Annotated[
    str, Notation(read_name, {"type": "string", "minLength": 1}, words="text, not empty")
]
YearRange = Annotated[Years, Notation(_years, _YEARS, words="years")]
Election = Annotated[
    Fraction | int | str,
    Notation(
        _election,
        {"anyOf": [*SHARE_OR_DOLLARS, {"enum": ["max"]}]},
        written=written_election,
        words="share, 0% to 100%; dollars; or `max`",
    ),
]
CapOrNone = Annotated[
    Fraction | int | None,
    Notation(
        read_share_or_dollars,
        {"anyOf": SHARE_OR_DOLLARS},
        True,
        written_election,
        words="share, 0% to 100%; or dollars",
    ),
]
