"""The columns of the results: every statistic of a comparison, one row a policy and year, and in total."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from simulator.answer.comparison_records import TAXES
from simulator.answer.parking import PARKED
from simulator.answer.statistics import STATISTICS, mean
from simulator.answer.verdict import Verdict
from simulator.answer.worth_records import WEALTH
from simulator.conversion import amounts
from simulator.payroll.contribution import YEAR_AMOUNTS

SHARE = "zero_share"
SHARED = {*amounts.TAXABLE, *amounts.PAID_TAXABLE, *TAXES}
"""The amounts with a share of paths on which they are zero."""

FLOWS = (*amounts.TOLD, *TAXES, *amounts.PAID)
LEFT = (*amounts.LEFT, "in_transit")
ENDS = ("box_2a_over_first", *PARKED, *WEALTH, "roth_end", "ira_end")

Column = tuple[str, str]
"""A name and a type of SQLite."""


def _amounts(names: Iterable[str]) -> Iterator[Column]:
    for name in names:
        shares = (SHARE,) if name in SHARED else ()
        yield from ((f"{name}_{statistic}", "REAL") for statistic in (*STATISTICS, *shares))


POLICY: tuple[Column, ...] = (
    ("place", "INTEGER"),
    ("policy", "TEXT"),
    ("cadence", "TEXT"),
    ("delay", "INTEGER"),
    ("method", "TEXT"),
    ("error", "REAL"),
)
COUNTS: tuple[Column, ...] = (("conversions", "INTEGER"), ("passed_over", "INTEGER"))

YEARS: tuple[Column, ...] = (*POLICY, ("year", "INTEGER"), *COUNTS, *_amounts((*FLOWS, *LEFT)))
TOTALS: tuple[Column, ...] = (
    *POLICY,
    *COUNTS,
    *_amounts((*FLOWS, *ENDS, *LEFT)),
    ("left_for_good", "REAL"),
    ("measure", "TEXT"),
    ("best", "INTEGER"),
    ("costs_more", "REAL"),
)
TESTED: tuple[Column, ...] = (
    ("wages_before", "REAL"),
    ("compensation_limit", "REAL"),
    ("highly_compensated", "REAL"),
    ("acp_nhce", "REAL"),
    ("acp_match", "INTEGER"),
)
"""What the ACP test of the first year needs besides its contributions."""

CONTRIBUTIONS: tuple[Column, ...] = (
    ("year", "INTEGER"),
    ("paychecks", "INTEGER"),
    *((name, "REAL") for name in YEAR_AMOUNTS),
    ("after_tax_returned", "REAL"),
    ("deposits", "INTEGER"),
    ("first_clipped", "TEXT"),
    ("limits_source", "TEXT"),
    *TESTED,
)

TABLES: dict[str, tuple[Column, ...]] = {
    "years": YEARS,
    "totals": TOTALS,
    "contributions": CONTRIBUTIONS,
}
"""The tables of answers; each row begins with the number of its answer."""

ORDERED: dict[str, tuple[str, ...]] = {
    "years": ("place", "year"),
    "totals": ("place",),
    "contributions": ("year",),
}
"""What tells the rows of one answer apart."""

Values = tuple[Any, ...]


class Rows(NamedTuple):
    """An answer as rows of the tables, without its number."""

    years: tuple[Values, ...]
    totals: tuple[Values, ...]
    contributions: tuple[Values, ...]


def rows(answer: Mapping[str, Any], verdict: Verdict, tested: Mapping[str, Any]) -> Rows:
    """A comparison as rows. [dollars]

    Args:
        answer: Its figures, in the shape of its JSON.
        verdict: Which of its policies is best.
        tested: What the ACP test of the first year needs, by the columns of `TESTED`.
    """
    years, totals = [], []
    cost = {one.policy.name: mean(verdict.costs_more(one)) / 100 for one, _ in verdict.costs}
    best = verdict.best and verdict.best.policy.name
    for place, policy in enumerate(answer["policies"]):
        whose = (place, *(policy.get(name) for name, _ in POLICY[1:]))
        years += [(*whose, one["year"], *_counted(one, (*FLOWS, *LEFT))) for one in policy["years"]]
        total = _counted(policy["total"], (*FLOWS, *ENDS, *LEFT))
        name = policy["policy"]
        ranked = (name == best, cost[name]) if name in cost else (None, None)
        totals.append((*whose, *total, _for_good(policy), verdict.measure, *ranked))
    went_in = (
        _row(CONTRIBUTIONS, _plain(one) | (dict(tested) if place == 0 else {}))
        for place, one in enumerate(answer["contributions"])
    )
    return Rows(tuple(years), tuple(totals), tuple(went_in))


def _for_good(policy: Mapping[str, Any]) -> float | None:
    """What stays at the end of the last year that a policy reports, or on its way in; if known. [dollars]"""
    last = policy["years"][-1] if policy["years"] else policy["total"]
    in_transit: float = last.get("in_transit", {"mean": 0.0})["mean"]
    left = last["left_value"]
    return left["mean"] + in_transit if left else None


def _counted(record: Mapping[str, Any], names: Sequence[str]) -> Iterator[Any]:
    """The values of `COUNTS`, then those of the columns of `_amounts(names)`."""
    yield from (record[name] for name, _ in COUNTS)
    for name in names:
        statistics = record.get(name) or {}
        yield from map(statistics.get, STATISTICS)
        if name in SHARED:
            yield statistics.get(SHARE)


def _row(columns: Sequence[Column], record: Mapping[str, Any]) -> Values:
    return tuple([record.get(name) for name, _ in columns])


def _plain(year: Mapping[str, Any]) -> dict[str, Any]:
    clipped = year.get("first_clipped")
    return {**year, "first_clipped": None if clipped is None else json.dumps(clipped)}
