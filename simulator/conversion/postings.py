"""The entries of a ledger."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry of the ledger, and the balances after it. [cents]

    Attributes:
        session: The close at which it is posted.
        event: One of `EVENTS`.
        amount: Deposited, charged, converted, or basis forfeited.
        basis_recovered: Basis in a conversion.
        taxable: Taxable earnings in it.
        ira: Earnings in it that go to a traditional IRA.
        value_after: Market value of the after-tax subaccount.
        basis_after: Its basis.
        roth_after: Market value of the Roth.
        withheld: Tax withheld from it.
        out_of_roth: What of a refund came out of the Roth.
    """

    session: date
    event: str
    amount: int
    basis_recovered: int
    taxable: int
    ira: int
    value_after: int
    basis_after: int
    roth_after: int
    withheld: int = 0
    out_of_roth: int = 0


class Moved(NamedTuple):
    """What a posting moves, as in `Posting`. [cents]"""

    amount: int
    recovered: int = 0
    taxable: int = 0
    ira: int = 0
    withheld: int = 0
    out_of_roth: int = 0
