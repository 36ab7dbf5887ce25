"""Columns of a table of people that are no fields of a scenario: what the ACP test asks of each of them.

They change nothing in an answer, and are kept beside it. Law: IRC 414(q), 401(m)(2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from simulator.notation.numbers import read_dollars
from simulator.notation.wording import shown, wrong

TRUE, FALSE = ("true", "yes", "y", "1"), ("false", "no", "n", "0")


def _truth(text: str) -> bool:
    if (word := text.strip().lower()) in (*TRUE, *FALSE):
        return word in TRUE
    raise wrong(f"{shown(text)} is neither true nor false; write true or false")


PERSONAL: dict[str, Callable[[str], Any]] = {
    "prior_year_pay": read_dollars,
    "owner": _truth,
    "covered": _truth,
}
"""Each column, and how its cells are read."""


class Personal(NamedTuple):
    """What a row says of a person.

    Attributes:
        prior_year_pay: Pay of the year before; None where the scenario's counts. [cents]
        owner: Whether they own more than 5% of the business.
        covered: Whether they may contribute.
    """

    prior_year_pay: int | None = None
    owner: bool = False
    covered: bool = True


def personal(written: Mapping[str, str | None]) -> Personal:
    """What the cells of a row say of a person; they have been read before.

    Args:
        written: The text of each column, None where it is empty.
    """
    given = {name: PERSONAL[name](text) for name, text in written.items() if text is not None}
    return Personal(**given)


def fault(name: str, text: str) -> str:
    """What is wrong with a cell of such a column; empty where it can be read."""
    try:
        PERSONAL[name](text)
    except PydanticCustomError as error:
        return error.message()
    return ""
