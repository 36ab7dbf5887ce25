"""One job of a batch: a scenario file, what a table's row and the grid change in it, and its key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from simulator.batches.personal import PERSONAL, fault
from simulator.batches.template import Groups, checked_groups, document_with, share, top, written
from simulator.notation.letters import visible
from simulator.notation.mistakes import Argument, Mistake, Mistakes, Place
from simulator.notation.yaml_document import value_in
from simulator.notation.yaml_reader import PLAIN
from simulator.readers.dated_csv import digest
from simulator.readers.people import KEPT
from simulator.returns.series import HistoricalModel
from simulator.scenario.scenario import Origin, Scenario, scenario_in
from simulator.version import __version__

ROOMS = Path(__file__).parent.parent
LAW = ("days/closures.csv", *(f"law/{file.name}" for file in sorted((ROOMS / "law").glob("*.csv"))))
"""The law and the calendars that every answer depends on."""

WORDS = {"name", "notes", "label"}
"""Fields whose cells are texts, whatever they look like."""

GRID = "grid"
"""The argument of a batch whose values multiply its jobs."""

WITHOUT_PATHS = "exact where it can be"
"""What is hashed beside a question whose answer is no simulation's."""


def is_kept(column: str) -> bool:
    """Whether a column changes nothing: it is a mark of the user's, or is asked of people by the ACP test."""
    return column.startswith(KEPT) or column in PERSONAL


class Cell(NamedTuple):
    """One cell of a table.

    Attributes:
        field: The field that it sets, like `pay.salary`; with `KEPT` in front, none.
        text: What stands there.
        column: Which column it stands in, from 1.
        share: Whether it is a number of Python between -1 and 1, where a file has a share with its sign.
    """

    field: str
    text: str
    column: int
    share: bool = False


class Job(NamedTuple):
    """A scenario to be answered.

    Attributes:
        source: Where it was asked for: a file, or a row like `people.csv:17`.
        file: The scenario file, or the template under the row.
        content: Its bytes.
        cells: What the row sets.
        grid: What the grid sets, like `plan.nonelective=3%`.
        settings: What is set in every job alike.
        line: The row's line in its table; 0 where there is no table.
        fault: Why the file or the row cannot be read, where it cannot.
        faulty: Which cell of the row that is, from 1.
        template: What the scenario was read from, where it came from Python and not from the file.
        exact: Whether what has an exact distribution is told by it, without paths.
    """

    source: str
    file: str
    content: bytes
    cells: tuple[Cell, ...] = ()
    grid: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    line: int = 0
    fault: str = ""
    faulty: int = 1
    template: Origin | None = None
    exact: bool = False

    @property
    def own(self) -> tuple[str, ...]:
        """What the scenario itself sets, where it came from Python."""
        return self.template.settings if self.template else ()

    @property
    def folder(self) -> Path:
        """Where the files that the scenario names are looked for."""
        return self.template.folder if self.template else Path(self.file).parent

    @property
    def table(self) -> str:
        """The table that the row is of."""
        return self.source.rpartition(":")[0] if self.line else ""

    @property
    def varied(self) -> str:
        """What was varied, and what is kept beside the results, as JSON."""
        pairs = {cell.field: cell.text for cell in self.cells}
        pairs |= dict(_parted(one) for one in self.grid)
        replaced = tuple(f"{name}." for name in pairs)
        for field, value in map(_parted, self.own):
            if not f"{field}.".startswith(replaced):
                pairs[field] = value
        return json.dumps(pairs, ensure_ascii=False)

    @property
    def asked(self) -> str:
        """A hash of the question as it was put: equal questions have equal answers.

        Files that the scenario names are not in it; they are known once it is read.
        """
        parts = [basis(), str(self.folder), self.fault, *self.settings, *self.grid]
        parts += [text for cell in self.cells for text in cell[:2]]
        parts += [f"{cell.field} is a share" for cell in self.cells if cell.share]
        parts += ["from Python", *self.own, str(self.template.within)] if self.template else []
        parts += [WITHOUT_PATHS] if self.exact else []
        told = json.dumps(parts).encode()
        return sha256(b"%d\n" % len(told) + told + self.content).hexdigest()

    def scenario(self) -> Scenario:
        """The scenario, checked.

        Raises:
            Mistakes: All that is wrong, each with the row's place or the file's.
        """
        if self.fault:
            place = Place(self.table, self.line, self.faulty) if self.line else Place(self.file)
            raise Mistakes([Mistake(place, (), self.fault)])
        changed = frozenset(map(top, [*(cell.field for cell in self.cells), *self.grid]))
        shared = checked_groups(self.content, self.file, (*self.own, *self.settings), changed)
        if shared:
            with suppress(Mistakes):  # whose places the whole document tells
                return self._checked(shared)
        scenario = self._checked({})
        share(shared, scenario, changed)
        return scenario

    def _checked(self, groups: Groups) -> Scenario:
        """The scenario, of which some groups are checked already."""
        read = document_with(self.content, self.file, (*self.own, *self.settings), groups)
        for cell in self.cells:
            place = Place(self.table, self.line, cell.column)
            if cell.field in PERSONAL and (wrong := fault(cell.field, cell.text)):
                read.mistakes.append(Mistake(place, (cell.field,), wrong))
            if not is_kept(cell.field):
                try:
                    read.put(cell.field, _value(cell, place), place)
                except Mistakes as mistakes:  # the other cells are looked at all the same
                    read.mistakes += mistakes.mistakes
        for assignment in self.grid:
            read.set(assignment, Argument(GRID))
        cells = (f"{cell.field}={cell.text}" for cell in self.cells)
        settings = (*self.own, *self.settings, *cells, *self.grid)
        within = self.template.within if self.template else None
        return scenario_in(
            read, Origin(self.content, visible(self.file), self.folder, settings, within)
        )


def _parted(assignment: str) -> tuple[str, str]:
    field, _, value = assignment.partition("=")
    return field, value


def _value(cell: Cell, place: Place) -> Any:
    """What a cell says: a text, true or false; a list or a mapping where it begins like one.

    Raises:
        Mistakes: It begins like one and is none.
    """
    if cell.share:
        return Decimal(cell.text)
    words = cell.text.strip()
    if cell.field.rpartition(".")[2] in WORDS:
        return cell.text
    if words.startswith(("[", "{")):
        try:
            return deepcopy(_bracketed(words))
        except Mistakes as wrong:
            field = tuple(cell.field.split("."))
            raise Mistakes(
                one._replace(place=place, path=field + one.path) for one in wrong.mistakes
            ) from None
    return PLAIN.get(words, words)


@lru_cache(maxsize=64)
def _bracketed(text: str) -> Any:
    """A list or a mapping of a cell; rows share them."""
    return value_in(text, Place(""))


@cache
def basis() -> str:
    """The version and the law that every answer depends on, as a hash."""
    digest = sha256(__version__.encode())
    for name in LAW:
        digest.update((ROOMS / name).read_bytes())
    return digest.hexdigest()


def files_read(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Each file that a scenario reads, and the hash of its bytes."""
    yield from ((str(file), file_hash(file)) for file in scenario.files_read())


def file_hash(file: str | Path) -> str:
    """The hash of a file's bytes; empty where it cannot be read any more."""
    try:
        known = Path(file).stat()
        return _file_hash(str(file), known.st_mtime_ns, known.st_size)
    except (OSError, Mistakes):
        return ""


@lru_cache(maxsize=1024)
def _file_hash(file: str, changed: int, size: int) -> str:  # noqa: ARG001
    return digest(Path(file))


def key(scenario: Scenario, exact: bool = False) -> str:
    """What an answer is kept under: a hash of all that it depends on.

    That is the resolved scenario, the bytes of the files that it names, the version and the law; and whether
    what has an exact distribution is told by it.
    """
    own, shared = written(scenario)
    named = [digest for _, digest in files_read(scenario)]
    parts = [(own, "deposits"), (own["returns"], "prices")]
    if parked := own["returns"].get("after_tax"):
        parts.append((parked, "prices"))
    for group, name in parts:
        if told := group.get(name):
            columns = told if isinstance(told, dict) else {}
            group[name] = {**columns, "file": "in the hash"}
    method = [WITHOUT_PATHS] if exact else []
    text = json.dumps([own, shared, named, _bundled(scenario), basis(), *method])
    return sha256(text.encode()).hexdigest()


def _bundled(scenario: Scenario) -> str:
    """The release that the bundled prices come from, where a scenario draws on them."""
    draws = (fund for fund in scenario.returns.funds if isinstance(fund, HistoricalModel))
    return _history_release() if any(fund.prices is None for fund in draws) else ""


@cache
def _history_release() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("arch")
    except PackageNotFoundError:
        return ""
