"""A batch in tables: each policy over people, and those who lose most by waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from simulator.batches.job import KEPT
from simulator.batches.summary import Summary
from simulator.money import dollars
from simulator.report.tables.table import COUNT, TEXT, Column, Table

MOST_CHANGES = 5
"""That are told one by one."""


def summary_tables(summed: Summary) -> Iterator[Table]:
    """The tables of a batch."""
    yield _policies(summed)
    if summed.losers:
        yield _losers(summed)


def group(summed: Summary, value: str | None) -> str:
    """The value that tells a group from the others, as it is shown."""
    if value is None:
        return "as the file has it"
    return Path(value).name if summed.by == "template" else value


def _field(summed: Summary) -> str:
    """The last word of the field that tells groups apart."""
    return (summed.by or "").rpartition(".")[2].removeprefix(KEPT)


def _heads(summed: Summary) -> tuple[Column, ...]:
    """A column for the groups, if there are groups."""
    return () if summed.by is None else (Column(_field(summed), TEXT),)


def _cells(summed: Summary, value: str | None) -> tuple[str, ...]:
    """A cell of that column."""
    return () if summed.by is None else (group(summed, value),)


def finding(summed: Summary) -> str:
    """What a batch comes to, in a sentence."""
    best = max(
        (one for one in summed.policies if not one.left), key=lambda one: one.avoided, default=None
    )
    if best is None or best.avoided <= 0:
        return "No policy that converts everything avoids taxable earnings here"
    tax = f" and {_amount(best.tax_avoided)} of tax" if best.tax_avoided else ""
    told = scenarios(best.people)
    if summed.by is not None:
        told += f", {_field(summed)} {group(summed, best.value)}"
    return (
        f"{best.policy} in place of {summed.against} avoids {_amount(best.avoided)} of taxable "
        f"earnings{tax} over {told}"
    )


def scenarios(count: int) -> str:
    """So many scenarios."""
    return f"{count:,} scenario" + "s" * (count != 1)


def _amount(value: float | None) -> str:
    return f"${dollars(_cents(value or 0.0))}"


def _cents(value: float) -> int:
    return round(value * 100)


def _policies(summed: Summary) -> Table:
    columns = (
        *_heads(summed),
        Column("Policy", TEXT),
        Column("People", COUNT),
        Column("Mean"),
        Column("Median"),
        Column("p95"),
        Column("Most"),
        Column("Total"),
        Column("Avoided"),
        Column("Tax"),
        Column("Left"),
    )
    rows = tuple(
        (
            *_cells(summed, one.value),
            one.policy,
            f"{one.people:,}",
            *(_cents(one.box_2a[name]) for name in ("mean", "p50", "p95")),
            *map(_cents, (one.most, one.total, one.avoided, one.tax_avoided or 0.0, one.left)),
        )
        for one in summed.policies
    )
    return Table(
        f"Box 2a over people: {scenarios(summed.state.done)}",
        columns,
        rows,
        notes=tuple(_notes(summed)),
    ).without_empty()


def _notes(summed: Summary) -> Iterator[str]:
    yield f"* {finding(summed)}."
    yield (
        f"Avoided: against {summed.against}; Tax: the tax on that. "
        "Each scenario counts with its mean Box 2a, all forms together."
    )
    if any(one.left for one in summed.policies):
        yield "Left: what stays in the after-tax subaccounts for good, its earnings not yet taxed."
    if summed.state.failed:
        verb = "is" if summed.state.failed == 1 else "are"
        yield f"{scenarios(summed.state.failed)} failed and {verb} not in it: see errors.jsonl."
    yield from summed.state.warnings
    for change in summed.state.changed[:MOST_CHANGES]:
        yield f"{change}."
    if more := len(summed.state.changed) - MOST_CHANGES:
        yield from (f"{more:,} more files changed while the batch ran.",) * (more > 0)
    if summed.state.changed:
        yield "The same mbdr batch again works out what changed."
    if not summed.state.complete:
        yield "The batch is not finished: these are the scenarios answered so far."


def _losers(summed: Summary) -> Table:
    columns = (
        Column("Scenario", TEXT),
        Column("Where", TEXT),
        *_heads(summed),
        Column("Loses by", TEXT),
        Column("Instead of", TEXT),
        Column("Box 2a more"),
        Column("Tax more"),
    )
    rows = tuple(
        (
            one.name,
            Path(one.source).name,
            *_cells(summed, one.value),
            one.policy,
            one.best,
            _cents(one.lost),
            None if one.tax_lost is None else _cents(one.tax_lost),
        )
        for one in summed.losers
    )
    return Table("Who loses most", columns, rows).without_empty()
