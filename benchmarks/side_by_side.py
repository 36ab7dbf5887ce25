"""The kernel and vectorbt on the same job and the same prices, in one run; writes `side_by_side.md`.

    pip install vectorbt                  # an extra of this file alone; "vectorbt[rust]" adds its Rust engine
    python benchmarks/side_by_side.py     # some minutes
    python benchmarks/side_by_side.py --tiny  # few paths: whether it runs; writes no table

Without vectorbt the kernel is compared with the unrounded gains alone, and no table is written.

The job: Emily's year of 26 deposits with lognormal prices; the gain converted at every conversion on every
path. To vectorbt a path is a column and a close a row. A deposit is an order of its dollars' worth
(`SizeType.Value`), a conversion that empties the account an order to hold nothing (`SizeType.TargetAmount`):
both are the same on all paths, so vectorbt broadcasts one column of sizes and never holds a wide one. Where
younger money stays, the units that leave are sold, path by path. vectorbt takes one order a row: a session at
which some money leaves and other money lands has two rows. What lands and leaves at the same close has earned
nothing and is left out. No fees, no slippage, and more cash than all deposits need.

Three ways to have vectorbt do it, each run once before it is timed, so that nothing is compiled meanwhile:

- `Portfolio.from_orders` on the daily prices, and the profit of its exit trades: what its manual shows.
- The simulation inside it alone, called on only the sessions that matter, and the cash of its order records:
  the least that it can be asked for.
- The same with the Rust engine, where that is installed.

Prices are given to both, in the layout that each likes. The kernel works out tax and balances as well;
vectorbt does not, and is not timed for it: `box_2a` gets the tax from the gains that it finds.
"""

import argparse
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray
from run import EMILY, in_turn, own_peak, peak_of

from simulator.conversion.kernel import post_all
from simulator.conversion.rows import rows_of_all
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import sessions_between
from simulator.paths.blocks import BLOCK
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import after_tax_deposits, simulated, went_in

RESULTS = Path(__file__).with_suffix(".md")
FEW = 64
POLICIES = (
    "{cadence: per-paycheck, delay: 5}",
    "monthly",
    "quarterly",
    "year-end",
    "{cadence: per-paycheck, delay: 30}",
)
MONTHLY = POLICIES[1]
CASH = 1e6
"""More than all deposits. [$]"""

DAILY = "`Portfolio.from_orders`, daily"
LEAST = "simulation alone, only the sessions that matter"
RUST = "the same, Rust engine"

HALF_A_CENT = 0.5 + 1e-5
"""What rounding may change, a conversion. [cents]"""

VECTORBT = find_spec("vectorbt") is not None

Floats = NDArray[np.float64]


class Size(NamedTuple):
    """How much is measured: paths that are timed, paths whose memory is measured, turns of two jobs."""

    paths: int
    many: int
    turns: int


FULL, TINY = Size(10_000, 100_000, 5), Size(128, 256, 1)


@dataclass
class Rows:
    """A timeline as rows of orders for vectorbt.

    Attributes:
        sessions: The session of each row.
        dollars: What is bought; 0 where all is sold, NaN where there is no order on all paths. [$; row]
        empties: Whether all is sold. [row]
        parts: The deposits that are sold while younger money stays, by row.
        landed: The row at which each deposit lands.
    """

    sessions: list[date] = field(default_factory=list)
    dollars: list[float] = field(default_factory=list)
    empties: list[bool] = field(default_factory=list)
    parts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    landed: dict[int, int] = field(default_factory=dict)

    def add(self, session: date, dollars: float = np.nan, empties: bool = False) -> int:
        """One more row; returns its place."""
        self.sessions.append(session)
        self.dollars.append(dollars)
        self.empties.append(empties)
        return len(self.sessions) - 1

    @property
    def orders(self) -> int:
        """Orders on each path."""
        return len(self.parts) + int(np.isfinite(self.dollars).sum())

    def sizes(self, plan: Timeline, closes: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """Sizes and their types as vectorbt wants them: one column for all paths, if that is enough."""
        from vectorbt.portfolio.enums import SizeType

        size = np.array(self.dollars)[:, None]
        kind = np.where(self.empties, SizeType.TargetAmount, SizeType.Value)[:, None]
        if self.parts:
            size = np.repeat(size, closes.shape[1], axis=1)
        for row, places in self.parts.items():
            kind[row] = SizeType.Amount
            size[row] = -sum(
                plan.deposits[place].amount / 100 / closes[self.landed[place]] for place in places
            )
        return size, kind


def rows_of(plan: Timeline, sessions: Sequence[date]) -> Rows:
    """The orders of a timeline at some sessions, among them all that matter to it."""
    closes = {close.session: close for close in plan.closes}
    rows, inside = Rows(), set[int]()
    for session in sessions:
        close = closes.get(session)
        leaving = inside.intersection(close.leaving) if close else set()
        landing = set(close.landing) - set(close.leaving) if close else set()
        inside -= leaving
        if leaving and not inside:
            rows.add(session, 0.0, empties=True)
        elif leaving:
            rows.parts[rows.add(session)] = tuple(leaving)
        if landing:
            row = rows.add(session, sum(plan.deposits[place].amount for place in landing) / 100)
            rows.landed |= dict.fromkeys(landing, row)
        if not leaving and not landing:
            rows.add(session)
        inside |= landing
    return rows


def portfolio(plan: Timeline, rows: Rows, closes: Floats) -> Floats:
    """The gain of every conversion, from a portfolio and its exit trades. [$; path, conversion]"""
    from vectorbt import Portfolio

    size, kind = rows.sizes(plan, closes)
    whole = Portfolio.from_orders(
        closes,
        size=size,
        size_type=kind,
        direction="longonly",
        init_cash=CASH,
        max_orders=rows.orders * closes.shape[1],
        broadcast_kwargs={"require_kwargs": {"requirements": None}},  # no copy of the prices
        engine="numba",
    )
    gains: Floats = whole.exit_trades.records_arr["pnl"].reshape(closes.shape[1], -1)
    return gains


def simulation(plan: Timeline, rows: Rows, closes: Floats, engine: str) -> Floats:
    """The gain of all conversions together, from order records alone. [$; path]"""
    from vectorbt.portfolio import dispatch, nb
    from vectorbt.portfolio.enums import Direction, OrderSide

    size, kind = rows.sizes(plan, closes)
    paths = closes.shape[1]
    groups, cash = np.ones(paths, dtype=np.int64), np.full(paths, CASH)
    turns = np.zeros((1, 1) if engine == "numba" else closes.shape, dtype=np.int64)
    # Called without the dispatcher, numba knows the defaults while it compiles: more than twice as fast.
    function: Any = (
        nb.simulate_from_orders_nb if engine == "numba" else dispatch.simulate_from_orders
    )
    records, _ = function(
        closes.shape,
        groups,
        cash,
        turns,
        size=size,
        size_type=kind,
        direction=np.asarray(Direction.LongOnly),
        min_size=np.asarray(1e-8),
        close=closes,
        max_orders=rows.orders * paths,
        max_logs=1,
        **({} if engine == "numba" else {"engine": engine}),
    )
    flow = records["size"] * records["price"]
    flow[records["side"] == OrderSide.Buy] *= -1
    gains: Floats = flow.reshape(paths, -1).sum(axis=1)
    return gains


def converted(plan: Timeline, blocks: Sequence[Sequence[Floats]]) -> tuple[Floats, Floats]:
    """Box 1 less contributions, and Box 2a, of all years, from the kernel. [cents; path]"""
    (rows,), count = rows_of_all([plan])
    amounts = np.zeros((count, sum(block[0].size for block in blocks)))
    first = 0
    for block in blocks:
        post_all(plan, block, rows, amounts[:, first : first + block[0].size], {})
        first += block[0].size
    outcome = rows.outcome(plan, amounts)
    contributed = sum(deposit.basis for deposit in plan.deposits)
    return outcome.total("box_1") - contributed, outcome.total("box_2a")


def exact(plan: Timeline, price: dict[date, Floats]) -> tuple[Floats, Floats]:
    """Value and gain of every conversion, unrounded, from the timeline. [$; conversion, path]"""
    values, gains = [], []
    for close in plan.closes:
        if close.leaving:
            left = [plan.deposits[place] for place in close.leaving]
            units = sum(deposit.amount / 100 / price[deposit.lands] for deposit in left)
            values.append(units * price[close.session])
            gains.append(values[-1] - sum(deposit.amount for deposit in left) / 100)
    return np.array(values), np.array(gains)


def box_2a(gains: Floats) -> Floats:
    """Taxable earnings of full conversions when basis is carried forward. [$; path]

    What has been taxed by any conversion is the highest that the sum of the gains has stood, or nothing.

    Args:
        gains: The gain of every conversion. [$; path, conversion]
    """
    highest: Floats = gains.cumsum(axis=1).max(axis=1)
    return np.maximum(highest, 0)


def emily(policies: Sequence[str], paths: int) -> tuple[Scenario, list[Timeline]]:
    """Emily's year with lognormal prices, and its timelines."""
    settings = ["returns.model=lognormal", f"returns.paths={paths}"]
    scenario = load(EMILY, [*settings, f"policies=[{', '.join(policies)}]"])
    deposits = after_tax_deposits(scenario, went_in(scenario))
    return scenario, [
        timeline(deposits, policy, scenario.plan, scenario.years) for policy in scenario.policies
    ]


def every_session(plan: Timeline) -> list[date]:
    """All sessions of the year, and on to the last conversion."""
    return list(sessions_between(plan.sessions[0], plan.horizon))


def prices(scenario: Scenario, sessions: Sequence[date], paths: int) -> Floats:
    """Prices for vectorbt, each path's next to each other: it goes path by path. [session, path]"""
    closes = np.empty((paths, len(sessions))).T
    for start in range(0, paths, BLOCK):
        block = range(start, min(start + BLOCK, paths))
        closes[:, start : block.stop] = scenario.returns.closes(sessions, scenario.years, block)
    return closes


def one_cadence(
    name: str, scenario: Scenario, plan: Timeline, turns: int
) -> tuple[list[str], list[str]]:
    """Times and agreement of one cadence, as rows of the two tables."""
    sessions, paths = every_session(plan), scenario.returns.paths
    price = dict(zip(sessions, prices(scenario, sessions, paths), strict=True))
    blocks = [
        [np.ascontiguousarray(price[session][start : start + BLOCK]) for session in plan.sessions]
        for start in range(0, paths, BLOCK)
    ]
    agreement = agreed(name, plan, price, converted(plan, blocks))
    return times(name, ways(plan, price), lambda: converted(plan, blocks), turns), agreement


def times(
    name: str, jobs: Sequence[Callable[[], Any]], ours: Callable[[], Any], turns: int
) -> list[str]:
    """The kernel's time, and of each way vectorbt's / the kernel's, and vectorbt's."""
    pairs = [in_turn(job, ours, turns) for job in jobs or [ours]]
    kernel_time = np.median([fast for _, fast in pairs])
    cells = [f"{slow / fast:.0f} ({slow * 1e3:.0f} ms)" for slow, fast in pairs[: len(jobs)]]
    return [name, f"{kernel_time * 1e3:.2f} ms", *cells]


def agreed(
    name: str, plan: Timeline, price: dict[date, Floats], kernels: tuple[Floats, Floats]
) -> list[str]:
    """The largest differences of one cadence, none of them more than is promised."""
    values, gains = exact(plan, price)
    gain, conversions = gains.sum(axis=0), len(gains)
    total, taxed = kernels
    off = furthest(total, gain, conversions)
    assert off < HALF_A_CENT, f"{name}: the kernel is {off} cents a conversion off"
    cells = [name, str(conversions), f"{off:.2f}"]
    if not VECTORBT:
        return cells
    apart = max(
        (abs(total_of(job()) - gain) / values.sum(axis=0)).max() for job in ways(plan, price)
    )
    assert apart < 1e-6, f"{name}: vectorbt is {apart} off"
    return [*cells, f"{apart:.0e}", carried(name, plan, price, taxed)]


def carried(name: str, plan: Timeline, price: dict[date, Floats], taxed: Floats) -> str:
    """How far the kernel's Box 2a is from that of vectorbt's gains, where every conversion empties."""
    if rows_of(plan, plan.sessions).parts:
        return "does not apply"
    gains = portfolio(plan, *daily(plan, price))
    off = furthest(taxed, box_2a(gains), gains.shape[1])
    assert off < HALF_A_CENT, f"{name}: Box 2a is {off} cents a conversion off"
    return f"{off:.2f}"


def furthest(cents: Floats, dollars: Floats, conversions: int) -> float:
    """How far amounts are apart on the worst path. [cents a conversion]"""
    return float(abs(cents - dollars * 100).max() / conversions)


def total_of(gains: Floats) -> Floats:
    """The gain of all conversions of each path, if it is not that already. [$; path]"""
    return gains.sum(axis=1) if gains.ndim == 2 else gains


def daily(plan: Timeline, price: dict[date, Floats]) -> tuple[Rows, Floats]:
    """Orders and prices at all sessions that there are prices of."""
    rows = rows_of(plan, list(price))
    return rows, _stacked(rows, price)


def ways(plan: Timeline, price: dict[date, Floats]) -> list[Callable[[], Floats]]:
    """The job in each way that vectorbt can do it here."""
    if not VECTORBT:
        return []
    all_rows, all_closes = daily(plan, price)
    rows = rows_of(plan, plan.sessions)
    closes = _stacked(rows, price)
    return [
        lambda: portfolio(plan, all_rows, all_closes),
        *(lambda e=engine: simulation(plan, rows, closes, e) for engine in engines()),
    ]


def engines() -> list[str]:
    """The engines of vectorbt that are installed."""
    from vectorbt._engine import is_rust_available

    return ["numba", "rust"] if is_rust_available() else ["numba"]


def _stacked(rows: Rows, price: dict[date, Floats]) -> Floats:
    return np.array([price[session] for session in rows.sessions], order="F")


def alone(job: str, paths: int) -> None:
    """One job with monthly conversions, its prices included, for its memory."""
    scenario, (plan,) = emily([MONTHLY], paths)
    if job == "project":
        _, (outcome,) = simulated(scenario, [plan])
        assert outcome.years[plan.years.first].box_1.size == paths
        return
    sessions = every_session(plan) if job == "portfolio" else list(plan.sessions)
    rows = rows_of(plan, sessions)
    closes = prices(scenario, rows.sessions, paths)
    if job == "portfolio":
        portfolio(plan, rows, closes).sum(axis=1)
    else:
        simulation(plan, rows, closes, job)


def peak(job: str, paths: int) -> float:
    """Peak memory of a job in a process of its own. [MiB]"""
    return peak_of(__file__, "--alone", job, str(paths))


def memory(many: int) -> list[list[str]]:
    """The peaks at many paths, as rows of a table."""
    least = peak("project", many)
    table = [["the project", f"{least:.0f} MiB", ""]]
    labels = {"portfolio": DAILY, "numba": LEAST} if VECTORBT else {}
    for job in labels:
        peak(job, FEW)  # compiles, into numba's cache on disk
    if VECTORBT:
        label = f"vectorbt, {FEW} paths: little more than its import"
        table.append([label, f"{peak('numba', FEW):.0f} MiB", ""])
    for job, label in labels.items():
        most = peak(job, many)
        table.append([f"vectorbt: {label}", f"{most:,.0f} MiB", f"{least / most:.2f}"])
    return table


def versions() -> str:
    """What was measured."""
    names = ["mbdr-simulator", "numpy", "vectorbt", "vectorbt-rust", "numba"]
    found = [f"Python {platform.python_version()}"]
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return ", ".join(found)


def lines_of(heads: Sequence[str], table: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    return [
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
        *(f"| {' | '.join(cells)} |" for cells in table),
        "",
    ]


def main() -> None:
    """Measures and prints the tables; writes them if they are whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tiny", action="store_true", help="whether it runs; writes no table")
    parser.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        alone(asked.alone[0], int(asked.alone[1]))
        print(own_peak())  # noqa: T201
        return
    if not VECTORBT:
        print("vectorbt is not installed: the kernel alone, and no table is written.")  # noqa: T201
    text = measured(TINY if asked.tiny else FULL)
    print(text)  # noqa: T201
    if VECTORBT and not asked.tiny:
        RESULTS.write_text(text, encoding="utf-8")


def measured(size: Size) -> str:
    """The page of all tables."""
    peaks = memory(size.many)
    scenario, plans = emily(POLICIES, size.paths)
    rows = [
        one_cadence(policy.name, scenario, plan, size.turns)
        for policy, plan in zip(scenario.policies, plans, strict=True)
    ]
    return page(size, [times for times, _ in rows], [agreement for _, agreement in rows], peaks)


def page(
    size: Size,
    times: Sequence[Sequence[str]],
    agreement: Sequence[Sequence[str]],
    peaks: Sequence[Sequence[str]],
) -> str:
    """The tables, and what they are of."""
    labels = [DAILY, LEAST, RUST][: len(times[0]) - 2]
    heads = ["policy", "conversions", "kernel", "vectorbt", "Box 2a"]
    lines = [
        "# Side by side with vectorbt",
        "",
        f"`python benchmarks/side_by_side.py`: {versions()}; {os.cpu_count()} cores. Its docstring says how "
        "the job is put to vectorbt. Emily's 26 deposits, lognormal prices: the gain converted on each path.",
        "",
        f"## Time, {size.paths:,} paths",
        "",
        f"Prices are given to both. Medians of {size.turns} runs in turn; vectorbt's time / the kernel's, "
        "and vectorbt's time. Promised: at least 5.",
        "",
        *lines_of(["policy", "kernel", *labels], times),
        "## The same numbers",
        "",
        "Largest differences on any path, from the gains worked out without rounding from the same timeline "
        "and prices. The kernel's, which rounds every conversion to the cent: in cents a conversion; "
        "promised: 0.5. vectorbt's, all ways: of what is converted; promised: 1e-6. Box 2a: the kernel's "
        "against the highest sum of vectorbt's gains, in cents a conversion; promised: 0.5. That identity is "
        "of conversions that empty the account.",
        "",
        *lines_of(heads[: len(agreement[0])], agreement),
        f"## Peak memory, {size.many:,} paths, monthly",
        "",
        "Processes of their own, which draw the prices themselves. The project goes through the paths block "
        "by block; vectorbt has them all at once, as columns. Promised of the daily job: at most 0.1.",
        "",
        *lines_of(["job", "peak", "the project / this"], peaks),
    ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    main()
