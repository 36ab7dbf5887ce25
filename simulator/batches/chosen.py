"""The jobs of a batch that are summed up, and what tells their groups apart.

The points of a grid, and several scenario files under one table, are designs that the same people live
under: nobody counts twice, so each design is a group of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from simulator.batches.personal import FALSE
from simulator.batches.views import NOW, varied
from simulator.refusal import Refused

CHOSEN = """
CREATE TEMP TABLE chosen AS
SELECT j.place AS job, j.source, j.name, j.answer, {by} AS value, {design} AS design,
  lower(trim(coalesce({covered}, 'true'))) NOT IN ({none}) AND (
    EXISTS (SELECT 1 FROM contributions c WHERE c.answer = j.answer AND c.after_tax > 0)
    OR EXISTS (SELECT 1 FROM totals t WHERE t.answer = j.answer
               AND (t.box_1_mean > 0 OR t.left_value_mean > 0))) AS contributes
FROM jobs j WHERE j.state = 'done' AND j.{now}
"""
"""The jobs of the last batch that have an answer, each with the value that tells its group, and its design.

Who contributes has after-tax money, of the years or from before; whom the plan does not cover has none."""

AS_IT_IS = "as the file has it"
"""A field that is not varied in a job."""


class Groups(NamedTuple):
    """What tells groups apart.

    Attributes:
        by: The fields, in a text; None where all are one group.
        design: Those of them that tell designs apart, which the same people live under; None where there is
            one design.
    """

    by: str | None
    design: str | None


class Group(NamedTuple):
    """The people of a group.

    Attributes:
        value: What tells it from the others; None where there is one.
        people: How many have an answer.
        contributing: How many of them have after-tax money.
        after_tax: What went in after tax, all of theirs and all years together. [dollars]
    """

    value: str | None
    people: int
    contributing: int
    after_tax: float


def choose(database: sqlite3.Connection, by: str | None) -> Groups:
    """Puts the jobs that are summed up into a table of their own, `chosen`.

    Args:
        database: The results.
        by: A field that the batch varied, or `template`.

    Raises:
        Refused: Nothing varies so.
    """
    fields, grid, people = database.execute(
        "SELECT fields, grid, people FROM batches ORDER BY batch DESC LIMIT 1"
    ).fetchone()
    known = [*json.loads(fields), "template"]
    if by is not None and by not in known:
        raise Refused(f"'{by}' did not vary; write one of {', '.join(known)}", "by")
    designs = _designs(database, json.loads(grid), people is not None)
    parts = list(dict.fromkeys([*designs, *([by] if by else [])]))
    none = ", ".join(f"'{word}'" for word in FALSE)
    told = {"by": _value(parts), "design": _value(designs), "covered": varied("covered")}
    database.execute(CHOSEN.format(**told, none=none, now=NOW))
    return Groups(", ".join(parts) or None, ", ".join(designs) or None)


def _designs(database: sqlite3.Connection, grid: Sequence[str], table: bool) -> list[str]:
    """What tells designs apart: the grid's fields, and the scenario file where people stand under several."""
    count = database.execute(f"SELECT count(DISTINCT file) FROM jobs WHERE {NOW}").fetchone()[0]
    return [*(["template"] if table and count > 1 else []), *grid]


def _value(parts: Sequence[str]) -> str:
    """What tells a job's group, in SQL."""
    found = ["j.file" if one == "template" else varied(one) for one in parts]
    if len(found) < 2:
        return found[0] if found else "NULL"
    return " || ', ' || ".join(f"coalesce({one}, '{AS_IT_IS}')" for one in found)


def groups(database: sqlite3.Connection) -> tuple[Group, ...]:
    """The groups of the chosen jobs, in the order of the scenarios."""
    found = database.execute(
        "SELECT value, count(*), sum(contributes), sum((SELECT coalesce(sum(c.after_tax), 0) "
        "FROM contributions c WHERE c.answer = chosen.answer) * contributes) "
        "FROM chosen GROUP BY value ORDER BY min(job)"
    )
    return tuple(Group(value, people, who, round(sum_, 2)) for value, people, who, sum_ in found)


def leave_out_who_puts_nothing_in(database: sqlite3.Connection) -> None:
    """Keeps of the chosen jobs those with after-tax money; of a group in which nobody has any, all."""
    database.execute(
        "DELETE FROM chosen WHERE NOT contributes "
        "AND coalesce(value, '') IN (SELECT coalesce(value, '') FROM chosen WHERE contributes)"
    )
