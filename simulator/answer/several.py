"""Statistics of several amounts on paths at a time: what `statistics` tells of each, in fewer calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.answer.order import PERCENTILES, in_order, percentiles_of, whole_of
from simulator.answer.statistics import (
    SPREAD,
    STATISTICS,
    average_of,
    between,
    errors_of,
    sd_of,
    to_the_cent,
)

if TYPE_CHECKING:
    from simulator.conversion.on_paths import Paths


def distributions_and_errors(
    cents: Paths, randomisations: int
) -> list[tuple[dict[str, Any], dict[str, float]]]:
    """The `distribution` of each amount with its zeros, and its `percentile_errors`.

    Args:
        cents: Each amount on each path. [cents; amount, path]
        randomisations: See `standard_error`.
    """
    import numpy as np

    rising = in_order(cents)
    percentiles = [percentiles_of(row) for row in rising]
    average = average_of(cents)
    se = errors_of(cents, randomisations, rising.dtype == np.int32)
    columns = average[:, 0], sd_of(cents, average, 0), se, *np.array(percentiles).T
    told = [
        dict(zip(STATISTICS, map(to_the_cent, row), strict=True))
        for row in zip(*(column.tolist() for column in columns), strict=True)
    ]
    for one, row in zip(told, rising, strict=True):
        one["zero_share"] = (row.size - int(np.count_nonzero(row))) / row.size
    spread = [PERCENTILES.index(percentile) for percentile in SPREAD]
    amounts = np.array(percentiles)[:, spread, None]
    off = errors_of(cents[:, None] <= amounts, randomisations, whole=True)
    errors = map(between, rising, off)
    return list(zip(told, errors, strict=True))


def means_and_errors(cents: Paths, randomisations: int) -> list[dict[str, float]]:
    """The `mean_and_error` of each amount. The arguments are those of `distributions_and_errors`."""
    errors = errors_of(cents, randomisations, whole_of(cents) is not None).tolist()
    means = average_of(cents)[:, 0].tolist()
    return [
        {"mean": to_the_cent(mean), "se": to_the_cent(error)}
        for mean, error in zip(means, errors, strict=True)
    ]
