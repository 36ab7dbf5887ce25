"""Arithmetic on columns, one number a path.

Each loop is over few columns, so that the compiler can see that they do not overlap, and uses vector
instructions: the widest ones in what most events need.
"""

import numpy as np

from simulator.conversion.on_paths import LEAST_LOSS, UP
from simulator.money import MOST_CENTS
from simulator.paths.compiled.strict import compiled, in_widest_vectors, inlined
from simulator.returns.draws import Floats

MOST = float(MOST_CENTS)


@inlined
def part(sums: Floats, row: int, origin: int, size: int) -> Floats:
    """A block's part of a row of sums. [path]"""
    return sums[row, origin : origin + size]


@compiled
def copy(result: Floats, a: Floats) -> None:
    """Copies a. [path]"""
    for i in range(result.size):
        result[i] = a[i]


@compiled
def product(result: Floats, a: Floats, b: Floats) -> None:
    """The product of a and b. [path]"""
    for i in range(result.size):
        result[i] = a[i] * b[i]


@compiled
def add(total: Floats, a: Floats) -> None:
    """Adds a to a total. [path]"""
    in_widest_vectors()
    for i in range(total.size):
        total[i] += a[i]


@compiled
def take(total: Floats, a: Floats) -> None:
    """Takes a out of a total. [path]"""
    for i in range(total.size):
        total[i] -= a[i]


@compiled
def add_difference(total: Floats, a: Floats, b: Floats) -> None:
    """Adds a - b to a total. [path]"""
    for i in range(total.size):
        total[i] += a[i] - b[i]


@compiled
def add_rounded(total: Floats, cents: Floats) -> None:
    """Adds whole cents, halves up, to a total. [path]"""
    for i in range(total.size):
        total[i] += np.floor(cents[i] + UP)


@compiled
def rounded(result: Floats, cents: Floats) -> None:
    """Whole cents, halves up. [path]"""
    for i in range(result.size):
        result[i] = np.floor(cents[i] + UP)


@compiled
def value_of(result: Floats, units: Floats, price: Floats) -> None:
    """What units are worth, in whole cents. [path]"""
    in_widest_vectors()
    for i in range(result.size):
        result[i] = np.floor(units[i] * price[i] + UP)


@compiled
def add_value_of(total: Floats, result: Floats, units: Floats, price: Floats) -> None:
    """What units are worth, in whole cents; adds it to a total. [path]"""
    in_widest_vectors()
    for i in range(result.size):
        cents = np.floor(units[i] * price[i] + UP)
        result[i] = cents
        total[i] += cents


@compiled
def add_earnings(total: Floats, amount: Floats, basis: Floats, brought: float) -> None:
    """Adds by how much all that was inside exceeds its basis and what was just brought. [cents; path]"""
    in_widest_vectors()
    for i in range(total.size):
        total[i] += max(amount[i] - (basis[i] + brought), 0.0)


@compiled
def spend(basis: Floats, brought: float, amount: Floats) -> None:
    """Leaves of basis, and of what was just brought, what all that was inside did not take. [cents; path]"""
    for i in range(basis.size):
        basis[i] = max(basis[i] + brought - amount[i], 0.0)


@compiled
def spend_and_buy(
    basis: Floats, brought: float, units: Floats, amount: Floats, price: Floats
) -> None:
    """`spend`, and `buy` for the amount. [path]"""
    in_widest_vectors()
    for i in range(basis.size):
        basis[i] = max(basis[i] + brought - amount[i], 0.0)
        units[i] += amount[i] / price[i]


@compiled
def brought_to(basis: Floats, brought: float) -> None:
    """Adds contributions to the basis. [cents; path]"""
    for i in range(basis.size):
        basis[i] += brought


@compiled
def buy(units: Floats, cents: Floats, price: Floats) -> None:
    """Adds the units that an amount buys. [path]"""
    for i in range(units.size):
        units[i] += cents[i] / price[i]


@compiled
def buy_for(units: Floats, cents: float, price: Floats) -> None:
    """The units that one amount buys on every path. [path]"""
    in_widest_vectors()
    for i in range(units.size):
        units[i] = cents / price[i]


@compiled
def recover_of_all(recovered: Floats, amount: Floats, basis: Floats) -> None:
    """Takes the basis in what leaves an account that it empties out of the basis. [cents; path]"""
    for i in range(recovered.size):
        of_it = min(amount[i], basis[i])
        recovered[i] = of_it
        basis[i] -= of_it


@compiled
def recover_pro_rata(recovered: Floats, amount: Floats, basis: Floats, value: Floats) -> None:
    """Takes the basis in what leaves an account out of the basis. [cents; path]"""
    for i in range(recovered.size):
        share = np.floor(amount[i] * basis[i] / max(value[i], LEAST_LOSS) + UP)
        recovered[i] = min(min(amount[i], basis[i]), share)
    take(basis, recovered)


@compiled
def beyond(cents: Floats) -> int:
    """On how many paths an amount leaves the range. [cents; path]"""
    count = 0
    for i in range(cents.size):
        count += not cents[i] <= MOST
    return count


@compiled
def take_fee(fee: Floats, worth: Floats, value: Floats, most: float) -> None:
    """Takes a fee out of a batch and of the account that it is in. [cents; path]"""
    for i in range(fee.size):
        fee[i] = min(worth[i], most)
    for i in range(fee.size):
        worth[i] -= fee[i]
    for i in range(fee.size):
        value[i] = max(value[i] - fee[i], LEAST_LOSS)


@compiled
def cut(basis: Floats, loss: Floats, kept: Floats, inside: float) -> None:
    """Where there is a loss, cuts the basis to the contributions still inside. [cents; path]

    Args:
        basis: The basis; what is left of it.
        loss: By how much it exceeded the value.
        kept: The basis before.
        inside: The contributions.
    """
    for i in range(basis.size):
        kept[i] = basis[i]
    for i in range(basis.size):
        basis[i] = min(kept[i], inside) if loss[i] > LEAST_LOSS else kept[i]


@compiled
def cut_to(basis: Floats, loss: Floats, before: Floats, shrunk: Floats, inside: float) -> None:
    """`cut`, where each path has kept a share of its own of some contributions inside. [cents; path]"""
    for i in range(basis.size):
        before[i] = basis[i]
    for i in range(basis.size):
        kept = np.floor(shrunk[i] + inside + UP)
        basis[i] = min(before[i], kept) if loss[i] > LEAST_LOSS else before[i]


@compiled
def add_withheld(total: Floats, amount: Floats, recovered: Floats) -> None:
    """Adds the tax withheld, 20% of what is taxable in an amount, to a total. [cents; path]"""
    for i in range(total.size):
        total[i] += np.floor((2.0 * (amount[i] - recovered[i]) + 5.0) / 10.0)


@compiled
def scale(columns: Floats, rest: Floats) -> None:
    """Leaves a share of what columns hold. [path]"""
    for i in range(columns.size):
        columns[i] *= rest[i]
