"""How much work and memory a question takes: counted, not timed."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simulator.conversion.book as book
import simulator.returns.model as model
from simulator.answer.comparison import Comparison
from simulator.batches.large_scenario import paths_of
from simulator.conversion.account_on_paths import MOST_SHARED
from simulator.conversion.amounts import Outcome, YearOutcome
from simulator.conversion.kernel import post_all
from simulator.conversion.ledger import ledger
from simulator.conversion.policy import Policy
from simulator.conversion.rows import rows_of_all
from simulator.conversion.subaccount import Lot, Subaccount
from simulator.conversion.timeline import Timeline, all_sessions, timeline
from simulator.days.years import Years
from simulator.paths.blocks import BLOCK, price_blocks
from simulator.paths.memory import TooManyPaths, size
from simulator.report.tables.answer import comparison_tables
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import AMOUNT, TOGETHER, paths_at_a_time
from simulator.scenario.question import Plan
from simulator.scenario.scenario import Scenario
from simulator.simulation import (
    after_tax_deposits,
    compare,
    simulated,
    timelines_of,
    went_in,
)
from tests.documents import emily

YEARS = Years(2025, 2025)
DEEP = (
    "years=2014-2080",
    "limits.inflation=2%",
    "pay={salary: 200_000, frequency: weekly, first_pay_date: 2014-01-03}",
)
"""Sixty-seven years of weekly pay."""


# Deposits


class Counted(dict[int, Lot]):
    """The lots of an account; counts how many are looked at, and is never gone through as a whole."""

    looked_at = 0

    def __getitem__(self, place: int) -> Lot:
        self.looked_at += 1
        return super().__getitem__(place)

    def __iter__(self) -> Any:
        raise AssertionError("all lots were gone through")

    def values(self) -> Any:
        raise AssertionError("all lots were gone through")


POLICIES = (
    Policy(cadence="per-paycheck"),
    Policy(cadence="per-paycheck", delay=30),
    Policy(cadence="year-end"),
    Policy(cadence="never"),
)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
@pytest.mark.parametrize("days", [1, 300])
@pytest.mark.parametrize("rule", ["carry-forward", "carry-within-year", "forfeit"])
def test_each_deposit_is_looked_at_a_few_times_however_many_there_are(
    rule: str, days: int, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every posting tells the value of the account, which must not be a sum over all that is in it."""
    lots = Counted()
    monkeypatch.setattr(book, "Subaccount", lambda: Subaccount(inside=lots))
    first = date(2025, 1, 3)
    deposits = [(first + timedelta(days=n % days), 100 + n % 7) for n in range(2_000)]
    terms = Plan.model_validate({"basis_after_loss": rule, "conversion": {"fee": 1}})
    plan = timeline(deposits, policy, terms, YEARS)
    prices = [1.0 + 0.3 * (n % 5) for n, _ in enumerate(plan.sessions)]
    postings = ledger(plan, prices).postings
    assert sum(one.event == "deposit" for one in postings) == 2_000
    assert lots.looked_at <= 3 * 2_000


def test_what_is_kept_of_an_account_is_the_sum_over_its_lots() -> None:
    account = Subaccount()
    for place, cents in enumerate((100_00, 250_00, 70_01)):
        account.deposit(place, cents, cents, Decimal("1.37") + place)
    account.charge((0, 1), Decimal("2.9"), 55)
    account.convert((1,), Decimal("2.9"))
    lots = account.inside.values()
    assert account.contributed == sum(lot.contributed for lot in lots) == 170_01
    assert abs(account.units - sum(lot.units for lot in lots)) < Decimal("1e-20")
    account.convert((0, 2), Decimal("3.1"))
    assert account.contributed == account.basis == 0
    assert account.units == 0


def test_the_kernel_follows_very_many_deposits_as_it_follows_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Units that find no room among those that are shared are worked out again, to the last bit."""
    deposits = [(date(2025, 1, 3) + timedelta(days=n % 200), 100 + n) for n in range(400)]
    plan = timeline(deposits, Policy(cadence="monthly"), Plan(), YEARS)
    prices = Lognormal(paths=64).closes(plan.sessions, YEARS, range(64))
    (rows,), count = rows_of_all([plan])
    shared: dict[Any, Any] = {}
    with_room = np.zeros((count, 64))
    post_all(plan, prices, rows, with_room, shared)
    assert len(shared) == 400
    monkeypatch.setattr("simulator.conversion.account_on_paths.MOST_SHARED", 64 * 10)
    few: dict[Any, Any] = {}
    without = np.zeros((count, 64))
    post_all(plan, prices, rows, without, few)
    assert len(few) == 10
    assert with_room.tobytes() == without.tobytes()
    assert MOST_SHARED * AMOUNT == 64 << 20


def bytes_of(outcome: Outcome[Any]) -> list[bytes]:
    """Every amount of an outcome to the last bit."""
    years = [
        getattr(of_year, name)
        for of_year in outcome.years.values()
        for name in YearOutcome.__slots__
    ]
    ends = [outcome.left_value, outcome.left_basis, outcome.roth_end, outcome.ira_end]
    return [np.asarray(amount).tobytes() for amount in (*years, *ends)]


def test_very_many_deposits_on_one_day_are_no_trouble(tmp_path: Path) -> None:
    """Half a second; it took a minute when each was compared with all others. The limit is for hanging."""
    (tmp_path / "d.csv").write_text("date,amount\n" + "2025-01-03,1.00\n" * 15_000)
    text = "name: A\nyears: 2025\nbirth_year: 1990\ndeposits: d.csv\n"
    (tmp_path / "a.yaml").write_text(text)
    for command in (["compare"], ["ledger", "--policy", "year-end", "--format", "csv"]):
        done = subprocess.run(
            [sys.executable, "-m", "simulator", command[0], "a.yaml", *command[1:]],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=240,
            check=True,
        )
        assert "15,000.00" in done.stdout or done.stdout.count("deposit") == 15_000


# Policies


def test_a_table_asks_for_each_total_a_few_times_however_many_policies_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [0]
    total = Outcome.total

    def counted(self: Outcome[Any], column: str) -> Any:
        asked[0] += 1
        return total(self, column)

    monkeypatch.setattr(Outcome, "total", counted)
    counts = {}
    for many in (20, 40):
        delays = ", ".join(f"{{cadence: monthly, delay: {n}}}" for n in range(40, 40 + many))
        comparison = compare(emily(f"policies=[{delays}]", "taxes={federal: 24%}"))
        asked[0] = 0
        comparison_tables(comparison)
        comparison.to_dict()
        counts[many] = asked[0]
    assert counts[40] <= 2.1 * counts[20]


# Paths


def test_a_block_has_as_many_paths_as_find_room() -> None:
    assert paths_at_a_time(1, 4_096) == 4_096
    for rows in (1, 100, 4_095, 4_096, 4_097, 20_000, 83_000, 1_000_000):
        paths = paths_at_a_time(rows, 4_096)
        assert paths % TOGETHER == 0
        assert paths == TOGETHER or rows * paths * AMOUNT <= model.WORKING_SET
        assert TOGETHER <= paths <= 4_096


def timelines(scenario: Scenario) -> list[Timeline]:
    """The timelines of a scenario."""
    return timelines_of(scenario, after_tax_deposits(scenario, went_in(scenario)))


def test_many_years_take_smaller_blocks_and_one_year_takes_whole_ones() -> None:
    for settings, most in (((), BLOCK), (DEEP, 1_100)):
        scenario = emily("returns.model=lognormal", "returns.paths=1_000_000", *settings)
        plans = timelines(scenario)
        _, block, _ = next(price_blocks(scenario, plans, range(1_000_000)))
        paths = len(block[all_sessions(plans)[0]])
        assert paths <= most
        assert paths * len(block) * AMOUNT <= model.WORKING_SET
    one_year = emily("returns.model=lognormal")
    assert len(next(iter(_prices(one_year)))) == BLOCK


def _prices(scenario: Scenario) -> Any:
    return next(price_blocks(scenario, timelines(scenario), range(1_000_000)))[1].values()


MODELS = {
    "quasi": "returns.model=lognormal",
    "random": "returns={model: lognormal, sampling: random}",
    "garch": "returns={model: garch, omega: 0.01, alpha: 0.09, beta: 0.9, nu: 7}",
    "bootstrap": "returns={model: bootstrap, block: 10}",
}


@pytest.mark.parametrize("engine", ["numpy", "fast"])
@pytest.mark.parametrize("returns", MODELS)
def test_figures_do_not_depend_on_the_size_of_blocks(
    returns: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a path, whichever block it is in, every amount is the same to the last bit."""
    scenario = emily(
        MODELS[returns],
        "returns.paths=1_000",
        "years=2025-2026",
        "plan={conversion: {fee: 5}, basis_after_loss: forfeit, opening: {after_tax: 500, basis: 400}}",
    )
    plans = timelines(scenario)
    sizes: list[int] = []
    closes = type(scenario.returns).closes

    def noted(self: Any, sessions: Any, years: Years, paths: range) -> Any:
        sizes.append(len(paths))
        return closes(self, sessions, years, paths)

    monkeypatch.setattr(type(scenario.returns), "closes", noted)
    told: list[list[list[bytes]]] = []
    for room in (128 << 20, 300_000, 1):
        monkeypatch.setattr(model, "WORKING_SET", room)
        sizes.clear()
        _, outcomes = simulated(scenario, plans, engine=engine)
        told.append([bytes_of(outcome) for outcome in outcomes])
        if engine == "numpy" or returns in ("garch", "bootstrap"):
            assert max(sizes) == {128 << 20: 1_000, 1: TOGETHER}.get(room, max(sizes))
            assert sum(sizes) == 1_000
    assert told[0] == told[1] == told[2]


def test_a_sweep_does_not_depend_on_the_size_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.sweeps import sweep

    told = []
    for room in (128 << 20, 1):
        monkeypatch.setattr(model, "WORKING_SET", room)
        one = sweep(
            emily("returns.model=lognormal", "returns.paths=500"), delay=[0, 9], engine="numpy"
        )
        told.append((one.to_dict(), one.marks))
    assert told[0] == told[1]


def test_a_piece_of_a_batch_is_as_large_as_its_bound_however_many_years_it_has() -> None:
    most = 32 << 20
    for settings in ((), DEEP):
        scenario = emily("returns.model=lognormal", "returns.paths=1_000_000", *settings)
        paths, step = paths_of(scenario, most)
        assert paths == 1_000_000
        assert step % (BLOCK if step >= BLOCK else TOGETHER) == 0
        assert size(scenario, step) <= most


def test_more_paths_than_memory_are_refused_with_what_they_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every amount has its place in one table."""
    scenario = emily("returns.model=lognormal", "returns.paths=1_000_000")
    needed = size(scenario, 1_000_000)
    pages = {"SC_PHYS_PAGES": needed - 1, "SC_PAGE_SIZE": 1}
    monkeypatch.setattr("os.sysconf", pages.__getitem__)
    with pytest.raises(TooManyPaths, match=r"1,000,000 paths need about 0\.5 GB"):
        compare(scenario)


def test_every_start_year_is_found_in_one_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A series of very many years must not be gone through for each of them."""
    from simulator.days.calendars import sessions_between

    days = sessions_between(date(2000, 1, 3), date(2024, 12, 31))
    rows = "".join(f"{day},{1 + n % 7}\n" for n, day in enumerate(days))
    (tmp_path / "p.csv").write_text(f"date,price\n{rows}")
    returns = History(start="each", prices=tmp_path / "p.csv")
    read = [0]
    series = History.series

    def counted(self: History) -> Any:
        read[0] += 1
        return series(self)

    monkeypatch.setattr(History, "series", counted)
    sessions = list(sessions_between(date(2025, 1, 2), date(2025, 12, 31)))
    paths = returns.count(sessions)
    read[0] = 0
    closes = returns.closes(sessions, YEARS, range(paths))
    assert closes.shape == (250, paths)
    assert paths >= 24
    assert read[0] <= 4
    alone = [returns.path(sessions, YEARS, index) for index in range(paths)]
    assert closes.T.tolist() == alone


# Yes: what a comparison says of money that waits, it says in one pass over the deposits.


def test_what_a_year_leaves_waiting_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    comparison: Comparison = compare(emily("policies=[{cadence: per-paycheck, delay: 30}]"))
    (result,) = comparison.results
    expected = sum(
        deposit.amount
        for deposit in result.timeline.deposits
        if deposit.leaves is None or deposit.leaves.year > 2025
    )
    assert result.stranded(2025) == expected == 1_538_46
    monkeypatch.setattr(type(result.timeline), "deposits", (), raising=False)
    ask: Callable[[int], int] = result.stranded
    assert [ask(2025), ask(2024)] == [expected, 0]
