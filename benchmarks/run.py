"""Measures what the project promises of its speed, as ratios within one run, and writes `results.md`.

    python benchmarks/run.py            # all; some minutes
    python benchmarks/run.py kernel     # one job, such as startup, kernel, sweep, files; writes no table
    python benchmarks/run.py --tiny     # few paths: whether it runs; writes no table

Two jobs take turns, and their mean times are told: a machine that slows down now and then slows both. The
least times would not do: a short job finds a quick moment, a long one does not.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
from reading import PAIR, reading

from simulator.answer.statistics import standard_error
from simulator.conversion.timeline import timeline
from simulator.days.calendars import sessions_between
from simulator.notation.specification import replaced
from simulator.paths.blocks import BLOCK
from simulator.paths.shared_prices import shared_closes
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import after_tax_deposits, compare, simulated, went_in
from simulator.sweeps import sweep_delay

HERE = Path(__file__).parent
EMILY = HERE.parent / "scenarios" / "emily.yaml"
FIVE = "[per-paycheck, {cadence: per-paycheck, delay: 7}, monthly, quarterly, year-end]"
ROWS: list[tuple[str, str, str, str]] = []

NEEDED = 61
"""Sessions of the five policies after the first: the normals that a path needs."""


class Size(NamedTuple):
    """How much is measured.

    Attributes:
        paths: Of a year, and of the thirty whose memory is measured.
        million: Plain paths, which few quasi-random ones are to equal.
        plain: Plain paths that tell the standard error of a million.
        swept: Paths of a sweep.
        delays: Of a sweep. [days]
        once: Paths of many years, which are doubled.
        years: Of the longest job.
        most_turns: How often two jobs are done in turn, at most.
        file_rows: Rows of a file.
    """

    paths: int = 100_000
    million: int = 1_000_000
    plain: int = 1 << 17
    swept: int = 10_000
    delays: int = 366
    once: int = 8_192
    years: int = 30
    most_turns: int = 15
    file_rows: int = 100_000


FULL = Size()
TINY = Size(256, 4_096, 1_024, 64, 6, 64, 4, 1, 500)


def row(what: str, measured: str, promised: str, note: str = "") -> None:
    """One line of the results."""
    ROWS.append((what, measured, promised, note))
    print(f"{what}: {measured} (promised {promised}) {note}", flush=True)  # noqa: T201


def in_turn(
    first: Callable[[], Any], second: Callable[[], Any], times: int = 5
) -> tuple[float, float]:
    """The mean times of two jobs done in turn, after one of each that is not counted. [s]

    Each makes its prices anew: those that are kept for a colleague's next question are forgotten.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(times + 1):
        for job, list_of in zip((first, second), taken, strict=True):
            shared_closes.cache_clear()
            began = time.perf_counter()
            job()
            if turn:
                list_of.append(time.perf_counter() - began)
    return fmean(taken[0]), fmean(taken[1])


def five(**returns: str) -> Scenario:
    """Emily's year with five policies and lognormal returns."""
    settings = [f"returns.{name}={value}" for name, value in returns.items()]
    return load(EMILY, ["returns.model=lognormal", f"policies={FIVE}", *settings])


def normals(paths: int, draws: int = 252) -> None:
    """What numpy needs for the normals alone, a block at a time."""
    generator = np.random.Generator(np.random.SFC64(1))
    for _ in range(0, paths, BLOCK):
        generator.standard_normal((draws, BLOCK))


def startup(size: Size) -> None:
    """Whole processes against `import numpy`, from a warm file cache."""

    def process(*arguments: str) -> Callable[[], Any]:
        return lambda: subprocess.run(
            [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL
        )

    numpy = process("-c", "import numpy")
    plain, base = in_turn(process("-m", "simulator", "compare", str(EMILY)), numpy, size.most_turns)
    row("`mbdr compare`, one path / `import numpy`", f"{plain / base:.2f}", "at most 3")
    many = process("-m", "simulator", "compare", str(EMILY), "--set", "returns.model=lognormal")
    ten, base = in_turn(many, numpy, size.most_turns)
    row("`mbdr compare`, 10,000 paths / `import numpy`", f"{ten / base:.2f}", "at most 4")


def kernel(size: Size) -> None:
    """Paths x one year x five policies against the normals alone."""
    paths = size.paths
    for sampling in ("quasi", "random"):
        job = compared(five(paths=str(paths), sampling=sampling))
        took, floor = in_turn(job, lambda: normals(paths), min(5, size.most_turns))
        what = f"{paths:,} {sampling} paths x 5 policies / 252 normals a path"
        row(what, f"{took / floor:.2f}", "at most 3", f"{took:.2f} s")
    row("its peak memory", peak_of_paths(1, paths), "under 300 MiB")


def compared(scenario: Scenario, engine: str = "numpy") -> Callable[[], Any]:
    """The job of comparing a scenario's policies."""
    return lambda: compare(scenario, engine=engine)


def fast(size: Size) -> None:
    """The compiled engine on the same job, on one thread and on two; a sweep; and numpy's time."""
    for sampling in ("quasi", "random"):
        compiled_on_threads(sampling, size)
    scenario, delays = five(paths=str(size.swept)), list(range(size.delays))
    swept, once = in_turn(
        lambda: sweep_delay(scenario, scenario.policies[0], delays, engine="fast"),
        compared(scenario, "fast"),
        min(5, size.most_turns),
    )
    what = f"compiled: sweep of delays 0..{delays[-1]} / `compare` with 5 policies"
    row(what, f"{swept / once:.1f}", "", f"{swept:.2f} s, {size.swept:,} paths")
    many = five(paths=str(size.million))
    slow, quick = in_turn(compared(many), compared(many, "fast"), 1)
    what = f"numpy / compiled, {size.million:,} paths x 5 policies"
    row(what, f"{slow / quick:.1f}", "", f"{quick:.2f} s")


def compiled_on_threads(sampling: str, size: Size) -> None:
    """The compiled engine on one thread and on two, each against as many for the floor."""
    import numba

    settings: Any = numba.config
    threads = settings.NUMBA_NUM_THREADS
    job = compared(five(paths=str(size.paths), sampling=sampling), "fast")
    what = f"{size.paths:,} {sampling} paths x 5 policies / 252 normals a path"
    for number in (1, 2):
        settings.NUMBA_NUM_THREADS = number
        floor_job = partial(shared, size.paths, number)
        took, floor = in_turn(job, floor_job, size.most_turns)
        promised = "at most 0.5" if number == 1 else ""
        note = f"{took:.3f} s on {number} thread{'s' * (number > 1)}"
        row(f"compiled: {what}", f"{took / floor:.2f}", promised, note)
        needed = partial(shared, size.paths, number, NEEDED)
        took, floor = in_turn(job, needed, size.most_turns)
        what_it_needs = what.replace("252 normals", f"the {NEEDED} normals that it needs")
        promised = "at most 1.3" if number == 1 else ""
        row(f"compiled: {what_it_needs.replace(' a path', '')}", f"{took / floor:.2f}", promised)
    settings.NUMBA_NUM_THREADS = threads


def shared(paths: int, threads: int, draws: int = 252) -> None:
    """The normals alone, shared between threads."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(partial(normals, draws=draws), [paths // threads] * threads))


def exact(size: Size) -> None:
    """The exact distributions of five policies, against as many paths as a comparison has by default."""
    question = five(paths=str(size.swept)).varied("policies.1.delay=3")
    known, drawn = in_turn(compared(question, "exact"), compared(question), min(5, size.most_turns))
    what = f"exact, without paths / {size.swept:,} paths x 5 policies"
    row(what, f"{known / drawn:.2f}", "", f"{known * 1000:.0f} ms")


def peak_of(script: str, *arguments: str) -> float:
    """Peak memory of a script in a process of its own, which prints it. [MiB]"""
    command = [sys.executable, script, *arguments]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def own_peak() -> float:
    """Peak memory of this process, of Linux: `ru_maxrss` would begin with its parent's peak. [MiB]"""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def peak_of_paths(years: int, paths: int) -> str:
    """Peak memory of comparing on some paths in a process of its own."""
    return f"{peak_of(__file__, '--alone', str(years), str(paths)):.0f} MiB"


def alone(years: int, paths: int) -> None:
    """Compares on some paths, and prints the peak of its memory."""
    compare(five(paths=str(paths)) if years == 1 else long(paths, years), engine="numpy")
    print(own_peak())  # noqa: T201


def accuracy(size: Size) -> None:
    """How many quasi-random paths have the standard error of a million plain ones, and their time."""
    plain = taxable_of(five(sampling="random", paths=str(size.plain)))
    million = five(sampling="random", paths=str(size.million))
    for name, most in (("monthly", 20), ("year-end", 30)):
        target = standard_error(plain[name]) * (size.plain / size.million) ** 0.5
        paths = 1_024
        while rms_error(name, paths) > target:
            paths = -(-paths * 5 // 4 // 1_024) * 1_024
        few_job = compared(five(paths=str(paths)))
        few, many = in_turn(few_job, compared(million), min(2, size.most_turns))
        row(
            f"{name}: {size.million:,} plain paths / quasi-random paths with their standard error, in time",
            f"{many / few:.0f}",
            f"at least {most}",
            f"{paths:,} paths, standard error ${target / 100:.2f}",
        )


def taxable_of(scenario: Scenario) -> dict[str, Any]:
    """Box 2a over all years under each cadence. [cents; path]"""
    results = compare(scenario, engine="numpy").results
    return {result.policy.cadence: result.total("box_2a") for result in results}


def rms_error(name: str, paths: int) -> float:
    """The standard error of the mean Box 2a with some quasi-random paths, over eight seeds. [cents]"""
    errors = [
        standard_error(taxable_of(five(paths=str(paths), seed=str(seed)))[name], 16)
        for seed in range(8)
    ]
    return float(np.sqrt(np.mean(np.square(errors))))


def sweep(size: Size) -> None:
    """Delays over some paths, against `compare` with five policies."""
    scenario, delays = five(paths=str(size.swept)), list(range(size.delays))
    turns = min(7, size.most_turns)
    swept, same = in_turn(
        lambda: sweep_delay(scenario, scenario.policies[0], delays, engine="numpy"),
        daily(scenario, delays[-1]),
        turns,
    )
    once, _ = in_turn(compared(scenario), lambda: None, turns)
    row(
        f"sweep of delays 0..{delays[-1]} / `compare` with 5 policies on the same daily paths",
        f"{swept / same:.1f}",
        "at most 3",
        f"{swept / once:.1f} times `compare` on only the sessions that it needs",
    )


def daily(scenario: Scenario, delay: int) -> Callable[[], Any]:
    """The job of five policies, and the price of every session that a sweep to a delay needs."""
    deposits = after_tax_deposits(scenario, went_in(scenario))
    latest = replaced(scenario.policies[0], delay=delay)
    *timelines, last = (
        timeline(deposits, policy, scenario.plan, scenario.years)
        for policy in (*scenario.policies, latest)
    )
    horizon = max(plan.horizon for plan in (*timelines, last))
    every = list(sessions_between(last.sessions[0], horizon))

    def job() -> None:
        simulated(scenario, timelines, engine="numpy")
        for start in range(0, scenario.returns.paths, BLOCK):
            stop = min(start + BLOCK, scenario.returns.paths)
            scenario.returns.closes(every, scenario.years, range(start, stop))

    return job


def long(paths: int, years: int) -> Scenario:
    """Five policies over many years."""
    return five(paths=str(paths)).varied(
        f"years=2025-{2024 + years}", "limits.inflation=2.5%", "pay.raise=3%"
    )


def years(size: Size) -> None:
    """Years x 26 paychecks x five policies x paths: memory, and time linear in both."""
    once, thirty, turns = size.once, size.years, min(3, size.most_turns)
    memory = peak_of_paths(thirty, size.paths)
    row(f"{thirty} years x {size.paths:,} paths, peak memory", memory, "under 1,024 MiB")
    double, single = in_turn(compared(long(2 * once, thirty)), compared(long(once, thirty)), turns)
    row(f"twice the paths / once, {thirty} years", f"{double / single:.2f}", "about 2")
    third = max(1, thirty // 3)
    more, fewer = in_turn(compared(long(once, 2 * third)), compared(long(once, third)), turns)
    what = f"{2 * third} years / {third} years, {once:,} paths"
    row(what, f"{more / fewer:.2f}", "about 2")


def files(size: Size) -> None:
    """Files of prices and deposits: plain ones, and an export."""
    reading(in_turn, row, size.file_rows, min(5, size.most_turns))


JOBS = {job.__name__: job for job in (startup, kernel, fast, exact, accuracy, sweep, years, files)}


def main() -> None:
    """Runs the jobs that are named, or all; of all at their full size it writes the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("jobs", nargs="*", choices=["all", *JOBS], default="all")
    parser.add_argument("--tiny", action="store_true", help="whether it runs; writes no table")
    parser.add_argument("--alone", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    size = TINY if asked.tiny else FULL
    if asked.alone:
        alone(*asked.alone)
        return
    every = "all" in asked.jobs
    for name in JOBS if every else asked.jobs:
        JOBS[name](size)
    if every and size is FULL:
        write_table()


def write_table() -> None:
    """Writes the rows to `results.md`."""
    lines = [
        "# Measured",
        "",
        f"`python benchmarks/run.py`, Python {platform.python_version()}, numpy {np.__version__}, "
        f"{os.cpu_count()} cores. Ratios within one run; whole processes where a command is named.",
        "",
        "| what | measured | promised | |",
        "|---|---|---|---|",
        *(f"| {' | '.join(cells)} |" for cells in ROWS),
        "",
        PAIR.read_text(encoding="utf-8").strip(),
    ]
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
