"""Where jobs come from: files, folders, the rows of a table on a template, and the product of a grid.

They are read as they are needed, so that memory does not grow with their number.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.batches.first_pay import with_first_pay
from simulator.batches.frame_table import FrameTable
from simulator.batches.job import Job
from simulator.batches.seen import Seen, seen
from simulator.batches.table import Table
from simulator.batches.what_varies import NoJobs, demand_effect, demand_fields, points_of
from simulator.files.opened import Unreadable, content, is_folder, trouble
from simulator.notation.letters import visible
from simulator.notation.taken import text_pairs, texts
from simulator.notation.yaml_reader import LARGEST
from simulator.readers.written import Asked
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class Sources:
    """What a batch was asked for.

    Attributes:
        files: The scenario files, and scenarios of Python; with a table the templates.
        table: The table whose rows change them.
        grid: Each field of the grid as the assignments of its values.
        settings: What is set in every job alike.
        table_seen: The table as it was before it was read.
        read: Each scenario file that was read so far, and the hash of what was read.
        exact: Whether what has an exact distribution is told by it.
    """

    files: tuple[Path | Scenario, ...]
    table: Table | None = None
    grid: tuple[tuple[str, ...], ...] = ()
    settings: tuple[str, ...] = ()
    table_seen: Seen | None = None
    read: dict[Path, str] = field(default_factory=dict)
    exact: bool = False

    def count(self) -> int:
        """How many jobs there are."""
        rows = self.table.count() if self.table else 1
        return len(self.files) * rows * prod(map(len, self.grid))

    def jobs(self) -> Iterator[Job]:
        """Each job, in order: file by file, row by row, the grid's last field fastest."""
        for place, file in enumerate(self.files, 1):
            alone = _in_python(file, place) if isinstance(file, Scenario) else self._in_file(file)
            for job in self._of_file(alone):
                for grid in product(*self.grid):
                    yield job._replace(grid=grid, settings=self.settings, exact=self.exact)

    def own(self) -> Iterator[str]:
        """The fields that scenarios of Python set."""
        for file in self.files:
            if isinstance(file, Scenario):
                yield from (setting.partition("=")[0] for setting in file.settings)

    def _in_file(self, file: Path) -> Job:
        try:
            read, fault = content(file, LARGEST, "a scenario"), ""
            self.read[file] = sha256(read).hexdigest()
        except Unreadable as why:
            read, fault = b"", f"cannot be read: {why}"
        return Job(str(file), str(file), read, fault=fault)

    def _of_file(self, alone: Job) -> Iterator[Job]:
        if self.table is None:
            yield alone
            return
        for row in self.table.rows():
            yield alone._replace(
                source=f"{self.table.file}:{row.line}",
                line=row.line,
                cells=with_first_pay(row, alone, self.settings) if row.hired else row.cells,
                fault=alone.fault or row.fault,
                faulty=row.column,
            )


def _in_python(scenario: Scenario, place: int) -> Job:
    """A scenario of Python; one that no file was read for is told by its place."""
    origin = scenario.origin
    source = origin.source or f"scenario {place}"
    return Job(source, source, origin.content, template=origin)


def sources(
    places: Sequence[str | Path | Scenario],
    table: str | Path | pd.DataFrame | None = None,
    grid: Sequence[str] = (),
    settings: Sequence[str] = (),
    mapping: Mapping[str, str] | None = None,
    exact: bool = False,
    asked_by: Asked = "arguments",
) -> Sources:
    """The jobs that were asked for.

    Args:
        places: Scenario files, and folders of them, each of which counts once; and scenarios.
        table: CSV, XLSX, Parquet or data frame; its columns are fields, or those of an HR export.
        grid: Fields and their values: `plan.nonelective=0%,3%`, `pay.salary=100_000:200_000:50_000`.
        settings: Assignments that hold for every job.
        mapping: Names of the table's columns, and the fields that they set.
        exact: Whether what has an exact distribution is told by it.
        asked_by: Who asks: what is to be written in place of a slip is told as they write it.

    Raises:
        NoJobs: There is nothing to do, or a part of the question cannot be read.
        UnusableTable: The table cannot be read, or has columns that are no fields.
    """
    once: dict[object, Path | Scenario] = {}
    for at, place in enumerate(places):
        if isinstance(place, Scenario):
            once[at] = place
        elif place == "":
            raise NoJobs("a name is empty; write one, or . for the folder where you are")
        else:
            once |= {file: file for file in _files(Path(place))}
    files = tuple(once.values())
    if not files:
        named = ", ".join(visible(str(place)) for place in places) or "nothing was named"
        raise NoJobs(f"{named}: no scenario file there; they end in {' or '.join(ENDINGS)}")
    every = texts("settings", settings, "pay.salary=180_000")
    pairs = text_pairs("mapping", mapping, '{"Annual Salary": "pay.salary"}')
    if pairs and table is None:
        raise NoJobs("a mapping names columns of a table; give a table too")
    read, before = None, None
    if isinstance(table, str | Path):
        if table == "":
            raise NoJobs("the table's name is empty; write one, or leave the table out")
        read = Table(Path(table), pairs, asked_by)
        before = seen(read.file)
    elif table is not None:
        read = _in_memory(table, pairs)
    if read is not None:
        read.check()
        read.demand_rows()
    points = tuple(map(points_of, texts("grid", grid, "plan.nonelective=0%,3%")))
    asked = Sources(files, read, points, every, before, exact=exact)
    demand_effect(read, every, points)
    demand_fields(files[0], read, every, points)
    return asked


def _in_memory(table: pd.DataFrame, mapping: tuple[tuple[str, str], ...]) -> FrameTable:
    """A data frame as a table; it is known by what it can do, so that no command needs pandas."""
    if not hasattr(table, "itertuples"):
        raise NoJobs(f"a table of type {type(table).__name__}; give a file or a data frame")
    return FrameTable.of(table, mapping)


def _files(place: Path) -> Iterator[Path]:
    """A file; or the scenario files of a folder and those below it, in order."""
    if is_folder(place):
        yield from sorted(_below(place))
        return
    why = trouble(place)
    if why == os.strerror(errno.ENOENT):
        why = "no such file or folder"
    if why:
        raise NoJobs(f"{visible(str(place))}: {why}")
    yield place


def _below(folder: Path) -> Iterator[Path]:
    """The scenario files of a folder and of those below it, without what is hidden."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    elif entry.name.lower().endswith(ENDINGS):
                        yield Path(entry.path)
        except OSError as error:
            raise NoJobs(f"{visible(str(here))}: cannot be read: {error.strerror}") from None
