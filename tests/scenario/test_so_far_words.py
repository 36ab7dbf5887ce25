"""What is wrong with `so_far` and `until` is said in a line each, with what was expected."""

from pathlib import Path
from typing import Any

import pytest

from simulator.notation.mistakes import Mistakes
from simulator.simulation import compare
from tests.documents import EMILY, scenario

STUB: dict[str, Any] = {
    "through": "2025-06-30", "gross": "$100000.03", "pre_tax": "$12000.04", "after_tax": "$9999.99",
}  # fmt: skip


def mistakes(document: dict[str, Any]) -> list[str]:
    """The lines that a scenario is answered with, without their places."""
    with pytest.raises(Mistakes) as refused:
        scenario(EMILY | document)
    return [str(one).split(": ", 1)[1] for one in refused.value.mistakes]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"through": "2024-06-30"}, "so_far.through: 2024-06-30 is not in the first year, 2025"),
        (
            {"through": "2025-12-31"},
            "so_far.through: 2025-12-31 leaves nothing of 2025; write years from 2026 on, with what is in "
            "the account as plan.opening",
        ),
        (
            {"pre_tax": 25_000},
            "so_far: deferrals of $25,000.00 exceed the limit of 2025, $23,500.00",
        ),
        (
            {"after_tax": 60_000},
            "so_far: annual additions of $72,000.04 exceed 415(c) of 2025, $70,000.00",
        ),
        (
            {"gross": 1_000, "eligible": 1_000, "pre_tax": 0, "after_tax": 2_000},
            "so_far.gross: $1,000.00 is less than deferrals and after-tax together, $2,000.00",
        ),
        ({"eligible": 120_000}, "so_far.eligible: $120,000.00 is more than gross, $100,000.03"),
        (
            {"gross": 400_000, "eligible": 360_000},
            "so_far.eligible: $360,000.00 is more than the limit of 401(a)(17), $350,000.00",
        ),
        ({"in_transit": 10_000}, "so_far.in_transit: $10,000.00 is more than after_tax, $9,999.99"),
        (
            {"conversions": {"count": 1, "box_1": 10, "box_2a": "$31.21"}},
            "so_far.conversions: box_2a $31.21 is more than box_1 $10.00",
        ),
        (
            {"conversions": {"box_1": 10}},
            "so_far.conversions.count: is missing; how many conversions moved $10.00?",
        ),
        (
            {"conversions": {"count": 1, "last": "2025-07-01"}},
            "so_far.conversions.last: 2025-07-01 is after so_far.through, 2025-06-30",
        ),
        (
            {"conversions": {"count": 1, "box_1": 10, "box_5": 10}},
            "so_far.conversions.box_5: goes with conversion.to: split; else it is box_1 less box_2a",
        ),
    ],
)
def test_figures_that_cannot_be_are_answered_with_the_bound(
    more: dict[str, Any], line: str
) -> None:
    assert mistakes({"so_far": STUB | more}) == [line]


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ({"until": "2024-11-20"}, "until: 2024-11-20 is not in the year, 2025"),
        ({"so_far": STUB, "until": "2025-03-01"}, "until: 2025-03-01 is before so_far.through"),
        (
            {"until": "2025-01-01"},
            "until: 2025-01-01 is before the first session, 2025-01-02 (the last one was 2024-12-31)",
        ),
        (
            {"so_far": STUB, "plan": {"deposit_lag": 7}},
            "so_far.in_transit: is missing; with a deposit_lag of 7 what was paid on 2025-06-20 lands on "
            "2025-07-01: write how much after-tax money of it had not landed, or 0",
        ),
        (
            {"so_far": STUB, "plan": {"conversion": {"to": "split"}}}
            | {"so_far": STUB | {"conversions": {"count": 1, "box_1": 10, "box_2a": 1, "box_5": 10}}},
            "so_far.conversions: box_5 $10.00 and box_2a $1.00 are more than box_1 $10.00",
        ),
        (
            {"so_far": STUB | {"conversions": {"count": 1}},
             "plan": {"conversion": {"min_days_between": 30}}},
            "so_far.conversions.last: is missing; min_days_between runs from that day",
        ),
        (
            {"so_far": STUB | {"conversions": {"count": 1}},
             "plan": {"conversion": {"allowed": False}}},
            "so_far.conversions.count: the plan allows no conversions",
        ),
        (
            {"so_far": STUB,
             "events": [{"kind": "withdrawal", "date": "2025-06-10", "amount": "all"}]},
            "events[0].date: 2025-06-10 is not after so_far.through, 2025-06-30",
        ),
        (
            {"so_far": STUB,
             "events": [{"kind": "acp-refund", "date": "2026-03-10", "year": 2025, "amount": "5%"}]},
            "events[0].year: what so_far.after_tax earned is not known, so its refund cannot be worked out",
        ),
    ],
)  # fmt: skip
def test_what_contradicts_the_rest_is_answered_with_what_to_write(
    document: dict[str, Any], line: str
) -> None:
    assert mistakes(document) == [line]


def test_a_replay_has_no_figures_so_far(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("date,amount\n2025-08-01,100\n")
    document = {key: value for key, value in EMILY.items() if key not in ("pay", "elections")}
    with pytest.raises(Mistakes) as refused:
        scenario(document | {"deposits": str(tmp_path / "d.csv"), "so_far": STUB})
    assert any("so_far: goes with pay; deposits replays what went in" in str(one)
               for one in refused.value.mistakes)  # fmt: skip


def test_what_would_be_paid_back_of_money_so_far_is_asked_about() -> None:
    """After-tax money fills 415(c), and 6,000 comes in at the year's end; what June's earned is unknown."""
    document = EMILY | {
        "so_far": STUB | {"after_tax": 40_000},
        "elections": {"after_tax": "30%"},
        "plan": {"room": "year-to-date", "excess": "after-tax",
                 "nonelective": {"amount": 6_000, "date": "2025-12-31"}},
    }  # fmt: skip
    with pytest.raises(Mistakes) as refused:
        compare(scenario(document))
    assert "plan.excess: $6,000.00 of 2025 would exceed 415(c)" in str(refused.value)
