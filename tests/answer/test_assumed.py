"""What a file left open is told with what was taken for it."""

from typing import Any

import pytest

from simulator.answer.assumed import assumed
from simulator.report.tables.answer import comparison_tables
from simulator.simulation import compare
from tests.documents import EMILY, scenario

SAID: dict[str, Any] = {
    "plan": {"nonelective": "3%", "deposit_lag": 0, "basis_after_loss": "carry-forward"},
    "returns": {"model": "lognormal", "annual_return": "7%", "volatility": "16%", "paths": 64},
    "taxes": {"federal": "24%"},
}

BONUS = {"date": "2025-03-14", "amount": 100_000, "elections": False}
CAPPED_WITH_BONUS: dict[str, Any] = {
    "pay": EMILY["pay"] | {"bonuses": [BONUS]},
    "plan": {"after_tax": {"cap": "10%"}},
}


def paths_of(document: dict[str, Any]) -> list[str]:
    return [one.path for one in assumed(scenario(EMILY | document))]


def test_a_file_that_says_all_of_it_leaves_nothing_to_assume() -> None:
    assert paths_of(SAID) == []


@pytest.mark.parametrize(
    ("document", "path", "value"),
    [
        ({"pay": {k: v for k, v in EMILY["pay"].items() if k != "rounding"}}, "pay.rounding", "paycheck"),
        (CAPPED_WITH_BONUS, "plan.after_tax.cap_on", "gross"),
        ({"plan": {"basis_after_loss": "forfeit"}}, "plan.deposit_lag", 0),
        ({"plan": {"deposit_lag": 1}}, "plan.basis_after_loss", "carry-forward"),
        ({"returns": {}}, "returns.model", "constant"),
        ({"returns": {"model": "lognormal"}}, "returns.annual_return", "7%"),
        ({"returns": {"model": "lognormal"}}, "returns.volatility", "16%"),
        ({"taxes": None}, "taxes", "none"),
    ],
)  # fmt: skip
def test_each_default_that_moves_the_answer_is_told(
    document: dict[str, Any], path: str, value: str | int
) -> None:
    taken = {one.path: one.value for one in assumed(scenario(EMILY | SAID | document))}
    assert taken[path] == value


def test_the_pay_that_a_cap_is_of_is_told_only_where_a_bonus_makes_it_matter() -> None:
    without = CAPPED_WITH_BONUS | {"pay": EMILY["pay"]}
    said = CAPPED_WITH_BONUS | {"plan": {"after_tax": {"cap": "10%", "cap_on": "gross"}}}
    dollars = CAPPED_WITH_BONUS | {"plan": {"after_tax": {"cap": 20_000}}}
    for document in (without, said, dollars):
        assert "plan.after_tax.cap_on" not in paths_of(document)


def test_a_rule_after_a_loss_is_not_told_where_the_fund_never_falls() -> None:
    assert "plan.basis_after_loss" not in paths_of({"returns": {"model": "constant"}})
    assert "plan.basis_after_loss" in paths_of({"returns": {"annual_return": "-5%"}})


def test_json_has_them_and_the_table_counts_them_until_it_is_asked() -> None:
    comparison = compare(scenario(EMILY))
    records = comparison.to_dict()["assumed"]
    assert [one["path"] for one in records] == [
        "plan.deposit_lag", "returns.model", "returns.annual_return", "taxes",
    ]  # fmt: skip
    short, told = (comparison_tables(comparison, verbose)[0].notes for verbose in (False, True))
    assert short[-2] == "The answer rests on 4 assumptions; -v tells them."
    assert told[-2].startswith("Assumed taxes: none; taxable earnings are weighed")
