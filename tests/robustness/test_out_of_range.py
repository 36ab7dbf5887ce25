"""Numbers that leave the range: one line that says which path of which model, on any engine."""

import json
import math
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import simulator
from simulator.batches.estimate import estimate
from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger_outcome
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, all_sessions, timeline
from simulator.days.calendars import sessions_between, sessions_of
from simulator.days.years import Years
from simulator.money import MOST_CENTS, OutOfRange
from simulator.notation.mistakes import Mistakes
from simulator.notation.specification import replaced
from simulator.paths.blocks import price_blocks
from simulator.readers.dated_csv import Dated
from simulator.returns.bridge import bridge, reach
from simulator.returns.draws import normal_quantile, uniform
from simulator.returns.lognormal import FARTHEST, SESSIONS_A_YEAR, Lognormal
from simulator.returns.model import LEAST_PRICE
from simulator.returns.series import Series
from simulator.scenario.loading import load, loads
from simulator.scenario.scenario import Scenario
from simulator.simulation import (
    after_tax_deposits,
    came_to,
    compare,
    ledger_of,
    timelines_of,
    went_in,
)
from simulator.sweeps import sweep
from tests.batches import exported, template
from tests.commands import Run
from tests.engines import Given, bytes_of, on_compiled
from tests.how_many import times
from tests.tables import taxable
from tests.timelines import amounts

EMILY = Path(__file__).parents[2] / "scenarios" / "emily.yaml"
ENGINES = ("numpy", "fast")
LONG = ("years=2025-2079", "limits.inflation=2%", "policies=[monthly, year-end]")
SHORTER = ("years=2025-2047", *LONG[1:], "pay.frequency=monthly")
WILD = "returns={model: lognormal, volatility: 500%, paths: 100}"
A_TRILLION = "amounts are told to the cent up to $1,000,000,000,000"
LESS = "write smaller amounts, fewer years, or returns that grow less"


def emily(*changes: str) -> Scenario:
    return load(EMILY, changes)


def timelines(scenario: Scenario) -> list[Timeline]:
    return timelines_of(scenario, after_tax_deposits(scenario, went_in(scenario)))


def refused(work: Callable[[], object]) -> str:
    """The line that some work ends in."""
    with pytest.raises(OutOfRange) as error:
        work()
    assert str(error.value).isprintable()
    return str(error.value)


def replay(folder: Path, rows: list[str], *more: str) -> Scenario:
    """Deposits that really went in."""
    (folder / "deposits.csv").write_text("\n".join(["date,amount", *rows]) + "\n", "utf-8")
    text = "\n".join(["name: Replay", "birth_year: 1980", "deposits: deposits.csv", *more])
    return loads(text.encode(), "replay.yaml", folder)


def ten_prices(folder: Path, first: str, last: str) -> Path:
    """Ten sessions, of which the last has another price."""
    days = list(sessions_between(date(2024, 1, 2), date(2024, 1, 16)))
    rows = [f"{day},{last if day == days[-1] else first}" for day in days]
    file = folder / "fund.csv"
    file.write_text("\n".join(["date,price", *rows]) + "\n", encoding="utf-8")
    return file


# Prices, where they are made


@pytest.mark.parametrize("engine", ENGINES)
def test_500_percent_of_volatility_over_55_years_name_the_path_and_the_session(engine: str) -> None:
    """A path's Brownian motion hangs on no volatility: it is taken from the prices at 16%."""
    scenario = emily(*LONG, WILD)
    sessions = all_sessions(timelines(scenario))
    calm = replaced(scenario, returns=Lognormal())
    ((_, block, _),) = price_blocks(calm, timelines(scenario), range(100))
    place = {day: n for n, day in enumerate(sessions_between(sessions[0], sessions[-1]))}

    def drift(day: date, sigma: float) -> float:
        return place[day] * (math.log(1.07) - sigma**2 / 2) / SESSIONS_A_YEAR

    def log_price(day: date, path: int) -> float:
        motion = (math.log(block[day][path]) - drift(day, 0.16)) / 0.16
        return drift(day, 5.0) + 5.0 * motion

    below = math.log(LEAST_PRICE)
    left = {path: day for path in (0, 1) for day in sessions[::-1] if log_price(day, path) < below}
    assert refused(lambda: compare(scenario, engine=engine)) == (
        f"returns: path 0 of lognormal leaves the range of numbers on {left[0]}: "
        "its price falls below 1e-100; write a lower volatility, an annual_return nearer to 0, or fewer years"
    )
    assert refused(lambda: ledger_of(scenario, scenario.policies[0], 1)).startswith(
        f"returns: path 1 of lognormal leaves the range of numbers on {left[1]}: "
    )


def test_an_annual_return_of_minus_99_percent_over_68_years_names_the_session() -> None:
    """0.01^(days / 365) is below 1e-100 from the first session after 50 x 365 days on."""
    scenario = emily("years=2013-2080", "limits.inflation=2%", "returns.annual_return=-99%")
    inside = sessions_of(2013)[0] + timedelta(days=50 * 365)
    sessions = timelines(scenario)[0].sessions
    assert refused(lambda: compare(scenario)) == (
        "returns: path 0 of constant leaves the range of numbers on "
        f"{next(day for day in sessions if day > inside)}: its price falls below 1e-100; "
        "write an annual_return nearer to 0, or fewer years"
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_garch_that_explodes_names_its_parameters(engine: str) -> None:
    wild = "returns={model: garch, omega: 1000, alpha: 0.1, beta: 0.8999, nu: 5, paths: 64}"
    line = refused(lambda: compare(emily(wild), engine=engine))
    assert line.startswith("returns: path 0 of garch leaves the range of numbers on 202")
    assert line.endswith("; write a smaller omega, alpha or beta, or fewer years")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("first", "last", "ends", "goes"),
    [
        ("1000000", "0.000001", "falls below 1e-100", "from 1,000,000 on 2024-01-12 to 1e-06"),
        ("0.000001", "1000000", "rises above 1e+100", "from 1e-06 on 2024-01-12 to 1,000,000"),
    ],
)
def test_a_slip_that_is_drawn_again_and_again_is_named(
    engine: str, first: str, last: str, ends: str, goes: str, tmp_path: Path
) -> None:
    """One of nine returns is 1e-12 or 1e12: nine of them leave the range, in about 81 sessions."""
    file = ten_prices(tmp_path, first, last)
    scenario = emily(f"returns={{model: bootstrap, block: 2, paths: 32, prices: {file}}}")
    line = refused(lambda: compare(scenario, engine=engine))
    assert line.startswith("returns: path 0 of bootstrap leaves the range of numbers on 2025-")
    assert f": its price {ends}; write other prices (fund.csv:11: the price goes {goes}" in line


def test_so_many_rows_that_dividends_leave_the_range_are_one_line() -> None:
    """1.2^(rows / 252) exceeds 1.8e308 from 981,000 rows on: 252 x log(1.8e308) / log(1.2)."""
    rows = (Dated(2, date(2025, 1, 2), 100.0),) * 981_500
    with pytest.raises(Mistakes, match=r"^p\.csv:2:1: dividends over 981,500 rows leave the range"):
        _ = Series("p.csv", rows, Fraction(20, 100)).totals


def test_no_normal_draw_lies_farther_than_is_assumed() -> None:
    ends = normal_quantile(uniform(np.array([0, 2**32 - 1], np.uint32)))
    assert np.abs(ends).max() < FARTHEST


@times(1)
@given(st.integers(1, 800), st.integers(0, 2**32))
def test_no_bridge_goes_farther_than_its_reach(steps: int, seed: int) -> None:
    """Of draws that are all 1 or -1, which are the farthest."""
    motion = {0: 0.0}
    draws = np.random.default_rng(seed).choice([-1.0, 1.0], steps)
    for node, draw in zip(bridge(steps).values(), draws, strict=True):
        motion[node.place] = motion[node.left] * node.from_left + draw * node.spread
        if node.from_right:
            motion[node.place] += motion[node.right] * node.from_right
    assert max(map(abs, motion.values())) <= reach(steps) * (1 + 1e-12)


@pytest.mark.parametrize(
    ("volatility", "years", "proven"),
    [("16%", Years(1999, 2080), True), ("100%", Years(2025, 2034), True),
     ("300%", Years(2025, 2025), True), ("500%", Years(2025, 2079), False)],
)  # fmt: skip
def test_prices_of_common_scenarios_need_not_be_looked_at(
    volatility: str, years: Years, proven: bool
) -> None:
    model = Lognormal.model_validate({"volatility": volatility})
    sessions = [sessions_of(years.first)[0], sessions_of(years.last)[-1]]
    assert model.bounded(sessions, years) is proven


# Amounts, where they come out


def test_a_billion_grown_at_100_percent_for_80_years_is_one_line(tmp_path: Path) -> None:
    """1e9 x 2^(days / 365) dollars."""
    years = ("years: 2001-2080", "returns: {annual_return: 100%}", "policies: [per-paycheck]")
    first, last = sessions_of(2001)[0], sessions_of(2080)[-1]
    scenario = replay(tmp_path, [f"{first},1_000_000_000"], *years)
    amount = f"{1e9 * 2 ** ((last - first).days / 365):.3g}"
    assert refused(lambda: compare(scenario)) == (
        "returns: path 0 of constant leaves the range: the Roth at the end is about "
        f"${amount}, and {A_TRILLION}; {LESS}"
    )


@pytest.mark.parametrize(
    ("policy", "what"),
    [
        ("never", "what is left on December 31, 2021,"),
        ("year-end", "Box 1 of 2021"),
        ("per-paycheck", "the Roth at the end"),
    ],
)
def test_a_trillion_is_told_and_a_cent_more_is_not(policy: str, what: str, tmp_path: Path) -> None:
    """A thousand deposits of a billion."""
    years = ("years: 2021", "returns: {annual_return: 0%}", f"policies: [{policy}]")
    day = sessions_of(2021)[0]
    scenario = replay(tmp_path, [f"{day},1_000_000_000"] * 1_000, *years)
    (plan,) = timelines(scenario)
    told = amounts(came_to(scenario, plan))
    assert told["left_value" if policy == "never" else "roth_end"] == MOST_CENTS
    growing = scenario.varied("returns.annual_return=0.01%")
    assert refused(lambda: compare(growing)).startswith(
        f"returns: path 0 of constant leaves the range: {what} is about $1e+12, and {A_TRILLION}; "
    )


def test_deposits_of_more_than_a_trillion_are_one_line(tmp_path: Path) -> None:
    rows = [f"{sessions_of(2021)[0]},1_000_000_000"] * 1_001
    scenario = replay(tmp_path, rows, "years: 2021")
    assert refused(lambda: compare(scenario)) == (
        f"{tmp_path / 'deposits.csv'}: the sum of the deposits is about $1e+12, and {A_TRILLION}; "
        "write smaller or fewer ones"
    )


RICH = ("returns={model: lognormal, volatility: 180%, paths: 9_001}", "years=2025-2027",
        "limits.inflation=2%", "plan.opening.roth=1_000_000_000", "policies=[monthly]")  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_path_that_leaves_the_range_is_named_in_a_later_block_too(engine: str) -> None:
    """The first whose price at the end is above 1,000: it makes a trillion of the billion."""
    scenario = emily(*RICH)
    sessions = all_sessions(timelines(scenario))
    end = sessions.index(sessions_of(2027)[-1])
    closes = scenario.returns.closes(sessions, scenario.years, range(9_001))
    first = int((closes[end] > 1_000).argmax())
    assert first > 4_096
    assert refused(lambda: compare(scenario, engine=engine)).startswith(
        f"returns: path {first:,} of lognormal leaves the range: the Roth at the end is about "
        f"${closes[end, first] * 1e9:.3g}, and {A_TRILLION}; "
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_paths_that_only_complete_a_group_refuse_nothing(engine: str) -> None:
    """The compiled engine works out whole groups of 16 paths; what was not asked for is not told."""
    scenario = emily(*RICH)
    sessions = all_sessions(timelines(scenario))
    end = sessions.index(sessions_of(2027)[-1])
    closes = scenario.returns.closes(sessions, scenario.years, range(9_001))
    first = int((closes[end] > 1_000).argmax())
    before = scenario.varied(f"returns.paths={first}")
    assert first % 16
    assert compare(before, engine=engine).paths == first


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sweep_says_at_which_value_and_which_delay_it_ends(engine: str) -> None:
    many = emily("returns={model: lognormal, annual_return: 1000%, paths: 48}", "years=2025-2040",
                 "limits.inflation=2%", "policies=[{cadence: per-paycheck, delay: 3650}]")  # fmt: skip
    line = refused(lambda: sweep(many, delay=[0, 3650], engine=engine))
    assert line.startswith("returns: path 0 of lognormal leaves the range: Box 2a over all forms ")
    vary = {"vary": "returns.annual_return", "values": ["7%", "1000%"]}
    line = refused(lambda: sweep(many, **vary, engine=engine))  # type: ignore[arg-type]
    assert line.startswith("returns.annual_return=1000%: returns: path 0 of lognormal leaves ")


def test_a_split_taxes_nothing_however_much_moves() -> None:
    """Between two sums above 2**53 the kernel would find some cents."""
    deposits = [(date(2025, month, 3), 10**11 + month) for month in range(1, 13)]
    terms = ConversionTerms.model_validate({"conversion": {"to": "split"}})
    plan = timeline(deposits, Policy(cadence="monthly"), terms, Years(2025, 2025))
    landing = {deposit.lands for deposit in plan.deposits}
    closes = np.array([[1.0 if day in landing else 1e8 / 3] for day in plan.sessions])
    assert taxable(plan, closes).tolist() == [0]


def test_money_beside_which_the_rest_cancels_to_nothing_is_no_nan() -> None:
    """What lands at 1e-30 has 1e33 units; what lands at 1 has 100, which its leaving takes with it."""
    days = [sessions_of(2025)[place] for place in (0, 10, 20)]
    dates = [str(sessions_of(2025)[place]) for place in (25, 33, 45)]
    policy = Policy.model_validate({"cadence": "dates", "dates": dates, "delay": 30})
    deposits = zip(days, (1_000, 100, 100), strict=True)
    plan = timeline(deposits, policy, ConversionTerms(), Years(2025, 2025))
    assert len({deposit.leaves for deposit in plan.deposits}) == 3
    closes = np.array([[1.0 if day in days[1:] else 1e-30] for day in plan.sessions])
    expected = amounts(ledger_outcome(plan, closes[:, 0].tolist()))
    outcome = kernel(plan, closes)
    assert amounts(outcome, 0) == expected
    assert on_compiled(Given(closes), [plan], range(1)) == [bytes_of(outcome)]


def test_up_to_a_trillion_ledger_and_kernel_differ_by_a_cent_at_most(tmp_path: Path) -> None:
    """Above a hundred millions the error of a float exceeds the margin of a millionth of a cent."""
    rows = [f"{sessions_of(year)[9]},1_000_000_000" for year in range(2011, 2031)]
    scenario = replay(
        tmp_path, rows, "years: 2011-2030", "returns: {model: lognormal, paths: 30}",
        "policies: [monthly, year-end, {cadence: semiannual, delay: 1000}, never]",
    )  # fmt: skip
    plans = timelines(scenario)
    ((_, price, _),) = price_blocks(scenario, plans, range(30))
    for plan in plans:
        closes = np.array([price[session] for session in plan.sessions])
        together = kernel(plan, closes)
        for path in range(30):
            exact = amounts(ledger_outcome(plan, closes[:, path].tolist()))
            near = amounts(together, path)
            assert all(abs(near[name] - exact[name]) <= 1 for name in exact)


# However it is asked


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "--format", "json"), ("compare", "--until", "1"), ("check",),
        ("ledger", "--policy", "monthly"), ("sweep", "--delay", "0:30:10"),
        ("remind", "--policy", "monthly"), ("report",), ("plot", "--kind", "balance"),
    ],
)  # fmt: skip
def test_every_command_ends_in_that_line_alone_with_status_two(
    command: tuple[str, ...], tmp_path: Path, main: Run
) -> None:
    changes = [word for change in (*SHORTER, WILD) for word in ("--set", change)]
    file = tmp_path / ("out.svg" if command[0] == "plot" else "out")
    to = ("-o", file) if command[0] in ("plot", "report") else ()
    done = main(command[0], EMILY, *changes, *command[1:], *to)
    assert (done.status, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("returns: path 0 of lognormal leaves the range of numbers on 20")
    assert not file.exists()


@pytest.mark.usefixtures("here")
def test_in_a_batch_the_job_fails_with_that_line_and_the_others_go_on(tmp_path: Path) -> None:
    table = tmp_path / "funds.csv"
    rows = [
        "name,returns.volatility,years",
        "Calm,16%,2025",
        "Wild,500%,2025-2047",
        "Also,20%,2025",
    ]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    more = "returns: {model: lognormal, paths: 200}\nlimits: {inflation: 2%}\n"
    done = simulator.batch(template(tmp_path, more), tmp_path / "r", table=table, workers=1)
    assert (done.jobs, done.failed) == (3, 1)
    (message,) = done.failures().message
    assert message.startswith("returns: path 0 of lognormal leaves the range of numbers on 20")
    assert list(done.failures().file) == [str(table)]
    assert set(done.to_frame().name) == {"Calm", "Also"}
    assert np.isfinite(done.to_frame().select_dtypes("number").fillna(0)).all(axis=None)
    assert b"nan" not in exported(done.folder).lower()


@pytest.mark.usefixtures("here")
def test_in_pieces_the_job_fails_with_that_line_and_a_dry_run_counts_on(tmp_path: Path) -> None:
    more = "years: 2025-2047\nreturns: {model: lognormal, volatility: 500%, paths: 9_000}\n"
    file = template(tmp_path)
    file.write_text(file.read_text().replace("years: 2025\n", "limits: {inflation: 2%}\n") + more)
    done = simulator.batch(file, tmp_path / "r", workers=1, piece=1 << 20)
    assert done.failed == 1
    (message,) = done.failures().message
    assert message.startswith("returns: path 0 of lognormal leaves the range of numbers on 20")
    assert estimate([file], settings=["returns.paths=400_000"]).jobs == 1


RATES = st.sampled_from(["-99%", "-50%", "0%", "7%", "100%", "1000%"])
SPREADS = st.sampled_from(["0%", "16%", "90%", "200%", "500%"])
MODELS = st.one_of(
    st.builds("{{model: constant, annual_return: {}}}".format, RATES),
    st.builds("{{model: lognormal, annual_return: {}, volatility: {}, paths: 24}}".format, RATES, SPREADS),
    st.builds(
        "{{model: garch, annual_return: {}, omega: {}, alpha: 0.2, beta: {}, nu: {}, paths: 24}}".format,
        RATES, st.sampled_from([0.01, 30, 1000]), st.sampled_from([0.1, 0.79]), st.sampled_from([2.01, 5]),
    ),
)  # fmt: skip


@times(0.5)
@given(
    returns=MODELS,
    years=st.sampled_from(["2025", "2020-2029", "2014-2050"]),
    opening=st.sampled_from(["{}", "{roth: 1_000_000_000}", "{after_tax: 1_000_000_000, basis: 5}"]),
    policies=st.sampled_from(["[monthly, never]", "[year-end, {cadence: per-paycheck, delay: 900}]"]),
    rule=st.sampled_from(["carry-forward", "forfeit", "carry-within-year"]),
    to=st.sampled_from(["roth-401k", "split"]),
)  # fmt: skip
def test_every_answer_is_of_finite_numbers_or_one_line_on_both_engines(
    returns: str, years: str, opening: str, policies: str, rule: str, to: str
) -> None:
    scenario = emily(
        f"returns={returns}", f"years={years}", f"plan.opening={opening}", f"policies={policies}",
        f"plan.basis_after_loss={rule}", f"plan.conversion.to={to}",
        "limits.inflation=2%", "pay.frequency=monthly",
    )  # fmt: skip
    told = []
    for engine in ENGINES:
        try:
            answer = compare(scenario, engine=engine).to_dict()
            told.append(json.dumps(answer, allow_nan=False))
        except OutOfRange as line:
            told.append(str(line))
    assert told[0] == told[1]
