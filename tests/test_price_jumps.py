"""A price that jumps by more than five times in one session: told with its line, beside the answer."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from simulator.days.calendars import sessions_between
from simulator.presentation import checklist, page
from simulator.report.checklist import BAD
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.test_cli import mbdr

EMILY = Path(__file__).parent.parent / "scenarios" / "emily.yaml"
DAYS = list(sessions_between(date(2024, 12, 2), date(2026, 6, 30)))
SEPTEMBER = date(2025, 9, 15)


def line_of(day: date) -> int:
    """Where a day stands: the header is line 1."""
    return DAYS.index(day) + 2


def fund(folder: Path, others: Mapping[date, float]) -> Path:
    """A fund at 100 on every day but some."""
    file = folder / "fund.csv"
    rows = (f"{day},{others.get(day, 100):.6f}" for day in DAYS)
    file.write_text("\n".join(["date,price", *rows]) + "\n", encoding="utf-8")
    return file


def emily(folder: Path, others: Mapping[date, float], model: str = "model: history") -> Scenario:
    return load(EMILY, [f"returns={{{model}, prices: {fund(folder, others)}}}"])


def both(day: date, low: str, high: str) -> list[str]:
    """What is said of a price that rises on a day and falls on the next session."""
    before, after = DAYS[DAYS.index(day) - 1], DAYS[DAYS.index(day) + 1]
    asked = "a slip, or a split of shares?"
    return [
        f"fund.csv:{line_of(day)}: the price goes from {low} on {before} to {high} on {day}: {asked}",
        f"fund.csv:{line_of(after)}: the price goes from {high} on {day} to {low} on {after}: {asked}",
    ]


@pytest.mark.parametrize("model", ["model: history", "model: bootstrap, block: 2, paths: 20"])
def test_a_slip_of_the_decimal_point_is_told_beside_the_answer(model: str, tmp_path: Path) -> None:
    comparison = compare(emily(tmp_path, {SEPTEMBER: 1000}, model))
    told = both(SEPTEMBER, "100", "1,000")
    assert comparison.to_dict()["warnings"] == told
    prices = [item for item in checklist(comparison) if item.question == "Prices"]
    assert [(item.verdict, item.answer) for item in prices] == [(BAD, line) for line in told]
    html = page(comparison)
    assert all(f"<p>{line}</p>" in html for line in told)


def test_the_terminal_tells_it_under_the_table_and_in_check(tmp_path: Path) -> None:
    fund(tmp_path, {SEPTEMBER: 10.5})
    asked = ("--set", f"returns={{model: history, prices: {tmp_path / 'fund.csv'}}}")
    told = both(SEPTEMBER, "100", "10.5")
    for command in ("compare", "check"):
        done = mbdr(command, str(EMILY), *asked)
        assert done.returncode == 0
        words = " ".join(done.stdout.split())
        assert f"fund.csv:{line_of(SEPTEMBER)}: the price goes from" in words
    answer = " ".join(mbdr("compare", str(EMILY), *asked).stdout.split())
    assert all(line in answer for line in told)
    assert "fund.csv" not in mbdr("compare", str(EMILY)).stdout


@pytest.mark.parametrize(
    ("price", "told"), [(500, False), (500.01, True), (20, False), (19.99, True), (0.000001, True)]
)
def test_a_factor_of_five_is_no_jump_and_more_is(price: float, told: bool, tmp_path: Path) -> None:
    assert ("warnings" in compare(emily(tmp_path, {SEPTEMBER: price})).to_dict()) is told


def test_what_the_answer_does_not_draw_on_is_not_told(tmp_path: Path) -> None:
    """Rows before and after the sessions of 2025; prices beside given parameters."""
    outside = {DAYS[3]: 1.0, DAYS[-1]: 1e6}
    assert compare(emily(tmp_path, outside)).warnings == ()
    given = "model: garch, omega: 0.01, alpha: 0.1, beta: 0.8, nu: 7, paths: 20"
    assert compare(emily(tmp_path, {SEPTEMBER: 1000}, given)).warnings == ()
    assert "warnings" not in compare(load(EMILY)).to_dict()


def test_start_years_draw_on_every_row(tmp_path: Path) -> None:
    returns = emily(tmp_path, {SEPTEMBER: 1000}, "model: history, start: each").returns
    assert list(returns.warnings(DAYS[:5])) == both(SEPTEMBER, "100", "1,000")


def test_of_many_jumps_five_are_told_and_counted_the_rest(tmp_path: Path) -> None:
    zigzag = dict.fromkeys(DAYS[100:120:2], 1000.0)
    warnings = compare(emily(tmp_path, zigzag)).warnings
    assert warnings[:2] == tuple(both(DAYS[100], "100", "1,000"))
    assert len(warnings) == 6
    assert warnings[-1] == "fund.csv: 15 more such jumps."
