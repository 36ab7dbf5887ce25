"""Measures batches and writes batch.md: rows of a table, files, workers, Dask, memory, pieces.

    python benchmarks/batch.py            # some minutes
    python benchmarks/batch.py --memory   # 100,000 rows as well: some minutes more

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
from pathlib import Path
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
import json, resource, sys, time
import simulator
asked = json.loads(sys.argv[1])
if __name__ == "__main__":
    done = simulator.batch(**asked)
    assert done.failed == 0 and done.known == 0
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
MANY = {"rows": 2_000, "files": 1_000}


class Measured(NamedTuple):
    """A batch: how long it took, and the most memory of its parent and of a worker. [s; MiB]"""

    seconds: float
    parent: float
    worker: float


def batch(script: Path, **asked: object) -> Measured:
    """Runs a batch in a process of its own."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), json.dumps(asked, default=str)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    parent, worker = (int(line) / 1024 for line in done.stdout.split())
    return Measured(seconds, parent, worker)


def table(folder: Path, count: int) -> Path:
    """A table of so many employees."""
    file = folder / f"people-{count}.csv"
    rows = (
        f"Employee {n},{60_000 + 13 * n % 200_000},{2 + n % 9}%,{1 + n % 12}%" for n in range(count)
    )
    header = "name,pay.salary,elections.after_tax,elections.pre_tax"
    file.write_text("\n".join([header, *rows]) + "\n")
    return file


def files(folder: Path, count: int) -> Path:
    """A folder of so many scenario files, as people write them."""
    place = folder / "files"
    place.mkdir()
    text = (HERE.parent / "scenarios" / "emily.yaml").read_text(encoding="utf-8")
    text = "\n".join(text.split("policies:")[0].splitlines())
    five = "policies: [per-paycheck, monthly, quarterly, semiannual, year-end]"
    for n in range(count):
        written = text.replace("200_000", f"{200_000 + n}", 1)
        (place / f"{n:05}.yaml").write_text(f"{written}\n{five}\n", encoding="utf-8")
    return place


def cluster(folder: Path) -> tuple[str, list["subprocess.Popen[bytes]"]]:
    """A scheduler and two workers on this machine."""
    where = folder / "scheduler.json"
    named = ["--scheduler-file", str(where), "--no-dashboard"]
    command = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = [*command, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    workers = [*command, "distributed.cli.dask_worker", "--nworkers", "2", "--nthreads", "1"]
    running = [subprocess.Popen([*one, *named], **quiet) for one in (scheduler, workers)]  # type: ignore[call-overload]
    from distributed import Client

    while not where.exists():
        time.sleep(0.05)
    address = str(json.loads(where.read_text())["address"])
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2)
    return address, running


def measure(memory: bool) -> dict[str, tuple[int, Measured]]:
    """Each batch: how many jobs, and what it took."""
    found: dict[str, tuple[int, Measured]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script, template = folder / "run.py", folder / "template.yaml"
        script.write_text(RUN)
        template.write_text(TEMPLATE)
        people, clients = table(folder, MANY["rows"]), files(folder, MANY["files"])

        def add(what: str, jobs: int, **asked: object) -> None:
            measured = batch(script, output=folder / f"r{len(found)}", **asked)
            found[what] = (jobs, measured)
            print(f"{what}: {jobs / measured.seconds:.0f} a second", measured, flush=True)

        rows = {"places": [template], "table": people}
        for workers in (1, 2):
            add(f"rows, {workers} worker", MANY["rows"], **rows, workers=workers)
            add(f"files, {workers} worker", MANY["files"], places=[clients], workers=workers)
        address, running = cluster(folder)
        try:
            add("rows, Dask warming up", MANY["rows"], **rows, scheduler=address)
            add("rows, Dask", MANY["rows"], **rows, scheduler=address)
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait()
        large = folder / "large.yaml"
        large.write_text(TEMPLATE + "returns: {model: lognormal}\n")
        million = ["returns.paths=1_000_000"]
        add("a million paths, 2 workers", 1, places=[large], settings=million, workers=2)
        ten = [f"birth_year={','.join(str(1960 + n) for n in range(20))}"]
        add("10,000 paths each, 1 worker", 20, places=[large], grid=ten, workers=1)
        if memory:
            many = table(folder, 100_000)
            add("100,000 rows, 2 workers", 100_000, places=[template], table=many, workers=2)
            size = (folder / f"r{len(found) - 1}" / "results.sqlite").stat().st_size
            print(f"{size / 1e6:.0f} MB on the disk", flush=True)
    return found


def main() -> None:
    """Measures and prints a table in Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--memory", action="store_true", help="100,000 rows as well")
    found = measure(parser.parse_args().memory)
    print(f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} processors\n")
    print("| what | jobs | seconds | a second | parent MiB | largest worker MiB |")
    print("|---|--:|--:|--:|--:|--:|")
    for what, (jobs, one) in found.items():
        rate = f"{jobs / one.seconds:.1f}"
        print(
            f"| {what} | {jobs:,} | {one.seconds:.1f} | {rate} | {one.parent:.0f} | {one.worker:.0f} |"
        )


if __name__ == "__main__":
    main()
