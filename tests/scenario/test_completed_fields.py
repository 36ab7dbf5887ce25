"""The names of fields that are completed while somebody types."""

import pytest

from simulator.scenario.field_names import field_names
from tests.scenario.files import SHORTEST, mistakes


def names(begun: str) -> list[str]:
    return [one.name for one in field_names(begun)]


@pytest.mark.parametrize(
    ("begun", "name"),
    [
        ("pa", "pay.salary"),
        ("pay.", "pay.first_pay_date"),
        ("returns.v", "returns.volatility"),
        ("policies.0.", "policies.0.delay"),
        ("policies.1.d", "policies.1.dates"),
        ("plan.match.0.", "plan.match.0.rate"),
        ("limits.overrides.2025.c", "limits.overrides.2025.catch_up"),
        ("elections.changes.0.f", "elections.changes.0.from"),
        ("", "policies"),
    ],
)
def test_fields_are_those_that_begin_so(begun: str, name: str) -> None:
    assert name in names(begun)
    assert all(one.startswith(begun) for one in names(begun))


@pytest.mark.parametrize("begun", ["x", "x.y.", "pay.salary.x.", "."])
def test_where_there_is_no_such_group_nothing_is_offered(begun: str) -> None:
    assert not [name for name in names(begun) if not name.startswith("pay.salary")]


def test_every_field_that_is_offered_is_one() -> None:
    """Whatever is put there, the answer is never that there is no such key, but for another returns model."""
    for name in names(""):
        lines = mistakes(SHORTEST, f"{name}=x")
        unknown = [line for line in lines if f"{name}: unknown key" in line]
        assert not unknown or name.startswith("returns."), unknown


def test_a_field_of_dollars_says_so() -> None:
    assert all("$" in one.words for one in field_names("limits.overrides.2025."))
