"""The numbers of a column as exports write them: currency signs, thousands, brackets, a minus behind.

Whether a comma stands before the cents is told by the whole column.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from simulator.notation.numbers import is_plain
from simulator.readers.faults import quotable

NOTHING = frozenset(("", "-", "--", "---", ".", "null", "none", "n/a", "na", "#n/a", "\N{EM DASH}"))
"""What a cell says that has no number."""

_BRACKETS = re.compile(r"\((.*)\)")
_CURRENCY = re.compile(r"[$\N{EURO SIGN}\N{POUND SIGN}]|\bUSD\b|\bUS\$", re.IGNORECASE)
_POINT = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?|[\d_]*\.?\d+|\d+\.")
_COMMA = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?")


class Commas(NamedTuple):
    """What the commas of a column are.

    Attributes:
        decimal: Whether they stand before the cents.
        question: A number of which nobody can say; empty where there is none.
    """

    decimal: bool
    question: str = ""


def commas_of(texts: Iterable[str], separator: str = ",") -> Commas:
    """What the commas of a column of numbers are.

    Args:
        texts: What stands in it.
        separator: What stands between the columns: where it is a comma, 1,234 has thousands.
    """
    written = list(texts)
    if "," not in "".join(written):
        return Commas(decimal=False)
    open_text, comma_only, point_only = "", False, False
    for text in written:
        if "," not in text and "." not in text:
            continue
        body = unsigned(text)[1]
        point, comma = _POINT.fullmatch(body), _COMMA.fullmatch(body)
        point_only |= bool(point and not comma)
        comma_only |= bool(comma and not point)
        if point and comma and "," in body:
            open_text = open_text or text
    if comma_only and not point_only:
        return Commas(decimal=True)
    asked = open_text if separator == ";" and not point_only else ""
    return Commas(decimal=False, question=asked)


def unsigned(text: str) -> tuple[bool, str]:
    """Whether a number is below zero, and what is left of its text without sign, currency and spaces."""
    body = text.strip().replace("\N{MINUS SIGN}", "-").replace("\xa0", "")
    negative = False
    if match := _BRACKETS.fullmatch(body):
        negative, body = True, match[1]
    if not body[:1].isdigit():
        body = _CURRENCY.sub("", body, count=1).strip()
    if body[:1] in ("+", "-"):
        negative ^= body[0] == "-"
        body = body[1:].strip()
        if not body[:1].isdigit():
            body = _CURRENCY.sub("", body, count=1).strip()
    elif body.endswith("-"):
        negative, body = not negative, body[:-1].strip()
    return negative, _CURRENCY.sub("", body, count=1).strip() if body[-1:].isalpha() else body


def plain_number(body: str, commas: Commas) -> str:
    """A number without sign as this program writes it, a point before the cents."""
    if commas.decimal:
        return body.replace(".", "").replace(",", ".") if _COMMA.fullmatch(body) else body
    return body.removesuffix(".") if body[-1:] == "." else body


def says_nothing(text: str) -> bool:
    """Whether a cell has no number, and says so."""
    return text.casefold() in NOTHING


Value = TypeVar("Value")


def number_in(
    text: str, commas: Commas, read: Callable[[str], Value], otherwise: str
) -> tuple[bool, Value]:
    """Whether a number is negative, and what it says without its sign.

    Args:
        text: What stands there.
        commas: What a comma is.
        read: Reads a number without sign, or raises `ValueError` with the reason.
        otherwise: The reason where the text must not be quoted.

    Raises:
        ValueError: The reason why it says nothing, which quotes nothing that might be anything.
    """
    negative, body = False, text
    if not is_plain(text):  # most are
        negative, body = unsigned(text)
        body = plain_number(body, commas)
    elif commas.decimal:
        body = plain_number(text, commas)
    try:
        return negative, read(body)
    except ValueError as error:
        raise ValueError(
            quotable(str(error).replace(f"'{body}'", f"'{text}'"), text, otherwise)
        ) from None


def is_number(text: str) -> bool:
    """Whether a cell has a number, in any of the notations."""
    body = unsigned(text)[1].removesuffix("%")
    return bool(body) and body[0] in "0123456789." and not set(body) - set("0123456789.,_")
