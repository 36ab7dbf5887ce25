"""How numbers, shares, dollars and dates are written.

Each function reads one notation, from a text of a file or from a Python value, or says what to write.
"""

import re
from calendar import month_name
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from simulator.days.calendars import month_end
from simulator.notation.wording import shown, wrong

MOST_DOLLARS = 1_000_000_000
LONGEST_NUMBER = 40

NOT_DOLLARS = "is not an amount of dollars; write it like 650, 1_500.50 or $650"

_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")
"""What is 200 dollars in America and 200,000 in much of Europe."""

_NUMBER = re.compile(r"[+-]?(\d[\d_]*|\d{1,3}(,\d{3})+)?(\.\d+)?")


def read_number(value: object) -> Decimal | None:
    """The number that a text or a Python value states, exactly; None where it states none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    text = str(value).strip() if isinstance(value, int | str) else plain(Decimal(str(value)))
    if 0 < len(text) <= LONGEST_NUMBER and text[-1] != "." and is_plain(text):  # most are
        return Decimal(text)
    if (
        not text
        or len(text) > LONGEST_NUMBER
        or not _NUMBER.fullmatch(text)
        or not any(map(str.isdigit, text))
    ):
        return None
    try:
        return Decimal(text.replace("_", "").replace(",", ""))
    except InvalidOperation:
        return None


def is_plain(text: str) -> bool:
    """Whether a text is figures, and perhaps a point."""
    return text.isascii() and text.replace(".", "", 1).isdigit()


def _cents(amount: Decimal, written: object) -> int:
    """The cents of an amount of dollars, or the reason why it cannot be one."""
    if amount < 0:
        raise wrong(f"{shown(written)} is negative; write an amount of 0 or more")
    if amount > MOST_DOLLARS:
        raise wrong(f"{shown(written)} is too large; at most ${MOST_DOLLARS:,}")
    cents = amount * 100
    if cents != int(cents):
        raise wrong(f"{shown(written)} has more than two decimals; write dollars and cents")
    return int(cents)


def plain_cents(text: str) -> int | None:
    """The cents of dollars in figures alone, like 650 or 1500.50, as most are; None of any other text."""
    whole, point, cents = text.partition(".")
    if not is_plain(text) or len(whole) > 9 or len(cents) != 2 * len(point):
        return None
    return int(f"{whole}{cents or '00'}")


def read_dollars(value: object) -> int:
    """The cents of an amount of dollars: `650`, `1_500.50`, `$650`."""
    text = value.strip().removeprefix("$") if isinstance(value, str) else value
    amount = read_number(text)
    if amount is None:
        raise wrong(f"{shown(value)} {NOT_DOLLARS}")
    if isinstance(text, str) and _THOUSANDS.fullmatch(text) and amount * 100 % 1 == 0:
        whole = text.replace(".", "_").lstrip("0_") or "0"
        raise wrong(f"{shown(value)} may mean two amounts; write {plain(amount)} or {whole}")
    return _cents(amount, value)


def _fraction(value: object) -> Fraction | None:
    """The share that a text with a percent sign states, or None."""
    if isinstance(value, str) and value.strip().endswith("%"):
        number = read_number(value.strip()[:-1].rstrip())
        if number is None:
            raise wrong(f"{shown(value)} is not a share; write it like 12% or 2.5%")
        return Fraction(number) / 100
    return None


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_percent(number: Decimal) -> str:
    return f"{plain(number * 100 if abs(number) < 1 else number)}%"


def read_share(value: object, low: Fraction, high: Fraction) -> Fraction:
    """The share that is written, within bounds, both included: `12%`, or a fraction up to 1."""
    share = value if isinstance(value, Fraction) else _fraction(value)
    if share is None:
        number = read_number(value)
        if number is None:
            raise wrong(f"{shown(value)} is not a share; write it like 12%")
        if abs(number) > 1:
            raise wrong(f"{shown(value)} is not a share; did you mean {_as_percent(number)}?")
        share = Fraction(number)
    if not low <= share <= high:
        raise wrong(
            f"{shown(value)} is out of range; write a share from {percent(low)} to {percent(high)}"
        )
    return share


def read_share_or_dollars(value: object) -> Fraction | int:
    """A share of pay with a percent sign, or dollars; a small number of a file is neither."""
    fraction = isinstance(value, float | Decimal) and 0 < value < 1
    if fraction or isinstance(value, Fraction) or _fraction(value) is not None:
        return read_share(value, Fraction(0), Fraction(1))
    amount = read_number(value)
    if amount is not None and 0 < amount <= 100:
        words = f"did you mean {_as_percent(amount)}? For dollars write ${plain(amount)}"
        raise wrong(f"{shown(value)} is neither a share nor dollars; {words}")
    return read_dollars(value)


def read_day(value: object) -> date:
    """The day that a text like `2025-01-03` states."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    match = (
        re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value.strip()) if isinstance(value, str) else None
    )
    if not match:
        raise wrong(f"{shown(value)} is not a date; write it like 2025-01-03")
    year, month, day = map(int, match.groups())
    if not 1 <= month <= 12 or year == 0:
        raise wrong(f"{shown(value)} is not a date; months go from 01 to 12, years from 0001")
    last = month_end(year, month).day if year < 9999 else 31
    if not 1 <= day <= last:
        raise wrong(f"{shown(value)} does not exist; {month_name[month]} {year} has {last} days")
    return date(year, month, day)


def percent(share: Fraction) -> str:
    """A share with its percent sign, as a scenario file has it: `12%`, `2.5%`."""
    return f"{plain(Decimal(share.numerator * 100) / share.denominator)}%"
