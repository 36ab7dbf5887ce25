"""Worked examples that people have published: a name, a source, what is given, what is expected."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

CASES = Path(__file__).parent


def cases(file: str) -> list[Any]:
    """The examples of a file, each called by its name."""
    reader = YAML(typ="safe", pure=True)
    return [pytest.param(case, id=case["name"]) for case in reader.load(CASES / file)]


def cents(dollars: Any) -> int:
    """The cents of an expected amount."""
    return round(Decimal(str(dollars)) * 100)


def plain(value: Any) -> Any:
    """YAML's numbers and dates as a scenario file has them."""
    return json.loads(json.dumps(value, default=str))
