"""Whatever the bytes of a scenario file: it is read, or refused with its mistakes."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.documents import scenario_at_once, scenario_of_file
from tests.how_many import times
from tests.scenario.files import mistakes
from tests.strategies import scenarios, valid


@times(3)
@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_mistakes(content: bytes) -> None:
    assert all(line.startswith("emily.yaml") for line in mistakes(content))


@times(3)
@given(st.text(alphabet="aname: \n-[]{}&*!|>'\"%@`,?#012~<.\t\u2028", max_size=100))
def test_random_punctuation_raises_nothing_but_mistakes(text: str) -> None:
    assert all(line.startswith("emily.yaml") for line in mistakes(text))


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "12%",
            "-5%",
            "1_000%",
            "max",
            "none",
            "2025-01-03",
            "9999-12-31",
            "$650",
            "1,0",
            "٢٠٢٥",
            "²",
        ]
    ),
    st.sampled_from(["monthly", "biweekly", "dates", "history", "constant", "2025", "2025-2027"]),
)


KEYS = st.sampled_from(
    [
        "name", "years", "birth_year", "pay", "salary", "from", "frequency", "bonuses", "date", "dates",
        "amount", "elections", "changes", "plan", "match", "rate", "nonelective", "opening", "limits",
        "overrides", "2025", "returns", "model", "prices", "policies", "cadence", "label", "taxes", "0", "",
    ]
)  # fmt: skip


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=8,
)


def as_yaml(value: object) -> str:
    """JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


@times(3)
@given(VALUES)
def test_random_values_raise_nothing_but_mistakes(value: object) -> None:
    assert all(line.startswith("emily.yaml") for line in mistakes(as_yaml(value)))


@times(1.5)
@given(scenarios(), st.data())
def test_a_random_value_anywhere_in_a_scenario_raises_nothing_but_mistakes(
    document: dict[str, Any], data: st.DataObject
) -> None:
    node: Any = document
    while True:
        places = list(range(len(node))) if isinstance(node, list) else sorted(node)
        place = data.draw(st.sampled_from(places)) if places else None
        if place is None or not isinstance(node[place], dict | list) or data.draw(st.booleans()):
            break
        node = node[place]
    if place is not None:
        node[place] = data.draw(VALUES)
    assert all(line.startswith("emily.yaml") for line in mistakes(as_yaml(document)))


@times(0.5)
@given(scenarios())
def test_what_tests_make_of_a_document_is_what_is_read_from_its_file(
    document: dict[str, Any],
) -> None:
    """tests/documents.py leaves the YAML out, numbers and assignments included."""
    valid(document)
    numbers = document | {"birth_year": int(document["birth_year"]), "taxes": {"federal": 0.32}}
    changed = "returns.annual_return=3.25%", "policies.0.label=another"
    at_once, of_file = (make(numbers, *changed) for make in (scenario_at_once, scenario_of_file))
    assert at_once == of_file
    assert at_once.sha256 == of_file.sha256
