"""Ranges of values, as `--vary` and `--grid` take them."""

import pytest

from simulator.notation.ranges import BadRange, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:10:5", ["0", "5", "10"]),
        ("0:11:5", ["0", "5", "10"]),
        ("5%:6%:0.5%", ["5.0%", "5.5%", "6.0%"]),
        ("$100:$300:$100", ["$100", "$200", "$300"]),
        ("carry-forward, forfeit", ["carry-forward", "forfeit"]),
        (
            "[{rate: 50%, up_to: 6%}],[{rate: 100%, up_to: 3%}]",
            ["[{rate: 50%, up_to: 6%}]", "[{rate: 100%, up_to: 3%}]"],
        ),
        ("0%,{amount: 6_000, date: 2025-12-31}", ["0%", "{amount: 6_000, date: 2025-12-31}"]),
        ("[monthly, never],[year-end]", ["[monthly, never]", "[year-end]"]),
        ("'a, b',c", ["'a, b'", "c"]),
    ],
)
def test_values_of_a_sweep_keep_the_notation_of_the_first(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text", ["", "1:2", "a:b:c", "5:1:1", "0:10:0", "0:100000:1", "$100,000,$200,000"]
)
def test_a_range_that_is_none_is_answered_with_a_line(text: str) -> None:
    with pytest.raises(BadRange):
        values(text)
