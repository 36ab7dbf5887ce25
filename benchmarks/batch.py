"""Measures batches and writes `batch.md`: rows of a table, files, workers, Dask, memory, pieces.

    python benchmarks/batch.py          # some minutes
    python benchmarks/batch.py --many   # 100,000 rows as well: some minutes more
    python benchmarks/batch.py --tiny   # few rows: whether it runs; writes no table
    python benchmarks/batch.py --against ../before  # pairs with another checkout as well, in turn

Each batch is its own process, as a user starts it, so starting up is in every figure. A machine that others
use too tells the time of its processors still: that of a pair's ratio, and of a row.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).parent
UNEVEN = "returns.model=lognormal"
ALONE = """
import sys
import simulator
scenario = simulator.load(sys.argv[1])
for _ in range(int(sys.argv[2])):
    simulator.compare(scenario).figures()
"""
TEMPLATE = """\
name: Template
years: 2025
birth_year: 1985
pay: {salary: 150_000, frequency: biweekly, first_pay_date: 2025-01-10}
elections: {pre_tax: 8%, after_tax: 6%}
plan: {match: [{rate: 50%, up_to: 6%}]}
policies: [per-paycheck, {cadence: per-paycheck, delay: 3}, monthly, quarterly, year-end]
taxes: {federal: 24%}
"""
RUN = """
import json, resource, sys
import simulator
if __name__ == "__main__":
    done = simulator.batch(**json.loads(sys.argv[1]))
    assert done.failed == 0 and done.known == 0
    print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        print(sum(resource.getrusage(whose)[:2]))
"""


class Size(NamedTuple):
    """How much is measured.

    Attributes:
        few: Rows beside which start-up counts.
        some: Rows in which it is lost.
        many: Rows of which memory must be flat.
        scenarios: Of many paths.
        paths: Of each of these.
        million: Paths of one scenario, simulated in pieces.
        rounds: How often two batches are run in turn: a machine that slows down slows both.
    """

    few: int = 1_000
    some: int = 5_000
    many: int = 100_000
    scenarios: int = 500
    paths: int = 10_000
    million: int = 1_000_000
    rounds: int = 3


FULL, TINY = Size(), Size(2, 4, 8, 2, 64, 100_000, 1)


class Measured(NamedTuple):
    """A batch: how long it took, the most memory of its parent and of a worker, and its database.

    Attributes:
        jobs: How many jobs.
        seconds: Start-up included. [s]
        parent: [MiB]
        worker: [MiB]
        disk: [bytes]
        writing: What the process that writes took of a processor. [s]
        working: What the workers took. [s]
    """

    jobs: int
    seconds: float
    parent: float
    worker: float
    disk: int
    writing: float
    working: float

    @property
    def rate(self) -> float:
        """Jobs a second."""
        return self.jobs / self.seconds

    @property
    def each(self) -> float:
        """What a job takes of a processor, in the workers and in the process that writes. [ms]"""
        return (self.writing + self.working) / self.jobs * 1000

    @property
    def processors(self) -> str:
        """The same of either, in words."""
        working, writing = (took / self.jobs * 1000 for took in (self.working, self.writing))
        return (
            f"a job takes {working:.2f} ms of a processor, {writing:.2f} ms of the one that writes"
        )


class Bench:
    """A folder to run batches in."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.folder, self.size = folder, size
        self.checkout = HERE.parent  # whose program is measured
        self.runs = 0
        (folder / "run.py").write_text(RUN)
        (folder / "template.yaml").write_text(TEMPLATE)

    def run(self, what: str, jobs: int, **asked: object) -> Measured:
        """Runs a batch in a process of its own."""
        self.runs += 1
        output = self.folder / f"results-{self.runs}"
        told = json.dumps(
            {"places": [self.folder / "template.yaml"], "output": output} | asked, default=str
        )
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, str(self.folder / "run.py"), told],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(self.checkout.resolve())},
        )
        seconds = time.perf_counter() - began
        parent, worker, writing, working = map(float, done.stdout.split())
        disk = (output / "results.sqlite").stat().st_size
        measured = Measured(jobs, seconds, parent / 1024, worker / 1024, disk, writing, working)
        print(f"{what}: {measured.rate:.1f} a second", measured, flush=True)  # noqa: T201
        return measured

    def table(self, count: int) -> Path:
        """A table of so many employees."""
        file = self.folder / f"people-{count}.csv"
        rows = (
            f"Employee {n},{60_000 + 13 * n % 200_000},{2 + n % 9}%,{1 + n % 12}%"
            for n in range(count)
        )
        header = "name,pay.salary,elections.after_tax,elections.pre_tax"
        file.write_text("\n".join([header, *rows]) + "\n")
        return file

    def files(self, count: int) -> Path:
        """A folder of so many scenario files, as people write them."""
        place = self.folder / "files"
        place.mkdir()
        text = (HERE.parent / "scenarios" / "emily.yaml").read_text(encoding="utf-8")
        text = text.split("policies:")[0]
        five = "policies: [per-paycheck, monthly, quarterly, semiannual, year-end]"
        for n in range(count):
            written = text.replace("200_000", f"{200_000 + n}", 1)
            (place / f"{n:05}.yaml").write_text(f"{written}\n{five}\n", encoding="utf-8")
        return place


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a scheduler with two workers on this machine."""
    from distributed import Client

    where = folder / "scheduler.json"
    named = ["--scheduler-file", str(where), "--no-dashboard"]
    start = [sys.executable, "-m"]
    scheduler = [*start, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    workers = [*start, "distributed.cli.dask_worker", "--nworkers", "2", "--nthreads", "1"]
    running = [
        subprocess.Popen([*one, *named], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for one in (scheduler, workers)
    ]
    try:
        while not (where.exists() and where.stat().st_size):
            time.sleep(0.05)
        address = str(json.loads(where.read_text())["address"])
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2)
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


class Row(NamedTuple):
    """A line of the table."""

    what: str
    measured: str
    promised: str
    note: str


def promises(bench: Bench) -> Iterator[Row]:
    """Measures what is promised."""
    few = bench.size.few
    people, files = bench.table(few), bench.files(few)
    yield alone(bench, "rows of a table", "at least 300", table=people)
    yield alone(bench, "files", "at least 60", places=[files])
    single, double = {"workers": 1}, {"workers": 2}
    yield machine(bench)
    yield ratio(bench, "1 worker / 2 workers, in time", "at least 1.9", single, double)
    with cluster(bench.folder) as address:
        dask = {"scheduler": address}
        bench.run("Dask, its workers starting up", few, table=people, **dask)
        what = "Dask on this machine / processes, in time"
        yield ratio(bench, what, "at most 1.3", dask, double)


def machine(bench: Bench) -> Row:
    """Measures two processes at once that share nothing: more than they come to here two workers cannot.

    Processors of a machine may be two halves of one, which do the work of Python in turn.
    """
    told = [str(bench.folder / "template.yaml"), str(bench.size.some)]
    where = os.environ | {"PYTHONPATH": str(bench.checkout.resolve())}

    def seconds(count: int) -> float:
        began = time.perf_counter()
        program = [sys.executable, "-c", ALONE, *told]
        for process in [subprocess.Popen(program, env=where) for _ in range(count)]:
            process.wait()
        return time.perf_counter() - began

    ratios = [2 * seconds(1) / seconds(2) for _ in range(bench.size.rounds)]
    what = "this machine: one process that compares / two that share nothing, in time"
    return Row(what, f"{median(ratios):.2f}", "", f"median of {len(ratios)} pairs")


def alone(bench: Bench, what: str, promised: str, **asked: object) -> Row:
    """Measures few jobs on one worker."""
    what = f"{bench.size.few:,} {what}, 1 worker"
    batch = bench.run(what, bench.size.few, workers=1, **asked)
    note = f"{batch.seconds:.1f} s; {batch.processors}"
    return Row(f"{what}: a second", f"{batch.rate:.0f}", promised, note)


def ratio(
    bench: Bench, what: str, promised: str, first: Mapping[str, object], then: Mapping[str, object]
) -> Row:
    """Measures some rows in two ways in turn: the first's time / the second's."""
    rows, table = f"{bench.size.some:,} rows of a table", bench.table(bench.size.some)
    pairs = [
        [
            bench.run(f"{rows}, {way}", bench.size.some, table=table, **way).rate
            for way in (first, then)
        ]
        for _ in range(bench.size.rounds)
    ]
    speeds = " and ".join(f"{median(rates):.0f}" for rates in zip(*pairs, strict=True))
    note = f"{speeds} a second; median of {len(pairs)} pairs"
    return Row(f"{rows}: {what}", f"{median(b / a for a, b in pairs):.2f}", promised, note)


def figures(bench: Bench) -> Iterator[Row]:
    """Measures what a plan is made of: scenarios of many paths."""
    size = bench.size
    what, asked = scenarios_of_paths(bench)
    single, double = (
        bench.run(
            f"{what}, {workers} worker{'s' * (workers > 1)}",
            size.scenarios,
            workers=workers,
            **asked,
        )
        for workers in (1, 2)
    )
    disk = f"{single.disk / size.scenarios / 1000:.1f} kB each on the disk"
    note = f"{double.rate:.1f} with 2 workers; {disk}; {single.processors}"
    yield Row(f"{what}, 1 worker: a second", f"{single.rate:.1f}", "at least 80", note)
    what = f"1 scenario of {size.million:,} paths"
    settings = [UNEVEN, f"returns.paths={size.million}"]
    million = bench.run(f"{what}, 2 workers", 1, settings=settings, workers=2)
    yield Row(f"{what} in pieces", f"{million.seconds:.1f} s", "", "2 workers")


def scenarios_of_paths(bench: Bench) -> tuple[str, dict[str, object]]:
    """Scenarios of many paths: in words, and the arguments of their batch."""
    size = bench.size
    settings = [UNEVEN, f"returns.paths={size.paths}"]
    what = f"{size.scenarios} scenarios of {size.paths:,} paths"
    return what, {"table": bench.table(size.scenarios), "settings": settings}


def against(bench: Bench, before: Path) -> Iterator[Row]:
    """Measures another checkout and this one in turn: what a job takes of a processor."""
    size = bench.size
    rows = f"{size.few:,} rows of a table", {"table": bench.table(size.few)}
    for (what, asked), jobs in ((rows, size.few), (scenarios_of_paths(bench), size.scenarios)):
        pairs = []
        for _ in range(size.rounds):
            pair = []
            for name, bench.checkout in (("before", before), ("now", HERE.parent)):
                pair.append(bench.run(f"{what}, {name}", jobs, workers=1, **asked).each)
            pairs.append(pair)
        took = " and ".join(f"{median(each):.2f}" for each in zip(*pairs, strict=True))
        ratio = f"{median(a / b for a, b in pairs):.2f}"
        note = f"{took} ms of a processor a job, start-up included; median of {len(pairs)} pairs"
        yield Row(f"{what}, 1 worker: before / now", ratio, "", note)


def flat(bench: Bench) -> Iterator[Row]:
    """Measures that memory does not grow with the number of scenarios."""
    few, many = (
        bench.run(f"{rows:,} rows, 2 workers", rows, table=bench.table(rows), workers=2)
        for rows in (bench.size.few, bench.size.many)
    )
    yield Row(
        f"{many.jobs:,} rows of a table: peak memory",
        f"{many.parent:.0f} MiB",
        "under 500 MiB",
        f"a worker {many.worker:.0f} MiB; {few.jobs:,} rows: {few.parent:.0f} and {few.worker:.0f} MiB",
    )
    each = f"{(many.disk - few.disk) / (many.jobs - few.jobs) / 1000:.1f} kB"
    yield Row("a row's answer on the disk", each, "", f"{many.disk / 1e6:.0f} MB in all")


def main() -> None:
    """Measures; at the full size it writes the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--many", action="store_true", help=f"{FULL.many:,} rows as well")
    parser.add_argument("--against", type=Path, help="another checkout, measured in turn as well")
    parser.add_argument("--tiny", action="store_true", help="whether it runs; writes no table")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), TINY if asked.tiny else FULL)
        rows = [
            *promises(bench),
            *figures(bench),
            *(flat(bench) if asked.many or asked.tiny else ()),
            *(against(bench, asked.against) if asked.against else ()),
        ]
    if not asked.tiny:
        write_table(rows, asked.many)


def write_table(rows: Sequence[Row], many: bool) -> None:
    """Writes the rows to `batch.md`."""
    version = platform.python_version()
    lines = [
        "# Batches, measured",
        "",
        f"`python benchmarks/batch.py{' --many' * many}`, Python {version}, {os.cpu_count()} processors."
        " A job is one employee, one year, five policies, biweekly. Whole processes, start-up included"
        f" ({'with' if find_spec('scipy') else 'without'} scipy, which numba loads where it finds it).",
        "",
        "| what | measured | promised | |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    (HERE / "batch.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
