"""Distributions that have a formula: of one deposit and its gain, of exponential amounts, of tax on them."""

from math import erf, exp, log, sqrt

import numpy as np
import pytest

from simulator.distribution.batch import Growth, NotResolved, batch_value
from simulator.distribution.bent import Bend, Bent
from simulator.distribution.half_line import HalfLine
from simulator.distribution.known import Known
from simulator.distribution.lattice import Gain, Lattice

YEAR = Growth(1.07 ** (1 / 252), 0.16 / sqrt(252))


def normal(x: float) -> float:
    """The probability of a standard normal up to x."""
    return (1 + erf(x / sqrt(2))) / 2


def exponential(scale: float = 1.0, atom: float = 0.25) -> HalfLine:
    """Nothing with a probability, else exponential: F(x) = 1 - (1 - atom) exp(-x / scale)."""
    points = np.arange(6_001) * 0.005 * scale
    density = (1 - atom) / scale * np.exp(-points / scale)
    rest = 1 - atom
    return HalfLine(atom, density, 0.005 * scale, rest * scale, rest * 2 * scale**2)


def test_one_deposit_is_lognormal() -> None:
    value = batch_value([(100.0, 252)], YEAR)
    assert value.mean == pytest.approx(107)
    assert value.variance == pytest.approx(107**2 * (exp(0.16**2) - 1))
    x = np.array([70.0, 100.0, 150.0])
    centre, spread = log(100) + log(1.07) - 0.16**2 / 2, 0.16
    known = np.exp(-(((np.log(x) - centre) / spread) ** 2) / 2) / (spread * sqrt(2 * np.pi) * x)
    assert value.density(x) == pytest.approx(known, rel=1e-9)


def test_the_moments_of_two_deposits_are_those_of_their_sum() -> None:
    """100 for 126 sessions, then with 50 more for 126: E = 100 R + 50 sqrt(R), the second moment by hand."""
    value = batch_value([(100.0, 126), (50.0, 126)], YEAR)
    half, var = sqrt(1.07), 0.16**2 / 2
    mean = 100 * half**2 + 50 * half
    square = (100**2 * half**2 * exp(var) + 2 * 100 * 50 * half + 50**2) * half**2 * exp(var)
    assert value.mean == pytest.approx(mean)
    assert value.variance == pytest.approx(square - mean**2)
    grid = np.exp(value.start + value.step * np.arange(value.log_density.size))
    share = value.density(grid) * grid * value.step
    assert float(share.sum()) == pytest.approx(1, abs=1e-9)
    assert float((share * grid).sum()) == pytest.approx(mean, rel=1e-9)


@pytest.mark.parametrize("volatility", [0.01, 0.16, 1.0])
def test_the_positive_part_of_one_gain_is_an_option(volatility: float) -> None:
    """Black and Scholes: E max(0, V - 100) of V lognormal with mean 107."""
    value = batch_value([(100.0, 252)], Growth(YEAR.rate, volatility / sqrt(252)))
    gain = Gain(value, 100.0)
    lattice = Lattice([gain])
    taxable = lattice.up(gain, lattice.nothing)
    upper = log(1.07) / volatility + volatility / 2
    assert taxable.mean == pytest.approx(
        107 * normal(upper) - 100 * normal(upper - volatility), abs=2e-4
    )
    assert taxable.atom == pytest.approx(normal(volatility - upper), abs=2e-7)
    for percent in (50, 75, 95):
        deviate = {50: 0.0, 75: 0.674489750196, 95: 1.644853626951}[percent]
        known = 107 * exp(volatility * deviate - volatility**2 / 2) - 100
        assert taxable.percentile(percent) == pytest.approx(max(0.0, known), abs=2e-3)


def test_scales_too_far_apart_are_told() -> None:
    """A gain of a day of 100 dollars beside those of a fund that may go anywhere in ten years."""
    day = Gain(batch_value([(100.0, 1)], YEAR), 100.0)
    decade = Gain(batch_value([(1e6, 2520)], YEAR), 1e6)
    with pytest.raises(NotResolved, match="too far apart"):
        Lattice([day, decade])


def test_percentiles_and_shares_are_those_of_the_formula() -> None:
    amount = exponential()
    assert amount.percentile(25) == 0
    for percent in (30, 50, 75, 95, 99):
        known = -log((1 - percent / 100) / 0.75)
        assert amount.percentile(percent) == pytest.approx(known, abs=1e-8)
        assert amount.share_up_to(known) == pytest.approx(percent / 100, abs=1e-9)


def test_what_exceeds_an_amount_is_exponential_again() -> None:
    amount = exponential(3.0)
    mean, square = amount.over(2.0)
    left = 0.75 * exp(-2 / 3)
    assert mean == pytest.approx(3 * left, abs=1e-9)
    assert square == pytest.approx(2 * 9 * left, abs=1e-8)
    shorter = amount.less(2.0)
    assert shorter.atom == pytest.approx(1 - left)
    assert shorter.mean == pytest.approx(3 * left, abs=1e-9)


def test_two_exponentials_add_up_to_a_gamma() -> None:
    one = exponential(atom=0.0)
    value = batch_value([(1.0, 252)], YEAR)
    lattice = Lattice([Gain(value, 1.0)])
    lattice.delta, lattice.cells = one.delta, one.density.size - 1
    both = lattice.plus(one, one)
    points = both.points
    assert both.density == pytest.approx(points * np.exp(-points), abs=1e-9)
    assert (both.mean, both.square) == (2.0, 6.0)


def test_a_tax_by_brackets_has_its_mean_its_spread_and_its_percentiles() -> None:
    """10% up to 1, 30% above, and 0.5 at once above 2: integrals of exp(-x), by hand."""
    tax = Bent.of(0.0, 0.1, [(1.0, 0.0, 0.2), (2.0, 0.5, 0.0)])
    known = Known.distributed(exponential(atom=0.0)).through(tax)
    assert known.mean() == pytest.approx(0.1 + 0.2 * exp(-1) + 0.5 * exp(-2), abs=1e-9)
    square = 0.02 * (1 - 2.5 * exp(-1)) + exp(-1) * (0.01 + 2 * 0.1 * 0.3 + 2 * 0.09)
    square += exp(-2) * (0.9**2 - 0.4**2 + 2 * 0.5 * 0.3)
    assert known.variance == pytest.approx(square - known.mean() ** 2, abs=1e-9)
    assert known.percentile(50) == pytest.approx(0.1 * log(2), abs=1e-9)
    assert known.percentile(95) == pytest.approx(
        0.1 * log(20) + 0.2 * (log(20) - 1) + 0.5, abs=1e-8
    )


def test_a_tax_after_what_was_taxed_so_far_begins_higher() -> None:
    tax = Bent.of(0.0, 0.1, [(1.0, 0.0, 0.2)])
    so_far = Known.distributed(exponential(atom=0.0)) + 1
    known = so_far.through(tax)
    assert known.mean() == pytest.approx(0.1 + 0.3, abs=1e-9)
    assert known.percentile(50) == pytest.approx(0.1 + 0.3 * log(2), abs=1e-9)


def test_of_a_sum_that_depends_on_one_amount_all_is_known() -> None:
    amount = Known.distributed(exponential(atom=0.0))
    both = amount + amount.through(Bent.of(0.0, 0.1, [(1.0, 0.0, 0.2)]))
    assert both.percentile(50) == pytest.approx(1.1 * log(2), abs=1e-9)
    assert amount - amount == 0
    left = amount - amount * 0.25
    assert (left.mean(), left.sd) == pytest.approx((0.75, 0.75))


def test_of_amounts_that_may_depend_on_each_other_the_mean_alone_is_known() -> None:
    one, other = (Known.distributed(exponential(atom=0.0)) for _ in range(2))
    both = one + other
    assert both.mean() == pytest.approx(2)
    assert (both.sd, both.percentile(50), both.zero_share) == (None, None, None)


def test_beside_paths_an_amount_is_added_on_each_of_them() -> None:
    paths = np.array([10.0, 20.0, 30.0])
    for mixed, mean in ((paths - Known(5.0, 4.0), 15.0), (Known(5.0, 4.0) - paths, -15.0)):
        assert isinstance(mixed, Known)
        assert mixed.mean() == mean
        assert mixed.sd is None
    assert (Known(5.0) - paths).sampled.tolist() == [-10.0, -20.0, -30.0]


def test_a_falling_function_has_no_percentiles_here() -> None:
    amount = Known.distributed(exponential(atom=0.0))
    less = -amount
    assert less.percentile(50) is None
    assert (less.mean(), less.sd) == pytest.approx((-1.0, 1.0))


def test_bends_at_one_amount_stand_together() -> None:
    assert Bent.of(0.0, 1.0, [(2.0, 0.0, 1.0), (2.0, 3.0, 0.5)]).bends == (Bend(2.0, 3.0, 1.5),)
