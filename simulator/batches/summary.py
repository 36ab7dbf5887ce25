"""Reading results: Box 2a over people by policy, what each avoids, for whom it is best, who loses most."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.answer.statistics import distribution
from simulator.batches.acp import AcpOfDesign, acp_tests
from simulator.batches.chosen import Group, choose, groups, leave_out_who_puts_nothing_in
from simulator.batches.database import UnusableFolder
from simulator.batches.reading import State, reading, state
from simulator.notation.letters import visible
from simulator.refusal import Refused

TOTALS = "FROM chosen j JOIN totals t USING (answer)"


def taxable(row: str) -> str:
    """Box 2a over all forms, of a row of totals, in SQL."""
    return f"({row}.box_2a_mean + coalesce({row}.paid_out_taxable_mean, 0))"


def all_tax(row: str) -> str:
    """The tax with the 10% on what is paid out early, in SQL; NULL without tax rates."""
    return f"({row}.tax_mean + coalesce({row}.additional_tax_mean, 0))"


@dataclass(frozen=True)
class PolicySummary:
    """One policy over all who have it.

    Attributes:
        value: What tells their group from the others; None where there is one group.
        policy: Its name.
        people: How many scenarios with after-tax money have it; the others are in none of the figures.
        box_2a: Statistics over them of each one's mean Box 2a, all forms together. [dollars]
        total: The sum. [dollars]
        most: The largest. [dollars]
        tax: What it costs in tax, all together; None where no scenario has tax rates. [dollars]
        tax_each: That for each of them. [dollars]
        avoided: By how much the sum is below that of `Summary.against`, over those who have both. [dollars]
        tax_avoided: The same of the tax; None where no scenario has tax rates. [dollars]
        left: What has no date to leave on and stays inside; None where that is not known of some. [dollars]
        measure: What the verdicts weigh; None where that is not the same for all.
        best_for: For how many it is the best.
        costs_more: What it costs more than each one's best by that measure, together; None where it leaves
            somebody's money behind. [dollars]
        exact: For how many its figures are exact; None where that was not asked for.
    """

    value: str | None
    policy: str
    people: int
    box_2a: dict[str, float]
    total: float
    most: float
    tax: float | None
    tax_each: float | None
    avoided: float
    tax_avoided: float | None
    left: float | None
    measure: str | None
    best_for: int
    costs_more: float | None
    exact: int | None = None


@dataclass(frozen=True)
class Loser:
    """Someone whom waiting costs much.

    Attributes:
        source: Where the scenario was asked for.
        name: Its name.
        value: What tells its group from the others; None where there is one group.
        policy: The policy that converts everything and costs most.
        box_2a: What it taxes. [dollars]
        best: The verdict's best.
        lost: How much more that is than under the best. [dollars]
        tax_lost: The same of the tax; None without tax rates. [dollars]
        measure: What the verdict weighs.
        costs_more: What it costs more by that. [dollars]
    """

    source: str
    name: str
    value: str | None
    policy: str
    box_2a: float
    best: str
    lost: float
    tax_lost: float | None
    measure: str
    costs_more: float


@dataclass(frozen=True)
class Summary:
    """A batch, summed up.

    Attributes:
        state: How far the batch is.
        against: The policy that the others are compared with.
        by: The fields whose values tell the groups apart, if there are groups.
        design: Those of them that tell designs apart, which the same people live under: the points of a grid.
        asked: Whether groups were asked for.
        groups: Each group, in the order of the scenarios.
        policies: Each policy of each group, in the order of the scenarios.
        losers: Those who lose most by it, the first the most.
        acp: The ACP test of each design, where it is asked for.
    """

    state: State
    against: str
    by: str | None
    design: str | None
    asked: bool
    groups: tuple[Group, ...]
    policies: tuple[PolicySummary, ...]
    losers: tuple[Loser, ...]
    acp: tuple[AcpOfDesign, ...]

    @property
    def designs(self) -> bool:
        """Whether the groups are designs beside each other, and not parts of the people too."""
        return self.design is not None and self.design == self.by

    def saved(self, policy: PolicySummary) -> float:
        """What a policy costs less than `against`, over its group. [dollars]

        By the verdicts' measure; where one of the two leaves money behind, taxable earnings.
        """
        beside = (
            one.costs_more
            for one in self.policies
            if (one.value, one.policy) == (policy.value, self.against)
        )
        dearer = next(beside, None)
        if dearer is None or policy.costs_more is None:
            return policy.avoided
        return dearer - policy.costs_more

    def to_dict(self) -> dict[str, Any]:
        """The summary in the shape of the JSON output. [dollars]"""
        return {
            "schema": 1,
            "complete": self.state.complete,
            "answered": self.state.done,
            "failed": self.state.failed,
            **({"changed": list(self.state.changed)} if self.state.changed else {}),
            **({"warnings": list(self.state.warnings)} if self.state.warnings else {}),
            "against": self.against,
            "by": self.by,
            "groups": [self._told(one._asdict()) for one in self.groups],
            "policies": list(self.records()),
            "losers": [vars(one) for one in self.losers],
            **({"acp": [one.record(self.design) for one in self.acp]} if self.acp else {}),
        }

    def records(self) -> Iterator[dict[str, Any]]:
        """A record for each policy of each group. [dollars]"""
        for one in self.policies:
            told = dict(vars(one))
            if one.exact is None:
                del told["exact"]
            yield self._told(told)

    def _told(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record under the name of the fields that tell its group, if there are groups."""
        value = record.pop("value")
        return record if self.by is None else {self.by: value} | record


def summary(
    folder: str | Path, against: str | None = None, losers: int = 5, by: str | None = None
) -> Summary:
    """Sums a batch up.

    Args:
        folder: The results folder.
        against: The policy that the others are compared with; by default the one that costs most of those
            that leave nothing behind.
        losers: How many of those who lose most are named.
        by: A field that the batch varied, or `template`: people are summed up for each of its values. The
            points of a grid are never added up.

    Raises:
        UnusableFolder: There are no results.
        Refused: Nobody has such a policy, or nothing varies so.
    """
    with reading(folder) as database:
        grouped = choose(database, by)
        people, tests = groups(database), tuple(acp_tests(database))
        leave_out_who_puts_nothing_in(database)
        found = database.execute(
            f"SELECT value, t.policy {TOTALS} GROUP BY 1, 2 "
            "ORDER BY min(j.job) OVER (PARTITION BY value), min(t.place), 2"
        ).fetchall()
        names = list(dict.fromkeys(str(policy) for _, policy in found))
        if not names:
            begun = state(database)
            why = "no scenario has an answer; see its errors.jsonl"
            if not (begun.complete or begun.failed):
                why = "no scenario has an answer yet; if it was interrupted, the same mbdr batch goes on"
            raise UnusableFolder(f"{visible(str(folder))}: {why}")
        if against is not None and against not in names:
            raise Refused(f"nobody has the policy '{against}'; {', '.join(names)}", "against")
        chosen = against or _dearest(database) or names[0]
        return Summary(
            state(database),
            chosen,
            *grouped,
            by is not None,
            people,
            tuple(_policy(database, value, name, chosen) for value, name in found),
            tuple(_losers(database, losers)),
            tests,
        )


def _dearest(database: sqlite3.Connection) -> str | None:
    """The policy that costs most in all, of those that every verdict ranks."""
    found = database.execute(
        f"SELECT t.policy {TOTALS} GROUP BY 1 HAVING count(t.costs_more) = count(*) "
        "ORDER BY sum(t.costs_more) DESC, min(t.place) LIMIT 1"
    ).fetchone()
    return str(found[0]) if found else None


def _policy(
    database: sqlite3.Connection, value: str | None, name: str, against: str
) -> PolicySummary:
    import numpy as np

    theirs = f"{TOTALS} WHERE j.value IS ? AND t.policy = ?"
    found = database.execute(f"SELECT {taxable('t')} {theirs} ORDER BY j.job", (value, name))
    cents = np.rint(np.fromiter((row[0] for row in found), np.float64) * 100)
    avoided, tax = _avoided(database, value, name, against)
    paid, left, ranked, best_for, costs, measure, measures, exact = database.execute(
        f"SELECT sum({all_tax('t')}), "
        " iif(count(t.left_for_good) = count(*), sum(t.left_for_good), NULL), "
        "count(t.costs_more), sum(t.best), sum(t.costs_more), "
        f"min(t.measure), count(DISTINCT t.measure), sum(t.method = 'exact') {theirs}",
        (value, name),
    ).fetchone()
    return PolicySummary(
        value,
        name,
        cents.size,
        distribution(cents, taxable=True),
        float(cents.sum()) / 100,
        float(cents.max()) / 100,
        None if paid is None else round(paid, 2),
        None if paid is None else round(paid / cents.size, 2),
        avoided,
        tax,
        None if left is None else round(left, 2),
        measure if measures == 1 else None,
        best_for or 0,
        round(costs, 2) if ranked == cents.size else None,
        exact,
    )


def _avoided(
    database: sqlite3.Connection, value: str | None, name: str, against: str
) -> tuple[float, float | None]:
    """Box 2a and tax that a policy avoids against another, over those who have both. [dollars]"""
    box_2a, tax = database.execute(
        f"SELECT sum({taxable('o')} - {taxable('t')}), sum({all_tax('o')} - {all_tax('t')}) {TOTALS} "
        "JOIN totals o USING (answer) WHERE j.value IS ? AND t.policy = ? AND o.policy = ?",
        (value, name, against),
    ).fetchone()
    return round(box_2a or 0.0, 2), None if tax is None else round(tax, 2)


def _losers(database: sqlite3.Connection, count: int) -> Iterator[Loser]:
    """Those whose verdicts tell policies apart most."""
    found = database.execute(
        "WITH dearest AS (SELECT j.source, j.name, j.value, j.job, t.*, "
        "row_number() OVER (PARTITION BY j.job ORDER BY t.costs_more DESC, t.place) AS nth "
        f"{TOTALS} WHERE t.costs_more IS NOT NULL) "
        f"SELECT w.source, w.name, w.value, w.policy, {taxable('w')}, b.policy, "
        f"round({taxable('w')} - {taxable('b')}, 2), round({all_tax('w')} - {all_tax('b')}, 2), "
        "w.measure, round(w.costs_more, 2) "
        "FROM dearest w JOIN totals b ON b.answer = w.answer AND b.best "
        "WHERE w.nth = 1 AND w.costs_more > 0 ORDER BY w.costs_more DESC, w.job LIMIT ?",
        (count,),
    )
    yield from (Loser(*row) for row in found)
