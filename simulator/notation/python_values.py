"""Values of Python as a scenario file would have them: amounts in dollars, shares as fractions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from numbers import Integral, Real
from pathlib import PurePath
from typing import Any

from pydantic_core import PydanticCustomError

from simulator.days.years import Years
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.numbers import plain
from simulator.notation.specification import Specification
from simulator.notation.wording import shown, suggestion, wrong
from simulator.notation.yaml_document import Document, is_field, value_in
from simulator.notation.yaml_reader import DEEPEST, has_half_letters
from simulator.refusal import Refused

MOST_ENTRIES = 10_000
"""Of a list: more is no scenario."""


def field_named(keyword: str) -> str:
    """The field that a keyword stands for: `pay.salary` for `pay__salary`."""
    return keyword.replace("__", ".")


def value_of(value: object, depth: int = 0) -> Any:
    """A value of Python as it would be read from a file; a number between -1 and 1 stays one.

    The text 0.1 of a file may be a tenth or ten percent mistyped. From Python it is the share.

    Args:
        value: A number [dollars, or a share as a fraction], a text, a date, a group of fields as a mapping, a
            part of another scenario, or several of these.
        depth: How many groups and lists it stands in.

    Raises:
        PydanticCustomError: It is none of these.
    """
    if depth > DEEPEST:
        raise wrong(f"goes more than {DEEPEST} levels deep")
    if hasattr(value, "tolist"):  # of numpy and pandas
        value = value.tolist()
    if isinstance(value, str) and has_half_letters(value):
        raise wrong("the value is not UTF-8")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, datetime):
        whole = value == value and value.time() == time()  # no date of pandas equals itself
        return str(value.date() if whole else value)
    if isinstance(value, date | Years | PurePath):
        return str(value)
    if isinstance(value, Real | Decimal):
        return _number(value)
    if isinstance(value, Specification):
        return value_of(value.model_dump(mode="json", by_alias=True, exclude_unset=True))
    if isinstance(value, Mapping):
        return {str(key): value_of(below, depth + 1) for key, below in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        entries = list(islice(value, MOST_ENTRIES + 1))
        if len(entries) > MOST_ENTRIES:
            raise wrong(f"has more than {MOST_ENTRIES:,} entries")
        return [value_of(below, depth + 1) for below in entries]
    kind = type(value).__name__
    raise wrong(f"a value of type {kind}; write a number, a text, a date, a list or a dict")


def _number(number: Real | Decimal) -> Decimal | Fraction | str:
    """A number as a text; a share as a number."""
    if isinstance(number, Fraction) and number.denominator != 1:
        return number if abs(number) < 1 else plain(Decimal(number.numerator) / number.denominator)
    if isinstance(number, Integral | Fraction):
        return str(int(number))
    exact = number if isinstance(number, Decimal) else Decimal(str(float(number)))
    if not exact.is_finite():
        return str(exact)
    return exact if 0 < abs(exact) < 1 else plain(exact)


def put_value(read: Document, field: str, value: object, place: Place) -> Any:
    """Puts a value of Python at a field of a document; gives it as a file would have it.

    What is wrong with the value alone is one of the document's mistakes.

    Raises:
        Mistakes: There can be no such field.
    """
    if not is_field(field):
        raise Mistakes([Mistake(place, (), "write it like pay__salary=180_000")])
    try:
        written = value_of(value)
    except PydanticCustomError as error:
        written = None
        read.mistakes.append(Mistake(place, tuple(field.split(".")), error.message()))
    read.put(field, written, place)
    return written


def told_values(put: Iterable[tuple[str, Any]], resolved: Any) -> Iterator[str]:
    """What was put, as assignments that say the same of a file.

    Args:
        put: Fields and values, as `put_value` gives them.
        resolved: The scenario that came of it, as a file has it: what a number between 0 and 1 is, it says.
    """
    for field, value in put:
        if not is_share(value):
            yield f"{field}={text_of(value)}"
        elif (found := _found(resolved, field)) is not None:  # else a later one has replaced it
            yield f"{field}={text_of(found)}"


def _found(values: Any, field: str) -> Any:
    """What stands at a field; None where nothing does."""
    for part in field.split("."):
        if isinstance(values, Mapping):
            values = values.get(part)
        else:
            values = dict(enumerate(values or ())).get(int(part)) if part.isdigit() else None
    return values


class UnknownField(Refused):
    """A field was asked for that there is not."""


def value_at(values: Any, field: str) -> Any:
    """What stands at a field of a scenario's values.

    Raises:
        UnknownField: There is none.
    """
    found, parts = values, str(field).split(".")
    for place, part in enumerate(parts):
        below = found if isinstance(found, Mapping) else None
        if isinstance(found, list | tuple):
            below = {str(at): one for at, one in enumerate(found)}
        if below is None:
            around = ".".join(parts[:place])
            raise UnknownField(f"{field}: {around} is {shown(found)}; nothing stands below it")
        known = {str(key): key for key in below}
        if part not in known:
            hint = suggestion(part, tuple(known))
            raise UnknownField(visible(f"{field}: unknown key {shown(part)}{hint}"))
        found = below[known[part]]
    return found


def is_share(value: Any) -> bool:
    """Whether a value, as `value_of` has it, is or holds a number that a file would have otherwise."""
    if isinstance(value, Mapping):
        return any(map(is_share, value.values()))
    return (
        any(map(is_share, value)) if isinstance(value, list) else isinstance(value, Real | Decimal)
    )


def text_of(value: Any) -> str:
    """A value, as `value_of` has it, as a text that is read like it."""
    if isinstance(value, str):
        return value if _is_read_as(value, value) else json.dumps(value)
    if isinstance(value, Fraction):
        return str(float(value))
    return plain(value) if isinstance(value, Decimal) else json.dumps(value, default=text_of)


def _is_read_as(text: str, value: str) -> bool:
    try:
        return bool(value_in(text, Place("")) == value)
    except Mistakes:
        return False
