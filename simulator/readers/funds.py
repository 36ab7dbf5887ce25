"""Prices of several funds in one file are asked about, whether their column has a name or not."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistakes, short
from simulator.readers.dated_table import LONGEST_NAME, MOST_NAMED, DatedTable
from simulator.readers.figures import is_number
from simulator.readers.header import Column, is_date
from simulator.readers.names import FUNDS
from simulator.readers.written import rows_said

FUND_NAMES = FUNDS | {"name"}
"""Columns of a table of prices that name the fund."""


def demand_one_fund(table: DatedTable, price: Column | None) -> None:
    """Raises `Mistakes` where a column names several funds, or one without a name may."""
    for column in (*table.header.columns, *table.header.nameless):
        if column in (table.date, price) or not (set(column.words) & FUND_NAMES or not column.name):
            continue
        funds = list(dict.fromkeys(filter(None, (entry.at(column) for entry in table.entries))))
        if not column.name:
            funds = [fund for fund in funds if not (is_number(fund) or is_date(fund))]
        if len(funds) > 1 and table.is_table:
            raise _many_funds(table, column, funds)


def _many_funds(table: DatedTable, column: Column, funds: Sequence[str]) -> Mistakes:
    listed = ", ".join(f"'{short(visible(fund), LONGEST_NAME)}'" for fund in funds[:MOST_NAMED])
    more = f" and {len(funds) - MOST_NAMED:,} more" if len(funds) > MOST_NAMED else ""
    if not column.name:
        return table.mistake(
            f"column {column.place + 1} has no name and may name {len(funds)} funds: {listed}{more}; give "
            f"it one in line {table.header.line}: Fund, and take one of them by where:; or Remarks"
        )
    written = rows_said(table.named.asked, table.named.file.name, {column.name: funds[:1]})
    shown_name = short(visible(column.name), LONGEST_NAME)
    return table.mistake(
        f"the column '{shown_name}' has {len(funds)} funds: {listed}{more}; "
        f"write the one that is meant, like {written}"
    )
