"""Measures what the project promises of its speed, as ratios within one run, and writes `results.md`.

    python benchmarks/run.py            # all; some minutes
    python benchmarks/run.py kernel     # one of: startup kernel fast accuracy sweep years

Times are medians of repetitions taken in turn, so that a machine that slows down slows both sides.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from simulator.answer.statistics import standard_error
from simulator.conversion.timeline import timeline
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import BLOCK, after_tax_deposits, compare, simulated, went_in
from simulator.sweeps import sweep_delay

HERE = Path(__file__).parent
EMILY = HERE.parent / "scenarios" / "emily.yaml"
FIVE = "[per-paycheck, {cadence: per-paycheck, delay: 7}, monthly, quarterly, year-end]"
ROWS: list[tuple[str, str, str, str]] = []


def row(what: str, measured: str, promised: str, note: str = "") -> None:
    """One line of the results."""
    ROWS.append((what, measured, promised, note))
    print(f"{what}: {measured} (promised {promised}) {note}", flush=True)  # noqa: T201


def in_turn(
    first: Callable[[], Any], second: Callable[[], Any], times: int = 5
) -> tuple[float, float]:
    """Median times of two jobs done in turn, after one of each that is not counted. [s]"""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(times + 1):
        for job, list_of in zip((first, second), taken, strict=True):
            began = time.perf_counter()
            job()
            if turn:
                list_of.append(time.perf_counter() - began)
    return statistics.median(taken[0]), statistics.median(taken[1])


def five(**returns: str) -> Scenario:
    """Emily's year with five policies and lognormal returns."""
    settings = [f"returns.{name}={value}" for name, value in returns.items()]
    return load(EMILY, ["returns.model=lognormal", f"policies={FIVE}", *settings])


def normals(paths: int, draws: int = 252) -> None:
    """What numpy needs for the normals alone, a block at a time."""
    generator = np.random.Generator(np.random.SFC64(1))
    for _ in range(0, paths, BLOCK):
        generator.standard_normal((draws, BLOCK))


def startup() -> None:
    """Whole processes against `import numpy`, from a warm file cache."""

    def process(*arguments: str) -> Callable[[], Any]:
        return lambda: subprocess.run(
            [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL
        )

    numpy = process("-c", "import numpy")
    plain, base = in_turn(process("-m", "simulator", "compare", str(EMILY)), numpy, 15)
    row("`mbdr compare`, one path / `import numpy`", f"{plain / base:.2f}", "at most 3")
    many = process("-m", "simulator", "compare", str(EMILY), "--set", "returns.model=lognormal")
    ten, base = in_turn(many, numpy, 15)
    row("`mbdr compare`, 10,000 paths / `import numpy`", f"{ten / base:.2f}", "at most 4")


def kernel() -> None:
    """100,000 paths x one year x five policies against the normals alone."""
    paths = 100_000
    for sampling in ("quasi", "random"):
        scenario = five(paths=str(paths), sampling=sampling)
        job, floor = in_turn(lambda s=scenario: compare(s, engine="numpy"), lambda: normals(paths))
        what = f"100,000 {sampling} paths x 5 policies / 252 normals a path"
        row(what, f"{job / floor:.2f}", "at most 3", f"{job:.2f} s")
    memory = _peak_of("kernel")
    row("its peak memory", f"{memory:.0f} MiB", "under 300 MiB")


def fast() -> None:
    """The compiled engine on the same job, on one thread and on two, each against as many for the floor."""
    import numba

    paths, threads = 100_000, numba.config.NUMBA_NUM_THREADS
    for sampling in ("quasi", "random"):
        scenario = five(paths=str(paths), sampling=sampling)
        for number in (1, 2):
            numba.config.NUMBA_NUM_THREADS = number
            job, floor = in_turn(
                lambda s=scenario: compare(s, engine="fast"), lambda n=number: shared(paths, n), 15
            )
            what = f"compiled: 100,000 {sampling} paths x 5 policies / 252 normals a path"
            promised = "at most 0.5" if number == 1 else ""
            told = f"{job:.3f} s on {number} thread{'s' * (number > 1)}"
            row(what, f"{job / floor:.2f}", promised, told)
    numba.config.NUMBA_NUM_THREADS = threads
    scenario, delays = five(paths="10000"), list(range(366))
    swept, compared = in_turn(
        lambda: sweep_delay(scenario, scenario.policies[0], delays, engine="fast"),
        lambda: compare(scenario, engine="fast"),
    )
    what = "compiled: sweep of delays 0..365 / `compare` with 5 policies"
    row(what, f"{swept / compared:.1f}", "", f"{swept:.2f} s, 10,000 paths")
    many = five(paths="1000000")
    slow, quick = in_turn(
        lambda: compare(many, engine="numpy"), lambda: compare(many, engine="fast"), 1
    )
    row(
        "numpy / compiled, 1,000,000 paths x 5 policies",
        f"{slow / quick:.1f}",
        "",
        f"{quick:.2f} s",
    )


def shared(paths: int, threads: int) -> None:
    """The normals alone, shared between threads."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(normals, [paths // threads] * threads))


def _peak_of(job: str) -> float:
    """Peak memory of a job in a process of its own. [MiB]"""
    subprocess.run([sys.executable, __file__, f"--alone={job}"], check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def alone(job: str) -> None:
    """One job, for its memory."""
    if job == "kernel":
        compare(five(paths="100000"), engine="numpy")
    else:
        compare(thirty_years(100_000), engine="numpy")


def accuracy() -> None:
    """How many quasi-random paths have the standard error of a million plain ones, and their time."""
    million = 1_000_000
    plain = _results(five(sampling="random", paths=str(1 << 17)))
    for name, most in (("monthly", 20), ("year-end", 30)):
        target = standard_error(plain[name]) * ((1 << 17) / million) ** 0.5
        paths = 1_024
        while _rms_error(name, paths) > target:
            paths = -(-paths * 5 // 4 // 1_024) * 1_024
        few, many = in_turn(
            lambda n=paths: compare(five(paths=str(n)), engine="numpy"),
            lambda: compare(five(sampling="random", paths=str(million)), engine="numpy"),
            2,
        )
        row(
            f"{name}: 1,000,000 plain paths / quasi-random paths with their standard error, in time",
            f"{many / few:.0f}",
            f"at least {most}",
            f"{paths:,} paths, standard error ${target / 100:.2f}",
        )


def _results(scenario: Scenario) -> dict[str, Any]:
    return {one.policy.cadence: one.total("box_2a") for one in compare(scenario).results}


def _rms_error(name: str, paths: int) -> float:
    """The standard error of the mean Box 2a with some quasi-random paths, over eight seeds. [cents]"""
    errors = [
        standard_error(_results(five(paths=str(paths), seed=str(seed)))[name], 16)
        for seed in range(8)
    ]
    return float(np.sqrt(np.mean(np.square(errors))))


def sweep() -> None:
    """Delays of 0 to 365 days over 10,000 paths, against `compare` with five policies."""
    scenario = five(paths="10000")
    delays = list(range(366))
    deposits = after_tax_deposits(scenario, went_in(scenario))
    latest = scenario.policies[0].model_copy(update={"delay": 365})
    far = [
        timeline(deposits, p, scenario.plan, scenario.years) for p in (*scenario.policies, latest)
    ]
    daily = _daily(scenario, far)
    swept, compared = in_turn(
        lambda: sweep_delay(scenario, scenario.policies[0], delays, engine="numpy"),
        lambda: compare(scenario, engine="numpy"),
        3,
    )
    same, _ = in_turn(daily, lambda: None, 3)
    row(
        "sweep of delays 0..365 / `compare` with 5 policies on the same daily paths",
        f"{swept / same:.1f}",
        "at most 4",
        f"{swept / compared:.1f} times `compare` on only the sessions that it needs",
    )


def _daily(scenario: Scenario, timelines: list[Any]) -> Callable[[], Any]:
    """Five policies, and the price of every session that the sweep needs."""
    from simulator.days.calendars import sessions_between

    last = max(plan.horizon for plan in timelines)
    first = timelines[0].sessions[0]
    every = list(sessions_between(first, last))

    def job() -> None:
        simulated(scenario, timelines[:-1], engine="numpy")
        for start in range(0, scenario.returns.paths, BLOCK):
            stop = min(start + BLOCK, scenario.returns.paths)
            scenario.returns.closes(every, scenario.years, range(start, stop))

    return job


def thirty_years(paths: int, years: int = 30) -> Scenario:
    """Five policies over many years."""
    return five(paths=str(paths)).varied(
        f"years=2025-{2024 + years}", "limits.inflation=2.5%", "pay.raise=3%"
    )


def years() -> None:
    """30 years x 26 paychecks x five policies x 100,000 paths: memory, and time linear in both."""
    row("30 years x 100,000 paths, peak memory", f"{_peak_of('years'):.0f} MiB", "under 1,024 MiB")
    double, single = in_turn(
        lambda: compare(thirty_years(16_384), engine="numpy"),
        lambda: compare(thirty_years(8_192), engine="numpy"),
        3,
    )
    row("twice the paths / once, 30 years", f"{double / single:.2f}", "about 2")
    long, short = in_turn(
        lambda: compare(thirty_years(8_192, 20), engine="numpy"),
        lambda: compare(thirty_years(8_192, 10), engine="numpy"),
        3,
    )
    row("20 years / 10 years, 8,192 paths", f"{long / short:.2f}", "about 2")


JOBS = {job.__name__: job for job in (startup, kernel, fast, accuracy, sweep, years)}


def main(names: list[str]) -> None:
    """Runs the jobs that are named, or all, and writes the table."""
    for name in names or JOBS:
        JOBS[name]()
    if names:
        return
    lines = [
        "# Measured",
        "",
        f"`python benchmarks/run.py`, Python {platform.python_version()}, numpy {np.__version__}, "
        f"{os.cpu_count()} cores. Ratios within one run; whole processes where a command is named.",
        "",
        "| what | measured | promised | |",
        "|---|---|---|---|",
        *(f"| {' | '.join(cells)} |" for cells in ROWS),
    ]
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1].startswith("--alone="):
        alone(sys.argv[1].removeprefix("--alone="))
    else:
        main(sys.argv[1:])
