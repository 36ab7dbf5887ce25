"""Measures batches and writes `batch.md`: rows of a table, files, workers, Dask, memory, pieces.

    python benchmarks/batch.py          # some minutes
    python benchmarks/batch.py --many   # 100,000 rows as well: some minutes more

Each batch is its own process, as a user starts it, so starting up is in every figure.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).parent
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
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
FEW, SOME, MANY, PATHS_MANY = 1_000, 5_000, 100_000, 500
"""How many rows: start-up counts; it is lost in the rest; memory must be flat; each of many paths."""

ROUNDS = 3
"""How often two batches are run in turn: a machine that slows down slows both."""


class Measured(NamedTuple):
    """A batch: how long it took, the most memory of its parent and of a worker, and its database.

    Attributes:
        jobs: How many jobs.
        seconds: Start-up included. [s]
        parent: [MiB]
        worker: [MiB]
        disk: [bytes]
    """

    jobs: int
    seconds: float
    parent: float
    worker: float
    disk: int

    @property
    def rate(self) -> float:
        """Jobs a second."""
        return self.jobs / self.seconds


class Bench:
    """A folder to run batches in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
        )
        seconds = time.perf_counter() - began
        parent, worker = (int(line) / 1024 for line in done.stdout.split())
        disk = (output / "results.sqlite").stat().st_size
        measured = Measured(jobs, seconds, parent, worker, disk)
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
    people = bench.table(FEW)
    for what, asked in (
        ("rows of a table", {"table": people}),
        ("files", {"places": [bench.files(FEW)]}),
    ):
        one = bench.run(f"{FEW:,} {what}, 1 worker", FEW, workers=1, **asked)
        promised = "at least 150" if "rows" in what else "at least 60"
        yield Row(
            f"{FEW:,} {what}, 1 worker: a second",
            f"{one.rate:.0f}",
            promised,
            f"{one.seconds:.1f} s",
        )
    more, rows = bench.table(SOME), f"{SOME:,} rows of a table"

    def rate(what: str, **asked: object) -> float:
        return bench.run(f"{rows}, {what}", SOME, table=more, **asked).rate

    pairs = [(rate("1 worker", workers=1), rate("2 workers", workers=2)) for _ in range(ROUNDS)]
    yield Row(
        f"{rows}: 2 workers / 1 worker, in speed",
        f"{median(two / one for one, two in pairs):.2f}",
        "at least 1.8",
        f"{median(two for _, two in pairs):.0f} a second; median of {ROUNDS} pairs",
    )
    with cluster(bench.folder) as address:
        bench.run("Dask, its workers starting up", FEW, table=people, scheduler=address)
        pairs = [
            (rate("2 workers", workers=2), rate("Dask", scheduler=address)) for _ in range(ROUNDS)
        ]
    yield Row(
        f"{rows}: Dask on this machine / processes, in time",
        f"{median(two / dask for two, dask in pairs):.2f}",
        "at most 1.3",
        f"{median(dask for _, dask in pairs):.0f} a second; median of {ROUNDS} pairs",
    )


def figures(bench: Bench) -> Iterator[Row]:
    """Measures what a plan is made of: scenarios of many paths."""
    uneven = ["returns.model=lognormal"]
    one, two = (
        bench.run(
            f"{PATHS_MANY} scenarios of 10,000 paths, {n} worker" + "s" * (n > 1),
            PATHS_MANY,
            table=bench.table(PATHS_MANY),
            settings=[*uneven, "returns.paths=10_000"],
            workers=n,
        )
        for n in (1, 2)
    )
    yield Row(
        f"{PATHS_MANY} scenarios of 10,000 paths, 1 worker: a second",
        f"{one.rate:.1f}",
        "",
        f"{two.rate:.1f} with 2 workers; {one.disk / PATHS_MANY / 1000:.1f} kB each on the disk",
    )
    million = bench.run(
        "1 scenario of 1,000,000 paths, 2 workers",
        1,
        settings=[*uneven, "returns.paths=1_000_000"],
        workers=2,
    )
    yield Row(
        "1 scenario of 1,000,000 paths in pieces", f"{million.seconds:.1f} s", "", "2 workers"
    )


def flat(bench: Bench) -> Iterator[Row]:
    """Measures that memory does not grow with the number of scenarios."""
    few = bench.run(f"{FEW:,} rows, 2 workers", FEW, table=bench.table(FEW), workers=2)
    many = bench.run(f"{MANY:,} rows, 2 workers", MANY, table=bench.table(MANY), workers=2)
    yield Row(
        f"{MANY:,} rows of a table: peak memory",
        f"{many.parent:.0f} MiB",
        "under 500 MiB",
        f"a worker {many.worker:.0f} MiB; {FEW:,} rows: {few.parent:.0f} and {few.worker:.0f} MiB",
    )
    each = (many.disk - few.disk) / (MANY - FEW)
    yield Row(
        "a row's answer on the disk",
        f"{each / 1000:.1f} kB",
        "",
        f"{many.disk / 1e6:.0f} MB in all",
    )


def main() -> None:
    """Measures, and writes the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--many", action="store_true", help=f"{MANY:,} rows as well")
    many = parser.parse_args().many
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        rows = [*promises(bench), *figures(bench), *(flat(bench) if many else ())]
    version = platform.python_version()
    lines = [
        "# Batches, measured",
        "",
        f"`python benchmarks/batch.py{' --many' * many}`, Python {version}, {os.cpu_count()} processors."
        " A job is one employee, one year, five policies, biweekly. Whole processes, start-up included.",
        "",
        "| what | measured | promised | |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    (HERE / "batch.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
