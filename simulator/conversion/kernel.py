"""The kernel: all paths at once, on arrays of floats, postings rounded to the cent.

The same timeline as the ledger's, and none of its arithmetic. Amounts are whole cents in float64, exact
up to 2**53; units are not rounded. Only deposits that leave together share an array: a batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.account_on_paths import Account, Bought, Left
from simulator.conversion.amounts import CODES, Outcome, paid
from simulator.conversion.close import Close
from simulator.conversion.held import Held
from simulator.conversion.on_paths import Paths
from simulator.conversion.payments_on_paths import pay
from simulator.conversion.rows import Rows, rows_of_all
from simulator.conversion.timeline import Timeline

Prices = Sequence[Paths] | NDArray[np.float64]
"""Price of a fund at the close of each of a timeline's sessions. [session, path]"""


def kernel(timeline: Timeline, prices: Prices, inside: Prices | None = None) -> Outcome[Paths]:
    """Converts a timeline on every path.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session, path]
        inside: Price of the fund in the subaccount, where that is another one. [session, path]
    """
    (rows,), count = rows_of_all([timeline])
    amounts = np.zeros((count, len(prices[0])))
    post_all(timeline, prices, rows, amounts, {}, inside)
    return rows.outcome(timeline, amounts)


def post_all(
    timeline: Timeline,
    prices: Prices,
    rows: Rows,
    amounts: NDArray[np.float64],
    bought: Bought,
    inside: Prices | None = None,
) -> None:
    """Converts a timeline on every path, and fills its rows of a table.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session, path]
        rows: Where its amounts stand.
        amounts: The table; zeros in those rows. [cents; row, path]
        bought: Units that deposits bought at these prices, shared with other timelines on them.
        inside: Price of the fund in the subaccount, where that is another one. [session, path]
    """
    account = Account(timeline, prices[0], rows, amounts, bought)
    parked = prices if inside is None else inside
    for close, outside, price in zip(timeline.closes, prices, parked, strict=True):
        _post(account, close, price, outside)
    account.close()


def _post(account: Account, close: Close, price: Paths, outside: Paths) -> Left | None:
    """One close: the price has moved, deposits land, events and conversions leave, the year may end.

    Gives what a conversion moved, where there is one.
    """
    account.outside = outside
    account.land(close, price)
    for due in close.due:
        if not due.payment.last:
            pay(account, due, price)
    moved = account.convert(close, price) if close.leaving else None
    for due in close.due:
        if due.payment.last:
            pay(account, due, price)
    account.end(close, price)
    return moved


def conversions(
    timeline: Timeline, prices: Mapping[date, Paths], inside: Mapping[date, Paths]
) -> Iterator[tuple[date, Left]]:
    """Each conversion of a timeline with what it moves, after the fee.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [path]
        inside: That of the fund in the subaccount, which may be the same. [path]
    """
    (rows,), count = rows_of_all([timeline])
    first = prices[timeline.sessions[0]]
    account = Account(timeline, first, rows, np.zeros((count, first.size)), {})
    for close in timeline.closes:
        moved = _post(account, close, inside[close.session], prices[close.session])
        if moved is not None:
            yield close.session, moved


def held(
    timeline: Timeline,
    prices: Mapping[date, Paths],
    inside: Mapping[date, Paths],
    bought: Bought,
) -> Held:
    """What a timeline holds at the last session of the last year, unrounded. [cents; path]

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [path]
        inside: That of the fund in the subaccount, which may be the same. [path]
        bought: Units that deposits bought at these prices, shared with other timelines on them.
    """
    (rows,), count = rows_of_all([timeline])
    amounts = np.zeros((count, prices[timeline.sessions[0]].size))
    account = Account(timeline, prices[timeline.sessions[0]], rows, amounts, bought)
    in_cash: list[tuple[date, Paths]] = []
    for close in timeline.closes:
        if close.session > timeline.last_session:
            break
        of = rows.years[close.session.year]
        forms = [of[name] for name in map(paid, CODES) if name in of]
        before = amounts[forms].sum(axis=0) if close.due else None
        _post(account, close, inside[close.session], prices[close.session])
        if before is not None:
            in_cash.append((close.session, amounts[forms].sum(axis=0) - before))
    at_end = prices[timeline.last_session]
    value = account.units * inside[timeline.last_session]
    roth, ira = account.roth * at_end, account.ira * at_end
    return Held(value, account.basis, roth, ira, tuple(in_cash))
