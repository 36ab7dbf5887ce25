"""The forms that will arrive, and what each December 31 leaves, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.conversion.amounts import YearOutcome, is_unknown
from simulator.report.tables.table import COUNT, TEXT, WORD, Column, Table

IN_TRANSIT = "In transit: paid by then, it lands in the account after."
LEFT_NOTES = (
    "Withdrawn, the principal is free of tax, and the earnings are taxed, with 10% on top until the year "
    "of the 60th birthday (assumed: the file has a birth year only).",
    "Basis beyond the value stays for later conversions: write it into next year's plan.opening.",
    IN_TRANSIT,
)


YIELDS = ("1040 5a", "1040 5b")
"""What a narrow terminal does without first: Box 1 and Box 2a in whole dollars."""


def form_table(records: Sequence[Mapping[str, Any]], notes: tuple[str, ...]) -> Table:
    """The forms that will arrive, and the lines of Form 1040; over many paths means, and Box 2a's spread."""
    many = any(record["box_1"]["sd"] or record["box_2a"]["sd"] for record in records)
    withheld = any("box_4" in record for record in records)
    columns = (
        Column("Policy", TEXT),
        Column("Year", COUNT),
        Column("Box 1"),
        Column("Box 2a"),
        *((Column("5% to 95%", COUNT),) if many else ()),
        *((Column("Box 4"),) if withheld else ()),
        Column("Box 5"),
        Column("Box 7", WORD),
        *((Column("10% tax"),) if withheld else ()),
        Column("1040 5a", COUNT),
        Column("1040 5b", COUNT),
    )
    rows = tuple(tuple(_form_cells(record, many, withheld)) for record in records)
    if many:
        exact = all(record.get("method") == "exact" for record in records)
        means = "Means of an exact distribution" if exact else "Means over the paths"
        notes = (f"{means}, each rounded by itself; your form has one path.", *notes)
    return Table("Form 1099-R, as simulated", columns, rows, notes=notes, yields=YIELDS)


def _form_cells(record: Mapping[str, Any], many: bool, withheld: bool) -> Iterator[Any]:
    box_2a = record["box_2a"]
    yield from (record["policy"], record["year"], round(record["box_1"]["mean"] * 100))
    yield round(box_2a["mean"] * 100)
    if many:
        yield " to ".join(f"{box_2a[name]:,.0f}" for name in ("p5", "p95"))
    if withheld:
        yield _cents(record, "box_4")
    yield from (round(record["box_5"]["mean"] * 100), record["box_7"])
    if withheld:
        yield _cents(record, "additional_tax")
    yield from (f"{record['form_1040_5a']:,}", f"{record['form_1040_5b']:,}")


def _cents(record: Mapping[str, Any], name: str) -> int | None:
    """A mean that not every form has. [cents]"""
    return round(record[name]["mean"] * 100) if name in record else None


def left_table(
    comparison: Comparison, year: int | None = None, told: Sequence[PolicyResult] | None = None
) -> Table | None:
    """What each December 31 leaves, and what withdrawing it would mean; None where nothing is left.

    Args:
        comparison: The answer.
        year: Only this one's.
        told: Only these of its policies.
    """
    columns = (
        Column("Policy", TEXT),
        Column("Dec. 31", COUNT),
        Column("Left"),
        Column("Principal"),
        Column("Earnings"),
        Column("10% tax"),
        Column("Basis beyond"),
        Column("In transit"),
    )
    rows = tuple(
        row
        for row in _left_rows(comparison, told or comparison.with_done)
        if year in (None, row[1])
    )
    if not rows:
        return None
    notes = tuple(
        note
        for note, place in zip(LEFT_NOTES, (2, -2, -1), strict=True)
        if any(row[place] for row in rows)
    )
    if (until := comparison.scenario.until) and any(row[1] == until.year for row in rows):
        notes = (f"Of {until.year} it is what {until} leaves.", *notes)
    return Table("What December 31 leaves", columns, rows, notes=notes).without_empty()


def _left_rows(comparison: Comparison, told: Sequence[PolicyResult]) -> Iterator[tuple[Any, ...]]:
    """A row for each year that leaves something; money on its way in alone is none, unless it stays."""
    for result in told:
        for year, outcome in result.outcome.years.items():
            left = _left(comparison, year, outcome)
            in_transit = result.timeline.in_transit_after[year]
            if any(left) or (in_transit and result.leaves_money):
                yield (result.policy.name, year, *left, in_transit)


def _left(
    comparison: Comparison, year: int, outcome: YearOutcome[Any]
) -> tuple[int, int, int, int, int]:
    """Left value, principal, earnings, the 10% tax, basis beyond the value; means. [cents]"""
    value, earnings = mean(outcome.left_value), mean(outcome.left_earnings)
    young = year < comparison.scenario.birth_year + 60
    beyond = max(0.0, mean(outcome.left_basis) - (value - earnings))
    cells = (value, value - earnings, earnings, earnings / 10 if young else 0.0, beyond)
    return tuple(cell if is_unknown(cell) else round(cell) for cell in cells)  # type: ignore[return-value]
