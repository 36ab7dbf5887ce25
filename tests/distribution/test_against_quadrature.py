"""Two conversions by adaptive quadrature over the first return; the second is an option within it."""

from itertools import pairwise
from math import erf, exp, log, pi, sqrt

import pytest
from scipy.integrate import quad

from simulator.distribution.batch import Growth, batch_value
from simulator.distribution.lattice import Gain, Lattice

FIRST, SECOND, RATE = 100.0, 60.0, 1.035
"""What grows until the first conversion, and from then until the second, and by how much on average."""


def normal(x: float) -> float:
    """The probability of a standard normal up to x."""
    return (1 + erf(x / sqrt(2))) / 2


def gain(amount: float, spread: float, z: float) -> float:
    """What an amount gains where the return's normal deviate is z."""
    return amount * (RATE * exp(spread * z - spread**2 / 2) - 1)


def option(strike: float, spread: float) -> float:
    """E max(0, V - strike) of what the second amount comes to."""
    if strike <= 0:
        return SECOND * RATE - strike
    upper = log(SECOND * RATE / strike) / spread + spread / 2
    return SECOND * RATE * normal(upper) - strike * normal(upper - spread)


def below(value: float, spread: float) -> float:
    """The probability that the second amount comes to at most so much."""
    return normal((log(value / (SECOND * RATE)) + spread**2 / 2) / spread) if value > 0 else 0.0


def over_first(of: object, spread: float, *at: float) -> float:
    """The mean of a function of what the first amount gains, piece by piece between its kinks."""
    assert callable(of)
    kinks = [(log((1 + x / FIRST) / RATE) + spread**2 / 2) / spread for x in at if x > -FIRST]
    ends = sorted({-9.0, 9.0, *(z for z in kinks if abs(z) < 9)})
    return sum(
        float(
            quad(lambda z: of(gain(FIRST, spread, z)) * exp(-z * z / 2) / sqrt(2 * pi), *piece)[0]
        )
        for piece in pairwise(ends)
    )


@pytest.mark.parametrize("volatility", [0.01, 0.05, 0.16, 0.40, 1.00])
def test_two_conversions_are_those_of_a_quadrature(volatility: float) -> None:
    spread = volatility * sqrt(0.5)
    growth = Growth(RATE ** (1 / 126), volatility / sqrt(252))
    one, other = (Gain(batch_value([(cents, 126)], growth), cents) for cents in (FIRST, SECOND))
    lattice = Lattice([one, other])
    total = lattice.up(one, lattice.up(other, lattice.nothing))
    carried = lattice.down(one, lattice.nothing)
    second = lattice.over(lattice.up(other, lattice.nothing), carried)

    def taxable(first: float) -> float:
        return max(0.0, first) + option(SECOND - min(0.0, first), spread)

    assert total.mean == pytest.approx(over_first(taxable, spread, 0.0), abs=2e-4)
    later = over_first(lambda first: option(SECOND - min(0.0, first), spread), spread, 0.0)
    assert second.mean == pytest.approx(later, abs=2e-4)
    for x in (0.0, 2.0, 10.0, 40.0):
        share = over_first(
            lambda first, x=x: below(SECOND + x - first, spread) * (first <= x), spread, x, 0.0
        )
        found = total.share_up_to(x) if x else total.atom
        assert found == pytest.approx(share, abs=2e-7)
