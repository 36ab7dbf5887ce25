"""Means, percentiles and errors: definitions worked out by hand, and the digits that are shown."""

import numpy as np
import pytest

from simulator.answer.statistics import Estimate, distribution


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
