"""A sweep as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.answer.phrases import estimate
from simulator.answer.statistics import Estimate
from simulator.report.sentences import over
from simulator.report.tables.table import COUNT, Column, Table

if TYPE_CHECKING:
    from simulator.answer.sweep import Sweep
from simulator.report.tables.cells import percentile_cells


def sweep_table(sweep: Sweep) -> Table:
    """Taxable earnings for each value of what varies."""
    columns = [Column(sweep.field, COUNT), Column("Box 2a mean"), Column("+/-")]
    columns += [Column("5%"), Column("median"), Column("95%")]
    if sweep.closed_form:
        columns.append(Column("gain, closed form"))
    rows = []
    for place, point in enumerate(sweep.points):
        box_2a = point.box_2a
        mean, error = round(box_2a["mean"] * 100), round(box_2a["se"] * 100)
        row = [point.value, Estimate(mean, error), Estimate(error, error)]
        row += percentile_cells(box_2a).values()
        row += [round(sweep.closed_form[place] * 100)] if sweep.closed_form else []
        rows.append(tuple(row))
    title = f"{sweep.scenario.name}: {sweep.policy}, {sweep.field} varies ({over(sweep)})"
    table = Table(title, tuple(columns), tuple(rows), notes=tuple(_sweep_notes(sweep)))
    return table if sweep.paths > 1 else table.only("Box 2a mean")


def _sweep_notes(sweep: Sweep) -> Iterator[str]:
    if sweep.marks:
        marks = (
            f"{mark.policy}: {estimate(mark.box_2a)}{', and leaves money behind' * mark.leaves_money}"
            for mark in sweep.marks
        )
        yield f"Mean Box 2a of the scenario's policies: {'; '.join(marks)}."
    leaving = [str(point.value) for point in sweep.points if point.leaves_money]
    if leaving:
        where = "everywhere" if len(leaving) == len(sweep.points) else f"at {', '.join(leaving)}"
        until = sweep.scenario.until
        ends = f"is not all converted by {until}" if until else "stays behind for good"
        yield f"Money {ends} {where}: its earnings are not yet taxed."
    elif not any(point.box_2a["mean"] for point in sweep.points):
        others = [policy.name for policy in sweep.scenario.policies if policy.name != sweep.policy]
        choice = f"; --policy takes another: {', '.join(others)}" if others else ""
        yield f"{sweep.policy} leaves nothing to tax here{choice}."
