"""Values of Python are read as a file would have them: each beside the text that says the same."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic_core import PydanticCustomError

from simulator.conversion.policy import Policy
from simulator.days.years import Years
from simulator.notation.mistakes import Place
from simulator.notation.python_values import text_of, value_of
from simulator.notation.yaml_document import value_in

THE_SAME = [
    (180_000, "180000"),
    (180_000.0, "180000"),
    (1_500.5, "1500.5"),
    (Decimal("1500.50"), "1500.5"),
    (1e15, "1000000000000000"),
    (Fraction(3), "3"),
    (np.int64(650), "650"),
    (np.float64(650.25), "650.25"),
    (date(2025, 1, 3), "2025-01-03"),
    (datetime(2025, 1, 3), "2025-01-03"),
    (pd.Timestamp("2025-01-03"), "2025-01-03"),
    (Years(2025, 2026), "2025-2026"),
    (Path("a/b.csv"), "a/b.csv"),
    ("12%", "12%"),
    (True, "true"),
    (np.bool_(False), "false"),
    (None, "null"),
    (["weekly", {"cadence": "monthly", "delay": 3}], "[weekly, {cadence: monthly, delay: 3}]"),
    ((date(2025, 1, 3),), "[2025-01-03]"),
    (range(3), "[0, 1, 2]"),
    (np.array([1, 2]), "[1, 2]"),
    ({2025: {"catch_up": 7_500}}, "{2025: {catch_up: 7500}}"),
    (Policy(cadence="monthly", delay=3), "{cadence: monthly, delay: 3}"),
]


@pytest.mark.parametrize(("value", "text"), THE_SAME, ids=[text for _, text in THE_SAME])
def test_a_value_is_read_as_its_text_in_a_file(value: Any, text: str) -> None:
    assert value_of(value) == value_in(text, Place("")) or str(value_of(value)) == str(
        value_in(text, Place(""))
    )


@pytest.mark.parametrize(
    "text", ["a: b", "true", "[a", "12%", "", " a ", "'", "a\nb", "null", "#", "é"]
)
def test_a_text_of_python_stays_the_text_that_it_is(text: str) -> None:
    assert value_in(text_of(value_of(text)), Place("")) == text


@pytest.mark.parametrize("share", [0.12, Decimal("0.12"), np.float64(0.12), Fraction(12, 100)])
def test_a_share_stays_a_number(share: Any) -> None:
    assert Fraction(value_of(share)) == Fraction(12, 100)


def cyclic() -> list[Any]:
    """A list that holds itself."""
    around: list[Any] = []
    around.append(around)
    return around


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "a value of type object"),
        (b"650", "a value of type bytes"),
        (cyclic(), "levels deep"),
        (count(), "has more than 10,000 entries"),
        ("\ud800", "not UTF-8"),
    ],
    ids=["object", "bytes", "cycle", "endless", "half letter"],
)
def test_what_is_no_value_is_refused_with_a_line(value: object, words: str) -> None:
    with pytest.raises(PydanticCustomError, match=words):
        value_of(value)
