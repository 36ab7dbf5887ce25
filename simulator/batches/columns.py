"""The columns of the results: every statistic of a comparison, one row a policy and year, and in total."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from simulator.answer.comparison_records import TAXES
from simulator.answer.parking import PARKED
from simulator.answer.statistics import STATISTICS, mean_in_dollars
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

YEARLY = (*FLOWS, *LEFT)
IN_TOTAL = (*FLOWS, *ENDS, *LEFT)
"""The amounts of a year, and of all together."""

YEARS: tuple[Column, ...] = (*POLICY, ("year", "INTEGER"), *COUNTS, *_amounts(YEARLY))
TOTALS: tuple[Column, ...] = (
    *POLICY,
    *COUNTS,
    *_amounts(IN_TOTAL),
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

Row = tuple[str, Values]
"""Some columns, as SQL lists them, and their values; the others are NULL: no scenario has every amount."""


class Rows(NamedTuple):
    """An answer as rows of the tables, without its number."""

    years: tuple[Row, ...]
    totals: tuple[Row, ...]
    contributions: tuple[Row, ...]


def rows(answer: Mapping[str, Any], verdict: Verdict, tested: Mapping[str, Any]) -> Rows:
    """A comparison as rows. [dollars]

    Args:
        answer: Its figures, in the shape of its JSON.
        verdict: Which of its policies is best.
        tested: What the ACP test of the first year needs, by the columns of `TESTED`.
    """
    years, totals = [], []
    cost = {one.policy.name: mean_in_dollars(verdict.costs_more(one)) for one, _ in verdict.costs}
    best = verdict.best and verdict.best.policy.name
    for place, policy in enumerate(answer["policies"]):
        name = policy["policy"]
        whose = {"place": place} | {
            column: policy[column] for column, _ in POLICY[1:] if column in policy
        }
        years += [_row(whose | {"year": one["year"]}, one, YEARLY) for one in policy["years"]]
        weighed = {
            "left_for_good": _for_good(policy),
            "measure": verdict.measure,
            "best": name == best if name in cost else None,
            "costs_more": cost.get(name),
        }
        totals.append(_row(whose | weighed, policy["total"], IN_TOTAL))
    went_in = (
        _contributed(_plain(one) | (dict(tested) if place == 0 else {}))
        for place, one in enumerate(answer["contributions"])
    )
    return Rows(tuple(years), tuple(totals), tuple(went_in))


def _for_good(policy: Mapping[str, Any]) -> float | None:
    """What stays at the end of the last year that a policy reports, or on its way in; if known. [dollars]"""
    last = policy["years"][-1] if policy["years"] else policy["total"]
    in_transit: float = last.get("in_transit", {"mean": 0.0})["mean"]
    left = last["left_value"]
    return left["mean"] + in_transit if left else None


_each = itemgetter(*STATISTICS)


def _row(first: dict[str, Any], record: Mapping[str, Any], amounts: Iterable[str]) -> Row:
    """What a row begins with, the values of `COUNTS`, and the statistics of those amounts that there are."""
    told = first | {name: record[name] for name, _ in COUNTS}
    there = tuple([name for name in amounts if record.get(name)])
    values = [*told.values()]
    for name in there:
        values += _each(record[name])
        if name in SHARED:
            values.append(record[name][SHARE])
    return _listed((*told,), there), tuple(values)


@cache
def _listed(first: tuple[str, ...], amounts: tuple[str, ...]) -> str:
    """The columns of a row."""
    return ", ".join([*first, *(name for name, _ in _amounts(amounts))])


def _contributed(year: Mapping[str, Any]) -> Row:
    """What went in in a year, as a row."""
    there = [name for name, _ in CONTRIBUTIONS if name in year]
    return ", ".join(there), tuple([year[name] for name in there])


def _plain(year: Mapping[str, Any]) -> dict[str, Any]:
    clipped = year.get("first_clipped")
    return {**year, "first_clipped": None if clipped is None else json.dumps(clipped)}
