"""What a batch varies: columns, settings and points of the grid are fields, and none writes over another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from simulator.batches.column_names import QUOTES
from simulator.batches.job import GRID, is_kept
from simulator.batches.table import Table, UnusableTable
from simulator.files.opened import Unreadable, content
from simulator.notation.letters import visible
from simulator.notation.mistakes import Argument, Mistake, Mistakes, Place, few_lines
from simulator.notation.ranges import BadRange, values
from simulator.notation.yaml_document import Document, document, is_field
from simulator.notation.yaml_reader import LARGEST, has_half_letters
from simulator.refusal import Refused
from simulator.scenario.explanation import NO_FIELD
from simulator.scenario.scenario import Scenario, mistakes_in

Grid = Sequence[tuple[str, ...]]
"""The assignments of each field of the grid."""


class NoJobs(Refused):
    """A batch was asked for that cannot be made: one line for the user."""


def points_of(written: str) -> tuple[str, ...]:
    """A field of the grid as assignments."""
    field, equals, listed = written.partition("=")
    if not equals or not is_field(field) or set(field) & QUOTES:
        raise NoJobs("write it like plan.nonelective=0%,3%", _of_grid(written))
    if has_half_letters(listed):
        raise NoJobs("the values are not UTF-8", _of_grid(field))
    try:
        return tuple(f"{field}={value}" for value in dict.fromkeys(values(listed)))
    except BadRange as error:
        raise NoJobs(str(error), _of_grid(field)) from None


def _of_grid(written: str) -> Argument:
    """How a part of the grid is named."""
    return Argument(f"{GRID} {visible(written)}")


def demand_fields(
    first: Path | Scenario, table: Table | None, settings: Sequence[str], grid: Grid
) -> None:
    """Raises where a column, the grid or a setting names no field, so that not every job has to say it.

    The first file answers for all; one that cannot be read says so as a job of its own.
    """
    try:
        if isinstance(first, Scenario):
            read = document(first.origin.content, first.source)
            for setting in first.settings:
                read.set(setting)
        else:
            read = document(content(first, LARGEST, "a scenario"), str(first))
    except (Unreadable, Mistakes) as why:
        if table is None:
            return
        told = (
            f"{visible(str(first))}: cannot be read: {why}"
            if isinstance(why, Unreadable)
            else str(why)
        )
        raise NoJobs(told) from None
    put = [partial(read.set, one) for one in settings]
    put += [partial(read.set, one[0], Argument(GRID)) for one in grid]
    if wrong := list(_wrong(read, put, ("--", GRID))):
        raise Mistakes(wrong)
    if table is not None:
        columns = enumerate(table.columns(), 1)
        put = [
            partial(read.put, name, "0", Place(str(table.file), 1, place))
            for place, name in columns
            if not is_kept(name)
        ]
        if wrong := list(_wrong(read, put, (str(table.file),))):
            raise UnusableTable(few_lines(wrong))


def demand_effect(table: Table | None, settings: Sequence[str], grid: Grid) -> None:
    """Raises where something that varies would be written over by what comes after it, in every job.

    First comes what is set, then the row, then the grid. An empty cell leaves what is set, so that a
    setting beside a column says something.
    """
    columns = table.columns() if table else []
    fields = [(place, name) for place, name in enumerate(columns, 1) if not is_kept(name)]
    for place, name in fields:
        for _, other in fields:
            if name != other and _covers(name, other):
                assert table is not None, "its columns are those of a table"
                where = f"{table.shown}:1:{place}"
                raise UnusableTable(
                    f"{where}: the column '{name}' would write over the column '{other}', which is a "
                    "part of it; leave one of them out"
                )
    names = (each.partition("=")[0] for each in settings)
    before = [(f"{name}, which is set for every job", name) for name in names]
    before += [(f"the column '{name}' of the table", name) for _, name in fields]
    for points in grid:
        name = points[0].partition("=")[0]
        told = f"{name}, which the grid varies"
        for other, earlier in before:
            if other == told:
                wrong = "is given twice; write all its values behind one: A,B,C"
                raise NoJobs(wrong, _of_grid(name))
            if _covers(name, earlier):
                wrong = f"would write over {visible(other)}; leave one of them out"
                raise NoJobs(wrong, _of_grid(name))
        before.append((told, name))


def _covers(name: str, other: str) -> bool:
    """Whether a field is another one, or the group around it."""
    return f"{other}.".startswith(f"{name}.")


def _wrong(
    read: Document, put: Sequence[Callable[[], None]], where: tuple[str, ...]
) -> Iterator[Mistake]:
    """What cannot be put into a scenario, and what is no field of one.

    Args:
        read: The scenario.
        put: Each puts something into it.
        where: How the places of what they put begin.
    """
    for one in put:
        try:
            one()
        except Mistakes as mistakes:
            yield from mistakes.mistakes
    for mistake in mistakes_in(read):
        if mistake.place.source.startswith(where) and mistake.message.startswith(NO_FIELD):
            yield mistake
