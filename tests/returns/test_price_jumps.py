"""A price that jumps by more than five times in one session: told with its line, beside the answer."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.batches.run import batch
from simulator.batches.summary import summary
from simulator.batches.workers import PIECE
from simulator.cli import cli
from simulator.days.calendars import sessions_between
from simulator.presentation import checklist, page
from simulator.report.checklist import BAD
from simulator.report.tables.batch import summary_tables
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from tests.commands import mbdr

pytestmark = pytest.mark.usefixtures("here")

EMILY = Path(__file__).parents[2] / "scenarios" / "emily.yaml"
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


def _in_words(written: re.Match[str]) -> str:
    """A date as a page has it: Sep 15, 2025."""
    day = date.fromisoformat(written[0])
    return f"{day:%b} {day.day}, {day.year}"


@pytest.mark.parametrize("model", ["model: history", "model: bootstrap, block: 2, paths: 20"])
def test_a_slip_of_the_decimal_point_is_told_beside_the_answer(model: str, tmp_path: Path) -> None:
    comparison = compare(emily(tmp_path, {SEPTEMBER: 1000}, model))
    told = both(SEPTEMBER, "100", "1,000")
    assert comparison.to_dict()["warnings"] == told
    prices = [item for item in checklist(comparison) if item.question == "Prices"]
    assert [(item.verdict, item.answer) for item in prices] == [(BAD, line) for line in told]
    html = page(comparison)
    in_words = [re.sub(r"\d{4}-\d\d-\d\d", _in_words, line) for line in told]
    assert all(f"<p>{line}</p>" in html for line in in_words)


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


def sweeps_json(folder: Path, *varied: str) -> list[str]:
    """The warnings in the JSON of a sweep."""
    done = mbdr("sweep", str(EMILY), *asked_of(folder), *varied, "--format", "json", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    told: list[str] = json.loads(done.stdout).get("warnings", [])
    return told


def asked_of(folder: Path) -> tuple[str, str]:
    """The option that takes the prices of a folder's fund."""
    return ("--set", f"returns={{model: history, prices: {folder / 'fund.csv'}}}")


@pytest.mark.parametrize(
    "command",
    [
        ["form"],
        ["form", "--format", "json"],
        ["sweep", "--delay", "0:2:1"],
        ["sweep", "--vary", "plan.conversion.fee=0,1"],
        ["ledger", "--policy", "monthly"],
        ["remind", "--policy", "monthly"],
        ["remind", "--policy", "monthly", "-o", "FOLDER/x.ics"],
        ["plot", "-o", "FOLDER/x.svg"],
        ["plot", "--kind", "delay", "--delay", "0:2:1", "-o", "FOLDER/x.svg"],
        ["plot", "--kind", "balance", "-o", "FOLDER/x.svg"],
        ["compare", "--format", "csv"],
    ],
)
def test_where_an_answer_has_no_place_for_it_it_is_told_on_standard_error(
    command: list[str], tmp_path: Path
) -> None:
    fund(tmp_path, {SEPTEMBER: 1000})
    name, *rest = (one.replace("FOLDER", str(tmp_path)) for one in command)
    call = [name, str(EMILY), *asked_of(tmp_path), *rest]
    loud, quiet = (CliRunner().invoke(cli, [*call, *more]) for more in ([], ["-q"]))
    assert (loud.exit_code, quiet.exit_code) == (0, 0)
    told = [line for line in loud.stderr.splitlines() if not line.startswith("wrote ")]
    assert told == both(SEPTEMBER, "100", "1,000")
    assert quiet.stderr == ""


@pytest.mark.parametrize(
    "command",
    [
        ["compare"],
        ["compare", "--format", "json"],
        ["plot", "--kind", "contributions", "-o", "FOLDER/x.svg"],
    ],
)
def test_where_it_stands_in_the_answer_or_no_price_does_it_is_not_told_again(
    command: list[str], tmp_path: Path
) -> None:
    fund(tmp_path, {SEPTEMBER: 1000})
    name, *rest = (one.replace("FOLDER", str(tmp_path)) for one in command)
    done = CliRunner().invoke(cli, [name, str(EMILY), *asked_of(tmp_path), *rest])
    assert done.exit_code == 0
    assert "fund.csv" not in done.stderr


def test_the_json_of_a_sweep_has_it_once_for_all_its_points(tmp_path: Path) -> None:
    fund(tmp_path, {SEPTEMBER: 1000})
    for varied in (["--delay", "0:4:2"], ["--vary", "plan.conversion.fee=0,1,2"]):
        assert sweeps_json(tmp_path, *varied) == both(SEPTEMBER, "100", "1,000")
    fund(tmp_path, {})
    assert sweeps_json(tmp_path, "--delay", "0:4:2") == []


@pytest.mark.parametrize("piece", [PIECE, 1])
def test_a_batch_says_how_many_scenarios_rest_on_such_prices_and_each_which(
    piece: int, tmp_path: Path
) -> None:
    """Also of one that is worked out in pieces, and of answers that were there already."""
    fund(tmp_path, {SEPTEMBER: 1000})
    drawn = f"returns={{model: bootstrap, block: 2, paths: 20, prices: {tmp_path / 'fund.csv'}}}"
    told = both(SEPTEMBER, "100", "1,000")
    sentence = f"2 scenarios rest on prices with a remark; the first: {told[0]}"
    files = [EMILY, EMILY.with_name("over-fifty.yaml")]
    for again in (False, True):
        done = batch(files, tmp_path / "r", settings=[drawn], workers=1, piece=piece)
        assert (done.failed, done.known) == (0, 2 * again)
        assert done.warnings == (sentence,)
    rows = done.to_frame()
    assert [json.loads(one) for one in rows.warnings] == [told] * len(rows)
    summed = summary(tmp_path / "r")
    assert summed.to_dict()["warnings"] == [sentence]
    assert sentence in [note for table in summary_tables(summed) for note in table.notes]
    for out in ("x.csv", "x.svg"):
        said = CliRunner().invoke(cli, ["summary", str(tmp_path / "r"), "-o", str(tmp_path / out)])
        assert said.stderr.splitlines()[0] == sentence


def test_a_batch_on_smooth_prices_says_nothing_of_them(tmp_path: Path) -> None:
    done = batch([EMILY], tmp_path / "r", workers=1)
    assert done.warnings == ()
    assert done.to_frame().warnings.isna().all()
    assert "warnings" not in summary(tmp_path / "r").to_dict()


def test_the_command_says_so_before_its_closing_line(tmp_path: Path) -> None:
    fund(tmp_path, {SEPTEMBER: 1000})
    call = ["batch", str(EMILY), "-o", str(tmp_path / "r"), *asked_of(tmp_path), "--workers", "1"]
    loud, quiet = (CliRunner().invoke(cli, [*call, *more]) for more in ([], ["-q"]))
    first = f"1 scenario rests on prices with a remark: {both(SEPTEMBER, '100', '1,000')[0]}"
    assert loud.stderr.splitlines() == [first, f"1 job in {tmp_path / 'r'}"]
    assert quiet.stderr == ""
