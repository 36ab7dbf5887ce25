"""Every key that a scenario may have is in one of a few files, and both arithmetics agree on each of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger
from simulator.notation.yaml_document import document
from simulator.scenario.loading import load
from simulator.scenario.paid_out import payments_of
from simulator.simulation import after_tax_deposits, timelines_of, went_in
from tests.timelines import amounts

TESTS = Path(__file__).parent.parent
FILES = sorted((TESTS / "cases" / "every_key").glob("*.yaml"))


def keys_of(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> Iterator[str]:
    """The path of every key that a JSON Schema knows; a year of `limits.overrides` is a star."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    below = [one for kind in ("anyOf", "oneOf", "allOf") for one in node.get(kind, [])]
    below += [node["items"]] if "items" in node else []
    for one in below:
        yield from keys_of(schema, one, path)
    if isinstance(node.get("additionalProperties"), dict):
        yield from keys_of(schema, node["additionalProperties"], f"{path}*.")
    for key, inner in node.get("properties", {}).items():
        yield f"{path}{key}"
        yield from keys_of(schema, inner, f"{path}{key}.")


def keys_in(value: Any, path: str = "") -> Iterator[str]:
    """The path of every key that a document has."""
    for one in value if isinstance(value, list) else ():
        yield from keys_in(one, path)
    for key, inner in value.items() if isinstance(value, dict) else ():
        name = "*" if str(key).isdigit() else key
        yield f"{path}{name}"
        yield from keys_in(inner, f"{path}{name}.")


def test_every_key_is_in_one_of_the_files() -> None:
    schema = json.loads((TESTS.parent / "scenarios" / "scenario.schema.json").read_text())
    written = (keys_in(document(file.read_bytes(), file.name).data) for file in FILES)
    keys = {key for key in keys_of(schema, schema) if not key.endswith("*")}
    known = {
        key for key in keys if not key.startswith("returns.after_tax.prices.")
    }  # as returns.prices
    assert known <= {key for keys in written for key in keys}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_both_arithmetics_agree_on_it(file: Path) -> None:
    """Law 7, with every key in force."""
    scenario = load(file)
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    returns, paid = scenario.returns, payments_of(scenario, years, deposits)
    for plan in timelines_of(scenario, deposits, paid):
        count = min(3, returns.count(plan.sessions))
        both = [
            [fund.path(plan.sessions, scenario.years, n) for n in range(count)]
            for fund in (returns, returns.inside)
        ]
        together = kernel(plan, *(np.array(prices).T for prices in both))
        for path, alone in enumerate(zip(*both, strict=True)):
            assert amounts(together, path) == amounts(ledger(plan, *alone).outcome)
