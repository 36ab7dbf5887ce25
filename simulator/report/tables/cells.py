"""Cells of amounts over many paths: a mean with what is known of its error, percentiles in whole dollars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.answer.statistics import Estimate, mean, standard_error


def percentile_cells(statistics: Mapping[str, float]) -> dict[str, Estimate]:
    """What is told of the spread of an amount, in whole dollars."""
    heads = {"5%": "p5", "median": "p50", "95%": "p95"}
    return {head: Estimate(round(statistics[name]) * 100, 100) for head, name in heads.items()}


def average(comparison: Comparison, cents: Any) -> Any:
    """An amount on one path; over many its mean, with what is known of its error. [cents]"""
    if isinstance(cents, int | float):
        return cents
    error = standard_error(cents, comparison.scenario.returns.randomisations)
    return Estimate(mean(cents), error)
