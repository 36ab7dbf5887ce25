"""Scenarios made in tests: from a document as a file would have it, to the validated object."""

import json
from pathlib import Path
from typing import Any

from simulator.notation.mistakes import Mistakes
from simulator.notation.yaml_document import Document
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Origin, Scenario, scenario_in

EMILY: dict[str, Any] = {
    "name": "Emily",
    "years": "2025",
    "birth_year": 1997,
    "pay": {
        "salary": 200_000,
        "frequency": "biweekly",
        "first_pay_date": "2025-01-03",
        "rounding": "year-to-date",
    },
    "elections": {"pre_tax": "12%", "after_tax": "10%"},
    "plan": {"nonelective": "3%"},
}
"""The article's example: 28, $200,000, 12% pre-tax, 10% after-tax, 3% from the employer."""

LAGGING: dict[str, Any] = {
    "name": "Paid twice a month, $500 after-tax each, five bank days on its way",
    "years": "2021",
    "birth_year": 1990,
    "pay": {"salary": 120_000, "frequency": "semimonthly"},
    "elections": {"after_tax": "10%"},
    "plan": {"deposit_lag": 5},
    "returns": {"model": "constant", "annual_return": "0%"},
    "policies": [{"cadence": "dates", "dates": ["2022-01-03"]}, "never", "per-paycheck"],
}
"""By hand: 24 x 500.00 go in. December 31, 2021 is a Friday; its money lands on January 7, 2022."""


def scenario_of_file(document: dict[str, Any], *settings: str) -> Scenario:
    """The scenario of a document that is read from a file; JSON is YAML."""
    return loads(json.dumps(document).encode(), "test.yaml", settings=settings)


def as_read(value: Any) -> Any:
    """A value of a document as it would be read from a file: numbers as they are written."""
    if isinstance(value, dict):
        return {key: as_read(below) for key, below in value.items()}
    if isinstance(value, list):
        return list(map(as_read, value))
    return value if value is None or isinstance(value, bool | str) else json.dumps(value)


def scenario_at_once(document: dict[str, Any], *settings: str) -> Scenario:
    """The same without the YAML, which takes most of the time; mistakes are told without line and column."""
    read = Document("test.yaml", as_read(document))
    for assignment in settings:
        read.set(assignment)
    origin = Origin(json.dumps(document).encode(), "test.yaml", Path(), settings)
    return scenario_in(read, origin)


def scenario(document: dict[str, Any], *settings: str) -> Scenario:
    """The scenario of a document."""
    try:
        return scenario_at_once(document, *settings)
    except Mistakes:  # now with their places
        return scenario_of_file(document, *settings)


def scenario_of(document: dict[str, Any]) -> Scenario | None:
    """The scenario of a random document, or None where it contradicts itself."""
    try:
        return scenario_at_once(document)
    except Mistakes as mistakes:
        allowed = (
            "the elections together ask for",
            "is outside the years",
            "no salary is in force",
            "the room and the match would chase each other",
        )
        assert all(any(words in str(one) for words in allowed) for one in mistakes.mistakes), (
            mistakes
        )
        return None


def emily(*settings: str) -> Scenario:
    """Emily, with assignments `path.to.field=value` applied."""
    return scenario(EMILY, *settings)


FOUR = "policies=[per-paycheck, {cadence: per-paycheck, delay: 3}, monthly, year-end]"


def lognormal(*settings: str) -> Scenario:
    """Emily under lognormal returns; few paths."""
    return emily("returns.model=lognormal", "returns.paths=600", FOUR, *settings)
