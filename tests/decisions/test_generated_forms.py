"""Three hundred generated forms, half of them with an error; benchmarks/generated_forms.md has 1,000."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.decisions.planted_forms import ERRORS, case, planted_forms, right_forms

EACH = 150
NAMED_FIRST = 0.95


def test_no_error_is_named_on_a_right_form(tmp_path: Path) -> None:
    named = {one.seed: one.named for one in right_forms(EACH, tmp_path) if one.named}
    assert not named


def test_a_planted_error_is_named_first(tmp_path: Path) -> None:
    """At least 95% of them; those that two errors explain equally may name either."""
    pairs = Counter((one.planted, one.named) for one in planted_forms(EACH, tmp_path))
    missed = {pair: many for pair, many in pairs.items() if pair[0] != pair[1]}
    assert sum(missed.values()) <= (1 - NAMED_FIRST) * EACH, missed


@pytest.mark.parametrize("name", ERRORS)
def test_each_error_can_be_planted(name: str) -> None:
    """So that none of the list is left out above."""
    draws = map(Random, range(100))
    assert any(ERRORS[name](case(draw), draw) for draw in draws)
