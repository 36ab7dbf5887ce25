"""What life events pay out of an account of the kernel, on all paths at once.

A payment of an amount takes of every deposit its share. So from then on each path has units of its own,
and where a loss cuts the basis contributions of its own.
"""

from __future__ import annotations

import numpy as np

from simulator.conversion.account_on_paths import Account, Left
from simulator.conversion.amounts import paid, taxable, withheld
from simulator.conversion.close import Due
from simulator.conversion.on_paths import LEAST_LOSS, Paths, rounded
from simulator.conversion.payments import REFUND, ROLLOVER, TO_BOTH, Payment


def pay(account: Account, due: Due, price: Paths) -> None:
    """A life event pays: all that is inside, an amount of it, or a refund. [path]"""
    payment, places = due
    year = payment.session.year
    if payment.event == REFUND:
        _refund(account, payment, price)
        return
    if payment.asked is None:
        left = account.leave(payment.session, len(places), 0, price)
    else:
        left = _withdraw(account, payment.asked, price)
        account.add(year, "unpaid", payment.asked - left.amount)
    if payment.code == ROLLOVER:
        account.arrive(year, left, payment.to == TO_BOTH)
    else:
        earnings = left.amount - left.recovered
        account.add(year, withheld(payment.code), np.floor((2.0 * earnings + 5.0) / 10.0))  # 20%
        _write(account, payment, left.amount, earnings, left.recovered)
    if left.loss is not None:
        account.forfeit(year, left.loss)


def _write(account: Account, payment: Payment, amount: Paths, taxed: Paths, basis: Paths) -> None:
    """Adds a payment to the columns of its form."""
    year = payment.session.year
    account.add(year, paid(payment.code), amount)
    account.add(year, taxable(payment.code), taxed)
    account.add(year, "basis_paid", basis)
    if account.forms_alone:
        account.add_on_forms(year, taxed + basis, basis)


def _withdraw(account: Account, asked: int, price: Paths) -> Left:
    """An amount leaves, at most all there is: of every deposit its share, and basis in proportion."""
    value = price * account.units
    loss = account.loss(value)
    everything = asked >= value
    amount = np.where(everything, np.floor(rounded(value.copy())), float(asked))
    recovered = np.minimum(amount, account.basis)
    share = rounded(amount * account.basis / np.maximum(value, LEAST_LOSS))
    recovered = np.where(everything, recovered, np.minimum(recovered, share))
    account.basis -= recovered
    rest = np.where(everything, 0.0, 1.0 - asked / np.maximum(value, LEAST_LOSS))
    _shrink(account, rest)
    return Left(amount, recovered, loss)


def _refund(account: Account, payment: Payment, price: Paths) -> None:
    """Contributions of a year come back with their gain, out of here first, then out of the Roth."""
    assert payment.asked is not None, "a refund has an amount"
    gain = account.gains[payment.year]
    earned = rounded(payment.asked * gain / payment.contributed)
    due = payment.asked + earned
    value = price * account.units
    total = np.maximum(np.minimum(due, rounded(value + account.roth * account.outside)), 0.0)
    taken = np.minimum(value, total)
    basis = rounded(payment.asked * taken / np.maximum(due, 1.0))
    np.minimum(basis, account.basis, out=basis)
    account.roth = np.maximum(account.roth - (total - taken) / account.outside, 0.0)
    account.basis -= basis
    _shrink(account, 1.0 - taken / np.maximum(value, LEAST_LOSS))
    _write(account, payment, total, np.minimum(np.maximum(earned, 0.0), total), basis)


def _shrink(account: Account, rest: Paths) -> None:
    """Leaves a share of every deposit, and of the contributions that it brought. [path]"""
    account.units *= rest
    for leaves, batch in account.batches.items():
        account.batches[leaves] = batch * rest  # another array: units may be shared
    if not account.cuts:
        return
    account.kept_shrunk = (account.kept_shrunk + account.kept) * rest
    account.kept = 0
    for leaves, whole in account.stakes.items():
        account.stakes_shrunk[leaves] = (account.stakes_shrunk.get(leaves, 0.0) + whole) * rest
        account.stakes[leaves] = 0
