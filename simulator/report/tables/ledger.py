"""A ledger as a table."""

from __future__ import annotations

from simulator.conversion.ledger import Ledger
from simulator.report.tables.table import WORD, Column, Table


def ledger_table(name: str, ledger: Ledger) -> Table:
    """Every posting, with the balances after it."""
    columns = (
        Column("Date", WORD),
        Column("Event", WORD),
        Column("Amount"),
        Column("Basis"),
        Column("Taxable"),
        Column("Value after"),
        Column("Basis after"),
        Column("Roth after"),
    )
    rows = tuple(
        (
            str(one.session),
            one.event,
            one.amount,
            one.basis_recovered,
            one.taxable,
            one.value_after,
            one.basis_after,
            one.roth_after,
        )
        for one in ledger.postings
    )
    return Table(f"Ledger: {name}", columns, rows)
