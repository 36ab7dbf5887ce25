"""One large scenario in pieces: blocks of its paths, whose amounts come together on the disk.

A piece is every amount on some paths. The parent writes each into a file with one row an amount; at the end
each row is the amount on all paths, of which the statistics are made as of any comparison.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.answer.comparison import Comparison
from simulator.batches.job import Job, file_hash
from simulator.conversion.rows import rows_of_all
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.paths.blocks import BLOCK
from simulator.paths.memory import size
from simulator.returns.model import AMOUNT, TOGETHER
from simulator.scenario.paid_out import payments_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import (
    after_tax_deposits,
    compared,
    done_by,
    timelines_of,
    unparked,
    went_in,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simulator.answer.known_outcome import Exactness

    Amounts = NDArray[np.float64]

FOLDER = "pieces"


class Large(NamedTuple):
    """A scenario that is cut into pieces.

    Attributes:
        key: What its answer is kept under.
        name: Its name.
        reads: Each file that it names, and the hash of its bytes.
        paths: How many paths it has.
        step: How many of them are a piece.
        warnings: What of it looks like a slip, a sentence each.
    """

    key: str
    name: str
    reads: tuple[tuple[str, str], ...]
    paths: int
    step: int
    warnings: tuple[str, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether a file that it names is no longer as it was."""
        return any(file_hash(file) != digest for file, digest in self.reads)


class Part(NamedTuple):
    """The amounts of one piece.

    Attributes:
        rows: Which amounts they are; the others are zero on every path.
        amounts: The amounts. [cents; row, path]
    """

    rows: tuple[int, ...]
    amounts: Amounts


def is_cut(job: Job, scenario: Scenario, most: int) -> bool:
    """Whether a job is cut into pieces: it has paths, and their amounts are larger than some size. [bytes]

    Wealth is told path by path, of whole timelines: a scenario that asks for it is answered in one.
    """
    paths = scenario.returns.paths if scenario.returns.drawn and not scenario.wealth else 0
    if size(scenario, paths) <= most:
        return False
    return not job.exact or bool(_compiled(job).on_paths)


def paths_of(scenario: Scenario, most: int) -> tuple[int, int]:
    """How many paths a scenario has, and how many of them are a piece: whole blocks, or less than one."""
    paths = scenario.returns.paths
    room = paths * most // size(scenario, paths)
    return paths, room // BLOCK * BLOCK or max(TOGETHER, room // TOGETHER * TOGETHER)


def piece(job: Job, paths: range) -> Part:
    """The amounts of a job on some of its paths."""
    import numpy as np

    from simulator.paths.table import fill, table

    scenario, _, timelines = _compiled(job)
    rows, count = rows_of_all(timelines)
    amounts = table(count, len(paths))
    fill(scenario, timelines, rows, amounts, paths, paths.start)
    some = np.flatnonzero(amounts.any(axis=1))
    return Part(tuple(map(int, some)), amounts[some, : len(paths)])


class _Compiled(NamedTuple):
    """A job, as far as no path is needed.

    Attributes:
        scenario: Its scenario.
        timelines: Those of its policies, then the same unparked.
        on_paths: Those of them that are simulated.
    """

    scenario: Scenario
    timelines: list[Timeline]
    on_paths: list[Timeline]


@lru_cache(maxsize=2)
def _compiled(job: Job) -> _Compiled:
    """A job as far as no path is needed; the next piece is mostly of the same."""
    scenario = job.scenario()
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    timelines = timelines_of(scenario, deposits, payments_of(scenario, years, deposits))
    every = [*timelines, *unparked(timelines)]
    if not job.exact:
        return _Compiled(scenario, every, every)
    from simulator.without_paths.exact import needing_paths

    return _Compiled(scenario, every, needing_paths(scenario.returns, every))


def warnings_of_all(job: Job) -> tuple[str, ...]:
    """What of the scenario of a job looks like a slip, under all its policies, a sentence each."""
    scenario, timelines, _ = _compiled(job)
    return scenario.returns.all_warnings(all_sessions(timelines))


class Spool:
    """The amounts of a large scenario, as they come in: one row an amount, one column a path.

    Args:
        folder: The results folder.
        large: The scenario.
    """

    def __init__(self, folder: Path, large: Large) -> None:
        self.file = folder / FOLDER / f"{large.key}.cents"
        self._paths = large.paths

    @property
    def there(self) -> bool:
        """Whether the file is there."""
        return self.file.exists()

    def put(self, start: int, part: Part) -> None:
        """Writes a piece that begins at a path.

        Raises:
            OSError: It cannot be written.
        """
        self.file.parent.mkdir(exist_ok=True)
        handle = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o666)
        with os.fdopen(handle, "r+b") as out:
            for row, amounts in zip(part.rows, part.amounts, strict=True):
                out.seek((row * self._paths + start) * AMOUNT)
                out.write(amounts.tobytes())
            out.flush()
            os.fsync(out.fileno())

    def comparison(self, job: Job) -> Comparison:
        """The comparison over all paths, whose amounts stay on the disk."""
        import numpy as np

        scenario, timelines, on_paths = _compiled(job)
        years = went_in(scenario)
        deposits = after_tax_deposits(scenario, years)
        rows, count = rows_of_all(on_paths)
        with self.file.open("r+b") as spooled:
            spooled.truncate(count * self._paths * AMOUNT)  # what was not written reads as zeros
        amounts = np.asarray(np.memmap(self.file, np.float64, "r", shape=(count, self._paths)))
        outcomes = [of.outcome(plan, amounts) for of, plan in zip(rows, on_paths, strict=True)]
        exactness: list[Exactness] = []
        if job.exact:
            from simulator.without_paths.exact import exact_or

            came_in = self._paths, outcomes
            _, outcomes, exactness = exact_or(scenario.returns, timelines, lambda _: came_in)
        done = done_by(scenario, deposits)
        return compared(
            scenario, years, deposits, timelines, outcomes, self._paths, done, exactness
        )

    def drop(self) -> None:
        """Deletes the file, and its folder where it was the last."""
        self.file.unlink(missing_ok=True)
        if self.file.parent.exists() and not any(self.file.parent.iterdir()):
            self.file.parent.rmdir()
