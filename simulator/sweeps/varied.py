"""A scenario with another value of one of its fields, and what is wrong with the value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic_core import PydanticCustomError

from simulator.notation.mistakes import Argument, Mistakes, Place, short
from simulator.notation.numbers import read_number
from simulator.notation.python_values import text_of, value_of
from simulator.notation.ranges import BadRange
from simulator.scenario.scenario import Scenario, with_values

VARY = "vary"
"""The argument that names what varies, as its mistakes have it."""


class SweepError(BadRange):
    """A sweep was asked for that cannot be made: one line for the user."""


def varied_to(scenario: Scenario, field: str, value: object) -> Scenario:
    """The scenario with a value of what varies: a text as a file has it, or a value of Python.

    Raises:
        Mistakes: The value cannot be read, or contradicts the rest.
    """
    with because_of(field, told(value)):
        if isinstance(value, str):
            return with_values(scenario, [f"{field}={value}"], option=Argument(VARY))
        return with_values(scenario, values=[(field, value, Place(Argument(f"{VARY} {field}")))])


def told(value: object) -> str:
    """A value of what varies as a text."""
    if isinstance(value, str):
        return value
    try:
        return text_of(value_of(value))
    except PydanticCustomError as error:
        raise SweepError(f"values: {error.message()}") from None


@contextmanager
def because_of(field: str, value: str) -> Iterator[None]:
    """Says of what is wrong in a file with which value it is: as it stands, the file is right."""
    try:
        yield
    except Mistakes as mistakes:
        made = f"{VARY} {field}={short(value)}: "
        raise Mistakes(
            [
                one
                if isinstance(one.place.source, Argument)
                else one._replace(
                    place=one.place._replace(source=Argument(made + one.place.source))
                )
                for one in mistakes.mistakes
            ],
            mistakes.more,
        ) from None


def number_of(written: str) -> int | float | str:
    """A value as JSON has it: a bare number as a number."""
    number = read_number(written)
    if number is None:
        return written
    return int(number) if number == int(number) else float(number)
