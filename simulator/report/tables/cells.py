"""Cells of amounts over many paths: means and percentiles, with the digits that their errors support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import DOLLAR
from simulator.answer.statistics import (
    Estimate,
    distribution,
    mean,
    percentile_errors,
    standard_error,
)


def percentile_cells(
    statistics: Mapping[str, Any], errors: Mapping[str, float]
) -> dict[str, Estimate | None]:
    """What is told of the spread of an amount, in whole dollars; nothing where that is not known.

    Args:
        statistics: Of the amount. [dollars]
        errors: Of its percentiles. [cents]
    """
    heads = {"5%": "p5", "median": "p50", "95%": "p95"}
    known = ((head, name, statistics[name]) for head, name in heads.items())
    return {
        head: None if value is None else Estimate(value * 100, max(errors[name], DOLLAR))
        for head, name, value in known
    }


def spread_cells(comparison: Comparison, cents: Any) -> dict[str, Estimate | None]:
    """The same of an amount, with the errors that its paths show. [cents; path]"""
    randomisations = comparison.scenario.returns.randomisations
    return percentile_cells(distribution(cents), percentile_errors(cents, randomisations))


def average(comparison: Comparison, cents: Any) -> Any:
    """An amount on one path; over many its mean, with what is known of its error. [cents]"""
    if isinstance(cents, int | float):
        return cents
    error = standard_error(cents, comparison.scenario.returns.randomisations)
    return Estimate(mean(cents), error)
