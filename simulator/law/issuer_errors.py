"""Errors that issuers of Form 1099-R are known to make with after-tax money; `issuer_errors.csv` has them."""

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class IssuerError(NamedTuple):
    """One of them.

    Attributes:
        id: Its number: `E1`.
        name: What it is called.
        matches_when: How a form with it looks.
        what_happened: Why, in a sentence.
        what_to_do: What the receiver does about it.
        source: Where it is told.
    """

    id: str
    name: str
    matches_when: str
    what_happened: str
    what_to_do: str
    source: str


@lru_cache(maxsize=1)
def issuer_errors() -> dict[str, IssuerError]:
    """All of them, by their number."""
    with (HERE / "issuer_errors.csv").open(encoding="ascii", newline="") as file:
        return {row["id"]: IssuerError(**row) for row in csv.DictReader(file)}
