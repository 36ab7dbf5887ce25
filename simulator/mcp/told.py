"""What stands beside every answer: what was assumed, the sources, and what its figures do not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from simulator.answer.assumed import assumed_records
from simulator.law.income_tax import UnknownTable, income_tax_table
from simulator.law.limits import UnknownLimits
from simulator.scenario.scenario import Scenario
from simulator.version import __version__

ERROR = (
    "Means over many paths are known up to their standard error, se: a difference within its error is no "
    "difference. `differs` says whether one is more than two standard errors from nothing; what one policy "
    "costs more than another is told path by path, with an error of its own."
)
ADVICE = "A simulation, not tax advice."


class Answer(NamedTuple):
    """An answer, and what it was worked out from.

    Attributes:
        record: The answer, in the shape of the command's JSON.
        scenario: The question; None where there is none.
        paths: Over how many paths its means are.
        warnings: What of the question looks like a slip, a sentence each.
        remarks: What else is to be known of it, a sentence each.
        sources: Where what it says stands, where no scenario tells.
    """

    record: Any
    scenario: Scenario | None = None
    paths: int = 1
    warnings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()


def told(answer: Answer) -> dict[str, Any]:
    """An answer with what stands beside it."""
    scenario = answer.scenario
    assumed = assumed_records(scenario) if scenario else []
    sources = list(answer.sources or (_sources(scenario) if scenario else ()))
    return {
        "answer": answer.record,
        "assumed": assumed,
        "sources": sources,
        "warnings": list(answer.warnings),
        "remarks": [*([ERROR] if answer.paths > 1 else []), *answer.remarks, ADVICE],
        "simulator": {"version": __version__},
    }


def _sources(scenario: Scenario) -> Iterator[dict[str, Any]]:
    """What published the limits and tax tables of a scenario's years, or how they are projected."""
    taxes = scenario.taxes
    for year in scenario.years:
        if scenario.pay is not None:
            try:
                limits = scenario.limits.of(year)
            except UnknownLimits:
                continue
            yield _source("limits", year, limits.source, limits.projected)
    if taxes is not None and taxes.status is not None:
        for year in scenario.years:
            try:
                table = income_tax_table(year, taxes.status, scenario.limits.inflation)
            except UnknownTable:
                continue
            yield _source("income tax", year, table.source, table.projected)


def _source(of: str, year: int, source: str, projected: bool) -> dict[str, Any]:
    return {"of": of, "year": year, "source": source, "projected": projected}


def with_differences(record: Any) -> Any:
    """A record in which each difference between policies says whether it is more than its error."""
    if isinstance(record, Mapping):
        return {
            name: _differing(value) if name in DIFFERENCES else with_differences(value)
            for name, value in record.items()
        }
    return list(map(with_differences, record)) if isinstance(record, list) else record


DIFFERENCES = (
    "costs_more",
    "saves",
    "box_2a_over_first",
    "tax_over_first",
    "wealth_over_first",
    "wealth_over_taxable",
    "wealth_over_unparked",
)
"""Amounts that are one policy's less another's."""


def _differing(amount: Any) -> Any:
    if not isinstance(amount, Mapping) or "se" not in amount:
        return amount
    return {**amount, "differs": abs(amount["mean"]) > 2 * amount["se"]}
