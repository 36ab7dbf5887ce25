"""Statistics of several amounts at a time are those of each alone."""

import numpy as np
import pytest

from simulator.answer.several import distributions_and_errors, means_and_errors
from simulator.answer.statistics import distribution, mean_and_error, percentile_errors


@pytest.mark.parametrize("randomisations", [0, 16])
@pytest.mark.parametrize("unit", [1.0, 1e9, 0.3])
@pytest.mark.parametrize("paths", [2, 37, 600])
def test_what_is_told_of_several_is_told_of_each(
    paths: int, unit: float, randomisations: int
) -> None:
    """To the last bit, of whole cents, of more than 32 bits, of parts of a cent and of nothing."""
    amounts = np.floor(np.random.default_rng(7).normal(5e4, 1e5, (5, paths))) * unit
    amounts[1] = 0
    amounts[2] = np.maximum(amounts[2], 0)
    for cents, (told, errors), mean in zip(
        amounts,
        distributions_and_errors(amounts, randomisations),
        means_and_errors(amounts, randomisations),
        strict=True,
    ):
        assert told == distribution(cents, randomisations, taxable=True)
        assert errors == percentile_errors(cents, randomisations)
        assert mean == mean_and_error(cents, randomisations)
