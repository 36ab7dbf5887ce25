"""The values that a range or a list on the command line stands for: `0:365:5`, `5%:30%:5%`, `1,2,3`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import floor

from simulator.notation.numbers import read_number
from simulator.refusal import Refused


class BadRange(Refused):
    """Values were asked for that cannot be read: one line for the user."""


MOST_POINTS = 2_000


RANGE = re.compile(r"[^:,\[\]{}\"']*:[^:,\[\]{}\"']*(:[^:,\[\]{}\"']*)?")
"""What looks like START:STOP:STEP: numbers between colons, without what a list or a mapping has."""


def values(text: str) -> list[str]:
    """The values that `START:STOP:STEP` or `A,B,C` stands for, as they would be written in a file.

    Numbers keep the notation of START: `5%:30%:5%` gives 5%, 10%, ... 30%; STOP is included. A comma within
    brackets or quotation marks is part of a value: `[{rate: 50%, up_to: 6%}],[{rate: 100%, up_to: 3%}]`.

    Raises:
        BadRange: The range cannot be read, runs the wrong way, or has too many points.
    """
    if not RANGE.fullmatch(text):
        parts = [part for part in map(str.strip, _parts(text)) if part]
        if not parts:
            raise BadRange(f"'{text}' holds no values; write START:STOP:STEP or A,B,C")
        if any(re.fullmatch(r"0\d+", part) for part in parts):
            example = text.replace(",", "_", 1)
            raise BadRange(f"'{text}' has a comma within a number; write it like {example}")
        return parts
    parts = [part.strip() for part in text.split(":")]
    numbers = [read_number(part.removeprefix("$").removesuffix("%")) for part in parts]
    if len(parts) != 3 or any(number is None for number in numbers):
        raise BadRange(f"'{text}' is not a range; write START:STOP:STEP like 0:365:5 or 5%:30%:5%")
    start, stop, step = (number or Decimal(0) for number in numbers)
    if step <= 0 or stop < start:
        raise BadRange(f"'{text}' does not rise; STEP must be above 0 and STOP not below START")
    count = floor((stop - start) / step) + 1
    if count > MOST_POINTS:
        raise BadRange(f"'{text}' has {count:,} points; at most {MOST_POINTS:,}")
    prefix, suffix = "$" * parts[0].startswith("$"), "%" * parts[0].endswith("%")
    return [f"{prefix}{start + place * step:f}{suffix}" for place in range(count)]


def _parts(text: str) -> Iterator[str]:
    """A text cut at its commas, but not at those within brackets or quotation marks."""
    depth, quote, part = 0, "", ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "[{":
            depth += 1
        elif letter in "]}":
            depth -= 1
        elif letter == "," and depth <= 0:
            yield part
            part = ""
            continue
        part += letter
    yield part
