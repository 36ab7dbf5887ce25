"""The range that amounts are computed in: one that leaves it is refused, never told as infinite."""

from collections.abc import Iterable, Iterator
from typing import Any

from simulator.conversion.amounts import BOX_1_PAID, Outcome
from simulator.money import MOST_CENTS, beyond_range

BOX_2A = "Box 2a over all forms"
"""What a sweep asks for."""

LESS = "smaller amounts, fewer years, or returns that grow less"
"""What to write where an amount leaves the range."""


def demand_range(outcomes: Iterable[Outcome[Any]], model: str, first: int = 0) -> None:
    """Raises `OutOfRange` where an amount exceeds `MOST_CENTS`, of the first path on which one does.

    Boxes 2a and 5, fees and what goes to the IRA are parts of what was converted or left, and the basis of
    what was contributed.

    Args:
        outcomes: Of each policy, on the same paths.
        model: The model of the prices.
        first: Which path the first of them is.
    """
    _demand_each((field for outcome in outcomes for field in _largest(outcome)), model, first)


def demand_amounts(amounts: Iterable[tuple[str, Any]], model: str, first: int = 0) -> None:
    """Raises `OutOfRange` where one of some amounts exceeds `MOST_CENTS`, of the first such path.

    Args:
        amounts: Each in words, and on each path. [cents; path]
        model: The model of the prices.
        first: Which path the first of them is.
    """
    _demand_each(((what, 0, cents) for what, cents in amounts), model, first)


def _demand_each(amounts: Iterable[tuple[str, int, Any]], model: str, first: int) -> None:
    beyond = [(place, *amount) for amount in amounts if (place := _beyond(amount[-1])) is not None]
    if beyond:
        place, what, year, cents = min(beyond, key=lambda field: field[0])
        amount = cents if isinstance(cents, int) else float(cents[place])
        told = what.format(year=year)
        where = f"returns: path {first + place:,} of {model} leaves the range: {told}"
        raise beyond_range(where, amount, LESS)


def _largest(outcome: Outcome[Any]) -> Iterator[tuple[str, int, Any]]:
    """The amounts that bound all others of an outcome: in words, of which year. [cents; path]"""
    for year, of_year in outcome.years.items():
        yield "Box 1 of {year}", year, of_year.box_1
        for cents in BOX_1_PAID(of_year):
            yield "what is paid out in {year}", year, cents
        yield "what is left on December 31, {year},", year, of_year.left_value
    yield "the Roth at the end", 0, outcome.roth_end
    yield "the IRA at the end", 0, outcome.ira_end


def _beyond(cents: Any) -> int | None:
    """The first path on which an amount leaves the range, if there is one."""
    if isinstance(cents, int | float):  # what is not known is within it
        return 0 if cents > MOST_CENTS else None
    if cents.max() <= MOST_CENTS:  # which does not hold of NaN
        return None
    return int((~(cents <= MOST_CENTS)).argmax())
