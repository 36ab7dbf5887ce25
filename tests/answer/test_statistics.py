"""Means, percentiles and errors: definitions worked out by hand, and the digits that are shown."""

from math import floor, sqrt

import numpy as np
import pytest

from simulator.answer.order import PERCENTILES, in_order, percentiles_of
from simulator.answer.statistics import Estimate, distribution, percentile_errors, standard_error


@pytest.mark.parametrize(
    ("value", "error", "written"),
    [
        (117_077.0, 300.0, "1,171"),
        (117_077.0, 3_000.0, "1,170"),
        (3_036.0, 13.0, "30.4"),
        (3_035.0, 0.2, "30.35"),
        (0.0, 0.0, "0.00"),
        (123_456_789.0, 2_000_000.0, "1,230,000"),
    ],
)
def test_an_estimate_shows_the_digits_that_its_error_supports(
    value: float, error: float, written: str
) -> None:
    assert str(Estimate(value, error)) == written


def test_statistics_are_as_defined() -> None:
    """Sd divides by n, percentiles interpolate linearly, se is that of the mean."""
    cents = np.array([0.0, 100.0, 200.0, 700.0])
    assert distribution(cents, taxable=True) == {
        "mean": 2.50, "sd": 2.69, "se": 1.55, "p5": 0.15, "p25": 0.75, "p50": 1.50, "p75": 3.25,
        "p95": 6.25, "zero_share": 0.25,
    }  # fmt: skip


def test_a_percentile_is_as_uncertain_as_the_share_of_paths_below_it() -> None:
    """Of n independent amounts, spread evenly over n dollars, it errs by n sqrt(q (1 - q) / n) dollars."""
    errors = percentile_errors(np.random.default_rng(3).permutation(np.arange(10_000) * 100.0))
    expected = {"p5": 2_179.4, "p50": 5_000.0, "p95": 2_179.4}  # sqrt(0.05 x 0.95) = 0.21794
    assert errors == pytest.approx(expected, rel=0.002)


@pytest.mark.parametrize("larger", [0.0, 0.25, 2.0**33])
def test_statistics_are_numpys_to_the_last_bit(larger: float) -> None:
    """Of whole cents, which are sorted as integers, and of others: fractions, and what no integer holds."""
    cents = np.floor(np.random.default_rng(5).normal(2_000.0, 4_000.0, 1_000)).clip(0) + larger
    rising = np.sort(cents)
    assert in_order(cents).tolist() == rising.tolist()
    percentiles = np.percentile(cents, PERCENTILES, method="linear")
    assert percentiles_of(in_order(cents)) == pytest.approx(percentiles.tolist(), rel=1e-15)
    sets = [cents[first:992:32].mean() for first in range(32)]
    assert standard_error(cents, 32) == np.std(sets, ddof=1) / sqrt(32)
    assert standard_error(cents) == np.std(cents, ddof=1) / sqrt(1_000)
    told = distribution(cents, taxable=True)
    assert told["sd"] == floor(np.std(cents) + 0.500001) / 100
    assert told["zero_share"] == np.mean(cents == 0.0)
