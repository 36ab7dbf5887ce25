"""The statistics of an amount that was told before are those of its own paths, whatever it looks like."""

import pickle
from weakref import ref

import numpy as np

from simulator.answer.distributions import LOOKED_AT, Distributions
from simulator.answer.statistics import distribution

CENTS = np.arange(320, dtype=float)


def test_an_amount_that_is_the_same_on_every_path_is_told_the_same() -> None:
    told = Distributions(16)
    assert told.of(CENTS, taxable=False) == distribution(CENTS, 16)
    assert told.of(CENTS.copy(), taxable=True) == distribution(CENTS, 16, taxable=True)
    assert told.of(CENTS, taxable=False) == distribution(CENTS, 16)


def test_one_other_path_is_another_amount() -> None:
    told, other = Distributions(0), CENTS.copy()
    other[1] = 9_000.0
    step = CENTS.size // LOOKED_AT
    assert (other[::step] == CENTS[::step]).all()  # it looks the same
    assert told.of(CENTS, taxable=False) != told.of(other, taxable=False) == distribution(other)


def test_what_is_told_can_be_changed_without_harm() -> None:
    told = Distributions(0)
    told.of(CENTS, taxable=False).clear()
    assert told.of(CENTS, taxable=False) == distribution(CENTS)


def test_amounts_are_not_kept() -> None:
    told, amount = Distributions(0), CENTS.copy()
    told.of(amount, taxable=False)
    kept = ref(amount)
    del amount
    assert kept() is None
    assert told.of(CENTS, taxable=False) == distribution(CENTS)


def test_what_was_told_of_amounts_that_are_gone_is_forgotten() -> None:
    """A difference is made anew each time that it is told."""
    told = Distributions(0)
    for _ in range(3):
        told.of(CENTS - 1.0, taxable=False)
    assert [len(alike) for alike in told._told.values()] == [1]


def test_it_comes_from_one_process_to_another_with_its_randomisations() -> None:
    told = Distributions(16)
    told.of(CENTS, taxable=False)
    again = pickle.loads(pickle.dumps(told))
    assert again.of(CENTS, taxable=True) == distribution(CENTS, 16, taxable=True)
