"""A ledger as a table."""

from __future__ import annotations

from simulator.conversion.ledger import Ledger
from simulator.report.tables.table import WORD, Column, Table

YIELDS = ("Roth after", "Basis after", "Withheld", "Value after", "Basis")
"""What a narrow terminal does without, the first one first."""

BASIS = "Basis: the already taxed part, of the amount and of the value that is left."


def ledger_table(name: str, ledger: Ledger) -> Table:
    """Every posting, with the balances after it."""
    paid = any(posting.code for posting in ledger.postings)
    columns = (
        Column("Date", WORD),
        Column("Event", WORD),
        Column("Amount"),
        Column("Basis"),
        Column("Taxable"),
        *((Column("Withheld"), Column("Code", WORD)) if paid else ()),
        Column("Value after"),
        Column("Basis after"),
        Column("Roth after"),
    )
    rows = tuple(
        (
            str(posting.session),
            posting.event,
            posting.amount,
            posting.basis_recovered,
            posting.taxable,
            *((posting.withheld or None, posting.code) if paid else ()),
            posting.value_after,
            posting.basis_after,
            posting.roth_after,
        )
        for posting in ledger.postings
    )
    return Table(f"Ledger: {name}", columns, rows, notes=(BASIS,), yields=YIELDS)
