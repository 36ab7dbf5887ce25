"""The compiled engine gives numpy's bytes: every price, every cent, on any number of threads."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.conversion.kernel import kernel, post_all
from simulator.conversion.rows import rows_of_taxable
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.days.calendars import sessions_between, sessions_of
from simulator.days.years import Years
from simulator.paths import engine as choice
from simulator.paths.engine import COMPILED, WORTHWHILE, NoEngine, engine
from simulator.returns.draws import RANDOMISATIONS
from simulator.returns.lognormal import Lognormal
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from simulator.sweeps import sweep
from tests.engines import Given, compiled, on_compiled, on_numpy
from tests.how_many import times
from tests.timelines import timelines

numba = pytest.importorskip("numba")

from simulator.paths.compiled import threads as fast  # noqa: E402
from simulator.paths.compiled.lognormal_steps import walk  # noqa: E402
from simulator.paths.compiled.prices import closes  # noqa: E402
from simulator.paths.compiled.space import space  # noqa: E402
from simulator.paths.compiled.writer import program  # noqa: E402

EMILY = Path(__file__).parents[2] / "scenarios" / "emily.yaml"
FIVE = "[per-paycheck, {cadence: per-paycheck, delay: 7}, monthly, quarterly, year-end]"
YEARS = Years(2024, 2025)


def emily(*changes: str) -> Scenario:
    """Five policies over 3,000 lognormal paths."""
    return load(EMILY, ["returns.model=lognormal", "returns.paths=3000", *changes])


days = sorted(sessions_between(sessions_of(YEARS.first)[0], date(2026, 12, 31)))


@times(2)
@given(
    chosen=st.sets(st.sampled_from(days), max_size=12),
    seed=st.integers(0, 2**63 - 1),
    groups=st.tuples(st.integers(0, 1 << 22), st.integers(1, 9)),
    sampling=st.sampled_from(["quasi", "random"]),
    volatility=st.sampled_from(["0", "16%", "90%"]),
    last=st.integers(2024, 2026),
)
def test_prices_are_the_same_to_the_last_bit(
    chosen: set[date],
    seed: int,
    groups: tuple[int, int],
    sampling: str,
    volatility: str,
    last: int,
) -> None:
    """Of any sessions, in the years and after them, on any paths."""
    returns = Lognormal.model_validate(
        {"sampling": sampling, "volatility": volatility, "seed": seed, "annual_return": "-3%"}
    )
    years, sessions = Years(YEARS.first, last), sorted({days[0], *chosen})
    start, paths = groups[0] * RANDOMISATIONS, groups[1] * RANDOMISATIONS
    way = walk(returns, sessions, years)
    found = np.empty((len(way.drifts), paths))
    key: Any = way.seed  # as the compiled code takes it
    scratch = space(paths, len(way.drifts), 0, program([], [], {}, {}))
    draws = scratch.inverse, scratch.words, scratch.z, scratch.tails, scratch.places
    closes(found, start, way.steps, way.weights, way.shifts, key, way.drifts, way.spread, *draws)
    expected = returns.closes(sessions, years, range(start, start + paths))
    rows = [way.rows[session] for session in sessions]
    assert found[rows].tobytes() == expected.tobytes()


@times(4)
@given(
    plans=st.lists(timelines(), min_size=1, max_size=3),
    seed=st.integers(0, 2**32),
    scale=st.sampled_from([0.0, 0.001, 0.01, 0.1]),
    paths=st.integers(1, 70),
    parked=st.sampled_from([(), (0,), (0, 1, 2)]),
)
def test_outcomes_are_the_same_to_the_last_bit(
    plans: list[Timeline], seed: int, scale: float, paths: int, parked: tuple[int, ...]
) -> None:
    """With fees, splits, every loss rule, opening balances, any cadence, and parked money beside other."""
    plans = [replace(plan, parked=n in parked) for n, plan in enumerate(plans)]
    shape = (2, len(all_sessions(plans)), paths)
    steps = np.random.default_rng(seed).normal(0.0, scale, shape)
    prices, inside = np.exp(np.cumsum(steps, axis=1))
    returns: Any = Given(prices, inside)
    expected = on_numpy(plans, prices, inside)
    assert on_compiled(returns, plans, range(paths)) == expected
    rows = rows_of_taxable(plans)
    taxable = compiled(returns, plans, rows, len(plans), range(paths))
    both = [dict(zip(all_sessions(plans), one, strict=True)) for one in (prices, inside)]
    for plan, of, row in zip(plans, rows, taxable, strict=True):
        own, other = ([price[session] for session in plan.sessions] for price in both)
        within = other if plan.parked else own
        assert row.tobytes() == kernel(plan, own, within).total("box_2a").tobytes()
        alone = np.zeros_like(taxable)
        post_all(plan, own, of, alone, {}, within)
        assert alone.sum(axis=0).tobytes() == row.tobytes()


@times(0.5)
@given(
    plan=timelines(),
    paths=st.tuples(st.integers(0, 100), st.integers(1, 2_500)),
    sampling=st.sampled_from(["quasi", "random"]),
    parked=st.sampled_from([None, {"annual_return": "4%"}, {"model": "lognormal"}]),
)
def test_any_range_of_paths_has_its_own_outcomes(
    plan: Timeline, paths: tuple[int, int], sampling: str, parked: dict[str, str] | None
) -> None:
    """Beside parked money too, whose prices numpy makes."""
    returns = Lognormal.model_validate({"sampling": sampling, "after_tax": parked})
    plan, asked = replace(plan, parked=parked is not None), range(paths[0], sum(paths))
    prices = [fund.closes(plan.sessions, plan.years, asked) for fund in returns.funds]
    assert on_compiled(returns, [plan], asked) == on_numpy([plan], *prices)


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ("returns.sampling=random", "returns.seed=7"),
        ("years=2025-2027", "limits.inflation=2.5%", "plan.conversion.fee=25"),
        ("plan.conversion.to=split", "plan.basis_after_loss=forfeit"),
        ("plan.basis_after_loss=carry-within-year", "plan.opening.after_tax=10_000"),
        ("plan.deposit_lag=12", "policies=[{cadence: dates, dates: [2026-01-02]}, never]"),
        ("returns.model=bootstrap", "returns.paths=200"),
        ("returns={model: history, start: each}",),
        ("returns={model: garch, paths: 200}",),
        ("returns.after_tax.annual_return=4%", "taxes.federal=32%"),
        ("returns.after_tax={model: lognormal, volatility: 4%, correlation: 0.2}",),
        ("returns={model: constant, paths: 200, after_tax: {model: bootstrap}}",),
    ],
)
def test_a_comparison_is_the_same(changes: tuple[str, ...]) -> None:
    scenario = emily(*changes)
    assert compare(scenario, engine="fast").to_dict() == compare(scenario, engine="numpy").to_dict()


def test_more_paths_until_an_accuracy_are_the_same() -> None:
    scenario = emily("returns.paths=1001")
    one, other = (compare(scenario, until=0.5, engine=name) for name in ("fast", "numpy"))
    assert one.paths == other.paths > 1001
    assert one.to_dict() == other.to_dict()


def test_sweeps_are_the_same() -> None:
    questions: tuple[dict[str, Any], ...] = (
        {"delay": [0, 3, 30]},
        {"vary": "returns.volatility", "values": ["8%", "9%"]},
    )
    for question in questions:
        one, other = (sweep(emily(), **question, engine=name) for name in ("fast", "numpy"))
        assert one.to_dict() == other.to_dict()
        assert one.marks == other.marks


def test_results_do_not_depend_on_the_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(fast, "TASK", 1_024)
    for threads in (1, 2, 5):
        monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", threads)
        told.append(compare(emily("returns.paths=10_001"), engine="fast").to_dict())
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("threads", [1, 2])
def test_progress_ends_with_all_paths(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", threads)
    told: list[tuple[int, int]] = []
    compare(emily("returns.paths=9_001"), lambda done, of: told.append((done, of)), engine="fast")
    assert told == [(4_096, 9_001), (8_192, 9_001), (9_001, 9_001)]


def test_auto_starts_the_compiled_engine_for_large_work_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert engine("auto", 1) is fast  # it is there already
    monkeypatch.delitem(sys.modules, COMPILED)
    monkeypatch.setattr(choice, "_so_far", [0])
    assert engine("auto", WORTHWHILE - 1) is None
    monkeypatch.setattr(choice, "_so_far", [0])
    assert engine("auto", WORTHWHILE) is not None
    assert engine("numpy", WORTHWHILE) is None
    assert engine("fast", 0) is None, "one path goes through the ledger"


def test_auto_adds_up_the_work_of_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch asks for little at a time, but often."""
    monkeypatch.delitem(sys.modules, COMPILED)
    monkeypatch.setattr(choice, "_so_far", [0])
    assert [engine("auto", WORTHWHILE // 4) is None for _ in range(4)] == [True, True, True, False]


def test_questions_that_are_counted_anew_each_start_no_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the app: one who drags asks often, and waits each time."""
    monkeypatch.delitem(sys.modules, COMPILED)
    for _ in range(3):
        choice.counted_anew()
        assert engine("auto", WORTHWHILE // 2) is None


def test_without_numba_numpy_does_the_work_and_fast_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(choice, "find_spec", lambda _: None)
    assert engine("auto", WORTHWHILE) is None
    for scenario in (emily("returns.paths=1"), emily()):
        with pytest.raises(NoEngine) as error:
            compare(scenario, engine="fast")
        needed = "the engine fast needs the extra fast: pip install 'mbdr-simulator[fast]'"
        assert str(error.value) == f"engine: {needed}"


def test_an_unknown_engine_is_an_error() -> None:
    with pytest.raises(NoEngine, match="there is no engine 'gpu'; choose one of auto, numpy, fast"):
        compare(emily(), engine="gpu")


def test_where_nothing_can_be_kept_numpy_does_the_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere(_: str) -> None:
        raise RuntimeError("cannot cache function 'blocks': no locator available")

    monkeypatch.setattr(choice, "import_module", nowhere)
    choice._started.cache_clear()
    assert engine("fast", 1) is None
    assert engine("fast", 1) is None, "and says so once"
    choice._started.cache_clear()
    assert capsys.readouterr().err == (
        "numpy does the work: cannot cache function 'blocks': no locator available; "
        "set NUMBA_CACHE_DIR to a folder to write to\n"
    )
