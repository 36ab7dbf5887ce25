"""A sweep as a table."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.answer.phrases import capital, estimate
from simulator.answer.statistics import Estimate
from simulator.answer.sweep import HEADS, Sweep
from simulator.report.exact_words import exact_words
from simulator.report.sentences import over
from simulator.report.tables.cells import percentile_cells
from simulator.report.tables.table import COUNT, Column, Table


def sweep_table(sweep: Sweep) -> Table:
    """What a policy comes to for each value of what varies."""
    mean_head = f"{capital(HEADS[sweep.of])} mean"
    columns = [Column(sweep.field, COUNT), Column(mean_head), Column("+/-")]
    columns += [Column("5%"), Column("median"), Column("95%")]
    if sweep.closed_form:
        columns.append(Column("gain, closed form"))
    rows = []
    for place, point in enumerate(sweep.points):
        mean, error = round(point.amount["mean"] * 100), round(point.amount["se"] * 100)
        exact = point.exactness is not None and not point.exactness.why_not
        row = [point.value, Estimate(mean, error), None if exact else round(error)]
        row += (
            percentile_cells(point.amount, point.errors).values()
            if sweep.paths != 1
            else [None] * 3
        )
        row += [round(sweep.closed_form[place] * 100)] if sweep.closed_form else []
        rows.append(tuple(row))
    title = f"{sweep.scenario.name}: {sweep.policy}, {sweep.field} varies ({over(sweep)})"
    table = Table(title, tuple(columns), tuple(rows), notes=tuple(_sweep_notes(sweep)))
    return table if sweep.paths != 1 else table.only(mean_head)


def _sweep_notes(sweep: Sweep) -> Iterator[str]:
    yield from exact_words(((point.value, point.exactness) for point in sweep.points), "values")
    if sweep.marks:
        marks = (
            f"{mark.policy}: {estimate(mark.amount)}{', and leaves money behind' * mark.leaves_money}"
            for mark in sweep.marks
        )
        yield f"Mean {HEADS[sweep.of]} of the scenario's policies: {'; '.join(marks)}."
    leaving = [str(point.value) for point in sweep.points if point.leaves_money]
    if leaving:
        where = "everywhere" if len(leaving) == len(sweep.points) else f"at {', '.join(leaving)}"
        until = sweep.scenario.until
        ends = f"is not all converted by {until}" if until else "stays behind for good"
        yield f"Money {ends} {where}: its earnings are not yet taxed."
    elif not any(point.amount["mean"] for point in sweep.points):
        others = [policy.name for policy in sweep.scenario.policies if policy.name != sweep.policy]
        choice = f"; --policy takes another: {', '.join(others)}" if others else ""
        yield f"{sweep.policy} leaves nothing to tax here{choice}."
