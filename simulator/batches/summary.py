"""Reading results: by policy Box 2a over people, what each cadence avoids, and who loses most."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.batches.reading import State, reading, state
from simulator.batches.results import Unusable
from simulator.batches.views import NOW
from simulator.distribution import distribution

JOBS = f"FROM jobs j JOIN totals t USING (answer) WHERE j.state = 'done' AND j.{NOW}"
LEAVING = 0.005
"""What is less than a cent is nothing. [dollars]"""


@dataclass(frozen=True)
class PolicySummary:
    """One policy over all who have it.

    Attributes:
        policy: Its name.
        people: How many scenarios have it.
        box_2a: Statistics over them of each one's mean Box 2a, all forms together. [dollars]
        total: The sum. [dollars]
        most: The largest. [dollars]
        avoided: By how much the sum is below that of `Summary.against`, over those who have both. [dollars]
        tax_avoided: The same of the tax; None where no scenario has tax rates. [dollars]
        left: What has no date to leave on and stays in the after-tax subaccounts. [dollars]
    """

    policy: str
    people: int
    box_2a: dict[str, float]
    total: float
    most: float
    avoided: float
    tax_avoided: float | None
    left: float


@dataclass(frozen=True)
class Loser:
    """Someone whom waiting costs much.

    Attributes:
        source: Where the scenario was asked for.
        name: Its name.
        policy: The policy that converts everything and taxes most.
        box_2a: What it taxes. [dollars]
        best: The one that taxes least.
        lost: How much more that is than under the best. [dollars]
        tax_lost: The same of the tax; None without tax rates. [dollars]
    """

    source: str
    name: str
    policy: str
    box_2a: float
    best: str
    lost: float
    tax_lost: float | None


@dataclass(frozen=True)
class Summary:
    """A batch, summed up.

    Attributes:
        state: How far the batch is.
        against: The policy that the others are compared with.
        policies: Each policy, in the order of the scenarios.
        losers: Those who lose most by it, the first the most.
    """

    state: State
    against: str
    policies: tuple[PolicySummary, ...]
    losers: tuple[Loser, ...]

    def to_dict(self) -> dict[str, Any]:
        """The summary in the shape of the JSON output. [dollars]"""
        return {
            "schema": 1,
            "complete": self.state.complete,
            "answered": self.state.done,
            "failed": self.state.failed,
            "against": self.against,
            "policies": list(self.records()),
            "losers": [vars(one) for one in self.losers],
        }

    def records(self) -> Iterator[dict[str, Any]]:
        """A record for each policy. [dollars]"""
        yield from (dict(vars(one)) for one in self.policies)


def summary(folder: str | Path, against: str | None = None, losers: int = 5) -> Summary:
    """Sums a batch up.

    Args:
        folder: The results folder.
        against: The policy that the others are compared with; by default the one that taxes most of those
            that leave nothing behind.
        losers: How many of those who lose most are named.

    Raises:
        Unusable: There are no results, or nobody has such a policy.
    """
    with reading(folder) as database:
        names = [
            str(row[0])
            for row in database.execute(
                f"SELECT t.policy {JOBS} GROUP BY 1 ORDER BY min(t.place), 1"
            )
        ]
        if not names:
            raise Unusable(f"{folder}: no scenario has an answer; see its errors.jsonl")
        if against is not None and against not in names:
            raise Unusable(f"--against: nobody has the policy '{against}'; {', '.join(names)}")
        chosen = against or _dearest(database) or names[0]
        return Summary(
            state(database),
            chosen,
            tuple(_policy(database, name, chosen) for name in names),
            tuple(_losers(database, losers)),
        )


def _dearest(database: sqlite3.Connection) -> str | None:
    """The policy that taxes most in all, of those that leave nothing behind."""
    found = database.execute(
        f"SELECT t.policy {JOBS} GROUP BY 1 HAVING max(t.left_for_good) < {LEAVING} "
        "ORDER BY sum(t.box_2a_mean) DESC, min(t.place) LIMIT 1"
    ).fetchone()
    return str(found[0]) if found else None


def _policy(database: sqlite3.Connection, name: str, against: str) -> PolicySummary:
    import numpy as np

    found = database.execute(
        f"SELECT t.box_2a_mean {JOBS} AND t.policy = ? ORDER BY j.place", (name,)
    )
    cents = np.rint(np.fromiter((row[0] for row in found), np.float64) * 100)
    avoided, tax = _avoided(database, name, against)
    left = database.execute(f"SELECT sum(t.left_for_good) {JOBS} AND t.policy = ?", (name,))
    return PolicySummary(
        name,
        cents.size,
        distribution(cents, taxable=True),
        float(cents.sum()) / 100,
        float(cents.max()) / 100,
        avoided,
        tax,
        round(left.fetchone()[0], 2),
    )


def _avoided(database: sqlite3.Connection, name: str, against: str) -> tuple[float, float | None]:
    """Box 2a and tax that a policy avoids against another, over those who have both. [dollars]"""
    both = JOBS.replace("WHERE", "JOIN totals o USING (answer) WHERE")
    box_2a, tax = database.execute(
        f"SELECT sum(o.box_2a_mean - t.box_2a_mean), sum(o.tax_mean - t.tax_mean) {both} "
        "AND t.policy = ? AND o.policy = ?",
        (name, against),
    ).fetchone()
    return round(box_2a or 0.0, 2), None if tax is None else round(tax, 2)


def _losers(database: sqlite3.Connection, count: int) -> Iterator[Loser]:
    """Those whose policies that leave nothing behind differ most in Box 2a."""
    found = database.execute(
        f"WITH complete AS (SELECT j.place AS job, j.source, j.name, t.* {JOBS} "
        f"AND t.left_for_good < {LEAVING}), "
        "ends AS (SELECT job, min(box_2a_mean) AS least, max(box_2a_mean) AS most FROM complete "
        "GROUP BY job ORDER BY most - least DESC, job LIMIT ?) "
        "SELECT w.source, w.name, w.policy, w.box_2a_mean, b.policy, "
        "round(e.most - e.least, 2), round(w.tax_mean - b.tax_mean, 2), "
        "min(w.place * 1000 + b.place) "
        "FROM ends e JOIN complete w ON w.job = e.job AND w.box_2a_mean = e.most "
        "JOIN complete b ON b.job = e.job AND b.box_2a_mean = e.least "
        "WHERE e.most > e.least GROUP BY e.job "
        "ORDER BY e.most - e.least DESC, e.job",
        (count,),
    )
    yield from (Loser(*row[:-1]) for row in found)
