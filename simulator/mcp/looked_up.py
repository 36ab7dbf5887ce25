"""What the tools look up: the limits of the law, and the fields of a scenario file."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from simulator.answer.records import limit_records
from simulator.law.income_tax import income_tax_tables
from simulator.law.limits import LimitRules, UnknownLimits, published
from simulator.mcp import asked as ask
from simulator.mcp.told import Answer
from simulator.notation.fields import LAST_SIMULATED_YEAR

YEARS = range(min(published()), LAST_SIMULATED_YEAR + 1)
"""That can be asked for."""


def limits(question: ask.Limiting) -> Answer:
    """The law's limits; null where none is published."""
    try:
        rules = LimitRules(inflation=question.inflation)
    except ValidationError as error:
        raise ask.NotAsked(f"inflation: {error.errors()[0]['msg']}") from None
    wrong = [year for year in question.years if year not in YEARS]
    if wrong:
        raise ask.NotAsked(f"years: {ask.named(wrong)}: out of range; {YEARS[0]} to {YEARS[-1]}")
    years = question.years or list(published())
    known = {year: one for year in years if (one := _limits(rules, year))}
    tables = list(income_tax_tables(known, rules.inflation))
    records = {one["year"]: one for one in limit_records(known.values(), tables)}
    names = next(iter(limit_records([rules.of(min(published()))])))
    unknown = dict.fromkeys(names)
    rows = [records.get(year, {**unknown, "year": year}) for year in years]
    sources = tuple(
        {"of": "limits", "year": one.year, "source": one.source, "projected": one.projected}
        for one in known.values()
    )
    missing = [year for year in years if year not in known]
    null = f"{ask.named(missing)}: not published yet, so null; with inflation they are projected."
    return Answer({"limits": rows}, sources=sources, remarks=(null,) if missing else ())


def _limits(rules: LimitRules, year: int) -> Any:
    try:
        return rules.of(year)
    except UnknownLimits:
        return None


def schema(question: ask.Describing) -> Answer:
    """The fields of a scenario file."""
    from simulator.mcp.schema import described

    return Answer(described(question.path))
