"""Which edition of the law an answer rests on: a hash of the rows of the tables that it may read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from simulator.law.limits import published

HERE = Path(__file__).parent

INCOME_TAX = ("income_tax.csv", "income_tax_indexing.csv", "income_tax_thresholds.csv")
STATES = ("ny_recapture.csv", "state_brackets.csv", "state_deductions.csv", "state_rates.csv")
REMARKS = ("source", "checked", "note", "what")
"""How columns end that no figure depends on."""


@cache
def law_digest(first: int, last: int, status: str | None = None, state: str | None = None) -> str:
    """A hash of what the tables of the law say that figures of some years depend on.

    Two answers with the same hash rest on the same law; a change of other years or of a source leaves it.

    Args:
        first: The first year.
        last: The last one.
        status: The filing status, where the income tax is worked out.
        state: The code of the state, where its tax is.
    """
    rows = [
        ("limits.csv", row) for row in _rows("limits.csv", last) if int(row["year"]) >= first - 1
    ]
    if last > max(published()):
        rows += [("cpi.csv", row) for row in _rows("cpi.csv", last)]
    if status is not None:
        for name in INCOME_TAX:
            rows += [(name, row) for row in _rows(name, last) if row["status"] in ("", status)]
    if state is not None:
        for name in STATES:
            rows += [(name, row) for row in _rows(name, last) if row.get("state", "NY") == state]
    return sha256(json.dumps(rows).encode()).hexdigest()


def _rows(name: str, last: int) -> Iterator[dict[str, str]]:
    """The rows of a table up to a year, without what is remarked of them."""
    with (HERE / name).open(encoding="ascii", newline="") as file:
        for row in csv.DictReader(file):
            if int(row.get("year") or 0) <= last:
                yield {column: cell for column, cell in row.items() if not column.endswith(REMARKS)}
