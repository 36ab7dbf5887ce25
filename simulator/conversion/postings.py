"""The entries of a ledger."""

from datetime import date
from typing import NamedTuple


class Posting(NamedTuple):
    """One entry of the ledger, and the balances after it. [cents]

    Attributes:
        session: The close at which it is posted.
        event: One of `EVENTS`.
        amount: Deposited, charged, converted, paid out, or basis forfeited.
        basis_recovered: Basis in a conversion or a payment.
        taxable: Taxable earnings in it.
        ira: Earnings in it that go to a traditional IRA.
        value_after: Market value of the after-tax subaccount.
        basis_after: Its basis.
        roth_after: Market value of the Roth.
        withheld: Tax withheld from it.
        out_of_roth: What of a refund came out of the Roth.
        code: Box 7 of the form of what a life event pays; empty for all else.
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
    code: str = ""


class Moved(NamedTuple):
    """What a posting moves, as in `Posting`. [cents]"""

    amount: int
    recovered: int = 0
    taxable: int = 0
    ira: int = 0
    withheld: int = 0
    out_of_roth: int = 0
    code: str = ""
