"""A batch on a Dask cluster: the same bytes as by processes, also where a worker is killed."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.batches.cluster import NoCluster
from simulator.refusal import Refused
from tests.batches import ROOT, UNEVEN, company, counted, exported, kill, template


class Cluster:
    """A scheduler and two workers, each with its nanny, as one starts them by hand."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self._run = [self._started(*scheduler, "--scheduler-file", str(self._file))]
        workers = ["dask_worker", "--nworkers", "2", "--nthreads", "1", "--no-dashboard"]
        self._run.append(self._started(*workers, "--scheduler-file", str(self._file)))
        try:
            self.address = self._address()
            with self.client() as client:
                client.wait_for_workers(2, timeout=60)
        except BaseException:
            self.close()
            raise

    def _address(self) -> str:
        while True:  # the file is there before it is written
            try:
                return str(json.loads(self._file.read_text())["address"])
            except (FileNotFoundError, json.JSONDecodeError):
                time.sleep(0.02)

    def _started(self, *arguments: str) -> "subprocess.Popen[bytes]":
        module, *options = arguments
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )

    def client(self) -> Any:
        from distributed import Client

        return Client(self.address, set_as_default=False)

    def workers(self) -> list[int]:
        """The processes of the workers."""
        with self.client() as client:
            return sorted(client.run(os.getpid).values())

    def close(self) -> None:
        for process in reversed(self._run):
            process.terminate()
            process.wait(30)


pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    yield running
    running.close()


def test_a_cluster_gives_the_same_bytes_as_processes(tmp_path: Path, cluster: Cluster) -> None:
    file, table = template(tmp_path), company(tmp_path, 40)
    simulator.batch(file, tmp_path / "here", table=table)
    simulator.batch(file, tmp_path / "there", table=table, scheduler=cluster.address)
    for view in ("results", "results_total"):
        assert exported(tmp_path / "here", view) == exported(tmp_path / "there", view)


def test_pieces_on_a_cluster_and_a_client_of_ones_own(tmp_path: Path, cluster: Cluster) -> None:
    file = template(tmp_path, UNEVEN)
    simulator.batch(file, tmp_path / "here")
    with cluster.client() as client:
        simulator.batch(file, tmp_path / "there", scheduler=client, piece=1 << 20)
    assert exported(tmp_path / "here") == exported(tmp_path / "there")


def test_a_killed_worker_of_a_cluster_loses_nothing(tmp_path: Path, cluster: Cluster) -> None:
    file, table, to = template(tmp_path), company(tmp_path, 160), tmp_path / "there"
    simulator.batch(file, tmp_path / "here", table=table)
    victim = cluster.workers()[0]
    killer = threading.Thread(target=_kill_once_there_are, args=(to, 10, victim))
    killer.start()
    done = simulator.batch(file, to, table=table, scheduler=cluster.address)
    killer.join()
    assert done.failed == 0
    assert exported(tmp_path / "here") == exported(to)


def _kill_once_there_are(to: Path, count: int, victim: int) -> None:
    for _ in range(3_000):
        try:
            if counted(to) >= count:
                break
        except Refused:  # it is not there yet
            pass
        time.sleep(0.01)
    kill(victim)


def test_a_scheduler_that_is_not_there_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.batches.cluster.TO_CONNECT", 1)
    with pytest.raises(NoCluster, match="no scheduler answers there"):
        simulator.batch(template(tmp_path), tmp_path / "r", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(NoCluster, match="write it like tcp://"):
        simulator.batch(template(tmp_path), tmp_path / "r", scheduler="what?")
